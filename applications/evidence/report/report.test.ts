import { encodeRecord } from "@acta/contract";
import { describe, expect, test } from "vitest";
import { evidence } from "../evidence.ts";
import type { DepositFacts, Finding, RecordFacts, ReportFacts } from "./facts.ts";
import { reportAsPage } from "./page.ts";
import { report } from "./report.ts";
import { reportAsText } from "./text.ts";

const hex = (digit: string): string => digit.repeat(64);
const valid: Finding = {
  verdict: "valid",
  reason: "valid",
  meaning: "All holds.",
  remedy: "Nothing.",
  basis: "fresh",
  file: "same",
};
const deposit: DepositFacts = {
  number: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
  height: 1812,
  noLaterThan: { seconds: 1_772_414_100, nanoseconds: 5 },
  outcome: "accepted",
  refusal: undefined,
  signers: [{ party: hex("a"), key: hex("b"), proved: true, signature: "verified" }],
  file: { size: 1_234_567, sha256: hex("1"), root: hex("2") },
  description: "An article <b>copied</b> & shown.",
  commitment: hex("c"),
  transaction: hex("d"),
  bundle: hex("e"),
  version: 1,
};
const facts: ReportFacts = {
  slip: { name: "article.slip", sha256: hex("9") },
  file: { name: "article.txt", size: 1_234_567, sha256: hex("1"), root: hex("2") },
  finding: valid,
  deposit,
  trust: {
    fingerprint: hex("f"),
    ledger: hex("3"),
    name: "river",
    development: false,
    demo: false,
    keepers: [{ institution: "River office", power: 1 }],
  },
  records: { kind: "not-asked" },
  account: { kind: "none" },
  madeAt: 1_772_500_000,
};

const text = (given: Partial<ReportFacts>, language: "zh" | "en" = "en"): string =>
  reportAsText(report({ ...facts, ...given }, language)).join("\n");

describe("a report of a valid slip", () => {
  test("says what was deposited, when, by whom, and that the file is the same", () => {
    expect(text({})).toContain("== The same, byte for byte ==");
    expect(text({})).toContain(
      "Entered no later than: 2 March 2026, 09:15:01 (UTC+8) · 2026-03-02 01:15:01 UTC · block 1,812",
    );
    expect(text({})).toContain("Signed by: party aaaa aaaa … aaaa");
    expect(text({})).toContain("1,234,567 bytes");
  });

  test("says the same in Chinese", () => {
    expect(text({}, "zh")).toContain("== 相同，一字节不差 ==");
    expect(text({}, "zh")).toContain("入账不晚于: 2026年3月2日 09:15:01（UTC+8）");
    expect(text({}, "zh")).not.toMatch(/\{\w+\}/);
  });

  test("answers the court's four questions, each with what the proof cannot show", () => {
    const answers = report(facts, "en").sections.filter(({ kind }) => kind === "answer");
    expect(answers.map(({ title }) => title.split(":")[0])).toEqual([
      "1. Platform",
      "2. Neutrality",
      "3. System",
      "4. Process",
    ]);
    for (const { says = [], proof = [] } of answers) expect([says.length, proof.length].includes(0)).toBe(false);
  });

  test("says what is not proved, above all that one keeper orders blocks alone", () => {
    const limits = report(facts, "en").sections.find(({ kind }) => kind === "limits")?.says ?? [];
    expect(limits.join("\n")).toContain("This ledger has one keeper: it alone orders blocks");
    expect(limits.join("\n")).toContain("No node was asked");
    const trust = facts.trust && {
      ...facts.trust,
      keepers: [1, 2, 3, 4].map((n) => ({ institution: `K${n}`, power: 1 })),
    };
    expect(text({ trust })).not.toContain("one keeper");
    expect(text({ trust })).toContain("kept by 4 institutions: K1, K2, K3, K4");
  });

  test("marks a demo ledger on top and among what is not proved", () => {
    const trust = facts.trust && { ...facts.trust, demo: true };
    expect(report({ ...facts, trust }, "en").mark).toContain("DEMO LEDGER");
    expect(text({ trust }, "zh")).toContain("任何法律上的效力：这是供试用的账本。");
  });

  test("without the file says that it was not compared", () => {
    const said = text({ file: undefined, finding: { ...valid, file: "not-asked" } });
    expect(said).toContain("== Valid; file not compared ==");
    expect(said).toContain("It was not computed anew: no file was given.");
  });

  test("keeps the numbers for the end", () => {
    const { sections } = report(facts, "en");
    expect(sections.at(-1)?.kind).toBe("numbers");
    expect(sections.at(-1)?.facts?.map(({ value }) => value)).toContain(hex("c"));
    expect(JSON.stringify(sections.slice(0, -1))).not.toMatch(/[0-9a-f]{64}/);
  });

  test("of a refused deposit gives the ledger's reason in both languages", () => {
    const refusal = { contract: "evidence", code: "one-depositor", blanks: { count: "2" } };
    const given = { deposit: { ...deposit, outcome: "refused", refusal } } as const;
    expect(text(given)).toContain("== Refused by the ledger ==");
    expect(text(given)).toContain("refused: A deposit has one depositor, but 2 parties signed.");
    expect(text(given, "zh")).toContain("被拒绝：一项存证只有一名存证人，但有 2 方签署。");
    expect(report({ ...facts, ...given }, "en").tally.picture).toBe("stopped");
  });

  test("says where a key's owner is only the ledger's word", () => {
    const [signer] = deposit.signers;
    const signers = signer ? [{ ...signer, proved: false }] : [];
    expect(text({ deposit: { ...deposit, signers } })).toContain("That the key was this party’s is the ledger’s word.");
  });
});

