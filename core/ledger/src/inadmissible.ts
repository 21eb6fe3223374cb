import type { Explanation, ProtocolErrorCode } from "@acta/protocol";

/**
 * Why well-formed bytes cannot be in a block now: what it means and what to do.
 *
 * Nothing is spent and nothing entered. What the bytes themselves get wrong, and which keys, has its words in
 * `@acta/protocol`; the wording in other languages stands in `zh.json` under `ledger.inadmissible.<code>`.
 */
export const inadmissible = {
  expired: {
    meaning: "The transaction has expired.",
    remedy: "Prepare and sign it again; reckon the expiry from the ledger's clock.",
  },
  "expiry-too-far": {
    meaning: "The transaction would stay valid for longer than this ledger allows.",
    remedy: "Choose an earlier expiry and sign again.",
  },
  replayed: {
    meaning: "The transaction was entered before.",
    remedy: "Ask for its receipt, which tells what became of it.",
  },
  "unknown-party": {
    meaning: "A signer is not registered on this ledger.",
    remedy: "Sign as a stranger, or have the party registered first.",
  },
} as const satisfies Record<string, Explanation>;

/** Why a transaction is inadmissible: a code of `inadmissible`, or one of the protocol's. */
export type InadmissibleCode = keyof typeof inadmissible | ProtocolErrorCode;
