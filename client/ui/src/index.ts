export { type BlockTime, dayAndTime, type Moment, momentOf, zoneText } from "./dates.ts";
export { BRAND_MARK, type Fit, type MarkPaths, markPaths } from "./mark.ts";
export { counted, grouped } from "./numbers.ts";
export { applyPreferences, type Preferences, type PreferenceWorld, readPreferences } from "./preferences.ts";
export { tallyLengths } from "./tally.ts";
