import type { Application } from "@acta/contract";
import { evidence } from "./evidence.ts";
import wording from "./zh.json" with { type: "json" };

/** Judicial deposit of files, their custody lists, and the holds of courts. */
export const application: Application = {
  name: "evidence",
  title: "Evidence",
  contracts: [evidence],
  wording,
};

export { evidence } from "./evidence.ts";
