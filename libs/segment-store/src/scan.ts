import {
  checkCrc,
  crc32c,
  CorruptBatchError,
  HEADER_BYTES,
  Layout,
  lastOffset,
  readBatchHeader,
  type BatchHeader,
} from "@moldau/record-batch";
import type { OpenFile } from "./descriptor-cache";
import type { Environment } from "./environment";
import { endOfTransaction } from "./open-transactions";
import { OffsetIndex, fitsRelativeOffset } from "./offset-index";
import type { SegmentIndexes } from "./index-cache";
import type { Segment } from "./segment";
import { TimeIndex, type TimestampOffset } from "./time-index";

/** Small enough that checking a piece holds up the process for a fraction of a millisecond only. */
const SCAN_BYTES = 256 * 1024;
/** Between two words about how far a recovery is. */
const PROGRESS_BYTES = 16 * 1024 * 1024;

/** A batch met by a scan. `bytes` is valid until the visit is over: copy what you keep. */
export interface ScannedBatch {
  header: BatchHeader;
  /** Where it lies in the file. */
  filePosition: number;
  /** Holds the whole batch from `at` on, unless the scan verifies: then long batches are checked and not held. */
  bytes: Uint8Array;
  at: number;
}

export interface ScanEnd {
  /** Behind the last whole (and, when verifying, valid) batch. */
  position: number;
  /** Why the scan ended before `to`; undefined when it did not, or when the visitor stopped it. */
  defect: string | undefined;
}

/**
 * Visits the batches in bytes [from, to) of a log file, in pieces. Ends before the first that is torn or no batch;
 * with `verify` also before the first with a wrong CRC. A visitor that returns false ends the scan behind its batch.
 */
export async function scanBatches(
  environment: Environment,
  path: string,
  range: { from: number; to: number; verify: boolean },
  visit: (batch: ScannedBatch) => boolean | Promise<boolean>,
): Promise<ScanEnd> {
  if (range.from >= range.to) return { position: range.from, defect: undefined };
  return scanFile(environment, await environment.files.acquire(path), range, visit);
}

/** The same for a segment of a log in use. "removed": it is no longer part of it, and nothing was visited. */
export async function scanSegment(
  environment: Environment,
  segment: Segment,
  from: number,
  visit: (batch: ScannedBatch) => boolean | Promise<boolean>,
): Promise<ScanEnd | "removed"> {
  const range = { from, to: segment.writtenBytes, verify: false };
  if (range.from >= range.to) return segment.removed ? "removed" : { position: from, defect: undefined };
  const file = await segment.openToRead(environment);
  return file ? scanFile(environment, file, range, visit) : "removed";
}

async function scanFile(
  environment: Environment,
  file: OpenFile,
  range: { from: number; to: number; verify: boolean },
  visit: (batch: ScannedBatch) => boolean | Promise<boolean>,
): Promise<ScanEnd> {
  const { buffers, files, disk } = environment;
  let buffer = buffers.take(Math.min(SCAN_BYTES, Math.max(HEADER_BYTES, range.to - range.from)));
  let position = range.from;
  try {
    while (position < range.to) {
      const wanted = Math.min(buffer.length, range.to - position);
      const length = await disk.read(file.descriptor, buffer.subarray(0, wanted), position);
      if (length < HEADER_BYTES) return { position, defect: `${length} bytes are no whole batch header` };
      let at = 0;
      while (length - at >= HEADER_BYTES) {
        let header: BatchHeader;
        try {
          header = readBatchHeader(buffer, at);
        } catch (error) {
          if (error instanceof CorruptBatchError) return { position, defect: error.message };
          throw error;
        }
        const left = range.to - position;
        if (header.sizeBytes > left) {
          return { position, defect: `a batch of ${header.sizeBytes} bytes is cut off after ${left}` };
        }
        if (at + header.sizeBytes > length) {
          if (at > 0) break;
          if (header.sizeBytes > buffer.length && !range.verify) {
            buffers.give(buffer);
            buffer = buffers.take(header.sizeBytes);
            break;
          }
          if (length < wanted) return { position, defect: `the file ends after ${position + length} bytes` };
          if (!(await crcMatchesInFile(environment, file.descriptor, position, header))) {
            return { position, defect: `the batch at offset ${header.baseOffset} fails its CRC` };
          }
        } else if (range.verify && !checkCrc(buffer, at, header)) {
          return { position, defect: `the batch at offset ${header.baseOffset} fails its CRC` };
        }
        const visited = visit({ header, filePosition: position, bytes: buffer, at });
        const goOn = typeof visited === "boolean" ? visited : await visited;
        position += header.sizeBytes;
        at += header.sizeBytes;
        if (!goOn) return { position, defect: undefined };
      }
    }
    return { position, defect: undefined };
  } finally {
    buffers.give(buffer);
    files.release(file);
  }
}

