import { existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { FileDamage } from "./files/check-files.ts";
import { checkTableAt, type TableDamage } from "./files/read-table.ts";

/**
 * Second names of LevelDB's tables in folders of their own, so that LevelDB, which rewrites tables and deletes the old
 * ones, takes no evidence away: `unchecked` for tables whose checksums are still to be read, `damaged` for those in which
 * something was found.
 */
export class KeptTables {
  readonly #level: string;
  readonly #unchecked: string;
  readonly #damaged: string;

  constructor(level: string, { unchecked, damaged }: { readonly unchecked: string; readonly damaged: string }) {
    this.#level = level;
    this.#unchecked = unchecked;
    this.#damaged = damaged;
  }

  path(file: string): string {
    return join(this.#unchecked, file);
  }

  /** Gives a table its second name; false where the file system knows no such thing or has no room. */
  keep(file: string): boolean {
    try {
      mkdirSync(this.#unchecked, { recursive: true });
      rmSync(this.path(file), { force: true });
      linkSync(join(this.#level, file), this.path(file));
      return true;
    } catch {
      return false;
    }
  }

  /** Takes away the second name of a table that is whole. */
  release(file: string): void {
    rmSync(this.path(file), { force: true });
  }

  /** Puts a damaged table where the next start finds it at once. A disk that refuses leaves it where it will be found later. */
  setAside(file: string): void {
    try {
      mkdirSync(this.#damaged, { recursive: true });
      renameSync(this.path(file), join(this.#damaged, file));
    } catch {
      // The damage stops the node all the same: that must not fail for want of room.
    }
  }

  /** All tables that have a second name. */
  names(): string[] {
    return namesIn(this.#unchecked);
  }

  /** Tables of an earlier run that were not checked to the end and that LevelDB has rewritten or deleted since. */
  leftovers(): string[] {
    return this.names().filter((file) => !this.#isInUse(file));
  }

  /** Damage in tables that were set aside. */
  findSetAside(): FileDamage[] {
    return namesIn(this.#damaged).flatMap((file) =>
      asFileDamage(`../damaged/${file}`, checkTableAt(join(this.#damaged, file))),
    );
  }

  /** Damage in all tables that are kept here and that LevelDB has no more under their first names. */
  findAll(): FileDamage[] {
    const leftovers = this.leftovers().flatMap((file) =>
      asFileDamage(`../unchecked/${file}`, checkTableAt(this.path(file))),
    );
    return [...leftovers, ...this.findSetAside()];
  }

  #isInUse(file: string): boolean {
    const own = join(this.#level, file);
    return existsSync(own) && statSync(own).ino === statSync(this.path(file)).ino;
  }
}

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);

/** Damage of a table as damage in a file of the database. */
export const asFileDamage = (file: string, damage: TableDamage | undefined): FileDamage[] =>
  (damage ?? []).map(({ offset, what }) => ({ file, offset, what: `has ${what}` }));
