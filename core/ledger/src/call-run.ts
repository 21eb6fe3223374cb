import { type CborMap, map } from "@acta/bytes";
import type { BlankValue, Refusals } from "@acta/contract";
import type { Refusal } from "@acta/protocol";
import { LedgerError } from "./error.ts";
import { Refused } from "./refusal.ts";
import type { StateLayer } from "./state-layer.ts";

/**
 * One call while its contract's code runs: where it writes, and the refusal it met.
 *
 * A refusal sticks: code that catches the signal and goes on is refused all the same. So does a fault. After the call
 * nothing that the code kept of its context does anything any more.
 */
export class CallRun {
  readonly layer: StateLayer;
  readonly #contract: string;
  readonly #refusals: Refusals;
  #signal: Refused | undefined;
  #fault: { readonly error: unknown } | undefined;
  #isOver = false;

  /** `refusals` are those that the action declares; no other can be given. */
  constructor(contract: string, refusals: Refusals, layer: StateLayer) {
    this.#contract = contract;
    this.#refusals = refusals;
    this.layer = layer;
  }

  /** Refuses, by the contract's own code, and unwinds. The first refusal of a call is the one that stands. */
  refuse(code: string, blanks: Readonly<Record<string, BlankValue>> = {}): never {
    this.assertUnderWay();
    if (!Object.hasOwn(this.#refusals, code)) this.fault(`refused with ${code}, which the action does not declare`);
    return this.refuseWith({ contract: this.#contract, code, blanks: filled(blanks) });
  }

  /** Refuses by what the ledger or a called contract decided, and unwinds. */
  refuseWith(refusal: Refusal): never {
    this.#signal ??= new Refused(refusal);
    throw this.#signal;
  }

  /** Does something for the code that is no business of its own `try`: an error in it halts, whoever catches it. */
  guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error !== this.#signal) this.#fault ??= { error };
      throw error;
    }
  }

  /** Runs the contract's code to its end. Gives the refusal, if there was one; any other error goes on to halt the node. */
  settle(code: () => unknown): Refusal | undefined {
    try {
      if (code() instanceof Promise) this.fault("is asynchronous");
    } catch (error) {
      if (this.#signal === undefined || error !== this.#signal) throw error;
    } finally {
      this.#isOver = true;
    }
    if (this.#fault !== undefined) throw this.#fault.error;
    return this.#signal?.refusal;
  }

  /** Throws where the contract's code acts after its call is over. */
  assertUnderWay(): void {
    if (this.#isOver) this.fault("went on after its call had ended");
  }

  /** Halts: LedgerError `contract-fault`. */
  fault(what: string): never {
    const message = `The code of contract ${this.#contract} ${what}. Mend the contract.`;
    const error = new LedgerError("contract-fault", message);
    this.#fault ??= { error };
    throw error;
  }
}

/** Blanks as they read back from an outcome: an integer is a number where it is safe. */
function filled(blanks: Readonly<Record<string, BlankValue>>): CborMap {
  const entries = Object.entries(blanks).map(([name, value]) => [name, isSafe(value) ? Number(value) : value] as const);
  return map(entries);
}

const isSafe = (value: BlankValue): boolean => typeof value === "bigint" && Number.isSafeInteger(Number(value));
