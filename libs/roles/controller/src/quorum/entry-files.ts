import { join } from "node:path";
import { assert } from "@moldau/base";
import type { Disk } from "@moldau/disk";
import type { Entry } from "@moldau/raft";
import { namesIn, openEmpty, QuorumStorageError } from "./files";
import { FRAME_OVERHEAD, frameHeader, readFrame, wasSyncedBefore } from "./frames";

const SUFFIX = ".raftlog";
const namePattern = /^\d{20}\.raftlog$/;

interface Segment {
  readonly name: string;
  readonly firstIndex: number;
  /** Where each entry's frame begins. */
  readonly positions: number[];
  size: number;
}

export interface OpenedEntries {
  readonly files: EntryFiles;
  readonly entries: Entry[];
  /** Bytes of a torn tail that were cut off; 0 after a clean stop. */
  readonly tornBytes: number;
}

/**
 * The entries in segment files `<index of the first entry, 20 digits>.raftlog`. Calls must not overlap: the storage
 * makes them one after the other. A segment is complete on disk before the next one begins, so only the last can be torn.
 */
export class EntryFiles {
  readonly #disk: Disk;
  readonly #directory: string;
  readonly #segmentBytes: number;
  readonly #segments: Segment[];
  #file: number | undefined;
  #bytes: number;

  private constructor(disk: Disk, directory: string, segmentBytes: number, segments: Segment[]) {
    this.#disk = disk;
    this.#directory = directory;
    this.#segmentBytes = segmentBytes;
    this.#segments = segments;
    this.#bytes = segments.reduce((sum, segment) => sum + segment.size, 0);
  }

  /**
   * Reads all that is there. Cuts off a torn tail.
   * @throws QuorumStorageError for damage that a crash cannot explain.
   */
  static async open(disk: Disk, directory: string, segmentBytes: number): Promise<OpenedEntries> {
    const names = await namesIn(disk, directory, namePattern);
    const segments: Segment[] = [];
    const entries: Entry[] = [];
    let tornBytes = 0;
    for (const [i, name] of names.entries()) {
      const path = join(directory, name);
      const bytes = Buffer.from(await disk.readFile(path));
      const segment: Segment = { name, firstIndex: Number(name.slice(0, 20)), positions: [], size: 0 };
      const before = entries[entries.length - 1];
      if (before !== undefined && segment.firstIndex !== before.index + 1) {
        throw new QuorumStorageError(`${path}: the entries before it end at ${before.index}. ${restoreAdvice}`);
      }
      readSegment(bytes, segment, entries);
      const torn = bytes.length - segment.size;
      if (torn > 0) {
        if (i < names.length - 1 || wasSyncedBefore(bytes, segment.size)) {
          throw new QuorumStorageError(`${path}: damaged at byte ${segment.size}. ${restoreAdvice}`);
        }
        await truncateFile(disk, path, segment.size);
        tornBytes = torn;
      }
      segments.push(segment);
    }
    return { files: new EntryFiles(disk, directory, segmentBytes, segments), entries, tornBytes };
  }

  get firstIndex(): number | undefined {
    return this.#segments[0]?.firstIndex;
  }

  get nextIndex(): number | undefined {
    const last = this.#segments[this.#segments.length - 1];
    return last === undefined ? undefined : last.firstIndex + last.positions.length;
  }

  /** Bytes in all segments. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Appends and syncs. */
  async append(entries: readonly Entry[]): Promise<void> {
    let from = 0;
    while (from < entries.length) {
      const segment = await this.#writableSegment(entries[from]!.index);
      const chunks: Uint8Array[] = [];
      const positions: number[] = [];
      let size = segment.size;
      do {
        const entry = entries[from]!;
        positions.push(size);
        chunks.push(frameHeader(entry, segment.size), entry.payload);
        size += FRAME_OVERHEAD + entry.payload.length;
        from++;
      } while (from < entries.length && size < this.#segmentBytes);
      await this.#disk.write(this.#file!, chunks, segment.size);
      await this.#disk.sync(this.#file!);
      this.#bytes += size - segment.size;
      segment.size = size;
      for (const position of positions) segment.positions.push(position);
    }
  }

  async #writableSegment(index: number): Promise<Segment> {
    const last = this.#segments[this.#segments.length - 1];
    assert(last === undefined || index === last.firstIndex + last.positions.length, `a gap in the log before ${index}`);
    if (last !== undefined && last.size < this.#segmentBytes) {
      this.#file ??= await this.#disk.open(join(this.#directory, last.name));
      return last;
    }
    await this.#closeFile();
    const name = String(index).padStart(20, "0") + SUFFIX;
    this.#file = await openEmpty(this.#disk, join(this.#directory, name));
    await this.#disk.syncDirectory(this.#directory);
    const segment: Segment = { name, firstIndex: index, positions: [], size: 0 };
    this.#segments.push(segment);
    return segment;
  }

  /** Drops `index` and everything after it, for good before it returns: what follows may differ. */
  async truncateFrom(index: number): Promise<void> {
    await this.#dropSegments((segment) => segment.firstIndex >= index);
    const last = this.#segments[this.#segments.length - 1];
    const keep = last === undefined ? 0 : index - last.firstIndex;
    if (last === undefined || keep >= last.positions.length) return;
    const size = last.positions[keep]!;
    this.#bytes -= last.size - size;
    last.positions.length = keep;
    last.size = size;
    await truncateFile(this.#disk, join(this.#directory, last.name), size);
  }

  /** Deletes the segments that hold nothing behind `index`. */
  async deleteUpTo(index: number): Promise<void> {
    let count = 0;
    while (count < this.#segments.length - 1 && this.#segments[count + 1]!.firstIndex <= index + 1) count++;
    for (const segment of this.#segments.splice(0, count)) {
      this.#bytes -= segment.size;
      await this.#disk.unlink(join(this.#directory, segment.name));
    }
  }

  /** Deletes everything. The next entry may have any index. */
  async reset(): Promise<void> {
    await this.#dropSegments(() => true);
  }

  /** From the end, so that what a crash leaves is the beginning of the log. */
  async #dropSegments(drop: (segment: Segment) => boolean): Promise<void> {
    let dropped = false;
    for (let last = this.#segments.at(-1); last !== undefined && drop(last); last = this.#segments.at(-1)) {
      await this.#closeFile();
      await this.#disk.unlink(join(this.#directory, last.name));
      this.#bytes -= last.size;
      this.#segments.pop();
      dropped = true;
    }
    if (dropped) await this.#disk.syncDirectory(this.#directory);
  }

  async #closeFile(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) await this.#disk.close(file);
  }

  async close(): Promise<void> {
    await this.#closeFile();
  }
}

const restoreAdvice =
  "Entries that were on disk are lost. If other controllers hold the log, empty this directory and start again; " +
  "else restore it from a backup.";

/** Reads frames until one is missing, broken or out of order; `segment.size` is where that is. */
function readSegment(bytes: Buffer, segment: Segment, entries: Entry[]): void {
  let expected = segment.firstIndex;
  for (;;) {
    const frame = readFrame(bytes, segment.size);
    if (frame === undefined || frame.entry.index !== expected) return;
    if (frame.entry.term < (entries[entries.length - 1]?.term ?? 0)) return;
    segment.positions.push(segment.size);
    segment.size += frame.size;
    entries.push(frame.entry);
    expected++;
  }
}

async function truncateFile(disk: Disk, path: string, size: number): Promise<void> {
  const file = await disk.open(path);
  try {
    await disk.truncate(file, size);
    await disk.sync(file);
  } finally {
    await disk.close(file);
  }
}
