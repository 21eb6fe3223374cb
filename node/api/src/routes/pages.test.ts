import { expect, test } from "vitest";
import { TRUST_BLOCK, withTrust } from "./pages.ts";

const page = `<html>${TRUST_BLOCK.open}old${TRUST_BLOCK.close}<p>rest</p></html>`;

test("the trust file stands in the marked block, with who gave it, and nothing else changes", () => {
  const given = withTrust(page, new Uint8Array([1, 2, 3]), "http://127.0.0.1:8080");
  const [, block = ""] = /<script type="application\/json" id="given-trust">(.*)<\/script>/.exec(given) ?? [];
  expect(JSON.parse(block)).toEqual({ giver: "http://127.0.0.1:8080", trust: "AQID" });
  expect(given.replace(/<script.*<\/script>/, "old")).toBe(page);
});

test("no giver's name can end the block", () => {
  const given = withTrust(page, new Uint8Array(), "</script><script>alert(1)");
  expect(given.match(/<script/g)).toHaveLength(1);
});

test("a page without a block is refused in words", () => {
  expect(() => withTrust("<html></html>", new Uint8Array(), "x")).toThrow("npm run build");
});
