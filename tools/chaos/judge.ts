// What comes of a run: one history of all clients, the verdict over it, as a table and as files.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, fromLines, type HistoryEvent, merge, toLine } from "@moldau/history";
import type { Run } from "./prepare";
import { countEvents, settleCommits, table, verdictRows } from "./verdict";

/** How the final reads went. */
export interface Outcome {
  completed: boolean;
  detail?: string;
  tookMs: number;
}

/**
 * Stops the cluster, writes `history.jsonl`, `verdict.txt` and `violations.json`, prints the table.
 * Exit status: 0 where every invariant held.
 */
export async function judge(run: Run, historyDirectory: string, what: string, outcome: Outcome): Promise<number> {
  const files = readdirSync(historyDirectory).sort();
  const histories = files.map((name) => fromLines(readFileSync(join(historyDirectory, name), "utf8"), name));
  const events: HistoryEvent[] = settleCommits(merge(histories));
  const lastMs = events.length === 0 ? 0 : Number.MAX_SAFE_INTEGER;
  events.push({ type: "final-reads", completed: outcome.completed, detail: outcome.detail, atMs: lastMs });
  writeFileSync(join(run.directory, "history.jsonl"), events.map(toLine).join(""));
  await run.cluster.stop();

  const verdicts = check(events);
  const rows = verdictRows(verdicts);
  const counts = countEvents(events);
  const violated = verdicts.filter(({ count }) => count > 0);
  const ownEnds = run.cluster.nodes.flatMap(({ name, ownEnds }) => ownEnds.map(({ how }) => `${name} (${how})`));
  const lines = [
    "",
    `seed ${run.options.seed}, durability ${run.options.durability}${run.options.mutant ? `, mutant ${run.options.mutant}` : ""}; ${what}`,
    `${counts.sends} sends, ${counts.acked} acknowledged, ${counts.read} records read, ${counts.commits} commits, ` +
      `${counts.committedReads} reads of committed offsets; final reads took ${(outcome.tookMs / 1000).toFixed(1)} s`,
    ...(ownEnds.length > 0 ? [`ended by themselves and were started again: ${ownEnds.join(", ")}`] : []),
    ...run.skipped.map(({ name, why }) => `SKIPPED ${name}: ${why}`),
    "",
    table(
      ["invariant", "checked", "violations", "verdict"],
      rows
        .filter(({ verdict }) => verdict !== "not looked at")
        .map((row) => [row.invariant, row.checked, row.violations, row.verdict]),
    ),
    ...violated.flatMap(({ violations, count }) => [
      "",
      ...violations.slice(0, 5).map(({ invariant, message }) => `${invariant}: ${message}`),
      ...(count > 5 ? [`… and ${count - 5} more`] : []),
    ]),
    "",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  writeFileSync(join(run.directory, "verdict.txt"), lines.join("\n"));
  writeFileSync(join(run.directory, "violations.json"), JSON.stringify(violated, undefined, 1));
  return violated.length > 0 ? 1 : 0;
}
