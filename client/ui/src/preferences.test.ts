import { expect, test } from "vitest";
import { applyPreferences, readPreferences } from "./preferences.ts";

/** A browser with some of its memory. */
function browserWith(kept: Record<string, string>) {
  const page: { lang: string; dataset: Record<string, string | undefined> } = { lang: "", dataset: {} };
  const getItem = (name: string): string | null => kept[name] ?? null;
  const setItem = (name: string, value: string): void => {
    kept[name] = value;
  };
  return { search: "", page, storage: () => ({ getItem, setItem }) };
}

const none = {
  storage: () => {
    throw new Error("no storage");
  },
};

test("the address decides, then what was remembered, then Chinese and normal", () => {
  const browser = browserWith({ "acta.language": "en", "acta.text": "large" });
  expect(readPreferences({ ...browser, search: "?lang=zh&text=normal" })).toEqual({ language: "zh", isLarge: false });
  expect(readPreferences(browser)).toEqual({ language: "en", isLarge: true });
  expect(readPreferences({ ...none, search: "?lang=fr" })).toEqual({ language: "zh", isLarge: false });
});

test("what is chosen is put into the page and remembered; without storage it holds for this visit", () => {
  const kept = {};
  const browser = browserWith(kept);
  applyPreferences({ language: "en", isLarge: true }, browser);
  expect([browser.page, kept]).toEqual([
    { lang: "en", dataset: { text: "large" } },
    { "acta.language": "en", "acta.text": "large" },
  ]);
  applyPreferences({ language: "zh", isLarge: false }, { ...browser, ...none });
  expect(browser.page).toEqual({ lang: "zh-Hans", dataset: {} });
});
