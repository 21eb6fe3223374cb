import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

/** What project text never says, and why. */
const forbidden: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/(?<![\w.@:/~*-])\/(?:work|root|tmp|home|Users)\/\w/, "names a folder of one machine"],
  [/\b(?:TO[D]O|FIX[M]E)\b/, "leaves work behind; do it, or open an issue"],
];

const skipped = /(^|\/)package-lock\.json$|^vectors\/|\.(png|jpg|ico|woff2|bin|slip|cbor|gz|zip|pdf)$/;

/** Sentences about lines of the files under version control that name one machine or leave work behind. */
export function checkProjectText(): string[] {
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: root });
  return files
    .toString("utf8")
    .split("\0")
    .filter((file) => file !== "" && !skipped.test(file) && isFile(file))
    .flatMap((file) => findForbidden(file, readFileSync(join(root, file), "utf8")));
}

/** The same for one text. */
export function findForbidden(file: string, text: string): string[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      forbidden
        .filter(([pattern]) => pattern.test(line))
        .map(([, reason]) => `${file}:${index + 1} ${reason}: ${line.trim().slice(0, 100)}`),
    );
}

// A file that was removed and not yet committed is still listed.
function isFile(file: string): boolean {
  return statSync(join(root, file), { throwIfNoEntry: false })?.isFile() ?? false;
}
