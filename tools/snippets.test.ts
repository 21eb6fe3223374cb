import { expect, test } from "vitest";
import { checkSnippets, snippetsOf } from "./snippets.ts";

const document = [
  "# Title",
  "```sh test",
  "./acta status",
  "```",
  "```sh",
  "npm start",
  "```",
  "```ts test",
  'import type { CborValue } from "@acta/bytes";',
  "const value: CborValue = undefined;",
  "```",
  "",
].join("\n");

test("finds the marked pieces with the line they begin on, and leaves the others alone", () => {
  expect(snippetsOf("README.md", document)).toEqual([
    { file: "README.md", line: 3, language: "sh", text: "./acta status\n" },
    expect.objectContaining({ file: "README.md", line: 9, language: "ts" }),
  ]);
});

test("a piece that does not compile is named by its document and line", async () => {
  const snippets = snippetsOf("docs/guides/values.md", document).filter(({ language }) => language === "ts");
  expect(await checkSnippets(snippets)).toEqual([expect.stringMatching(/^docs\/guides\/values\.md:10: error TS2322/)]);
});

test("a piece that compiles is passed over in silence", async () => {
  const right = 'import { toHex } from "@acta/bytes";\nexport const text: string = toHex(new Uint8Array(2));\n';
  expect(await checkSnippets([{ file: "README.md", line: 7, language: "ts", text: right }])).toEqual([]);
});
