import { expect, test } from "vitest";
import { preferencesFrom } from "./preferences.ts";

const remembered = (name: string): string | null => (name === "acta.language" ? "en" : "large");

test("the address decides, then what was remembered, then Chinese and normal", () => {
  expect(preferencesFrom("?lang=zh&text=normal", remembered)).toEqual({ language: "zh", isLarge: false });
  expect(preferencesFrom("", remembered)).toEqual({ language: "en", isLarge: true });
  expect(preferencesFrom("?lang=fr", () => null)).toEqual({ language: "zh", isLarge: false });
});
