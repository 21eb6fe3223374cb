import { StoreError } from "./errors.ts";

/**
 * One thing that fsck found. `damage`: something is not what was written. `notice`: what a crash leaves in the middle of a
 * write, which the next start mends.
 */
export type Finding = {
  readonly severity: "damage" | "notice";
  /** File and offset, key or height, in words. */
  readonly where: string;
  readonly what: string;
};

/** Collects findings; each is also told at once. */
export class Findings {
  readonly all: Finding[] = [];

  get hasDamage(): boolean {
    return this.all.some(({ severity }) => severity === "damage");
  }

  damage(where: string, what: string): void {
    this.all.push({ severity: "damage", where, what });
  }

  notice(where: string, what: string): void {
    this.all.push({ severity: "notice", where, what });
  }

  /** Runs a check whose refusal is a finding. Anything but a StoreError is a fault of the check, and thrown. */
  async try(check: () => void | Promise<void>): Promise<void> {
    try {
      await check();
    } catch (error) {
      this.refused(error);
    }
  }

  /** Takes a StoreError as a finding. */
  refused(error: unknown): void {
    if (!(error instanceof StoreError)) throw error;
    this.damage(error.where, error.what);
  }
}
