import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Body } from "./sign-ahead.ts";

/** What a load came to. */
export type LoadSummary = { readonly posts: number; readonly waits: number; readonly isExhausted: boolean };

const CONNECTIONS = 4;
/** What the node asks for in Retry-After when it is busy. */
const RETRY_MS = 1000;

/**
 * Posts the bodies over connections that stay open, until `untilMs` (of performance.now) or until there are none left.
 *
 * A body that was not taken whole is sent again after a moment, byte for byte. Throws where the node refuses one.
 */
export async function postAll(
  url: string,
  bodies: readonly Body[],
  untilMs = Number.POSITIVE_INFINITY,
): Promise<LoadSummary> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const counts = { posts: 0, waits: 0 };
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined && performance.now() < untilMs; body = bodies[next++]) {
      counts.posts++;
      while (!(await isTaken(agent, url, body)) && performance.now() < untilMs) {
        counts.waits++;
        await sleep(RETRY_MS);
      }
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  agent.destroy();
  return { ...counts, isExhausted: next >= bodies.length };
}

async function isTaken(agent: Agent, url: string, body: Body): Promise<boolean> {
  const { status, text } = await post(agent, `${url}/v1/transactions`, body.bytes);
  if (status === 503) return false;
  if (status !== 200) throw new Error(`The node answered ${status}: ${text.slice(0, 300)}`);
  const refused = /"status":"inadmissible"[^}]*/.exec(text);
  if (refused) throw new Error(`The node refused a transaction: ${refused[0]}`);
  return !text.includes('"status":"unavailable"');
}

function post(agent: Agent, url: string, bytes: Uint8Array): Promise<{ status: number; text: string }> {
  const headers = { "content-type": "application/vnd.acta.transactions+cbor", "content-length": bytes.length };
  return new Promise((resolve, reject) => {
    const posting = request(url, { method: "POST", agent, headers }, (response) => {
      let text = "";
      response.setEncoding("latin1");
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      response.on("error", reject);
    });
    posting.on("error", reject);
    posting.end(bytes);
  });
}
