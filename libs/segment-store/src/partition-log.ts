import { assert, type Uuid } from "@moldau/base";
import { replaceFile } from "@moldau/disk";
import { join } from "node:path";
import { writeEpochs } from "./checkpoint-files";
import { dirtinessOf, type Dirtiness } from "./cleaner/cleanable";
import { cleanLog, type CleaningRound, type CleaningStats } from "./cleaner/clean-log";
import { CleaningAborted } from "./cleaner/cleaning-aborted";
import { Coalesced } from "./coalesced";
import type { Environment, LogHome } from "./environment";
import { LEADER_EPOCH_FILE } from "./file-names";
import { LeaderEpochs, type EpochEndOffset } from "./leader-epochs";
import { maxSegmentMs, type LogConfig } from "./log-config";
import { LogFlusher } from "./log-flusher";
import { LogIo } from "./log-io";
import type { ReadResult } from "./log-reader";
import { LogReads, type LogBounds, type ReadRequest, type VisitedBatch } from "./log-reads";
import { LogWriter } from "./log-writer";
import type { ProducerSnapshotEntry } from "./producer-snapshot";
import { expiredSegments, type RetentionReason } from "./retention";
import { rollReason, type RollReason } from "./roll";
import { Segment, type AppendPart, type SegmentInfo } from "./segment";
import { floorSegment, SegmentList } from "./segment-list";
import { letGo } from "./segment-removal";
import { truncateSegment } from "./segment-truncation";
import { SnapshotFiles } from "./snapshot-files";
import { TailOfLog } from "./tail-cache";
import type { TimestampMatch } from "./timestamp-search";
import type { AbortedTransaction } from "./transaction-index";

/** What the loader found. */
export interface LoadedLog {
  topic: string;
  partition: number;
  topicId: Uuid | undefined;
  path: string;
  config: LogConfig;
  segments: Segment[];
  epochs: LeaderEpochs;
  /** Their file says something else, and is still good for a recovery. */
  epochsUnsaved: boolean;
  snapshots: SnapshotFiles;
  logStartOffset: number;
  logEndOffset: number;
  recoveryPoint: number;
  highWatermark: number;
  cleanOffset: number | undefined;
  /** The directory was made just now. */
  isNew: boolean;
}

/**
 * The log of one partition. Appends are ordered and asynchronous; everything that cuts (truncation, deletion, closing)
 * waits until the writes before it are through, and the caller appends again only when it is done.
 * I/O errors take the whole directory offline, and every call answers KAFKA_STORAGE_ERROR from then on.
 */
export class PartitionLog {
  readonly topic: string;
  readonly partition: number;
  /**
   * Called when a segment was closed: the time to write a producer snapshot, where `wouldRoll` has not said so before. Retention
   * waits for what it returns: what was open where the segment ended, no segment may tell any more.
   */
  onRoll: ((baseOffset: number) => void | Promise<void>) | undefined;
  config: LogConfig;
  /** Exclusive: where the cleaner's last round ended; undefined where there was none. It is what the checkpoint holds. */
  cleanOffset: number | undefined;

  readonly #environment: Environment;
  readonly #home: LogHome;
  readonly #writer: LogWriter;
  readonly #tail: TailOfLog;
  readonly #snapshots: SnapshotFiles;
  readonly #epochs: LeaderEpochs;
  readonly #saveEpochs: Coalesced;
  /** Where the first epoch begins that the file lacks; Infinity where it has all of them. */
  #epochsUnsavedFrom: number;
  readonly #io: LogIo;
  readonly #flusher: LogFlusher;
  readonly #segments: SegmentList;
  readonly #reads: LogReads;
  readonly #bounds: LogBounds;
  #topicId: Uuid | undefined;
  readonly #path: string;
  /** It begins at 0, has no files, and had none in this life: its directory is all there is to find again. */
  #isUntouched: boolean;
  #highWatermark: number;
  /** Cuts under way or waiting. */
  #cuts = 0;
  #lastCut: Promise<void> = Promise.resolve();
  /** Settles when the round of the cleaner is over; undefined while there is none. */
  #cleaning: Promise<void> | undefined;
  /** Those that wait for it to be given up. */
  #waitForCleaner = 0;
  /** Settles when the producer snapshots that were begun are written. */
  #snapshotsBegun: Promise<void> = Promise.resolve();
  /** Settles when the owner has taken note of the rolls so far. */
  #rollsNoted: Promise<void> = Promise.resolve();

