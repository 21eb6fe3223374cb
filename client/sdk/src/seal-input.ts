import type { CborMap } from "@acta/bytes";
import { type ContractDefinition, encodeInput, type Given, type Seal, type Shape } from "@acta/contract";
import { sealCommitment } from "@acta/crypto";
import type { Disclosure } from "@acta/protocol";
import type { RandomBytes } from "./compose.ts";
import { inNormalForm } from "./normal-form.ts";

/** An input with its sealed values replaced by commitments, and what opens them again. */
export type SealedInput = { readonly input: CborMap; readonly disclosures: readonly Disclosure[] };

/** Where the commitments are bound to: they prove nothing in another ledger or under another first signer. */
export type SealContext = {
  readonly ledgerId: Uint8Array;
  readonly firstParty: Uint8Array;
  readonly random: RandomBytes;
};

/**
 * Seals an action's input: each sealed value gets a fresh salt of 32 bytes.
 *
 * The disclosures exist nowhere else: keep them before anything is sent. Throws ContractError malformed-input.
 */
export function sealInput<I extends Shape>(
  contract: Pick<ContractDefinition, "name">,
  shape: I,
  given: Given<I>,
  { ledgerId, firstParty, random }: SealContext,
): SealedInput {
  const disclosures: Disclosure[] = [];
  const seal: Seal = ({ path, record, key, field }, value) => {
    const salt = random(32);
    disclosures.push({ path, salt, value });
    return sealCommitment({ ledgerId, contract: contract.name, record, key, field, party: firstParty, salt, value });
  };
  return { input: encodeInput(shape, inNormalForm(given), seal), disclosures };
}
