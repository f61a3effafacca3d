import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { goalResults, goalRows } from "../goals";
import type { Results } from "../measurement";
import { baseIs } from "../points";
import { drawPlots } from "./plots";
import { notes } from "./print";
import { markdown, workloadTables } from "./table";

/** A page for GitHub: machine, goals, plots, every table. */
export function page(results: Results): string {
  const { machine, startedAt, scale, rounds, tookSeconds, systems, measurements } = results;
  const lines = ["# Measured speed", ""];
  lines.push(
    `Written by \`npm run bench -- ${scale === "full" ? "" : `--${scale} `}--out …\` on ${startedAt.slice(0, 10)}; ${rounds} rounds, ` +
      `${Math.round(tookSeconds / 60)} minutes. How it is measured and how to read it: [tools/bench](../../tools/bench/README.md). ` +
      "All figures: [results.json](results.json).",
    "",
  );
  lines.push(...markdown([["machine", ""], ...Object.entries(machine)], 2), "");
  lines.push(...markdown([["system", ""], ...systems.map(({ name, title }) => [name, title])], 2), "");
  lines.push("## Goals", "", ...markdown(goalRows(goalResults(measurements)), 4), "", "## Plots", "");
  for (const { file, title } of drawPlots(measurements)) lines.push(`![${title}](${file})`, "");
  lines.push(
    "## Tables",
    "",
    "Medians of the rounds; × is the ratio to Apache Kafka, pair by pair.",
    "",
    `Point ${baseIs}.`,
    "",
  );
  for (const { title, rows } of workloadTables(results)) lines.push(`### ${title}`, "", ...markdown(rows, 2), "");
  const left = notes(results).filter(Boolean);
  if (left.length > 0) lines.push("## Left out and failed", "", ...left.map((line) => `- ${line}`), "");
  return lines.join("\n");
}

/** results.json, README.md and the plots, into a folder. */
export function writeReport(folder: string, results: Results): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "results.json"), `${JSON.stringify(results, roundedFigures)}\n`);
  writeFileSync(join(folder, "README.md"), page(results));
  for (const { file, svg } of drawPlots(results.measurements)) writeFileSync(join(folder, file), svg);
}

/** Six digits are more than any of it is exact to. */
const roundedFigures = (_key: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
