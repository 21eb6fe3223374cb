import { equalBytes, toHex } from "@acta/bytes";
import { areSorted, isTombstone, validatorsHash } from "@acta/light-client";
import { COUNT_LIMIT, formOf } from "./form.ts";
import { isLedgerName } from "./ledger-name.ts";
import { chainId } from "./opening.ts";
import type { TrustedEpoch, TrustFile, ValidatorSet } from "./trust-file.ts";

const form = formOf("malformed-trust-file");

/** Holds a file's parts to one another (FORMATS §7); throws ProtocolError `malformed-trust-file`. */
export function assertConsistent(file: TrustFile): void {
  if (!isLedgerName(file.name)) form.fail("name: a lower-case letter, then up to 23 letters, digits and hyphens");
  file.epochs.forEach((epoch, index) => {
    assertFollows(epoch, file.epochs[index - 1]);
    if (epoch.chain !== chainOf(file, epoch))
      form.fail(`the chain id of epoch ${index} does not follow from its opening`);
    if ((epoch.closed === undefined) !== (index === file.epochs.length - 1))
      form.fail("exactly the last epoch is open");
    assertSets(epoch);
  });
  const algorithms = file.suites.map(({ algorithm }) => algorithm);
  if (new Set(algorithms).size !== algorithms.length) form.fail("an algorithm stands twice in suites");
  listedAppHashes(file);
}

function assertFollows(epoch: TrustedEpoch, before: TrustedEpoch | undefined): void {
  const { lastHeight, lastAppHash } = before?.closed ?? { lastHeight: 0, lastAppHash: new Uint8Array() };
  if (epoch.base !== lastHeight || !equalBytes(epoch.appHash, lastAppHash))
    form.fail(`epoch ${epoch.number} does not begin where the one before it ended`);
}

function assertSets({ number, sets, base, chain, closed, firstValidators }: TrustedEpoch): void {
  const [first] = sets;
  if (first?.from !== base + 1 || !equalBytes(hashOfSet(first), firstValidators))
    form.fail(`the first set of epoch ${number} is not that of its opening`);
  sets.forEach((set, index) => {
    const next = sets[index + 1]?.from ?? (closed ? closed.lastHeight + 1 : COUNT_LIMIT);
    if (set.from >= next) form.fail(`the sets of epoch ${number} do not ascend up to its last height`);
    const [only] = set.validators;
    if (set.validators.length === 1 && only && isTombstone(only, chain)) form.fail("a set is the end of its chain");
    if (!areSorted(set.validators)) form.fail("validators must stand in CometBFT's order");
    const keys = set.validators.map(({ publicKey }) => toHex(publicKey));
    if (new Set(keys).size !== keys.length) form.fail("a validator's key stands twice in a set");
    if (set.validators.reduce((sum, { power }) => sum + power, 0) >= COUNT_LIMIT)
      form.fail("the powers of a set add up to too much");
  });
}

/** The header's validators hash of a listed set. */
export function hashOfSet(set: ValidatorSet): Uint8Array {
  return validatorsHash(set.validators);
}

/**
 * The app hashes that the file lists by height: the anchor's, those at the ends of epochs. Throws
 * {@link ProtocolError} where one height has two.
 */
export function listedAppHashes({ anchor, epochs }: TrustFile): ReadonlyMap<number, Uint8Array> {
  const listed = new Map([[anchor.height, anchor.appHash]]);
  for (const { closed } of epochs) {
    if (closed === undefined) continue;
    const known = listed.get(closed.lastHeight);
    if (known && !equalBytes(known, closed.lastAppHash)) form.fail(`two app hashes for height ${closed.lastHeight}`);
    listed.set(closed.lastHeight, closed.lastAppHash);
  }
  return listed;
}

/** The chain id that follows from an epoch's opening. */
export function chainOf(file: Pick<TrustFile, "ledgerId" | "name">, epoch: Omit<TrustedEpoch, "chain">): string {
  const { number, base, lastHeader, appHash, time, firstValidators } = epoch;
  const opening = { epoch: number, base, lastHeader, appHash, time, validatorsHash: firstValidators };
  return chainId(file.name, { ledgerId: file.ledgerId, ...opening });
}
