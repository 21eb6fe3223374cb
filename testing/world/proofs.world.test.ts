import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toHex } from "@acta/bytes";
import { ed25519Signer } from "@acta/native";
import { renewProof } from "@acta/protocol";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasSecondReader, judge } from "../second-reader/run.ts";
import { callOf, entered, post } from "../src/deadlines/plan.ts";
import { remindersApplication } from "../src/deadlines/reminders.ts";
import { closeEpoch } from "../src/epochs/close-epoch.ts";
import { openNextEpoch } from "../src/epochs/next-epoch.ts";
import { ask, receiptOf, statusOf } from "../src/http.ts";
import { acta, providedTool } from "../src/index.ts";
import { randomBytes, randomNumbers } from "../src/random.ts";
import { depositCall, signSample } from "../src/sample-ledger.ts";
import { type InProcessNode, startInProcess } from "../system/in-process-node.ts";
import { judgeInPage, launchBrowser, openVerifierPage } from "./verifier-page.ts";

// Every kind of proof, cut by a real node before its epoch closed, and judged by three readers before and after.

let folder: string;
const random = randomNumbers(20_261_121);
const deposit = randomBytes(random, 16);

/** What the readers are asked to judge, and what they must say under the old trust file. */
const PROOFS = {
  "deposit.proof": { kind: "receipt", outcome: "accepted", contract: "evidence" },
  "fired.proof": { kind: "acted", outcome: "accepted", contract: "reminders" },
  "refused.proof": { kind: "acted", outcome: "refused", contract: "reminders" },
  "records.proof": { kind: "state", outcome: null, contract: null },
} as const;
const names = Object.keys(PROOFS) as (keyof typeof PROOFS)[]; // its own names
const pathOf = (name: string): string => join(folder, name);
const keep = (name: string, bytes: Uint8Array): void => writeFileSync(pathOf(name), bytes);
const renewedName = (name: string): string => `renewed-${name}`;
const byHeaderName = (name: string): string => `by-header-${name}`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "acta-proofs-"));
  const open = () => startInProcess({ data: pathOf("store"), applications: [remindersApplication] });
  const node = await open();
  await cutProofs(node);
  await node.close();
  const { sign, publicKey } = ed25519Signer(node.ledger.validatorSecret);
  await closeEpoch(pathOf("store"), { sign, publicKey }, (store, closed) => {
    const next = openNextEpoch(store, closed);
    keep("new.trust", next.trust);
    for (const name of names) {
      const bytes = new Uint8Array(readFileSync(pathOf(name)));
      // All of them rest on the header after the block that they are of.
      keep(byHeaderName(name), renewProof(bytes, next.renewal(restOf(name))));
    }
  });
  const archive = await open();
  for (const name of names) {
    const words = ["receipt", "renew", name, "--trust", "new.trust", "--out", renewedName(name)];
    const { code, stderr } = await acta(words, { node: archive.url, folder });
    expect(stderr).toBe("");
    expect(code).toBe(0);
  }
  await archive.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rests = new Map<string, number>();
const restOf = (name: string): number => rests.get(name) ?? 0;

async function cutProofs(node: InProcessNode): Promise<void> {
  const { url } = node;
  const send = async (call: ReturnType<typeof depositCall>): Promise<[string, number]> => {
    const { nowSeconds } = await statusOf(url);
    const nonce = randomBytes(random, 16);
    const signers = [node.ledger.depositor];
    const identity = await post(
      url,
      signSample(node.ledger, { signers, calls: [call], expiry: nowSeconds + 600, nonce }),
    );
    return [identity, await entered(url, identity)];
  };
  const [identity, height] = await send(depositCall(deposit));
  keep("deposit.proof", await receiptOf(url, identity));
  rests.set("deposit.proof", height + 1);
  const at = (await statusOf(url)).nowSeconds + 1;
  await send(callOf("reminders", "plan", { series: "march", from: 98, count: 2, at }));
  const fired = await acted(node);
  for (const [index, name] of ["fired.proof", "refused.proof"].entries()) {
    keep(name, (await ask(`${url}/v1/blocks/${fired}/actions/${index}`)).bytes);
    rests.set(name, fired + 1);
  }
  const records = [
    ["evidence", "deposit", toHex(deposit)],
    ["evidence", "deposit", toHex(randomBytes(random, 16))],
    ["reminders", "fired", "march", "98"],
    ["reminders", "fired", "march", "99"],
  ];
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ records });
  const proof = await ask(`${url}/v1/proofs`, { method: "POST", headers, body });
  expect(proof.status).toBe(200);
  keep("records.proof", proof.bytes);
  rests.set("records.proof", (await statusOf(url)).height);
  keep("old.trust", (await ask(`${url}/v1/trust`)).bytes);
}

