import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type NodeProcess, startNodeProcess } from "@acta/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "./root.ts";
import { run } from "./run-tool.ts";
import { allSnippets, documents } from "./snippets.ts";

const snippets = allSnippets(root, "sh");

if (snippets.length === 0) test.skip("no document has marked commands yet");

for (const file of documents(root)) {
  const ofFile = snippets.filter((snippet) => snippet.file === file);
  if (ofFile.length === 0) continue;
  describe(`commands in ${file}`, () => {
    const folder = mkdtempSync(join(tmpdir(), "acta-snippets-"));
    let node: NodeProcess;

    beforeAll(async () => {
      symlinkSync(join(root, "acta"), join(folder, "acta"));
      writeFileSync(join(folder, "demo.txt"), "A fact worth keeping.\n");
      node = await startNodeProcess(join(folder, "data"));
    });

    afterAll(async () => {
      await node?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    for (const { line, text } of ofFile) {
      test(`line ${line} runs as printed`, async () => {
        const options = { directory: folder, environment: { ACTA_NODE: node.url }, keepOutput: true };
        const { code, output } = await run("sh", ["-e", "-c", text], options);
        expect(code, output).toBe(0);
      });
    }
  });
}
