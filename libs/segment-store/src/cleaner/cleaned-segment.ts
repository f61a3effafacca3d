import { allDone } from "../coalesced";
import { CorruptBatchError, type BatchHeader } from "@moldau/record-batch";
import { writeFile } from "@moldau/disk";
import { join } from "node:path";
import type { Environment } from "../environment";
import { FileSuffix, segmentFileName, type SegmentFileKind } from "../file-names";
import { RecoveryCollector } from "../scan";
import { Segment } from "../segment";
import { isMissing } from "../storage-error";
import { TransactionIndex, type AbortedTransaction } from "../transaction-index";

/** So much goes to the disk at a time: a single sync of a whole segment would hold up everybody else's. */
const SYNC_BYTES = 8 * 1024 * 1024;

const KINDS = ["log", "index", "timeIndex", "txnIndex"] as const satisfies readonly SegmentFileKind[];

/**
 * A segment that the cleaner writes, under `.cleaned` names. Nobody else knows of it until it is swapped in, and a start
 * throws it away before that.
 */
export class CleanedSegment {
  readonly baseOffset: number;
  readonly #environment: Environment;
  readonly #directory: string;
  readonly #descriptor: number;
  readonly #collector: RecoveryCollector;
  readonly #transactions = new TransactionIndex();
  #parts: Uint8Array[] = [];
  #writtenBytes = 0;
  #syncedBytes = 0;
  #isClosed = false;

  private constructor(
    environment: Environment,
    directory: string,
    descriptor: number,
    made: { baseOffset: number; indexIntervalBytes: number },
  ) {
    this.#environment = environment;
    this.#directory = directory;
    this.#descriptor = descriptor;
    this.baseOffset = made.baseOffset;
    this.#collector = new RecoveryCollector(made.baseOffset, made.indexIntervalBytes);
  }

  static async create(
    environment: Environment,
    directory: string,
    made: { baseOffset: number; indexIntervalBytes: number },
  ): Promise<CleanedSegment> {
    const path = cleanedPath(directory, made.baseOffset, "log");
    const descriptor = await environment.disk.open(path, { create: true });
    const segment = new CleanedSegment(environment, directory, descriptor, made);
    try {
      // A round that was given up may have left it.
      await environment.disk.truncate(descriptor, 0);
      return segment;
    } catch (error) {
      await segment.close();
      throw error;
    }
  }

  /** The next batch; the bytes are needed unchanged until `write` is done. */
  add(header: BatchHeader, bytes: Uint8Array): void {
    if (!this.#collector.add(header)) {
      throw new CorruptBatchError(`the batch at offset ${header.baseOffset} does not follow those before it`);
    }
    const before = this.#parts.at(-1);
    const isNeighbour =
      before?.buffer === bytes.buffer &&
      before.byteOffset + before.byteLength === bytes.byteOffset &&
      before.length > 0;
    if (!isNeighbour) this.#parts.push(bytes);
    else {
      const length = before.length + bytes.length;
      this.#parts[this.#parts.length - 1] = new Uint8Array(before.buffer, before.byteOffset, length);
    }
  }

  /** A transaction whose marker, and records, stay. */
  addAborted(transaction: AbortedTransaction): void {
    this.#transactions.append(transaction);
  }

  /** Writes what was added; returns how many bytes that were. */
  async write(): Promise<number> {
    const parts = this.#parts;
    if (parts.length === 0) return 0;
    this.#parts = [];
    await this.#environment.disk.write(this.#descriptor, parts, this.#writtenBytes);
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    this.#writtenBytes += bytes;
    if (this.#writtenBytes - this.#syncedBytes >= SYNC_BYTES) {
      await this.#environment.disk.sync(this.#descriptor);
      this.#syncedBytes = this.#writtenBytes;
    }
    return bytes;
  }

  /** Everything is on the disk, names included. */
  async finish(nowMs: number): Promise<{ segment: Segment; kinds: readonly SegmentFileKind[] }> {
    await this.write();
    const { disk } = this.#environment;
    await disk.sync(this.#descriptor);
    await this.close();
    const found = this.#collector.finish(undefined);
    const { offset, time } = found.indexes;
    const hasAborted = this.#transactions.count > 0;
    const files: [SegmentFileKind, Uint8Array][] = [
      ["index", offset.bytes().slice()],
      ["timeIndex", time.bytes().slice()],
      ...(hasAborted ? [["txnIndex", this.#transactions.bytes().slice()] as [SegmentFileKind, Uint8Array]] : []),
    ];
    await allDone(
      files.map(([kind, bytes]) => writeFile(disk, cleanedPath(this.#directory, this.baseOffset, kind), bytes, true)),
    );
    await disk.syncDirectory(this.#directory);
    const segment = new Segment(this.#directory, this.baseOffset, { nowMs, jitterMs: 0 });
    segment.sizeBytes = this.#writtenBytes;
    segment.writtenBytes = this.#writtenBytes;
    segment.syncedBytes = this.#writtenBytes;
    segment.largest = found.largest;
    segment.firstBatchTimestamp = found.firstBatchTimestamp;
    if (hasAborted) segment.transactions.noteFile(this.#transactions);
    this.#environment.indexes.put(segment, found.indexes);
    return { segment, kinds: ["log", ...files.map(([kind]) => kind)] };
  }

  /** Nothing of it stays. */
  async discard(): Promise<void> {
    await this.close();
    for (const kind of KINDS) {
      await this.#environment.disk
        .unlink(cleanedPath(this.#directory, this.baseOffset, kind))
        .catch((error: unknown) => {
          if (!isMissing(error)) throw error;
        });
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#environment.disk.close(this.#descriptor);
  }
}

export function cleanedPath(directory: string, baseOffset: number, kind: SegmentFileKind): string {
  return join(directory, segmentFileName(baseOffset, kind)) + FileSuffix.cleaned;
}
