import type { Log } from "@acta/api";
import { toHex } from "@acta/bytes";
import { hashOfBundle } from "@acta/contract";
import { ENTER_CONTRACT } from "@acta/ledger";
import { type ContractChange, changeInWords } from "./contract-changes.ts";
import type { OperatorDesk } from "./operator-desk.ts";

/** Enters contracts on a development ledger: each is in force from the block after its own on. */
export async function enterContracts(changes: readonly ContractChange[], desk: OperatorDesk, log: Log): Promise<void> {
  for (const change of changes) {
    const { contract, bundle, replaces } = change;
    const height = await desk.enter({
      action: ENTER_CONTRACT,
      input: {
        contract,
        ...bundle,
        bundle: toHex(hashOfBundle(bundle)),
        ...(replaces === undefined ? {} : { replaces: toHex(replaces) }),
      },
      what: `enter the contract ${contract}`,
    });
    log(`entered by the operator's key: ${changeInWords(change)}`, { height });
  }
}
