import { moreFileThreads } from "@moldau/disk";
import type { Telemetry } from "@moldau/telemetry";
import { collectSeldom } from "./collect-seldom";

/** What a person gave cannot be used: one line that says what to do, exit status 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Names of errors that mean "this start cannot succeed as it was asked for": exit status 2 and no stack trace. */
const refusals: ReadonlySet<string> = new Set([
  "UsageError",
  "ConfigError",
  "ListenError",
  "TopologyError",
  "DataDirectoryError",
  "RegistrationRefused",
  "StorageError",
  "QuorumStorageError",
]);

/** Exit status of an error that ended a start: 2 for what the person can mend, 1 for a failure. */
export function exitStatusOf(error: unknown): 1 | 2 {
  return error instanceof Error && refusals.has(error.name) ? 2 : 1;
}

export interface ProcessLife {
  /** Ends the process after a clean stop, with status 1: a role cannot go on. */
  fatal(error: Error): void;
  /** Ends the process after a clean stop, with status 0. */
  stop(reason: string): void;
  /** Resolves when the end has begun. */
  readonly ended: Promise<void>;
  isEnding(): boolean;
}

export interface RunningProcess {
  stop(): Promise<void>;
  /** Tells whoever started the process why it ends. */
  failed?(message: string): void;
}

/** A clean stop is promised within ten seconds. */
const stopBudgetMs = 9_500;

/**
 * Starts, waits for SIGINT, SIGTERM, a fatal error or the parent's word, stops cleanly, and ends the process. A second
 * signal ends it at once.
 * @throws what the person who started it can mend, after everything was stopped again
 */
export async function runUntilStopped(
  telemetry: Pick<Telemetry, "log">,
  start: (life: ProcessLife) => Promise<RunningProcess>,
): Promise<void> {
  collectSeldom();
  let end!: (outcome: { reason: string; error?: Error }) => void;
  const ended = new Promise<{ reason: string; error?: Error }>((resolve) => (end = resolve));
  let signals = 0;
  let ending = false;
  void ended.then(() => (ending = true));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (signals++ > 0) process.exit(1);
      end({ reason: signal });
    });
  }
  const life: ProcessLife = {
    fatal: (error) => end({ reason: error.message, error }),
    stop: (reason) => end({ reason }),
    ended: ended.then(() => undefined),
    isEnding: () => ending,
  };
  process.on("uncaughtException", (error) => life.fatal(error));
  process.on("unhandledRejection", (error) => life.fatal(error instanceof Error ? error : new Error(String(error))));

  const starting = start(life);
  const startedOrEnded = await Promise.race([starting, ended.then(() => undefined)]);
  const outcome = await ended.then((value) => {
    telemetry.log.info({ reason: value.reason }, "stopping");
    return value;
  });
  const running = startedOrEnded ?? (await starting.catch(() => undefined));
  setTimeout(() => {
    telemetry.log.error("the clean stop took too long; ending now");
    process.exit(1);
  }, stopBudgetMs).unref();
  const refused = outcome.error !== undefined && exitStatusOf(outcome.error) === 2;
  if (outcome.error && !refused) telemetry.log.fatal({ err: outcome.error }, outcome.error.message);
  if (outcome.error) running?.failed?.(outcome.error.message);
  await running?.stop();
  telemetry.log.info("stopped");
  if (refused) throw outcome.error as Error;
  process.exit(outcome.error ? 1 : 0);
}

/** Runs a program's main function; an error becomes one line on standard error and an exit status. */
export function runMain(program: string, main: () => Promise<void>): void {
  moreFileThreads();
  main().catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.send?.({ type: "failed", message });
    process.stderr.write(`${program}: ${message}\n`);
    if (exitStatusOf(error) === 1 && error instanceof Error && error.stack) process.stderr.write(`${error.stack}\n`);
    process.exit(exitStatusOf(error));
  });
}
