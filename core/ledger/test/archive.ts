import { action, anyone, contract, record, t } from "@acta/contract";
import type { ContractSource } from "../src/contract-library.ts";
import { MemoryLedger } from "../src/memory-ledger.ts";

const shelf = { row: t.integer("Row"), place: t.integer("Place") };
const records = {
  file: record("File", shelf, { holder: t.text("Holder", { max: 20 }) }, { history: true }),
  slip: record("Slip", shelf, { holder: t.text("Holder", { max: 20 }) }),
};

/** Files whose earlier holders are kept, and slips whose are not. Keys end in a number, as closed versions do. */
export const archive = contract({
  name: "archive",
  title: "Archive",
  roles: {},
  records,
  actions: {
    put: action(records, {
      title: "Put",
      input: { ...shelf, ...records.file.fields },
      allow: anyone,
      refusals: { "file-exists": "It is there.", nobody: "It needs a holder." },
      apply({ input: { row, place, holder }, state, refuse }) {
        const at = { row, place };
        for (const table of [state.file, state.slip]) {
          if (table.find(at) === undefined) table.insert(at, { holder }, "file-exists");
          else table.update(at, { holder });
        }
        if (holder === "") return refuse("nobody");
      },
    }),
    take: action(records, {
      title: "Take away",
      input: shelf,
      allow: anyone,
      refusals: { "no-file": "There is none." },
      apply({ input, state }) {
        state.file.get(input, "no-file");
        state.file.remove(input);
      },
    }),
  },
});

/** A ledger with that archive. */
export function openArchive(): MemoryLedger {
  const source: ContractSource = { contracts: [archive], wording: {} };
  return new MemoryLedger({ contracts: [source] });
}
