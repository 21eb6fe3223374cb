import type { Language } from "@acta/protocol";

/** How the reader wants the page: remembered where the browser allows it, and settable by the address. */
export type Preferences = { readonly language: Language; readonly isLarge: boolean };

/** What the address asks for (`?lang=en&text=large`), then what was remembered, then Chinese and normal. */
export function preferencesFrom(search: string, remembered: (name: string) => string | null): Preferences {
  const asked = new URLSearchParams(search);
  const language = asked.get("lang") ?? remembered("acta.language");
  const text = asked.get("text") ?? remembered("acta.text");
  return { language: language === "en" ? "en" : "zh", isLarge: text === "large" };
}

/** The preferences of this browser. */
export function readPreferences(): Preferences {
  return preferencesFrom(location.search, (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  });
}

/** Puts the preferences into force and remembers them. */
export function applyPreferences({ language, isLarge }: Preferences): void {
  const { documentElement } = document;
  documentElement.lang = language === "en" ? "en" : "zh-Hans";
  if (isLarge) documentElement.dataset["text"] = "large";
  else delete documentElement.dataset["text"];
  try {
    localStorage.setItem("acta.language", language);
    localStorage.setItem("acta.text", isLarge ? "large" : "normal");
  } catch {
    // Without storage they hold for this visit.
  }
}
