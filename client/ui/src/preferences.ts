import type { Language } from "@acta/contract";

/** How the reader wants the page: remembered where the browser allows it, and settable by the address. */
export type Preferences = { readonly language: Language; readonly isLarge: boolean };

/** What of a browser preferences are read from and put into. */
export type PreferenceWorld = {
  /** The address's query: `?lang=en&text=large`. */
  readonly search: string;
  /** The page's root element. */
  readonly page: { lang: string; readonly dataset: Record<string, string | undefined> };
  /** Throws where there is none: a page from disk, or a private window. */
  readonly storage: () => { getItem(name: string): string | null; setItem(name: string, value: string): void };
};

/** What the address asks for, then what was remembered, then Chinese and normal. */
export function readPreferences({ search, storage }: Pick<PreferenceWorld, "search" | "storage">): Preferences {
  const asked = new URLSearchParams(search);
  const language = asked.get("lang") ?? remembered("acta.language");
  const text = asked.get("text") ?? remembered("acta.text");
  return { language: language === "en" ? "en" : "zh", isLarge: text === "large" };

  function remembered(name: string): string | null {
    try {
      return storage().getItem(name);
    } catch {
      return null;
    }
  }
}

/** Puts the preferences into force and remembers them; without storage they hold for this visit. */
export function applyPreferences({ language, isLarge }: Preferences, { page, storage }: PreferenceWorld): void {
  page.lang = language === "en" ? "en" : "zh-Hans";
  if (isLarge) page.dataset["text"] = "large";
  else delete page.dataset["text"];
  try {
    storage().setItem("acta.language", language);
    storage().setItem("acta.text", isLarge ? "large" : "normal");
  } catch {
    return;
  }
}
