import { contract, record, t } from "@acta/contract";

const records = {
  institution: record("Institution", { name: t.text("Name", { max: 64 }) }, { party: t.party("Party") }),
  party: record(
    "Party",
    { party: t.party("Party") },
    {
      institution: t.optional(t.party("Institution it acts for")),
      keys: t.list(
        t.group(
          {
            algorithm: t.integer("Algorithm (COSE)"),
            key: t.bytes("Public key", { max: 4096 }),
            keyId: t.digest("Key id"),
            state: t.choice(["in-force", "suspended", "revoked"], "State", {
              labels: { "in-force": "in force", suspended: "suspended", revoked: "revoked" },
            }),
          },
          "Key",
        ),
        "Keys",
      ),
    },
  ),
  role: record(
    "Role",
    {
      institution: t.party("Institution"),
      contract: t.text("Contract", { max: 64 }),
      role: t.text("Role", { max: 64 }),
    },
    {},
  ),
};

/** Who takes part: institutions, the keys of registered parties, and the roles that institutions hold. */
export const institutions = contract({
  name: "institutions",
  version: 1,
  title: "Institutions",
  roles: {},
  records,
  actions: {},
});
