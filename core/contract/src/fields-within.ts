import type { AnyField, Shape } from "./field.ts";
import type { GroupField } from "./kinds/group.ts";
import type { OptionalField } from "./kinds/optional.ts";
import type { SealedField } from "./kinds/sealed.ts";

/** What an optional field holds; any other field as it is. */
export function throughOptional(field: AnyField): AnyField {
  return field.kind === "optional" ? (field as OptionalField).of : field; // its kind says so
}

/** The field at these steps, seen through `optional` and `group`; undefined where there is none. */
export function findField(shape: Shape, steps: readonly string[]): AnyField | undefined {
  const [first = "", ...rest] = steps;
  const found: AnyField | undefined = Object.hasOwn(shape, first) ? shape[first] : undefined;
  const field = found && throughOptional(found);
  if (rest.length === 0) return field;
  return field?.kind === "group" ? findField((field as GroupField).fields, rest) : undefined; // its kind says so
}

/** Visits the sealed fields of a shape with their steps, seen through `optional` and `group`. */
export function eachSealed(
  shape: Shape,
  at: readonly string[],
  visit: (at: readonly string[], field: SealedField) => void,
): void {
  for (const [name, declared] of Object.entries(shape)) {
    const field = throughOptional(declared);
    if (field.kind === "sealed") visit([...at, name], field as SealedField); // its kind says so
    if (field.kind === "group") eachSealed((field as GroupField).fields, [...at, name], visit); // its kind says so
  }
}

/** The shape with every sealed field replaced, in `optional` and `group` too; the same shape if it has none. */
export function mapSealed(shape: Shape, change: (field: SealedField) => SealedField): Shape {
  let isSame = true;
  const entries = Object.entries(shape).map(([name, field]) => {
    const changed = mapField(field, change);
    if (changed !== field) isSame = false;
    return [name, changed] as const;
  });
  return isSame ? shape : Object.fromEntries(entries);
}

function mapField(field: AnyField, change: (field: SealedField) => SealedField): AnyField {
  if (field.kind === "sealed") return change(field as SealedField); // its kind says so
  if (field.kind === "optional") {
    const { of } = field as OptionalField; // its kind says so
    const changed = mapField(of, change);
    return changed === of ? field : ({ ...field, of: changed } as OptionalField); // of the same kind as before
  }
  if (field.kind !== "group") return field;
  const { fields } = field as GroupField; // its kind says so
  const changed = mapSealed(fields, change);
  return changed === fields ? field : ({ ...field, fields: changed } as GroupField); // of the same kind as before
}
