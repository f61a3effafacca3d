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
  deleteByPolicy: true,
  retentionMs: 7 * DAY_MS,
  retentionBytes: -1,
  fileDeleteDelayMs: 60_000,
  flushMessages: Infinity,
  flushMs: Infinity,
};
