import type { CborValue } from "@acta/bytes";
import type { Field, Presentation } from "../field.ts";
import type { FileValue } from "../values.ts";
import { digestFromBytes, HASH_BYTES } from "./digest.ts";
import { hexOf, hexToBytes } from "./hex.ts";
import { boundedInteger, integerFromCbor, integerFromText } from "./integer.ts";
import { compareScalars, type Kind } from "./kind.ts";
import { asMap, asObject } from "./members.ts";

/** A file that stays where it is; the value is what binds it (FORMATS §6: a map of exactly size, sha256, root). */
export type FileField = Field<FileValue> & { readonly kind: "file" };

/** What may be said about a {@link FileField} beside its title. */
export type FileOptions = Presentation;

/** The forms of a {@link FileField}. */
export const file: Kind<FileField, FileValue> = {
  codec: () => ({
    encode(value) {
      const { size, sha256, root } = checkMembers(value);
      return new Map<string, CborValue>([
        ["size", size],
        ["sha256", hexToBytes(sha256, HASH_BYTES)],
        ["root", hexToBytes(root, HASH_BYTES)],
      ]);
    },
    decode(value) {
      const members = asMap(value, MEMBERS);
      return {
        size: boundedInteger(integerFromCbor(members.get("size") ?? null), 0n, MAX_SIZE),
        sha256: digestFromBytes(members.get("sha256")),
        root: digestFromBytes(members.get("root")),
      };
    },
    toJson(value) {
      const { size, sha256, root } = checkMembers(value);
      return { size: size.toString(), sha256, root };
    },
    fromJson(json) {
      const members = asObject(json, MEMBERS);
      return checkMembers({ ...members, size: integerFromText(members.size) });
    },
    compare: (left, right) => compareScalars(left.sha256, right.sha256),
  }),
  schema: () => ({
    type: "object",
    properties: { size: { type: "string", pattern: "^(?:0|[1-9][0-9]{0,15})$" }, sha256: HEX, root: HEX },
    required: MEMBERS,
    additionalProperties: false,
  }),
  columns: () => [
    { suffix: "_size", type: "bigint" },
    { suffix: "_sha256", type: "text" },
    { suffix: "_root", type: "text" },
  ],
};

const MEMBERS = ["size", "sha256", "root"] as const;
const HEX = { type: "string", pattern: "^[0-9a-f]{64}$" };
const MAX_SIZE = (1n << 53n) - 1n;

function checkMembers(value: unknown): FileValue {
  const { size, sha256, root } = asObject(value, MEMBERS);
  return {
    size: boundedInteger(size, 0n, MAX_SIZE),
    sha256: hexOf(sha256, HASH_BYTES) as FileValue["sha256"], // its form was just checked
    root: hexOf(root, HASH_BYTES) as FileValue["root"], // its form was just checked
  };
}
