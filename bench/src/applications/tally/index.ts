import type { Application } from "@acta/contract";
import { tally } from "./tally.ts";

/** What the measurements enter beside deposits; no release has it. */
export const application: Application = { name: "tally", title: "Tally", contracts: [tally], wording: {} };
