import type { AnyField, Field, Given, Optional, Presentation, Shape, Values } from "./field.ts";
import { type BytesField, type BytesOptions, DEFAULT_BYTES_MAX } from "./kinds/bytes.ts";
import type { ChoiceField, ChoiceOptions } from "./kinds/choice.ts";
import type { DateField, DateOptions } from "./kinds/date.ts";
import type { DecimalField, DecimalOptions } from "./kinds/decimal.ts";
import type { DigestField, DigestOptions } from "./kinds/digest.ts";
import type { FileField, FileOptions } from "./kinds/file.ts";
import type { FlagField, FlagOptions } from "./kinds/flag.ts";
import type { GroupOptions } from "./kinds/group.ts";
import { DEFAULT_ID_MAX, type IdField, type IdOptions } from "./kinds/id.ts";
import type { IntegerField, IntegerOptions } from "./kinds/integer.ts";
import { DEFAULT_LIST_MAX, type ListOptions } from "./kinds/list.ts";
import type { MoneyField, MoneyOptions } from "./kinds/money.ts";
import type { PartyField, PartyOptions } from "./kinds/party.ts";
import type { PathField, PathOptions } from "./kinds/path.ts";
import type { ReferenceField, ReferenceOptions } from "./kinds/reference.ts";
import { DEFAULT_TEXT_MAX, type TextField, type TextOptions } from "./kinds/text.ts";
import type { TimeField, TimeOptions } from "./kinds/time.ts";
import type { Commitment, Committed } from "./values.ts";

/**
 * The makers of fields, one per base kind: `t.text("Bank reference", { max: 40 })`. A title is what a person reads
 * beside the value. The result is plain data.
 */
export const t = {
  text: (title: string, options: TextOptions = {}): TextField => ({
    kind: "text",
    title,
    max: DEFAULT_TEXT_MAX,
    ...options,
  }),
  integer: (title: string, options: IntegerOptions = {}): IntegerField => ({ kind: "integer", title, ...options }),
  decimal: (title: string, options: DecimalOptions): DecimalField => ({ kind: "decimal", title, ...options }),
  money: (title: string, options: MoneyOptions = {}): MoneyField => ({ kind: "money", title, ...options }),
  flag: (title: string, options: FlagOptions = {}): FlagField => ({ kind: "flag", title, ...options }),
  choice: <const C extends string>(
    of: readonly C[],
    title: string,
    options: ChoiceOptions<NoInfer<C>> | Presentation = {},
  ): ChoiceField<C> => ({ kind: "choice", title, of, ...options }),
  date: (title: string, options: DateOptions = {}): DateField => ({ kind: "date", title, ...options }),
  time: (title: string, options: TimeOptions = {}): TimeField => ({ kind: "time", title, ...options }),
  bytes: (title: string, options: BytesOptions = {}): BytesField => ({
    kind: "bytes",
    title,
    max: DEFAULT_BYTES_MAX,
    ...options,
  }),
  digest: (title: string, options: DigestOptions = {}): DigestField => ({ kind: "digest", title, ...options }),
  file: (title: string, options: FileOptions = {}): FileField => ({ kind: "file", title, ...options }),
  party: (title: string, options: PartyOptions = {}): PartyField => ({ kind: "party", title, ...options }),
  id: <const B extends string>(of: B, title: string, options: IdOptions = {}): IdField<B> => ({
    kind: "id",
    title,
    of,
    max: DEFAULT_ID_MAX,
    ...options,
  }),
  reference: (title: string, options: ReferenceOptions = {}): ReferenceField => ({
    kind: "reference",
    title,
    ...options,
  }),
  path: (title: string, options: PathOptions = {}): PathField => ({ kind: "path", title, ...options }),

  /** Values of one kind in order, at most 1,000 unless it says otherwise. */
  list: <T, G>(
    of: Field<T, G>,
    title: string,
    options: ListOptions = {},
  ): Field<readonly T[], readonly G[]> & { readonly kind: "list" } =>
    compound({ kind: "list", title, of, max: DEFAULT_LIST_MAX, ...options }),

  /** Fields that belong together. */
  group: <S extends Shape>(
    fields: S,
    title: string,
    options: GroupOptions = {},
  ): Field<Values<S>, Given<S>> & { readonly kind: "group"; readonly fields: S } =>
    compound({ kind: "group", title, fields, ...options }),

  /** A field that may be absent. */
  optional: <T, G>(of: Field<T, G>): Optional<T, G> => compound({ kind: "optional", title: of.title, of }),

  /**
   * A value that stays off the ledger: forms and programs give it, the call carries a salted commitment made for the
   * place `of` (`record.field`, or `record.group.field`), and contract code sees the commitment alone.
   */
  sealed: <G>(
    hides: Field<unknown, G>,
    place: { readonly of: `${string}.${string}` },
  ): Field<Commitment, G | Committed> & { readonly kind: "sealed" } =>
    compound({ kind: "sealed", title: hides.title, hides, ...place }),
} as const;

/** The types of what a field contains are phantoms of the field around it, which no expression can carry. */
function compound<F>(field: AnyField & { readonly [parameter: string]: unknown }): F {
  return field as unknown as F;
}
