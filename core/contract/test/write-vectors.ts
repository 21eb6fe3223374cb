// Writes vectors/draft/contract: `node core/contract/test/write-vectors.ts`. Not run by tests: vectors are checked, not renewed.
import { mkdirSync, writeFileSync } from "node:fs";
import { toHex } from "@acta/bytes";
import { bundleOf, hashOfBundle, type Wording } from "../src/index.ts";
import { escrow } from "./escrow.ts";

const wordings: readonly (readonly [name: string, wording: Wording])[] = [
  ["without a sentence", {}],
  [
    "with sentences, a neighbour's left out",
    { "escrow.title": "支付", "escrow.roles.bank": "确认支付。", "titles.title": "产权" },
  ],
];

const cases = wordings.map(([name, wording]) => {
  const bundle = bundleOf(escrow, wording);
  const hash = toHex(hashOfBundle(bundle));
  return { name, manifest: toHex(bundle.manifest), wordings: toHex(bundle.wordings), hash };
});
const about = "Bundles of a contract under development (docs/spec, 6.10): manifest, wordings, and the bundle's hash.";
const folder = new URL("../../../vectors/draft/contract/", import.meta.url);
mkdirSync(folder, { recursive: true });
const lines = cases.map((each) => `  ${JSON.stringify(each)}`).join(",\n");
writeFileSync(new URL("bundles.json", folder), `{"about":${JSON.stringify(about)},"cases":[\n${lines}\n]}\n`);
