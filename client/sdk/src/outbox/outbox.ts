import { equalBytes, fromHex, toHex, utf8Decode, utf8Encode } from "@acta/bytes";
import type { ContractDefinition } from "@acta/contract";
import { buildSlip, parseTransaction, parseTrustFile, type TrustFile, type Verdict, verifyProof } from "@acta/protocol";
import { type ActingKey, actingKey } from "../acting-key.ts";
import { CommandError, type CommandHost } from "../command.ts";
import { compose } from "../compose.ts";
import { EXPIRY_SECONDS } from "../contract-client.ts";
import { enter } from "../enter.ts";
import { SdkError } from "../error.ts";
import type { KeyFile } from "../key-file.ts";
import { sealInput } from "../seal-input.ts";
import {
  decodePendingSlip,
  decodePendingTransaction,
  encodePendingSlip,
  encodePendingTransaction,
  type PendingCall,
  type PendingTransaction,
} from "./pending.ts";
import { readVerdicts, type VerdictRow, writeVerdicts } from "./verdicts.ts";
import { sayIn } from "./words.ts";

/** A call to be entered, with what its slip will be called. */
export type OutboxCall = PendingCall & {
  readonly action: string;
  readonly given: Readonly<Record<string, unknown>>;
};

/**
 * Enters calls so that no interruption loses a salt: everything that is needed lies in a folder, durably, before
 * anything is sent, and whatever was begun can be finished later.
 */
export type Outbox = {
  /** Seals and signs the calls, as few transactions as possible, and writes everything down. Nothing is sent. */
  readonly queue: (contract: ContractDefinition, calls: readonly OutboxCall[], key: KeyFile) => Promise<void>;
  /** Sends whatever waits in the folder, and writes slips and verdicts. With the key, what expired is signed anew. */
  readonly flush: (key?: KeyFile) => Promise<readonly VerdictRow[]>;
  /** Lets go of the folder. */
  readonly close: () => void;
  /** A name for a new slip: `NAME.slip`, or `NAME-2.slip` and so on where that is taken. */
  readonly nameFor: (name: string) => string;
};

const MAX_CALLS = 10_000;
const MAX_TRANSACTION_BYTES = 2 * 1024 * 1024;
/** Room for payload, signature and the lengths around the calls. */
const ENVELOPE_BYTES = 8192;
const PAGE = 1000;
const TRANSACTION_SUFFIX = ".transaction.pending";
/** Of a transaction that the node would not enter. */
const ASIDE_SUFFIX = ".transaction.inadmissible";

/** In a folder of slips: which ledger they are of. */
const LEDGER_FILE = "ledger.id";

/**
 * The outbox of a folder, for one command at a time and one ledger. Whoever opens it closes it.
 *
 * Throws CommandError where another command works in the folder, or its slips are of another ledger than the node's.
 */
export async function openOutbox(host: CommandHost, folder: string): Promise<Outbox> {
  const { files } = host;
  files.makeFolder(folder);
  const close = await files.lock(folder);
  try {
    await assertLedger(host, folder);
  } catch (error) {
    close();
    throw error;
  }
  const given = new Set<string>();

  function nameFor(name: string): string {
    for (let number = 1; ; number++) {
      const slip = number === 1 ? `${name}.slip` : `${name}-${number}.slip`;
      const path = files.join(folder, slip);
      if (given.has(slip) || files.exists(path) || files.exists(`${path}.pending`)) continue;
      given.add(slip);
      return slip;
    }
  }

  return {
    nameFor,
    queue: (contract, calls, key) => queue(host, folder, contract, calls, actingKey(key)),
    flush: (key) => flush(host, folder, key),
    close,
  };
}

