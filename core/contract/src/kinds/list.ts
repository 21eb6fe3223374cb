import { malformed, within } from "../error.ts";
import type { AnyField, Field, Presentation } from "../field.ts";
import type { Codec, Kind } from "./kind.ts";

/** Values of one kind in their order: from `min` to `max` of them. */
export type ListField = Field<readonly unknown[]> & {
  readonly kind: "list";
  readonly of: AnyField;
  readonly max: number;
  readonly min?: number;
};

/** What may be said about a {@link ListField} beside its title. */
export type ListOptions = Presentation & { readonly max?: number; readonly min?: number };

/** The most entries of a list that says nothing else. */
export const DEFAULT_LIST_MAX = 1000;

/** The forms of a {@link ListField}. */
export const list: Kind<ListField, readonly unknown[]> = {
  codec({ of, max, min = 0 }, inner) {
    const element = inner(of);
    const each = <A, B>(values: unknown, form: (value: A) => B): readonly B[] => {
      if (!Array.isArray(values)) return malformed("must be a list");
      if (values.length > max) return malformed(`must have at most ${max} entries`);
      if (values.length < min) return malformed(`must have at least ${min} entries`);
      return eachWithPlace(values, form);
    };
    return {
      encode: (values) => each(values, element.encode),
      decode: (values) => each(values, element.decode),
      toJson: (values) => each(values, element.toJson),
      fromJson: (values) => each(values, element.fromJson),
      compare: (left, right) => compareLists(element, left, right),
      empty: [],
    };
  },
  schema: ({ of, max, min }, inner) => ({
    type: "array",
    items: inner(of),
    maxItems: max,
    ...(min === undefined ? {} : { minItems: min }),
  }),
  columns: () => [{ suffix: "", type: "jsonb" }],
};

function eachWithPlace<A, B>(values: readonly A[], form: (value: A) => B): readonly B[] {
  let index = 0;
  try {
    const formed: B[] = [];
    for (; index < values.length; index++) formed.push(form(values[index] as A)); // below its length
    return formed;
  } catch (error) {
    throw within(index, error);
  }
}

function compareLists(element: Codec, left: readonly unknown[], right: readonly unknown[]): number {
  const shorter = Math.min(left.length, right.length);
  for (let i = 0; i < shorter; i++) {
    const order = element.compare(left[i], right[i]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
