import { evidence } from "@acta/applications/evidence/index.ts";
import type { RandomBytes } from "@acta/sdk";
import { type ActingKey, compose, EXPIRY_SECONDS, fromHex, inputFromJson, sealInput, toHex } from "@acta/sdk";
import type { PreparedFile } from "./fingerprint.ts";
import type { StoredDeposit, StoredTransaction } from "./memory.ts";
import { encodeOpening } from "./opening.ts";

/** What deposits are bound to, and the powers to make them. */
export type SealWorld = {
  /** Hex. */
  readonly ledgerId: string;
  /** The ledger's `now` in seconds, from which expiry is reckoned. */
  readonly nowSeconds: number;
  readonly key: ActingKey;
  readonly random: RandomBytes;
  /** The device's clock, milliseconds since 1970. */
  readonly nowMs: number;
  /** Told after every hundred; sealing goes on when it resolves. */
  readonly onSealed: (done: number) => Promise<void>;
};

/** What is said of every file of one signature. */
export type Described = { readonly words: string; readonly document?: PreparedFile };

/** Deposits sealed and signed, to be kept before anything is sent. */
export type SealedDeposits = {
  readonly deposits: readonly StoredDeposit[];
  readonly transactions: readonly StoredTransaction[];
};

/** Deposits under one signature; a call has some 250 bytes, a transaction may have 2 MiB. */
export const DEPOSITS_PER_SIGNATURE = 2000;

const { input: SHAPE } = evidence.actions.deposit;

/** Seals files, one signature for up to 2,000 of them. What describes them is sealed with each. */
export async function sealDeposits(
  files: readonly PreparedFile[],
  described: Described,
  world: SealWorld,
): Promise<SealedDeposits> {
  const deposits: StoredDeposit[] = [];
  const transactions: StoredTransaction[] = [];
  for (let start = 0; start < files.length; start += DEPOSITS_PER_SIGNATURE) {
    const part: ReturnType<typeof sealOne>[] = [];
    for (const file of files.slice(start, start + DEPOSITS_PER_SIGNATURE)) {
      part.push(sealOne(file, described, world));
      if (part.length % 100 === 0) await world.onSealed(start + part.length);
    }
    const { ledgerId, nowSeconds, key, random } = world;
    const calls = part.map(({ call }) => call);
    const expiry = nowSeconds + EXPIRY_SECONDS;
    const signed = await compose({ ledgerId: fromHex(ledgerId), expiry, mode: "each", calls, signers: [key] }, random);
    const transaction = toHex(signed.identity);
    transactions.push({ identity: transaction, ledgerId, bytes: signed.bytes });
    deposits.push(...part.map(({ row }, call) => ({ ...row, transaction, call })));
  }
  return { deposits, transactions };
}

function sealOne({ name, identity }: PreparedFile, { words, document }: Described, world: SealWorld) {
  const { ledgerId, key, random, nowMs } = world;
  const [deposit, file] = [toHex(random(16)), fileInJson(identity)];
  const optional = {
    ...(words !== "" && { description: words }),
    ...(document && { descriptionFile: fileInJson(document.identity) }),
  };
  const given = inputFromJson(SHAPE, { deposit, file, ...optional });
  const context = { ledgerId: fromHex(ledgerId), firstParty: key.party, random };
  const { input, disclosures } = sealInput(evidence, SHAPE, given, context);
  const call = { contract: evidence.name, version: evidence.version, action: "deposit", input, expects: [] };
  const { size } = identity;
  const opening = encodeOpening(disclosures);
  const row = { deposit, ledgerId, name, size, sha256: file.sha256, addedAt: nowMs, opening, isSaved: false };
  return { call, row: { ...row, ...(document && { description: document.name }) } };
}

function fileInJson({ size, sha256, root }: PreparedFile["identity"]) {
  return { size: String(size), sha256: toHex(sha256), root: toHex(root) };
}
