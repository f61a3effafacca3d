import { assert } from "@moldau/base";
import { join } from "node:path";
import type { Environment, LogHome } from "./environment";
import { FileSuffix, segmentFileName, type SegmentFileKind } from "./file-names";
import type { LogIo } from "./log-io";
import type { LogWriter } from "./log-writer";
import type { Segment } from "./segment";
import { letGo, markDeleted } from "./segment-removal";

/**
 * A log's segments, oldest first; the last is the active one. What is closed or taken out here is finished in the
 * background, one thing after another: indexes written, files renamed for deletion.
 */
export class SegmentList {
  /** Replaced on every change, never changed: a reader keeps the array that it began with. */
  #all: readonly Segment[];
  /** Grows when cleaned segments take the place of others. */
  replacements = 0;
  /** Closed segments whose indexes are to be written, one after another. */
  #sealing: Promise<void> = Promise.resolve();
  readonly #environment: Environment;
  readonly #home: LogHome;
  readonly #io: LogIo;
  readonly #path: string;
  readonly #writer: LogWriter;
  readonly #fileDeleteDelayMs: () => number;

  constructor(options: {
    environment: Environment;
    home: LogHome;
    io: LogIo;
    path: string;
    segments: readonly Segment[];
    writer: LogWriter;
    fileDeleteDelayMs: () => number;
  }) {
    this.#environment = options.environment;
    this.#home = options.home;
    this.#io = options.io;
    this.#path = options.path;
    this.#all = options.segments;
    this.#writer = options.writer;
    this.#fileDeleteDelayMs = options.fileDeleteDelayMs;
  }

  get all(): readonly Segment[] {
    return this.#all;
  }
  get first(): Segment {
    return this.#all[0]!;
  }
  get active(): Segment {
    return this.#all.at(-1)!;
  }

  /** The new active segment; what was active is to be sealed. */
  add(segment: Segment): void {
    this.#all = [...this.#all, segment];
  }

  /** In the background: a closed segment's indexes are written and synced; `afterwards` gets the bytes onto the disk. */
  seal(segment: Segment, endOffset: number, afterwards: () => Promise<void>): void {
    segment.sealTimeIndex();
    this.#sealing = this.#sealing.then(() => this.#seal(segment, endOffset, afterwards)).catch(() => undefined);
  }

  async #seal(segment: Segment, endOffset: number, afterwards: () => Promise<void>): Promise<void> {
    await this.#writer.whenWritten(endOffset);
    if (segment.removed || this.#home.offline) return;
    await this.#io.run("Writing the indexes", segment.logPath, () =>
      segment.writeIndexes(this.#environment, { sync: true }),
    );
    if (segment.removed) return;
    const indexes = segment.indexes;
    if (indexes && segment !== this.active) {
      segment.indexes = undefined;
      this.#environment.indexes.put(segment, indexes);
    }
    await afterwards();
  }

  /**
   * Gets the transaction indexes of the segments before this one onto the disk. Done before its file is made: of all segments
   * only the last may lack entries, and the last is read after a crash.
   */
  async settleTransactions(before: Segment): Promise<void> {
    let wroteAny = false;
    for (const { transactions, removed } of this.#all.slice(0, this.#all.indexOf(before))) {
      if (removed || transactions.isDurable) continue;
      await transactions.writeOut(this.#environment, { sync: true });
      transactions.release(this.#environment);
      wroteAny = true;
    }
    if (wroteAny) await this.#environment.disk.syncDirectory(this.#path);
  }

  /** Takes segments out of the log at once; their files are renamed in the background and deleted later. */
  remove(removed: readonly Segment[], kept: readonly Segment[]): Promise<void> {
    this.#all = kept;
    for (const segment of removed) letGo(this.#environment, segment);
    const keptBases = new Set(kept.map((segment) => segment.baseOffset));
    const discarding = this.#sealing.then(() => this.#discard(removed, keptBases));
    this.#sealing = discarding.catch(() => undefined);
    return discarding;
  }

  /**
   * Puts a cleaned segment, whose files are on the disk under `.cleaned` names, in the place of others. Once the names are
   * `.swap` a start would finish it; the files of the others go later. `mayGoOn` is asked last before that: false changes
   * nothing and answers false. `onReplaced` is told in the moment from which on readers find the new one.
   * Source: LocalLog.replaceSegments.
   */
  replace(
    cleaned: Segment,
    kinds: readonly SegmentFileKind[],
    sources: readonly Segment[],
    steps: { mayGoOn: () => boolean; onReplaced: () => void },
  ): Promise<boolean> {
    const replacing = this.#sealing.then(() => this.#replace(cleaned, kinds, sources, steps));
    this.#sealing = replacing.then(
      () => undefined,
      () => undefined,
    );
    return replacing;
  }

  async #replace(
    cleaned: Segment,
    kinds: readonly SegmentFileKind[],
    sources: readonly Segment[],
    steps: { mayGoOn: () => boolean; onReplaced: () => void },
  ): Promise<boolean> {
    if (!steps.mayGoOn()) return false;
    const { disk, files } = this.#environment;
    const paths = kinds.map((kind) => join(this.#path, segmentFileName(cleaned.baseOffset, kind)));
    const rename = async (from: string, to: string): Promise<void> => {
      for (const path of paths) await disk.rename(path + from, path + to);
    };
    return this.#io.run("Swapping a cleaned segment in", cleaned.logPath, async () => {
      await rename(FileSuffix.cleaned, FileSuffix.swap);
      await disk.syncDirectory(this.#path);
      // From here on readers go to the new segment, and wait until its files have their names.
      let swapped = (): void => undefined;
      cleaned.swapping = new Promise((resolve) => (swapped = resolve));
      const first = this.#all.indexOf(sources[0]!);
      assert(
        sources.every((source, i) => this.#all[first + i] === source),
        `${this.#path}: segments that are being cleaned were taken away`,
      );
      this.#all = [...this.#all.slice(0, first), cleaned, ...this.#all.slice(first + sources.length)];
      this.replacements += 1;
      steps.onReplaced();
      for (const source of sources) letGo(this.#environment, source);
      try {
        const doomed = await markDeleted(this.#environment, this.#path, sources);
        await rename(FileSuffix.swap, "");
        await disk.syncDirectory(this.#path);
        this.#home.deleteLater(doomed, this.#fileDeleteDelayMs());
      } finally {
        // What was opened by this name meanwhile may be the old file.
        files.forget(cleaned.logPath);
        cleaned.swapping = undefined;
        swapped();
      }
      return true;
    });
  }

  /** Nothing is being sealed or renamed any more. */
  idle(): Promise<void> {
    return this.#sealing;
  }

  async #discard(removed: readonly Segment[], keptBases: ReadonlySet<number>): Promise<void> {
    // A new segment of the same base offset owns the names now: it truncates what it finds, and finds no transactions.
    const isReplaced = (segment: Segment) => keptBases.has(segment.baseOffset);
    const doomed = removed.filter((segment) => !segment.isNew && !isReplaced(segment));
    const paths = await this.#io.run("Renaming", this.#path, async () => {
      for (const { transactions } of removed.filter(isReplaced)) {
        if (transactions.hasFile) await this.#environment.disk.unlink(transactions.path);
      }
      return markDeleted(this.#environment, this.#path, doomed);
    });
    if (paths.length > 0) this.#home.deleteLater(paths, this.#fileDeleteDelayMs());
  }
}

/** The segment that may hold `offset`: the last that begins at or below it, or the first. */
export function floorSegment(segments: readonly Segment[], offset: number): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (segments[middle]!.baseOffset <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
