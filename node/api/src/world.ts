import type { ContractDefinition } from "@acta/contract";
import type { StatePlace } from "@acta/ledger";
import type { Ordering } from "@acta/ordering";
import type { LedgerAction } from "@acta/protocol";
import type { StoredBlock } from "@acta/store";
import type { Quotas } from "./quotas.ts";
import type { PortalFile } from "./routes/portal.ts";

/** The powers that the routes have: to submit, to read and to prove. None of them can change a block. */
export type World = {
  readonly ordering: Ordering;
  /** Absent on a node that serves only those it knows. */
  readonly quotas?: Quotas | undefined;
  readonly contracts: readonly ContractDefinition[];
  /** A state value by its key (CBOR [space, …]) at the newest state. */
  readonly stateValue: (key: Uint8Array) => Uint8Array | undefined;
  /** Where that state stands: its height, and whole seconds that no later block lies before. */
  readonly statePlace: () => StatePlace;
  /** What inadmissible codes mean, in the reader's language. */
  readonly words: (code: string, language: "zh" | "en") => { readonly message: string; readonly remedy: string };
  readonly outcomes: (place: { height: number; index: number }, language: "zh" | "en") => readonly object[];
  /** An act of the ledger itself, with why it was refused in words. */
  readonly action: (action: LedgerAction, language: "zh" | "en") => object;
  readonly blockToJson: (block: StoredBlock) => object;
  /** Says what a call would do if it were entered now. */
  readonly prepare: (request: PrepareRequest) => object;
  /** The verifier page as built, or undefined where it was not built. */
  readonly verifierPage: () => string | undefined;
  /** Files of the portal as built; absent, or without them, the first page is a plain one. */
  readonly portalFile?: PortalFile;
};

/** What `POST /v1/contracts/{contract}/{action}` is asked. */
export type PrepareRequest = {
  readonly contract: string;
  readonly action: string;
  readonly body: unknown;
  readonly language: "zh" | "en";
};
