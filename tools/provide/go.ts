import type { Finding } from "../provide.ts";
import { run } from "../run-tool.ts";

const oldest = [1, 25] as const;

/** Go, which builds the program that makes CometBFT's own vectors; found on the path. */
export async function provideGo(): Promise<Finding> {
  const { code, output } = await run("go", ["version"], { keepOutput: true });
  const advice = `install Go ${oldest.join(".")} or newer (go.dev/dl) and put it on the path`;
  if (code !== 0) return { missing: `there is no Go here; ${advice}` };
  const [, major = 0, minor = 0] = /go(\d+)\.(\d+)/.exec(output)?.map(Number) ?? [];
  const isNewEnough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  return isNewEnough ? { path: "go" } : { missing: `Go is too old (${output.trim()}); ${advice}` };
}
