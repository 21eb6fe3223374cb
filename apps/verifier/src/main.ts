import "./older-browsers.ts";
import "@acta/ui/look.css";
import "./style/page.css";
import { readPreferences } from "@acta/ui";
import { runApp } from "./app.ts";
import { ownHash } from "./own-hash.ts";
import { givenTrust } from "./trust.ts";

const place = document.getElementById("page");
const given = document.getElementById("given-trust")?.textContent;
const browser = { search: location.search, page: document.documentElement, storage: () => localStorage };
const preferences = readPreferences(browser);
if (place) runApp({ place, trust: givenTrust(given), hash: ownHash(), preferences, browser });
