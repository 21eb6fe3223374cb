import { toHex } from "@acta/bytes";
import { parseTrustFile, type TrustFile, trustFingerprint } from "@acta/protocol";
import { type Command, CommandError } from "@acta/sdk";

const exportCommand: Command = {
  name: "trust export",
  summary: "Save what a verifier must believe about this ledger.",
  usage: "--out FILE",
  help: "Compare the fingerprint with the ledger's keepers, in person or on paper: whoever gives you the file decides what you believe.",
  options: { out: { meaning: "FILE     where the trust file goes; a present one is replaced", required: true } },
  async run({ node, files, say, result }, _words, { out = "" }) {
    const bytes = await node.trustFile();
    const trust = parseTrustFile(bytes);
    files.replace(out, bytes);
    result({ file: out, ...summary(trust, bytes) });
    say(`Trust file   ${out}`);
    for (const line of lines(trust, bytes)) say(line);
    return 0;
  },
};

const showCommand: Command = {
  name: "trust show",
  summary: "Say what a trust file makes you believe.",
  usage: "FILE",
  help: "Prints ledger, epochs, validators, anchor, suites and the fingerprint that people compare.",
  options: {},
  async run({ files, say, result }, [path]) {
    if (path === undefined) throw new CommandError("Name a trust file: acta trust show FILE");
    const bytes = files.read(path);
    const trust = parseTrustFile(bytes);
    result(summary(trust, bytes));
    for (const line of lines(trust, bytes)) say(line);
    return 0;
  },
};

/** `acta trust export` and `acta trust show`. */
export const trustCommands: readonly Command[] = [exportCommand, showCommand];

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).concat("Z");
}

function lines(trust: TrustFile, bytes: Uint8Array): string[] {
  return [
    `Ledger       ${trust.name} (${toHex(trust.ledgerId)})${trust.demo ? ", demo" : ""}`,
    `Fingerprint  ${toHex(trustFingerprint(bytes))}`,
    `Issued       ${day(trust.issued)}, fresh proofs for ${Math.floor(trust.period / 86_400)} days`,
    `Anchor       block ${trust.anchor.height}, app hash ${toHex(trust.anchor.appHash)}`,
    ...trust.epochs.flatMap((epoch) => [
      `Epoch ${epoch.number}      ${epoch.chain}, ${epoch.closed === undefined ? "open" : `closed at ${epoch.closed.lastHeight}`}`,
      ...epoch.sets.flatMap((set) =>
        set.validators.map(
          (each) =>
            `  from ${set.from}     ${each.institution}: ${toHex(each.publicKey).slice(0, 16)}…, power ${each.power}`,
        ),
      ),
    ]),
    ...trust.suites.map((suite) => `Suite ${suite.algorithm}    until ${day(suite.until)}`),
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
