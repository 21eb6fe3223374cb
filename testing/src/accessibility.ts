/** What WCAG 2.2 asks for at level AA, and the earlier versions in it. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** A page of a browser, as far as it is needed here. */
export type AuditedPage = { readonly evaluate: (script: string) => Promise<unknown> };

/**
 * Where a page breaks WCAG 2.2 AA, as far as axe-core can tell: a line for each element, none if all is well.
 *
 * It runs beside the page's policy, as a debugger does, and changes nothing on the page.
 */
export async function accessibilityFaults(page: AuditedPage): Promise<string[]> {
  const isThere = await page.evaluate("typeof axe === 'object'");
  if (isThere !== true) await page.evaluate(`${(await axe()).source};0`);
  const options = { runOnly: { type: "tag", values: TAGS }, rules: { "target-size": { enabled: true } } };
  const faults = await page.evaluate(`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
    violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => [id, help, html.slice(0, 120), failureSummary].join(" | "))))`);
  return faults as string[]; // the expression above makes them
}

/** Loaded by the tests that use it, and by no other. */
async function axe(): Promise<{ readonly source: string }> {
  return (await import("axe-core")).default;
}
