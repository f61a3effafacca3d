import { KafkaError } from "@moldau/base";
import type { BatchHeader } from "@moldau/record-batch";
import type { Environment, LogHome } from "./environment";
import type { LogIo } from "./log-io";
import { emptyRead, ReadPositions, readSegment, type ReadResult, type SegmentSelection } from "./log-reader";
import type { LogWriter } from "./log-writer";
import { scanSegment } from "./scan";
import type { Segment } from "./segment";
import { floorSegment, type SegmentList } from "./segment-list";
import { errnoOf, isMissing, StorageError } from "./storage-error";
import type { TailOfLog } from "./tail-cache";
import type { AbortedTransaction } from "./transaction-index";
import { findMaxTimestamp, findTimestamp, type TimestampMatch } from "./timestamp-search";

export interface ReadRequest {
  fetchOffset: number;
  maxBytes: number;
  /** Exclusive: high watermark, last stable offset or log end offset. No batch that reaches it is returned. */
  upToOffset: number;
  /** Return the first batch even above maxBytes (rule 14). */
  atLeastOne: boolean;
  /** The reader can send bytes out of a file: where they lie in one and in memory, it may be told which (`ReadResult.inFile`). */
  takesFiles?: boolean;
}

/** A batch as `forEachBatch` shows it. */
export interface VisitedBatch {
  header: BatchHeader;
  /** The whole batch; valid until the visit is over, copy what you keep. */
  bytes: Uint8Array;
}

/** Where a log begins and ends; shared by the parts of a log, changed by PartitionLog only. */
export interface LogBounds {
  /** The first offset that may be read. */
  logStartOffset: number;
  /** Where the next batch goes; counts what is accepted and not yet written. */
  logEndOffset: number;
}

/** Each time the cleaner or retention was faster. */
const ATTEMPTS = 5;

const NO_TRANSACTIONS: readonly AbortedTransaction[] = [];

/** How a log is read: from memory where its end is wanted, else from its segments. */
export class LogReads {
  readonly #environment: Environment;
  readonly #home: LogHome;
  readonly #io: LogIo;
  readonly #path: string;
  readonly #bounds: Readonly<LogBounds>;
  readonly #segments: SegmentList;
  readonly #writer: LogWriter;
  readonly #tail: TailOfLog;
  readonly #positions = new ReadPositions();
  readonly #indexIntervalBytes: () => number;

  constructor(options: {
    environment: Environment;
    home: LogHome;
    io: LogIo;
    path: string;
    bounds: Readonly<LogBounds>;
    segments: SegmentList;
    writer: LogWriter;
    tail: TailOfLog;
    indexIntervalBytes: () => number;
  }) {
    this.#environment = options.environment;
    this.#home = options.home;
    this.#io = options.io;
    this.#path = options.path;
    this.#bounds = options.bounds;
    this.#segments = options.segments;
    this.#writer = options.writer;
    this.#tail = options.tail;
    this.#indexIntervalBytes = options.indexIntervalBytes;
  }

  /** The log was cut: where readers went on is not true any more. */
  forgetPositions(): void {
    this.#positions.clear();
  }

