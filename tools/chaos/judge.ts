// What comes of a run: one history of all clients, the verdict over it, as a table and as files.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, fromLines, type HistoryEvent, merge, toLine } from "@moldau/history";
import type { ClientFleet } from "./client-fleet";
import { judgeMetadata, type MetadataChange, type MetadataEnd } from "./metadata-verdict";
import type { Run } from "./prepare";
import { countEvents, processRow, settleCommits, table, verdictRows } from "./verdict";

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
export async function judge(run: Run, fleet: ClientFleet, what: string, outcome: Outcome): Promise<number> {
  const files = readdirSync(fleet.historyDirectory).sort();
  const histories = files.map((name) => fromLines(readFileSync(join(fleet.historyDirectory, name), "utf8"), name));
  const events: HistoryEvent[] = settleCommits(merge(histories));
  const lastMs = events.length === 0 ? 0 : Number.MAX_SAFE_INTEGER;
  events.push({ type: "final-reads", completed: outcome.completed, detail: outcome.detail, atMs: lastMs });
  writeFileSync(join(run.directory, "history.jsonl"), events.map(toLine).join(""));
  await run.cluster.stop();

  const verdicts = check(events);
  const metadata = readMetadata(fleet.metadataDirectory);
  const rows = [...verdictRows(verdicts), metadata, processRow(run.cluster.nodes.flatMap(({ ownEnds }) => ownEnds))];
  const counts = countEvents(events);
  const violated = verdicts.filter(({ count }) => count > 0);
  const ownEnds = run.cluster.nodes.flatMap(({ name, ownEnds }) =>
    ownEnds.map(({ how, expected }) => `${name} (${how}${expected ? "" : ", and its disk was well"})`),
  );
  const lines = [
    "",
    `seed ${run.options.seed}, durability ${run.options.durability}${run.options.mutant ? `, mutant ${run.options.mutant}` : ""}; ${what}`,
    `${counts.sends} sends, ${counts.acked} acknowledged, ${counts.read} records read, ${counts.commits} commits, ` +
      (run.transactions
        ? `${counts.transactions.committed} transactions committed, ${counts.transactions.aborted} aborted, `
        : "") +
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
    ...metadata.messages.map((message) => `${metadata.invariant}: ${message}`),
    "",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  writeFileSync(join(run.directory, "verdict.txt"), lines.join("\n"));
  writeFileSync(join(run.directory, "violations.json"), JSON.stringify(violated, undefined, 1));
  return rows.some(({ verdict }) => verdict === "VIOLATED") ? 1 : 0;
}

function readMetadata(directory: string): ReturnType<typeof judgeMetadata> {
  const changes: MetadataChange[] = [];
  let end: MetadataEnd | undefined;
  for (const name of readdirSync(directory)) {
    // The last line of a client that was killed may be cut off: it lacks its line end.
    const lines = readFileSync(join(directory, name), "utf8").split("\n").slice(0, -1);
    for (const line of lines) {
      const event = JSON.parse(line) as MetadataChange | MetadataEnd;
      if (event.type === "metadata-end") end = event;
      else changes.push(event);
    }
  }
  return judgeMetadata(changes, end);
}
