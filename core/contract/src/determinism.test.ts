import { expect, test } from "vitest";
import { findNondeterminism } from "./determinism.ts";

/** One line each, and the word that must be named. */
const PLANTED: readonly (readonly [source: string, word: string])[] = [
  ["const now = new Date();", "Date"],
  ["const now = Date.now();", "Date"],
  ["const t = performance.now();", "performance"],
  ["const x = Math.random();", "Math.random"],
  ["const x = Math.sin(2);", "Math.sin"],
  ["const { random } = Math;", "Math"],
  ["const f = new Intl.NumberFormat();", "Intl"],
  ["names.sort((a, b) => a.localeCompare(b));", "localeCompare"],
  ["amount.toLocaleString();", "toLocaleString"],
  ["const n = name.normalize();", "normalize"],
  ["name.toLowerCase() === other", "toLowerCase"],
  ["name.toUpperCase()", "toUpperCase"],
  ["const half = 1.5;", "1.5"],
  ["const much = 1e3;", "1e3"],
  ["const much = 2 ** 3;", "**"],
  ["if (/^\\p{L}+$/u.test(name)) return;", "\\p{"],
  ["for (const name in record) put(name);", "for (const name in"],
  ["setTimeout(later, 1);", "setTimeout"],
  ["const page = fetch(url);", "fetch"],
  ["process.exit();", "process"],
  ["globalThis.x = 1;", "globalThis"],
  ["eval(source);", "eval"],
  ["new Function('return 1')", "Function"],
  ["const late = async () => 1;", "async"],
  ["const price = parseFloat(text);", "parseFloat"],
  [`const text = \`the time is \${Date.now()} now\`;`, "Date"],
  [`const text = \`\${\`inner \${{ a: Math.random() }}\`}\`;`, "Math.random"],
];

test.each(PLANTED)("names what is wrong in: %s", (source, word) => {
  const findings = findNondeterminism(`// a first line\n${source}\n`);
  expect(findings.map((finding) => [finding.line, finding.word])).toContainEqual([2, word]);
});

test.each([
  'const title = "The Date of Math.random at 1.5";',
  "// Date.now() and fetch",
  "/* process.exit()\n performance */ const a = 1;",
  `const text = \`Date and 1.5 and \${amount} and Math.random\`;`,
  "const least = Math.min(a, Math.floor(b / 2), Math.max(1, 2));",
  "const dates = entry.fetch + record.process;",
  "const half = total / 2n; const other = 'a/b'; const third = total / 3n;",
  "const form = /^['\"`]+[0-9]+\\.[0-9]+$/; const next = 1;",
  "const { fields, ...rest } = input; const range = [...list];",
  "for (const name of Object.keys(record)) put(name);",
  "type Release = { readonly version: 1 };",
])("finds nothing in: %s", (source) => {
  expect(findNondeterminism(source)).toEqual([]);
});
