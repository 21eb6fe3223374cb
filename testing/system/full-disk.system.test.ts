import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { equalBytes } from "@acta/bytes";
import { type CommittedBlock, type Store, StoreError } from "@acta/store";
import { expect, test } from "vitest";
import { postOne, receiptOf, settled, statusOf } from "../src/http.ts";
import { randomBytes, randomNumbers } from "../src/random.ts";
import { depositCall, type SampleLedger, signSample } from "../src/sample-ledger.ts";
import { startInProcess, withMethods } from "./in-process-node.ts";

const random = randomNumbers(5);

async function deposit(ledger: SampleLedger, url: string, count = 1): Promise<Uint8Array> {
  const calls = Array.from({ length: count }, () => depositCall(randomBytes(random, 16)));
  const { nowSeconds } = await statusOf(url);
  return signSample(ledger, {
    signers: [ledger.depositor],
    calls,
    expiry: nowSeconds + 600,
    nonce: randomBytes(random, 16),
  });
}

/** A store that has no room when told so; it keeps what it was asked to commit. */
function failing() {
  const asked: CommittedBlock[] = [];
  const room = { failures: 0 };
  const wrapStore = (store: Store): Store =>
    withMethods(store, {
      commit: async (block) => {
        asked.push(block);
        if (room.failures-- > 0)
          throw new StoreError("disk-full", { what: "no room", where: `block ${block.height}`, remedy: "Free some." });
        await store.commit(block);
      },
    });
  return { asked, room, wrapStore };
}

test("a disk without room stops entering in words, and the very same block is committed when there is room", async () => {
  const disk = failing();
  const node = await startInProcess({ wrapStore: disk.wrapStore });
  const { url, ledger, log } = node;
  try {
    const first = await postOne(url, await deposit(ledger, url));
    await settled(url, first.json.submissions[0].identity);
    await receiptOf(url, first.json.submissions[0].identity);
    const before = await statusOf(url);
    disk.asked.length = 0;
    disk.room.failures = 2;

    const admitted = await postOne(url, await deposit(ledger, url));
    expect(admitted.json.submissions[0].status).toBe("admitted");
    while ((await statusOf(url)).state !== "disk-full") await sleep(20);
    const refused = await postOne(url, await deposit(ledger, url));
    expect(refused.status).toBe(503);
    expect(refused.json.error).toMatchObject({
      code: "disk-full",
      message: expect.stringContaining("Nothing that was acknowledged is lost"),
    });
    expect(await statusOf(url)).toMatchObject({ height: before.height, appHash: before.appHash });
    // What was entered before is still served.
    expect((await settled(url, first.json.submissions[0].identity)).json.status).toBe("entered");

    expect((await settled(url, admitted.json.submissions[0].identity)).json.status).toBe("entered");
    expect((await statusOf(url)).state).toBe("running");
    const [one, two, three] = disk.asked as [CommittedBlock, CommittedBlock, CommittedBlock];
    expect([two, three].every((each) => equalBytes(each.headerHash, one.headerHash))).toBe(true);
    expect(log.join("\n")).toMatch(/disk is full[\s\S]*takes blocks again/);
    expect((await postOne(url, await deposit(ledger, url))).json.submissions[0].status).toBe("admitted");
  } finally {
    await node.close();
  }
});

test("on a real file system that fills up nothing is lost, and the node goes on by itself", async ({ skip }) => {
  const folder = mkdtempSync(join(tmpdir(), "acta-small-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", folder]);
  if (mounted.status !== 0) {
    console.warn("skipped: a small file system can be mounted by root only.");
    return skip("a small file system can be mounted by root only");
  }
  try {
    const data = join(folder, "store");
    mkdirSync(data);
    const node = await startInProcess({ data });
    const { url, ledger } = node;
    try {
      const kept: string[] = [];
      const enter = async (): Promise<void> => {
        const { json } = await postOne(url, await deposit(ledger, url, 100));
        kept.push(json.submissions[0].identity);
        expect((await settled(url, kept.at(-1) ?? "")).json.status).toBe("entered");
      };
      for (let number = 0; number < 5; number++) await enter();
      await receiptOf(url, kept.at(-1) ?? "");
      fillUp(join(folder, "ballast"));
      const { json } = await postOne(url, await deposit(ledger, url, 100));
      for (let tried = 0; (await statusOf(url)).state !== "disk-full" && tried < 100; tried++) await sleep(50);
      expect((await statusOf(url)).state).toBe("disk-full");
      for (const identity of kept) expect((await settled(url, identity, 0)).json.status).toBe("entered");
      rmSync(join(folder, "ballast"));
      expect((await settled(url, json.submissions[0].identity)).json.status).toBe("entered");
      await enter();
      expect((await statusOf(url)).state).toBe("running");
    } finally {
      await node.close();
    }
    const again = await startInProcess({ data });
    expect((await statusOf(again.url)).height).toBeGreaterThanOrEqual(node.store.height);
    await again.close();
  } finally {
    spawnSync("umount", [folder]);
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Writes until there is no room for another kilobyte. */
function fillUp(path: string): void {
  for (const size of [1 << 20, 1 << 16, 1 << 10]) {
    try {
      for (;;) writeFileSync(path, new Uint8Array(size), { flag: "a" });
    } catch {
      // No room for a piece of this size: smaller ones follow.
    }
  }
}
