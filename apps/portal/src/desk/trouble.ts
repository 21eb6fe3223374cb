import { SdkError } from "@acta/sdk";

/** What keeps the page from going on; the parts put it in words and say what to do next. */
export type Trouble =
  | { readonly kind: "no-memory" }
  | { readonly kind: "memory-full" }
  | { readonly kind: "node-away" }
  | { readonly kind: "too-many"; readonly most: number }
  | { readonly kind: "unread"; readonly names: readonly string[] }
  /** The node said no; `words` are its own, in the language it was asked in. */
  | { readonly kind: "node-refused"; readonly words: string }
  | { readonly kind: "not-proved"; readonly reason: string }
  | { readonly kind: "unexpected"; readonly words: string };

/** Sorts what was thrown. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof SdkError) return ofSdk(error);
  if (error instanceof DOMException && error.name === "QuotaExceededError") return { kind: "memory-full" };
  return { kind: "unexpected", words: error instanceof Error ? error.message : String(error) };
}

function ofSdk({ code, message, detail }: SdkError): Trouble {
  switch (code) {
    case "node-away":
      return { kind: "node-away" };
    case "not-proved":
      return { kind: "not-proved", reason: detail ?? "" };
    case "node-refused":
    case "inadmissible":
    case "left-out":
      return { kind: "node-refused", words: message };
    case "node-answer":
      return { kind: "unexpected", words: message };
    default:
      return code satisfies never;
  }
}
