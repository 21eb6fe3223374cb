import { type CborValue, fromObject } from "@acta/bytes";
import { sealCommitment, sha256 } from "@acta/crypto";
import { listRoot, listTree } from "@acta/merkle";
import {
  buildActed,
  buildReceipt,
  buildSlip,
  buildStateProof,
  type Call,
  type Disclosure,
  type LedgerAction,
  type PayloadDraft,
  renewProof,
  sealedToCbor,
  type Transaction,
} from "../src/index.ts";
import {
  type Executed,
  execute,
  NOW,
  registeredOf,
  resultLeaves,
  START,
  seeded,
  signedTransaction,
  strangerOf,
  TestChain,
  testKey,
} from "./chain.ts";

/** A genuine proof, the trust file that believes it, and the file that it is about, if any. */
export type Sample = { readonly name: string; readonly bytes: Uint8Array; readonly trust: Uint8Array };

/** What a sample chain has to show. */
export type SampleChain = {
  readonly chain: TestChain;
  readonly trust: Uint8Array;
  readonly now: number;
  readonly samples: readonly Sample[];
  readonly transactions: {
    readonly single: Transaction;
    readonly several: Transaction;
    readonly together: Transaction;
  };
  readonly disclosures: readonly Disclosure[];
  /** The content of the file that the slip opens. */
  readonly file: Uint8Array;
};

const alice = testKey("alice");
const registry = testKey("registry");

/** The file that the sample slip is about. */
export const FILE = seeded("content");

/**
 * A chain with a receipt, a slip, a state proof and a proof of an act, fresh and renewed, each in a block of its own:
 * no two of them share a header, so that no mixture of two is a third genuine one.
 */
export function sampleChain(validatorCount: number): SampleChain {
  const chain = new TestChain(`sample-${validatorCount}`, validatorCount);
  const single = entered(chain, [call("First", "")], "each", "one");
  const several = entered(
    chain,
    ["a", "b", "c"].map((title) => call(title, title)),
    "each",
    "several",
    true,
  );
  const together = entered(
    chain,
    ["d", "e"].map((title) => call(title, title)),
    "together",
    "together",
  );
  const sealed = sealedCall(chain);
  const deposit = entered(chain, [sealed.call], "each", "slip");
  const drafts = [single, several, together, deposit].map((transaction, index) => {
    const executed: Executed[] = [execute(transaction, index === 1 ? [1] : []), execute(filler(chain, index))];
    const height = chain.add({
      executed,
      writes: [
        [
          [2, "registry", "entry", index],
          [1, fromObject({ title: `${index}` })],
        ],
      ],
    });
    chain.add();
    const result = { index: 0, tree: listTree(resultLeaves(executed)) };
    const keys = index === 1 ? [registry.publicKey] : [];
    return {
      transaction,
      keys,
      outcomes: (executed[0] as Executed).outcomes,
      result,
      trusted: chain.trusted(height + 1),
    };
  });
  const [first, second, third, fourth] = drafts as unknown as [Draft, Draft, Draft, Draft]; // one for each of the four transactions
  const actions = [0, 1, 2].map(ledgerAction);
  const acted = chain.add({ actions });
  chain.add();
  const stateHeight = chain.add({
    writes: [
      [
        [2, "registry", "entry", "last"],
        [1, fromObject({ title: "last" })],
      ],
    ],
  });
  const tree = chain.prove([
    [2, "registry", "entry", 0],
    [2, "registry", "entry", "nobody"],
    [2, "registry", "entry", "last"],
  ]);
  const later = chain.add();
  const last = chain.add();
  const trust = chain.trust(later);
  const receipt = buildReceipt({ ...third, callIndex: 1 });
  const thirdHeader = third.trusted.headers[0]?.height ?? 0;
  const samples: [string, Uint8Array][] = [
    ["receipt of one call by a stranger", buildReceipt({ ...first, callIndex: 0 })],
    ["receipt of the second of three calls, refused, by two signers", buildReceipt({ ...second, callIndex: 1 })],
    [
      "receipt of a together, renewed to the anchor",
      renewProof(receipt, { link: chain.link(thirdHeader, later), height: later }),
    ],
    [
      "slip with an opened file and an opened price",
      buildSlip(sealed.disclosures, buildReceipt({ ...fourth, callIndex: 0, withSignatures: false })),
    ],
    [
      "state proof of three records",
      buildStateProof({ tree, logRoot: chain.logRoot(stateHeight), trusted: chain.trusted(later) }),
    ],
    [
      "proof of an act",
      buildActed({
        header: chain.header(acted),
        actions,
        actionIndex: 2,
        ...chain.restOf(acted, last - 1),
        trusted: chain.trusted(last),
      }),
    ],
  ];
  return {
    chain,
    trust,
    now: NOW,
    samples: samples.map(([name, bytes]) => ({ name, bytes, trust })),
    transactions: { single, several, together },
    disclosures: sealed.disclosures,
    file: FILE,
  };
}

