import { startInProcess } from "../../system/in-process-node.ts";
import { remindersApplication } from "./reminders.ts";

// A node of its own process over a data folder, whose ledger has the reminders beside the applications of the release:
// store, ordering and HTTP are those of every node.
const [data] = process.argv.slice(2);
if (data === undefined) throw new Error("Name the data folder: node-program.ts DIR");
const asked = new Promise<void>((resolve) => {
  process.once("SIGTERM", () => resolve());
  process.once("disconnect", () => resolve());
});
const node = await startInProcess({ data, applications: [remindersApplication] });
console.log(node.url);
await Promise.race([asked, node.ordering.failed]);
await node.close();
process.exit(0);
