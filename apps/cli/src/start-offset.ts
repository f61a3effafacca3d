import { usageError } from "./errors";

/** Where reading starts, as `--offset` says it. */
export type Start =
  | { kind: "beginning" }
  | { kind: "end" }
  | { kind: "stored" }
  | { kind: "at"; offset: number }
  | { kind: "before-end"; count: number }
  | { kind: "time"; timestampMs: number };

/** kcat's -o: beginning, end, stored, N, -N (that many before the end), s@MS (first record at or after that time). */
export function parseStart(text: string): Start {
  if (text === "beginning" || text === "end" || text === "stored") return { kind: text };
  if (/^\d{1,15}$/.test(text)) return { kind: "at", offset: Number(text) };
  if (/^-[1-9]\d{0,14}$/.test(text)) return { kind: "before-end", count: -Number(text) };
  if (/^s@\d{1,15}$/.test(text)) return { kind: "time", timestampMs: Number(text.slice(2)) };
  throw usageError(`--offset ${text} is none of beginning, end, stored, N, -N, s@MILLISECONDS`);
}

/** The offset to start from in one partition, kept within what the partition has. */
export function startOffset(
  start: Exclude<Start, { kind: "stored" }>,
  bounds: { earliest: number; latest: number; atTime?: number },
): number {
  const { earliest, latest } = bounds;
  const within = (offset: number): number => Math.min(Math.max(offset, earliest), latest);
  switch (start.kind) {
    case "beginning":
      return earliest;
    case "end":
      return latest;
    case "at":
      return within(start.offset);
    case "before-end":
      return within(latest - start.count);
    case "time":
      // No record that late: -1 from the cluster, the end for us.
      return bounds.atTime === undefined || bounds.atTime < 0 ? latest : within(bounds.atTime);
  }
}
