// npm run bench: see README.md.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Results } from "./measurement";
import { machine } from "./machine";
import { type Options, readOptions, usage } from "./options";
import { amountsFor, planOf } from "./plan";
import { patienceFor, within } from "./patience";
import { workloads } from "./points";
import { Profiles } from "./profiles";
import { printResults } from "./report/print";
import { writeReport } from "./report/write";
import { runSteps, said } from "./runner";
import { endChildrenWithUs } from "./systems/children";
import { systemName, systemTitle } from "./systems/catalog";
import { floorSystem, measureFloor } from "./workloads/floor";

/** What one round of the floor takes, about. */
const FLOOR_SECONDS = 8;
const roundsOf = { smoke: 1, quick: 3, full: 5 } as const;

function stepsOf({ scale, rounds, workloads, brokers }: Options) {
  return planOf(scale, rounds ?? roundsOf[scale]).filter(
    (step) =>
      brokers.includes(step.brokers) &&
      (step.always === true || workloads === undefined || workloads.includes(step.workload)),
  );
}

const clock = (seconds: number) => {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

/** Removed when the processes that write into it were ended just now. */
const removed = (dir: string) => rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });

async function measure(options: Options): Promise<Results> {
  const { scale, kinds, port, brokers } = options;
  const dir = mkdtempSync(join(options.dataDir ?? tmpdir(), "moldau-bench-"));
  const profiles =
    options.profiles === undefined ? undefined : new Profiles(resolve(options.profiles), (line) => console.log(line));
  const startedMs = performance.now();
  const took = () => (performance.now() - startedMs) / 1_000;
  const measured = brokers.flatMap((count) =>
    kinds.map((kind) => ({ name: systemName(kind, count), title: systemTitle(kind, count) })),
  );
  const results: Results = {
    startedAt: new Date().toISOString(),
    scale,
    rounds: options.rounds ?? roundsOf[scale],
    tookSeconds: 0,
    machine: machine(dir),
    systems: [floorSystem, ...measured],
    measurements: [],
    failures: [],
    skipped: [],
  };
  let isWhole = false;
  endChildrenWithUs(() => {
    removed(dir);
    if (!isWhole) console.log(`stopped; what was measured until then\n\n${printResults(results)}`);
  });
  const say = (line: string, left: number) =>
    process.stderr.write(`${clock(took())}  about ${clock(left)} to go  ${line}\n`);
  if (options.workloads === undefined || options.workloads.includes(workloads.floor)) {
    const rounds = Math.min(3, results.rounds);
    try {
      const floor = measureFloor(dir, amountsFor(scale, 1), rounds);
      results.measurements.push(...(await within(patienceFor(FLOOR_SECONDS * rounds), floor)));
    } catch (error) {
      const failure = { workload: workloads.floor, point: "", system: floorSystem.name, round: 0 };
      results.failures.push({ ...failure, error: said(error) });
    }
  }
  await runSteps(stepsOf(options), results, {
    kinds,
    amountsFor: (brokers) => amountsFor(scale, brokers),
    dir,
    port,
    profiles: profiles?.folder,
    around: profiles === undefined ? undefined : (system, step, work) => profiles.around(system, step, work),
    say,
  });
  isWhole = true;
  return { ...results, tookSeconds: took() };
}

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === "help") return console.log(usage);
  if (options.list) {
    for (const { workload, point, brokers, kinds } of stepsOf(options)) {
      console.log(`${workload}: ${point || "base"} (${kinds.map((kind) => systemName(kind, brokers)).join(", ")})`);
    }
    return;
  }
  const results =
    options.render === undefined
      ? await measure(options)
      : (JSON.parse(readFileSync(options.render, "utf8")) as Results);
  console.log(printResults(results));
  if (options.out !== undefined) writeReport(resolve(options.out), results);
}

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
