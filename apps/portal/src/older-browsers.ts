/** What the packages use and Chromium 108 to 110 do not have yet. Imported first, so that it stands before it is used. */
if (!("isWellFormed" in String.prototype)) {
  Object.defineProperty(String.prototype, "isWellFormed", {
    // A surrogate without its other half; with the flag u, pairs are one character and do not match.
    value(this: string) {
      return !/\p{Surrogate}/u.test(String(this));
    },
    writable: true,
    configurable: true,
  });
}

export {};
