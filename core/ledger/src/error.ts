/** What can stop the state machine. None of these is a refusal: the node halts and says so. */
export type LedgerErrorCode =
  | "genesis-contract-missing"
  | "code-missing"
  | "state-damaged"
  | "block-inadmissible"
  | "contract-fault"
  | "wrong-use";

/**
 * A fault that must halt the node: the block cannot be executed, and no outcome may be given for it.
 *
 * The message says what happened, where, and what to do; `cause` keeps the error behind it.
 */
export class LedgerError extends Error {
  override readonly name = "LedgerError";
  readonly code: LedgerErrorCode;

  constructor(code: LedgerErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
