import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { describeFault, drawPlan, minimise, profiles, reproduction } from "@moldau/simulation";
import { Summary } from "./summary";
import type { Done, Job } from "./worker";
import { bundleSimulation, Worker } from "./workers";

const HELP = `Runs clusters of real roles in virtual time, over a network and disks that fail, under seeds.

  npm run simulate -- --seeds 1000 --from 1        seeds 1 to 1000, on all cores
  npm run simulate -- --seeds 500 --profile power  only power cuts
  npm run simulate -- --seed 1250                  one seed: its faults, and what went wrong
  npm run simulate -- --seed 1250 --only 3,7       the same with two of its faults
  npm run simulate -- --seed 1250 --verbose        and everything that the roles logged

Options
  --seeds N      how many (100)
  --from S       the first (1)
  --seed S       only this one
  --profile P    which faults: ${Object.keys(profiles).join(", ")} (all)
  --only LIST    numbers of the faults to keep, "none" for no faults; with --seed
  --workers N    processes (one a core)
  --keep-going   do not stop at the first seed that finds something
  --verbose      log lines; with --seed
Exit status: 0 nothing found, 1 something found, 2 wrong use.
`;

interface Options {
  from: number;
  seeds: number;
  profile: string;
  only: number[] | undefined;
  workers: number;
  keepGoing: boolean;
  verbose: boolean;
}

function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "100" },
      from: { type: "string", default: "1" },
      seed: { type: "string" },
      profile: { type: "string", default: "all" },
      only: { type: "string" },
      workers: { type: "string", default: String(availableParallelism()) },
      "keep-going": { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  const count = (name: string, text: string) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} ${text}: not a number of 0 or more`);
    return value;
  };
  if (profiles[values.profile] === undefined) {
    throw new Error(`--profile ${values.profile}: choose one of ${Object.keys(profiles).join(", ")}`);
  }
  if (values.seed === undefined && (values.only !== undefined || values.verbose)) {
    throw new Error("--only and --verbose go with --seed");
  }
  const only = values.only === "none" ? [] : values.only?.split(",").map((each) => count("only", each));
  return {
    from: count("from", values.seed ?? values.from),
    seeds: values.seed === undefined ? count("seeds", values.seeds) : 1,
    profile: values.profile,
    only,
    workers: values.seed === undefined ? Math.max(1, count("workers", values.workers)) : 1,
    keepGoing: values["keep-going"],
    verbose: values.verbose,
  };
}

async function main(): Promise<number> {
  let options: Options | undefined;
  try {
    options = readOptions();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nSee npm run simulate -- --help\n`);
    return 2;
  }
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const { bundle, remove } = await bundleSimulation();
  const workers: Worker[] = [];
  const stop = () => {
    for (const worker of workers) worker.stop();
    remove();
  };
  process.once("SIGTERM", () => {
    stop();
    process.exit(1);
  });
  try {
    return await runAll(options, workers, () => new Worker(bundle));
  } finally {
    stop();
  }
}

async function runAll(options: Options, workers: Worker[], newWorker: () => Worker): Promise<number> {
  const { from, seeds, profile, only } = options;
  const summary = new Summary(profile, seeds);
  const found: Done[] = [];
  let next = from;
  const work = async () => {
    const worker = newWorker();
    workers.push(worker);
    while (next < from + seeds && (options.keepGoing || found.length === 0)) {
      const job: Job = { seed: next++, profile, only, verbose: options.verbose };
      const done = await worker.run(job).catch((error: Error): Done => ({
        seed: job.seed,
        violations: [{ invariant: "ends", message: error.message }],
        traceHash: "",
        steps: 0,
        virtualMs: 0,
        acked: 0,
        polled: 0,
        faults: [],
        lines: [],
      }));
      summary.add(done);
      if (done.violations.length > 0) found.push(done);
      if (seeds === 1) tell(done, options);
      if (done.traceHash === "") break;
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.workers, seeds) }, work));
  if (seeds === 1) return found.length > 0 ? 1 : 0;
  summary.print();
  for (const done of found.slice(0, 10)) await explain(done, profile, newWorker, workers);
  return found.length > 0 ? 1 : 0;
}

/** One seed, for a person. */
function tell({ seed, violations, traceHash, steps, virtualMs, acked, polled, lines }: Done, options: Options): void {
  const { schedule } = drawPlan(seed, options.profile);
  const kept = options.only ?? schedule.map((_, i) => i);
  if (lines.length > 0) console.log(lines.join("\n"));
  for (const i of kept)
    if (schedule[i] !== undefined) console.log(`${String(i).padStart(4)}  ${describeFault(schedule[i])}`);
  console.log(
    `seed ${seed}: ${steps} steps, ${(virtualMs / 1000).toFixed(1)} virtual seconds, ${acked} records acknowledged, ${polled} read, trace ${traceHash}`,
  );
  for (const { invariant, message } of violations) console.log(`VIOLATED ${invariant}: ${message}`);
}

/** Finds a small schedule that still fails, and says how to run it. */
async function explain(done: Done, profile: string, newWorker: () => Worker, workers: Worker[]): Promise<void> {
  const [first] = done.violations;
  console.log(`\nseed ${done.seed} VIOLATED ${first!.invariant}: ${first!.message}`);
  console.log(`  ${reproduction(done.seed, { profile })}`);
  if (done.traceHash === "") return;
  const worker = newWorker();
  workers.push(worker);
  const { schedule } = drawPlan(done.seed, profile);
  const fails = async (only: number[]) => {
    const again = await worker.run({ seed: done.seed, profile, only });
    return again.violations.some(({ invariant }) => invariant === first!.invariant);
  };
  const all = schedule.map((_, i) => i);
  const least = await minimise(all, fails);
  worker.stop();
  if (least.length === all.length) return;
  console.log(
    `  ${least.length} of its ${all.length} faults are enough: ${reproduction(done.seed, { profile, only: least })}`,
  );
  for (const i of least) console.log(`  ${String(i).padStart(4)}  ${describeFault(schedule[i]!)}`);
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
