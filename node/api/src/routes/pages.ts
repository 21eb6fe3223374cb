import { toBase64 } from "@acta/bytes";
import type { FastifyInstance, FastifyReply } from "fastify";
import { Problem } from "../problem.ts";
import type { World } from "../world.ts";
import { PLAIN_POLICY, sendPortalFile } from "./portal.ts";

/** Where the node writes this ledger's trust file into the verifier page. The page's own hash leaves this block out. */
export const TRUST_BLOCK = { open: "<!--acta:trust-->", close: "<!--/acta:trust-->" } as const;

/** The verifier page with this ledger's trust file, and the portal; where that is not built, a plain first page. */
export function pageRoutes(server: FastifyInstance, world: World): void {
  server.get("/verifier.html", async (request, reply) => {
    const page = world.verifierPage();
    if (page === undefined) throw new Problem("not-found", { detail: "the verifier page is not built: npm run build" });
    const giver = `${request.protocol}://${request.host}`;
    // The page has a policy of its own; what only a header can say is that nobody may put it into a frame.
    reply.header("content-security-policy", "frame-ancestors 'none'");
    return reply.type("text/html; charset=utf-8").send(withTrust(page, world.ordering.trustFile(), giver));
  });
  const file = world.portalFile ?? (() => undefined);
  server.get(
    "/",
    async (request, reply) => sendPortalFile(file, "index.html", request, reply) ?? sendPlain(world, reply),
  );
  server.get<{ Params: { name: string } }>("/assets/:name", async (request, reply) => {
    const sent = sendPortalFile(file, `assets/${request.params.name}`, request, reply);
    if (sent === undefined) throw new Problem("not-found");
    return sent;
  });
}

function sendPlain(world: World, reply: FastifyReply): FastifyReply {
  return reply.header("content-security-policy", PLAIN_POLICY).type("text/html; charset=utf-8").send(firstPage(world));
}

/** Puts the trust file, and who gave it, into the page's marked block. */
export function withTrust(page: string, trustFile: Uint8Array, giver: string): string {
  const start = page.indexOf(TRUST_BLOCK.open);
  const end = page.indexOf(TRUST_BLOCK.close);
  if (start < 0 || end < start) throw new Error("The verifier page has no block for a trust file. Run: npm run build");
  // "<" is escaped so that no text can end the script element.
  const json = JSON.stringify({ giver, trust: toBase64(trustFile) }).replaceAll("<", "\\u003c");
  const block = `${TRUST_BLOCK.open}<script type="application/json" id="given-trust">${json}</script>`;
  return page.slice(0, start) + block + page.slice(end);
}

function firstPage({ ordering, contracts }: World): string {
  const { name, height, flags } = ordering.status();
  const kind = flags.demo ? "示例账本 · Demo ledger" : flags.development ? "开发账本 · Development ledger" : "";
  const list = contracts.map((each) => `<li><a href="/v1/contracts/${each.name}">${each.name}</a></li>`).join("");
  return `<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Acta · ${name}</title><link rel="icon" href="data:,">
<style>body{font:16px/1.7 system-ui,"Noto Sans CJK SC",sans-serif;color:#12181a;background:#fff;margin:0}main{max-width:40rem;margin:0 auto;padding:3rem 1.5rem}
h1{font-size:1.75rem;line-height:1.3;border-top:3px solid;padding-top:1rem}a{color:#164a86}li{margin:.25rem 0}small{color:#566064}
@media(prefers-color-scheme:dark){body{background:#101415;color:#e8edeb}a{color:#92bdf0}small{color:#9aa6a3}}</style></head>
<body><main><h1>Acta · ${name}</h1><p>${kind}</p>
<p>几个机构一起记、谁也改不了的账。<br><span lang="en">Facts that several institutions enter together and none can change.</span></p>
<ul><li><a href="/verifier.html">验证一份回执 · <span lang="en">Check a receipt</span></a></li>
<li><a href="/v1/trust">信任文件 · <span lang="en">Trust file</span></a></li>
<li><a href="/v1/status">状态 · <span lang="en">Status</span></a>（区块 ${height}）</li>
<li><a href="/openapi.json">OpenAPI 3.1</a></li></ul>
<p>合约 · <span lang="en">Contracts</span></p><ul>${list}</ul></main></body></html>`;
}
