import type { RuleData } from "./rule.ts";
import type { Party } from "./values.ts";

/** A signer of the call as the rules see it: only the powers that it named in the transaction. */
export type AuthoritySigner = {
  readonly party: Party;
  readonly institution?: Party | undefined;
  readonly roles: readonly (readonly [contract: string, role: string])[];
};

/** Everything a rule may depend on. */
export type AuthorityFacts = {
  readonly signers: readonly AuthoritySigner[];
  /** The contract whose action is called. */
  readonly contract: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The contract that calls, if one does. */
  readonly caller?: string | undefined;
  /** True only while the ledger itself acts, at a deadline. */
  readonly isLedger: boolean;
  /** The contract's own record under a key given as values by field name; undefined where there is none. */
  record(name: string, key: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined;
};

/**
 * Who is missing for the rule to hold, in words ("a court, or the depositor of the deposit"); undefined if it holds.
 * Pure: the ledger decides with it, and forms ask it beforehand.
 */
export function missingAuthority(rule: RuleData, facts: AuthorityFacts): string | undefined {
  switch (rule.rule) {
    case "all":
      return joined(
        rule.of.map((part) => missingAuthority(part, facts)),
        "and",
      );
    case "any":
      return rule.of.some((part) => missingAuthority(part, facts) === undefined) ? undefined : ruleInWords(rule);
    case "kOf":
      return countByDistinctSigners(rule.of, facts) >= rule.count ? undefined : ruleInWords(rule);
    case "ledger":
      return facts.isLedger ? undefined : ruleInWords(rule);
    case "caller":
      return facts.caller === undefined || facts.caller === facts.contract ? ruleInWords(rule) : undefined;
    case "self":
      return facts.caller === facts.contract ? undefined : ruleInWords(rule);
    case "anyone":
      return facts.signers.length > 0 ? undefined : ruleInWords(rule);
    case "role":
    case "signedBy":
      return facts.signers.some((signer) => meets(signer, rule, facts)) ? undefined : ruleInWords(rule);
    case "consent":
      return missingConsent(rule, facts);
    case "consentEach":
      return missingConsents(rule, facts);
  }
}

/** A rule as the subject of a sentence: "a court and the depositor of the deposit". */
export function ruleInWords(rule: RuleData): string {
  switch (rule.rule) {
    case "role":
      return `${/^[aeiou]/.test(rule.role) ? "an" : "a"} ${inWords(rule.role)}`;
    case "signedBy":
      return `the ${inWords(rule.input)}`;
    case "consent":
      return `the ${inWords(rule.field)} of the ${inWords(rule.record)}`;
    case "consentEach":
      return `the ${inWords(rule.field)} of each ${inWords(rule.record)}`;
    case "caller":
      return "another contract";
    case "ledger":
      return "the ledger itself";
    case "self":
      return "the contract itself";
    case "anyone":
      return "anyone";
    case "all":
      return rule.of.map(ruleInWords).join(" and ");
    case "any":
      return rule.of.map(ruleInWords).join(" or ");
    case "kOf":
      return `${rule.count} of: ${rule.of.map(ruleInWords).join(", ")}`;
  }
}

type SignerRule = Extract<RuleData, { readonly rule: "role" | "signedBy" }>;
type ConsentEach = Extract<RuleData, { readonly rule: "consentEach" }>;
type Consent = Extract<RuleData, { readonly rule: "consent" }>;

/** The signers whose being in the role counts; what `actor(role)` of a context gives is the first of them. */
export function signersInRole(
  facts: Pick<AuthorityFacts, "signers" | "contract">,
  role: string,
): readonly AuthoritySigner[] {
  return facts.signers.filter((signer) => signer.roles.some(([of, named]) => of === facts.contract && named === role));
}

function meets(signer: AuthoritySigner, rule: SignerRule, facts: AuthorityFacts): boolean {
  if (rule.rule === "signedBy") return facts.input[rule.input] === signer.party;
  return signer.roles.some(([contract, role]) => contract === facts.contract && role === rule.role);
}

/** Nobody can consent for a record that is not there; `consentIfAny` asks nobody where only the field is absent. */
function missingConsent(rule: Consent, facts: AuthorityFacts): string | undefined {
  const key = Object.fromEntries(rule.key.map((name) => [name, facts.input[name]]));
  const record = facts.record(rule.record, key);
  if (record === undefined) return `${ruleInWords(rule)} (there is no such ${inWords(rule.record)})`;
  const party = record[rule.field];
  if (party === undefined && rule.ifAny) return undefined;
  return facts.signers.some((signer) => signer.party === party) ? undefined : ruleInWords(rule);
}

/** Like a consent for each record listed; whose is missing is said of the first. */
function missingConsents(rule: ConsentEach, facts: AuthorityFacts): string | undefined {
  const listed = facts.input[rule.list] as readonly unknown[]; // the definition was held to it
  if (listed.length === 0) return `${ruleInWords(rule)} (none is listed)`;
  for (const [index, key] of listed.entries()) {
    const record = facts.record(rule.record, rule.key.length === 1 ? { [rule.key[0] as string]: key } : (key as Row));
    const words = `${ruleInWords(rule)} (number ${index + 1} of ${listed.length}`;
    if (record === undefined) return `${words}: there is no such ${inWords(rule.record)})`;
    if (!facts.signers.some((signer) => signer.party === record[rule.field])) return `${words})`;
  }
  return undefined;
}

type Row = Readonly<Record<string, unknown>>;

/** The most rules that can be met when each signer meets at most one: a matching grown by augmenting paths. */
function countByDistinctSigners(rules: readonly RuleData[], facts: AuthorityFacts): number {
  const ruleOfSigner = new Map<number, number>();
  const canMeet = (signer: AuthoritySigner, rule: RuleData): boolean =>
    missingAuthority(rule, { ...facts, signers: [signer] }) === undefined;
  const place = (rule: number, seen: Set<number>): boolean => {
    for (const [index, signer] of facts.signers.entries()) {
      const of = rules[rule];
      if (seen.has(index) || of === undefined || !canMeet(signer, of)) continue;
      seen.add(index);
      const holder = ruleOfSigner.get(index);
      if (holder !== undefined && !place(holder, seen)) continue;
      ruleOfSigner.set(index, rule);
      return true;
    }
    return false;
  };
  return rules.filter((_, index) => place(index, new Set())).length;
}

function joined(parts: readonly (string | undefined)[], word: string): string | undefined {
  const missing = parts.filter((part) => part !== undefined);
  return missing.length === 0 ? undefined : missing.join(` ${word} `);
}

/** `heldBy` and `held-by` are both read "held by". */
function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${String.fromCharCode(letter.charCodeAt(0) + 32)}`).replaceAll("-", " ");
}
