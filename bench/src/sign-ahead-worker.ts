import { parentPort, workerData } from "node:worker_threads";
import { encode } from "@acta/bytes";
import { installNative } from "@acta/native";
import { depositMaker } from "./deposits.ts";
import type { SigningTask } from "./sign-ahead.ts";

/** Transactions in one body, and the bytes after which it is sent all the same. */
const BODY_TRANSACTIONS = 500;
const BODY_BYTES = 1 << 20;

installNative();
// What signAhead passed on, and nobody else starts this file.
const { depositor, per, transactions } = workerData as SigningTask;
const make = depositMaker(depositor, per);
for (let made = 0; made < transactions; ) {
  const body: Uint8Array[] = [];
  for (let bytes = 0; body.length < BODY_TRANSACTIONS && bytes < BODY_BYTES && made < transactions; made++) {
    const transaction = make();
    body.push(transaction);
    bytes += transaction.length;
  }
  const encoded = encode(body).slice();
  parentPort?.postMessage({ bytes: encoded, transactions: body.length, records: body.length * per }, [encoded.buffer]);
}
