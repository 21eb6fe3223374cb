import type { Application } from "@acta/contract";
import { institutions } from "./contracts/institutions.ts";
import { operation } from "./contracts/operation.ts";
import wording from "./contracts/zh.json" with { type: "json" };

/** The contracts that come with the ledger. Every genesis lists them beside its applications'. */
export const builtIn: Application = {
  name: "ledger",
  title: "Ledger",
  contracts: [institutions, operation],
  wording,
};
