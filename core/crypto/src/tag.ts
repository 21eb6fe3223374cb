import { type CborValue, encode } from "@acta/bytes";
import { tagged } from "./tagged.ts";

/** What a tag office vouches for: this tag is that of what these commitments hide, in this scope, for this transaction. */
export type TagStatement = {
  readonly ledgerId: Uint8Array;
  readonly contract: string;
  readonly scope: string;
  /** Public values that narrow the scope, such as a year; in the form that records have. */
  readonly within: readonly CborValue[];
  /** The commitments to the sealed values, 32 bytes each. */
  readonly commitments: readonly Uint8Array[];
  /** 32 bytes, the same for the same values in the same scope. */
  readonly tag: Uint8Array;
  /** The payload's nonce, 16 bytes. */
  readonly nonce: Uint8Array;
};

/** What a tag office signs: tagged("acta/tag/1", CBOR of the statement's parts in their order), 32 bytes. */
export function tagMessage(statement: TagStatement): Uint8Array {
  const { ledgerId, contract, scope, within, commitments, tag, nonce } = statement;
  return tagged("acta/tag/1", encode([ledgerId, contract, scope, within, commitments, tag, nonce]));
}
