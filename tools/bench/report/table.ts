// Results as text: one row for each system at each point, the ratio to Apache Kafka behind it.
import { ratioAt, medianAt } from "../figures/select";
import type { Measurement, Results } from "../measurement";

/** How a figure is shown: its heading, digits, and whether less of it is better. */
export const shownFigures: readonly { figure: string; heading: string; digits: number }[] = [
  { figure: "mbPerSecond", heading: "MB/s", digits: 0 },
  { figure: "recordsPerSecond", heading: "records/s", digits: 0 },
  { figure: "requestsPerSecond", heading: "requests/s", digits: 0 },
  { figure: "cpuSecondsPerGb", heading: "CPU-s/GB", digits: 2 },
  { figure: "cpuUsPerRecord", heading: "CPU µs/record", digits: 2 },
  { figure: "cpuUsPerRequest", heading: "CPU µs/request", digits: 0 },
  { figure: "p50Ms", heading: "p50 ms", digits: 2 },
  { figure: "p99Ms", heading: "p99 ms", digits: 2 },
  { figure: "p999Ms", heading: "p99.9 ms", digits: 2 },
  { figure: "ackP99Ms", heading: "ack p99 ms", digits: 2 },
  { figure: "toFirstAckMs", heading: "to first ack ms", digits: 0 },
  { figure: "kbPerPartition", heading: "KB/partition", digits: 1 },
  { figure: "kbPerConnection", heading: "KB/connection", digits: 1 },
  { figure: "idleCorePercent", heading: "idle % of a core", digits: 2 },
  { figure: "rssMb", heading: "RSS MB", digits: 0 },
];

/** A table of columns as wide as what is in them; the first ones to the left, numbers to the right. */
export function aligned(rows: readonly (readonly string[])[], leftColumns: number): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i < leftColumns ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join("  ")
      .trimEnd(),
  );
}

/** The same in GitHub's markdown. */
export function markdown(rows: readonly (readonly string[])[], leftColumns: number): string[] {
  const [head, ...rest] = rows;
  if (head === undefined) return [];
  const rule = head.map((_, i) => (i < leftColumns ? "---" : "--:"));
  return [head, rule, ...rest].map((row) => `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`);
}

/** The system that others are compared with in a group of as many brokers. */
export const referenceOf = (system: string): string => (system.endsWith("-3") ? "kafka-3" : "kafka");

const key = ({ workload, point }: Measurement) => `${workload}\n${point}`;

/** A block for each workload: rows of cells, the head first. Only columns that have a figure. */
export function workloadTables({ measurements }: Pick<Results, "measurements">): { title: string; rows: string[][] }[] {
  const workloads = [...new Set(measurements.map(({ workload }) => workload))];
  return workloads.map((workload) => {
    const own = measurements.filter((measurement) => measurement.workload === workload);
    const columns = shownFigures.filter(({ figure }) => own.some(({ figures }) => figures[figure] !== undefined));
    const rows = [["point", "system", ...columns.flatMap(({ heading }) => [heading, "×"])]];
    for (const at of [...new Set(own.map(key))]) {
      const [, point] = at.split("\n") as [string, string];
      const systems = [...new Set(own.filter((measurement) => key(measurement) === at).map(({ system }) => system))];
      for (const [i, system] of systems.entries()) {
        const cells = columns.flatMap(({ figure, digits }) => {
          const place = { workload, point, system, figure };
          const value = medianAt(own, place);
          const ratio =
            system === referenceOf(system) ? undefined : ratioAt(own, place, { system: referenceOf(system) });
          return [value?.toFixed(digits) ?? "", ratio?.median.toFixed(2) ?? ""];
        });
        rows.push([i === 0 ? point : "", system, ...cells]);
      }
    }
    return { title: workload, rows: withoutEmptyColumns(rows) };
  });
}

/** A column of ratios without a ratio says nothing. */
function withoutEmptyColumns(rows: string[][]): string[][] {
  const isKept = rows[0]!.map((heading, i) => heading !== "×" || rows.slice(1).some((row) => row[i] !== ""));
  return rows.map((row) => row.filter((_, i) => isKept[i]));
}
