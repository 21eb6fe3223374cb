import type { CborValue } from "@acta/bytes";
import { malformed } from "../error.ts";
import type { Field, Presentation } from "../field.ts";
import type { FileValue } from "../values.ts";
import { digestFromBytes, HASH_BYTES } from "./digest.ts";
import { hexOf, hexToBytes } from "./hex.ts";
import { boundedInteger, integerFromCbor, integerFromText } from "./integer.ts";
import { compareScalars, type Kind } from "./kind.ts";
import { asMap, asObject } from "./members.ts";

/** A file that stays where it is; the value is what binds it (FORMATS §6: a map of exactly size, sha256, root). */
export type FileField = Field<FileValue> & { readonly kind: "file" };

export type FileOptions = Presentation;

export const file: Kind<FileField, FileValue> = {
  codec: () => ({
    encode: ({ size, sha256, root }) =>
      new Map<string, CborValue>([
        ["size", boundedInteger(size, 0n, MAX_SIZE)],
        ["sha256", hexToBytes(sha256, HASH_BYTES)],
        ["root", hexToBytes(root, HASH_BYTES)],
      ]),
    decode(value) {
      const members = asMap(value, MEMBERS);
      return {
        size: boundedInteger(integerFromCbor(members.get("size") ?? null), 0n, MAX_SIZE),
        sha256: digestFromBytes(members.get("sha256")),
        root: digestFromBytes(members.get("root")),
      };
    },
    toJson: ({ size, sha256, root }) => ({
      size: size.toString(),
      sha256: hexOf(sha256, HASH_BYTES),
      root: hexOf(root, HASH_BYTES),
    }),
    fromJson(json) {
      const { size, sha256, root } = asObject(json, MEMBERS);
      if (typeof size !== "string") return malformed("must have its size as a decimal string");
      return {
        size: boundedInteger(integerFromText(size), 0n, MAX_SIZE),
        sha256: hexOf(sha256, HASH_BYTES) as FileValue["sha256"], // its form was just checked
        root: hexOf(root, HASH_BYTES) as FileValue["root"], // its form was just checked
      };
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
