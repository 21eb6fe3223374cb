import { BRAND_MARK, type Fit, markPaths } from "@acta/ui";

/** The small mark of a fit. Beside it there is always its word. */
export function Mark({ fit }: { readonly fit: Fit }) {
  const { fill, outline } = markPaths(fit);
  return (
    <svg className="mk" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {fill !== "" && <path d={fill} />}
      {outline !== "" && <path className="outline" d={outline} />}
    </svg>
  );
}

/** The project's mark. */
export function BrandMark() {
  return (
    <svg className="mk" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={BRAND_MARK} />
    </svg>
  );
}
