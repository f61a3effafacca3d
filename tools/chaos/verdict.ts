// From the files of all client processes to a table of verdicts.
import { type CommitEvent, type HistoryEvent, type Verdict } from "@moldau/history";

/**
 * One event for each commit: a client writes it down as unknown when it asks and once more when it knows, and only the
 * latter counts. (Sends are told apart by their sequence in the checkers.)
 */
export function settleCommits(events: readonly HistoryEvent[]): HistoryEvent[] {
  const keyOf = (event: CommitEvent) => `${event.process} ${event.group} ${event.partition} ${event.invokeMs}`;
  const known = new Set<string>();
  for (const event of events) {
    if (event.type === "commit" && event.outcome.kind !== "unknown") known.add(keyOf(event));
  }
  return events.filter(
    (event) => event.type !== "commit" || event.outcome.kind !== "unknown" || !known.has(keyOf(event)),
  );
}

export interface VerdictRow {
  invariant: string;
  checked: number;
  violations: number;
  verdict: "held" | "VIOLATED" | "not looked at";
}

/** A verdict for each invariant; one that nothing was looked at for has not been held. */
export function verdictRows(verdicts: readonly Verdict[]): VerdictRow[] {
  return verdicts.map(({ invariant, checked, count }) => ({
    invariant,
    checked,
    violations: count,
    verdict: count > 0 ? "VIOLATED" : checked > 0 ? "held" : "not looked at",
  }));
}

/** A process may end by itself when its disk fails, and at no other time. */
export function processRow(ends: readonly { expected: boolean }[]): VerdictRow {
  const violations = ends.filter(({ expected }) => !expected).length;
  return {
    invariant: "process-goes-on",
    checked: ends.length,
    violations,
    verdict: violations > 0 ? "VIOLATED" : "held",
  };
}

/** Rows as aligned columns; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => String(row[at]).length)));
  const line = (cells: readonly (string | number)[]) =>
    cells
      .map((cell, at) => (typeof cell === "number" ? String(cell).padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

/** Counts of what clients did, for the head of the table. */
export function countEvents(events: readonly HistoryEvent[]): {
  sends: number;
  acked: number;
  read: number;
  commits: number;
  committedReads: number;
  /** Those that committed and those that were aborted. */
  transactions: { committed: number; aborted: number };
} {
  const acked = new Set<string>();
  const sent = new Set<string>();
  let read = 0;
  let commits = 0;
  let committedReads = 0;
  const transactions = { committed: 0, aborted: 0 };
  for (const event of events) {
    if (event.type === "send") {
      sent.add(`${event.producer} ${event.sequence}`);
      if (event.outcome.kind === "acked") acked.add(`${event.producer} ${event.sequence}`);
    } else if (event.type === "poll") read += event.records.length;
    else if (event.type === "commit" && event.outcome.kind === "acked") commits++;
    else if (event.type === "committed-read") committedReads++;
    else if (event.type === "transaction" && event.outcome.kind !== "unknown") transactions[event.outcome.kind]++;
  }
  return { sends: sent.size, acked: acked.size, read, commits, committedReads, transactions };
}
