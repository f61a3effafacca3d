import type { FileRange } from "@moldau/base";
import { HEADER_BYTES } from "@moldau/record-batch";
import { selectBatches, type BatchSelection } from "./batch-range";
import type { Environment } from "./environment";
import { findRange } from "./file-ranges";
import type { Segment } from "./segment";

/** The most that one read returns, unless a single batch is larger. */
const MAX_READ_BYTES = 4 * 1024 * 1024;
/** The least that is read from a file: a small fetch still sees whole batches at the first attempt. */
const MIN_READ_BYTES = 16 * 1024;
/** From here on a read is not made longer, which would take it a buffer of twice its size. */
const LARGE_READ_BYTES = 256 * 1024;
/** Readers that go through a log one after another, each remembered by where it goes on. */
const REMEMBERED_READERS = 16;

export interface ReadResult {
  /** Whole batches, in order. Views: valid until `release`. */
  chunks: Uint8Array[];
  sizeBytes: number;
  /** Where the batches lie instead of in `chunks`, for a reader that takes files; open and as it is until `release`. */
  inFile?: FileRange;
  /** Base offset of the first batch; the fetch offset when there is none. */
  baseOffset: number;
  /** Behind the last batch; the fetch offset when there is none. */
  nextOffset: number;
  /** The batches come from a segment that is no longer the active one: a long poll has no reason to wait (rule 16). */
  fromOlderSegment: boolean;
  /** Lets the memory be used again. Optional: without it the chunks are collected like anything else. */
  release: () => void;
}

const nothingToRelease = (): void => undefined;

export function emptyRead(fetchOffset: number, fromOlderSegment = false): ReadResult {
  return {
    chunks: [],
    sizeBytes: 0,
    baseOffset: fetchOffset,
    nextOffset: fetchOffset,
    fromOlderSegment,
    release: nothingToRelease,
  };
}

/** Where sequential readers of a log go on, so that they need no index and read nothing twice. */
export class ReadPositions {
  readonly #positions = new Map<number, { segment: Segment; position: number }>();

  remember(nextOffset: number, segment: Segment, position: number): void {
    this.#positions.delete(nextOffset);
    this.#positions.set(nextOffset, { segment, position });
    if (this.#positions.size <= REMEMBERED_READERS) return;
    for (const oldest of this.#positions.keys()) {
      this.#positions.delete(oldest);
      break;
    }
  }

  find(fetchOffset: number, segment: Segment): number | undefined {
    const found = this.#positions.get(fetchOffset);
    return found?.segment === segment ? found.position : undefined;
  }

  clear(): void {
    this.#positions.clear();
  }
}

/**
 * "removed": the segment is no longer part of the log. "passed": it holds nothing at or above the fetch offset. "corrupt": the
 * position of bytes that are no batch.
 */
export type SegmentRead =
  | { kind: "batches"; result: ReadResult }
  | { kind: "none" }
  | { kind: "passed" }
  | { kind: "removed" }
  | { kind: "corrupt"; position: number };

/** What to take of a segment. `takesFiles`: see `ReadRequest`. */
export interface SegmentSelection extends BatchSelection {
  takesFiles?: boolean;
}

/** Reads whole batches of one segment from its file. */
export async function readSegment(
  environment: Environment,
  segment: Segment,
  positions: ReadPositions,
  selection: SegmentSelection,
  indexIntervalBytes: number,
): Promise<SegmentRead> {
  const end = segment.writtenBytes;
  const known = positions.find(selection.fetchOffset, segment);
  let position = known ?? (await segment.indexesOf(environment)).offset.lookup(selection.fetchOffset).position;
  if (end - position < HEADER_BYTES) return { kind: "passed" };
  const maxBytes = Math.min(selection.maxBytes, MAX_READ_BYTES);
  // Without a known position the batches of up to one index interval come first; beside a large read they do not count.
  const before = known === undefined && maxBytes < LARGE_READ_BYTES ? indexIntervalBytes : 0;
  let wanted = Math.max(maxBytes + before, MIN_READ_BYTES);
  const file = await segment.openToRead(environment);
  if (!file) return { kind: "removed" };
  try {
    if (selection.takesFiles && known !== undefined) {
      const { offset: index } = await segment.indexesOf(environment);
      const found = findRange(environment, { file, index, position, end, selection: { ...selection, maxBytes } });
      if (found !== undefined) {
        positions.remember(found.nextOffset, segment, position + found.sizeBytes);
        return { kind: "batches", result: found };
      }
    }
    while (end - position >= HEADER_BYTES) {
      const size = Math.min(wanted, end - position);
      const buffer = environment.buffers.take(size);
      const { disk } = environment;
      const into = buffer.subarray(0, size);
      const length =
        disk.readNow(file.descriptor, into, position) ?? (await disk.read(file.descriptor, into, position));
      const range = selectBatches(buffer, length, { ...selection, maxBytes });
      if (range.kind === "batches") {
        const { start, end: stop, baseOffset, nextOffset } = range;
        positions.remember(nextOffset, segment, position + stop);
        let released = false;
        const release = (): void => {
          if (!released) environment.buffers.give(buffer);
          released = true;
        };
        const chunks = [buffer.subarray(start, stop)];
        return {
          kind: "batches",
          result: { chunks, sizeBytes: stop - start, baseOffset, nextOffset, fromOlderSegment: false, release },
        };
      }
      environment.buffers.give(buffer);
      if (range.kind === "none") return { kind: "none" };
      if (range.kind === "corrupt") return { kind: "corrupt", position: position + range.start };
      if (range.kind === "more") {
        position += range.start;
        if (range.sizeBytes > end - position || length < size) return { kind: "corrupt", position };
        wanted = Math.max(range.sizeBytes, maxBytes);
      } else {
        if (length < size) return { kind: "passed" };
        position += range.end;
      }
    }
    return { kind: "passed" };
  } finally {
    environment.files.release(file);
  }
}
