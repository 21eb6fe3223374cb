import type { Language } from "@acta/contract";
import { grouped, momentOf } from "@acta/ui";
import type { CheckedProof } from "./check-proof.ts";
import type { Fact } from "./facts.ts";
import { viewOf } from "./view.ts";
import { sayIn } from "./words.ts";

/** What the report says of the page that made it. */
export type Checker = { readonly version: string; readonly hash: string };

/** A check as a plain page to keep on file: it has no script and looks for nothing outside. */
export function reportOf(checked: CheckedProof, { version, hash }: Checker, language: Language): string {
  const say = sayIn(language);
  const view = viewOf(checked, language);
  const { local, utc } = momentOf({ seconds: checked.checkedAt, nanoseconds: 0 }, language);
  const about: Fact[] = [
    { label: say("report.file"), value: view.name, note: view.kind },
    { label: say("report.checked"), value: local, note: utc },
  ];
  const body = [
    `<p>${inHtml(say("report.title"))}</p>`,
    `<h1>${inHtml(view.heading)}</h1>`,
    `<p>${inHtml(view.sentence)}</p>`,
    view.isDemo ? `<p><strong>${inHtml(say("trust.demo"))}</strong></p>` : "",
    table(about),
    section(view.factsTitle, table(view.facts)),
    section(say("next.title"), list(view.next)),
    section(
      say("proof.how"),
      `<p>${inHtml(view.how)}</p>${list(view.steps.map(({ state, text }) => say("report.step", { step: text, state: say(`step.${state}`) })))}`,
    ),
    view.notProved.length > 0 ? section(say("proof.not"), list(view.notProved)) : "",
    section(say("trust.title"), `<p>${inHtml(trustInWords(checked, language))}</p>`),
    section(say("proof.numbers"), table(view.numbers)),
    `<footer><p>${inHtml(say("report.note"))}</p><p>${inHtml(say("report.by", { version, hash: grouped(hash) }))}</p></footer>`,
  ].join("\n");
  return page(say("report.title"), language, body);
}

/** Who gave the trust file, in words. */
export function trustInWords({ trust }: Pick<CheckedProof, "trust">, language: Language): string {
  const say = sayIn(language);
  if (trust === undefined) return say("trust.none");
  const { source, file } = trust;
  const name = source.kind === "given" ? source.giver : source.name;
  if (file === undefined) return say("trust.malformed", { name });
  return source.kind === "given" ? say("trust.given", { giver: name }) : say("trust.dropped", { name });
}

function section(title: string, content: string): string {
  return content === "" ? "" : `<h2>${inHtml(title)}</h2>\n${content}`;
}

function table(facts: readonly Fact[]): string {
  const row = ({ label, value, note, isHex }: Fact): string =>
    `<tr><th scope="row">${inHtml(label)}</th><td${isHex ? ' class="hex"' : ""}>${inHtml(value)}${note ? `<br><small>${inHtml(note)}</small>` : ""}</td></tr>`;
  return facts.length === 0 ? "" : `<table>${facts.map(row).join("")}</table>`;
}

function list(lines: readonly string[]): string {
  return `<ul>${lines.map((line) => `<li>${inHtml(line)}</li>`).join("")}</ul>`;
}

function inHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function page(title: string, language: Language, body: string): string {
  return `<!doctype html>
<html lang="${language === "zh" ? "zh-Hans" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${inHtml(title)} · Acta</title>
<style>
body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.7 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Segoe UI", sans-serif; color: #12181a; overflow-wrap: anywhere; }
h1 { font-size: 2.5rem; line-height: 1.2; margin: 0; border-top: 3px solid; padding-top: 1rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; } th { width: 11em; text-align: left; font-weight: 400; color: #414a4d; } th, td { vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid #cbd2cf; }
.hex { font-family: ui-monospace, Consolas, monospace; font-size: .9em; } small, footer { color: #414a4d; font-size: .875rem; } footer { margin-top: 2rem; border-top: 1px solid; }
</style>
</head>
<body>
${body}
</body>
</html>
`;
}
