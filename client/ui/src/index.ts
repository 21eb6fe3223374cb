export { BRAND_MARK, type Fit, type MarkPaths, markPaths } from "./mark.ts";
export { tallyLengths } from "./tally.ts";
