import { join } from "node:path";
import { segmentFileName } from "./file-names";
import type { Disk } from "@moldau/disk";
import { OffsetIndex } from "./offset-index";
import { ByteLru } from "./byte-lru";
import { isMissing } from "./storage-error";
import { TimeIndex } from "./time-index";

export interface SegmentIndexes {
  offset: OffsetIndex;
  time: TimeIndex;
}

interface IndexOwner {
  readonly directory: string;
  readonly baseOffset: number;
  /** Of the `.log` file. */
  readonly sizeBytes: number;
}

/**
 * Indexes of closed segments, read when first asked for; at most `limitBytes` together stay. The active segment's are its
 * own and never here.
 */
export class IndexCache {
  readonly #disk: Disk;
  readonly #loaded: ByteLru<IndexOwner, SegmentIndexes>;

  constructor(disk: Disk, limitBytes: number) {
    this.#disk = disk;
    this.#loaded = new ByteLru(limitBytes, sizeOf);
  }

  get(owner: IndexOwner): SegmentIndexes | Promise<SegmentIndexes> {
    return this.#loaded.get(owner) ?? this.#load(owner);
  }

  put(owner: IndexOwner, indexes: SegmentIndexes): void {
    this.#loaded.put(owner, indexes);
  }

  drop(owner: IndexOwner): void {
    this.#loaded.drop(owner);
  }

  async #load(owner: IndexOwner): Promise<SegmentIndexes> {
    const indexes = await loadIndexes(this.#disk, owner.directory, owner.baseOffset);
    // A damaged index must not hide batches: without entries the segment is read from its beginning.
    if (indexes.offset.defect(indexes.offset.sizeBytes, owner.sizeBytes)) indexes.offset.truncateTo(0);
    if (indexes.time.defect(indexes.time.sizeBytes)) indexes.time.truncateTo(0);
    this.put(owner, indexes);
    return indexes;
  }
}

function sizeOf(indexes: SegmentIndexes): number {
  return indexes.offset.sizeBytes + indexes.time.sizeBytes + 512;
}

/** Reads both index files; a missing one is empty, which costs a longer scan and loses nothing. */
export async function loadIndexes(disk: Disk, directory: string, baseOffset: number): Promise<SegmentIndexes> {
  const read = (kind: "index" | "timeIndex"): Promise<Uint8Array | undefined> =>
    disk.readFile(join(directory, segmentFileName(baseOffset, kind))).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  const [offset, time] = await Promise.all([read("index"), read("timeIndex")]);
  return { offset: new OffsetIndex(baseOffset, offset), time: new TimeIndex(baseOffset, time) };
}
