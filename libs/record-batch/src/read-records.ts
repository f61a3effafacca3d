import { Codec, compressionCodec, Layout, readBatchHeader, type BatchHeader } from "./batch-header";
import { CorruptBatchError } from "./corrupt-batch-error";
import { RecordCursor, type RecordHeader } from "./record-cursor";

/**
 * Decompresses the records of a batch: codec 1 to 4, never more than `maxBytes` of output, else it throws.
 * `compression`'s `decompress` is one; this room does not import it, so that reading headers stays free of codecs.
 */
export type Decompress = (codec: number, bytes: Uint8Array, maxBytes: number) => Uint8Array;

/** One record. Key, value and header values are views of the batch (or of its decompressed inside). */
export interface RecordView {
  offset: number;
  /** Milliseconds since the epoch; -1 where the producer gave none. */
  timestamp: number;
  key: Uint8Array | null;
  value: Uint8Array | null;
  headers: RecordHeader[];
}

/** Where readers stop decompressing when the caller names no bound of its own. */
export const DEFAULT_MAX_DECOMPRESSED_BYTES = 256 * 1024 * 1024;

export interface ReadOptions {
  decompress?: Decompress;
  /** The most bytes that a batch may decompress to; beyond it CorruptBatchError (or what the codec throws). */
  maxBytes?: number;
}

/** A cursor over the records of the whole batch at `position`; decompresses when the batch is compressed. */
export function cursorOf(
  bytes: Uint8Array,
  position: number,
  options: ReadOptions = {},
  header?: BatchHeader,
): RecordCursor {
  const batch = header ?? readBatchHeader(bytes, position);
  const end = position + batch.sizeBytes;
  if (end > bytes.length) {
    throw new CorruptBatchError(`the batch takes ${batch.sizeBytes} bytes, ${bytes.length - position} are there`);
  }
  const start = position + Layout.records;
  const codec = compressionCodec(batch.attributes);
  if (codec === Codec.none) return new RecordCursor(batch, bytes, start, end);
  if (codec > Codec.zstd) throw new CorruptBatchError(`compression codec ${codec} is unknown`);
  // A batch that the cleaner emptied keeps its header and its codec and has nothing behind them.
  if (start === end) return new RecordCursor(batch, bytes, start, end);
  if (!options.decompress) {
    throw new CorruptBatchError(`the batch is compressed (codec ${codec}) and no decompressor was given`);
  }
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_DECOMPRESSED_BYTES;
  const inside = options.decompress(codec, bytes.subarray(start, end), maxBytes);
  return new RecordCursor(batch, inside, 0, inside.length);
}

/** The records of the batch at `position`, one at a time. */
export function* recordsOf(
  bytes: Uint8Array,
  position = 0,
  options: ReadOptions = {},
): Generator<RecordView, void, undefined> {
  const cursor = cursorOf(bytes, position, options);
  while (cursor.next()) yield viewOf(cursor);
}

/** The records of the batch at `position`. Throws CorruptBatchError where the inside contradicts itself or the header. */
export function readRecords(bytes: Uint8Array, position = 0, decompress?: Decompress, maxBytes?: number): RecordView[] {
  const cursor = cursorOf(bytes, position, { decompress, maxBytes });
  const records: RecordView[] = [];
  while (cursor.next()) records.push(viewOf(cursor));
  return records;
}

function viewOf(cursor: RecordCursor): RecordView {
  return {
    offset: cursor.offset,
    timestamp: cursor.timestamp,
    key: cursor.key(),
    value: cursor.value(),
    headers: cursor.headers(),
  };
}
