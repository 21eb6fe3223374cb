import type { BlockFacts, Time } from "@acta/contract";
import { HistoricRecords } from "./closed-versions.ts";
import { ContractsInForce } from "./contracts-in-force.ts";
import type { BlockTime, Environment } from "./environment.ts";
import { Parties } from "./parties.ts";
import { CachedState, StateLayer } from "./state-layer.ts";
import { dayOf } from "./zone.ts";

/** Where a block stands: its height on the ledger and its time. */
export type BlockPlace = { readonly height: number; readonly time: BlockTime };

/** A block under way: the state before it, what it wrote so far, and what it looked up on the way. */
export type BlockDraft = {
  readonly environment: Environment;
  readonly place: BlockPlace;
  /** Height and whole seconds as contracts see them. */
  readonly facts: BlockFacts;
  /** The state before the block: what decides admissibility. */
  readonly before: CachedState;
  /** That state with the block's writes: what calls see. */
  readonly state: StateLayer;
  readonly contracts: ContractsInForce;
  readonly parties: Parties;
  /** Records written in the block of which the versions are kept. */
  readonly historic: HistoricRecords;
  /** The day of the block in the ledger's zone, days since 1970; known where a contract keeps totals by day. */
  readonly day: () => number;
};

/** Opens a block on the state before it. */
export function openBlock(environment: Environment, place: BlockPlace): BlockDraft {
  const before = new CachedState(environment.state);
  return {
    environment,
    place,
    // Contract code is handed these facts, call after call. Block time is never out of the range of times.
    facts: Object.freeze({ height: BigInt(place.height), time: BigInt(place.time.seconds) as Time }),
    before,
    state: new StateLayer(before),
    contracts: new ContractsInForce(before, environment.contracts),
    parties: new Parties(),
    historic: new HistoricRecords(),
    day: () => dayOf(before, place.time.seconds),
  };
}
