import { type Bundle, decodeRecord } from "@acta/contract";
import { development } from "./contracts/development.ts";
import { findBundle, findBundleHash } from "./contracts-in-force.ts";
import type { StateReader } from "./environment.ts";
import { recordKey } from "./state-key.ts";
import { CachedState } from "./state-layer.ts";

/** The bundle's hash of the contract that a state has in force under a name, 32 bytes; undefined where it has none. */
export function bundleInForce(state: StateReader, name: string): Uint8Array | undefined {
  return findBundleHash(new CachedState(state), name);
}

/** The bundle of that hash, if it was entered on this ledger; those of the genesis are not in the state. */
export function enteredBundle(state: StateReader, bundleHash: Uint8Array): Bundle | undefined {
  return findBundle(new CachedState(state), bundleHash);
}

/** The names of the contracts that were entered on this ledger and that its genesis did not have, in that order. */
export function enteredContracts(state: StateReader): readonly string[] {
  const value = state.get(recordKey(development.name, "entered", []).bytes);
  return value === undefined ? [] : decodeRecord(development.records.entered.fields, value).values.contracts;
}
