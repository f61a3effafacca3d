import {
  applyRecords,
  diffImages,
  emptyImage,
  imageOf,
  type MetadataDelta,
  type MetadataImage,
  readMetadataRecord,
  unpackEntry,
} from "@moldau/metadata";
import type { CommittedEntry, LoadedSnapshot, Quorum } from "./quorum";

/** One committed entry as watchers get it. */
export interface MetadataEntry {
  readonly offset: number;
  readonly epoch: number;
  readonly records: readonly Uint8Array[];
  readonly bytes: number;
}

export interface MetadataLogOptions {
  /** How much of the log is kept in memory for watchers; older offsets are served by a snapshot. */
  tailBytesMax?: number;
  tailEntriesMax?: number;
}

export type ImageListener = (delta: MetadataDelta, image: MetadataImage) => void;

/**
 * What is committed: the image, and the newest entries for those who follow. One such tail serves all watchers, each
 * with a position of its own, so that a slow one costs nothing but a snapshot later.
 */
export class MetadataLog {
  image: MetadataImage = emptyImage();

  /** In order; every entry with an offset above `tailStart` is here. */
  private tail: MetadataEntry[] = [];
  private tailBytes = 0;
  private tailStart = -1;
  private readonly listeners: ImageListener[] = [];
  private readonly sleepers = new Set<() => void>();
  private readonly tailBytesMax: number;
  private readonly tailEntriesMax: number;

  constructor(options: MetadataLogOptions = {}) {
    this.tailBytesMax = options.tailBytesMax ?? 4 * 1024 * 1024;
    this.tailEntriesMax = options.tailEntriesMax ?? 10_000;
  }

  /** Follows a quorum from its beginning; to be called in the turn in which `startQuorum` resolved. */
  follow(quorum: Pick<Quorum, "onCommitted" | "onSnapshotLoaded">): void {
    quorum.onSnapshotLoaded((snapshot) => this.load(snapshot));
    quorum.onCommitted((entry) => this.apply(entry));
  }

  /** Calls `listener` after each change, synchronously and in order, on every controller alike. */
  onChange(listener: ImageListener): void {
    this.listeners.push(listener);
  }

  /** Whether the entries behind `offset` are still here. */
  reaches(offset: number): boolean {
    return offset >= this.tailStart;
  }

  /** The first entry behind `offset`; undefined where there is none yet. */
  next(offset: number): MetadataEntry | undefined {
    let low = 0;
    let high = this.tail.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.tail[middle]!.offset > offset) high = middle;
      else low = middle + 1;
    }
    return this.tail[low];
  }

  /** Calls `wakeUp` at the next change or `wakeAll`, once. Returns how to sleep no longer. */
  sleep(wakeUp: () => void): () => void {
    this.sleepers.add(wakeUp);
    return () => this.sleepers.delete(wakeUp);
  }

  /** Something that is no entry changed: the leader, or the end of this role. */
  wakeAll(): void {
    const sleepers = [...this.sleepers];
    this.sleepers.clear();
    for (const wakeUp of sleepers) wakeUp();
  }

  private load(snapshot: LoadedSnapshot): void {
    const { index: offset, epoch } = snapshot;
    const image = imageOf(readSnapshot(snapshot.bytes), { offset, epoch });
    const delta = diffImages(this.image, image);
    this.tail = [];
    this.tailBytes = 0;
    this.tailStart = offset;
    this.changeTo(image, delta);
  }

  private apply(entry: CommittedEntry): void {
    const { index: offset, epoch } = entry;
    const { image, delta } = applyRecords(this.image, unpackEntry(entry.payload).map(readMetadataRecord), {
      offset,
      epoch,
    });
    // What stays here must not hold the far larger buffer it may be a view of: a file read at start, a received frame.
    const records = unpackEntry(entry.payload.slice());
    const bytes = entry.payload.length;
    this.tail.push({ offset, epoch, records, bytes });
    this.tailBytes += bytes;
    this.trim();
    this.changeTo(image, delta);
  }

  private trim(): void {
    let drop = 0;
    let bytes = this.tailBytes;
    while (bytes > this.tailBytesMax || this.tail.length - drop > this.tailEntriesMax) {
      const oldest = this.tail[drop++]!;
      bytes -= oldest.bytes;
      this.tailStart = oldest.offset;
    }
    // Not one by one: moving the rest of the list costs its length.
    if (drop === 0) return;
    this.tail.splice(0, drop);
    this.tailBytes = bytes;
  }

  private changeTo(image: MetadataImage, delta: MetadataDelta): void {
    this.image = image;
    for (const listener of this.listeners) listener(delta, image);
    this.wakeAll();
  }
}

function* readSnapshot(bytes: Uint8Array) {
  for (const each of unpackEntry(bytes)) yield readMetadataRecord(each);
}
