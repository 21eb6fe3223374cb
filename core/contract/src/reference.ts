import type { Action } from "./action.ts";
import type { RecordSpecification } from "./record.ts";

/** Names an action of a contract to other contracts: a name, and the major version that was there when it was written. */
export type ActionReference<N extends string = string> = {
  readonly contract: N;
  readonly version: number;
  readonly action: string;
};

/** Names a record of a contract to other contracts. */
export type RecordReference<N extends string = string> = {
  readonly contract: N;
  readonly version: number;
  readonly record: string;
};

/** An action that others may declare to call; `contract` adds the reference. */
export type ReferredAction<N extends string = string> = Action & { readonly reference: ActionReference<N> };

/** A record that others may declare to read; `contract` adds the reference. */
export type ReferredRecord<N extends string = string> = RecordSpecification & {
  readonly reference: RecordReference<N>;
};

/** `escrow.book`: how manifests name what belongs to a contract. */
export function nameOfAction({ contract, action }: ActionReference): string {
  return `${contract}.${action}`;
}

/** `titles.parcel`. */
export function nameOfRecord({ contract, record }: RecordReference): string {
  return `${contract}.${record}`;
}

/** Both halves of such a name. */
export function halvesOf(name: string): readonly [contract: string, part: string] {
  const [contract = "", part = ""] = name.split(".");
  return [contract, part];
}

/** The versions of the contracts that are referred to, by name. Two versions of one contract: undefined under its name. */
export function versionsUsed(
  references: readonly { readonly contract: string; readonly version: number }[],
): Readonly<Record<string, number | undefined>> {
  const uses: Record<string, number | undefined> = {};
  for (const { contract, version } of references) {
    uses[contract] = Object.hasOwn(uses, contract) && uses[contract] !== version ? undefined : version;
  }
  return uses;
}
