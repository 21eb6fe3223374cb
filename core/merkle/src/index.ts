export { type ConsistencyClaim, consistencyProof, verifyConsistency } from "./consistency.ts";
export { MerkleError, type MerkleErrorCode } from "./errors.ts";
export { CHUNK_BYTES, createFileHasher, type FileHasher, type FileIdentity, fileValue } from "./file.ts";
export { type Edge, HistoryLog } from "./history-log.ts";
export {
  leafHash,
  listPath,
  listPaths,
  listRoot,
  listRootOfHashes,
  nodeHash,
  rootFromPath,
  rootFromSides,
  sidesOf,
} from "./list.ts";
