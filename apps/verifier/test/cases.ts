import { readFileSync } from "node:fs";

/** A file as a browser is handed it. */
export type GivenFile = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** What is put in, when, and the words that must be read. */
export type VerdictCase = {
  readonly title: string;
  /** The device's clock; undefined: the real one. */
  readonly now?: string;
  readonly files: readonly GivenFile[];
  readonly reason: string;
  readonly zh: readonly string[];
  readonly en: readonly string[];
};

type Vector = { readonly note: string; readonly now: string; readonly bytes: string; readonly trust: string };

const vectors = readFileSync(new URL("../../../vectors/draft/formats/cases.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Vector); // our own vectors

/** A file from its bytes. */
export function given(name: string, buffer: Buffer): GivenFile {
  return { name, mimeType: "", buffer };
}

/** The proof, the trust file and the clock of the vector whose note begins so. */
export function fromVector(note: string, name: string): { now: string; proof: GivenFile; trust: GivenFile } {
  const found = vectors.find((vector) => vector.note.startsWith(note));
  if (!found) throw new Error(`No vector's note begins with "${note}".`);
  const { now, bytes, trust } = found;
  return {
    now,
    proof: given(name, Buffer.from(bytes, "base64")),
    trust: given("ledger.trust", Buffer.from(trust, "base64")),
  };
}

type Words = Omit<VerdictCase, "now" | "files">;

function vectorCase(note: string, name: string, words: Words): VerdictCase {
  const { now, proof, trust } = fromVector(note, name);
  return { ...words, now, files: [proof, trust] };
}

const fresh = fromVector("four validators, two signers", "entry.receipt");

/** One case for each kind of verdict that the vectors can show. */
export const cases: readonly VerdictCase[] = [
  {
    title: "a fresh receipt",
    now: fresh.now,
    files: [fresh.trust, fresh.proof],
    reason: "valid",
    zh: [
      "有效",
      "证明是真的",
      "2027年3月1日 17:00:11（UTC+8）",
      "2027-03-01 09:00:11 UTC",
      "registry.enter",
      "已接受",
      "核到区块",
    ],
    en: ["Valid", "The proof is genuine", "1 March 2027, 17:00:11 (UTC+8)", "2027-03-01 09:00:11 UTC", "Accepted"],
  },
  vectorCase("two links to the anchor", "entry.receipt", {
    title: "a receipt renewed to the anchor",
    reason: "valid",
    zh: ["有效", "沿账本日志"],
    en: ["Valid", "through the ledger’s log"],
  }),
  vectorCase("file value of 2,500,000 bytes", "deed.slip", {
    title: "a slip whose file was not given",
    reason: "valid",
    zh: ["有效", "文件没有比对", "2,500,000 字节", "把原件拖到这里"],
    en: ["Valid", "file not compared", "2,500,000 bytes", "Drop the original file here"],
  }),
  vectorCase("one link to a closed epoch's app hash", "entry.receipt", {
    title: "a receipt of a refusal",
    reason: "valid",
    zh: ["被拒绝", "registry / exists", "请排除所列障碍"],
    en: ["Refused", "registry / exists", "Clear what stands in the way"],
  }),
  vectorCase("mode together, call 0 of 4", "entry.receipt", {
    title: "a receipt of a call that was undone",
    reason: "valid",
    zh: ["没有生效", "另一调用被拒绝"],
    en: ["Without effect", "another call of the same transaction was refused"],
  }),
  vectorCase("one record, present", "record.proof", {
    title: "a state proof",
    reason: "valid",
    zh: ["有效", "账本上的记录", "状态证明"],
    en: ["Valid", "records were as shown", "State proof"],
  }),
  vectorCase("mixed set, a counted vote of ML-DSA-65", "record.proof", {
    title: "votes that no quantum computer can forge",
    reason: "valid",
    zh: ["有效", "三分之二以上的验证者"],
    en: ["Valid", "more than two thirds of the validators"],
  }),
  vectorCase("stranger with ESP256", "entry.receipt", {
    title: "a signer with a key of another kind",
    reason: "valid",
    zh: ["有效", "主体由签署所用的密钥得出"],
    en: ["Valid", "the party derives from the key that signed"],
  }),
  vectorCase("second of three ledger actions (refused)", "lapse.proof", {
    title: "an act of the ledger itself that was refused",
    reason: "valid",
    zh: ["被拒绝", "由账本在区块", "规则拒绝", "到期"],
    en: ["Refused", "its own rules refused it", "Due"],
  }),
  vectorCase("slip: receipt tampered, openings right", "deed.slip", {
    title: "a tampered slip",
    reason: "wrong-result",
    zh: ["被改动过", "该结果不在区块的结果之中", "不要依据此份"],
    en: ["Altered", "not among the results of the block", "do not rely on this one"],
  }),
  vectorCase("slip: another value", "deed.slip", {
    title: "a slip with another value",
    reason: "wrong-disclosure",
    zh: ["被改动过", "并非当初密封的值"],
    en: ["Altered", "not the one that was sealed"],
  }),
  vectorCase("slip of a closed epoch without link", "deed.slip", {
    title: "a slip that has to be renewed",
    reason: "epoch-closed",
    zh: ["待补证", "已结束的一届", "不要当作有效，也不要当作无效", "它自称（未经证明）"],
    en: [
      "Unproved: renew",
      "an epoch that has ended",
      "neither as valid nor as invalid",
      "What it claims (not proved)",
    ],
  }),
  {
    title: "a receipt of another ledger",
    now: fresh.now,
    files: [fresh.proof, fromVector("demo ledger: time is not asked", "x").trust],
    reason: "unknown-ledger",
    zh: ["不认识的账本", "自称账本"],
    en: ["Unknown ledger", "It names ledger"],
  },
  {
    title: "a receipt without a trust file",
    now: fresh.now,
    files: [fresh.proof],
    reason: "no-trust-file",
    zh: ["还不能判断", "切勿使用随证明一起送来的"],
    en: ["Cannot tell yet", "never the one that came with the proof"],
  },
  {
    title: "a receipt under a damaged trust file",
    now: fresh.now,
    files: [fresh.proof, given("ledger.trust", fresh.trust.buffer.subarray(0, -9))],
    reason: "trust-file-malformed",
    zh: ["无法判断", "信任文件已损坏"],
    en: ["Cannot tell: trust file", "The trust file is damaged"],
  },
  vectorCase("header time a nanosecond beyond now + 60 s", "record.proof", {
    title: "a proof from the future of this device",
    reason: "header-in-future",
    zh: ["无法判断：时钟", "请校准时钟"],
    en: ["Cannot tell: clock", "Set the clock"],
  }),
];
