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
};

/** Deposits sealed and signed, to be kept before anything is sent. */
export type SealedDeposits = {
  readonly deposits: readonly StoredDeposit[];
  readonly transactions: readonly StoredTransaction[];
};

/** Deposits under one signature; a call has some 250 bytes, a transaction may have 2 MiB. */
export const DEPOSITS_PER_SIGNATURE = 2000;

const { input: SHAPE } = evidence.actions.deposit;

/** Seals files, one signature for up to 2,000 of them. The description, where there is one, is sealed with each. */
export async function sealDeposits(
  files: readonly PreparedFile[],
  description: string,
  world: SealWorld,
): Promise<SealedDeposits> {
  const deposits: StoredDeposit[] = [];
  const transactions: StoredTransaction[] = [];
  for (let start = 0; start < files.length; start += DEPOSITS_PER_SIGNATURE) {
    const part = files.slice(start, start + DEPOSITS_PER_SIGNATURE).map((file) => sealOne(file, description, world));
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

function sealOne({ name, identity }: PreparedFile, description: string, world: SealWorld) {
  const { ledgerId, key, random, nowMs } = world;
  const [deposit, sha256] = [toHex(random(16)), toHex(identity.sha256)];
  const file = { size: String(identity.size), sha256, root: toHex(identity.root) };
  const given = inputFromJson(SHAPE, { deposit, file, ...(description === "" ? {} : { description }) });
  const context = { ledgerId: fromHex(ledgerId), firstParty: key.party, random };
  const { input, disclosures } = sealInput(evidence, SHAPE, given, context);
  const call = { contract: evidence.name, version: evidence.version, action: "deposit", input, expects: [] };
  const { size } = identity;
  const opening = encodeOpening(disclosures);
  return { call, row: { deposit, ledgerId, name, size, sha256, addedAt: nowMs, opening, isSaved: false } };
}
