import { parseTrustFile, type Verdict } from "@acta/protocol";
import { verified } from "./contract-client.ts";
import { SdkError } from "./error.ts";
import type { NodeClient, RecordAddress } from "./node-client.ts";

/** A proof as the node gave it, with what it was verified to say. */
export type Proved = { readonly proof: Uint8Array; readonly verdict: Verdict };

/** A node to ask, and the trust file to verify by; the node's own where absent. */
export type ProofPowers = { readonly node: NodeClient; readonly trust?: Uint8Array };

/**
 * The proof of what the ledger did by itself at a place: an act that `verdict.ledgerAction` shows, accepted or refused.
 *
 * Throws SdkError `node-refused` where there is none, `not-proved` where the node's proof does not verify or is of another.
 */
export async function proveAct(
  powers: ProofPowers,
  place: { readonly height: number; readonly index: number },
): Promise<Proved> {
  const proved = await verify(powers, await powers.node.actionProof(place));
  const { ledgerAction, height } = proved.verdict;
  if (ledgerAction?.index === place.index && height === place.height) return proved;
  throw another(`act ${place.index} of block ${place.height}`);
}

/**
 * One proof of several records as of one block, absent ones included: `verdict.records` shows keys and values.
 *
 * Throws SdkError as `proveAct` does. What keys the records have is for the reader of the verdict to compare.
 */
export async function proveRecords(powers: ProofPowers, records: readonly RecordAddress[]): Promise<Proved> {
  const proved = await verify(powers, await powers.node.stateProofOf(records));
  const names = new Set(proved.verdict.records?.map(({ key }) => nameOf(key)));
  const missing = records.find(([contract, record]) => !names.has(`2/${contract}/${record}`));
  if (missing === undefined) return proved;
  throw another(`${missing[0]}/${missing[1]}`);
}

function nameOf(key: unknown): string {
  return Array.isArray(key) ? key.slice(0, 3).join("/") : "";
}

async function verify({ node, trust }: ProofPowers, proof: Uint8Array): Promise<Proved> {
  const { nowSeconds } = await node.status();
  return { proof, verdict: verified(proof, parseTrustFile(trust ?? (await node.trustFile())), nowSeconds) };
}

function another(asked: string): SdkError {
  return new SdkError("not-proved", `The node's proof is not of ${asked}. Ask another node.`);
}
