// Kafka's tools print columns of fixed least widths, each padded to the right.

/** One row: every cell padded to its width and a space behind each but the last. A width of 0 leaves a cell as it is. */
export function row(cells: readonly (string | number)[], widths: readonly number[]): string {
  return cells.map((cell, column) => String(cell).padEnd(widths[column] ?? 0)).join(" ");
}

/** The longest of these texts, or `least`. */
export function widthOf(least: number, texts: Iterable<string>): number {
  let width = least;
  for (const text of texts) width = Math.max(width, text.length);
  return width;
}

/** A table whose columns are as wide as their longest cell, with a tab behind each. */
export function tabbedTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) =>
    widthOf(
      title.length,
      rows.map((cells) => cells[column]!),
    ),
  );
  return [head, ...rows].map((cells) => cells.map((cell, column) => `${cell.padEnd(widths[column]!)}\t`).join(""));
}
