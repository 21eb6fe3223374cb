/** The report's look: the fact at the left of the seam, its proof at the right; on paper all in black. */
export const STYLE = `
:root{--ink:#12181a;--ink-2:#414a4d;--margin:#eef2f0;--rule:#cbd2cf;--valid:#0b5c40;--wrong:#a31f17;--due:#774600;
--zh:"PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif;
--en:"Segoe UI","Helvetica Neue","Noto Sans","Liberation Sans",Arial,"PingFang SC","Noto Sans CJK SC",sans-serif;
--song:"Songti SC",STSong,"Noto Serif CJK SC","Source Han Serif SC",SimSun,serif;
--roman:"Iowan Old Style",Cambria,"Noto Serif","Liberation Serif","Times New Roman","Songti SC","Noto Serif CJK SC",SimSun,serif;
--font:var(--zh);--record:var(--song);--lead:1.7;--mono:ui-monospace,"SF Mono","Cascadia Mono",Consolas,"Liberation Mono",monospace;color-scheme:light}
:root:lang(en){--font:var(--en);--record:var(--roman);--lead:1.55}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:var(--ink);font:400 1rem/var(--lead) var(--font);font-variant-numeric:tabular-nums lining-nums;overflow-wrap:anywhere;line-break:strict}
:lang(en) body{overflow-wrap:break-word}
main{max-width:62rem;margin:0 auto}
h1,h2,h3,p,ul,dl,dd,figure{margin:0;padding:0}
h1{font-size:1.75rem;line-height:1.3}h2{font-size:1.375rem;line-height:1.3}h3{font-size:1rem}
p+p{margin-top:.4rem}small{display:block;font-size:.875rem;color:var(--ink-2)}
.row{display:grid;grid-template-columns:minmax(0,1fr) 19rem}
.f{padding:1rem 2rem 1rem 1.5rem;min-width:0}
.p{padding:1rem 1.5rem;min-width:0;background:var(--margin);border-left:1px solid var(--ink);font-size:.875rem;color:var(--ink-2)}
.brand{display:flex;align-items:center;gap:.5rem}.brand svg{width:1.5rem;fill:currentColor}.brand+h1{margin-top:.5rem}
.mark{border:1px solid;padding:.25rem .5rem;font-weight:700;color:var(--due)}
.meeting .f{display:grid;grid-template-columns:minmax(0,1fr) 10rem;gap:1.5rem;align-items:start;padding-right:0}.meeting .f>div{align-self:end}
.meeting .p{padding-left:0}.meeting .p p,.meeting .p figcaption{padding-left:.75rem}
.word{text-wrap:balance;font-size:2.5rem;line-height:1.2;margin-bottom:.75rem}
.meets .word{color:var(--valid)}.misses .word,.broken .word,.stopped .word{color:var(--wrong)}.dotted .word,.unknown .word{color:var(--due)}
.half{display:block;width:10rem;fill:var(--ink)}
.meets .right{fill:var(--valid)}.misses .right,.broken .right,.stopped .right{fill:var(--wrong)}.dotted .right{fill:var(--due)}
figcaption{font-size:.875rem;color:var(--ink-2)}.left+figcaption{text-align:right;padding-right:.75rem}
.meeting .help{margin-top:.25rem}
.facts>.f,.heading>.f,.numbers>.f{border-top:3px solid var(--ink)}.answer>.f{border-top:1px solid var(--rule)}
.f>h2+*,.f>h3+*{margin-top:.5rem}
.heading>.f,.heading>.p{padding-bottom:.5rem}.heading p{font-weight:700}.heading .p{align-content:end}
dl>div{display:grid;grid-template-columns:9rem minmax(0,1fr);gap:0 1rem;border-bottom:1px solid var(--rule);padding:.35rem 0}
dt{color:var(--ink-2)}dd{font-family:var(--record);font-size:1.05em}dd small{font-family:var(--font)}
dl+table,p+table{margin-top:1rem}
table{width:100%;border-collapse:collapse;font-size:.875rem;line-height:1.45}
th,td{text-align:left;vertical-align:top;padding:.3rem .5rem .3rem 0;border-bottom:1px solid var(--rule)}th{border-bottom-color:var(--ink)}
td:first-child,th:first-child,td:last-child{white-space:nowrap}
.limits{grid-template-columns:minmax(0,1fr)}.limits .p{display:none}
.limits .f{border:3px solid var(--ink);padding:1rem 1.5rem}.limits+.facts>.f{border-top:0}.unknown .right{fill:var(--due)}
ul{padding-left:1.1em}li+li{margin-top:.2rem}
.numbers{grid-template-columns:minmax(0,1fr)}.numbers .p{display:none}
.numbers dl{font-size:.875rem;line-height:1.45}.numbers dl>div{grid-template-columns:14rem minmax(0,1fr);align-items:baseline}.numbers dd{font-family:var(--mono);font-size:.9em;overflow-wrap:anywhere}
@media screen and (max-width:60em){.row,.meeting .f{display:block}.p{border-left:0;border-top:1px solid var(--ink)}.meeting .p{padding-left:1.5rem}.meeting .p p,.meeting .p figcaption{padding-left:0}.left+figcaption{text-align:left}.f{padding-right:1.5rem}.numbers dl>div{grid-template-columns:minmax(0,1fr)}table{font-size:.8rem}.heading p,.p:empty{display:none}.meeting .f{padding-bottom:0;padding-right:1.5rem}.meeting figure{margin-top:.75rem}.meeting .p figure{margin-top:0}.meeting .p{padding-top:0}.left{margin-bottom:-.32rem}.right{margin-top:-.32rem}figure:has(.left){display:flex;flex-direction:column-reverse}.half{transform:rotate(90deg)}}
@page{size:A4 portrait;margin:15mm 14mm 18mm 18mm;font:8.5pt "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
@media print{:root,:root:lang(en){--ink:#000;--ink-2:#000;--margin:#fff;--rule:#777;--valid:#000;--wrong:#000;--due:#000;--lead:1.55;font-size:9.5pt}
main{max-width:none}.row{grid-template-columns:minmax(0,1fr) 52mm}
.limits,.numbers{grid-template-columns:minmax(0,1fr)}
.f{padding:2.5mm 6mm 2.5mm 0}.p{padding:2.5mm 0 2.5mm 5mm;border-left:.3mm solid #000;font-size:8.5pt;line-height:1.5}
.meeting .f{grid-template-columns:minmax(0,1fr) 34mm;gap:5mm;padding-right:0}.meeting .p{padding-left:0}.half{width:34mm}
h1{font-size:18pt}h2{font-size:13pt}.word{font-size:24pt}.facts>.f,.heading>.f,.numbers>.f{border-top-width:.7mm}
.limits{margin:3mm 0}.limits .f{padding:4mm 5mm;border-width:.7mm}.numbers .f{padding-right:0}.numbers dl>div{padding:.1rem 0;grid-template-columns:52mm minmax(0,1fr)}
h2,h3,.heading{break-after:avoid}.answer p,.p p,.top,.meeting,.limits .f,.brief,dl>div,tr{break-inside:avoid}dl>div:first-child,tbody tr:first-child{break-before:avoid}thead{display:table-header-group}}
`;
