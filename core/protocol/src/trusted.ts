import { type CborValue, isArray } from "@acta/bytes";
import {
  type CommitProof,
  commitProofFromCbor,
  commitProofToCbor,
  type Header,
  headerFromCbor,
  headerToCbor,
  LightClientError,
} from "@acta/light-client";
import { ProtocolError } from "./errors.ts";
import { formOf } from "./form.ts";

/** Proves a header by a later app hash, through the history log. FORMATS §7. */
export type Link = {
  /** Of the proved header's own block: how many actions the ledger did by itself, and their root. */
  readonly actionCount: number;
  readonly actionsRoot: Uint8Array;
  /** From that block's log entry to the log's root in the later app hash. */
  readonly logPath: Uint8Array;
  /** The state root in the later app hash. */
  readonly stateRoot: Uint8Array;
};

/** Where belief comes from: votes for the last header, or the trust file's app hash of a height. */
export type TrustedEnd =
  | { readonly kind: "commit"; readonly commit: CommitProof }
  | { readonly kind: "height"; readonly height: number };

/** Headers, each proved by the next through a link, and what the last one rests on. */
export type Trusted = {
  readonly headers: readonly Header[];
  /** One fewer than headers with a commit, as many with a height; at most 8. */
  readonly links: readonly Link[];
  readonly end: TrustedEnd;
};

/** The most links that a proof may have. */
export const MOST_LINKS = 8;

/** A header believed by its votes. */
export function byCommit(header: Header, commit: CommitProof): Trusted {
  return { headers: [header], links: [], end: { kind: "commit", commit } };
}

/** What a proof is renewed by: a link for its last header, to a header with votes or to a height of the trust file. */
export type Renewal = { readonly link: Link } & (
  | { readonly header: Header; readonly commit: CommitProof }
  | { readonly height: number }
);

/** The same first header, resting on something newer. A link to a height is replaced. */
export function renewed(trusted: Trusted, renewal: Renewal): Trusted {
  const links = [...trusted.links.slice(0, trusted.headers.length - 1), renewal.link];
  if (links.length > MOST_LINKS) throw new ProtocolError("cannot-build", `more than ${MOST_LINKS} links`);
  if ("height" in renewal) return { headers: trusted.headers, links, end: { kind: "height", height: renewal.height } };
  const end: TrustedEnd = { kind: "commit", commit: renewal.commit };
  return { headers: [...trusted.headers, renewal.header], links, end };
}

/** As it stands in a proof. */
export function trustedToCbor({ headers, links, end }: Trusted): CborValue {
  return [
    headers.map(headerToCbor),
    links.map(linkToCbor),
    end.kind === "commit" ? commitProofToCbor(end.commit) : end.height,
  ];
}

/** As it stands in a proof that may also rest on a listed height alone. */
export function trustedOrHeightToCbor(trusted: Trusted | number): CborValue {
  return typeof trusted === "number" ? trusted : trustedToCbor(trusted);
}

const form = formOf("malformed-link");

/** Reads what a proof rests on; throws {@link ProtocolError}. */
export function trustedFromCbor(value: CborValue | undefined): Trusted {
  const [headerValues, linkValues, end] = form.tuple(value, "trusted", 3);
  const headers = form.list(headerValues, "headers", 1, MOST_LINKS + 1).map(readHeader);
  const links = form.list(linkValues, "links", 0, MOST_LINKS).map(linkFromCbor);
  const rests = endFromCbor(end);
  const expected = rests.kind === "commit" ? headers.length - 1 : headers.length;
  if (links.length !== expected) form.fail(`${links.length} links for ${headers.length} headers`);
  return { headers, links, end: rests };
}

/** Reads what a proof rests on, where that may be a height alone. */
export function trustedOrHeightFromCbor(value: CborValue | undefined): Trusted | number {
  return typeof value === "number" ? form.count(value, "height") : trustedFromCbor(value);
}

/** Reads a header; throws {@link ProtocolError}. */
export function readHeader(value: CborValue | undefined): Header {
  return asProtocolError("malformed-header", () => headerFromCbor(value ?? null));
}

/** Reads a commit or a height; throws {@link ProtocolError}. */
export function endFromCbor(value: CborValue | undefined): TrustedEnd {
  if (value !== undefined && isArray(value))
    return { kind: "commit", commit: asProtocolError("malformed-commit", () => commitProofFromCbor(value)) };
  return { kind: "height", height: form.count(value, "height") };
}

/** A link as it stands in a proof. */
export function linkToCbor({ actionCount, actionsRoot, logPath, stateRoot }: Link): CborValue {
  return [actionCount, actionsRoot, logPath, stateRoot];
}

/** Reads a link; throws {@link ProtocolError}. */
export function linkFromCbor(value: CborValue | undefined): Link {
  const [actionCount, actionsRoot, logPath, stateRoot] = form.tuple(value, "link", 4);
  return {
    actionCount: form.count(actionCount, "number of actions"),
    actionsRoot: form.hash(actionsRoot, "actions root"),
    logPath: wholeHashes(logPath),
    stateRoot: form.hash(stateRoot, "state root"),
  };
}

function asProtocolError<T>(code: "malformed-header" | "malformed-commit", read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof LightClientError) throw new ProtocolError(code, cause.message, { cause });
    throw cause;
  }
}

/** Form, asked of links that are not walked too: a path is a byte string of whole hashes. */
function wholeHashes(value: CborValue | undefined): Uint8Array {
  const path = form.bytes(value, "log path");
  return path.length % 32 === 0 ? path : form.fail("a log path is a byte string of whole hashes");
}
