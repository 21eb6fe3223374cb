import type { Fact } from "../facts.ts";
import { element } from "./element.ts";

/** Facts as a list of terms; hex is set so that it can be compared. */
export function factList(facts: readonly Fact[], name = ""): HTMLElement {
  const list = element("dl", { class: `kv ${name}` });
  for (const { label, value, note, isHex } of facts) {
    const text = element("span", isHex ? { class: "hex" } : {}, value);
    list.append(element("dt", {}, label), element("dd", {}, text, note !== undefined && element("small", {}, note)));
  }
  return list;
}