describe("a report of a slip that is not proved", () => {
  const broken: Finding = { ...valid, verdict: "not-valid", reason: "wrong-signature", meaning: "A signature fails." };

  test("says so, answers nothing, and shows the slip's words as mere claims", () => {
    const said = text({ finding: broken, deposit: undefined });
    expect(said).toContain("== Not valid ==\nA signature fails.");
    expect(said).toContain("it answers none of them");
    expect(said).not.toContain("What was deposited");
    const claimed = text({ finding: { ...broken, verdict: "cannot-tell", reason: "header-too-old" } });
    expect(claimed).toContain("== Unproved: renew ==");
    expect(claimed).toContain("What the slip says (not proved)");
    expect(claimed).not.toContain("Afterwards");
  });

  test.each([
    ["wrong-file", "not-valid", "Not the same file", "misses"],
    ["wrong-signature", "not-valid", "Not valid", "broken"],
    ["unknown-ledger", "not-valid", "Unknown ledger", "unknown"],
    ["no-file", "not-valid", "Nothing about this file", "unknown"],
    ["no-clock", "cannot-tell", "Cannot tell", "dotted"],
    ["set-retired", "cannot-tell", "Unproved: renew", "dotted"],
  ] as const)("for %s has a word and a picture", (reason, verdict, word, picture) => {
    const written = report({ ...facts, finding: { ...broken, verdict, reason, file: "different" } }, "en");
    expect([written.verdict.word, written.tally.picture]).toEqual([word, picture]);
  });
});

describe("the custody list", () => {
  const fields = evidence.records.deposit.fields;
  // Values as the ledger keeps them; the brands are checked where they are encoded.
  const kept = (more: object): Uint8Array =>
    encodeRecord(
      fields,
      {
        depositor: hex("a"),
        file: hex("c"),
        depositedAt: 1n,
        status: "kept",
        custodyEntries: 0n,
        ...more,
      } as never,
      1,
    );
  const entry = encodeRecord(
    evidence.records.custody.fields,
    { event: "transferred", statedAt: 1_772_414_000n, enteredAt: 1_772_414_200n, handedTo: hex("7") } as never,
    1,
  );
  const proved = (bytes: Uint8Array, custody: [number, Uint8Array][] = []): { records: RecordFacts } => ({
    records: { kind: "proved", node: "http://node", height: 2000, deposit: bytes, custody },
  });

  test("is given as of the block that the node proved", () => {
    const said = text(proved(kept({ custodyEntries: 1n }), [[1, entry]]));
    expect(said).toContain(
      "1 | Handed to another keeper | 2 March 2026, 09:13:20 | 2 March 2026, 09:16:40 | 7777 7777 … 7777 | —",
    );
    expect(said).toContain("as of block 2,000");
    expect(said).toContain(`Handed to, entry 1: ${hex("7")}`);
  });

  test("says who holds the deposit, and that no more entries are shown than were asked for", () => {
    const hold = { court: hex("5"), judge: hex("6"), order: hex("8"), since: 1_772_414_100n };
    const said = text(proved(kept({ hold, custodyEntries: 300n }), [[1, entry]]), "zh");
    expect(said).toContain("由法院 5555 5555 … 5555 自 2026年3月2日 09:15:00（UTC+8）起保全");
    expect(said).toContain("共 300 条，以下列出前 1 条");
  });

  test("of another's deposit under the same number is not shown", () => {
    const said = text(proved(kept({ file: hex("0"), custodyEntries: 1n }), [[1, entry]]));
    expect(said).toContain("is another one, not that of this slip");
    expect(said).not.toContain("7777");
  });

  test("is not silently missing: not asked, no answer, no proof and absence have words", () => {
    const node = "http://node";
    expect(text({})).toContain("Not asked.");
    expect(text({ records: { kind: "no-answer", node } })).toContain("no node answered at http://node");
    expect(text({ records: { kind: "not-proved", node, meaning: "Broken." } })).toContain("is not proved: Broken.");
    expect(text({ records: { kind: "absent", node, height: 7 } })).toContain("In block 7 the ledger had no deposit");
  });
});

