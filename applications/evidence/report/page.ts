import type { Report, Section } from "./model.ts";
import { STYLE } from "./style.ts";
import { type Bar, HALF, leftHalf, rightHalf } from "./tally.ts";

/** The report as one HTML file: no script, nothing loaded, made for A4 in black and white. */
export function reportAsPage(report: Report): string {
  const { language, title, subtitle, mark, sections, about } = report;
  return `<!doctype html>
<html lang="${language === "zh" ? "zh-Hans" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(`${title} · ${subtitle}`)}</title>
<style>${STYLE}${runningHead(report)}</style>
</head>
<body>
<main>
<header class="row top"><div class="f"><p class="brand">${MARK}<span>Acta</span></p><h1>${escaped(title)}</h1><p>${escaped(subtitle)}</p></div><div class="p">${paragraphs(mark === undefined ? [] : [mark], "mark")}${paragraphs(about)}</div></header>
${meeting(report)}
${sections.map(sectionAsRow).join("\n")}
</main>
</body>
</html>
`;
}

/** What stands at the edge of every sheet: of which report it is, and which of how many. */
function runningHead({ title, subtitle, pages: [before, between, after] }: Report): string {
  const number = `${cssText(before)} counter(page) ${cssText(between)} counter(pages) ${cssText(after)}`;
  const head = cssText(`${title} · ${subtitle}`);
  return `@page{@bottom-left{content:${head}}@bottom-right{content:${number}}}`;
}

/** Text as CSS quotes it, whatever it contains: everything but letters and digits by its number. */
function cssText(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} .]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `)}"`;
}

/** Acta's own mark: four bars. */
const MARK = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 2.5h12v3.25h-12zM2 7.75h20v3.25h-20zM8 13h8v3.25h-8zM4 18.25h16v3.25h-16z"/></svg>`;

function meeting({ verdict, tally: { picture, halves, words } }: Report): string {
  const left = half("left", leftHalf(halves[0]));
  const right = half("right", rightHalf(picture, halves[1]), picture === "unknown" ? QUESTION : "");
  const said = `<h2 class="word">${escaped(verdict.word)}</h2>${paragraphs(verdict.sentences)}`;
  return `<section class="row meeting ${picture}"><div class="f"><div>${said}</div><figure>${left}<figcaption>${escaped(words[0])}</figcaption></figure></div><div class="p"><figure>${right}<figcaption>${escaped(words[1])}</figcaption></figure>${paragraphs([words[2]], "help")}</div></section>`;
}

/** Stands in place of a half that nobody knows. */
const QUESTION = `<text x="40" y="150" font-size="150" font-weight="700">?</text>`;

function half(side: "left" | "right", bars: readonly Bar[], more = ""): string {
  const { length, height } = HALF;
  const shapes = bars.map(
    ({ x, y, width, height }) =>
      `<rect x="${side === "left" ? -x - width : x}" y="${y}" width="${width}" height="${height}"/>`,
  );
  const box = [side === "left" ? -length : 0, -8, length, height + 16].join(" ");
  return `<svg class="half ${side}" viewBox="${box}" aria-hidden="true">${shapes.join("")}${more}</svg>`;
}

function sectionAsRow(section: Section): string {
  const { kind, title, facts = [], says = [], table, proof = [] } = section;
  if (kind === "heading")
    return `<section class="row heading"><div class="f"><h2>${escaped(title)}</h2>${paragraphs(says)}</div><div class="p">${paragraphs(proof)}</div></section>`;
  const heading = kind === "answer" ? `<h3>${escaped(title)}</h3>` : `<h2>${escaped(title)}</h2>`;
  const body = [
    heading,
    facts.length === 0 ? "" : `<dl>${facts.map(factAsEntry).join("")}</dl>`,
    kind === "limits" ? `<ul>${says.map((each) => `<li>${escaped(each)}</li>`).join("")}</ul>` : paragraphs(says),
    table === undefined ? "" : tableAsHtml(table),
  ].join("");
  return `<section class="row ${kind}${isBrief(section) ? " brief" : ""}"><div class="f">${body}</div><div class="p">${paragraphs(proof)}</div></section>`;
}

/** Whether a section is short enough to be kept on one sheet. */
function isBrief({ facts = [], says = [], table }: Section): boolean {
  return table === undefined && facts.length + says.length <= 7;
}

function factAsEntry({ label, value, notes = [] }: NonNullable<Section["facts"]>[number]): string {
  const small = notes.map((note) => `<small>${escaped(note)}</small>`).join("");
  return `<div><dt>${escaped(label)}</dt><dd>${escaped(value)}${small}</dd></div>`;
}

function tableAsHtml({ head, rows }: NonNullable<Section["table"]>): string {
  const cells = (name: string, texts: readonly string[]): string =>
    `<tr>${texts.map((text) => `<${name}>${escaped(text)}</${name}>`).join("")}</tr>`;
  return `<table><thead>${cells("th", head)}</thead><tbody>${rows.map((row) => cells("td", row)).join("")}</tbody></table>`;
}

function paragraphs(sentences: readonly string[], name?: string): string {
  const attribute = name === undefined ? "" : ` class="${name}"`;
  return sentences.map((sentence) => `<p${attribute}>${escaped(sentence)}</p>`).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text of people, as it stands between tags and in attributes. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
