import type { CborValue } from "@acta/bytes";
import type { AnyField, BaseKind, ContractDefinition } from "@acta/contract";
import type { Call } from "@acta/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryLedger } from "../src/memory-ledger.ts";
import { LEDGER, ledgerRefusals } from "../src/refusal.ts";
import { archive } from "./archive.ts";
import { census } from "./census.ts";
import { grants, invoices } from "./invoices.ts";
import { ann, asAnn, partyOfKey } from "./ledger.ts";
import { rent } from "./rent.ts";
import { deal, parcelRegister, trader, traderInstitution } from "./trade.ts";

const contracts: readonly ContractDefinition[] = [archive, census, grants, invoices, parcelRegister, deal, rent];
// What its own tests show to halt.
const acts = contracts.flatMap(({ name, actions }) =>
  Object.entries(actions)
    .filter(([action]) => action !== "stray")
    .map(([action, { input }]) => ({ contract: name, action, input })),
);

const text = fc.constantFrom("flat", "1", "2", "ann", "", "x".repeat(60), "x".repeat(250));
const wrong = fc.constantFrom<CborValue>("\u0000", 2n ** 255n, null, true, -1, [], new Map(), ann.party);
const money = fc.constantFrom<CborValue>(new Map<string, CborValue>([["amount", 5], ["currency", "CNY"]])); // biome-ignore format: a map

/** Values that mostly fit a kind, and are few, so that acts meet one another's records. */
const values: Partial<Record<BaseKind, fc.Arbitrary<CborValue>>> = {
  text,
  path: fc.constantFrom("44", "44/03", "44/03/now"),
  integer: fc.constantFrom<CborValue>(0, 1, 2, -3, 13),
  time: fc.constantFrom<CborValue>(1_800_000_050, 1_800_000_500, 1_800_100_000, -1),
  flag: fc.boolean(),
  party: fc.constant(ann.party),
  list: fc.constantFrom<CborValue>(["flat"], ["flat", "1"], ["x".repeat(50)], []),
  sealed: fc.constantFrom<CborValue>(["deal", ["1"], ["plan"], new Uint8Array(32)]),
  money,
};

function arbitraryOf(field: AnyField): fc.Arbitrary<CborValue | undefined> {
  const { of } = field as { readonly of?: unknown }; // of choices, lists and optional fields
  if (field.kind === "optional") return fc.option(arbitraryOf(of as AnyField), { nil: undefined });
  const fitting = field.kind === "choice" ? fc.constantFrom(...(of as string[])) : (values[field.kind] ?? wrong);
  return fc.oneof({ weight: 30, arbitrary: fitting }, { weight: 1, arbitrary: wrong });
}

const call: fc.Arbitrary<Call> = fc.constantFrom(...acts).chain(({ contract, action, input }) => {
  const fields = Object.entries(input).map(([name, field]) =>
    arbitraryOf(field).map((given) => [name, given] as const),
  );
  return fc.tuple(...fields).map((given): Call => {
    const present = given.filter((entry): entry is readonly [string, CborValue] => entry[1] !== undefined);
    return { contract, version: 1, action, input: new Map(present), expects: [], blind: new Uint8Array(16) };
  });
});

const block = fc.record({
  calls: fc.array(call, { minLength: 2, maxLength: 8 }),
  mode: fc.constantFrom("each" as const, "together" as const),
  after: fc.constantFrom(1, 100, 90_000),
});

test("any acts over several contracts are accepted or refused with a declared code, deadlines too, and nothing halts", () => {
  const declared = new Map(
    contracts.map(({ name, actions }) => [
      name,
      Object.values(actions).flatMap(({ refusals }) => Object.keys(refusals)),
    ]),
  );
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 5 }), (blocks) => {
      const ledger = new MemoryLedger({
        contracts: [{ contracts, wording: {} }],
        institutions: { registrar: traderInstitution },
      });
      const open = ledger.call("parcels", "open", { thing: "flat", owner: partyOfKey(ann) });
      ledger.submit({ signers: [trader], calls: [open] });
      for (const { calls, mode, after } of blocks) {
        const seconds = ledger.time + after;
        const bytes = ledger.sign({ signers: [trader, asAnn], calls, mode, expiry: seconds + 60 });
        const { results, actions } = ledger.execute([bytes], { time: { seconds, nanoseconds: 0 } });
        const ends = [...results.flatMap(({ outcomes }) => outcomes), ...actions];
        accepted += ends.filter(({ verdict }) => verdict === "accepted").length;
        for (const { refusal } of ends) {
          if (refusal === null) continue;
          const codes = refusal.contract === LEDGER ? Object.keys(ledgerRefusals) : declared.get(refusal.contract);
          expect(codes).toContain(refusal.code);
        }
      }
    }),
    { numRuns: 150, seed: 71 },
  );
  expect(accepted).toBeGreaterThan(200);
});
