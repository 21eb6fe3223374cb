import { contractClient, inputFromJson, type SampleHost, toHex, utf8Encode } from "@acta/sdk";
import { evidence } from "./evidence.ts";

/** A text in both languages of the portal. */
type Bilingual = { readonly en: string; readonly zh: string };

/** An entry of a sample's custody list; times are RFC 3339, as forms give them. */
export type SampleCustody = {
  readonly event: "collected" | "copied" | "transferred" | "examined" | "returned" | "presented" | "destroyed";
  readonly statedAt: string;
  readonly note: Bilingual;
  /** The name of another sample actor, where the file was handed over. */
  readonly handedTo?: string;
};

/** A deposit that the demonstration makes through the public API, and what happens to it. */
export type SampleDeposit = {
  /** Number of the deposit: 32 hex digits. */
  readonly deposit: string;
  /** The name of the sample actor that signs; keys are made by whoever loads the sample. */
  readonly depositor: string;
  /** The file is the UTF-8 encoding of `text`. */
  readonly file: { readonly name: string; readonly text: string };
  readonly description: Bilingual;
  readonly device: Bilingual;
  readonly custody: readonly SampleCustody[];
  /** True if the sample court holds it at the end. */
  readonly isHeld: boolean;
};

/** Invented throughout: no person, firm, case or place in it exists. */
export const sample: readonly SampleDeposit[] = [
  {
    deposit: "5d0c1e7a9b3f4826a1d45e6f70819293",
    depositor: "Plaintiff (sample)",
    file: {
      name: "网页取证-转载文章.txt",
      text: "《山谷里的灯》\n作者：（样例作者）\n\n夜里九点，山谷里亮起第一盏灯。\n——此页内容为样例，纯属虚构。\n",
    },
    description: {
      en: "An article copied without leave, as its page stood when it was captured.",
      zh: "未经许可转载的文章，取证时网页所示内容。",
    },
    device: { en: "Sample office computer 7, sample district.", zh: "样例办公电脑 7 号，样例区。" },
    custody: [
      {
        event: "collected",
        statedAt: "2026-03-02T01:15:00Z",
        note: { en: "Captured from the page.", zh: "从网页提取。" },
      },
      {
        event: "presented",
        statedAt: "2026-04-20T01:30:00Z",
        note: { en: "Presented at the first hearing.", zh: "第一次开庭时出示。" },
      },
    ],
    isHeld: true,
  },
  {
    deposit: "c81f6b02d94e4a7f8e5a3b1c2d0e9f87",
    depositor: "Notary office (sample)",
    file: {
      name: "delivery-note-0042.csv",
      text: "lot,crates,received\nSAMPLE-0042,12,2026-05-06\nSAMPLE-0043,9,2026-05-06\n",
    },
    description: {
      en: "The delivery note on which both sides rely.",
      zh: "双方均据以主张的送货单。",
    },
    device: { en: "Sample scanner at the sample warehouse.", zh: "样例仓库的样例扫描仪。" },
    custody: [
      {
        event: "collected",
        statedAt: "2026-05-07T02:00:00Z",
        note: { en: "Scanned from the paper original.", zh: "由纸质原件扫描。" },
      },
      {
        event: "transferred",
        statedAt: "2026-05-09T06:45:00Z",
        note: { en: "A copy went to the expert.", zh: "副本交鉴定人。" },
        handedTo: "Expert (sample)",
      },
      {
        event: "returned",
        statedAt: "2026-05-21T08:00:00Z",
        note: { en: "The copy came back with the report.", zh: "副本随鉴定意见退回。" },
        handedTo: "Notary office (sample)",
      },
    ],
    isHeld: false,
  },
  {
    deposit: "3e9a7d5c10b24f6e9d8c7b6a59483726",
    depositor: "Plaintiff (sample)",
    file: {
      name: "对话记录.txt",
      text: "甲：货什么时候到？\n乙：周五以前。\n甲：收到。\n（样例对话，纯属虚构。）\n",
    },
    description: {
      en: "Messages in which a day of delivery was promised.",
      zh: "约定送货日期的对话记录。",
    },
    device: { en: "Sample telephone.", zh: "样例手机。" },
    custody: [],
    isHeld: false,
  },
];

/** The file of the sample court's order. */
const ORDER = "（样例）保全裁定书 · Sample order to hold a deposit\n";

/** Makes the sample deposits on a new demo ledger, and keeps files and slips where a person finds them. */
export async function loadSample(host: SampleHost): Promise<void> {
  for (const each of sample) await loadDeposit(host, each);
}

async function loadDeposit(
  host: SampleHost,
  { deposit, depositor, file, description, device, custody, isHeld }: SampleDeposit,
): Promise<void> {
  const { language } = host;
  const owner = contractClient(evidence, { node: host.node, random: host.random, key: host.strangerKey(depositor) });
  const bytes = utf8Encode(file.text);
  const input = { deposit, file: fileJson(host, bytes), description: description[language], device: device[language] };
  const { slip } = await owner.deposit(inputFromJson(evidence.actions.deposit.input, input));
  host.keep(file.name, bytes);
  host.keep(`${file.name}.slip`, slip);
  for (const [index, { event, statedAt, note, handedTo }] of custody.entries()) {
    const to = handedTo === undefined ? {} : { handedTo: host.strangerParty(handedTo) };
    const entry = { deposit, number: String(index + 1), event, statedAt, note: note[language], ...to };
    await owner.custody(inputFromJson(evidence.actions.custody.input, entry));
  }
  if (!isHeld) return;
  const court = contractClient(evidence, { node: host.node, random: host.random, key: host.institutionKey("court") });
  await court.hold(inputFromJson(evidence.actions.hold.input, { deposit, order: fileJson(host, utf8Encode(ORDER)) }));
}

function fileJson({ hash }: SampleHost, bytes: Uint8Array) {
  const { size, sha256, root } = hash(bytes);
  return { size: size.toString(), sha256: toHex(sha256), root: toHex(root) };
}
