export { installNative } from "./hashing.ts";
export { leafHasher } from "./leaf-hasher.ts";
export { pairHasher } from "./pair-hasher.ts";
export { type Ed25519Signer, ed25519Signer, signEd25519 } from "./signing.ts";
export { createVerdictCache, type VerdictCache } from "./verdict-cache.ts";
export { verifyNative } from "./verifying.ts";
