import type { Wording } from "./bundle.ts";
import type { ContractDefinition } from "./contract.ts";

/** The contracts that serve one purpose, with their wording; `applications/<name>/index.ts` exports one as `application`. */
export type Application = {
  readonly name: string;
  readonly title: string;
  readonly contracts: readonly ContractDefinition[];
  /** Chinese, by derived key; English stands in the definitions. */
  readonly wording: Wording;
};
