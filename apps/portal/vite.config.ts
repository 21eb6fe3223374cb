import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const here = import.meta.dirname;

/** The portal: a page, one script and one style, each beside a gzipped copy that the node sends where it may. */
export default defineConfig({
  root: here,
  logLevel: "warn",
  plugins: [gzipped()],
  build: {
    target: "chrome108",
    modulePreload: false,
    // The policy of the page lets no data: address in but for the icon.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // Only the page itself and React act when they are loaded; of the project's packages what is not used is left out.
      treeshake: { moduleSideEffects: (id) => id.includes("apps/portal") || id.includes("node_modules/") },
    },
  },
  server: { proxy: { "/v1": "http://127.0.0.1:8080", "/verifier.html": "http://127.0.0.1:8080" } },
  cacheDir: join(here, "../../.cache/vite-portal"),
});

function gzipped(): Plugin {
  return {
    name: "gzipped",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const [name, file] of Object.entries(bundle)) {
          const source = gzipSync(file.type === "chunk" ? file.code : file.source, { level: 9 });
          this.emitFile({ type: "asset", fileName: `${name}.gz`, source });
        }
      },
    },
  };
}