/** A slip proves nothing in another ledger, and a file deposited there is not deposited here. */
async function assertLedger(host: CommandHost, folder: string): Promise<void> {
  const { node, files } = host;
  const { ledgerId, name } = await node.status();
  const path = files.join(folder, LEDGER_FILE);
  if (files.writeNew(path, utf8Encode(`${ledgerId}\n`))) return files.syncFolder(folder);
  const kept = utf8Decode(files.read(path)).trim();
  if (kept === ledgerId) return;
  const [ours, theirs] = [kept.slice(0, 16), ledgerId.slice(0, 16)];
  throw new CommandError(sayIn(host)("outbox.otherLedger", { folder, kept: ours, name, id: theirs }));
}

async function queue(
  host: CommandHost,
  folder: string,
  contract: ContractDefinition,
  calls: readonly OutboxCall[],
  key: ActingKey,
): Promise<void> {
  const { nowSeconds, ledgerId: ledger } = await host.node.status();
  const ledgerId = fromHex(ledger);
  const sealed = calls.map((call) => {
    const shape = contract.actions[call.action]?.input;
    if (shape === undefined) throw new TypeError(`${contract.name} has no action ${call.action}.`);
    const { input, disclosures } = sealInput(contract, shape, call.given, {
      ledgerId,
      firstParty: key.party,
      random: host.random,
    });
    const composed = { contract: contract.name, version: contract.version, action: call.action, input, expects: [] };
    return { call, disclosures, composed };
  });
  let written = 0;
  const expiry = nowSeconds + EXPIRY_SECONDS;
  const sign = (part: typeof sealed) =>
    compose(
      { ledgerId, expiry, mode: "each", signers: [key], calls: part.map(({ composed }) => composed) },
      host.random,
    );
  for (const part of await split(sealed, sign)) {
    for (const [index, { call, disclosures }] of part.calls.entries()) {
      const content = encodePendingSlip({ identity: part.transaction.identity, call: index, disclosures });
      host.files.writeNew(host.files.join(folder, `${call.slip}.pending`), content);
      written += 1;
      host.progress(sayIn(host)("outbox.kept"), written, calls.length);
    }
    const pending = { bytes: part.transaction.bytes, calls: part.calls.map(({ call }) => call) };
    keepTransaction(host, folder, part.transaction.identity, pending);
  }
}

/** Parts of at most 10,000 calls whose transactions are small enough; a part that is too large is halved. */
async function split<C, T extends { readonly bytes: Uint8Array }>(
  calls: readonly C[],
  sign: (part: C[]) => Promise<T>,
): Promise<{ readonly calls: readonly C[]; readonly transaction: T }[]> {
  if (calls.length === 0) return [];
  const first = calls.slice(0, MAX_CALLS);
  const transaction = await sign(first);
  if (transaction.bytes.length <= MAX_TRANSACTION_BYTES) {
    return [{ calls: first, transaction }, ...(await split(calls.slice(MAX_CALLS), sign))];
  }
  if (first.length === 1) throw new CommandError("One call alone is larger than a transaction may be (2 MiB).");
  // Even shares, so that the first guess mostly fits.
  const parts = Math.ceil((transaction.bytes.length + ENVELOPE_BYTES) / (MAX_TRANSACTION_BYTES - ENVELOPE_BYTES));
  const share = Math.ceil(first.length / Math.max(2, parts));
  return [...(await split(calls.slice(0, share), sign)), ...(await split(calls.slice(share), sign))];
}

function keepTransaction(host: CommandHost, folder: string, identity: Uint8Array, pending: PendingTransaction): void {
  const name = `${toHex(identity)}${TRANSACTION_SUFFIX}`;
  host.files.writeNew(host.files.join(folder, name), encodePendingTransaction(pending));
  host.files.syncFolder(folder);
}

async function flush(host: CommandHost, folder: string, key: KeyFile | undefined): Promise<readonly VerdictRow[]> {
  const names = host.files.list(folder).filter((name) => name.endsWith(TRANSACTION_SUFFIX));
  const rows: VerdictRow[] = [];
  if (names.length > 0) {
    const trust = parseTrustFile(await host.node.trustFile());
    for (const name of names) rows.push(...(await finish(host, folder, host.files.join(folder, name), trust, key)));
  }
  await dropUnsent(host, folder);
  return rows;
}

