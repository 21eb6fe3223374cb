import type { FastifyReply, FastifyRequest } from "fastify";

/** Reads a file of the portal as built, by a name such as `index.html` or `assets/index-1a2b.js`; undefined for none. */
export type PortalFile = (name: string) => Uint8Array | undefined;

/** What the portal's page may do: run and show what this node serves, talk to this node, and nothing else. */
const PORTAL_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What a page without script may do. */
export const PLAIN_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};

/** Whether a name can be a file of the portal: its page, or an asset in one folder. Nothing else is ever looked for. */
export function isPortalName(name: string): boolean {
  return name === "index.html" || /^assets\/[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.(js|css)$/.test(name);
}

/** Sends a file of the portal, gzipped where the browser takes that. Undefined where there is no such file. */
export function sendPortalFile(
  file: PortalFile,
  name: string,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | undefined {
  if (!isPortalName(name)) return undefined;
  const takesGzip = /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  const packed = takesGzip ? file(`${name}.gz`) : undefined;
  const bytes = packed ?? file(name);
  if (bytes === undefined) return undefined;
  if (packed !== undefined) reply.header("content-encoding", "gzip");
  // An asset's name changes with its content; the page that names it is asked for each time.
  const cache = name === "index.html" ? "no-cache" : "public, max-age=31536000, immutable";
  const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  return reply
    .headers({ "content-security-policy": PORTAL_POLICY, "cache-control": cache, vary: "accept-encoding" })
    .type(type)
    .send(Buffer.from(bytes));
}
