import type { Report, Section } from "./model.ts";

/** The report as plain text, a line each. What stands opposite on paper follows, marked by the seam. */
export function reportAsText({ title, subtitle, mark, verdict, sections, about }: Report): string[] {
  return [
    title,
    subtitle,
    ...(mark === undefined ? [] : [mark]),
    "",
    `== ${verdict.word} ==`,
    ...verdict.sentences,
    ...sections.flatMap((section) => ["", ...sectionLines(section)]),
    "",
    ...about,
  ];
}

function sectionLines({ kind, title, facts = [], says = [], table, proof = [] }: Section): string[] {
  if (kind === "heading") return [`## ${title}`];
  return [
    title,
    ...facts.map(({ label, value, notes = [] }) => `  ${label}: ${[value, ...notes].join(" · ")}`),
    ...says.map((sentence) => `  ${kind === "limits" ? "- " : ""}${sentence}`),
    ...(table ? [table.head, ...table.rows] : []).map((row) => `    ${row.join(" | ")}`),
    ...proof.map((sentence) => `  | ${sentence}`),
  ];
}
