/** Rows of a report: a title, the names of the columns, and for each row its name and its cells. */
export type Table = {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly [name: string, ...cells: (string | number)[]])[];
};

/** A table as text: names to the left, cells to the right of their columns. */
export function tableInWords({ title, columns, rows }: Table): string {
  const lines = [[title, ...columns], ...rows.map(([name, ...cells]) => [name, ...cells.map(cellText)])];
  const width = (column: number): number => Math.max(...lines.map((line) => line[column]?.length ?? 0));
  const widths = lines[0]?.map((_, column) => width(column)) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, column) => padded(cell, widths[column] ?? 0, column))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A number rounded to a few digits after the point. */
export function rounded(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}

function padded(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function cellText(cell: string | number): string {
  return typeof cell === "number" ? cell.toLocaleString("en", { maximumFractionDigits: 4 }) : cell;
}
