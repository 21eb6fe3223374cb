import type { Application } from "@acta/contract";
import { institutions } from "./institutions.ts";
import { operation } from "./operation.ts";
import wording from "./zh.json" with { type: "json" };

/** The contracts that come with the ledger, as an application. Every genesis lists them beside those of its own. */
export const builtIn: Application = {
  name: "ledger",
  title: "Ledger",
  contracts: [institutions, operation],
  wording,
};
