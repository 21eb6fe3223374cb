/** What can be wrong with a value or a definition; every code is explained on the page of error codes. */
export type ContractErrorCode =
  | "malformed-input" // an input, as bytes or JSON, is not of the action's shape
  | "malformed-record" // a stored value or one to be stored is not of the record's shape
  | "malformed-key" // the key of a record is not of its shape
  | "malformed-definition" // a contract says something about itself that does not hold
  | "malformed-manifest"; // bytes that should be a manifest are not

/** A step into a value: a field's name, or an index of a list. */
export type Step = string | number;

/** Says which value is wrong (`path`, outermost step first) and why; `message` joins both into a sentence. */
export class ContractError extends Error {
  override readonly name = "ContractError";
  readonly code: ContractErrorCode;
  readonly path: readonly Step[];
  readonly reason: string;

  constructor(code: ContractErrorCode, path: readonly Step[], reason: string, options?: ErrorOptions) {
    super(path.length === 0 ? reason : `${path.join(".")}: ${reason}`, options);
    this.code = code;
    this.path = path;
    this.reason = reason;
  }
}

/** Refuses a value; whoever knows where it stands adds the steps with {@link within}. */
export function malformed(reason: string): never {
  throw new ContractError("malformed-input", [], reason);
}

/** Refuses a definition at the place `path`. */
export function illDefined(path: readonly Step[], reason: string): never {
  throw new ContractError("malformed-definition", path, reason);
}

/** The same error seen from one step further out; other errors pass as they are. */
export function within(step: Step, error: unknown): unknown {
  if (!(error instanceof ContractError)) return error;
  return new ContractError(error.code, [step, ...error.path], error.reason);
}

/** Runs `work` and gives an error about a value the code of the place where the value was used. */
export function withCode<T>(code: ContractErrorCode, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ContractError && error.code === "malformed-input") {
      throw new ContractError(code, error.path, error.reason);
    }
    throw error;
  }
}
