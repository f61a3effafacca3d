// npm run chaos: real faults against a split cluster of real processes, under load of clients in other processes. What
// the clients were told is recorded and checked; see README.md.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { failoverRun } from "./failover";
import { faultRun } from "./fault-run";
import { monotonicMs } from "./machine";
import { help, parseOptions, UsageError } from "./options";
import { prepare } from "./prepare";
import { RunSlot } from "./slot";

const startedMs = monotonicMs();
const say = (line: string) =>
  void process.stderr.write(`${((monotonicMs() - startedMs) / 1000).toFixed(1).padStart(7)} ${line}\n`);

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2), Date.now());
  if (options === undefined) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  if (options.cleanOnly) {
    process.stdout.write(`cleaned up after ${RunSlot.cleanUpAfterOthers()} runs\n`);
    return 0;
  }
  const directory = options.keep === undefined ? mkdtempSync(join(tmpdir(), "moldau-chaos-")) : resolve(options.keep);
  if (options.keep !== undefined) {
    mkdirSync(directory, { recursive: true });
    if (readdirSync(directory).length > 0) throw new UsageError(`--keep ${options.keep}: the directory is not empty`);
  }
  const slot = RunSlot.claim(directory);
  let interrupted = false;
  // Also after an error, and after Ctrl-C: what was mounted, cut and started does not outlive the run.
  process.on("exit", () => {
    slot.release();
    if (interrupted && options.keep === undefined) rmSync(directory, { recursive: true, force: true });
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      say(`${signal}: cleaning up`);
      interrupted = true;
      process.exit(1);
    });
  }
  const run = await prepare(options, directory, slot, say);
  const status = options.failover === undefined ? await faultRun(run) : await failoverRun(run, options.failover);
  if (status === 0 && options.keep === undefined) {
    slot.release();
    rmSync(directory, { recursive: true, force: true });
  } else say(`history, logs and data: ${directory}`);
  return status;
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    // Not a verdict over the cluster: the run itself could not be carried out.
    const text = error instanceof UsageError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`chaos: ${text}\n`);
    process.exit(2);
  },
);
