import { expect, test } from "vitest";
import { type Explanation, PROTOCOL_ERRORS, type ProtocolErrorCode } from "./errors.ts";
import { explain, explainError, type Language } from "./explain.ts";
import { REASONS, type Reason } from "./reasons.ts";
import zh from "./zh.json" with { type: "json" };

// Object.keys loses the literal types that `satisfies` keeps.
const codes = Object.keys(PROTOCOL_ERRORS) as ProtocolErrorCode[];
const reasons = Object.keys(REASONS) as Reason[];

test("every code and reason has its wording in Chinese, and there is no wording without one", () => {
  const words = [...codes.map((code) => `errors.${code}`), ...reasons.map((reason) => `reasons.${reason}`)];
  const expected = words.flatMap((word) => [`protocol.${word}.meaning`, `protocol.${word}.remedy`]);
  expect(Object.keys(zh).sort()).toEqual(expected.sort());
});

test("explains in the language asked for", () => {
  expect(explain("wrong-file", "en").meaning).toBe(REASONS["wrong-file"].meaning);
  expect(explain("wrong-file", "zh").meaning).toBe("该文件不是证明所指的文件。");
  expect(explainError("too-large", "zh").remedy).toBe("请减少每次提交的调用数量。");
  expect(explainError("too-large", "en")).toEqual(PROTOCOL_ERRORS["too-large"]);
});

test("no sentence lacks its full stop", () => {
  const all = (language: Language): Explanation[] => [
    ...codes.map((code) => explainError(code, language)),
    ...reasons.map((reason) => explain(reason, language)),
  ];
  for (const { meaning, remedy } of all("en"))
    for (const sentence of [meaning, remedy]) expect(sentence).toMatch(/\.$/);
  for (const { meaning, remedy } of all("zh"))
    for (const sentence of [meaning, remedy]) expect(sentence).toMatch(/。$/);
});
