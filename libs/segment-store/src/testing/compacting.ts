import { gunzipSync, gzipSync } from "node:zlib";
import {
  batchesOf,
  buildBatch,
  buildControlBatch,
  hasDeleteHorizon,
  isControl,
  readRecords,
} from "@moldau/record-batch";
import type { ProducerLastRecord } from "../cleaner/batch-filter";
import type { CleaningPace, CleaningStats } from "../cleaner/clean-log";
import type { LogConfig } from "../log-config";
import type { PartitionLog } from "../partition-log";
import { readAll, smallSegments } from "./harness";

export const compacting: LogConfig = {
  ...smallSegments,
  compact: true,
  deleteByPolicy: false,
  deleteRetentionMs: 1_000,
};

/** Codecs for tests: gzip stands for all of them. */
export const codecs = {
  compress: (codec: number, bytes: Uint8Array): Uint8Array => (codec === 0 ? bytes : gzipSync(bytes)),
  decompress: (codec: number, bytes: Uint8Array, maxBytes: number): Uint8Array =>
    codec === 0 ? bytes : gunzipSync(bytes, { maxOutputLength: maxBytes }),
};

export const unhurried: CleaningPace = { onBytes: () => undefined, onBatch: () => undefined };

export interface CleanOptions {
  nowMs: number;
  lastStableOffset?: number;
  memoryBytes?: number;
  producers?: readonly ProducerLastRecord[];
  pace?: CleaningPace;
}

/** One round over everything that may be cleaned; undefined where there is nothing. */
export async function clean(log: PartitionLog, options: CleanOptions): Promise<CleaningStats | undefined> {
  const { nowMs, lastStableOffset = log.logEndOffset, producers = [] } = options;
  const { firstDirtyOffset, firstUncleanableOffset } = await log.dirtiness(lastStableOffset, nowMs);
  if (firstUncleanableOffset <= firstDirtyOffset) return undefined;
  return log.clean({
    firstDirtyOffset,
    endOffset: firstUncleanableOffset,
    nowMs,
    memoryBytes: options.memoryBytes ?? 1_000_000,
    loadFactor: 0.9,
    chunkBytes: 4_096,
    producers: () => producers,
    pace: options.pace ?? unhurried,
  });
}

export interface KeyedRecord {
  key: string;
  /** null: a tombstone. */
  value: string | null;
}

/** Appends one batch of keyed records at the log's end. */
export async function put(
  log: PartitionLog,
  records: readonly KeyedRecord[],
  options: { timestamp?: number; codec?: number; producer?: { id: number; epoch: number; sequence: number } } = {},
): Promise<number> {
  const baseOffset = log.logEndOffset;
  const { timestamp = 1_700_000_000_000 + baseOffset, codec = 0, producer } = options;
  const bytes = buildBatch({
    records: records.map(({ key, value }) => ({
      key: Buffer.from(key),
      value: value === null ? null : Buffer.from(value),
      timestamp,
    })),
    baseOffset,
    partitionLeaderEpoch: 0,
    codec,
    compress: codecs.compress,
    ...(producer ? { producerId: producer.id, producerEpoch: producer.epoch, baseSequence: producer.sequence } : {}),
  });
  const lastOffset = baseOffset + records.length - 1;
  await log.append([{ bytes, baseOffset, lastOffset, maxTimestamp: timestamp, leaderEpoch: 0 }]);
  return baseOffset;
}

/**
 * Appends a marker that ends a transaction. `oldestOpen`: where the oldest of those begins that are open then, as a leader knows it;
 * what an index says of stable offsets is wrong without it.
 */
export async function mark(
  log: PartitionLog,
  kind: "commit" | "abort",
  producerId: number,
  options: { firstOffset?: number; epoch?: number; oldestOpen?: number } = {},
): Promise<number> {
  const baseOffset = log.logEndOffset;
  const timestamp = 1_700_000_000_000 + baseOffset;
  const bytes = buildControlBatch({
    marker: { kind, producerId, producerEpoch: options.epoch ?? 0, coordinatorEpoch: 0 },
    timestamp,
    baseOffset,
    partitionLeaderEpoch: 0,
  });
  const { firstOffset } = options;
  const part = { bytes, baseOffset, lastOffset: baseOffset, maxTimestamp: timestamp, leaderEpoch: 0 };
  const aborted = {
    producerId,
    firstOffset: firstOffset ?? 0,
    lastOffset: baseOffset,
    lastStableOffset: Math.min(options.oldestOpen ?? Infinity, baseOffset + 1),
  };
  await log.append([kind === "abort" && firstOffset !== undefined ? { ...part, aborted } : part]);
  return baseOffset;
}

export interface SeenBatch {
  baseOffset: number;
  lastOffset: number;
  control: boolean;
  producerId: number;
  baseSequence: number;
  horizonMs: number | undefined;
  records: { offset: number; key: string | null; value: string | null; timestamp: number }[];
}

/** Every batch of a log, as a reader gets them. */
export async function batchesIn(log: PartitionLog): Promise<SeenBatch[]> {
  const { bytes } = await readAll(log, log.logStartOffset, 1_000_000);
  const text = (some: Uint8Array | null): string | null => (some === null ? null : Buffer.from(some).toString());
  return [...batchesOf(bytes)].map(({ header, position }) => ({
    baseOffset: header.baseOffset,
    lastOffset: header.baseOffset + header.lastOffsetDelta,
    control: isControl(header.attributes),
    producerId: header.producerId,
    baseSequence: header.baseSequence,
    horizonMs: hasDeleteHorizon(header.attributes) ? header.baseTimestamp : undefined,
    records: readRecords(bytes, position, codecs.decompress).map(({ offset, key, value, timestamp }) => ({
      offset,
      key: isControl(header.attributes) ? null : text(key),
      value: isControl(header.attributes) ? null : text(value),
      timestamp,
    })),
  }));
}

/** `offset key=value` of each data record, for reading. */
export async function contentOf(log: PartitionLog): Promise<string[]> {
  const batches = await batchesIn(log);
  return batches
    .filter(({ control }) => !control)
    .flatMap(({ records }) => records.map(({ offset, key, value }) => `${offset} ${key}=${value ?? ""}`));
}
