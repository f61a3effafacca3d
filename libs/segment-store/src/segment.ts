import { assert } from "@moldau/base";
import { HEADER_BYTES, readBatchHeader } from "@moldau/record-batch";
import { join } from "node:path";
import { allDone } from "./coalesced";
import type { OpenFile } from "./descriptor-cache";
import type { Environment } from "./environment";
import { segmentFileName } from "./file-names";
import { writeFile } from "@moldau/disk";
import type { SegmentIndexes } from "./index-cache";
import { fitsRelativeOffset, OffsetIndex } from "./offset-index";
import type { RollState } from "./roll";
import { SegmentTransactions } from "./segment-transactions";
import { isMissing } from "./storage-error";
import { TimeIndex, type TimestampOffset } from "./time-index";
import type { AbortedTransaction } from "./transaction-index";

/** One batch (or a run of batches under one index decision) on its way into the log. */
export interface AppendPart {
  bytes: Uint8Array;
  baseOffset: number;
  /** Inclusive. */
  lastOffset: number;
  /** Milliseconds since the epoch, -1 for none. */
  maxTimestamp: number;
  leaderEpoch: number;
  /** The transaction that this batch, a marker, aborts; its owner knows. */
  aborted?: AbortedTransaction;
}

/** A segment as somebody outside sees it. */
export interface SegmentInfo {
  baseOffset: number;
  sizeBytes: number;
  maxTimestamp: number;
}

/**
 * One segment of a log: its facts, and the indexes while it is the active one. Bytes are counted when they are accepted
 * (`sizeBytes`) and again when the operating system has them (`writtenBytes`); readers see only the latter.
 */
export class Segment {
  readonly directory: string;
  readonly baseOffset: number;
  #logPath: string | undefined;
  readonly createdMs: number;
  readonly jitterMs: number;

  sizeBytes = 0;
  writtenBytes = 0;
  /** Bytes that fdatasync has confirmed. */
  syncedBytes = 0;
  firstBatchTimestamp: number | undefined;
  /** Largest timestamp and the last offset of the first batch that has it; undefined: not read from the index yet. */
  largest: TimestampOffset | undefined;
  modifiedMs: number;
  /** Only of the active segment; closed ones are read through the index cache. */
  indexes: SegmentIndexes | undefined;
  /** Transactions whose abort markers lie in it. */
  readonly transactions: SegmentTransactions;
  /** Index entries that are in the files already. */
  #indexWritten = { offset: 0, time: 0 };
  bytesSinceIndexEntry = 0;
  /** The files are yet to be made. */
  isNew = false;
  /** No longer part of the log: a reader that comes too late finds out by this. */
  removed = false;
  /** The cleaner's files are taking the place of others: until then the names are not its own. */
  swapping: Promise<void> | undefined;

  constructor(directory: string, baseOffset: number, made: { nowMs: number; jitterMs: number }) {
    this.directory = directory;
    this.baseOffset = baseOffset;
    this.transactions = new SegmentTransactions(directory, baseOffset);
    this.createdMs = made.nowMs;
    this.modifiedMs = made.nowMs;
    this.jitterMs = made.jitterMs;
  }

  /** A segment that begins at `baseOffset`, empty; its files come with the first write. */
  static fresh(directory: string, baseOffset: number, made: { nowMs: number; jitterMs: number }): Segment {
    const segment = new Segment(directory, baseOffset, made);
    segment.indexes = { offset: new OffsetIndex(baseOffset), time: new TimeIndex(baseOffset) };
    segment.largest = { timestamp: -1, offset: baseOffset };
    segment.isNew = true;
    return segment;
  }