type Draft = Omit<Parameters<typeof buildReceipt>[0], "callIndex">;

function call(title: string, blind: string): Call {
  return {
    contract: "registry",
    version: 1,
    action: "enter",
    input: fromObject({ id: seeded(title, 16), title }),
    expects: blind === "" ? [] : [{ contract: "registry", record: "entry", key: [title], valueHash: null }],
    blind: blind === "" ? new Uint8Array() : seeded(`blind ${blind}`, 16),
  };
}

function draftOf(chain: TestChain, calls: readonly Call[], mode: PayloadDraft["mode"], name: string): PayloadDraft {
  return {
    ledgerId: chain.ledgerId,
    expiry: START + 600,
    nonce: seeded(`nonce ${name}`, 16),
    signers: [strangerOf(alice)],
    mode,
    calls,
  };
}

function entered(
  chain: TestChain,
  calls: readonly Call[],
  mode: PayloadDraft["mode"],
  name: string,
  isShared = false,
): Transaction {
  const draft = draftOf(chain, calls, mode, name);
  if (!isShared) return signedTransaction(draft, [alice]);
  return signedTransaction({ ...draft, signers: [strangerOf(alice), registeredOf(registry)] }, [alice, registry]);
}

/** Another transaction in the same block, so that results have a path. */
function filler(chain: TestChain, index: number): Transaction {
  return entered(chain, [call(`filler ${index}`, "")], "each", `filler ${index}`);
}

function sealedCall(chain: TestChain): { call: Call; disclosures: Disclosure[] } {
  const place = {
    ledgerId: chain.ledgerId,
    contract: "registry",
    record: "entry",
    key: [seeded("id", 16)],
    party: strangerOf(alice).party,
  };
  const values: [string, CborValue][] = [
    ["price", 900],
    ["file", fromObject({ size: FILE.length, sha256: sha256(FILE), root: listRoot([FILE]) })],
  ];
  const disclosures = values.map(
    ([field, value]): Disclosure => ({ path: [field], salt: seeded(`salt ${field}`), value }),
  );
  const sealed = disclosures.map(({ path, salt, value }): [string, CborValue] => {
    const [field] = path as [string];
    const commitment = sealCommitment({ ...place, field: [field], salt, value });
    return [field, sealedToCbor({ record: place.record, key: place.key, field: [field], commitment })];
  });
  const input = fromObject({ id: seeded("id", 16), ...Object.fromEntries(sealed) });
  return { call: { ...call("", ""), input }, disclosures };
}

function ledgerAction(index: number): LedgerAction {
  const common = {
    index,
    due: START + index,
    contract: "registry",
    action: "lapse",
    name: `entry ${index}`,
    bundleHash: seeded("bundle"),
  };
  if (index !== 1) return { ...common, verdict: "accepted", refusal: null, changesRoot: seeded(`lapse ${index}`) };
  const refusal = { contract: "registry", code: "already-lapsed", blanks: fromObject({}) };
  return { ...common, verdict: "refused", refusal, changesRoot: null };
}
