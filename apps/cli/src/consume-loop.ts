// Polling until there is a reason to stop. States: reading → (count reached | end reached | interrupted | reader gone).
import { KafkaError } from "@moldau/base";
import type { Consumer, IncomingRecord } from "@moldau/client";
import { hasCode } from "./errors";
import { partitionName } from "./offsets";

export type Ended = "count" | "end" | "interrupted" | "reader-gone";

export interface ConsumeRun {
  consumer: Pick<Consumer, "poll" | "commit" | "assignment">;
  /** Resolves when written; the next poll waits for it. */
  write(records: readonly IncomingRecord[]): Promise<void>;
  count?: number;
  /**
   * When to end: at these offsets by partition (known at the start; records from there on are left out), or when each
   * assigned partition was read to its high watermark, or never.
   */
  end: { kind: "offsets"; ends: ReadonlyMap<string, number> } | { kind: "caught-up" } | { kind: "never" };
  /** Commit what was written this often; undefined without a group. */
  commitIntervalMs?: number;
  /** Whether the group has said which partitions are ours, perhaps none. */
  joined?(): boolean;
  interrupted: AbortSignal;
  gone: AbortSignal;
  nowMs(): number;
  onProgress?(records: number): void;
}

/** Short enough that an interruption is felt at once, long enough to cost nothing. */
const pollMs = 250;

/** Errors that a later commit gets over: the group is moving, what was read comes again at worst. */
const passingCommitErrors = [
  KafkaError.REBALANCE_IN_PROGRESS,
  KafkaError.ILLEGAL_GENERATION,
  KafkaError.UNKNOWN_MEMBER_ID,
  KafkaError.COORDINATOR_LOAD_IN_PROGRESS,
  KafkaError.COORDINATOR_NOT_AVAILABLE,
  KafkaError.NOT_COORDINATOR,
];

export async function consumeLoop(run: ConsumeRun): Promise<{ records: number; ended: Ended }> {
  const { consumer, count = Infinity, end } = run;
  let records = 0;
  let committedMs = run.nowMs();
  let uncommitted = false;
  for (;;) {
    if (records >= count) return { records, ended: "count" };
    if (run.gone.aborted) return { records, ended: "reader-gone" };
    if (run.interrupted.aborted) return { records, ended: "interrupted" };
    const left = count - records;
    const polled = await consumer.poll(pollMs, Number.isFinite(left) ? left : undefined);
    const wanted = end.kind === "offsets" ? polled.filter((record) => isBefore(record, end.ends)) : polled;
    if (wanted.length > 0) {
      await run.write(wanted);
      if (run.gone.aborted) return { records, ended: "reader-gone" };
      records += wanted.length;
      uncommitted = true;
      run.onProgress?.(records);
    }
    if (records < count && reachedEnd(run, polled.length)) return { records, ended: "end" };
    if (run.commitIntervalMs !== undefined && uncommitted && run.nowMs() - committedMs >= run.commitIntervalMs) {
      await commitUnlessMoving(consumer);
      committedMs = run.nowMs();
      uncommitted = false;
    }
  }
}

function isBefore(record: IncomingRecord, ends: ReadonlyMap<string, number>): boolean {
  return record.offset < (ends.get(partitionName(record)) ?? 0);
}

function reachedEnd(run: ConsumeRun, polled: number): boolean {
  const { end, consumer } = run;
  switch (end.kind) {
    case "never":
      return false;
    case "offsets":
      return consumer.assignment().every((at) => at.position >= (end.ends.get(partitionName(at)) ?? 0));
    case "caught-up": {
      if (polled > 0 || !(run.joined?.() ?? true)) return false;
      return consumer
        .assignment()
        .every((at) => at.position >= 0 && at.highWatermark >= 0 && at.position >= at.highWatermark);
    }
  }
}

async function commitUnlessMoving(consumer: Pick<Consumer, "commit">): Promise<void> {
  try {
    await consumer.commit();
  } catch (error) {
    if (!hasCode(error, ...passingCommitErrors)) throw error;
  }
}
