import { lawPage } from "@acta/contract";
import { type Command, CommandError } from "@acta/sdk";
import { applications } from "../contracts.ts";
import { sayIn } from "../words.ts";

/** `acta law`: an application's rules as a lawyer reads them. */
export const lawCommand: Command = {
  name: "law",
  summary: "Print an application's rules in plain words.",
  usage: "APPLICATION [--lang zh|en]",
  help: "The page is generated from the contracts themselves: who may act, on what, and why an act is refused.",
  options: {},
  async run({ say, result, language }, [name]) {
    const all = await applications();
    const found = all.find((each) => each.name === name);
    if (found === undefined)
      throw new CommandError(sayIn(language)("law.which", { names: all.map((each) => each.name).join(", ") }));
    const pages = found.contracts.map((contract) => lawPage(contract, found.wording, language));
    result({ application: found.name, pages });
    for (const page of pages) say(page);
    return 0;
  },
};
