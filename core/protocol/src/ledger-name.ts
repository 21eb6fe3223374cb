const NAME = /^[a-z][a-z0-9-]{0,23}$/;

/** Whether a ledger may have this name: a lower-case letter, then up to 23 letters, digits and hyphens. FORMATS §2. */
export function isLedgerName(name: string): boolean {
  return NAME.test(name);
}
