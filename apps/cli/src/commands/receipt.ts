import {
  encodeProof,
  explain,
  type Proof,
  ProtocolError,
  parseProof,
  parseRenewal,
  REASONS,
  type Reason,
  type Renewal,
  renewProof,
  type Trusted,
  type TrustFile,
  verifyProof,
} from "@acta/protocol";
import { type Command, CommandError, type CommandHost, SdkError } from "@acta/sdk";
import { readTrust } from "../trust-of.ts";
import { sayIn } from "../words.ts";

const renewCommand: Command = {
  name: "receipt renew",
  summary: "Renew slips, receipts and state proofs, so that they verify on.",
  usage: "FILE… [--trust FILE] [--out FILE]",
  help: `Asks the node for the link that leads from each proof to the newest header, or, with --trust, to the anchor of that trust file, or to the end of the epoch that the proof is of: renewed to it, a proof verifies with that very trust file without a clock, ever. Each renewed proof is verified before it is written: under the trust file given, otherwise under the node's own.
NAME.slip becomes NAME.renewed.slip beside it; nothing is overwritten. Exit code 0: all renewed; 1: one is not valid; 2: one could not be renewed.`,
  options: {
    trust: { meaning: "FILE     renew to what this trust file lists" },
    out: { meaning: "FILE     where the renewed proof goes, if there is one" },
  },
  async run(host, paths, { trust, out }) {
    const say = sayIn(host.language);
    if (paths.length === 0) throw new CommandError(say("receipt.name"));
    if (out !== undefined && paths.length > 1) throw new CommandError(say("receipt.oneOut"));
    const aims = paths.map((path) => ({ path, out: out ?? renewedName(path) }));
    for (const aim of aims)
      if (host.files.exists(aim.out)) throw new CommandError(say("receipt.present", { path: aim.out }));
    const trustFile =
      trust === undefined
        ? readTrust(say("receipt.nodeTrust"), await host.node.trustFile())
        : readTrust(trust, host.files.read(trust));
    const targets = trust === undefined ? (["newest"] as const) : listedHeights(trustFile);
    const rows: Row[] = [];
    for (const aim of aims) rows.push(await renew(host, aim, trustFile, targets));
    host.result(rows.length === 1 ? rows[0] : rows);
    for (const row of rows) for (const line of lines(row, host.language)) host.say(line);
    return exitCode(rows);
  },
};

/** `acta receipt renew`: proofs that outlive votes, validators and clocks. */
export const receiptCommands: readonly Command[] = [renewCommand];

type Aim = { readonly path: string; readonly out: string };

/** What came of one proof; `out` where it was written. */
type Row = {
  readonly path: string;
  readonly out?: string;
  readonly verdict: "valid" | "not-valid" | "cannot-tell";
  readonly reason: Reason;
  readonly basis?: "fresh" | "renewed";
};

/** What a proof may be renewed to: the newest header, or the app hash after a height that the trust file lists. */
type Target = number | "newest";

async function renew(
  host: CommandHost,
  { path, out }: Aim,
  trust: TrustFile,
  targets: readonly Target[],
): Promise<Row> {
  const proof = readProof(host.files.read(path));
  if (proof === undefined) return { path, ...ruling("wrong-form") };
  const first = firstHeaderOf(host, path, proof);
  const height = first && heightOf(first, trust);
  if (height === undefined) return { path, ...ruling("unknown-chain") };
  // Links only go forward: an older anchor knows nothing of this block.
  const [target, ...others] = targets.filter((each) => each === "newest" || each >= height);
  if (target === undefined) return { path, ...ruling("height-not-listed") };
  const renewal = await askFirst(host, height, [target, ...others]);
  const renewed = renewal === undefined ? host.files.read(path) : renewProof(encodeProof(shortened(proof)), renewal);
  const now = Math.floor(Date.now() / 1000);
  const { verdict, reason, basis } = verifyProof(renewed, trust, { now, verify: host.verifySignature });
  const row = { path, verdict, reason, ...(basis && { basis }) };
  if (verdict !== "valid" || renewal === undefined) return row;
  if (!host.files.writeNew(out, renewed))
    throw new CommandError(sayIn(host.language)("receipt.present", { path: out }));
  return { ...row, out };
}

/** The heights whose app hashes a trust file lists: its anchor's first, then the ends of epochs, the latest first. */
function listedHeights({ anchor, epochs }: TrustFile): readonly number[] {
  const ends = epochs.flatMap(({ closed }) => (closed === undefined ? [] : [closed.lastHeight]));
  return [...new Set([anchor.height, ...ends.reverse()])];
}

