import "./older-browsers.ts";
import { createNodeClient } from "@acta/sdk";
import { readPreferences } from "@acta/ui";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { openBrowserMemory } from "./desk/browser-memory.ts";
import { createDesk } from "./desk/desk.ts";
import "@acta/ui/look.css";
import "./style/base.css";
import "./style/home.css";

const place = document.getElementById("page");
const browser = { search: location.search, page: document.documentElement, storage: () => localStorage };
const first = readPreferences(browser);

/** How long a request is tried again while the node is away, before the page says so. */
const RETRY_MS = 10_000;

const desk = createDesk({
  memory: openBrowserMemory,
  nodeIn: (language) =>
    createNodeClient({
      node: location.origin,
      fetch: (url, init) => fetch(url, init),
      sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      now: () => Date.now(),
      retryForMs: RETRY_MS,
      language,
    }),
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  nowMs: () => Date.now(),
  // Absent where the address is not a secure one; two windows then send the same bytes twice, which does no harm.
  alone: (work) => (navigator.locks === undefined ? work() : navigator.locks.request("acta-desk", work)),
});

desk.speak(first.language);
void desk.begin();
addEventListener("online", () => void desk.goOn());
if (place) createRoot(place).render(<App desk={desk} first={first} browser={browser} />);
