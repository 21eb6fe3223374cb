import { decode, equalBytes, toHex } from "@acta/bytes";
import { type ContractLookup, MemoryLedger } from "@acta/ledger";
import { type Header, headerFromCbor, headerHash } from "@acta/light-client";

/** A block as `/v1/blocks/{height}` gives it in CBOR. */
export type ServedBlock = { readonly header: Header; readonly transactions: readonly Uint8Array[] };

/** Reads a block in its exact form from a node. */
export async function servedBlock(url: string, height: number): Promise<ServedBlock> {
  const response = await fetch(`${url}/v1/blocks/${height}`, { headers: { accept: "application/cbor" } });
  if (!response.ok) throw new Error(`Block ${height}: ${response.status} ${await response.text()}`);
  const [header, transactions] = decode(new Uint8Array(await response.arrayBuffer())) as readonly never[]; // [header, transactions]
  return { header: headerFromCbor(header as never), transactions: transactions as never };
}

/**
 * Executes every block of a node again, on a ledger in memory, and holds each app hash against the next header.
 *
 * Answers the app hash after the newest block. Throws an Error that names the first height that differs.
 */
export async function replay(
  genesisBytes: Uint8Array,
  contracts: ContractLookup,
  height: number,
  blockAt: (height: number) => Promise<ServedBlock>,
): Promise<Uint8Array> {
  const ledger = new MemoryLedger({ genesisBytes, contracts });
  for (let next = 1; next <= height; next++) {
    const { header, transactions } = await blockAt(next);
    if (!equalBytes(header.appHash, ledger.appHash)) {
      throw new Error(`Header ${next} has app hash ${toHex(header.appHash)}, replay gives ${toHex(ledger.appHash)}.`);
    }
    ledger.execute(transactions, { time: header.time, headerHash: headerHash(header) });
  }
  return ledger.appHash;
}
