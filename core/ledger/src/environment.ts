import type { ContractDefinition } from "@acta/contract";
import type { SignatureCheck } from "@acta/crypto";
import type { GenesisParameters } from "@acta/protocol";

/** Reads the state after the last block. The key is CBOR [space, …]; undefined where nothing is kept. */
export type StateReader = {
  get(key: Uint8Array): Uint8Array | undefined;
  /** The same for a key whose text and hash are known; where it is absent `get` is asked. */
  find?(key: NamedKey): Uint8Array | undefined;
};

/** A key with its bytes as text and their SHA-256. */
export type NamedKey = { readonly bytes: Uint8Array; readonly text: string; readonly hash: Uint8Array };

/** Tells whether a transaction of class one was entered: the identities behind the open buckets' digests. */
export type IdentityReader = { has(bucket: number, identity: Uint8Array): boolean };

/**
 * Finds the code of a contract by its name and the hash of its bundle; undefined where the node does not have it. A
 * bundle that was entered is asked for again with its manifest's bytes, which the state has.
 */
export type ContractLookup = (
  name: string,
  bundleHash: Uint8Array,
  manifest?: Uint8Array,
) => ContractDefinition | undefined;

/** What kind of ledger it is, for ever: both stand in its genesis. */
export type Flags = { readonly development: boolean; readonly demo: boolean };

/** Everything the state machine may look at: what the last block left, and the code that the state names. */
export type Environment = {
  readonly ledgerId: Uint8Array;
  readonly parameters: GenesisParameters;
  readonly flags: Flags;
  readonly contracts: ContractLookup;
  readonly state: StateReader;
  readonly identities: IdentityReader;
  /** Verifies a signature that is part of an input, with the verdict of `verifySignature`, which is taken where this is absent. */
  readonly verify?: (check: SignatureCheck) => boolean;
};

/** Block time as headers have it. Contracts see whole seconds, its floor. */
export type BlockTime = { readonly seconds: number; readonly nanoseconds: number };