/** The height of the block in which the ledger acted, once it has and the next is there. */
async function acted(node: InProcessNode): Promise<number> {
  for (let height = 1; ; height++) {
    if (!(await node.ordering.reached(height, 20_000))) throw new Error("The ledger did not act.");
    const { json } = await ask(`${node.url}/v1/blocks/${height}`);
    if (json.actions === 0) continue;
    await node.ordering.reached(height + 1, 20_000);
    return height;
  }
}

type Judged = { readonly path: string; readonly verdict: string; readonly basis?: string | null };

async function byCommandLine(proofs: readonly string[], trust: string): Promise<readonly Judged[]> {
  const { stdout } = await acta(["verify", ...proofs, "--trust", trust, "--json"], {
    node: "http://127.0.0.1:9",
    folder,
  });
  return JSON.parse(stdout);
}

/** Who judges, each in its own words brought to the same three. */
const READERS = {
  "the command line": byCommandLine,
  "the second reader": (proofs: readonly string[], trust: string) =>
    judge(proofs.map(pathOf), { trust: pathOf(trust) }),
};

const has = { "the command line": true, "the second reader": await hasSecondReader() };

describe.each(Object.keys(READERS) as (keyof typeof READERS)[])("%s", (reader) => {
  const verdicts = async (proofs: readonly string[], trust: string) =>
    (await READERS[reader](proofs, trust)).map(({ verdict, basis }) => `${verdict} ${basis ?? ""}`.trim());

  test.skipIf(!has[reader])("believes every proof while its epoch is open", async () => {
    expect(await verdicts(names, "old.trust")).toEqual(names.map(() => "valid fresh"));
  });

  test.skipIf(!has[reader])("cannot tell when the epoch has closed, until the proof is renewed", async () => {
    expect(await verdicts(names, "new.trust")).toEqual(names.map(() => "cannot-tell"));
    for (const renewed of [renewedName, byHeaderName])
      expect(await verdicts(names.map(renewed), "new.trust")).toEqual(names.map(() => "valid renewed"));
  });

  test.skipIf(!has[reader])("holds a proof not valid of which one byte is another", async () => {
    const changed = names.map((name) => {
      const bytes = readFileSync(pathOf(renewedName(name)));
      const at = bytes.length >> 1;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      keep(`changed-${name}`, bytes);
      return `changed-${name}`;
    });
    expect(await verdicts(changed, "new.trust")).toEqual(names.map(() => "not-valid"));
  });
});

test.skipIf(!has["the second reader"])("the second reader says of each what it is of", async () => {
  const answers = await judge(names.map(pathOf), { trust: pathOf("old.trust") });
  for (const [index, name] of names.entries()) expect(answers[index]).toMatchObject(PROOFS[name]);
  expect(answers.map(({ height }) => height)).toEqual(names.map((name) => restOf(name) - 1));
});

describe("the page that was saved to disk", () => {
  const executablePath = providedTool("chromium");
  let browser: Browser | undefined;
  afterAll(async () => browser?.close());

  test.skipIf(executablePath === undefined)("says the same, with the network off", async () => {
    browser = await launchBrowser(executablePath);
    const said = async (name: string, words: string): Promise<string> => {
      const page = await openVerifierPage(browser as Browser, "en"); // launched above
      const heading = await judgeInPage(page, [pathOf("new.trust"), pathOf(name)], words);
      const text = await page.locator("main").textContent();
      await page.context().close();
      return `${heading}\n${text}`;
    };
    for (const name of names) {
      expect(await said(name, "Unproved: renew")).toContain("an epoch that has ended");
      const word = PROOFS[name].outcome === "refused" ? "Refused" : "Valid";
      expect(await said(renewedName(name), word)).not.toContain("an epoch that has ended");
    }
  });
});
