import { type ContractDefinition, type ErasedValues, encodeInput } from "@acta/contract";
import { development } from "@acta/ledger";
import type { Ordering } from "@acta/ordering";
import { decodeOutcome } from "@acta/protocol";
import { actingKey, compose, type KeyFile, type RandomBytes } from "@acta/sdk";

const EXPIRY_SECONDS = 600;
const WAIT_MS = 60_000;

/** What the operator of a development ledger does through the node, and where it is entered. */
export type OperatorDesk = { enter(act: OperatorAct): Promise<number> };

/** An action of the contract `development`; `what` says in words what it is to do, for errors. */
export type OperatorAct = { readonly action: string; readonly input: ErasedValues; readonly what: string };

/**
 * Enters acts by the operator's key, as anybody's transactions are entered, each in a block of its own. `enter` answers
 * the height; it throws an Error in words where the act was not entered, or refused.
 */
export function operatorDesk(ordering: Ordering, key: () => KeyFile, random: RandomBytes): OperatorDesk {
  return {
    async enter({ action, input, what }) {
      const { ledgerId, now } = ordering.status();
      const { name, version, actions }: ContractDefinition = development;
      const { input: shape = {} } = actions[action] ?? {};
      const call = { contract: name, version, action, input: encodeInput(shape, input), expects: [] };
      const signers = [actingKey(key(), [[name, "operator"]])];
      const expiry = now.seconds + EXPIRY_SECONDS;
      const composed = await compose({ ledgerId, expiry, mode: "each", calls: [call], signers }, random);
      const [submission] = await ordering.submit([composed.bytes]);
      const place = await ordering.settled(composed.identity, WAIT_MS);
      if (place.status === "entered") return acceptedAt(ordering, place, what);
      const code = submission !== undefined && "code" in submission ? submission.code : place.status;
      throw new Error(`The node could not ${what} (${code}). Start it again.`);
    },
  };
}

function acceptedAt(ordering: Ordering, { height, index }: { height: number; index: number }, what: string): number {
  const bytes = ordering.block(height)?.results[index]?.outcomeBytes[0];
  const refusal = bytes && decodeOutcome(bytes).refusal;
  if (refusal === null) return height;
  const why = refusal === undefined ? "no outcome" : `${refusal.contract}/${refusal.code}`;
  const remedy = `The operator's key must hold the role of operator of the contract ${development.name}.`;
  throw new Error(`Block ${height} refused to ${what} (${why}). ${remedy}`);
}
