import { toHex, utf8Encode } from "@acta/bytes";
import { partyFromBytes, partyToUri } from "@acta/contract";
import { keyId } from "@acta/crypto";
import {
  algorithmOf,
  type Command,
  CommandError,
  formatKeyFile,
  keyFromSecret,
  ownParty,
  SUITES,
  type Suite,
} from "@acta/sdk";
import { sayIn } from "../words.ts";

/** `acta key new`: a signing key of one's own. */
export const keyCommand: Command = {
  name: "key new",
  summary: "Make a signing key of your own.",
  usage: "--suite ed25519 --out FILE",
  help: "The file can sign in your name: it is readable by you alone (mode 0600), never leaves this machine, and is never overwritten.",
  options: {
    suite: { meaning: `NAME     ${Object.keys(SUITES).join(", ")} (default ed25519)` },
    out: { meaning: "FILE     where the key goes", required: true },
  },
  async run({ random, files, say, result, language }, _words, { suite = "ed25519", out = "" }) {
    const word = sayIn(language);
    if (!Object.hasOwn(SUITES, suite))
      throw new CommandError(word("key.suites", { suites: Object.keys(SUITES).join(", ") }));
    // Checked above: one of the names.
    const key = keyFromSecret(suite as Suite, random(32));
    if (!files.writeNew(out, utf8Encode(formatKeyFile(key)), "secret")) {
      throw new CommandError(word("key.present", { path: out }));
    }
    const party = toHex(ownParty(key));
    result({
      file: out,
      suite,
      party,
      keyId: toHex(keyId(algorithmOf(key), key.publicKey)),
      public: toHex(key.publicKey),
    });
    say(word("key.key", { path: out }));
    say(word("key.party", { party }));
    say(`         ${partyToUri(partyFromBytes(ownParty(key)))}`);
    return 0;
  },
};
