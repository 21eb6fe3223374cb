import { type Language, type Say as SayWord, voiceIn } from "@acta/contract";
import zh from "./zh.json" with { type: "json" };

/** What the command line says, in English; `zh.json` has it in Chinese, and the help of each verb by its name. */
export const ENGLISH = {
  "overview.title": "acta: enter facts, keep the proof, verify offline.",
  "overview.more": "Each says more with --help, and prints JSON with --json.",
  "common.node": "URL      the node to speak with (default {node}, or ACTA_NODE)",
  "common.json": "         print one JSON value instead of sentences",
  "common.lang": "zh|en    language of the sentences (default: ACTA_LANG, or that of the terminal)",
  "common.help": "         say what the command does",
  "wrong.option": "acta {command} needs --{option}. See: acta {command} --help",
  "wrong.command": 'There is no command "acta {words}". {hint}',
  "wrong.near": "There is: {commands}.",
  "wrong.see": "See: acta --help",
  "wrong.language": "--lang takes zh or en.",
  "wrong.arguments": "{words}\nSee: acta {command} --help",
  "error.nodeAway": "No node answers at {node}. Start it (npm start), or name another with --node.",
  "file.notFile": "{path} is not a file.",
  "file.ENOENT": "{path}: There is no such file.",
  "file.EACCES": "{path}: Reading or writing it is not permitted.",
  "file.EISDIR": "{path}: This is a folder, not a file.",
  "file.ENOTDIR": "{path}: A part of this path is not a folder.",
  "file.ENOSPC": "{path}: The disk is full. Make room and run the command again: it goes on where it stopped.",
  "file.EEXIST": "{path}: It is there already.",
  "lock.waiting": "Another acta command (process {process}) works in {folder}: waiting for it.",
  "lock.taken": "Another acta command works in {folder}. Run this one again when it has ended.",
  "present.file": "{path} is there already; nothing is overwritten.",
  "status.ledger": "Ledger   {name} ({id})",
  "status.chain": "Chain    {chain}",
  "status.chainDemo": "Chain    {chain}, demo",
  "status.block": "Block    {height}",
  "status.now": "Now      {time}",
  "status.state": "State    {state}",
  "status.running": "running",
  "key.suites": "--suite takes one of {suites}.",
  "key.present": "{path} is there already: keys are never overwritten.",
  "key.key": "Key      {path}",
  "key.party": "Party    {party}",
  "trust.name": "Name a trust file: acta trust show FILE",
  "trust.file": "Trust file   {path}",
  "trust.ledger": "Ledger       {name} ({id})",
  "trust.ledgerDemo": "Ledger       {name} ({id}), demo",
  "trust.fingerprint": "Fingerprint  {hex}",
  "trust.issued": "Issued       {time}, fresh proofs for {days} days",
  "trust.anchor": "Anchor       block {height}, app hash {hash}",
  "trust.epochOpen": "Epoch {number}      {chain}, open",
  "trust.epochClosed": "Epoch {number}      {chain}, closed at {height}",
  "trust.validator": "  from {from}     {institution}: {key}…, power {power}",
  "trust.suite": "Suite {suite}    until {time}",
  "receipt.name": "Name at least one proof: acta receipt renew FILE [--trust FILE]",
  "receipt.oneOut": "--out names one file: renew one proof with it.",
  "receipt.present": "{path} is there already, and is not overwritten. Move it away, or name another file with --out.",
  "receipt.nodeTrust": "The node's trust file",
  "receipt.noHeader": "{path} rests on a height of a trust file and shows no header, so nothing can be linked to it.",
  "receipt.renewed": "RENEWED  {path}",
  "receipt.asItWas": "AS IT WAS  {path}",
  "receipt.not": "NOT RENEWED  {path}",
  "receipt.nothing": "It rests on the newest header already.",
  "record.which": "Say which: acta record get CONTRACT RECORD KEY…",
  "law.which": "Name an application: {names}.",
  "verify.name": "Name at least one slip, receipt or proof: acta verify FILE --trust FILE",
  "verify.hashed": "bytes hashed of {name}",
} as const;

/** Says a sentence with its blanks filled. */
export type Say = SayWord<keyof typeof ENGLISH>;

/** The command line's voice in a language. */
export function sayIn(language: Language): Say {
  return voiceIn(language, ENGLISH, zh);
}

/** The language asked for: by `--lang`, then ACTA_LANG, then the terminal's. English where none of them is Chinese. */
export function languageOf(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const at = args.findIndex((each) => each === "--lang" || each.startsWith("--lang="));
  const given = at < 0 ? undefined : (args[at]?.split("=")[1] ?? args[at + 1]);
  const { ACTA_LANG, LC_ALL, LC_MESSAGES, LANG } = environment;
  return (given ?? (ACTA_LANG || LC_ALL || LC_MESSAGES || LANG || "")).startsWith("zh") ? "zh" : "en";
}
