/**
 * A copy with every text in Unicode normal form C, as the ledger admits it: one spelling of a name is one.
 *
 * Goes through plain objects and arrays; bytes, numbers and bigints stay as they are.
 */
export function inNormalForm<T>(value: T): T {
  // Each branch gives a value of the type that it took.
  if (typeof value === "string") return value.normalize("NFC") as T;
  if (Array.isArray(value)) return value.map(inNormalForm) as T;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, inNormalForm(member)])) as T;
}
