import type { Application } from "@acta/contract";
import { development } from "./development.ts";
import { institutions } from "./institutions.ts";
import { operation } from "./operation.ts";
import wording from "./zh.json" with { type: "json" };

/**
 * The contracts that come with the ledger, as an application. Every genesis lists `institutions` and `operation` beside
 * those of its own, and `development` where contracts are still being written.
 */
export const builtIn: Application = {
  name: "ledger",
  title: "Ledger",
  contracts: [institutions, operation, development],
  wording,
};
