import { openStore } from "../src/index.ts";

// A process that says so, opens a store, and stays until it is killed.
process.stdout.write("opening\n");
await openStore(process.argv[2] ?? "", { createIfMissing: false });
setInterval(() => undefined, 1000);
