// What every client process has: its task, its clock, its files, and how it is doing.
import { openSync, writeSync } from "node:fs";
import { type HistoryEvent, toLine } from "@moldau/history";
import type { ClientProgress, ClientTask } from "../clients";
import { delay, monotonicMs } from "../machine";
import type { MetadataChange, MetadataEnd } from "../metadata-verdict";

export const task = JSON.parse(process.argv[2]!) as ClientTask;
export const progress: ClientProgress = {
  type: "progress",
  acked: 0,
  unknown: 0,
  polled: 0,
  committed: 0,
  transactions: 0,
  lag: 0,
};
/** Whoever is asked to end finishes what is under way. */
export const life = { stopping: false };

/** Milliseconds of the run's clock. */
export const nowMs = (): number => Math.round((monotonicMs() - task.originMs) * 1000) / 1000;

/** One call for each event, so that a kill leaves at most the last line incomplete. */
function recorder<T>(path: string, toText: (event: T) => string): (event: T) => void {
  let file: number | undefined;
  return (event) => void writeSync((file ??= openSync(path, "a")), toText(event));
}

export const record = recorder<HistoryEvent>(task.historyFile, toLine);
export const recordMetadata = recorder<MetadataChange | MetadataEnd>(
  task.metadataFile,
  (event) => `${JSON.stringify(event)}\n`,
);

export const partitions = task.topics.flatMap(({ name, partitions: count }) =>
  Array.from({ length: count }, (_, partition) => ({ topic: name, partition })),
);

export function noteError(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  if (progress.error === text) return;
  progress.error = text;
  process.stderr.write(`${new Date().toISOString()} ${task.process} at ${nowMs()}: ${text}\n`);
}

/** What has to be known in the end is asked for until there is an answer. */
export async function untilItSucceeds<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      noteError(error);
      await delay(500);
    }
  }
}
