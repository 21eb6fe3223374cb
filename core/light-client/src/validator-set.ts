import { compareBytes } from "@acta/bytes";
import { ALGORITHM, sha256 } from "@acta/crypto";
import { listRoot } from "@acta/merkle";
import { LightClientError } from "./errors.ts";
import { createMessage } from "./protobuf.ts";

/** The algorithms of validator keys: Ed25519 (-19, key of 32 bytes) and ML-DSA-65 (-49, key of 1,952 bytes). */
export type ValidatorAlgorithm = -19 | -49;

/** One validator. `power` is a whole number below 2^53. */
export type Validator = {
  readonly algorithm: ValidatorAlgorithm;
  readonly publicKey: Uint8Array;
  readonly power: number;
};

/** 20 bytes: the first of the SHA-256 of the raw key, whatever its algorithm. */
export function validatorAddress(validator: Pick<Validator, "publicKey">): Uint8Array {
  return sha256(validator.publicKey).subarray(0, ADDRESS_BYTES);
}

/** The validators in CometBFT's order: power descending, then address ascending. A commit's indices follow it. */
export function sortValidators(validators: readonly Validator[]): Validator[] {
  return validators
    .map((validator) => ({ validator, address: validatorAddress(validator) }))
    .sort((a, b) => b.validator.power - a.validator.power || compareBytes(a.address, b.address))
    .map(({ validator }) => validator);
}

/** Whether they stand in CometBFT's order, no key twice. */
export function areSorted(validators: readonly Validator[]): boolean {
  const addresses = validators.map(validatorAddress);
  return validators.every((validator, index) => {
    const next = validators[index + 1];
    const [address, nextAddress] = [addresses[index], addresses[index + 1]];
    if (next === undefined || address === undefined || nextAddress === undefined) return true;
    return validator.power > next.power || (validator.power === next.power && compareBytes(address, nextAddress) < 0);
  });
}

/** The header's validators hash of a set in CometBFT's order (it is not sorted here): the root over its leaves. */
export function validatorsHash(validators: readonly Validator[]): Uint8Array {
  return listRoot(validators.map(encodeValidator));
}

/** The sum of the powers. Throws LightClientError `out-of-range` when it reaches 2^53 (FORMATS §1). */
export function totalPower(validators: readonly Validator[]): number {
  const total = validators.reduce((sum, { power }) => sum + power, 0);
  if (Number.isSafeInteger(total)) return total;
  throw new LightClientError("out-of-range", "The powers of a validator set must add up to less than 2^53.");
}

/** Whether `sum` is more than two thirds of `total`, in whole numbers. CometBFT types/validation.go. */
export function hasTwoThirds(sum: number, total: number): boolean {
  return BigInt(sum) * 3n > BigInt(total) * 2n;
}

const ADDRESS_BYTES = 20;
const KEY_FIELD = { [ALGORITHM.ed25519]: 1, [ALGORITHM.mlDsa65]: 4 } as const;
const KEY_BYTES = { [ALGORITHM.ed25519]: 32, [ALGORITHM.mlDsa65]: 1952 } as const;

/** SimpleValidator: 1 public key (1 Ed25519 or 4 ML-DSA-65), 2 power. */
function encodeValidator(validator: Validator): Uint8Array {
  const { algorithm, publicKey, power } = validator;
  if (publicKey.length !== KEY_BYTES[algorithm]) {
    throw new LightClientError(
      "malformed-validator",
      `A validator's key of algorithm ${algorithm} has ${publicKey.length} bytes instead of ${KEY_BYTES[algorithm]}.`,
    );
  }
  const key = createMessage().bytes(KEY_FIELD[algorithm], publicKey).finish();
  return createMessage().message(1, key).varint(2, power).finish();
}
