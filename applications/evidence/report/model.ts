import type { Language } from "@acta/contract";
import type { Picture } from "./tally.ts";

/** A report as it is read: what stands where, in one language, not yet how it looks. */
export type Report = {
  readonly language: Language;
  readonly title: string;
  readonly subtitle: string;
  /** Said on top where the ledger is only for trying out. */
  readonly mark: string | undefined;
  readonly verdict: { readonly word: string; readonly sentences: readonly string[] };
  readonly tally: {
    readonly picture: Picture;
    /** Fingerprints, hex: of the file in hand, and of the one that the ledger binds. */
    readonly halves: readonly [left: string, right: string];
    readonly words: readonly [left: string, right: string, help: string];
  };
  readonly sections: readonly Section[];
  /** When it was made, and what it is: on top of paper, at the end of plain text. */
  readonly about: readonly string[];
  /** Counts the pages in words: before, between and after the numbers. */
  readonly pages: readonly [before: string, between: string, after: string];
};

/** One part of a report: the fact at the left of the seam, its proof at the right. */
export type Section = {
  /** `heading` stands over the sections that follow it; `limits` is framed. */
  readonly kind: "facts" | "heading" | "answer" | "limits" | "numbers";
  readonly title: string;
  readonly facts?: readonly Fact[];
  readonly says?: readonly string[];
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** What stands opposite. */
  readonly proof?: readonly string[];
};

/** A label, what it says, and what is to be added, a line each. */
export type Fact = { readonly label: string; readonly value: string; readonly notes?: readonly string[] };
