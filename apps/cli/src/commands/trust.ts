import { toHex } from "@acta/bytes";
import { parseTrustFile, type TrustFile, trustFingerprint } from "@acta/protocol";
import { type Command, CommandError } from "@acta/sdk";
import { type Say, sayIn } from "../words.ts";

const exportCommand: Command = {
  name: "trust export",
  summary: "Save what a verifier must believe about this ledger.",
  usage: "--out FILE",
  help: "Compare the fingerprint with the ledger's keepers, in person or on paper: whoever gives you the file decides what you believe.",
  options: { out: { meaning: "FILE     where the trust file goes; a present one is replaced", required: true } },
  async run({ node, files, say, result, language }, _words, { out = "" }) {
    const bytes = await node.trustFile();
    const trust = parseTrustFile(bytes);
    files.replace(out, bytes);
    result({ file: out, ...summary(trust, bytes) });
    const word = sayIn(language);
    say(word("trust.file", { path: out }));
    for (const line of lines(trust, bytes, word)) say(line);
    return 0;
  },
};

const showCommand: Command = {
  name: "trust show",
  summary: "Say what a trust file makes you believe.",
  usage: "FILE",
  help: "Prints ledger, epochs, validators, anchor, suites and the fingerprint that people compare.",
  options: {},
  async run({ files, say, result, language }, [path]) {
    const word = sayIn(language);
    if (path === undefined) throw new CommandError(word("trust.name"));
    const bytes = files.read(path);
    const trust = parseTrustFile(bytes);
    result(summary(trust, bytes));
    for (const line of lines(trust, bytes, word)) say(line);
    return 0;
  },
};

/** `acta trust export` and `acta trust show`. */
export const trustCommands: readonly Command[] = [exportCommand, showCommand];

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).concat("Z");
}

function lines(trust: TrustFile, bytes: Uint8Array, say: Say): string[] {
  const { name, demo, anchor, period } = trust;
  return [
    say(demo ? "trust.ledgerDemo" : "trust.ledger", { name, id: toHex(trust.ledgerId) }),
    say("trust.fingerprint", { hex: toHex(trustFingerprint(bytes)) }),
    say("trust.issued", { time: day(trust.issued), days: Math.floor(period / 86_400) }),
    say("trust.anchor", { height: anchor.height, hash: toHex(anchor.appHash) }),
    ...trust.epochs.flatMap((epoch) => epochLines(epoch, say)),
    ...trust.suites.map(({ algorithm, until }) => say("trust.suite", { suite: algorithm, time: day(until) })),
  ];
}

function epochLines({ number, chain, closed, sets }: TrustFile["epochs"][number], say: Say): string[] {
  return [
    closed === undefined
      ? say("trust.epochOpen", { number, chain })
      : say("trust.epochClosed", { number, chain, height: closed.lastHeight }),
    ...sets.flatMap(({ from, validators }) =>
      validators.map(({ institution, publicKey, power }) =>
        say("trust.validator", { from, institution, key: toHex(publicKey).slice(0, 16), power }),
      ),
    ),
  ];
}

function summary(trust: TrustFile, bytes: Uint8Array): object {
  return {
    ledger: toHex(trust.ledgerId),
    name: trust.name,
    fingerprint: toHex(trustFingerprint(bytes)),
    development: trust.development,
    demo: trust.demo,
    issued: trust.issued,
    period: trust.period,
    anchor: { height: trust.anchor.height, appHash: toHex(trust.anchor.appHash) },
    epochs: trust.epochs.map(({ number, chain, sets }) => ({
      number,
      chain,
      sets: sets.map(({ from, validators }) => ({
        from,
        validators: validators.map(({ institution, algorithm, publicKey, power }) => ({
          institution,
          algorithm,
          key: toHex(publicKey),
          power,
        })),
      })),
    })),
    suites: trust.suites,
  };
}
