import { toHex } from "@acta/bytes";
import { grouped } from "@acta/ui";
import type { CheckedProof } from "./check-proof.ts";
import type { Fact } from "./facts.ts";
import type { Say, Word } from "./words.ts";

/** The numbers behind a verdict in full, hex in groups of four: what engineers compare. */
export function numbersOf({ verdict, original, fingerprint, trust }: CheckedProof, say: Say): Fact[] {
  const { transaction, ledgerId, outcome, ledgerAction, signers = [], files = [] } = verdict;
  const bundle = outcome?.bundleHash ?? ledgerAction?.bundleHash;
  const row = (word: Word, bytes: Uint8Array | null | undefined): Fact[] =>
    bytes ? [{ label: say(word), value: grouped(toHex(bytes)), isHex: true }] : [];
  return [
    ...row("number.transaction", transaction),
    ...row("number.ledger", ledgerId),
    ...signers.flatMap(({ party, keyId }) => [...row("number.party", party), ...row("number.key", keyId)]),
    ...row("number.bundle", bundle),
    ...files.flatMap(({ sha256, root }) => [...row("number.sha256", sha256), ...row("number.root", root)]),
    ...row("number.yours", original?.sha256),
    ...row("number.yourRoot", original?.root),
    { label: say("number.proof"), value: grouped(fingerprint), isHex: true },
    ...(trust ? [{ label: say("number.trust"), value: grouped(trust.fingerprint), isHex: true }] : []),
  ];
}
