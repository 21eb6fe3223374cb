import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DuePlace, dequeue, duePlaces, enqueue, firstDueTime } from "./due-queue.ts";
import { MemoryState } from "./memory-state.ts";
import { CachedState, StateLayer } from "./state-layer.ts";

/** A queue over nothing, with a way to see its state as the next block would. */
function openQueue() {
  const memory = new MemoryState();
  let layer = new StateLayer(new CachedState(memory));
  return {
    get layer() {
      return layer;
    },
    /** Ends a block: what was written goes into the state. */
    commit(): MemoryState {
      memory.keep(layer.changes().map(({ key, value }) => [key.bytes, value]));
      layer = new StateLayer(new CachedState(memory));
      return memory;
    },
  };
}

const inOrder = (places: readonly DuePlace[]): DuePlace[] =>
  places.toSorted((a, b) => a.at - b.at || text(a.contract, b.contract) || text(a.name, b.name));
const text = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const place: fc.Arbitrary<DuePlace> = fc.record({
  at: fc.oneof(fc.nat(3), fc.nat(2 ** 31), fc.nat(253_402_300_799)),
  contract: fc.constantFrom("a", "ab", "b"),
  name: fc.oneof(fc.string({ minLength: 1, maxLength: 4 }), fc.constantFrom("\u{1F600}", "\u{FFFD}", "é", "z")),
});

describe("the queue of deadlines", () => {
  test("has them in the order of time, contract and name, however they came and went", () => {
    const steps = fc.array(fc.record({ place, goes: fc.boolean(), pick: fc.nat() }), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(steps, (drawn) => {
        const queue = openQueue();
        let model: DuePlace[] = [];
        for (const { place, goes, pick } of drawn) {
          const known = model[pick % Math.max(model.length, 1)];
          if (goes && known !== undefined) {
            dequeue(queue.layer, known);
            model = model.filter((other) => other !== known);
          } else if (!model.some((other) => text(JSON.stringify(other), JSON.stringify(place)) === 0)) {
            enqueue(queue.layer, place);
            model = inOrder([...model, place]);
          }
        }
        expect(duePlaces(queue.layer, Number.MAX_SAFE_INTEGER, 1_000)).toEqual(model);
        const [most, until] = [7, model[5]?.at ?? 0];
        expect(duePlaces(queue.layer, until, most)).toEqual(model.filter(({ at }) => at <= until).slice(0, most));
        expect(firstDueTime(queue.commit())).toBe(model[0]?.at);
      }),
      { numRuns: 60, seed: 41 },
    );
  });

  test("keeps ten thousand in one second in order, and leaves no trace when all are gone", () => {
    const queue = openQueue();
    const places = Array.from({ length: 10_000 }, (_, n) => ({
      at: 5,
      contract: "a",
      name: `${(n * 7_919) % 10_000}`,
    }));
    for (const place of places) enqueue(queue.layer, place);
    const memory = queue.commit();
    expect(duePlaces(queue.layer, 4, 10)).toEqual([]);
    const passed: DuePlace[] = [];
    while (firstDueTime(memory) !== undefined) {
      const due = duePlaces(queue.layer, 5, 1_000);
      passed.push(...due);
      for (const place of due) dequeue(queue.layer, place);
      queue.commit();
    }
    expect(passed).toEqual(inOrder(places));
    expect(memory.entries()).toEqual([]);
  });

  test("touches few keys, however many deadlines there are", () => {
    const queue = openQueue();
    for (let n = 0; n < 5_000; n++) enqueue(queue.layer, { at: (n * 7_919) % 5_000, contract: "a", name: "n" });
    queue.commit();
    enqueue(queue.layer, { at: 2_500, contract: "b", name: "n" });
    expect(queue.layer.changes().length).toBeLessThan(6);
  });

  test("halts where a deadline is not in it that should be", () => {
    const queue = openQueue();
    enqueue(queue.layer, { at: 1, contract: "a", name: "n" });
    expect(() => dequeue(queue.layer, { at: 2, contract: "a", name: "n" })).toThrow(/damaged/);
    expect(() => dequeue(openQueue().layer, { at: 2, contract: "a", name: "n" })).toThrow(/damaged/);
  });
});