/**
 * Removes pending slips whose transaction was never written down, and so never sent: an interruption came before.
 *
 * Where the node knows the transaction all the same, the slip is finished instead: somebody moved the transaction's file.
 */
async function dropUnsent(host: CommandHost, folder: string): Promise<void> {
  const names = host.files.list(folder);
  const known = new Map<string, boolean>();
  for (const name of names.filter((each) => each.endsWith(".slip.pending"))) {
    const path = host.files.join(folder, name);
    const { identity, call, disclosures } = decodePendingSlip(host.files.read(path), path);
    const hex = toHex(identity);
    if (names.includes(`${hex}${TRANSACTION_SUFFIX}`) || names.includes(`${hex}${ASIDE_SUFFIX}`)) continue;
    if (!known.has(hex)) known.set(hex, (await host.node.transaction(identity)) !== undefined);
    if (known.get(hex) === true) {
      host.files.writeNew(
        path.slice(0, -".pending".length),
        buildSlip(disclosures, await host.node.receipt(identity, call)),
      );
      host.files.syncFolder(folder);
    }
    host.files.remove(path);
  }
}

async function finish(
  host: CommandHost,
  folder: string,
  path: string,
  trust: TrustFile,
  key: KeyFile | undefined,
): Promise<readonly VerdictRow[]> {
  const pending = decodePendingTransaction(host.files.read(path), path);
  const { identity } = parseOwn(pending);
  try {
    const { height } = await enter(host.node, { bytes: pending.bytes, identity });
    const rows = await collect(host, folder, pending, identity, height, trust);
    addVerdicts(host.files, folder, rows);
    host.files.remove(path);
    return rows;
  } catch (error) {
    if (isInadmissible(error) && !isExpired(error)) return setAside(host, folder, path, pending, identity, error);
    if (!isExpired(error)) throw error;
    if (key === undefined) throw new CommandError(sayIn(host)("outbox.expired", { path }));
    await signAnew(host, folder, path, pending, actingKey(key));
    return flush(host, folder, key);
  }
}

function isInadmissible(error: unknown): error is SdkError {
  return error instanceof SdkError && (error.code === "left-out" || error.code === "inadmissible");
}

/**
 * Puts a transaction that the node will not enter out of the way, so that it blocks nobody. It stays on disk with its
 * pending slips: the word that it was never entered is the node's alone.
 */
function setAside(
  { files, say }: CommandHost,
  folder: string,
  path: string,
  pending: PendingTransaction,
  identity: Uint8Array,
  error: SdkError,
): readonly VerdictRow[] {
  const rows = pending.calls.map(
    ({ subject, sha256 }): VerdictRow => ({
      file: subject,
      sha256,
      verdict: "inadmissible",
      reason: error.detail ?? "",
      transaction: toHex(identity),
      height: "",
    }),
  );
  addVerdicts(files, folder, rows);
  files.replace(`${path.slice(0, -TRANSACTION_SUFFIX.length)}${ASIDE_SUFFIX}`, files.read(path));
  files.remove(path);
  say(`${error.message} Nothing was entered and nothing spent.`);
  return rows;
}

function addVerdicts(files: CommandHost["files"], folder: string, rows: readonly VerdictRow[]): void {
  const transactions = new Set(rows.map(({ transaction }) => transaction));
  const others = readVerdicts(files, folder).filter(({ transaction }) => !transactions.has(transaction));
  writeVerdicts(files, folder, [...others, ...rows]);
}

function isExpired(error: unknown): boolean {
  return (
    error instanceof SdkError &&
    (error.code === "left-out" || error.code === "inadmissible") &&
    error.detail === "expired"
  );
}

