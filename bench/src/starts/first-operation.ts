import { setTimeout as sleep } from "node:timers/promises";
import { fromHex } from "@acta/bytes";
import { Connection } from "../load/connection.ts";
import { getOf, postOf } from "../load/request.ts";
import { transactionMaker, type Writer } from "../load/transactions.ts";

const POLL_MS = 5;
const PATIENCE_MS = 600_000;
const EXPIRY_SECONDS = 600;

/** Asks for the status until the node answers. Throws an Error after ten minutes. */
export async function firstStatus(
  port: number,
): Promise<{ readonly ledgerId: Uint8Array; readonly nowSeconds: number }> {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const connection = await Connection.open(port).catch(() => undefined);
    if (connection === undefined) {
      await sleep(POLL_MS);
      continue;
    }
    const { body } = await connection.exchange(getOf("/v1/status").bytes);
    connection.close();
    const status = JSON.parse(body.toString("utf8")) as { ledgerId: string; nowSeconds: number }; // of the same release
    return { ledgerId: fromHex(status.ledgerId), nowSeconds: status.nowSeconds };
  }
  throw new Error("The node did not answer within ten minutes.");
}

/** Deposits once and waits until that is entered. Throws an Error where it is not. */
export async function enterOne(port: number, writer: Writer): Promise<void> {
  const { ledgerId, nowSeconds } = await firstStatus(port);
  const expiry = nowSeconds + EXPIRY_SECONDS;
  const transaction = transactionMaker({ ledgerId, expiry, writers: [writer], kind: "deposit", per: 1 })();
  const connection = await Connection.open(port);
  const posted = await connection.exchange(postOf([transaction], false).bytes);
  const identity = /"identity":"([0-9a-f]{64})"/.exec(posted.body.toString("latin1"))?.[1];
  if (posted.status !== 200 || identity === undefined)
    throw new Error(`The node answered ${posted.status}: ${posted.body.toString("utf8")}`);
  const { body } = await connection.exchange(getOf(`/v1/transactions/${identity}?wait=30`).bytes);
  connection.close();
  if (!body.includes('"entered"')) throw new Error(`The first operation was not entered: ${body.toString("utf8")}`);
}
