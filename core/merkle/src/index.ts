export { type ConsistencyClaim, consistencyProof, verifyConsistency } from "./consistency.ts";
export { MerkleError, type MerkleErrorCode } from "./errors.ts";
export { CHUNK_BYTES, createFileHasher, type FileHasher, type FileIdentity, fileValue } from "./file.ts";
export { type Edge, HistoryLog } from "./history-log.ts";
export { type Keys, orderOf } from "./key-order.ts";
export { type LeafHasher, pureLeafHasher } from "./leaf-hasher.ts";
export {
  type ListTree,
  leafHash,
  listPath,
  listPaths,
  listRoot,
  listRootOfHashes,
  listTree,
  nodeHash,
  rootFromPath,
  rootFromSides,
  sidesOf,
} from "./list.ts";
export { type PairHasher, purePairHasher } from "./pair-hasher.ts";
export type { ProofPath } from "./prover.ts";
export { stateLeafHash, stateNodeHash } from "./state-leaf.ts";
export { StateTree } from "./state-tree.ts";
export { TreeBuilder, type TreeHashers } from "./tree-builder.ts";
export {
  decodeTreeProof,
  encodeTreeProof,
  type TreeEntry,
  type TreeProof,
  treeProof,
  treeProofRoot,
} from "./tree-proof.ts";
export type { StateChange } from "./update.ts";
