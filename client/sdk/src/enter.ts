import type { Composed } from "./compose.ts";
import { SdkError } from "./error.ts";
import type { NodeClient, TransactionAnswer } from "./node-client.ts";

/** Where a transaction was entered. */
export type Entered = { readonly height: number; readonly index: number };

/** Seconds that one question waits at the node for the block. */
const WAIT_SECONDS = 20;

/**
 * Sends a transaction until it is entered: the same bytes again whenever the node lost what it had only admitted.
 *
 * Throws SdkError `inadmissible` or `left-out` with the node's words; then nothing was entered and nothing was spent.
 */
export async function enter(
  node: NodeClient,
  { bytes, identity }: Pick<Composed, "bytes" | "identity">,
): Promise<Entered> {
  for (;;) {
    const [answer] = await node.submit([bytes]);
    if (answer?.status === "inadmissible") throw inadmissible(answer.code, answer.message, answer.remedy);
    const place = await settle(node, identity);
    if (place?.status === "left-out") throw leftOut(place);
    if (place?.height !== undefined && place.index !== undefined) return { height: place.height, index: place.index };
  }
}

async function settle(node: NodeClient, identity: Uint8Array): Promise<TransactionAnswer | undefined> {
  for (;;) {
    const place = await node.transaction(identity, WAIT_SECONDS);
    if (place?.status !== "admitted") return place;
  }
}

function inadmissible(code = "", message = "The node refused the transaction.", remedy = ""): SdkError {
  return new SdkError("inadmissible", `${message} ${remedy}`.trim(), { detail: code });
}

function leftOut({ code = "", message = "" }: TransactionAnswer): SdkError {
  return new SdkError("left-out", `The transaction was admitted but not entered: ${message}`, { detail: code });
}
