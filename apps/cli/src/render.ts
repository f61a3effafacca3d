// How results are shown: as a table for people, as JSON or YAML for programs. The data is the same in all three.
export const outputFormats = ["table", "json", "yaml"] as const;
export type OutputFormat = (typeof outputFormats)[number];

export interface View {
  /** What JSON and YAML say; stable names, scripts read them. */
  data: unknown;
  /** What people read. */
  text(): string | Promise<string>;
}

export async function render(format: OutputFormat, view: View): Promise<string> {
  switch (format) {
    case "json":
      return `${JSON.stringify(view.data, null, 2)}\n`;
    case "yaml": {
      const { stringify } = await import("yaml");
      return stringify(view.data, { aliasDuplicateObjects: false });
    }
    case "table": {
      const text = await view.text();
      return text === "" || text.endsWith("\n") ? text : `${text}\n`;
    }
  }
}

export type Cell = string | number | undefined;

/** Aligned columns without lines, so that awk and a person both read it; numbers to the right, `-` for what is unknown. */
export async function table(head: readonly string[], rows: readonly (readonly Cell[])[]): Promise<string> {
  const { default: Table } = await import("cli-table3");
  const none = { top: "", "top-mid": "", "top-left": "", "top-right": "" };
  const lines = new Table({
    head: [...head],
    colAligns: head.map((_, column) =>
      rows.length > 0 && rows.every((row) => typeof row[column] !== "string") ? "right" : "left",
    ),
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
    chars: {
      ...none,
      ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
      ...{ left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: "  " },
    },
  });
  lines.push(...rows.map((row) => row.map((cell) => (cell === undefined ? "-" : String(cell)))));
  return lines
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** `label: value` lines with the values under each other. */
export function fields(pairs: readonly (readonly [label: string, value: Cell])[]): string {
  const width = Math.max(...pairs.map(([label]) => label.length)) + 1;
  return pairs.map(([label, value]) => `${`${label}:`.padEnd(width)} ${value ?? "-"}`).join("\n");
}

export function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
