/** Hex in groups of four, as people compare it. */
export function grouped(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, "$1 ");
}

/** The beginning and end of a long fingerprint. */
export function shortened(hex: string): string {
  return `${grouped(hex.slice(0, 8))} … ${hex.slice(-4)}`;
}

/** A number with its thousands apart. */
export function counted(count: number | bigint): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