  constructor(environment: Environment, home: LogHome, loaded: LoadedLog) {
    this.topic = loaded.topic;
    this.partition = loaded.partition;
    this.config = loaded.config;
    this.#environment = environment;
    this.#home = home;
    this.#topicId = loaded.topicId;
    this.#path = loaded.path;
    this.#epochs = loaded.epochs;
    this.#epochsUnsavedFrom = loaded.epochsUnsaved ? -1 : Infinity;
    this.#snapshots = loaded.snapshots;
    this.#bounds = { logStartOffset: loaded.logStartOffset, logEndOffset: loaded.logEndOffset };
    this.#highWatermark = loaded.highWatermark;
    this.#isUntouched = loaded.segments[0]!.isNew && loaded.logEndOffset === 0;
    this.cleanOffset = loaded.cleanOffset;
    this.#io = new LogIo(home, loaded.path);
    this.#tail = new TailOfLog(environment.tails);
    this.#saveEpochs = new Coalesced(() => this.#writeEpochs());
    this.#writer = new LogWriter(
      environment,
      {
        prepare: async (segment) => {
          await this.#segments.settleTransactions(segment);
          await segment.createFiles(environment);
          this.#flusher.directoryDirty = true;
        },
        onWritten: () => undefined,
        onFailure: (path, error) => this.#home.fail("Writing", path, error),
      },
      loaded.logEndOffset,
    );
    const shared = { environment, home, io: this.#io, path: loaded.path, writer: this.#writer };
    this.#segments = new SegmentList({
      ...shared,
      segments: loaded.segments,
      fileDeleteDelayMs: () => this.config.fileDeleteDelayMs,
    });
    this.#snapshots.recoveryStart = () => {
      const { all } = this.#segments;
      return all[floorSegment(all, this.#flusher.recoveryPoint)]!.baseOffset;
    };
    this.#reads = new LogReads({
      ...shared,
      bounds: this.#bounds,
      segments: this.#segments,
      tail: this.#tail,
      indexIntervalBytes: () => this.config.indexIntervalBytes,
    });
    this.#flusher = new LogFlusher(
      environment,
      home,
      this.#io,
      {
        path: loaded.path,
        segments: () => this.#segments.all,
        writtenOffset: () => this.#writer.writtenOffset,
        epochsSaved: () => {
          // One that has no batches yet is not worth the writing; those before it may have some.
          const isDue = this.#epochsUnsavedFrom < this.#bounds.logEndOffset;
          return isDue ? this.#saveEpochs.run() : this.#saveEpochs.idle();
        },
      },
      loaded,
    );
  }

  get topicId(): Uuid | undefined {
    return this.#topicId;
  }

  /** The partition's directory. */
  get path(): string {
    return this.#path;
  }

  /** The log.dir it lies in. */
  get directory(): string {
    return this.#home.path;
  }

  /** The first offset that may be read. */
  get logStartOffset(): number {
    return this.#bounds.logStartOffset;
  }

  /** Where the next batch goes; counts what is accepted and not yet written. */
  get logEndOffset(): number {
    return this.#bounds.logEndOffset;
  }

  /** Exclusive: what the operating system has. Readers see no further. */
  get writtenOffset(): number {
    return this.#writer.writtenOffset;
  }

  /** Exclusive: what is on the disk for certain. */
  get recoveryPoint(): number {
    return this.#flusher.recoveryPoint;
  }

  /** The owner's; kept here because retention and the checkpoint go by it. */
  get highWatermark(): number {
    return this.#highWatermark;
  }

  set highWatermark(offset: number) {
    this.#highWatermark = offset;
  }

  /** Base offset of the oldest segment; the log start may lie above it. */
  get firstSegmentOffset(): number {
    return this.#segments.first.baseOffset;
  }

  /** Base offset of the segment that holds `offset`, or would. */
  segmentOffsetOf(offset: number): number {
    const { all } = this.#segments;
    return all[floorSegment(all, offset)]!.baseOffset;
  }

  get sizeBytes(): number {
    return this.#segments.all.reduce((sum, segment) => sum + segment.sizeBytes, 0);
  }

  get queuedBytes(): number {
    return this.#writer.queuedBytes;
  }

  /** The disk does not keep up: await `whenWritable` before the next append. */
  get isQueueFull(): boolean {
    return this.#writer.queuedBytes >= this.#environment.writeQueueBytes;
  }

  whenWritable(): Promise<void> {
    return this.#writer.whenBelow(this.#environment.writeQueueBytes);
  }

  get leaderEpochs(): Pick<LeaderEpochs, "entries" | "latest" | "earliest"> {
    return this.#epochs;
  }

  segments(): Promise<SegmentInfo[]> {
    return Promise.all(
      this.#segments.all.map(async (segment) => {
        const { timestamp } = await segment.largestTimestamp(this.#environment);
        return { baseOffset: segment.baseOffset, sizeBytes: segment.sizeBytes, maxTimestamp: timestamp };
      }),
    );
  }

  /**
   * Takes the parts in at once, in order, and resolves when the operating system has them (or, with flush.messages, the
   * disk). The bytes are used as they are, uncopied, until then. Rejects with a StorageError.
   */
  append(parts: readonly AppendPart[]): Promise<void> {
    const refused = this.#io.refusal();
    if (refused) return Promise.reject(refused);
    assert(this.#cuts === 0, `${this.#path}: append while the log is being cut`);
    for (const part of parts) this.#accept(part);
    const endOffset = this.#bounds.logEndOffset;
    const written = this.#writer.whenWritten(endOffset);
    if (this.config.flushMessages === Infinity) return written;
    return written.then(() => {
      if (endOffset - this.#flusher.recoveryPoint >= this.config.flushMessages) return this.flushUpTo(endOffset);
    });
  }

  /** Whether these bytes, appended next, would begin a new segment. */
  wouldRoll({ sizeBytes, maxTimestamp, lastOffset }: { sizeBytes: number; maxTimestamp: number; lastOffset: number }) {
    const { active } = this.#segments;
    const candidate = { sizeBytes, maxTimestamp, offsetFits: active.fits(lastOffset) };
    const state = active.rollState(this.config.segmentIndexBytes);
    return rollReason(state, candidate, this.#rollLimits(), this.#environment.clock.nowMs()) !== undefined;
  }

  /** Whole batches from the one that holds `fetchOffset`. Throws OFFSET_OUT_OF_RANGE and KAFKA_STORAGE_ERROR. */
  read(request: ReadRequest): Promise<ReadResult> {
    return this.#reads.read(request);
  }

  /**
   * The aborted transactions that a reader of the records in [from, to) has to skip records of; in the order of their ends.
   * Not a promise where there is nothing to look for. Throws OFFSET_OUT_OF_RANGE and KAFKA_STORAGE_ERROR.
   */
  abortedTransactions(range: {
    from: number;
    to: number;
  }): readonly AbortedTransaction[] | Promise<readonly AbortedTransaction[]> {
    return this.#reads.abortedTransactions(range);
  }

  /** Somebody asked for `fetchOffset`, which may not be read yet: what is appended next is worth keeping in memory. */
  noteReaderAt(fetchOffset: number): void {
    this.#reads.noteReaderAt(fetchOffset);
  }

  /**
   * Visits every batch that ends at or above `from` and begins below `to` (and what is written), in order. A visitor that
   * returns false ends it. For rebuilding producer state and for replay.
   */
  forEachBatch(
    range: { from: number; to: number },
    visit: (batch: VisitedBatch) => void | boolean | Promise<void | boolean>,
  ): Promise<void> {
    return this.#reads.forEachBatch(range, visit);
  }

  /** The first record at or above the log start with at least this timestamp (ms); undefined for none. */
  offsetForTimestamp(timestamp: number): Promise<TimestampMatch | undefined> {
    return this.#reads.offsetForTimestamp(timestamp);
  }

  /** The first record with the largest timestamp of all; undefined where no record has one. */
  maxTimestampOffset(): Promise<TimestampMatch | undefined> {
    return this.#reads.maxTimestampOffset();
  }

  /**
   * Notes where a leader epoch begins. It gets onto the disk before anything that is appended in it counts as flushed: until
   * then a recovery finds it in the batches, and one without batches is nobody's loss.
   */
  assignEpoch(epoch: number, startOffset: number): void {
    if (!this.#epochs.assign(epoch, startOffset)) return;
    this.#epochsUnsavedFrom = Math.min(this.#epochsUnsavedFrom, startOffset);
  }

  /** See LeaderEpochs.endOffsetFor. */
  endOffsetForEpoch(epoch: number): EpochEndOffset {
    return this.#epochs.endOffsetFor(epoch, this.#bounds.logEndOffset);
  }

  epochForOffset(offset: number): number | undefined {
    return this.#epochs.epochForOffset(offset);
  }

  /** Everything that is written by now gets onto the disk. */
  flush(): Promise<void> {
    return this.flushUpTo(this.#bounds.logEndOffset);
  }

  /** Resolves when all below `offset` is on the disk. Callers that wait together share one flush. */
  async flushUpTo(offset: number): Promise<void> {
    this.#io.throwIfRefused();
    await this.#writer.whenWritten(Math.min(offset, this.#bounds.logEndOffset));
    if (this.#flusher.isDue(offset)) await this.#flusher.run();
  }

  /** For the store's tick: whether flush.ms has passed with something to flush. */
  isFlushDue(nowMs: number): boolean {
    return (
      this.config.flushMs !== Infinity &&
      this.#flusher.recoveryPoint < this.writtenOffset &&
      nowMs - this.#flusher.lastFlushMs >= this.config.flushMs
    );
  }

  /**
   * Cuts the log so that nothing at or above `offset` is left: the batch that holds it goes as a whole, and where that began
   * below `offset` the log now ends there. At or above the end only epochs
   * go that begin there and have no batch (KIP-101). Await it before the next append.
   */
  async truncateTo(offset: number): Promise<void> {
    await this.#cut("Truncating", async () => {
      if (offset >= this.#bounds.logEndOffset) {
        // An epoch that began at the end and got no batch is one that only this replica knows: its leader never wrote.
        if (this.#epochs.truncateFromEnd(this.#bounds.logEndOffset)) await this.#saveEpochs.run();
        return;
      }
      const { all, first } = this.#segments;
      if (offset < first.baseOffset) return this.#startAnew(offset);
      const kept = all.filter((segment) => segment === first || segment.baseOffset <= offset);
      // The last first: a crash in between leaves a shorter log, never one with a hole.
      await this.#segments.remove(all.slice(kept.length).reverse(), kept);
      await this.#afterCut(await truncateSegment(this.#environment, this.#segments.active, offset));
    });
  }

  /** Throws everything away and begins at `offset`, as a follower does whose leader no longer has what it needs. */
  async truncateFullyAndStartAt(offset: number): Promise<void> {
    await this.#cut("Truncating", () => this.#startAnew(offset));
  }

  /** DeleteRecords: nothing below `offset` is read any more. Segments go with the next retention step. */
  async advanceLogStartOffset(offset: number): Promise<void> {
    this.#io.throwIfRefused();
    if (offset <= this.#bounds.logStartOffset) return;
    assert(
      offset <= this.#bounds.logEndOffset,
      `${this.#path}: log start ${offset} beyond the end ${this.#bounds.logEndOffset}`,
    );
    this.#bounds.logStartOffset = offset;
    if (this.#epochs.truncateFromStart(offset)) await this.#saveEpochs.run();
    await this.#home.checkpoint();
  }

  /** Deletes whole segments that time, size or the log start let go, below the high watermark. Returns how many. */
  async retentionStep(nowMs: number): Promise<number> {
    this.#io.throwIfRefused();
    if (this.#cuts > 0 || this.#cleaning) return 0;
    const segments = this.#segments.all;
    const facts = await this.#io.run("Reading", this.#path, () =>
      Promise.all(
        segments.map(async (segment) => {
          const { timestamp } = await segment.largestTimestamp(this.#environment);
          const largestTimestamp = timestamp >= 0 ? timestamp : segment.modifiedMs;
          return { baseOffset: segment.baseOffset, sizeBytes: segment.sizeBytes, largestTimestamp };
        }),
      ),
    );
    if (segments !== this.#segments.all || this.#cuts > 0 || this.#cleaning) return 0;
    const state = {
      segments: facts,
      logStartOffset: this.#bounds.logStartOffset,
      logEndOffset: this.#bounds.logEndOffset,
      highWatermark: this.#highWatermark,
      nowMs,
    };
    const { count, reason } = expiredSegments(state, this.config);
    if (count === 0 || !reason) return 0;
    if (count === segments.length) {
      await this.#writer.idle();
      if (segments !== this.#segments.all || this.#cuts > 0) return 0;
      this.#roll(this.#bounds.logEndOffset, "retention");
    }
    await this.#expire(count, reason);
    return count;
  }

  // --- compaction --------------------------------------------------------------------------------------------------

  /**
   * How much of the log a round of the cleaner would clean. A checkpoint that names an offset which the log does not have is
   * put right. Throws KAFKA_STORAGE_ERROR.
   */
  async dirtiness(lastStableOffset: number, nowMs: number): Promise<Dirtiness> {
    this.#io.throwIfRefused();
    const { minCompactionLagMs, maxCompactionLagMs } = this.config;
    const all = this.#segments.all;
    const segments = await this.#io.run("Reading", this.#path, () =>
      Promise.all(
        all.map(async (segment) => {
          const isOld = maxCompactionLagMs === Infinity || segment === all.at(-1);
          return {
            baseOffset: segment.baseOffset,
            sizeBytes: segment.sizeBytes,
            largestTimestamp:
              minCompactionLagMs > 0 ? (await segment.largestTimestamp(this.#environment)).timestamp : -1,
            firstBatchTimestamp: isOld ? -1 : ((await segment.firstTimestamp(this.#environment)) ?? -1),
          };
        }),
      ),
    );
    const { logStartOffset, logEndOffset } = this.#bounds;
    const { cleanOffset } = this;
    const log = { segments, logStartOffset, logEndOffset, lastStableOffset, cleanOffset };
    const dirtiness = dirtinessOf(log, this.config, nowMs);
    if (dirtiness.isReset) {
      this.cleanOffset = dirtiness.firstDirtyOffset;
      await this.#home.checkpointCleaner();
    }
    return dirtiness;
  }

  /**
   * One round of the cleaner, up to where a segment begins; the checkpoint names then where it ended. One at a time. A cut,
   * the log's end and a round exclude each other: they abort it and wait. Throws CleaningAborted, a StorageError
   * CORRUPT_MESSAGE for a damaged batch (the log is as it was, but for segments before it), or KAFKA_STORAGE_ERROR.
   */
  async clean(round: CleaningRound): Promise<CleaningStats> {
    this.#io.throwIfRefused();
    assert(!this.#cleaning, `${this.#path} is being cleaned`);
    assert(
      round.endOffset <= this.#segments.active.baseOffset,
      `${this.#path}: a round up to ${round.endOffset} reaches the active segment`,
    );
    if (this.#cuts > 0) throw new CleaningAborted(this.#path);
    const cleaning = this.#io.run("Cleaning", this.#path, () => this.#clean(round));
    const over = cleaning.then(
      () => undefined,
      () => undefined,
    );
    this.#cleaning = over;
    try {
      return await cleaning;
    } finally {
      if (this.#cleaning === over) this.#cleaning = undefined;
    }
  }

  get isBeingCleaned(): boolean {
    return this.#cleaning !== undefined;
  }

  /** Grows each time that the cleaner puts segments in the place of others. */
  get replacements(): number {
    return this.#segments.replacements;
  }

  /** Somebody waits for the round to end: it is not to rest any more. */
  get isCleaningAborted(): boolean {
    return this.#cuts > 0 || this.#waitForCleaner > 0 || this.#io.refusal() !== undefined;
  }

  /** Has the round that is under way given up; resolves when none is. Source: LogManager.abortAndPauseCleaning. */
  async abortCleaning(): Promise<void> {
    this.#waitForCleaner++;
    try {
      await this.#cleaning;
    } finally {
      this.#waitForCleaner--;
    }
  }

  async #clean(round: CleaningRound): Promise<CleaningStats> {
    const isAborted = (): boolean => this.isCleaningAborted;
    // A start after a crash must not read what is cleaned: where records are missing it would see a loss.
    await this.flushUpTo(round.endOffset);
    await this.#home.checkpoint();
    const stats = await cleanLog(
      this.#environment,
      {
        path: this.#path,
        config: this.config,
        segments: () => this.#segments.all,
        isAborted,
        abortedTransactions: async (range) => this.#reads.abortedTransactions(range),
        replace: async (cleaned, kinds, sources) => {
          const steps = { mayGoOn: () => !isAborted(), onReplaced: () => this.#tail.dropBelow(round.endOffset) };
          if (!(await this.#segments.replace(cleaned, kinds, sources, steps))) throw new CleaningAborted(this.#path);
          this.#environment.emit({
            type: "segmentsCleaned",
            path: this.#path,
            baseOffsets: sources.map(({ baseOffset }) => baseOffset),
            sizeBytesBefore: sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
            sizeBytes: cleaned.sizeBytes,
          });
        },
      },
      round,
    );
    if (isAborted()) throw new CleaningAborted(this.#path);
    this.cleanOffset = stats.endOffset;
    await this.#home.checkpointCleaner();
    return stats;
  }

  /** Closes the active segment, so that everything so far may be retained, compacted or copied. */
  roll(): void {
    this.#io.throwIfRefused();
    if (this.#segments.active.sizeBytes > 0) this.#roll(this.#bounds.logEndOffset, "forced");
  }

  /** Producer snapshots on disk; state and its rebuilding are the owner's. */
  writeProducerSnapshot(offset: number, entries: readonly ProducerSnapshotEntry[]): Promise<void> {
    this.#io.throwIfRefused();
    // One after another: two of one offset would get into each other's way.
    const written = this.#snapshotsBegun.then(() =>
      this.#io.run("Writing a producer snapshot", this.#path, () => this.#snapshots.write(offset, entries)),
    );
    this.#snapshotsBegun = bothOver(this.#snapshotsBegun, written);
    return written;
  }

  /** The newest readable snapshot at or below `offset`; damaged ones are deleted on the way. */
  latestProducerSnapshot(offset = Infinity): Promise<{ offset: number; entries: ProducerSnapshotEntry[] } | undefined> {
    this.#io.throwIfRefused();
    return this.#io.run("Reading a producer snapshot", this.#path, () => this.#snapshots.latest(offset));
  }

  /** For the store: flushes, writes the indexes out. The log takes no more calls. */
  async close(): Promise<void> {
    await this.#cut("Closing", async () => {
      if (!this.#isUntouched) await this.#closeActive();
      await this.#flusher.run();
    });
    this.#io.end("is closed");
  }

  async #closeActive(): Promise<void> {
    const { active } = this.#segments;
    await this.#segments.settleTransactions(active);
    if (active.isNew) await active.createFiles(this.#environment);
    await active.transactions.writeOut(this.#environment, { sync: true });
    active.sealTimeIndex();
    await active.writeIndexes(this.#environment, { sync: true });
    this.#flusher.directoryDirty = true;
  }

  /** For the store: the directory is about to be renamed and deleted. No further calls; readers finish. */
  async retire(): Promise<void> {
    this.#io.end("was deleted");
    await this.#quiet();
    for (const segment of this.#segments.all) letGo(this.#environment, segment);
    this.#tail.clear();
  }

  /** For the store: the directory carries no topic id yet (written by an old broker) and gets one. */
  adoptTopicId(topicId: Uuid): void {
    assert(this.#topicId === undefined, `${this.#path} has a topic id already`);
    this.#topicId = topicId;
  }

  // --- appending -------------------------------------------------------------------------------------------------

  #accept(part: AppendPart): void {
    this.#isUntouched = false;
    const { baseOffset, lastOffset } = part;
    assert(
      baseOffset >= this.#bounds.logEndOffset && lastOffset >= baseOffset,
      `${this.#path}: batch ${baseOffset}-${lastOffset} at log end ${this.#bounds.logEndOffset}`,
    );
    let { active } = this.#segments;
    const candidate = {
      sizeBytes: part.bytes.length,
      maxTimestamp: part.maxTimestamp,
      offsetFits: active.fits(lastOffset),
    };
    const nowMs = this.#environment.clock.nowMs();
    const reason = rollReason(active.rollState(this.config.segmentIndexBytes), candidate, this.#rollLimits(), nowMs);
    if (reason) active = this.#roll(baseOffset, reason);
    if (part.leaderEpoch > (this.#epochs.latest()?.epoch ?? -1)) this.assignEpoch(part.leaderEpoch, baseOffset);
    const position = active.accept(part, this.config.indexIntervalBytes);
    active.modifiedMs = nowMs;
    this.#bounds.logEndOffset = lastOffset + 1;
    this.#tail.append(baseOffset, lastOffset, part.bytes);
    this.#writer.enqueue(active, position, part.bytes, this.#bounds.logEndOffset);
  }

  #rollLimits(): { segmentBytes: number; segmentMs: number } {
    return { segmentBytes: this.config.segmentBytes, segmentMs: maxSegmentMs(this.config) };
  }

  #roll(baseOffset: number, reason: RollReason | "retention" | "forced"): Segment {
    const closing = this.#segments.active;
    const next = Segment.fresh(this.#path, baseOffset, {
      nowMs: this.#environment.clock.nowMs(),
      jitterMs: jitter(this.#environment, this.config),
    });
    if (closing.sizeBytes === 0) {
      // Its base offset does not suit the batch: it was never used, so the new one takes its place.
      this.#segments.remove([closing], [...this.#segments.all.slice(0, -1), next]).catch(() => undefined);
      return next;
    }
    this.#segments.add(next);
    this.#environment.emit({ type: "segmentRolled", path: this.#path, baseOffset, reason });
    this.#segments.seal(closing, baseOffset, async () => {
      if (!this.#io.isGone && this.#cuts === 0) await this.flushUpTo(baseOffset);
    });
    this.#rollsNoted = bothOver(this.#rollsNoted, this.onRoll?.(baseOffset));
    return next;
  }

  #writeEpochs(): Promise<void> {
    this.#epochsUnsavedFrom = Infinity;
    const text = writeEpochs(this.#epochs.entries);
    return this.#io.run("Writing the leader epochs", this.#path, () =>
      replaceFile(this.#environment.disk, join(this.#path, LEADER_EPOCH_FILE), text),
    );
  }

  // --- cutting ---------------------------------------------------------------------------------------------------

  /** Waits for the writes and cuts before it, keeps appends out, and turns I/O errors into the directory's end. */
  #cut(doing: string, work: () => Promise<void>): Promise<void> {
    this.#io.throwIfRefused();
    this.#cuts += 1;
    const cut = this.#lastCut.then(async () => {
      try {
        await this.#quiet();
        this.#io.throwIfRefused();
        await this.#io.run(doing, this.#path, work);
      } finally {
        this.#cuts -= 1;
      }
    });
    this.#lastCut = cut.catch(() => undefined);
    return cut;
  }

  async #quiet(): Promise<void> {
    await this.#cleaning;
    await this.#writer.idle();
    await this.#segments.idle();
    await this.#flusher.idle();
    await this.#saveEpochs.idle();
    // One that is half written when its directory is renamed would not be found again, and be taken for a failing disk.
    await this.#snapshotsBegun;
  }

  async #startAnew(offset: number): Promise<void> {
    this.#isUntouched = false;
    // What producers did in the log that goes is nothing that they did in this one.
    await this.#snapshots.deleteAll();
    const made = { nowMs: this.#environment.clock.nowMs(), jitterMs: jitter(this.#environment, this.config) };
    await this.#segments.remove([...this.#segments.all].reverse(), [Segment.fresh(this.#path, offset, made)]);
    this.#epochs.clear();
    this.#bounds.logStartOffset = offset;
    await this.#segments.first.createFiles(this.#environment);
    await this.#afterCut(offset);
  }

  async #afterCut(offset: number): Promise<void> {
    this.#bounds.logEndOffset = offset;
    this.#writer.reset(offset);
    this.#flusher.onCut(offset);
    this.#highWatermark = Math.min(this.#highWatermark, offset);
    this.#bounds.logStartOffset = Math.min(this.#bounds.logStartOffset, offset);
    this.#tail.clear();
    this.#reads.forgetPositions();
    this.#epochs.truncateFromEnd(offset);
    if (this.cleanOffset !== undefined && this.cleanOffset > offset) {
      this.cleanOffset = offset;
      await this.#home.checkpointCleaner();
    }
    await this.#snapshots.deleteAbove(offset);
    await this.#saveEpochs.run();
    await this.#environment.disk.syncDirectory(this.#path);
    await this.#flusher.nameIsDurable();
    await this.#home.checkpoint();
  }

  async #expire(count: number, reason: RetentionReason): Promise<void> {
    const before = this.#segments.all;
    await this.#rollsNoted;
    if (before !== this.#segments.all || this.#cuts > 0 || this.#cleaning) return;
    const expired = this.#segments.all.slice(0, count);
    const kept = this.#segments.all.slice(count);
    this.#bounds.logStartOffset = Math.max(this.#bounds.logStartOffset, kept[0]!.baseOffset);
    this.#environment.emit({
      type: "segmentsExpired",
      path: this.#path,
      baseOffsets: expired.map((segment) => segment.baseOffset),
      reason,
      sizeBytes: expired.reduce((sum, segment) => sum + segment.sizeBytes, 0),
    });
    await this.#segments.remove(expired, kept);
    if (this.#epochs.truncateFromStart(this.#bounds.logStartOffset)) await this.#saveEpochs.run();
    await this.#io.run("Deleting producer snapshots", this.#path, () =>
      this.#snapshots.deleteBelow(this.#bounds.logStartOffset),
    );
  }
}

/** Resolves to nothing: a chain of these holds nothing of what went before. */
async function bothOver(before: Promise<void>, next: void | Promise<void>): Promise<void> {
  await Promise.allSettled([before, next]);
}

export function jitter(environment: Environment, config: LogConfig): number {
  return config.segmentJitterMs > 0 ? Math.floor(environment.random.next() * config.segmentJitterMs) : 0;
}
