import type { ClientMetric } from "@moldau/client";
import type { ToolRun } from "../tool";

/** The metrics of a client, sorted by name. Source: org.apache.kafka.tools.ToolsUtils. */
export function printMetrics({ print }: ToolRun, metrics: readonly ClientMetric[], clientId: string): void {
  const rows = metrics
    .map(({ group, name, value }) => [`${group}:${name}:{client-id=${clientId}}`, value.toFixed(3)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(...rows.map(([name]) => name.length));
  print(`\n${"Metric Name".padEnd(width)}   Value`);
  for (const [name, value] of rows) print(`${name.padEnd(width)} : ${value}`);
}
