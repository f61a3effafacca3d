// Where a group is to go on reading, partition by partition. Pure; the command asks the cluster for what is missing.
import { usageError } from "./errors";
import { type FileOffset } from "./offsets-file";
import { partitionName, type TopicPartition } from "./offsets";

export type ResetTarget =
  | { kind: "earliest" }
  | { kind: "latest" }
  | { kind: "current" }
  | { kind: "offset"; offset: number }
  | { kind: "shift"; by: number }
  /** The first record at or after that time. */
  | { kind: "time"; timestampMs: number }
  | { kind: "file"; offsets: readonly FileOffset[] };

export interface Bounds {
  earliest: number;
  latest: number;
  /** Null where nothing was committed. */
  committed: number | null;
  /** Of `time`; -1 where no record is that late. */
  atTime?: number;
}

export interface Reset extends TopicPartition {
  before: number | null;
  after: number;
  /** What was meant lies outside of the partition, which is kept within. */
  clamped: boolean;
}

/** The new offset of one partition; undefined where the target does not speak of it. */
export function resetOf(at: TopicPartition, target: ResetTarget, bounds: Bounds): Reset | undefined {
  const wanted = wantedOf(at, target, bounds);
  if (wanted === undefined) return undefined;
  const after = Math.min(Math.max(wanted, bounds.earliest), bounds.latest);
  const { topic, partition } = at;
  return { topic, partition, before: bounds.committed, after, clamped: after !== wanted };
}

function wantedOf(at: TopicPartition, target: ResetTarget, bounds: Bounds): number | undefined {
  switch (target.kind) {
    case "earliest":
      return bounds.earliest;
    case "latest":
      return bounds.latest;
    case "current":
      // As Kafka's tool has it: a group that never was here goes on at the end.
      return bounds.committed ?? bounds.latest;
    case "offset":
      return target.offset;
    case "shift":
      if (bounds.committed === null) {
        throw usageError(
          `nothing was committed for ${partitionName(at)}: there is nothing to shift; use --to-earliest or --to-latest`,
        );
      }
      return bounds.committed + target.by;
    case "time":
      return bounds.atTime === undefined || bounds.atTime < 0 ? bounds.latest : bounds.atTime;
    case "file":
      return target.offsets.find(({ topic, partition }) => topic === at.topic && partition === at.partition)?.offset;
  }
}

/** `orders` for all partitions, `orders:0,2` for some. */
export function parseTopicScope(text: string): { topic: string; partitions: number[] | null } {
  const match = /^([^:]+?)(?::(\d+(?:,\d+)*))?$/.exec(text);
  if (match === null) throw usageError(`--topic ${text} is not TOPIC or TOPIC:PARTITION,…`);
  return {
    topic: match[1]!,
    partitions: match[2] === undefined ? null : [...new Set(match[2].split(",").map(Number))],
  };
}
