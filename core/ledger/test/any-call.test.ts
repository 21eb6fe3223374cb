import type { CborMap, CborValue } from "@acta/bytes";
import type { Call } from "@acta/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { builtIn } from "../src/contracts/built-in.ts";
import { LEDGER, ledgerRefusals } from "../src/refusal.ts";
import { testContracts } from "./contracts.ts";
import { ann, asAnn, asRegistrar, openLedger } from "./ledger.ts";

const contracts = [...builtIn.contracts, ...testContracts.contracts];
const text = fc.constantFrom("a", "flat", "", "x".repeat(41), "\u0000", "\u{1F600}");
const leaf: fc.Arbitrary<CborValue> = fc.oneof(
  text,
  fc.integer({ min: -2000, max: 2000 }),
  fc.bigInt(-(2n ** 255n), 2n ** 255n),
  fc.boolean(),
  fc.constant(null),
  fc.constant(ann.party),
  fc.uint8Array({ maxLength: 33 }),
);
const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 4 }));
const target = fc.constantFrom(
  ...contracts.flatMap(({ name, actions }) =>
    Object.entries(actions).map(([action, { input }]) => ({ contract: name, action, fields: Object.keys(input) })),
  ),
);

/** A call whose input has the right names most of the time, and values of all kinds. */
const call: fc.Arbitrary<Call> = target.chain(({ contract, action, fields }) =>
  fc.record({
    contract: fc.oneof({ weight: 20, arbitrary: fc.constant(contract) }, { weight: 1, arbitrary: text }),
    version: fc.oneof({ weight: 20, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.nat(3) }),
    action: fc.oneof({ weight: 20, arbitrary: fc.constant(action) }, { weight: 1, arbitrary: text }),
    input: inputOf(fields),
    expects: fc.array(
      fc.record({
        contract: fc.constant(contract),
        record: text,
        key: fc.array(leaf, { maxLength: 2 }),
        valueHash: fc.constantFrom(null, new Uint8Array(32)),
      }),
      { maxLength: 1 },
    ),
    blind: fc.constant(new Uint8Array(16)),
  }),
);

function inputOf(fields: readonly string[]): fc.Arbitrary<CborMap> {
  const names = fc.oneof(
    { weight: 9, arbitrary: fc.constant(fields) },
    { weight: 1, arbitrary: fc.subarray([...fields]) },
  );
  return names.chain((present) =>
    fc.tuple(...present.map(() => value)).map((values) => new Map(present.map((name, at) => [name, values[at] ?? 0]))),
  );
}

test("any calls are accepted, or refused with a declared code, and never halt the ledger", () => {
  fc.assert(
    fc.property(fc.array(call, { minLength: 2, maxLength: 8 }), fc.constantFrom("each", "together"), (calls, mode) => {
      const ledger = openLedger();
      for (const { refusal } of ledger.submit({ signers: [asRegistrar, asAnn], calls, mode })) {
        if (refusal === null) continue;
        const actions = contracts.find(({ name }) => name === refusal.contract)?.actions ?? {};
        const own = Object.values(actions).flatMap(({ refusals }) => Object.keys(refusals));
        expect(refusal.contract === LEDGER ? Object.keys(ledgerRefusals) : own).toContain(refusal.code);
      }
    }),
    { numRuns: 150, seed: 31 },
  );
});
