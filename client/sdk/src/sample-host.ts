import type { ActingKey } from "./acting-key.ts";
import type { HashedFile } from "./command.ts";
import type { RandomBytes } from "./compose.ts";
import type { NodeClient } from "./node-client.ts";

/** What an application's `loadSample` may use: the public API, keys of a demo ledger, and a folder for people to look into. */
export type SampleHost = {
  readonly node: NodeClient;
  readonly random: RandomBytes;
  readonly language: "zh" | "en";
  /** The key of an institution of the demo ledger: `operator`, `court` or `depositor`. */
  readonly institutionKey: (name: string) => ActingKey;
  /** A key made for an invented person or office, the same for the same name. */
  readonly strangerKey: (name: string) => ActingKey;
  /** The party of such a key, in its one URI form. */
  readonly strangerParty: (name: string) => string;
  readonly hash: (bytes: Uint8Array) => HashedFile;
  /** Keeps a file under the ledger's folder, in `samples`. */
  readonly keep: (name: string, bytes: Uint8Array) => void;
};
