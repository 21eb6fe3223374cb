import { toHex } from "@acta/bytes";
import type { Party } from "@acta/contract";
import type { GenesisParameters, Outcome } from "@acta/protocol";
import { testKey } from "../src/memory-genesis.ts";
import { MemoryLedger } from "../src/memory-ledger.ts";
import { asRegistered, asStranger, type SigningKey } from "../src/sign-transaction.ts";
import { testContracts } from "./contracts.ts";

export const registrar = testKey("registrar");
export const secondKey = testKey("registrar, second key");
export const bank = testKey("bank");
export const ann = testKey("ann");
export const bob = testKey("bob");

/** A ledger with the test contracts, a registrar with two keys, and a bank without roles. */
export const openLedger = (parameters: Partial<GenesisParameters> = {}): MemoryLedger =>
  new MemoryLedger({
    parameters,
    contracts: [testContracts],
    institutions: {
      registrar: { keys: [registrar, secondKey], roles: [["register", "registrar"]] },
      bank: { keys: [bank] },
    },
  });

export const asRegistrar = asRegistered(registrar, { roles: [["register", "registrar"]] });
export const asAnn = asStranger(ann);
export const asBob = asStranger(bob);

/** An outcome as a test names it: its verdict, or who refused, with which code and blanks. */
export function inShort({ verdict, refusal }: Outcome): unknown {
  return refusal === null ? verdict : [refusal.contract, refusal.code, Object.fromEntries(refusal.blanks)];
}

/** The party of a key as contracts write it. */
export const partyOfKey = (key: SigningKey): Party => toHex(key.party) as Party; // 32 bytes