/** The CRC of a batch too long to hold: a damaged length field must not make us allocate what it says. */
async function crcMatchesInFile(
  environment: Environment,
  descriptor: number,
  position: number,
  header: BatchHeader,
): Promise<boolean> {
  const piece = environment.buffers.take(SCAN_BYTES);
  try {
    let crc = 0;
    const end = position + header.sizeBytes;
    for (let at = position + Layout.attributes; at < end;) {
      const length = Math.min(piece.length, end - at);
      if ((await environment.disk.read(descriptor, piece.subarray(0, length), at)) < length) return false;
      crc = crc32c(piece, 0, length, crc);
      at += length;
    }
    return crc === header.crc;
  } finally {
    environment.buffers.give(piece);
  }
}

/** What a segment turned out to hold. */
export interface RecoveredSegment {
  /** Everything behind is torn or damaged. */
  validBytes: number;
  nextOffset: number;
  indexes: SegmentIndexes;
  largest: TimestampOffset;
  firstBatchTimestamp: number | undefined;
  /** Leader epochs in the order of the batches; each where it first appears. */
  epochs: { epoch: number; startOffset: number }[];
  /** Transactions end in it as aborted. */
  hasAborts: boolean;
  defect: string | undefined;
}

/**
 * Collects what recovery learns, batch by batch: indexes as an append would have made them, largest timestamp, epochs.
 * Pure, so that it is tested without files. Source: LogSegment.recover.
 */
export class RecoveryCollector {
  readonly #indexIntervalBytes: number;
  readonly #segment: RecoveredSegment;
  #lastIndexEntry = 0;

  constructor(baseOffset: number, indexIntervalBytes: number) {
    this.#indexIntervalBytes = indexIntervalBytes;
    this.#segment = {
      validBytes: 0,
      nextOffset: baseOffset,
      indexes: { offset: new OffsetIndex(baseOffset), time: new TimeIndex(baseOffset) },
      largest: { timestamp: -1, offset: baseOffset },
      firstBatchTimestamp: undefined,
      epochs: [],
      hasAborts: false,
      defect: undefined,
    };
  }

  /** False: the batch contradicts those before it, and the segment ends before it. */
  add(header: BatchHeader): boolean {
    const segment = this.#segment;
    const last = lastOffset(header);
    const { offset: offsetIndex, time: timeIndex } = segment.indexes;
    if (header.baseOffset < segment.nextOffset || header.lastOffsetDelta < 0) {
      segment.defect = `the batch at offset ${header.baseOffset} follows offset ${segment.nextOffset - 1}`;
      return false;
    }
    if (!fitsRelativeOffset(offsetIndex.baseOffset, last)) {
      segment.defect = `offset ${last} does not belong into the segment at ${offsetIndex.baseOffset}`;
      return false;
    }
    segment.firstBatchTimestamp ??= header.maxTimestamp;
    if (header.maxTimestamp > segment.largest.timestamp) {
      segment.largest = { timestamp: header.maxTimestamp, offset: last };
    }
    if (segment.validBytes - this.#lastIndexEntry > this.#indexIntervalBytes) {
      offsetIndex.append(last, segment.validBytes);
      timeIndex.maybeAppend(segment.largest.timestamp, segment.largest.offset);
      this.#lastIndexEntry = segment.validBytes;
    }
    const latest = segment.epochs.at(-1);
    if (header.partitionLeaderEpoch >= 0 && (!latest || header.partitionLeaderEpoch > latest.epoch)) {
      segment.epochs.push({ epoch: header.partitionLeaderEpoch, startOffset: header.baseOffset });
    }
    segment.validBytes += header.sizeBytes;
    segment.nextOffset = last + 1;
    return true;
  }

  /** The batch that was added last aborts a transaction. */
  noteAbort(): void {
    this.#segment.hasAborts = true;
  }

  finish(defect: string | undefined): RecoveredSegment {
    const segment = this.#segment;
    segment.defect ??= defect;
    segment.indexes.time.maybeAppend(segment.largest.timestamp, segment.largest.offset);
    return segment;
  }
}

/** Reads a whole segment, checking every batch. */
export async function recoverSegment(
  environment: Environment,
  path: string,
  segment: { baseOffset: number; sizeBytes: number; indexIntervalBytes: number },
): Promise<RecoveredSegment> {
  const collector = new RecoveryCollector(segment.baseOffset, segment.indexIntervalBytes);
  const range = { from: 0, to: segment.sizeBytes, verify: true };
  let told = 0;
  const end = await scanBatches(environment, path, range, (batch) => {
    if (batch.filePosition - told >= PROGRESS_BYTES) {
      told = batch.filePosition;
      environment.emit({ type: "recovering", path, checkedBytes: told, sizeBytes: segment.sizeBytes });
    }
    if (!collector.add(batch.header)) return false;
    if (endOfTransaction(batch) === "abort") collector.noteAbort();
    return true;
  });
  return collector.finish(end.defect);
}
