import type { Brand, CborValue } from "@acta/bytes";

// Everything that identifies is a string in a program, never bytes: `===` then compares what it seems to compare.

/** An institution or person: 64 lower-case hex digits (32 bytes); outside programs `acta:party:…`, see `partyToUri`. */
export type Party = Brand<string, "Party">;
/** A SHA-256 hash: 64 lower-case hex digits. */
export type Digest = Brand<string, "Digest">;
/** What the ledger keeps of a sealed value: the salted commitment to it, 64 lower-case hex digits. */
export type Commitment = Brand<string, "Commitment">;
/** What identifies a thing of the sort `Of`: text, or lower-case hex digits where it is bytes. */
export type Id<Of extends string> = Brand<string, `Id:${Of}`>;
/** Whole seconds since 1970-01-01T00:00:00Z. */
export type Time = Brand<bigint, "Time">;
/** A civil date in the ledger's zone: days since 1970-01-01. */
export type Day = Brand<bigint, "Day">;
/** An amount in the smallest unit of its currency (fen, cent), and the currency's ISO 4217 code. */
export type Money = { readonly amount: bigint; readonly currency: string };
/** A file as the ledger knows it: its size in bytes, its SHA-256, and the list root over its chunks of 1 MiB. */
export type FileValue = { readonly size: bigint; readonly sha256: Digest; readonly root: Digest };
/** A record of some contract. */
export type Reference = { readonly contract: string; readonly record: string; readonly key: readonly CborValue[] };
/** Given in place of a sealed value by one who has only the commitment. */
export type Committed = { readonly commitment: Digest | Commitment };
