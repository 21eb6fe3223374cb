import { equalBytes } from "@acta/bytes";
import { type CommitProof, commitProofChecks, countVotes, type VoteCount } from "@acta/light-client";
import { leafHash, rootFromPath } from "@acta/merkle";
import { appHash, logEntry } from "../app-hash.ts";
import type { Reason } from "../reasons.ts";
import type { ValidatorSet } from "../trust-file.ts";
import { hashOfSet } from "../trust-file-consistency.ts";
import type { Link, Trusted } from "../trusted.ts";
import { type Belief, type Findings, isSuiteInForce, NotValid, type PlacedHeader, placeHeader } from "./belief.ts";

/** An app hash that something is proved by: after the block of this height; undefined where nothing says what it is. */
export type Target = { readonly height: number; readonly appHash: Uint8Array | undefined };

/**
 * Examines what a proof rests on (FORMATS §7, trusted) and returns its first header. Throws {@link NotValid}; leaves
 * doubts where the end is not believed, and the votes to verify where chain, height and set are the trust file's.
 */
export function examineTrusted(trusted: Trusted, belief: Belief, findings: Findings): PlacedHeader {
  const placed = trusted.headers.map((header) => placeHeader(header, belief, findings));
  const [first] = placed;
  const last = placed.at(-1);
  if (first === undefined || last === undefined) throw new NotValid("wrong-form", "no header");
  const { end } = trusted;
  trusted.links.forEach((link, index) => {
    const [from, to] = [placed[index], placed[index + 1]];
    const target = to ? targetOf(to) : end.kind === "height" ? listedTarget(end.height, belief, findings) : undefined;
    if (from?.place && target) examineLink(link, { height: from.place.height, hash: from.hash }, target, belief);
  });
  if (end.kind === "commit") examineCommit(end.commit, last, belief, findings);
  return first;
}

/** The app hash that a header carries; undefined where its chain is not listed. */
export function targetOf({ header, place }: PlacedHeader): Target | undefined {
  return place && { height: place.height - 1, appHash: header.appHash };
}

/** The app hash that the trust file lists for a height; a doubt where it lists none. */
export function listedTarget(height: number, { appHashes }: Belief, findings: Findings): Target {
  const listed = appHashes.get(height);
  if (listed === undefined) findings.doubts.push("height-not-listed");
  return { height, appHash: listed };
}

/**
 * Checks that the log entry of a block leads to an app hash. Where that is not known only the form of the path is
 * checked; the path's length for another index or size is wrong, so links only go backwards. Throws {@link NotValid}.
 */
export function examineLink(
  link: Link,
  block: { readonly height: number; readonly hash: Uint8Array },
  target: Target,
  { trust }: Belief,
  reason: Reason = "wrong-link",
): void {
  const entry = logEntry(block.height, block.hash, link.actionCount, link.actionsRoot);
  const logRoot = rootFromPath(leafHash(entry), block.height - 1, target.height, link.logPath);
  if (logRoot === undefined)
    throw new NotValid(reason, `no path from block ${block.height} to height ${target.height}`);
  if (target.appHash === undefined) return;
  if (!equalBytes(appHash(trust.ledgerId, link.stateRoot, logRoot, target.height), target.appHash))
    throw new NotValid(reason, `block ${block.height} does not lead to the app hash of height ${target.height}`);
}

function examineCommit(commit: CommitProof, last: PlacedHeader, belief: Belief, findings: Findings): void {
  if (last.place === undefined) return;
  const set = findSet(last, findings);
  if (set === undefined) return;
  const count = countVotes(commit, set.validators);
  if (count !== "quorum") throw new NotValid("no-quorum", COUNTED[count]);
  const { chainId, height } = last.header;
  for (const check of commitProofChecks(commit, { chainId, height, hash: last.hash }, set.validators))
    findings.checks.push({ check, reason: "wrong-vote" });
  findings.doubts.push(...timeDoubts(last, commit, set, belief));
}

const COUNTED = {
  short: "the votes are not more than two thirds",
  surplus: "votes follow after two thirds are passed",
  foreign: "a vote of a validator that the set does not have",
} as const satisfies Record<Exclude<VoteCount, "quorum">, string>;

/** The set whose votes are believed: the last of the open epoch. A doubt where the header is not of it. */
function findSet({ header, place }: PlacedHeader, { doubts }: Findings): ValidatorSet | undefined {
  const set = place?.epoch.sets.at(-1);
  if (place === undefined || set === undefined) return undefined;
  const doubt = ((): Reason | undefined => {
    if (place.epoch.closed) return "epoch-closed";
    if (place.height < set.from) return "set-retired";
    return equalBytes(header.validatorsHash, hashOfSet(set)) ? undefined : "unknown-set";
  })();
  if (doubt === undefined) return set;
  doubts.push(doubt);
  return undefined;
}

/** Seconds that a header may be ahead of the verifier's clock. */
const AHEAD_SECONDS = 60;

function timeDoubts({ header }: PlacedHeader, commit: CommitProof, set: ValidatorSet, belief: Belief): Reason[] {
  const { trust, now, hasClock } = belief;
  if (!hasClock) return ["no-clock"];
  if (trust.demo) return [];
  const { seconds, nanoseconds } = header.time;
  const ahead = seconds - (now + AHEAD_SECONDS);
  const doubts: Reason[] = [];
  if (now > trust.anchor.time + trust.period) doubts.push("trust-file-too-old");
  if (seconds < now - trust.period) doubts.push("header-too-old");
  if (ahead > 0 || (ahead === 0 && nanoseconds > 0)) doubts.push("header-in-future");
  const counted = commit.votes.map(({ index }) => set.validators[index]);
  if (counted.some((validator) => validator && !isSuiteInForce(validator.algorithm, belief)))
    doubts.push("suite-ended");
  return doubts;
}
