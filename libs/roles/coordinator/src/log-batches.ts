import { compress, decompress } from "@moldau/compression";
import {
  type BatchHeader,
  batchesOf,
  buildBatch,
  isControl,
  isTransactional,
  lastOffset,
  readControlMarker,
  recordsOf,
} from "@moldau/record-batch";

/** The producer of a transaction, as the header of its batches has it. */
export interface BatchProducer {
  readonly producerId: number;
  readonly producerEpoch: number;
}

/** A transaction's end in the log of a shard. */
export interface EndOfTransaction extends BatchProducer {
  readonly coordinatorEpoch: number;
  readonly commit: boolean;
}

/**
 * Records as one batch for a shard's log; with a `producer` a transactional one, without sequence numbers, as Kafka's group
 * coordinator writes them. `codec`: `offsets.topic.compression.codec` and its like.
 */
export function buildShardBatch(
  drafts: readonly { key: Uint8Array; value: Uint8Array | null }[],
  codec: number,
  nowMs: number,
  producer?: BatchProducer,
): Uint8Array {
  const records = drafts.map((draft) => ({ ...draft, timestamp: nowMs }));
  const ofProducer = producer === undefined ? {} : { ...producer, transactional: true };
  return buildBatch({ records, codec, compress, ...ofProducer });
}

/** What the batches of a shard's log mean; undefined for what the shard does not keep. */
export interface BatchMeaning<Entry> {
  /** `producer`: whose transaction the record is part of, where it is. */
  record(key: Uint8Array, value: Uint8Array | null, producer: BatchProducer | undefined): Entry | undefined;
  /** Shards without transactional records leave it out. */
  marker?(end: EndOfTransaction): Entry | undefined;
}

/** A stretch of the log: from `offset`, which may be inside of a batch, to `endOffset` (exclusive). */
export interface ReadBounds {
  readonly offset: number;
  readonly endOffset: number;
}

export interface ShardEntries<Entry> {
  readonly entries: Entry[];
  /** Where to read on. */
  readonly nextOffset: number;
}

/**
 * The entries of what was read, within `offset` (a batch may begin before it) and `endOffset`, in the order of the log, and
 * where to read on; claims hold none. `nextOffset` equals `offset` where nothing whole came back.
 * Throws where a batch or record is malformed.
 */
export function readShardBatches<Entry>(
  bytes: Uint8Array,
  { offset, endOffset }: ReadBounds,
  meaning: BatchMeaning<Entry>,
): ShardEntries<Entry> {
  const entries: Entry[] = [];
  let nextOffset = offset;
  const keep = (at: number, entry: Entry | undefined): void => {
    if (entry !== undefined && at >= offset && at < endOffset) entries.push(entry);
  };
  for (const { header, position } of batchesOf(bytes)) {
    nextOffset = Math.max(nextOffset, Math.min(lastOffset(header) + 1, endOffset));
    if (isControl(header.attributes)) {
      const end = meaning.marker === undefined ? undefined : readEnd(bytes, position, header);
      if (end !== undefined) keep(header.baseOffset, meaning.marker?.(end));
      continue;
    }
    const { producerId, producerEpoch } = header;
    const producer = isTransactional(header.attributes) ? { producerId, producerEpoch } : undefined;
    for (const record of recordsOf(bytes, position, { decompress })) {
      if (record.offset < offset || record.offset >= endOffset || record.key === null) continue;
      keep(record.offset, meaning.record(record.key, record.value, producer));
    }
  }
  return { entries, nextOffset };
}

function readEnd(bytes: Uint8Array, position: number, header: BatchHeader): EndOfTransaction | undefined {
  // A compaction leaves the last batch of a producer even when nothing is in it.
  const marker = header.recordCount === 0 ? undefined : readControlMarker(bytes, position, header);
  if (marker === undefined || marker.kind === "claim") return undefined;
  const { kind, producerId, producerEpoch, coordinatorEpoch } = marker;
  return { producerId, producerEpoch, coordinatorEpoch, commit: kind === "commit" };
}
