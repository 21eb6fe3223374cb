import { parseTrustFile } from "@acta/protocol";
import type { Command, Report, Say } from "../command.ts";
import { stateKeysOf } from "../ledger/node-under-test.ts";
import { enter, openWorkingLedger, type WorkingLedger } from "../ledger/working-ledger.ts";
import { limitsTable, type MeanLimits, withLimits } from "../limits/limits.ts";
import { withBench } from "../measure/entering.ts";
import { quantile } from "../measure/quantile.ts";
import { text, whole } from "../options.ts";
import { type Asking, type InProcess, issueInProcess, issueOverHttp, type OverHttp } from "../proofs/issuing.ts";
import { consortiumOf } from "../proofs/under-validators.ts";
import { measureVerifying, type VerifyingResult } from "../proofs/verifying.ts";
import { rounded, type Table } from "../report/table.ts";

const SINGLES = 20_000;
const BATCHES = 20;
const PER_BATCH = 1000;
const VALIDATORS = 4;

/** `bench -- proof`: what proofs cost those who issue and those who verify them. */
export const proof: Command = {
  name: "proof",
  summary: "receipts and state proofs: issued and verified a second, and their size",
  help: `Measures receipts and state proofs: how many a node issues, how many a core verifies, and their size.

  npm run bench -- proof [--keys 100000] [--seconds 5] [--ledger DIR] [--json]

  --keys N       keys that the ledger holds before ${SINGLES + BATCHES * PER_BATCH} deposits more (default 100000)
  --seconds N    seconds of each of the measurements, of which there are 28 (default 5)
  --ledger DIR   keep the filled ledger there for the next run, and measure a copy of it
  --json         the last line is one JSON object
`,
  options: { keys: { type: "string" }, seconds: { type: "string" }, ledger: { type: "string" } },
  async run(values, say) {
    const keys = whole(values, "keys", { otherwise: 100_000, least: 0, most: 100_000_000 });
    const seconds = whole(values, "seconds", { otherwise: 5, least: 1, most: 600 });
    const ledger = await openWorkingLedger(text(values, "ledger"), keys, say);
    try {
      const { result, limits } = await withLimits(ledger.scratch, () => measure(ledger, seconds, say));
      return reportOf(result, limits);
    } finally {
      ledger.remove();
    }
  },
};

type Verified = {
  readonly name: string;
  readonly bytes: { readonly median: number; readonly least: number; readonly most: number };
  readonly native: VerifyingResult;
  readonly plain: VerifyingResult;
};

type Measured = {
  readonly keys: number;
  readonly inProcess: InProcess["perSecond"];
  readonly overHttp: Readonly<Record<Asking, OverHttp>>;
  readonly verified: readonly Verified[];
};

async function measure(ledger: WorkingLedger, seconds: number, say: Say): Promise<Measured> {
  const { data, scratch } = ledger;
  const keys = await withBench({ ledger, say }, async ({ node }) => {
    const batches = { data, scratch, kind: "deposit", per: PER_BATCH, records: BATCHES * PER_BATCH } as const;
    await enter(node, batches, say);
    await enter(node, { ...batches, per: 1, records: SINGLES }, say);
    return stateKeysOf(node);
  });
  say("issuing in this process");
  const issued = await issueInProcess(data, seconds);
  say("issuing over HTTP");
  const overHttp = await withBench({ ledger, say }, ({ node, sender }) =>
    issueOverHttp({ node, sender, scratch }, issued, seconds),
  );
  say("verifying");
  return { keys, inProcess: issued.perSecond, overHttp, verified: await verifyAll(issued, seconds) };
}

async function verifyAll({ samples, trust }: InProcess, seconds: number): Promise<Verified[]> {
  const many = consortiumOf(parseTrustFile(trust), VALIDATORS);
  const verified: Verified[] = [];
  for (const [name, kind] of SHOWN) {
    const proofs = samples[kind];
    verified.push(await verifyOne(`${name}, 1 validator`, proofs, trust, seconds));
    verified.push(await verifyOne(`${name}, ${VALIDATORS}`, proofs.map(many.restate), many.trust, seconds));
  }
  return verified;
}

const SHOWN = [
  ["receipt, single", "receipt"],
  ["receipt, of a batch", "batch"],
  ["state proof", "state"],
] as const;

async function verifyOne(
  name: string,
  proofs: readonly Uint8Array[],
  trust: Uint8Array,
  seconds: number,
): Promise<Verified> {
  const sizes = proofs.map(({ length }) => length);
  const [least, median, most] = [quantile(sizes, 0), quantile(sizes, 0.5), quantile(sizes, 1)];
  const native = await measureVerifying({ proofs, trust, isNative: true, seconds });
  const plain = await measureVerifying({ proofs, trust, isNative: false, seconds });
  return { name, bytes: { median, least, most }, native, plain };
}

function reportOf(measured: Measured, limits: MeanLimits): Report {
  return {
    tables: [issuedTable(measured, limits), verifiedTable(measured.verified), limitsTable(limits)],
    remarks: [
      `Of ${VALIDATORS} validators: the same proofs, restated under a set of ${VALIDATORS} and three votes. Verified on one core, each proof whole.`,
    ],
    json: { ...measured, verified: measured.verified.map((each) => ({ ...each, ratios: sharesOf(each) })), limits },
  };
}

function issuedTable({ keys, inProcess, overHttp }: Measured, limits: MeanLimits): Table {
  return {
    title: `issued a second, ${keys} keys`,
    columns: ["in process", "over HTTP", "by signatures", "node µs", "asker µs", "p50, p99 ms"],
    rows: (Object.keys(overHttp) as Asking[]).map((asking) => {
      const http = overHttp[asking];
      const bySignatures = rounded(http.perSecond / limits.signaturesPerSecond, 4);
      const { perSecond, nodeMicroseconds, generatorMicroseconds, answerP50Ms, answerP99Ms } = http;
      const latency = `${answerP50Ms}, ${answerP99Ms}`;
      return [asking, inProcess[asking], perSecond, bySignatures, nodeMicroseconds, generatorMicroseconds, latency];
    }),
  };
}

function verifiedTable(verified: readonly Verified[]): Table {
  return {
    title: "verified a second, one core",
    columns: ["native", "by its signatures alone", "plain code", "by its signatures alone", "bytes", "least, most"],
    rows: verified.map((each) => {
      const { name, bytes, native, plain } = each;
      const shares = sharesOf(each);
      const rates = [rounded(native.perSecond), shares.native, rounded(plain.perSecond), shares.plain] as const;
      return [name, ...rates, bytes.median, `${bytes.least}, ${bytes.most}`];
    }),
  };
}

/** The rate of whole proofs by that of their signatures alone: what is missing to 1 goes to form, hashes and paths. */
function sharesOf({ native, plain }: Verified): { readonly native: number; readonly plain: number } {
  const share = ({ perSecond, signaturesAlonePerSecond }: VerifyingResult): number =>
    rounded(perSecond / signaturesAlonePerSecond, 3);
  return { native: share(native), plain: share(plain) };
}
