import { workerData } from "node:worker_threads";
import { installNative } from "@acta/native";
import { BODY_BYTES, postOf } from "./request.ts";
import { writeRequests } from "./request-file.ts";
import type { SigningTask } from "./sign-ahead.ts";
import { transactionMaker } from "./transactions.ts";

installNative();
// What signAhead passed on, and nobody else starts this file.
const { plan, transactions, perRequest, path } = workerData as SigningTask;
const make = transactionMaker(plan);
const file = writeRequests(path);
for (let made = 0; made < transactions; ) {
  const body: Uint8Array[] = [];
  for (let bytes = 0; body.length < perRequest && bytes < BODY_BYTES && made < transactions; made++) {
    const transaction = make();
    body.push(transaction);
    bytes += transaction.length;
  }
  file.add(postOf(body, perRequest > 1));
}
file.close();
