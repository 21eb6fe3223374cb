import { type CborMap, type CborValue, decode, isArray, isMap } from "@acta/bytes";
import type { ContractDefinition } from "@acta/contract";
import { type ContractLibrary, Recount, SPACE, type TotalFinding } from "@acta/ledger";

/** What came of a recount of every total in a store. */
export type StoreRecount = {
  /** How many records were counted, and into how many totals, each under each of its paths. */
  readonly records: number;
  readonly totals: number;
  readonly differing: readonly TotalFinding[];
  /** Contracts of the ledger that this release does not have in that version: they were not counted. */
  readonly unknown: readonly string[];
};

/**
 * Recounts the totals of a store while it is gone through, key by key in the order of their bytes; at no time more of it
 * is in memory than a counter for each path.
 */
export class StoreRecounter {
  readonly #library: ContractLibrary;
  readonly #inForce = new Map<string, ContractDefinition | undefined>();
  readonly #recount = new Recount((name) => this.#inForce.get(name));

  constructor(library: ContractLibrary) {
    this.#library = library;
  }

  /** Takes a key of the state with its value. Shorter keys come first, so contracts before all that they keep. */
  readonly add = (key: Uint8Array, value: Uint8Array): void => {
    const name = key[0] === KEY_OF_TWO ? nameOfContract(decode(key)) : undefined;
    if (name === undefined) this.#recount.add(key, value);
    else this.#inForce.set(name, this.#library.lookup(name, bundleIn(decode(value))));
  };

  /** After the last key. */
  finish(): StoreRecount {
    const { records, totals } = this.#recount;
    const unknown = [...this.#inForce].flatMap(([name, definition]) => (definition === undefined ? [name] : []));
    return { records, totals, differing: this.#recount.findings(), unknown };
  }
}

/** The first byte of a key of two elements, such as [1, contract]. */
const KEY_OF_TWO = 0x82;

function nameOfContract(key: CborValue): string | undefined {
  const [space, name] = isArray(key) ? key : [];
  return space === SPACE.contract && typeof name === "string" ? name : undefined;
}

/** [1, contract] → [1, { bundle, … }] (docs/spec, 6.1). */
function bundleIn(value: CborValue): Uint8Array {
  const fields = isArray(value) ? value[1] : undefined;
  const bundle = fields !== undefined && isMap(fields) ? (fields as CborMap).get("bundle") : undefined;
  return bundle instanceof Uint8Array ? bundle : new Uint8Array(0);
}
