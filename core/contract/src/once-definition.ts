import type { Action } from "./action.ts";
import type { ContractDraft } from "./contract.ts";
import { isSame } from "./difference.ts";
import { illDefined } from "./error.ts";
import type { AnyField, Shape } from "./field.ts";
import { checkName, KEBAB } from "./names.ts";
import { isKeyField, type Once, secretOnces, TAGS, tagsField } from "./once.ts";

/** Holds what an action declares may be used once to its inputs: sealed ones where an office vouches for tags, public ones elsewhere. */
export function checkOnce({ roles }: ContractDraft, path: readonly string[], { once = [], input }: Action): void {
  for (const { scope, key, office, within = [] } of once) {
    const at = [...path, "once", scope];
    for (const part of scope.split(".", 2)) checkName(at, part, KEBAB, "a scope");
    if (scope.split(".").length > 2 || key.length === 0) illDefined(at, "It names a scope and at least one input.");
    const fieldOf = (part: string): AnyField =>
      (Object.hasOwn(input, part) ? input[part] : undefined) ?? illDefined([...at, part], "There is no such input.");
    const keyed = office === undefined ? [...key, ...within] : within;
    for (const part of keyed)
      if (!isKeyField(fieldOf(part))) illDefined([...at, part], "It is no input that makes a key.");
    if (office === undefined) continue;
    if (scope.includes(".")) illDefined(at, "A scope of sealed values belongs to its own contract alone.");
    if (!Object.hasOwn(roles, office)) illDefined(at, `There is no role ${office}.`);
    for (const part of key)
      if (fieldOf(part).kind !== "sealed") illDefined([...at, part], "It is no sealed input that is always there.");
  }
}

/** A scope is over sealed values or over public ones, never both, and one role vouches in it. */
export function checkScopes({ actions, scopes = {} }: ContractDraft): void {
  const offices = new Map<string, string | undefined>(Object.keys(scopes).map((scope) => [scope, undefined]));
  for (const { scope, office } of Object.values(actions).flatMap(({ once = [] }): readonly Once[] => once)) {
    if (offices.has(scope) && offices.get(scope) !== office) {
      illDefined(
        ["once", scope],
        "It is over sealed values in one place and not in another, or two roles vouch in it.",
      );
    }
    offices.set(scope, office);
  }
}

/** The input with the tags of what it uses once over sealed values; the same input where there is none. */
export function withTags(path: readonly string[], action: Action, input: Shape): Shape {
  const count = secretOnces(action).length;
  if (count === 0) return input;
  const tags = tagsField(count);
  // A manifest has the field already.
  if (Object.hasOwn(input, TAGS) && !isSame(input[TAGS], tags)) {
    illDefined([...path, "input", TAGS], "The tags of sealed values stand here: give the input another name.");
  }
  return { ...input, [TAGS]: tags };
}
