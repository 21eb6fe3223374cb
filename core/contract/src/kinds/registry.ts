import type { AnyField, BaseKind } from "../field.ts";
import { bytes } from "./bytes.ts";
import { choice } from "./choice.ts";
import { date } from "./date.ts";
import { decimal } from "./decimal.ts";
import { digest } from "./digest.ts";
import { file } from "./file.ts";
import { flag } from "./flag.ts";
import { group } from "./group.ts";
import { id } from "./id.ts";
import { integer } from "./integer.ts";
import type { Kind } from "./kind.ts";
import { list } from "./list.ts";
import { money } from "./money.ts";
import { optional } from "./optional.ts";
import { party } from "./party.ts";
import { path } from "./path.ts";
import { reference } from "./reference.ts";
import { sealed } from "./sealed.ts";
import { text } from "./text.ts";
import { time } from "./time.ts";

const KINDS: Readonly<Record<BaseKind, Kind<AnyField, unknown>>> = {
  text,
  integer,
  decimal,
  money,
  flag,
  choice,
  date,
  time,
  bytes,
  digest,
  file,
  party,
  id,
  reference,
  path,
  list,
  group,
  optional,
  sealed,
};

/** The kind of that name, its types forgotten; undefined where no kind has the name. */
export function findKind(name: string): Kind<AnyField, unknown> | undefined {
  return Object.hasOwn(KINDS, name) ? KINDS[name as BaseKind] : undefined; // its own name, as just asked
}
