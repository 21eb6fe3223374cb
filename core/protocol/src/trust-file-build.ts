import { type CborMap, type CborValue, encode, fromObject } from "@acta/bytes";
import { validatorsHash } from "@acta/light-client";
import { ProtocolError } from "./errors.ts";
import { parseTrustFile, type TrustedEpoch, type TrustedValidator, type TrustFile } from "./trust-file.ts";
import { chainOf } from "./trust-file-consistency.ts";

/** What an exporter knows; chain ids, first set's hash and the chain of openings follow from it. */
export type TrustFileDraft = Omit<TrustFile, "epochs"> & {
  readonly epochs: readonly Omit<TrustedEpoch, "chain" | "firstValidators">[];
};

/** Fills in what follows from the rest and encodes; throws {@link ProtocolError} where parsing would. */
export function buildTrustFile(draft: TrustFileDraft): Uint8Array {
  const epochs = draft.epochs.map((epoch): TrustedEpoch => {
    const firstValidators = validatorsHash(epoch.sets[0]?.validators ?? noFirstSet());
    return { ...epoch, firstValidators, chain: chainOf(draft, { ...epoch, firstValidators }) };
  });
  return encodeTrustFile({ ...draft, epochs });
}

/** The bytes of a trust file; throws {@link ProtocolError} where parsing would. */
export function encodeTrustFile(file: TrustFile): Uint8Array {
  const bytes = encode(
    fromObject({
      format: 1,
      ledger: file.ledgerId,
      name: file.name,
      origin: file.origin,
      flags: fromObject({ development: file.development, demo: file.demo }),
      issued: file.issued,
      period: file.period,
      anchor: fromObject(file.anchor),
      epochs: file.epochs.map(epochToCbor),
      suites: file.suites.map((suite) => fromObject(suite)),
    }),
  );
  parseTrustFile(bytes);
  return bytes;
}

function epochToCbor({ closed, sets, ...opening }: TrustedEpoch): CborValue {
  return fromObject({
    ...opening,
    ...closed,
    sets: sets.map(({ from, validators }) => fromObject({ from, validators: validators.map(validatorToCbor) })),
  });
}

function validatorToCbor({ institution, algorithm, publicKey, power }: TrustedValidator): CborMap {
  return fromObject({ institution, algorithm, key: publicKey, power });
}

function noFirstSet(): never {
  throw new ProtocolError("malformed-trust-file", "an epoch must have a first set");
}
