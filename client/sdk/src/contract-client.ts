import { fromHex, toHex } from "@acta/bytes";
import type { Action, Contract, ContractDefinition, Given, RefusalsOf, Shape } from "@acta/contract";
import { buildSlip, type Expectation, parseTrustFile, type TrustFile, type Verdict, verifyProof } from "@acta/protocol";
import type { ActingKey } from "./acting-key.ts";
import { compose, type RandomBytes } from "./compose.ts";
import { type ContractReader, contractReader, type ReaderPowers } from "./contract-reader.ts";
import { enter } from "./enter.ts";
import { SdkError } from "./error.ts";
import { sealInput } from "./seal-input.ts";

/** Seconds between the ledger's `now` and the expiry of what is signed: inside the hour that one signer has. */
export const EXPIRY_SECONDS = 3000;

/** What came of a call. `refused` narrows to the codes the action declares, and the ledger's own. */
export type CallOutcome<Code extends string> = {
  readonly height: number;
  readonly transaction: string;
  /** Receipt and what opens its sealed values: keep it, it proves the call offline. */
  readonly slip: Uint8Array;
  readonly verdict: Verdict;
} & (
  | { readonly accepted: true }
  | { readonly accepted: false; readonly refused: Code | (string & {}); readonly contract: string }
);

type ClientOf<C extends Contract> = {
  readonly [N in keyof C["actions"]]: C["actions"][N] extends Action<infer I extends Shape>
    ? (input: Given<I>, options?: CallOptions) => Promise<CallOutcome<RefusalsOf<C["actions"][N]>>>
    : never;
} & Omit<ContractReader<C>, keyof C["actions"]>;

/** What a call says beside its input. */
export type CallOptions = {
  /** Records as they were read: where one is no longer so, the call is refused with `record-changed`. */
  readonly expects?: readonly Expectation[];
};

/** What a client acts with, beside what it reads with. */
export type ContractClientPowers = ReaderPowers & { readonly key: ActingKey; readonly random: RandomBytes };

/**
 * A typed client of one contract: `client.deposit({...})` seals, signs, sends, waits, and verifies the receipt. It also
 * has the `records` and `totals` of `contractReader`, unless an action has that name.
 *
 * Throws SdkError where nothing was entered; a refusal is an outcome, not an error.
 */
export function contractClient<C extends Contract>(contract: C, powers: ContractClientPowers): ClientOf<C> {
  const definition: ContractDefinition = contract;
  const methods = Object.keys(definition.actions).map((name) => [
    name,
    (input: Readonly<Record<string, unknown>>, options?: CallOptions) =>
      callAction(definition, name, input, powers, options),
  ]);
  // Each method has the input and refusals of the action of its name.
  return { ...contractReader(contract, powers), ...Object.fromEntries(methods) } as unknown as ClientOf<C>;
}

/** Calls one action by its name, with the values of its input. */
export async function callAction(
  contract: ContractDefinition,
  action: string,
  given: Readonly<Record<string, unknown>>,
  { node, key, random, trust }: ContractClientPowers,
  { expects = [] }: CallOptions = {},
): Promise<CallOutcome<string>> {
  const shape = contract.actions[action]?.input;
  if (shape === undefined) throw new TypeError(`${contract.name} has no action ${action}.`);
  const status = await node.status();
  const ledgerId = fromHex(status.ledgerId);
  const { input, disclosures } = sealInput(contract, shape, given, { ledgerId, firstParty: key.party, random });
  const call = { contract: contract.name, version: contract.version, action, input, expects };
  const transaction = await compose(
    { ledgerId, expiry: status.nowSeconds + EXPIRY_SECONDS, mode: "each", calls: [call], signers: [key] },
    random,
  );
  const { height } = await enter(node, transaction);
  const slip = buildSlip(disclosures, await node.receipt(transaction.identity, 0));
  const verdict = verified(slip, parseTrustFile(trust ?? (await node.trustFile())), status.nowSeconds);
  return { height, transaction: toHex(transaction.identity), slip, verdict, ...outcomeOf(verdict) };
}

/** The verdict on a slip or proof that the node handed out. Throws SdkError `not-proved` when it does not verify. */
export function verified(slip: Uint8Array, trust: TrustFile, nowSeconds: number): Verdict {
  const verdict = verifyProof(slip, trust, { now: nowSeconds });
  if (verdict.verdict === "valid") return verdict;
  throw new SdkError(
    "not-proved",
    `The node's proof does not verify: ${verdict.reason}. Keep it and ask another node.`,
    {
      detail: verdict.reason,
    },
  );
}

function outcomeOf({ outcome }: Verdict): { accepted: true } | { accepted: false; refused: string; contract: string } {
  if (outcome?.verdict === "accepted") return { accepted: true };
  return {
    accepted: false,
    refused: outcome?.refusal?.code ?? "undone",
    contract: outcome?.refusal?.contract ?? "ledger",
  };
}
