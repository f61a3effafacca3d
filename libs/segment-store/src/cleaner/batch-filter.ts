import {
  compressionCodec,
  Codec,
  cursorOf,
  emptiedBatch,
  hasDeleteHorizon,
  isControl,
  readControlMarker,
  rewriteBatch,
  type BatchHeader,
  type Compress,
  type Decompress,
  type KeptRecord,
} from "@moldau/record-batch";
import type { AbortedTransaction } from "../transaction-index";
import type { CleanedTransactions, ControlKind } from "./cleaned-transactions";
import type { KeyOffsets } from "./key-offsets";

/** What a producer that is still known wrote last. Source: UnifiedLog.lastRecordsOfActiveProducers. */
export interface ProducerLastRecord {
  producerId: number;
  producerEpoch: number;
  /** -1 where it has no batch of this epoch. */
  lastOffset: number;
}

/** What the decision about a batch goes by, for one round. Times in milliseconds. */
export interface FilterContext {
  keys: KeyOffsets;
  transactions: CleanedTransactions;
  /** By producer id. */
  producers: ReadonlyMap<number, ProducerLastRecord>;
  /** Exclusive: where the round ends. */
  endOffset: number;
  nowMs: number;
  deleteRetentionMs: number;
  codecs: { compress?: Compress; decompress?: Decompress };
}

export interface FilteredBatch {
  /** What stays: the batch as it is, another one for it, or nothing. */
  kept: "asItIs" | Uint8Array | "nothing";
  recordsKept: number;
  /** Goes into the index: it was aborted, and records of it may still be there. */
  aborted: AbortedTransaction | undefined;
}

const NOTHING = { kept: "nothing", recordsKept: 0 } as const;

/** What a control batch at `at` says. Throws CorruptBatchError. */
export function controlKindOf(bytes: Uint8Array, at: number, header: BatchHeader): ControlKind {
  if (header.recordCount === 0) return "empty";
  const marker = readControlMarker(bytes, at, header);
  return marker === undefined || marker.kind === "claim" ? "other" : marker.kind;
}

/**
 * What of a batch outlives the round: records that are the newest of their key and not aborted, deletions and markers until
 * their horizon, and what a producer's state or the end of the round hangs on, even if empty. A horizon is set the first
 * time that a round meets a tombstone, or a marker of which the records are gone. Nothing above `keys.latestOffset` goes.
 * Throws CorruptBatchError, or what the codec throws.
 * Source: Cleaner.cleanInto, shouldRetainRecord, MemoryRecords.filterTo; KIP-534.
 */
export function filterBatch(bytes: Uint8Array, at: number, header: BatchHeader, context: FilterContext): FilteredBatch {
  const { keys, transactions, nowMs } = context;
  const lastOffset = header.baseOffset + header.lastOffsetDelta;
  const control = isControl(header.attributes);
  const horizonMs = hasDeleteHorizon(header.attributes) ? header.baseTimestamp : undefined;

  const ended = control ? transactions.onControl(header, controlKindOf(bytes, at, header)) : undefined;
  const aborted = ended?.keep;
  const mayGo = ended ? ended.mayGo : transactions.onData(header);
  const recordsGo = mayGo && (!control || (horizonMs !== undefined && horizonMs <= nowMs));
  const staysEmpty = lastOffset + 1 === context.endOffset || isProducersLast(header, lastOffset, context.producers);
  if (recordsGo) return staysEmpty ? emptied(header, aborted) : { ...NOTHING, aborted };

  const cursor = cursorOf(bytes, at, context.codecs, header);
  const inside = cursor.bytes;
  const kept: KeptRecord[] = [];
  let hasTombstones = false;
  while (cursor.next()) {
    const { offset, keyLength, valueLength } = cursor;
    const isTombstone = valueLength < 0;
    if (!control && offset <= keys.latestOffset) {
      if (keyLength < 0) continue;
      if (isTombstone && horizonMs !== undefined && nowMs >= horizonMs) continue;
      if (offset < keys.get(inside, cursor.keyStart, keyLength)) continue;
    }
    if (isTombstone) hasTombstones = true;
    const { timestamp, offsetDelta, tailStart, recordEnd } = cursor;
    kept.push({ timestamp, offsetDelta, tailStart, recordEnd });
  }
  if (kept.length === 0) return staysEmpty ? emptied(header, aborted) : { ...NOTHING, aborted };
  const needsHorizon = horizonMs === undefined && (hasTombstones || (control && mayGo));
  if (kept.length === header.recordCount && !needsHorizon) return { kept: "asItIs", recordsKept: kept.length, aborted };
  const rewritten = rewriteBatch(header, inside, kept, {
    ...(needsHorizon ? { deleteHorizonMs: nowMs + context.deleteRetentionMs } : {}),
    ...(context.codecs.compress ? { compress: context.codecs.compress } : {}),
  });
  return { kept: rewritten, recordsKept: kept.length, aborted };
}

/**
 * Collects the keys of a batch from `from` on. False: the table is full and knows everything up to its `latestOffset`.
 * Aborted records are not collected. Throws CorruptBatchError, or what the codec throws. Source: Cleaner.buildOffsetMap.
 */
export function collectKeys(
  bytes: Uint8Array,
  at: number,
  header: BatchHeader,
  from: number,
  { keys, transactions, codecs }: Pick<FilterContext, "keys" | "transactions" | "codecs">,
): boolean {
  if (isControl(header.attributes)) transactions.onControl(header, controlKindOf(bytes, at, header));
  else if (!transactions.onData(header)) {
    const cursor = cursorOf(bytes, at, codecs, header);
    while (cursor.next()) {
      const { offset, keyLength } = cursor;
      if (keyLength < 0 || offset < from) continue;
      if (keys.isFull) return false;
      keys.put(cursor.bytes, cursor.keyStart, keyLength, offset);
    }
  }
  const lastOffset = header.baseOffset + header.lastOffsetDelta;
  if (lastOffset >= from) keys.latestOffset = lastOffset;
  return true;
}

/** Bytes that the codec has to take up at once, so that a caller knows what a batch costs. */
export function isCompressed(header: BatchHeader): boolean {
  return compressionCodec(header.attributes) !== Codec.none;
}

function emptied(header: BatchHeader, aborted: AbortedTransaction | undefined): FilteredBatch {
  return { kept: emptiedBatch(header), recordsKept: 0, aborted };
}

/** Whether a producer's last sequence, or its epoch where it wrote nothing since a marker, is told by this batch only. */
function isProducersLast(
  header: BatchHeader,
  lastOffset: number,
  producers: ReadonlyMap<number, ProducerLastRecord>,
): boolean {
  if (header.producerId < 0) return false;
  const last = producers.get(header.producerId);
  if (!last) return false;
  if (last.lastOffset >= 0) return lastOffset === last.lastOffset;
  return isControl(header.attributes) && header.producerEpoch === last.producerEpoch;
}
