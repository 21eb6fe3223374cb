import zh from "./zh.json" with { type: "json" };

/** The ledger's own sentences in Chinese: `ledger.refusals.<code>` and `ledger.inadmissible.<code>.meaning` or `.remedy`. */
export const ledgerWording: Readonly<Record<string, string>> = zh;
