import { equalBytes, fromBase64Url, fromHex, toBase64Url, toHex } from "@acta/bytes";
import { ALGORITHM, type Algorithm, ed25519, esp256, keyId, mlDsa65, partyOf } from "@acta/crypto";

/** Names of the suites, as people type them. */
export const SUITES = { ed25519: ALGORITHM.ed25519, esp256: ALGORITHM.esp256, "ml-dsa-65": ALGORITHM.mlDsa65 } as const;
export type Suite = keyof typeof SUITES;

/**
 * A signing key as it lies on disk, with what the ledger knows of its owner.
 *
 * Without `party` the key is a stranger's: it carries itself in what it signs, and its party derives from it.
 */
export type KeyFile = {
  readonly suite: Suite;
  readonly secret: Uint8Array;
  readonly publicKey: Uint8Array;
  /** Party under which the key is registered, 32 bytes. */
  readonly party?: Uint8Array;
  /** Name of the institution in the genesis. */
  readonly institution?: string;
  /** Powers to name when signing: pairs of contract and role. */
  readonly roles?: readonly (readonly [contract: string, role: string])[];
};

/** The algorithm's number of a key. */
export function algorithmOf(key: Pick<KeyFile, "suite">): Algorithm {
  return SUITES[key.suite];
}

/** The party that derives from the key itself. */
export function ownParty(key: Pick<KeyFile, "suite" | "publicKey">): Uint8Array {
  return partyOf(keyId(algorithmOf(key), key.publicKey));
}

const MAKERS = { ed25519, esp256, "ml-dsa-65": mlDsa65 } as const;

/** A key from 32 secret bytes, which come from a source of true randomness. */
export function keyFromSecret(suite: Suite, secret: Uint8Array): KeyFile {
  return { suite, secret, publicKey: MAKERS[suite].publicKey(secret) };
}

/** Signs a message under the key's suite. */
export function signWith(key: KeyFile, message: Uint8Array): Uint8Array {
  return MAKERS[key.suite].sign(key.secret, message);
}

/** The text of a key file: JSON that a person can read, one key. */
export function formatKeyFile(key: KeyFile): string {
  const json = {
    format: "acta-key/1",
    suite: key.suite,
    ...(key.institution === undefined ? {} : { institution: key.institution }),
    party: toHex(key.party ?? ownParty(key)),
    registered: key.party !== undefined,
    ...(key.roles === undefined ? {} : { roles: key.roles }),
    public: toHex(key.publicKey),
    secret: toBase64Url(key.secret),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/**
 * Reads a key file. Throws an Error in words that never repeat the file's content: also where public key or party are
 * not those of the secret, for a file with one wrong letter would otherwise sign as somebody else.
 */
export function parseKeyFile(text: string): KeyFile {
  const json = parseJson(text);
  const { format, suite, institution, registered, roles, secret } = json;
  if (format !== "acta-key/1") throw new Error("This is not a key file of Acta (format acta-key/1).");
  if (typeof suite !== "string" || !Object.hasOwn(SUITES, suite))
    throw new Error("The key file names an unknown suite.");
  if (typeof registered !== "boolean") throw new Error("The key file does not say whether its key is registered.");
  if (institution !== undefined && typeof institution !== "string")
    throw new Error("The key file names an institution that is no text.");
  if (roles !== undefined && !isRoles(roles))
    throw new Error("The key file's roles are no pairs of contract and role.");
  // Checked above: the suite is one of the names.
  const key = keyOf(suite as Suite, secret);
  if (json["public"] !== toHex(key.publicKey)) throw new Error("The key file's public key is not that of its secret.");
  const party = bytesOf(json["party"], "party", fromHex);
  if (!registered && !equalBytes(party, ownParty(key)))
    throw new Error("The key file's party is not that of its key, which is not registered.");
  return {
    ...key,
    ...(registered ? { party } : {}),
    ...(institution === undefined ? {} : { institution }),
    ...(roles === undefined ? {} : { roles }),
  };
}

function keyOf(suite: Suite, secret: unknown): KeyFile {
  const bytes = bytesOf(secret, "secret", fromBase64Url);
  try {
    return keyFromSecret(suite, bytes);
  } catch {
    // Not every 32 bytes are a secret of every suite; the reason could tell of them.
    throw new Error("The key file's secret is none of its suite.");
  }
}

/** The 32 bytes of a member. */
function bytesOf(member: unknown, what: string, read: (text: string) => Uint8Array): Uint8Array {
  try {
    const bytes = typeof member === "string" ? read(member) : undefined;
    if (bytes?.length === 32) return bytes;
  } catch {
    // The reader's own words could tell of the content.
  }
  throw new Error(`The key file has no ${what} of 32 bytes.`);
}

function parseJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    // An object or nothing: its members are checked one by one.
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // The parser's own words could repeat the secret.
  }
  throw new Error("This is not a key file of Acta: it is no JSON object.");
}

function isRoles(value: unknown): value is [string, string][] {
  const isPair = (each: unknown): boolean =>
    Array.isArray(each) && each.length === 2 && each.every((part) => typeof part === "string");
  return Array.isArray(value) && value.every(isPair);
}
