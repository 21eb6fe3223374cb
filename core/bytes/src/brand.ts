declare const brand: unique symbol;

/** `T` that must not be mixed with other `T`: `type KeyHash = Brand<Uint8Array, "KeyHash">`. Costs nothing at run time. */
export type Brand<T, B extends string> = T & { readonly [brand]: B };
