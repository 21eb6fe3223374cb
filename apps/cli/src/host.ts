import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { utf8Decode } from "@acta/bytes";
import type { SignatureCheck } from "@acta/crypto";
import { createVerdictCache, verifyNative } from "@acta/native";
import { type CommandHost, createNodeClient, parseKeyFile } from "@acta/sdk";
import { createFiles } from "./files.ts";
import type { CommonOptions } from "./invocation.ts";
import { createProgress } from "./progress.ts";
import { sayIn } from "./words.ts";

const WAITING = {
  en: (node: string, seconds: number) => `No answer from ${node} yet; trying the same again for ${seconds} s.\n`,
  zh: (node: string, seconds: number) => `${node} 还没有应答；${seconds} 秒内会继续重试同样的请求。\n`,
} as const;

/** The world as a command sees it; `finish` prints what is left and ends a progress line. */
export function createHost({ node, json, language }: CommonOptions): { host: CommandHost; finish: () => void } {
  const files = createFiles(sayIn(language));
  const progress = createProgress(!json && process.stderr.isTTY === true);
  let result: unknown;
  const host: CommandHost = {
    node: createNodeClient({
      node,
      onWait: (seconds) => process.stderr.write(WAITING[language](node, seconds)),
      language,
      fetch,
      sleep: (ms) => sleep(ms),
      now: () => performance.now(),
    }),
    random: (length) => new Uint8Array(randomBytes(length)),
    files,
    verifySignature: rememberingVerifier(),
    readKey: (path) => parseKeyFile(utf8Decode(files.read(path))),
    language,
    say(line) {
      progress.clear();
      if (!json) process.stdout.write(`${line}\n`);
    },
    result(value) {
      result = value;
    },
    progress: progress.show,
  };
  return {
    host,
    finish() {
      progress.clear();
      if (json && result !== undefined) process.stdout.write(`${JSON.stringify(result, withoutBigint)}\n`);
    },
  };
}

/** Thousands of receipts of one batch rest on the same few signatures: each is verified once. */
function rememberingVerifier(): (check: SignatureCheck) => boolean {
  const verdicts = createVerdictCache(1000);
  return (check) => {
    const known = verdicts.find(check);
    if (known !== undefined) return known;
    const verdict = verifyNative(check);
    verdicts.remember(check, verdict);
    return verdict;
  };
}

function withoutBigint(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
