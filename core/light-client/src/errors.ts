/** What this package refuses. Stable words: other packages and the page of errors name them. */
export type LightClientErrorCode =
  | "malformed-header"
  | "malformed-commit"
  | "malformed-validator"
  | "no-quorum"
  | "out-of-range";

/** The one error of this package: `code` for programs, the message for people. */
export class LightClientError extends Error {
  override readonly name = "LightClientError";
  readonly code: LightClientErrorCode;

  constructor(code: LightClientErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
