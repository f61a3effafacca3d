import { OffsetHistory } from "./offset-history";

/** A partition of a topic that exists now; a topic that is made anew under its name has another id. */
export interface TrackedPartition {
  readonly topicId: string;
  readonly partition: number;
}

export interface Lag {
  /** Records between the committed offset and the end. */
  readonly records: number;
  /** Age of the oldest of them, at least: see `OffsetHistory.writtenAtMs`. 0 where there is none. */
  readonly seconds: number;
}

/** Where the partitions that groups have committed for ended lately. */
export class LagTracker {
  private readonly histories = new Map<string, OffsetHistory>();

  ended(partition: TrackedPartition, timeMs: number, endOffset: number): void {
    const key = keyOf(partition);
    let history = this.histories.get(key);
    if (history === undefined) this.histories.set(key, (history = new OffsetHistory()));
    history.add(timeMs, endOffset);
  }

  /** Forgets what no group here reads any more. */
  keepOnly(partitions: Iterable<TrackedPartition>): void {
    const kept = new Set<string>();
    for (const partition of partitions) kept.add(keyOf(partition));
    for (const key of [...this.histories.keys()]) if (!kept.has(key)) this.histories.delete(key);
  }

  /** Undefined where the partition's end is not known. */
  lagOf(partition: TrackedPartition, committedOffset: number, nowMs: number): Lag | undefined {
    const history = this.histories.get(keyOf(partition));
    const end = history?.endOffset;
    if (history === undefined || end === undefined) return undefined;
    const records = Math.max(end - committedOffset, 0);
    const since = records === 0 ? undefined : history.writtenAtMs(committedOffset);
    return { records, seconds: since === undefined ? 0 : Math.max(nowMs - since, 0) / 1_000 };
  }

  get size(): number {
    return this.histories.size;
  }
}

function keyOf({ topicId, partition }: TrackedPartition): string {
  return `${topicId}:${partition}`;
}
