/** Names for slips: the file's own with `.slip`, and a number where two files have the same. */
export function slipNames(files: readonly { readonly name: string }[]): string[] {
  const given = new Set<string>();
  return files.map(({ name }) => {
    for (let number = 1; ; number++) {
      const slip = number === 1 ? `${name}.slip` : `${name}-${number}.slip`;
      if (given.has(slip)) continue;
      given.add(slip);
      return slip;
    }
  });
}
