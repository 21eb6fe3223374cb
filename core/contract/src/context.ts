import type { Action, PassedInput } from "./action.ts";
import type { Change, Shape, Values } from "./field.ts";
import type { RecordSpecification } from "./record.ts";
import type { ActionReference, ReferredRecord } from "./reference.ts";
import type { PlainCodes, Refusals, Refuse } from "./refusal.ts";
import type { Total, TotalReader, Totals, TotalValue } from "./total.ts";
import type { Party, Time } from "./values.ts";

/** The records of a contract by name. */
export type Records = Readonly<Record<string, RecordSpecification>>;

/** A contract's own records of one name, by key; never scanned. `X` are the refusals of the action. */
export type Table<S, X extends Refusals> =
  S extends RecordSpecification<infer K, infer F>
    ? {
        find(key: Values<K>): Values<F> | undefined;
        /** Absent: refused with that code; without one, where a rule or an earlier line is sure of it, a bug: the node halts. */
        get(key: Values<K>, otherwise?: PlainCodes<X>): Values<F>;
        /** Present: refused with that code. */
        insert(key: Values<K>, values: Values<F>, otherwise: PlainCodes<X>): void;
        /** Members left out stay, `undefined` clears. Absent record: a bug, and the node halts. */
        update(key: Values<K>, change: Change<F>): void;
        /** Absent record: a bug, and the node halts. */
        remove(key: Values<K>): void;
      }
    : never;

/** Records of another contract that an action declares under `reads`, by key. `X` are the refusals of the action. */
export type ForeignTable<S, X extends Refusals> =
  S extends RecordSpecification<infer K, infer F>
    ? {
        find(key: Values<K>): Values<F> | undefined;
        /** Absent: refused with that code. */
        get(key: Values<K>, otherwise: PlainCodes<X>): Values<F>;
      }
    : never;

/** What an action declares to reach beyond its own contract's records; all of it stands in the manifest. */
export type Reach = {
  readonly calls: Action;
  readonly reads: Readonly<Record<string, ReferredRecord>>;
  readonly schedules: Readonly<Record<string, Shape>>;
  readonly totals: Totals;
};

/** The reach of an action that declares none. */
type NoReach = {
  readonly calls: never;
  readonly reads: Readonly<Record<never, ReferredRecord>>;
  readonly schedules: Readonly<Record<never, Shape>>;
  readonly totals: Readonly<Record<never, Total>>;
};

/** One table for each record of the contract. */
export type State<R extends Records, X extends Refusals> = { readonly [N in keyof R]: Table<R[N], X> };

/** The block under way: its height on the ledger, its time in whole seconds. */
export type BlockFacts = { readonly height: bigint; readonly time: Time };

/** Who met a rule: the party that signed, and the institution it acts for. */
export type Actor = { readonly party: Party; readonly institution: Party | undefined };

/**
 * All the power that an action's code has. `R` are the contract's records, `I` the input's shape, `X` the refusals,
 * `N` the roles its rule names, `S` those without which it does not hold, `W` what it declares to reach.
 */
export type Context<
  R extends Records,
  I extends Shape,
  X extends Refusals,
  N extends string,
  S extends string,
  W extends Reach = NoReach,
> = {
  readonly input: Values<I>;
  readonly state: State<R, X>;
  /** Totals of the own contract, as the action declares them. */
  readonly totals: { readonly [N in keyof W["totals"]]: TotalReader<R, W["totals"][N]> };
  /** Records of other contracts, as the action declares them. */
  readonly reads: { readonly [N in keyof W["reads"]]: ForeignTable<W["reads"][N], X> };
  /** Carries out a declared action, of another contract or the own one; its rule asks the same signers. Its refusal refuses all of this. */
  call<A extends W["calls"]>(action: A, input: PassedInput<A>): void;
  /**
   * Has the ledger carry out a declared action at that time, as `ledger`, in the order of time, contract and name. A name
   * stands for one deadline of the contract: scheduling it again moves it.
   */
  schedule<A extends keyof W["schedules"] & string>(
    name: string,
    at: Time,
    action: A,
    input: Values<W["schedules"][A]>,
  ): void;
  /** Takes back the deadline of that name, if it is set. */
  unschedule(name: string): void;
  /** The parties that signed, in the payload's order. */
  readonly signers: readonly Party[];
  /** The first signer in this role; undefined where the rule was met without it. */
  actor(role: S): Actor;
  actor(role: N): Actor | undefined;
  /** The contract that calls, stamped by the ledger; the own one where it calls itself. */
  readonly caller: string | undefined;
  readonly block: BlockFacts;
  /** The deadline that passed, where the ledger acts: all of this takes effect as of then, however late the block. */
  readonly due: Time | undefined;
  /** Never returns: everything the transaction wrote is dropped. */
  readonly refuse: Refuse<X>;
};

/** A context whose types are forgotten, as the ledger builds it. */
export type ErasedContext = {
  readonly input: Readonly<Record<string, unknown>>;
  readonly state: Readonly<Record<string, ErasedTable>>;
  readonly totals: Readonly<Record<string, { at(path?: string): TotalValue }>>;
  readonly reads: Readonly<Record<string, ErasedForeignTable>>;
  /** An action of the own contract, as its source has it, is without a reference: its code tells which it is. */
  call(action: Pick<Action, "apply"> & { readonly reference?: ActionReference }, input: ErasedValues): void;
  schedule(name: string, at: Time, action: string, input: ErasedValues): void;
  unschedule(name: string): void;
  readonly signers: readonly Party[];
  actor(role: string): Actor | undefined;
  readonly caller: string | undefined;
  readonly block: BlockFacts;
  readonly due: Time | undefined;
  refuse(code: string, blanks?: Readonly<Record<string, string | bigint>>): never;
};

/** A table whose types are forgotten. */
export type ErasedTable = {
  find(key: ErasedValues): ErasedValues | undefined;
  get(key: ErasedValues, otherwise?: string): ErasedValues;
  insert(key: ErasedValues, values: ErasedValues, otherwise: string): void;
  update(key: ErasedValues, change: ErasedValues): void;
  remove(key: ErasedValues): void;
};

/** A table of another contract whose types are forgotten. */
export type ErasedForeignTable = Pick<ErasedTable, "find"> & {
  get(key: ErasedValues, otherwise: string): ErasedValues;
};

/** Values by field name. */
export type ErasedValues = Readonly<Record<string, unknown>>;
