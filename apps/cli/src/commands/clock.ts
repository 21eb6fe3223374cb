import { timeFromText } from "@acta/contract";
import { operation } from "@acta/ledger";
import { actingKey, type Command, CommandError, type CommandHost, contractClient } from "@acta/sdk";

const keyOptions = {
  key: { meaning: "FILE     the operator's key (default DIR/keys/operator.key)" },
  data: { meaning: "DIR      folder of the ledger (default data)" },
};

const confirmCommand: Command = {
  name: "clock confirm",
  summary: "Confirm the machine's clock after it jumped.",
  usage: "[--key FILE] [--data DIR]",
  help: "A node stops making blocks when its wall clock leaves boot time by more than ten minutes, or goes back five seconds. Set the clock right, then confirm: the confirmation is entered under the operator's key.",
  options: keyOptions,
  async run(host, _words, options) {
    const client = contractClient(operation, { node: host.node, key: operatorKey(host, options), random: host.random });
    const { flags, nowSeconds } = await host.node.status();
    // A demo ledger's clock is ahead of the world by what its operator chose: there the ledger's own now is confirmed.
    const seconds = flags.demo ? nowSeconds : Math.floor(Date.now() / 1000);
    const outcome = await client.confirmClock({
      time: timeFromText(`${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`),
    });
    return report(host, outcome, `The clock is confirmed in block ${outcome.height}.`);
  },
};

const demoCommand: Command = {
  name: "demo clock",
  summary: "Move the clock of a demo ledger forward.",
  usage: "+60d [--key FILE] [--data DIR]",
  help: "Takes days (d), hours (h), minutes (m) or seconds (s). A demo ledger keeps the offset in its state, and every proof from it says demo.",
  options: keyOptions,
  async run(host, [by], options) {
    const client = contractClient(operation, { node: host.node, key: operatorKey(host, options), random: host.random });
    const outcome = await client.advanceDemoClock({ seconds: secondsOf(by) });
    return report(host, outcome, `The demo clock is ${by} ahead since block ${outcome.height}.`);
  },
};

/** `acta clock confirm` and `acta demo clock`. */
export const clockCommands: readonly Command[] = [confirmCommand, demoCommand];

const UNITS: Readonly<Record<string, bigint>> = { d: 86_400n, h: 3600n, m: 60n, s: 1n };

function secondsOf(text: string | undefined): bigint {
  const [, amount, unit] = /^\+(\d{1,9})([dhms])$/.exec(text ?? "") ?? [];
  if (amount === undefined || unit === undefined) throw new CommandError("Say by how much: acta demo clock +60d");
  return BigInt(amount) * (UNITS[unit] ?? 1n);
}

function operatorKey(host: CommandHost, { key, data = "data" }: Readonly<Record<string, string | undefined>>) {
  return actingKey(host.readKey(key ?? host.files.join(data, "keys", "operator.key")));
}

function report(
  host: CommandHost,
  outcome: { readonly accepted: boolean; readonly height: number; readonly refused?: string },
  done: string,
): number {
  host.result({ accepted: outcome.accepted, height: outcome.height, refused: outcome.refused });
  host.say(outcome.accepted ? done : `Refused: ${outcome.refused} (block ${outcome.height}).`);
  return outcome.accepted ? 0 : 1;
}
