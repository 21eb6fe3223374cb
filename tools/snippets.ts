import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";
import { run } from "./run-tool.ts";
import { sourceFiles } from "./source-files.ts";

/** A piece of a document that is tested: the text between "```sh test" (or "```ts test") and the closing "```". */
export type Snippet = {
  readonly file: string;
  /** The line of its first line of text, from 1. */
  readonly line: number;
  readonly language: "sh" | "ts";
  readonly text: string;
};

/** The documents whose marked pieces are tested, from the project's folder on. */
export function documents(project: string): string[] {
  return sourceFiles(project, "{README.md,CONTRIBUTING.md,docs/guides/*.md}");
}

/**
 * The marked pieces of a document, in order.
 *
 * `sh test` pieces of one document run one after the other in one empty folder beside a running node, where `./acta` is
 * the command line, `data/` the node's data folder and `demo.txt` a file to deposit; each must end with 0. `ts test`
 * pieces are modules of their own, and must compile.
 */
export function snippetsOf(file: string, text: string): Snippet[] {
  return [...text.matchAll(/^```(sh|ts) test[ \t]*\n(.*?)^```[ \t]*$/gms)].map((match) => ({
    file,
    line: text.slice(0, match.index).split("\n").length + 1,
    language: match[1] === "sh" ? "sh" : "ts",
    text: match[2] ?? "",
  }));
}

/** The marked pieces of all documents in one language. */
export function allSnippets(project: string, language: Snippet["language"]): Snippet[] {
  return documents(project)
    .flatMap((file) => snippetsOf(file, readFileSync(join(project, file), "utf8")))
    .filter((snippet) => snippet.language === language);
}

/** What the compiler says about `ts test` pieces, each named by the document and line it stands on. */
export async function checkSnippets(snippets: readonly Snippet[] = allSnippets(root, "ts")): Promise<string[]> {
  if (snippets.length === 0) return [];
  const folder = join(root, ".cache", `snippets-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    writeSnippets(folder, snippets);
    const { code, output } = await run(join(root, "node_modules/.bin/tsc"), ["--pretty", "false", "-p", "."], {
      directory: folder,
      keepOutput: true,
    });
    return code === 0 ? [] : output.trim().split("\n").map(asInDocument);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeSnippets(folder: string, snippets: readonly Snippet[]): void {
  const compilerOptions = { types: ["node"], noUnusedLocals: false };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../tsconfig.base.json", compilerOptions, include: ["."] }),
  );
  for (const { file, line, text } of snippets) {
    // Empty lines before it make the compiler's line the document's line.
    const module = `${"\n".repeat(line - 1)}${text}export {};\n`;
    writeFileSync(join(folder, `${file.replaceAll("/", "--")}--${line}.ts`), module);
  }
}

// "docs--guides--client.md--12.ts(14,3): error …" → "docs/guides/client.md:14: error …".
function asInDocument(message: string): string {
  return message.replace(/^(.*)--\d+\.ts\((\d+),\d+\)/, (_, file: string, line: string) => {
    return `${file.replaceAll("--", "/")}:${line}`;
  });
}
