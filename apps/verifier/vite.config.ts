import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

const here = import.meta.dirname;
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8")) as { version: string }; // our own file

/** The verifier: one page with everything in it, for Chromium 87 and later. */
export default defineConfig({
  root: here,
  logLevel: "warn",
  define: { VERSION: JSON.stringify(version), BUILD_TIME: String(buildTime()) },
  plugins: [onePage()],
  build: {
    target: "chrome87",
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      input: join(here, "src/main.ts"),
      output: { format: "iife" },
      // Only the page itself acts when it is loaded; of the packages, what is not used is left out.
      treeshake: { moduleSideEffects: (id) => id.includes("apps/verifier") },
    },
  },
});

// Seconds since 1970; of the last change of what goes in, so that the same source gives the same page.
function buildTime(): number {
  const given = process.env["SOURCE_DATE_EPOCH"];
  if (given !== undefined) return Number(given);
  const paths = ["../../core", "../../client/ui", "../../applications", ".", "../../package-lock.json"];
  try {
    const time = execFileSync("git", ["log", "-1", "--format=%ct", "--", ...paths], { cwd: here, encoding: "utf8" });
    return Number(time.trim());
  } catch {
    return 0;
  }
}

/** Puts script and style into the page, with the policy that lets nothing else in; emits the page and its hashes. */
function onePage(): Plugin {
  let hashes = "";
  return {
    name: "one-page",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        let [script, style] = ["", ""];
        for (const [name, file] of Object.entries(bundle)) {
          if (file.type === "chunk") script += file.code;
          else if (name.endsWith(".css")) style += String(file.source);
          delete bundle[name];
        }
        const page = pageWith(asScript(script), style.trim());
        const codeHash = createHash("sha256").update(style.trim()).update(asScript(script)).digest("hex");
        const pageHash = createHash("sha256").update(page).digest("hex");
        hashes = `${codeHash}  style and script, as the page shows it\n${pageHash}  verifier.html\n`;
        this.emitFile({ type: "asset", fileName: "verifier.html", source: page });
        this.emitFile({ type: "asset", fileName: "verifier.sha256", source: hashes });
      },
    },
    writeBundle: () => console.log(hashes.trimEnd()),
  };
}

// Inside a script element neither of these may stand; in JavaScript both occur in strings only.
function asScript(code: string): string {
  return code.trim().replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}

function pageWith(script: string, style: string): string {
  if (script === "" || style === "") throw new Error("The page needs both its script and its style.");
  const template = readFileSync(join(here, "page.html"), "utf8");
  return template
    .replace("%style-hash%", policyHash(style))
    .replace("%script-hash%", policyHash(script))
    .replace('<style id="acta-style">', (open) => open + style)
    .replace('<script id="acta-script">', (open) => open + script);
}

function policyHash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
