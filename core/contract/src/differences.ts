import { encode, equalBytes } from "@acta/bytes";
import type { ActionDefinition, ContractDefinition } from "./contract.ts";
import { added, type Difference, incompatible, isSame, members, reworded } from "./difference.ts";
import type { Shape } from "./field.ts";
import { addedField, fieldDifferences } from "./field-differences.ts";
import { manifestOf } from "./manifest.ts";
import type { RecordSpecification } from "./record.ts";
import { blanksOf } from "./refusal.ts";
import type { Total } from "./total.ts";

/**
 * In what a contract's manifest differs from an earlier one, each difference with its effect; none for the same
 * manifest. Pure: tools ask it beforehand, and the ledger decides by it.
 *
 * Without an incompatible one the change is *additive*: every entry, refusal and key that was ever written reads as
 * before, and every call that could be signed can still be signed and asks for the same. What code does is not looked
 * at: a manifest has none.
 */
export function differences(before: ContractDefinition, after: ContractDefinition): readonly Difference[] {
  const found = [
    ...identityDifferences(before, after),
    ...members("roles", before.roles, after.roles, sentence),
    ...members("records", before.records, after.records, recordDifferences),
    ...members("actions", before.actions, after.actions, actionDifferences),
    ...members("scopes", before.scopes ?? {}, after.scopes ?? {}, (at, old, now) => sentence(at, old.title, now.title)),
    ...totalDifferences(before, after),
    ...members("facets", before.facets, after.facets, fixed("What patterns say of it")),
    ...members("uses", before.uses ?? {}, after.uses ?? {}, fixed("The version of the contract that is used")),
  ];
  if (found.length > 0 || equalBytes(encode(manifestOf(before)), encode(manifestOf(after)))) return found;
  return [reworded("order", "Its parts stand in another order.")];
}

/** Whether nothing but additions and words tells the later manifest from the earlier one. */
export function isAdditive(found: readonly Difference[]): boolean {
  return found.every(({ effect }) => effect !== "incompatible");
}

function identityDifferences(before: ContractDefinition, after: ContractDefinition): readonly Difference[] {
  return [
    ...fixed("The name")("name", before.name, after.name),
    // Calls name the version that they were signed for, and other contracts the one that they use.
    ...fixed("The version")("version", before.version, after.version),
    ...sentence("title", before.title, after.title),
  ];
}

function recordDifferences(at: string, before: RecordSpecification, after: RecordSpecification): readonly Difference[] {
  return [
    ...sentence(`${at}.title`, before.title, after.title),
    ...keyDifferences(`${at}.key`, before.key, after.key),
    ...members(`${at}.fields`, before.fields, after.fields, fieldDifferences, addedField),
    ...historyDifferences(`${at}.history`, before.history, after.history),
  ];
}

/** Parts of a key have their places in it, and none of them may be absent. */
function keyDifferences(at: string, before: Shape, after: Shape): readonly Difference[] {
  if (!isSame(Object.keys(before), Object.keys(after))) {
    return [incompatible(at, "Its parts are others, or stand in another order: old keys would name nothing.")];
  }
  return members(at, before, after, fieldDifferences);
}

function historyDifferences(at: string, before: boolean, after: boolean): readonly Difference[] {
  if (before === after) return [];
  return [
    incompatible(
      at,
      after
        ? "Closed versions would be kept only from now on, and what held before would be answered wrongly."
        : "Closed versions would no longer be kept.",
    ),
  ];
}

function actionDifferences(at: string, before: ActionDefinition, after: ActionDefinition): readonly Difference[] {
  return [
    ...sentence(`${at}.title`, before.title, after.title),
    ...members(`${at}.input`, before.input, after.input, fieldDifferences, addedField),
    ...members(`${at}.refusals`, before.refusals, after.refusals, refusalDifferences),
    ...fixed("Who may send it")(`${at}.allow`, before.allow, after.allow),
    ...fixed("What it calls")(`${at}.calls`, before.calls, after.calls),
    ...fixed("What it reads")(`${at}.reads`, before.reads, after.reads),
    ...fixed("What it sets deadlines for")(`${at}.schedules`, before.schedules, after.schedules),
    ...fixed("The totals that it reads")(`${at}.totals`, before.totals, after.totals),
    ...fixed("What may be used once")(`${at}.once`, before.once, after.once),
  ];
}

/** Old refusals fill the blanks that there were. */
function refusalDifferences(at: string, before: string, after: string): readonly Difference[] {
  if (isSame([...blanksOf(before)].sort(), [...blanksOf(after)].sort())) return sentence(at, before, after);
  return [incompatible(at, "Its sentence has other blanks, which refusals entered before cannot fill.")];
}

/** A total counts from the first record on: over records that may be there already it would not equal a recount. */
function totalDifferences(before: ContractDefinition, after: ContractDefinition): readonly Difference[] {
  const start = (at: string, { of }: Total): readonly Difference[] =>
    Object.hasOwn(before.records, of)
      ? [incompatible(at, `It would not count the records ${of} that are there already.`)]
      : [added(at)];
  return members("totals", before.totals, after.totals, fixed("What it counts"), start);
}

function sentence(at: string, before: string, after: string): readonly Difference[] {
  return before === after ? [] : [reworded(at, "It is said in other words.")];
}

/** What must stay as it is. */
function fixed(what: string) {
  return (at: string, before: unknown, after: unknown): readonly Difference[] =>
    isSame(before, after) ? [] : [incompatible(at, `${what} would be another.`)];
}
