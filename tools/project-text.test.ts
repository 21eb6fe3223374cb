import { expect, test } from "vitest";
import { findForbidden } from "./project-text.ts";

test.each([
  [`const folder = "${"/tmp"}/acta";`, "names a folder of one machine"],
  [`run it in ${"/home"}/ana/acta`, "names a folder of one machine"],
  [`// ${"TO"}DO mend this`, "leaves work behind"],
])("finds %s", (text, reason) => {
  expect(findForbidden("a.ts", `first line\n${text}`)).toEqual([expect.stringContaining(`a.ts:2 ${reason}`)]);
});

test("leaves addresses and words alone", () => {
  expect(findForbidden("a.ts", `"https://example.org/root/a" ../work/a client/home/b "todo list"`)).toEqual([]);
});