  /** Whole batches from the one that holds `fetchOffset`. Throws OFFSET_OUT_OF_RANGE and KAFKA_STORAGE_ERROR. */
  async read(request: ReadRequest): Promise<ReadResult> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const found = await this.#readOnce(request);
      if (found !== "removed") return found;
    }
    this.#checkReadable(request.fetchOffset);
    return emptyRead(request.fetchOffset);
  }

  /** "removed": the segment was taken away or replaced meanwhile. */
  async #readOnce(request: ReadRequest): Promise<ReadResult | "removed"> {
    this.#io.throwIfRefused();
    const { fetchOffset, maxBytes, atLeastOne, takesFiles } = request;
    this.#checkReadable(fetchOffset);
    const upToOffset = Math.min(request.upToOffset, this.#writer.writtenOffset);
    if (fetchOffset >= upToOffset || (maxBytes <= 0 && !atLeastOne)) {
      if (fetchOffset >= this.#writer.writtenOffset) this.#tail.noteTailRead();
      return emptyRead(fetchOffset);
    }
    const segments = this.#segments.all;
    const active = segments.at(-1)!;
    const cached = this.#tail.read(fetchOffset, upToOffset, maxBytes, atLeastOne);
    if (cached?.sizeBytes === 0) return emptyRead(fetchOffset);
    if (cached) {
      if (cached.nextOffset >= this.#writer.writtenOffset) this.#tail.noteTailRead();
      return { fromOlderSegment: fetchOffset < active.baseOffset, ...cached };
    }
    const selection = { fetchOffset, upToOffset, maxBytes, atLeastOne, takesFiles };
    for (let i = floorSegment(segments, fetchOffset); i < segments.length; i++) {
      const segment = segments[i]!;
      if (segment.baseOffset >= upToOffset) break;
      const found = await this.#readSegment(segment, selection);
      if (found.kind === "removed") return "removed";
      if (found.kind === "none") return emptyRead(fetchOffset, segment !== active);
      if (found.kind === "corrupt") {
        throw new StorageError(
          KafkaError.CORRUPT_MESSAGE,
          segment.logPath,
          `${segment.logPath} holds no batch at byte ${found.position}; move the file away or restart the broker to recover it`,
        );
      }
      if (found.kind === "passed") continue;
      if (found.result.nextOffset >= this.#writer.writtenOffset) this.#tail.noteTailRead();
      found.result.fromOlderSegment = segment !== active;
      return found.result;
    }
    return emptyRead(fetchOffset);
  }

  /** Source: LocalLog.collectAbortedTransactions. */
  abortedTransactions(range: {
    from: number;
    to: number;
  }): readonly AbortedTransaction[] | Promise<readonly AbortedTransaction[]> {
    const segments = this.#segments.all;
    for (let i = floorSegment(segments, range.from); i < segments.length; i++) {
      if (segments[i]!.transactions.count > 0) return this.#collectAborted(segments.slice(i), range);
    }
    return NO_TRANSACTIONS;
  }

  async #collectAborted(
    segments: readonly Segment[],
    range: { from: number; to: number },
  ): Promise<readonly AbortedTransaction[]> {
    const found: AbortedTransaction[] = [];
    for (const segment of segments) {
      if (segment.transactions.count === 0) continue;
      // Until then its file has another name.
      if (segment.swapping) await segment.swapping;
      try {
        const index = await segment.transactions.index(this.#environment);
        if (index.collect(range, found)) break;
      } catch (error) {
        if (errnoOf(error) === undefined) throw error;
        if (!segment.removed && !this.#io.isGone) {
          throw this.#home.fail("Reading", segment.transactions.path, error);
        }
        // Retention took it away: what the range names is gone with it.
        this.#io.throwIfRefused();
        this.#checkReadable(range.from);
      }
    }
    return found;
  }

  noteReaderAt(fetchOffset: number): void {
    if (fetchOffset >= this.#writer.writtenOffset) this.#tail.noteTailRead();
  }

  async forEachBatch(
    range: { from: number; to: number },
    visit: (batch: VisitedBatch) => void | boolean | Promise<void | boolean>,
  ): Promise<void> {
    this.#io.throwIfRefused();
    const to = Math.min(range.to, this.#writer.writtenOffset);
    let segments = this.#segments.all;
    let stopped = false;
    let next = range.from;
    let attempts = 0;
    for (let i = floorSegment(segments, next); i < segments.length && !stopped; i++) {
      const segment = segments[i]!;
      if (segment.baseOffset >= to) break;
      const end = await this.#io.run("Reading", segment.logPath, async () => {
        const from = (await segment.indexesOf(this.#environment)).offset.lookup(next).position;
        return scanSegment(this.#environment, segment, from, (batch) => {
          const { header, at } = batch;
          if (header.baseOffset + header.lastOffsetDelta < next) return true;
          if (header.baseOffset >= to) {
            stopped = true;
            return false;
          }
          next = header.baseOffset + header.lastOffsetDelta + 1;
          const goOn = visit({ header, bytes: batch.bytes.subarray(at, at + header.sizeBytes) });
          const settle = (answer: void | boolean): boolean => {
            stopped = answer === false;
            return !stopped;
          };
          return goOn instanceof Promise ? goOn.then(settle) : settle(goOn);
        });
      });
      if (end !== "removed" || ++attempts > ATTEMPTS) continue;
      // Retention took it, or the cleaner put another in its place: the log as it is now goes on from here.
      segments = this.#segments.all;
      i = floorSegment(segments, next) - 1;
    }
  }

  offsetForTimestamp(timestamp: number): Promise<TimestampMatch | undefined> {
    this.#io.throwIfRefused();
    return this.#search((segments) =>
      findTimestamp(this.#environment, segments, timestamp, this.#bounds.logStartOffset),
    );
  }

  maxTimestampOffset(): Promise<TimestampMatch | undefined> {
    this.#io.throwIfRefused();
    return this.#search((segments) => findMaxTimestamp(this.#environment, segments));
  }

  /** Once more where a segment was taken away or replaced meanwhile. */
  async #search<T>(search: (segments: readonly Segment[]) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const segments = this.#segments.all;
      const found = await this.#io.run("Reading", this.#path, () => search(segments));
      if (attempt === ATTEMPTS || !segments.some(({ removed }) => removed)) return found;
    }
  }

  async #readSegment(segment: Segment, selection: SegmentSelection): ReturnType<typeof readSegment> {
    try {
      const interval = this.#indexIntervalBytes();
      const read = await readSegment(this.#environment, segment, this.#positions, selection, interval);
      return read.kind === "corrupt" && segment.removed ? { kind: "removed" } : read;
    } catch (error) {
      if (segment.removed || (this.#io.isGone && isMissing(error))) return { kind: "removed" };
      if (errnoOf(error) === undefined) throw error;
      throw this.#home.fail("Reading", segment.logPath, error);
    }
  }

  #checkReadable(fetchOffset: number): void {
    const { logStartOffset, logEndOffset } = this.#bounds;
    if (fetchOffset >= logStartOffset && fetchOffset <= logEndOffset) return;
    throw new StorageError(
      KafkaError.OFFSET_OUT_OF_RANGE,
      this.#path,
      `offset ${fetchOffset} lies outside ${logStartOffset}..${logEndOffset} of ${this.#path}`,
    );
  }
}
