import type { Log } from "@acta/api";
import { toHex } from "@acta/bytes";
import { type Digest, encodeInput, hashOfBundle } from "@acta/contract";
import { development, ENTER_CONTRACT } from "@acta/ledger";
import type { Ordering } from "@acta/ordering";
import { decodeOutcome } from "@acta/protocol";
import { actingKey, compose, type KeyFile, type RandomBytes } from "@acta/sdk";
import { type ContractChange, changeInWords } from "./contract-changes.ts";

const EXPIRY_SECONDS = 600;
const WAIT_MS = 60_000;

/**
 * Enters contracts on a development ledger, by the operator's key, as anybody's transactions are entered: each is in
 * force from the next block on. Throws an Error in words where one was not entered, or refused.
 */
export async function enterContracts(
  changes: readonly ContractChange[],
  ordering: Ordering,
  key: KeyFile,
  random: RandomBytes,
  log: Log,
): Promise<void> {
  for (const change of changes) {
    const height = await enterContract(change, ordering, key, random);
    log(`entered by the operator's key: ${changeInWords(change)}`, { height });
  }
}

async function enterContract(
  change: ContractChange,
  ordering: Ordering,
  key: KeyFile,
  random: RandomBytes,
): Promise<number> {
  const { ledgerId, now } = ordering.status();
  const composed = await compose(
    {
      ledgerId,
      expiry: now.seconds + EXPIRY_SECONDS,
      mode: "each",
      calls: [callOf(change)],
      signers: [actingKey(key, [[development.name, "operator"]])],
    },
    random,
  );
  const [submission] = await ordering.submit([composed.bytes]);
  const place = await ordering.settled(composed.identity, WAIT_MS);
  if (place.status !== "entered") {
    const code = submission !== undefined && "code" in submission ? submission.code : place.status;
    throw new Error(`The contract ${change.contract} could not be entered (${code}). Start the node again.`);
  }
  assertAccepted(ordering, place, change);
  return place.height;
}

function callOf({ contract, bundle, replaces }: ContractChange) {
  const input = encodeInput(development.actions[ENTER_CONTRACT].input, {
    contract,
    ...bundle,
    bundle: toHex(hashOfBundle(bundle)) as Digest, // 32 bytes, like every hash
    ...(replaces === undefined ? {} : { replaces: toHex(replaces) as Digest }),
  });
  return { contract: development.name, version: development.version, action: ENTER_CONTRACT, input, expects: [] };
}

function assertAccepted(
  ordering: Ordering,
  { height, index }: { readonly height: number; readonly index: number },
  { contract }: ContractChange,
): void {
  const bytes = ordering.block(height)?.results[index]?.outcomeBytes[0];
  const refusal = bytes && decodeOutcome(bytes).refusal;
  if (refusal === null) return;
  const why = refusal === undefined ? "no outcome" : `${refusal.contract}/${refusal.code}`;
  throw new Error(
    `Block ${height} refused to enter the contract ${contract} (${why}). The key must hold the role of operator of the contract ${development.name}.`,
  );
}
