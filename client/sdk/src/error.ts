/** Why the client could not do what it was asked. */
export type SdkErrorCode = "node-away" | "node-refused" | "node-answer" | "inadmissible" | "left-out" | "not-proved";

/** An error of the client; `detail` is the node's own code where it gave one. */
export class SdkError extends Error {
  readonly code: SdkErrorCode;
  readonly detail: string | undefined;

  constructor(code: SdkErrorCode, message: string, more: { detail?: string; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? {} : { cause: more.cause });
    this.name = "SdkError";
    this.code = code;
    this.detail = more.detail;
  }
}
