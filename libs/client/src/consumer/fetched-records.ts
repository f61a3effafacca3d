import { decompress } from "@moldau/compression";
import {
  type BatchAt,
  batchesOf,
  checkCrc,
  CorruptBatchError,
  cursorOf,
  isControl,
  isLogAppendTime,
  isTransactional,
  lastOffset,
  readControlMarker,
  type RecordCursor,
} from "@moldau/record-batch";
import type { IncomingRecord } from "../api";

export interface FetchedOptions {
  topic: string;
  partition: number;
  /** As they came; a batch may begin before the offset asked for, and the last one may be cut off. */
  bytes: Uint8Array;
  /** Records before it are left out. */
  fromOffset: number;
  /** For read_committed: who aborted what, by first offset. Null or empty: nobody. */
  aborted?: readonly { producerId: number; firstOffset: number }[] | null;
}

/**
 * The records of one partition in one answer. Batches are opened when their first record is wanted; keys and values are
 * views of the answer (or of the decompressed batch). Markers and aborted records are passed over.
 * Throws CorruptBatchError, or CompressionError from the codec.
 */
export class FetchedRecords {
  readonly bytes: number;
  /** Where to fetch on: behind the last whole batch; `fromOffset` where there is none. */
  readonly endOffset: number;
  /** Offset behind the last record handed out or passed over. */
  position: number;
  /** Leader epoch of the batch that was read last, -1 before. */
  leaderEpoch = -1;
  private readonly batches: BatchAt[];
  private readonly aborted: { producerId: number; firstOffset: number }[];
  private readonly abortedProducers = new Set<number>();
  private next = 0;
  private cursor: RecordCursor | undefined;

  constructor(private readonly options: FetchedOptions) {
    this.batches = [...batchesOf(options.bytes)];
    this.bytes = options.bytes.length;
    this.position = options.fromOffset;
    const last = this.batches.at(-1);
    this.endOffset = last === undefined ? options.fromOffset : lastOffset(last.header) + 1;
    this.aborted = [...(options.aborted ?? [])].sort((a, b) => a.firstOffset - b.firstOffset);
  }

  /** Whether bytes came, and not one whole batch in them. */
  get empty(): boolean {
    return this.batches.length === 0;
  }

  /** The next record, or undefined behind the last; then `position` is `endOffset`. */
  read(): IncomingRecord | undefined {
    for (;;) {
      const { cursor } = this;
      if (cursor === undefined) {
        if (!this.open()) {
          this.position = this.endOffset;
          return undefined;
        }
        continue;
      }
      if (!cursor.next()) {
        this.position = Math.max(this.position, lastOffset(cursor.header) + 1);
        this.cursor = undefined;
        continue;
      }
      const { offset } = cursor;
      if (offset < this.options.fromOffset) continue;
      this.position = offset + 1;
      return {
        topic: this.options.topic,
        partition: this.options.partition,
        offset,
        timestampMs: cursor.timestamp,
        timestampType: isLogAppendTime(cursor.header.attributes) ? "LogAppendTime" : "CreateTime",
        leaderEpoch: this.leaderEpoch,
        key: cursor.key(),
        value: cursor.value(),
        headers: cursor.headers().map(({ key, value }) => ({ name: key, value })),
      };
    }
  }

  /** Opens the next batch that has records for us; false when there is none. */
  private open(): boolean {
    while (this.next < this.batches.length) {
      const { header, position } = this.batches[this.next]!;
      if (!checkCrc(this.options.bytes, position, header)) {
        throw new CorruptBatchError(`the batch at offset ${header.baseOffset} does not match its checksum`);
      }
      this.next++;
      this.leaderEpoch = header.partitionLeaderEpoch;
      if (this.passes(header, position)) continue;
      try {
        this.cursor = cursorOf(this.options.bytes, position, { decompress }, header);
      } catch (error) {
        this.next--;
        throw error;
      }
      return true;
    }
    return false;
  }

  /** Whether a batch has nothing for the reader: a marker, records of an aborted transaction, or what was read before. */
  private passes(header: BatchAt["header"], position: number): boolean {
    while (this.aborted.length > 0 && this.aborted[0]!.firstOffset <= lastOffset(header)) {
      this.abortedProducers.add(this.aborted.shift()!.producerId);
    }
    if (isControl(header.attributes)) {
      const marker = readControlMarker(this.options.bytes, position, header);
      if (marker?.kind === "abort") this.abortedProducers.delete(header.producerId);
      return true;
    }
    if (isTransactional(header.attributes) && this.abortedProducers.has(header.producerId)) return true;
    return lastOffset(header) < this.options.fromOffset;
  }
}
