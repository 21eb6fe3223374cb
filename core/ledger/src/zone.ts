import { decode, encode } from "@acta/bytes";
import type { ContractDefinition } from "@acta/contract";
import { LedgerError } from "./error.ts";
import { systemKey } from "./state-key.ts";
import type { StateView } from "./state-layer.ts";

/** [0, "zone"]: by which a reader of days reckons. */
export const ZONE = systemKey("zone");

/**
 * The system record [0, "zone"] → minutes ahead of UTC, by which the ledger's days begin. It is there from the first
 * block on where a contract of the genesis keeps totals by day, whose readers need it.
 */
export function zoneWrites(
  minutes: number,
  contracts: readonly ContractDefinition[],
): (readonly [key: Uint8Array, value: Uint8Array])[] {
  const isNeeded = contracts.some(({ totals }) => Object.values(totals).some(({ history }) => history === "day"));
  return isNeeded ? [[ZONE.bytes, encode(minutes)]] : [];
}

/** The day of a moment in the ledger's zone: days since 1970-01-01. */
export function dayOf(state: StateView, seconds: number): number {
  const value = state.get(ZONE);
  if (value === undefined) throw new LedgerError("state-damaged", 'The state lacks [0, "zone"]. Run "acta fsck".');
  return dayInZone(value, seconds);
}

/** The same by the value of [0, "zone"]. */
export function dayInZone(zone: Uint8Array, seconds: number): number {
  return Math.floor((seconds + (decode(zone) as number) * 60) / 86_400); // as the genesis wrote it
}
