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

/** The names of the actions that the ledger has a hand in: it puts the contract in force, and writes down the role. */
export const ENTER_CONTRACT = "enterContract";
export const GIVE_ROLE = "giveRole";

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

const giveRole = action(records, {
  title: "Give a role",
  input: { institution: t.party("Institution"), contract: name, role: t.text("Role", { max: 48 }) },
  allow: role("operator"),
  refusals: {
    "not-development": "This ledger is no development ledger: roles are not given in this way.",
    "no-institution": "No such institution is registered.",
    "no-role": "The contract {contract} has no role {role}.",
  },
  apply() {},
});

/**
 * How a development ledger follows the source that is being written: contracts that only gained something, and new
 * ones, are entered by the operator's key and are in force from the next block on. Their code is bound by nothing. Their
 * roles are given in the same way, as long as institutions themselves do not change.
 */
export const development = contract({
  name: "development",
  version: 1,
  title: "Development",
  roles: { operator: "Enters contracts that gained something, and new ones, and gives their roles." },
  records,
  actions: { [ENTER_CONTRACT]: enterContract, [GIVE_ROLE]: giveRole },
});
