// What must compile and what must not: the compiler checks this file; at run time there is little to it.
import { expect, test } from "vitest";
import {
  type Actor,
  type AnyField,
  action,
  all,
  any,
  anyone,
  type Change,
  type Commitment,
  type Committed,
  contract,
  type FileValue,
  type Given,
  type Id,
  type InputOf,
  type Money,
  type Party,
  type RefusalsOf,
  type RolesOf,
  record,
  role,
  type Time,
  type TotalOf,
  t,
  type Values,
} from "../src/index.ts";
import type { escrow } from "./escrow.ts";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

const shape = {
  thing: t.id("title", "Thing"),
  owner: t.party("Owner"),
  since: t.time("Since"),
  price: t.optional(t.money("Price")),
  state: t.choice(["open", "closed"], "State"),
  photo: t.sealed(t.file("Photo"), { of: "title.photo" }),
  parts: t.list(t.group({ area: t.integer("Area"), note: t.optional(t.text("Note")) }, "Part"), "Parts"),
};

same<
  Values<typeof shape>,
  {
    readonly thing: Id<"title">;
    readonly owner: Party;
    readonly since: Time;
    readonly state: "open" | "closed";
    readonly photo: Commitment;
    readonly parts: readonly { readonly area: bigint; readonly note?: string | undefined }[];
    readonly price?: Money | undefined;
  }
>(true);
same<Given<typeof shape>["photo"], FileValue | Committed>(true);
same<Change<typeof shape>["price"], Money | undefined>(true);
same<RefusalsOf<typeof escrow.actions.book>, "already-booked" | "too-many">(true);
same<RefusalsOf<typeof escrow.actions.ping>, never>(true);
same<
  InputOf<typeof escrow.actions.cancel>,
  { readonly office: string; readonly reference: string; readonly by: Party }
>(true);
same<
  TotalOf<(typeof escrow)["records"], (typeof escrow)["totals"]["paid"]>["sums"],
  { readonly amount: Readonly<Record<string, bigint>> }
>(true);
const mixed = all(role("court"), any(role("judge"), anyone));
same<RolesOf<typeof mixed>, "court" | "judge">(true);

const records = {
  title: record("Title", { thing: shape.thing }, { owner: shape.owner, price: shape.price, count: t.integer("Count") }),
};
declare const thing: Id<"title">;
declare const other: Id<"case">;

const amend = action(records, {
  title: "Amend",
  input: { thing: shape.thing, owner: shape.owner },
  allow: mixed,
  refusals: { gone: "Gone.", promised: "It is promised to {holder} since {day}." },
  apply({ input, state, refuse, actor }) {
    same<Parameters<typeof state.title.find>[0], { readonly thing: Id<"title"> }>(true);
    const court: Actor = actor("court");
    // @ts-expect-error a judge may be absent: anyone will do instead
    const judge: Actor = actor("judge");
    // @ts-expect-error a role that the rule does not name
    actor("clerk");
    state.title.get({ thing: input.thing }, "gone");
    // @ts-expect-error a refusal that is not declared
    state.title.get({ thing: input.thing }, "oops");
    // @ts-expect-error a refusal whose sentence has blanks
    state.title.get({ thing: input.thing }, "promised");
    // @ts-expect-error the id of another sort of thing
    state.title.find({ thing: other });
    // @ts-expect-error a field that does not exist
    state.title.update({ thing }, { colour: "red" });
    // @ts-expect-error a field of another type
    state.title.update({ thing }, { count: 5 });
    // @ts-expect-error only optional fields can be cleared
    state.title.update({ thing }, { count: undefined });
    state.title.update({ thing }, { price: undefined });
    // @ts-expect-error a field is missing
    state.title.insert({ thing }, { owner: input.owner }, "gone");
    // @ts-expect-error a record that the contract does not keep
    state.parcel.find({ thing });
    // @ts-expect-error a party is not any text
    state.title.update({ thing }, { owner: "ann" });
    if (court === judge) return refuse("promised", { holder: "S1", day: 3n });
    // @ts-expect-error a blank is left open
    refuse("promised", { holder: "S1" });
    // @ts-expect-error a sentence without blanks
    refuse("gone", { holder: "S1" });
    // @ts-expect-error a refusal that is not declared
    refuse("oops");
  },
});

contract({ name: "titles", title: "Titles", roles: { court: "C.", judge: "J." }, records, actions: { amend } });
const lacksRole = (): unknown =>
  // @ts-expect-error the action names the role of a judge, which the contract does not declare
  contract({ name: "titles", title: "Titles", roles: { court: "C." }, records, actions: { amend } });

// @ts-expect-error a choice without its labels in full
t.choice(["a", "b"], "C", { labels: { a: "A" } });
// @ts-expect-error a check of another type
t.integer("I", { check: (value: string) => value === "" });
// @ts-expect-error a sealed value names its record and field
t.sealed(t.text("T"), { of: "title" });
const erased: AnyField = t.text("T", { check: (value) => value !== "" });

test("refuses at run time too what the compiler refuses", () => {
  expect(lacksRole).toThrow("There is no role judge.");
  expect(erased.kind).toBe("text");
});
