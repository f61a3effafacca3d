/** A log's settings, as Kafka's topic configuration names them; 4.0's defaults in `defaultLogConfig`. */
export interface LogConfig {
  /** segment.bytes */
  segmentBytes: number;
  /** segment.ms */
  segmentMs: number;
  /** segment.jitter.ms */
  segmentJitterMs: number;
  /** segment.index.bytes: of each of the two indexes. */
  segmentIndexBytes: number;
  /** index.interval.bytes */
  indexIntervalBytes: number;
  /** Whether cleanup.policy holds `compact`. */
  compact: boolean;
  /** min.cleanable.dirty.ratio */
  minCleanableRatio: number;
  /** min.compaction.lag.ms */
  minCompactionLagMs: number;
  /** max.compaction.lag.ms; Infinity for no limit. */
  maxCompactionLagMs: number;
  /** delete.retention.ms: how long tombstones and markers stay once nothing is left of what they end. */
  deleteRetentionMs: number;
  /** Whether cleanup.policy holds `delete`. */
  deleteByPolicy: boolean;
  /** retention.ms, -1 for no limit. */
  retentionMs: number;
  /** retention.bytes, -1 for no limit. */
  retentionBytes: number;
  /** file.delete.delay.ms */
  fileDeleteDelayMs: number;
  /** flush.messages: an append that makes this many unflushed offsets waits for the disk. Infinity: never. */
  flushMessages: number;
  /** flush.ms; Infinity: never. */
  flushMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export const defaultLogConfig: LogConfig = {
  segmentBytes: 1024 * 1024 * 1024,
  segmentMs: 7 * DAY_MS,
  segmentJitterMs: 0,
  segmentIndexBytes: 10 * 1024 * 1024,
  indexIntervalBytes: 4096,
  compact: false,
  minCleanableRatio: 0.5,
  minCompactionLagMs: 0,
  maxCompactionLagMs: Infinity,
  deleteRetentionMs: DAY_MS,
  deleteByPolicy: true,
  retentionMs: 7 * DAY_MS,
  retentionBytes: -1,
  fileDeleteDelayMs: 60_000,
  flushMessages: Infinity,
  flushMs: Infinity,
};

/**
 * How long a segment takes batches (ms): one that is to be compacted within max.compaction.lag.ms has to be closed by then.
 * Source: LogConfig.maxSegmentMs, KIP-354.
 */
export function maxSegmentMs({ compact, maxCompactionLagMs, segmentMs }: LogConfig): number {
  return compact && maxCompactionLagMs > 0 ? Math.min(maxCompactionLagMs, segmentMs) : segmentMs;
}
