import { createInterface } from "node:readline";
import { runSeed } from "@moldau/simulation";

/** What a worker is told: a seed and how to run it. */
export interface Job {
  seed: number;
  profile: string;
  only?: number[];
  verbose?: boolean;
}

/** What it answers. */
export interface Done {
  seed: number;
  violations: { invariant: string; message: string }[];
  traceHash: string;
  steps: number;
  virtualMs: number;
  acked: number;
  polled: number;
  faults: string[];
  lines: string[];
}

// Where an error was made costs more than the rest of it, and is wanted only by who looks at one seed.
Error.stackTraceLimit = 0;
const stdout = process.stdout.write.bind(process.stdout);
let turn = Promise.resolve();

createInterface({ input: process.stdin }).on("line", (line) => {
  const job = JSON.parse(line) as Job;
  turn = turn.then(async () => {
    if (job.verbose) Error.stackTraceLimit = 20;
    const { violations, traceHash, steps, virtualMs, acked, polled, faults, lines } = await runSeed(job.seed, job);
    const done: Done = {
      seed: job.seed,
      violations: violations.slice(0, 20),
      traceHash,
      steps,
      virtualMs,
      acked,
      polled,
      faults: faults.map(({ kind }) => kind),
      lines: [...lines],
    };
    stdout(`${JSON.stringify(done)}\n`);
  });
});
