import { goalResults, goalRows } from "../goals";
import type { Results } from "../measurement";
import { baseIs } from "../points";
import { aligned, workloadTables } from "./table";

/** Everything for the terminal. */
export function printResults(results: Results): string {
  const lines: string[] = [];
  for (const [what, said] of Object.entries(results.machine)) lines.push(`${what}: ${said}`);
  if (results.scale === "smoke") lines.push("A smoke run: every step, tiny. Its figures mean nothing.");
  lines.push("× is the ratio to Apache Kafka in the same round, the median of all rounds.");
  lines.push(baseIs);
  for (const { title, rows } of workloadTables(results)) lines.push("", title, ...aligned(rows, 2));
  const goals = goalResults(results.measurements);
  const judged = goals.filter(({ met }) => met !== undefined);
  lines.push("", "goals", ...aligned(goalRows(judged), 2));
  if (judged.length < goals.length) lines.push(`${goals.length - judged.length} goals were not measured`);
  lines.push(...notes(results));
  return lines.join("\n");
}

/** What failed or was left out, by name. */
export function notes({ failures, skipped }: Results): string[] {
  const lines: string[] = [];
  for (const { what, why } of skipped) lines.push(`SKIPPED ${what}: ${why}`);
  for (const { workload, point, system, round, error } of failures) {
    lines.push(`FAILED ${workload}, ${point}: ${system}${round > 0 ? `, round ${round}` : ""}: ${error}`);
  }
  return lines.length === 0 ? [] : ["", ...lines];
}
