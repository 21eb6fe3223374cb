import type { Language } from "@acta/contract";

/** How the reader wants the page: remembered where the browser allows it, and settable by the address. */
export type Preferences = { readonly language: Language; readonly isLarge: boolean };

/** What the address asks for (`?lang=en&text=large`), otherwise what was remembered, otherwise Chinese and normal. */
export function readPreferences(): Preferences {
  const asked = new URLSearchParams(location.search);
  const language = asked.get("lang") ?? remembered("language") ?? "zh";
  const text = asked.get("text") ?? remembered("text");
  return { language: language === "en" ? "en" : "zh", isLarge: text === "large" };
}

/** Puts the preferences into force and remembers them. */
export function applyPreferences({ language, isLarge }: Preferences): void {
  const { documentElement } = document;
  documentElement.lang = language === "en" ? "en" : "zh-Hans";
  if (isLarge) documentElement.dataset["text"] = "large";
  else delete documentElement.dataset["text"];
  remember("language", language);
  remember("text", isLarge ? "large" : "normal");
}

// A page from disk, or a private window, may have no storage.
function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`acta.${name}`);
  } catch {
    return null;
  }
}

function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`acta.${name}`, value);
  } catch {
    return;
  }
}
