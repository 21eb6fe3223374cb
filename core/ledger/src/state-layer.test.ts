import fc from "fast-check";
import { expect, test } from "vitest";
import { systemKey } from "./state-key.ts";
import { CachedState, StateLayer } from "./state-layer.ts";

const bytes = (value: number): Uint8Array => new Uint8Array([value]);
const names = ["a", "b", "c", "dd", ""];

test("a layer hides the view below where it wrote, and a removal hides the value", () => {
  const below = new StateLayer(new CachedState({ get: () => bytes(1) }));
  const layer = new StateLayer(below);
  layer.put(systemKey("a"), bytes(2));
  layer.put(systemKey("b"), null);
  expect(["a", "b", "c"].map((name) => layer.get(systemKey(name)))).toEqual([bytes(2), undefined, bytes(1)]);
  expect(below.get(systemKey("a"))).toEqual(bytes(1));
});

test("the store is asked once for each key, absent ones included", () => {
  const asked: string[] = [];
  const state = new CachedState({
    get(key) {
      asked.push(String(key));
      return undefined;
    },
  });
  for (let i = 0; i < 3; i++) expect(state.get(systemKey("a"))).toBe(undefined);
  expect(asked.length).toBe(1);
});

test("any writes through any layers leave what a plain map would, and changes are what differs, in order", () => {
  const write = fc.tuple(fc.constantFrom(...names), fc.option(fc.nat(2), { nil: null }), fc.boolean());
  fc.assert(
    fc.property(fc.array(fc.array(write, { maxLength: 5 }), { maxLength: 5 }), (rounds) => {
      const before = new Map([["a", 0], ["dd", 1]]); // biome-ignore format: one line
      const plain = new Map(before);
      const find = (key: Uint8Array) => names.find((name) => String(systemKey(name).bytes) === String(key)) ?? "";
      const get = (key: Uint8Array) => (before.has(find(key)) ? bytes(before.get(find(key)) as number) : undefined);
      const block = new StateLayer(new CachedState({ get }));
      for (const [index, writes] of rounds.entries()) {
        const layer = new StateLayer(block);
        for (const [name, value] of writes) layer.put(systemKey(name), value === null ? null : bytes(value));
        if (index % 3 === 2) continue; // forgotten
        layer.mergeInto(block);
        for (const [name, value] of writes) value === null ? plain.delete(name) : plain.set(name, value);
      }
      for (const name of names) expect(block.get(systemKey(name))?.[0]).toBe(plain.get(name));
      const changed = names.filter((name) => before.get(name) !== plain.get(name));
      const texts = block.changes().map(({ key }) => key.text);
      expect(texts).toEqual(changed.map((name) => systemKey(name).text).sort());
    }),
    { numRuns: 200, seed: 5 },
  );
});
