import Fastify from "fastify";
import { expect, test } from "vitest";
import { isPortalName, sendPortalFile } from "./portal.ts";

const files: Readonly<Record<string, string>> = {
  "index.html": "page",
  "index.html.gz": "packed",
  "assets/a-1.js": "code",
};

async function get(url: string, encoding: string) {
  const server = Fastify();
  server.get("/*", (request, reply) => {
    const name = (request.params as { "*": string })["*"];
    const text = (each: string) => (files[each] === undefined ? undefined : Buffer.from(files[each]));
    return sendPortalFile(text, name, request, reply) ?? reply.code(404).send();
  });
  const answer = await server.inject({ url, headers: { "accept-encoding": encoding } });
  await server.close();
  return answer;
}

test("the page comes gzipped where the browser takes that, and lets nothing in from elsewhere", async () => {
  const packed = await get("/index.html", "gzip, br");
  expect([packed.body, packed.headers["content-encoding"]]).toEqual(["packed", "gzip"]);
  expect(packed.headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(packed.headers["cache-control"]).toBe("no-cache");
  const plain = await get("/index.html", "identity");
  expect([plain.body, plain.headers["content-encoding"]]).toEqual(["page", undefined]);
});

test("an asset without a packed copy comes as it is, and is kept for good", async () => {
  const { body, headers } = await get("/assets/a-1.js", "gzip");
  expect([body, headers["content-type"]]).toEqual(["code", "text/javascript; charset=utf-8"]);
  expect(headers["cache-control"]).toContain("immutable");
});

test.each([
  "../index.html",
  "assets/../../secret.js",
  "assets//a.js",
  "assets/.js",
  "package.json",
  "assets/a.js.gz",
  "/x.js",
])("no file is looked for under %s", (name) => {
  expect(isPortalName(name)).toBe(false);
});