  /** Made when it is asked for first: most of thousands of partitions are idle. */
  get logPath(): string {
    return (this.#logPath ??= join(this.directory, segmentFileName(this.baseOffset, "log")));
  }

  /**
   * Its `.log` for reading; release it. Undefined where it is no longer part of the log: the name may be another's by now.
   */
  async openToRead(environment: Environment): Promise<OpenFile | undefined> {
    if (this.swapping) await this.swapping;
    try {
      const file = await environment.files.acquire(this.logPath);
      if (!this.removed) return file;
      environment.files.release(file);
      return undefined;
    } catch (error) {
      if (this.removed && isMissing(error)) return undefined;
      throw error;
    }
  }

  fits(offset: number): boolean {
    return fitsRelativeOffset(this.baseOffset, offset);
  }

  rollState(segmentIndexBytes: number): RollState {
    assert(this.indexes, "only the active segment rolls");
    return {
      sizeBytes: this.sizeBytes,
      firstBatchTimestamp: this.firstBatchTimestamp,
      createdMs: this.createdMs,
      jitterMs: this.jitterMs,
      offsetIndexFull: this.indexes.offset.isFull(segmentIndexBytes),
      timeIndexFull: this.indexes.time.isFull(segmentIndexBytes),
      transactionIndexFull: this.transactions.sizeBytes >= segmentIndexBytes,
    };
  }

  /** Takes a batch in: facts and indexes. Returns the file position where its bytes go. Source: LogSegment.append. */
  accept(part: AppendPart, indexIntervalBytes: number): number {
    assert(this.indexes && this.largest, "only the active segment takes batches");
    const position = this.sizeBytes;
    if (position === 0) this.firstBatchTimestamp = part.maxTimestamp;
    if (part.maxTimestamp > this.largest.timestamp) {
      this.largest = { timestamp: part.maxTimestamp, offset: part.lastOffset };
    }
    if (this.bytesSinceIndexEntry > indexIntervalBytes) {
      this.indexes.offset.append(part.lastOffset, position);
      this.indexes.time.maybeAppend(this.largest.timestamp, this.largest.offset);
      this.bytesSinceIndexEntry = 0;
    }
    if (part.aborted) this.transactions.append(part.aborted);
    this.bytesSinceIndexEntry += part.bytes.length;
    this.sizeBytes += part.bytes.length;
    return position;
  }

  /** The last time index entry, which names the segment's largest timestamp. Source: onBecomeInactiveSegment. */
  sealTimeIndex(): void {
    if (this.indexes && this.largest) this.indexes.time.maybeAppend(this.largest.timestamp, this.largest.offset);
  }

  indexesOf(environment: Environment): SegmentIndexes | Promise<SegmentIndexes> {
    if (this.indexes) return this.indexes;
    if (this.swapping) return this.swapping.then(() => environment.indexes.get(this));
    return environment.indexes.get(this);
  }

  /** Closed segments keep it as the last entry of the time index. */
  async largestTimestamp(environment: Environment): Promise<TimestampOffset> {
    if (this.largest) return this.largest;
    const { time } = await this.indexesOf(environment);
    this.largest = time.last();
    return this.largest;
  }

  /** Largest timestamp of the first batch (ms), -1 for none; undefined while the segment is empty. */
  async firstTimestamp(environment: Environment): Promise<number | undefined> {
    if (this.firstBatchTimestamp === undefined && this.writtenBytes >= HEADER_BYTES) {
      const file = await this.openToRead(environment);
      if (!file) return undefined;
      try {
        const head = new Uint8Array(HEADER_BYTES);
        await environment.disk.read(file.descriptor, head, 0);
        this.firstBatchTimestamp = readBatchHeader(head, 0).maxTimestamp;
      } finally {
        environment.files.release(file);
      }
    }
    return this.firstBatchTimestamp;
  }

  /** The index files hold exactly what memory does. */
  async writeIndexes(environment: Environment, options: { sync: boolean }): Promise<void> {
    if (!this.indexes) return;
    const { offset, time } = this.indexes;
    const to = { offset: offset.count, time: time.count };
    const from = this.#indexWritten;
    await allDone([
      this.#writeIndex(environment, "index", offset.bytes(from.offset).slice(), offset.sizeBytes, options.sync),
      this.#writeIndex(environment, "timeIndex", time.bytes(from.time).slice(), time.sizeBytes, options.sync),
    ]);
    this.#indexWritten = to;
  }

  /** After a truncation or a rebuild: everything is written anew. */
  forgetWrittenIndexes(): void {
    this.#indexWritten = { offset: 0, time: 0 };
  }

  noteWrittenIndexes(): void {
    if (this.indexes) this.#indexWritten = { offset: this.indexes.offset.count, time: this.indexes.time.count };
  }

  /** Makes the three files, so that the segment is there for Kafka's tools from its beginning. */
  async createFiles(environment: Environment): Promise<void> {
    const file = await environment.files.acquire(this.logPath, { create: true });
    try {
      await environment.disk.truncate(file.descriptor, 0);
    } finally {
      environment.files.release(file);
    }
    const empty = new Uint8Array(0);
    await allDone([
      writeFile(environment.disk, join(this.directory, segmentFileName(this.baseOffset, "index")), empty, false),
      writeFile(environment.disk, join(this.directory, segmentFileName(this.baseOffset, "timeIndex")), empty, false),
    ]);
    this.isNew = false;
  }

  async #writeIndex(
    environment: Environment,
    kind: "index" | "timeIndex",
    added: Uint8Array,
    sizeBytes: number,
    sync: boolean,
  ): Promise<void> {
    const path = join(this.directory, segmentFileName(this.baseOffset, kind));
    const descriptor = await environment.disk.open(path, { create: true });
    try {
      if (added.length > 0) await environment.disk.write(descriptor, [added], sizeBytes - added.length);
      await environment.disk.truncate(descriptor, sizeBytes);
      if (sync) await environment.disk.sync(descriptor);
    } finally {
      await environment.disk.close(descriptor);
    }
  }
}