/** The same calls, commitments included, in a new payload. The old transaction can never be entered: it expired. */
async function signAnew(
  host: CommandHost,
  folder: string,
  path: string,
  pending: PendingTransaction,
  key: ActingKey,
): Promise<void> {
  const { payload, calls } = parseOwn(pending);
  const [signer] = payload.signers;
  if (signer === undefined || !equalBytes(signer.party, key.party))
    throw new CommandError(sayIn(host)("outbox.otherKey", { path }));
  const { nowSeconds } = await host.node.status();
  const renewed = await compose(
    { ledgerId: payload.ledgerId, expiry: nowSeconds + EXPIRY_SECONDS, mode: payload.mode, calls, signers: [key] },
    host.random,
  );
  for (const [index, call] of pending.calls.entries()) {
    const slip = host.files.join(folder, `${call.slip}.pending`);
    const { disclosures } = decodePendingSlip(host.files.read(slip), slip);
    host.files.replace(slip, encodePendingSlip({ identity: renewed.identity, call: index, disclosures }));
  }
  keepTransaction(host, folder, renewed.identity, { bytes: renewed.bytes, calls: pending.calls });
  host.files.remove(path);
}

function parseOwn({ bytes }: PendingTransaction) {
  return parseTransaction(bytes, { maxBytes: MAX_TRANSACTION_BYTES, maxCalls: MAX_CALLS });
}

/** Receipts in pages; each is verified, joined with its disclosures, and written before its pending file goes. */
async function collect(
  host: CommandHost,
  folder: string,
  { calls }: PendingTransaction,
  identity: Uint8Array,
  height: number,
  trust: TrustFile,
): Promise<VerdictRow[]> {
  const rows: VerdictRow[] = [];
  const { nowSeconds } = await host.node.status();
  for (let from = 0; from < calls.length; from += PAGE) {
    const receipts = await host.node.receipts(identity, from, PAGE);
    for (const [offset, receipt] of receipts.entries()) {
      const call = calls[from + offset];
      if (call === undefined) break;
      const verdict = keepSlip(host, folder, call, receipt, trust, nowSeconds);
      rows.push(rowOf(call, verdict, identity, height));
      host.progress(sayIn(host)("outbox.verified"), rows.length, calls.length);
    }
    host.files.syncFolder(folder);
    for (const call of calls.slice(from, from + PAGE))
      host.files.remove(host.files.join(folder, `${call.slip}.pending`));
  }
  return rows;
}

function keepSlip(
  host: CommandHost,
  folder: string,
  call: PendingCall,
  receipt: Uint8Array,
  trust: TrustFile,
  nowSeconds: number,
): Verdict {
  const path = host.files.join(folder, call.slip);
  const pendingPath = `${path}.pending`;
  // A slip without its pending file was kept before an interruption.
  const isKept = !host.files.exists(pendingPath) && host.files.exists(path);
  const slip = isKept
    ? host.files.read(path)
    : buildSlip(decodePendingSlip(host.files.read(pendingPath), pendingPath).disclosures, receipt);
  const verdict = verifyProof(slip, trust, { now: nowSeconds, verify: host.verifySignature });
  if (verdict.verdict !== "valid") {
    const { subject } = call;
    throw new SdkError(
      "not-proved",
      sayIn(host)("outbox.notProved", { subject, reason: verdict.reason, path: pendingPath }),
    );
  }
  if (!isKept) host.files.writeNew(path, slip);
  return verdict;
}

function rowOf(
  { subject, sha256 }: PendingCall,
  { outcome }: Verdict,
  identity: Uint8Array,
  height: number,
): VerdictRow {
  const refusal = outcome?.refusal;
  return {
    file: subject,
    sha256,
    verdict: outcome?.verdict ?? "undone",
    reason: refusal ? `${refusal.contract}/${refusal.code}` : "",
    transaction: toHex(identity),
    height: String(height),
  };
}
