import {
  type Command,
  CommandError,
  type CommandHost,
  type CommandOptions,
  openOutbox,
  partyFromUri,
  readSlip,
  timeFromText,
  toHex,
} from "@acta/sdk";
import { evidence } from "../evidence.ts";
import { report } from "./report.ts";
import { sayIn } from "./words.ts";

const common = {
  key: { meaning: "FILE     the key that signs", required: true as const },
  out: { meaning: "DIR      where the new slip goes (default: beside the deposit's slip)" },
};
const order = {
  order: { meaning: "FILE     the court's order; only its sealed fingerprint is entered", required: true as const },
};

/** `acta evidence hold`: a court keeps a deposit from being withdrawn. */
export const holdCommand: Command = {
  name: "evidence hold",
  summary: "Hold a deposit, as a court.",
  usage: "SLIP… --order FILE --key FILE [--out DIR]",
  help: "While a court holds a deposit its depositor cannot withdraw it. The order's file stays with the court.",
  options: { ...common, ...order },
  run: (host, slips, options) => act(host, "hold", slips, options, () => orderOf(host, options)),
};

/** `acta evidence release`: the court that held lets go. */
export const releaseCommand: Command = {
  name: "evidence release",
  summary: "Release a deposit, as the court that holds it.",
  usage: "SLIP… --order FILE --key FILE [--out DIR]",
  help: "Only the court that holds a deposit can release it.",
  options: { ...common, ...order },
  run: (host, slips, options) => act(host, "release", slips, options, () => orderOf(host, options)),
};

/** `acta evidence withdraw`: marked as withdrawn, never removed. */
export const withdrawCommand: Command = {
  name: "evidence withdraw",
  summary: "Mark a deposit of your own as withdrawn.",
  usage: "SLIP… --key FILE [--out DIR]",
  help: "The deposit, its proofs and its custody list stay: a withdrawal is a mark.",
  options: common,
  run: (host, slips, options) => act(host, "withdraw", slips, options, async () => ({})),
};

/** `acta evidence custody`: the custody list goes on. */
export const custodyCommand: Command = {
  name: "evidence custody",
  summary: "Enter what happened to a deposited file.",
  usage: "SLIP… --event EVENT [--at TIME] [--to PARTY] [--note TEXT] --key FILE [--out DIR]",
  help: "EVENT is one of collected, copied, transferred, examined, returned, presented, destroyed. TIME is like 2026-11-21T09:30:00Z (default: now). The note is sealed.",
  options: {
    ...common,
    event: { meaning: "EVENT    what happened", required: true },
    at: { meaning: "TIME     when, as you state it (default: now)" },
    to: { meaning: "PARTY    who has the file now: 64 hex digits; needed when it was transferred or returned" },
    note: { meaning: "TEXT     a note, sealed" },
  },
  run: (host, slips, options) => act(host, "custody", slips, options, (deposit) => custodyOf(host, deposit, options)),
};

type Given = Readonly<Record<string, unknown>>;

async function act(
  host: CommandHost,
  action: "hold" | "release" | "withdraw" | "custody",
  slips: readonly string[],
  { key: keyPath = "", out }: CommandOptions,
  rest: (deposit: string) => Promise<Given>,
): Promise<number> {
  if (slips.length === 0) throw new CommandError(sayIn(host)("name.slips", { action }));
  const key = host.readKey(keyPath);
  const rows = [];
  for (const slip of slips) {
    const deposit = depositOf(host, slip);
    const given = { deposit, ...(await rest(deposit)) };
    const outbox = await openOutbox(host, out ?? host.files.folderOf(slip));
    try {
      const name = outbox.nameFor(`${host.files.nameOf(slip).replace(/\.slip$/, "")}.${action}`);
      await outbox.queue(evidence, [{ action, given, subject: `${action} ${slip}`, sha256: "", slip: name }], key);
      rows.push(...(await outbox.flush(key)));
    } finally {
      outbox.close();
    }
  }
  return report(host, rows, 0);
}

/** The number of the deposit that a slip is about. */
function depositOf(host: CommandHost, slip: string): string {
  const { call } = readSlip(host.files.read(slip));
  const deposit = call.contract === evidence.name ? call.input.get("deposit") : undefined;
  if (deposit instanceof Uint8Array) return toHex(deposit);
  throw new CommandError(sayIn(host)("slip.noDeposit", { slip }));
}

async function orderOf(host: CommandHost, { order = "" }: CommandOptions): Promise<Given> {
  const { files, progress } = host;
  const stage = sayIn(host)("progress.order");
  const total = files.sizeOf(order);
  let done = 0;
  const { size, sha256, root } = await files.hash(order, (bytes) => {
    done += bytes;
    progress(stage, done, total);
  });
  return { order: { size, sha256: toHex(sha256), root: toHex(root) } };
}

async function custodyOf(host: CommandHost, deposit: string, { event, at, to, note }: CommandOptions): Promise<Given> {
  const record = await host.node.record(evidence.name, "deposit", [deposit]);
  const { nowSeconds } = await host.node.status();
  return {
    number: nextNumber(record),
    event,
    statedAt: at === undefined ? BigInt(nowSeconds) : timeFromText(at),
    ...(to === undefined ? {} : { handedTo: to.startsWith("acta:") ? partyFromUri(to) : to }),
    ...(note === undefined ? {} : { note }),
  };
}

/** The node's answer is JSON: the count of entries stands there as a decimal string. */
function nextNumber(record: unknown): bigint {
  const { value } = record as { value?: { custodyEntries?: string } };
  return BigInt(value?.custodyEntries ?? "0") + 1n;
}
