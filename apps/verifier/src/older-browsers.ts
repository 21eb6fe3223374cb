/**
 * What the packages use and Chromium 87 does not have yet. Imported first, so that it stands before they are loaded.
 */
const { hasOwnProperty: isOwn } = Object.prototype;
provide(Object, "hasOwn", (object: object, key: PropertyKey) => Reflect.apply(isOwn, object, [key]));

for (const list of [Array.prototype, Object.getPrototypeOf(Uint8Array.prototype) as object])
  provide(list, "at", function (this: ArrayLike<unknown>, index: number) {
    return this[index < 0 ? this.length + index : index];
  });

provide(Array.prototype, "toSorted", function (this: unknown[], compare?: (a: unknown, b: unknown) => number) {
  return [...this].sort(compare);
});

// A surrogate without its other half; with the flag u, pairs are one character and do not match.
provide(String.prototype, "isWellFormed", function (this: string) {
  return !/\p{Surrogate}/u.test(String(this));
});

function provide(owner: object, name: string, value: unknown): void {
  if (!(name in owner)) Object.defineProperty(owner, name, { value, writable: true, configurable: true });
}
