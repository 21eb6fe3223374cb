import { illDefined } from "./error.ts";

/** The form of the names of contracts, roles, refusals and scopes. */
export const KEBAB = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** The form of the names of records, fields, actions, totals and blanks. */
export const CAMEL = /^[a-z][a-zA-Z0-9]*$/;

const MAX_NAME = 48;

/** Nothing that reads like a member of every object. */
const RESERVED = new Set(["constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf"]);

/** Refuses, as a mistake in a definition, a name that is too long or not of its form. */
export function checkName(path: readonly string[], name: string, form: RegExp, what: string): void {
  if (name.length > MAX_NAME || !form.test(name) || RESERVED.has(name)) {
    illDefined([...path, name], `${JSON.stringify(name)} is no name for ${what}.`);
  }
}
