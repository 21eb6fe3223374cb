import type { StatusAnswer } from "@acta/sdk";
import type { Checked } from "./check-files.ts";
import type { Describing } from "./description.ts";
import type { DeviceKey } from "./device-key.ts";
import type { Counted, PreparedFile } from "./fingerprint.ts";
import type { StoredDeposit } from "./memory.ts";
import type { Stage } from "./send-waiting.ts";
import type { Trouble } from "./trouble.ts";

/** What the page is at. */
export type Work =
  | { readonly kind: "idle" }
  | { readonly kind: "fingerprinting"; readonly counted: Counted }
  | {
      readonly kind: "ready";
      readonly files: readonly PreparedFile[];
      readonly unread: readonly string[];
      readonly description?: Describing;
    }
  | { readonly kind: "entering"; readonly stage: Keeping | Stage };

/** Being sealed and written to this device: so many of so many. */
export type Keeping = { readonly kind: "keeping"; readonly done: number; readonly count: number };

/** All that the page shows; a new object after every change. */
export type DeskState = {
  readonly status: StatusAnswer | undefined;
  readonly key: { readonly kind: DeviceKey["kind"]; readonly party: string } | undefined;
  readonly work: Work;
  /** This ledger's deposits, newest first. */
  readonly deposits: readonly StoredDeposit[];
  /** Deposits that this browser made on other ledgers at this address. */
  readonly elsewhere: number;
  /** What came of the last signature; undefined before the first, and while one is under way. */
  readonly justEntered: { readonly accepted: number; readonly refused: number } | undefined;
  readonly checked: readonly Checked[];
  readonly trouble: Trouble | undefined;
};