describe("the description that was deposited with the file", () => {
  const account = {
    title: "Case 7",
    devices: [{ words: "Model 7", kind: "Telephone", serial: "S-007", clock: "2026-03-02T09:15:00Z" }],
    tools: [{ words: "Extractor 2.1" }],
    acts: [
      {
        name: "extracted",
        from: "2026-03-02T09:15:00Z",
        until: "2026-03-02T09:40:00+08:00",
        by: ["A. Sample (Examiner)"],
        with: [],
        at: [],
        took: ["E-1"],
        gave: ["E-2", "a", "b", "c", "d"],
      },
    ],
    traces: [["Call", 1234]],
    sha256: [hex("1")],
  } as const;
  const described = { ...deposit, descriptionFile: { size: 900, sha256: hex("7"), root: hex("8") } };
  const read = { deposit: described, account: { kind: "read", name: "case.json", account } } as const;

  test("is listed as what its author says, after what is not proved", () => {
    const said = text(read);
    expect(said.indexOf("What the description says")).toBeGreaterThan(said.indexOf("What is NOT proved"));
    expect(said).toContain(
      "Device: Model 7 · Telephone · serial number S-007 · its clock showed 2 March 2026, 17:15:00",
    );
    expect(said).toContain("Act “extracted”: 2 March 2026, 17:15:00 – 09:40:00 · by A. Sample (Examiner) · in: E-1");
    expect(said).toContain("out: E-2, a, b, c and 1 more");
    expect(said).toContain("the document names its SHA-256");
    expect(said).toContain("That what the description says is so. It was fixed, not examined.");
    expect(text(read, "zh")).toContain(
      "操作“extracted”: 2026年3月2日 17:15:00 – 09:40:00 · 操作人：A. Sample (Examiner)",
    );
  });

  test("is not read where another document is given, or the slip is not proved", () => {
    expect(text({ deposit: described, account: { kind: "different", name: "x.json" } })).toContain(
      "x.json is not the description that was deposited.",
    );
    expect(text({ deposit: described, account: { kind: "not-given" } })).toContain("--description FILE");
    const finding: Finding = { ...valid, verdict: "cannot-tell", reason: "set-retired" };
    expect(text({ ...read, finding })).not.toContain("Model 7");
  });
});

describe("the page", () => {
  test("names report and sheet at every foot, whatever the slip is called", () => {
    const slip = { name: '"}</style>\\.slip', sha256: hex("9") };
    const page = reportAsPage(report({ ...facts, slip }, "zh"));
    expect(page).toContain('"第 " counter(page) " 页\\ff0c 共 " counter(pages) " 页"');
    expect(page.match(/<\/style>/g)).toHaveLength(1);
  });

  test("is one file without a script, and loads nothing", () => {
    const page = reportAsPage(report(facts, "zh"));
    expect(page).toMatch(/^<!doctype html>\n<html lang="zh-Hans">/);
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(/);
    expect(page).toContain("@page{size:A4");
  });

  test("shows what people wrote as text", () => {
    const page = reportAsPage(report(facts, "en"));
    expect(page).toContain("An article &lt;b&gt;copied&lt;/b&gt; &amp; shown.");
    expect(page).not.toContain("<b>copied");
  });
});
