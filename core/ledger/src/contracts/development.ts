import { action, contract, record, role, t } from "@acta/contract";

const MOST_BYTES = 1_048_576;

const name = t.text("Contract", { max: 48 });
const bundle = t.digest("Bundle");
const manifest = t.bytes("Manifest", { max: MOST_BYTES });
const wordings = t.bytes("Wordings", { max: MOST_BYTES });

const records = {
  bundle: record("Bundle that was entered", { bundle }, { contract: name, manifest, wordings }),
  entered: record("Contracts that the genesis did not have", {}, { contracts: t.list(name, "Contracts") }),
};

/** The name of the one action that the ledger has a hand in: it puts the contract in force. */
export const ENTER_CONTRACT = "enterContract";

const enterContract = action(records, {
  title: "Enter a contract",
  input: {
    contract: name,
    bundle,
    manifest,
    wordings,
    replaces: t.optional(t.digest("Bundle that it replaces")),
  },
  allow: role("operator"),
  refusals: {
    "not-development": "This ledger is no development ledger: its contracts do not change in this way.",
    "not-a-bundle": "This is not the bundle of the contract {contract} that it is said to be. {reason}",
    "other-in-force": "Another bundle of this contract is in force than the one to be replaced.",
    "not-additive": "The contract {contract} would not only gain something. {differences}",
  },
  // The ledger has held the bundle to the contract in force already.
  apply({ input: { contract, bundle, manifest, wordings, replaces }, state }) {
    const isKept = state.bundle.find({ bundle }) !== undefined;
    if (!isKept) state.bundle.insert({ bundle }, { contract, manifest, wordings }, "other-in-force");
    if (replaces !== undefined) return;
    const contracts = state.entered.find({})?.contracts;
    if (contracts === undefined) state.entered.insert({}, { contracts: [contract] }, "other-in-force");
    else state.entered.update({}, { contracts: [...contracts, contract] });
  },
});

/**
 * How a development ledger follows the source that is being written: contracts that only gained something, and new
 * ones, are entered by the operator's key and are in force from the next block on. Their code is bound by nothing.
 */
export const development = contract({
  name: "development",
  version: 1,
  title: "Development",
  roles: { operator: "Enters contracts that gained something, and new ones." },
  records,
  actions: { [ENTER_CONTRACT]: enterContract },
});
