import {
  type ContractDefinition,
  ContractError,
  decodeRecord,
  type ErasedTable,
  type ErasedValues,
  encodeKey,
  encodeRecord,
  type RecordSpecification,
} from "@acta/contract";
import type { BlockDraft } from "./block-draft.ts";
import type { CallRun } from "./call-run.ts";
import { LedgerError } from "./error.ts";
import { recordKey, type StateKey } from "./state-key.ts";
import type { StateView } from "./state-layer.ts";
import { plansOf } from "./total-plan.ts";
import { countDifference } from "./totals.ts";

/**
 * The tables of a contract's records as its code sees them during one call: own records, by key, never scanned. What is
 * written is counted in the contract's totals, and noted where closed versions are kept.
 */
export function openTables(
  definition: ContractDefinition,
  run: CallRun,
  book: Book,
): Readonly<Record<string, ErasedTable>> {
  const tables: Record<string, ErasedTable> = {};
  for (const name of Object.keys(definition.records)) tables[name] = new RecordTable(definition, name, run, book);
  return tables;
}

/** What of a block keeps account of writes. */
type Book = Pick<BlockDraft, "day" | "historic">;

/**
 * The values of a record, or undefined where there is none. An absent optional field is an absent member. Under a key
 * that does not fit the record's form there is none either: the key may be what a person typed.
 */
export function readRecord(
  definition: ContractDefinition,
  name: string,
  key: ErasedValues,
  view: StateView,
): ErasedValues | undefined {
  const specification = getSpecification(definition, name);
  try {
    return readValues(specification, keyOfRecord(definition.name, name, specification, key), view);
  } catch (error) {
    if (error instanceof ContractError && error.code === "malformed-key") return undefined;
    throw error;
  }
}

class RecordTable implements ErasedTable {
  readonly #definition: ContractDefinition;
  readonly #name: string;
  readonly #specification: RecordSpecification;
  readonly #run: CallRun;
  readonly #book: Book;

  constructor(definition: ContractDefinition, name: string, run: CallRun, book: Book) {
    this.#definition = definition;
    this.#name = name;
    this.#specification = getSpecification(definition, name);
    this.#run = run;
    this.#book = book;
  }

  find(key: ErasedValues): ErasedValues | undefined {
    return this.#read(this.#at(key));
  }

  get(key: ErasedValues, otherwise?: string): ErasedValues {
    return this.#read(this.#at(key)) ?? (otherwise === undefined ? this.#absent("get") : this.#run.refuse(otherwise));
  }

  insert(key: ErasedValues, values: ErasedValues, otherwise: string): void {
    const at = this.#at(key);
    if (this.#run.layer.get(at) !== undefined) this.#run.refuse(otherwise);
    this.#write(at, key, undefined, values);
  }

  update(key: ErasedValues, change: ErasedValues): void {
    const at = this.#at(key);
    const before = this.#read(at) ?? this.#absent("update");
    this.#write(at, key, before, { ...before, ...change });
  }

  remove(key: ErasedValues): void {
    const at = this.#at(key);
    if (this.#run.layer.get(at) === undefined) this.#absent("remove");
    if (this.#isCounted) this.#count(key, this.#read(at), undefined);
    this.#put(at, null);
  }

  #at(key: ErasedValues): StateKey {
    this.#run.assertUnderWay();
    return keyOfRecord(this.#definition.name, this.#name, this.#specification, key);
  }

  #read(at: StateKey): ErasedValues | undefined {
    return readValues(this.#specification, at, this.#run.layer);
  }

  #write(at: StateKey, key: ErasedValues, before: ErasedValues | undefined, after: ErasedValues): void {
    const value = encodeRecord(this.#specification.fields, after, this.#definition.version);
    if (this.#isCounted) this.#count(key, before, after);
    this.#put(at, value);
  }

  #put(at: StateKey, value: Uint8Array | null): void {
    if (this.#specification.history) this.#book.historic.touch(at, this.#definition.version);
    this.#run.layer.put(at, value);
  }

  get #isCounted(): boolean {
    return plansOf(this.#definition, this.#name).length > 0;
  }

  #count(key: ErasedValues, before: ErasedValues | undefined, after: ErasedValues | undefined): void {
    const whole = (values: ErasedValues | undefined): ErasedValues | undefined => values && { ...values, ...key };
    this.#run.guarded(() =>
      countDifference(this.#run, this.#definition, this.#name, whole(before), whole(after), this.#book.day),
    );
  }

  #absent(verb: string): never {
    return this.#run.fault(`calls ${verb} for a record ${this.#name} that is absent, without looking for it first`);
  }
}

/** The state key of a record under a key given as values by field name. */
export function keyOfRecord(
  contract: string,
  name: string,
  { key: shape }: RecordSpecification,
  key: ErasedValues,
): StateKey {
  return recordKey(contract, name, encodeKey(shape, key));
}

function readValues({ fields }: RecordSpecification, at: StateKey, view: StateView): ErasedValues | undefined {
  const value = view.get(at);
  return value && decodeRecord(fields, value).values;
}

/** What a contract says about a record; throws LedgerError `wrong-use` where it has none of that name. */
export function getSpecification(definition: ContractDefinition, name: string): RecordSpecification {
  const specification = Object.hasOwn(definition.records, name) ? definition.records[name] : undefined;
  if (specification !== undefined) return specification;
  throw new LedgerError("wrong-use", `Contract ${definition.name} has no record named ${name}.`);
}
