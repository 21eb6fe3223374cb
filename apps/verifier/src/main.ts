import "./older-browsers.ts";
import "./style/tokens.css";
import "./style/page.css";
import { runApp } from "./app.ts";
import { ownHash } from "./own-hash.ts";
import { readPreferences } from "./preferences.ts";
import { givenTrust } from "./trust.ts";

const place = document.getElementById("page");
const given = document.getElementById("given-trust")?.textContent;
if (place) runApp({ place, trust: givenTrust(given), hash: ownHash(), preferences: readPreferences() });
