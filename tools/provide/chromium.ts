import type { Finding } from "../provide.ts";
import { run } from "../run-tool.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Chromium or Chrome, found on the path; in CI and as root it is installed from Debian's packages when absent. */
export async function provideChromium(): Promise<Finding> {
  const found = await find();
  if (found) return { path: found };
  const mayInstall = process.env["CI"] === "true" && process.getuid?.() === 0;
  if (!mayInstall) return { missing: `none of ${names.join(", ")} is on the path; install one of them` };
  await install();
  const installed = await find();
  return installed ? { path: installed } : { missing: "apt-get could not install it; see its words above" };
}

async function find(): Promise<string | undefined> {
  for (const name of names) {
    const { code, output } = await run("sh", ["-c", `command -v ${name}`], { keepOutput: true });
    if (code === 0) return output.trim();
  }
  return undefined;
}

async function install(): Promise<void> {
  const environment = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-qq"], { environment });
  await run("apt-get", ["install", "-y", "-qq", "chromium", "fonts-noto-cjk"], { environment });
}