/** The node's link to the first target that it has: one that keeps only an epoch that ended knows nothing later. */
async function askFirst(
  host: CommandHost,
  height: number,
  [target, ...others]: readonly [Target, ...Target[]],
): Promise<Renewal | undefined> {
  try {
    return await askRenewal(host, height, target);
  } catch (error) {
    const [next, ...rest] = others;
    if (next === undefined || !(error instanceof SdkError) || error.detail !== "unknown-block") throw error;
    return askFirst(host, height, [next, ...rest]);
  }
}

/** The node's link for the header of a height; undefined where nothing follows that header yet. */
async function askRenewal({ node }: CommandHost, height: number, to: Target): Promise<Renewal | undefined> {
  try {
    const response = await node.get(`/v1/headers/${height}/renewal?to=${to}`);
    return parseRenewal(new Uint8Array(await response.arrayBuffer()));
  } catch (error) {
    if (to === "newest" && error instanceof SdkError && error.detail === "unknown-block") return undefined;
    if (error instanceof ProtocolError)
      throw new SdkError("node-answer", `The node's answer is no renewal: ${error.message}`, { cause: error });
    throw error;
  }
}

function readProof(bytes: Uint8Array): Proof | undefined {
  try {
    return parseProof(bytes);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

function trustedOf(proof: Proof): Trusted | number {
  switch (proof.kind) {
    case "receipt":
      return proof.receipt.trusted;
    case "slip":
      return proof.slip.receipt.trusted;
    case "state":
      return proof.state.trusted;
    case "acted":
      return proof.acted.trusted;
    default:
      return proof satisfies never;
  }
}

function firstHeaderOf({ language }: CommandHost, path: string, proof: Proof): Trusted["headers"][number] | undefined {
  const trusted = trustedOf(proof);
  if (typeof trusted !== "number") return trusted.headers[0];
  throw new CommandError(sayIn(language)("receipt.noHeader", { path }));
}

/** The ledger's height of a header; undefined where the trust file does not list its chain. */
function heightOf({ chainId, height }: Trusted["headers"][number], { epochs }: TrustFile): number | undefined {
  const epoch = epochs.find(({ chain }) => chain === chainId);
  return epoch && epoch.base + height;
}

/** The proof resting on its first header alone: however often it is renewed, one link suffices. */
function shortened(proof: Proof): Proof {
  switch (proof.kind) {
    case "receipt":
      return { ...proof, receipt: { ...proof.receipt, trusted: onFirst(proof.receipt.trusted) } };
    case "slip": {
      const { receipt } = proof.slip;
      return { ...proof, slip: { ...proof.slip, receipt: { ...receipt, trusted: onFirst(receipt.trusted) } } };
    }
    case "state":
      return { ...proof, state: { ...proof.state, trusted: onFirstOrHeight(proof.state.trusted) } };
    case "acted":
      return { ...proof, acted: { ...proof.acted, trusted: onFirstOrHeight(proof.acted.trusted) } };
    default:
      return proof satisfies never;
  }
}

function onFirst({ headers, links, end }: Trusted): Trusted {
  return { headers: headers.slice(0, 1), links: links.slice(0, end.kind === "commit" ? 0 : 1), end };
}

function onFirstOrHeight(trusted: Trusted | number): Trusted | number {
  return typeof trusted === "number" ? trusted : onFirst(trusted);
}

function ruling(reason: Reason): Pick<Row, "verdict" | "reason"> {
  return { verdict: REASONS[reason].verdict, reason };
}

function renewedName(path: string): string {
  return path.endsWith(".slip") ? path.replace(/\.slip$/, ".renewed.slip") : `${path}.renewed`;
}

function exitCode(rows: readonly Row[]): number {
  if (rows.some(({ verdict }) => verdict === "not-valid")) return 1;
  return rows.every(({ verdict }) => verdict === "valid") ? 0 : 2;
}

function lines({ path, out, verdict, reason }: Row, language: "zh" | "en"): string[] {
  const say = sayIn(language);
  if (out !== undefined) return [say("receipt.renewed", { path: out })];
  if (verdict === "valid") return [say("receipt.asItWas", { path }), `  ${say("receipt.nothing")}`];
  const { meaning, remedy } = explain(reason, language);
  return [say("receipt.not", { path }), `  ${meaning} ${remedy}`];
}
