import { assert, KafkaError, type Uuid } from "@moldau/base";
import type { BatchHeader } from "@moldau/record-batch";
import { join } from "node:path";
import { writeEpochs } from "./checkpoint-files";
import { Coalesced } from "./coalesced";
import type { Environment, LogHome } from "./environment";
import { LEADER_EPOCH_FILE } from "./file-names";
import { replaceFile } from "@moldau/disk";
import { LeaderEpochs, type EpochEndOffset } from "./leader-epochs";
import type { LogConfig } from "./log-config";
import { emptyRead, readFromMemory, ReadPositions, readSegment, type ReadResult } from "./log-reader";
import { LogWriter } from "./log-writer";
import type { ProducerSnapshotEntry } from "./producer-snapshot";
import { expiredSegments, type RetentionReason } from "./retention";
import { rollReason, type RollReason } from "./roll";
import { scanBatches } from "./scan";
import { Segment, type AppendPart, type SegmentInfo } from "./segment";
import { letGo, markDeleted } from "./segment-removal";
import { truncateSegment } from "./segment-truncation";
import { SnapshotFiles } from "./snapshot-files";
import { errnoOf, isMissing, StorageError } from "./storage-error";
import { TailOfLog } from "./tail-cache";
import { findMaxTimestamp, findTimestamp, type TimestampMatch } from "./timestamp-search";

export interface ReadRequest {
  fetchOffset: number;
  maxBytes: number;
  /** Exclusive: high watermark, last stable offset or log end offset. No batch that reaches it is returned. */
  upToOffset: number;
  /** Return the first batch even above maxBytes (rule 14). */
  atLeastOne: boolean;
}

/** A batch as `forEachBatch` shows it. */
export interface VisitedBatch {
  header: BatchHeader;
  /** The whole batch; valid until the visit is over, copy what you keep. */
  bytes: Uint8Array;
}

/** What the loader found. */
export interface LoadedLog {
  topic: string;
  partition: number;
  topicId: Uuid | undefined;
  path: string;
  config: LogConfig;
  segments: Segment[];
  epochs: LeaderEpochs;
  snapshots: SnapshotFiles;
  logStartOffset: number;
  logEndOffset: number;
  recoveryPoint: number;
  highWatermark: number;
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
  /** Called when a segment was closed: the time to write a producer snapshot. */
  onRoll: ((baseOffset: number) => void) | undefined;
  config: LogConfig;

  readonly #environment: Environment;
  readonly #home: LogHome;
  readonly #writer: LogWriter;
  readonly #tail: TailOfLog;
  readonly #positions = new ReadPositions();
  readonly #snapshots: SnapshotFiles;
  readonly #epochs: LeaderEpochs;
  readonly #saveEpochs: Coalesced;
  readonly #flusher: Coalesced;
  #topicId: Uuid | undefined;
  #path: string;
  /** Replaced on every change, never changed: a reader keeps the array that it began with. The last is the active one. */
  #segments: readonly Segment[];
  /** Closed segments whose indexes are to be written, one after another. */
  #sealing: Promise<void> = Promise.resolve();
  #logStartOffset: number;
  #logEndOffset: number;
  #recoveryPoint: number;
  #highWatermark: number;
  #lastFlushMs: number;
  /** Files were made since the last flush. */
  #directoryDirty = false;
  /** The directory itself was made since then. */
  #isNew: boolean;
  /** Cuts under way or waiting. */
  #cuts = 0;
  #lastCut: Promise<void> = Promise.resolve();
  #gone: StorageError | undefined;

  constructor(environment: Environment, home: LogHome, loaded: LoadedLog) {
    this.topic = loaded.topic;
    this.partition = loaded.partition;
    this.config = loaded.config;
    this.#environment = environment;
    this.#home = home;
    this.#topicId = loaded.topicId;
    this.#path = loaded.path;
    this.#segments = loaded.segments;
    this.#epochs = loaded.epochs;
    this.#snapshots = loaded.snapshots;
    this.#logStartOffset = loaded.logStartOffset;
    this.#logEndOffset = loaded.logEndOffset;
    this.#recoveryPoint = loaded.recoveryPoint;
    this.#highWatermark = loaded.highWatermark;
    this.#isNew = loaded.isNew;
    this.#lastFlushMs = environment.clock.nowMs();
    this.#tail = new TailOfLog(environment.tails);
    this.#saveEpochs = new Coalesced(() => this.#writeEpochs());
    this.#flusher = new Coalesced(() => this.#flushWritten());
    this.#writer = new LogWriter(
      environment,
      {
        prepare: async (segment) => {
          await segment.createFiles(environment);
          this.#directoryDirty = true;
        },
        onWritten: () => undefined,
        onFailure: (path, error) => this.#home.fail("Writing", path, error),
      },
      loaded.logEndOffset,
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
    return this.#logStartOffset;
  }

  /** Where the next batch goes; counts what is accepted and not yet written. */
  get logEndOffset(): number {
    return this.#logEndOffset;
  }

  /** Exclusive: what the operating system has. Readers see no further. */
  get writtenOffset(): number {
    return this.#writer.writtenOffset;
  }

  /** Exclusive: what is on the disk for certain. */
  get recoveryPoint(): number {
    return this.#recoveryPoint;
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
    return this.#segments[0]!.baseOffset;
  }

  get sizeBytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
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
      this.#segments.map(async (segment) => {
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
    const refused = this.#refusal();
    if (refused) return Promise.reject(refused);
    assert(this.#cuts === 0, `${this.#path}: append while the log is being cut`);
    for (const part of parts) this.#accept(part);
    const endOffset = this.#logEndOffset;
    const written = this.#writer.whenWritten(endOffset);
    if (this.config.flushMessages === Infinity) return written;
    return written.then(() => {
      if (endOffset - this.#recoveryPoint >= this.config.flushMessages) return this.flushUpTo(endOffset);
    });
  }

  /** Whole batches from the one that holds `fetchOffset`. Throws OFFSET_OUT_OF_RANGE and KAFKA_STORAGE_ERROR. */
  async read(request: ReadRequest): Promise<ReadResult> {
    this.#throwIfRefused();
    const { fetchOffset, maxBytes, atLeastOne } = request;
    this.#checkReadable(fetchOffset);
    const upToOffset = Math.min(request.upToOffset, this.writtenOffset);
    if (fetchOffset >= upToOffset || (maxBytes <= 0 && !atLeastOne)) {
      if (fetchOffset >= this.writtenOffset) this.#tail.noteTailRead();
      return emptyRead(fetchOffset);
    }
    const segments = this.#segments;
    const active = segments.at(-1)!;
    const cached = this.#tail.read(fetchOffset, upToOffset, maxBytes, atLeastOne);
    if (cached?.sizeBytes === 0) return emptyRead(fetchOffset);
    if (cached) {
      if (cached.nextOffset >= this.writtenOffset) this.#tail.noteTailRead();
      return readFromMemory(cached, fetchOffset < active.baseOffset);
    }
    const selection = { fetchOffset, upToOffset, maxBytes, atLeastOne };
    for (let i = floorSegment(segments, fetchOffset); i < segments.length; i++) {
      const segment = segments[i]!;
      if (segment.baseOffset >= upToOffset) break;
      const found = await this.#readSegment(segment, selection);
      if (found === "removed") {
        // Retention was faster than we: the offset is gone, or (after a truncation) the log looks different now.
        this.#checkReadable(fetchOffset);
        return emptyRead(fetchOffset);
      }
      if (found.kind === "none") return emptyRead(fetchOffset, segment !== active);
      if (found.kind === "corrupt") {
        throw new StorageError(
          KafkaError.CORRUPT_MESSAGE,
          segment.logPath,
          `${segment.logPath} holds no batch at byte ${found.position}; move the file away or restart the broker to recover it`,
        );
      }
      if (found.kind === "passed") continue;
      if (found.result.nextOffset >= this.writtenOffset) this.#tail.noteTailRead();
      found.result.fromOlderSegment = segment !== active;
      return found.result;
    }
    return emptyRead(fetchOffset);
  }

  /**
   * Visits every batch that ends at or above `from` and begins below `to` (and what is written), in order. A visitor that
   * returns false ends it. For rebuilding producer state and for replay.
   */
  async forEachBatch(
    range: { from: number; to: number },
    visit: (batch: VisitedBatch) => void | boolean | Promise<void | boolean>,
  ): Promise<void> {
    this.#throwIfRefused();
    const to = Math.min(range.to, this.writtenOffset);
    const segments = this.#segments;
    let stopped = false;
    for (let i = Math.max(0, floorSegment(segments, range.from)); i < segments.length && !stopped; i++) {
      const segment = segments[i]!;
      if (segment.baseOffset >= to) break;
      await this.#io("Reading", segment.logPath, async () => {
        const from = (await segment.indexesOf(this.#environment)).offset.lookup(range.from).position;
        const bytes = { from, to: segment.writtenBytes, verify: false };
        await scanBatches(this.#environment, segment.logPath, bytes, (batch) => {
          const { header, at } = batch;
          if (header.baseOffset + header.lastOffsetDelta < range.from) return true;
          if (header.baseOffset >= to) {
            stopped = true;
            return false;
          }
          const goOn = visit({ header, bytes: batch.bytes.subarray(at, at + header.sizeBytes) });
          const settle = (answer: void | boolean): boolean => {
            stopped = answer === false;
            return !stopped;
          };
          return goOn instanceof Promise ? goOn.then(settle) : settle(goOn);
        });
      });
    }
  }

  /** The first record at or above the log start with at least this timestamp (ms); undefined for none. */
  offsetForTimestamp(timestamp: number): Promise<TimestampMatch | undefined> {
    this.#throwIfRefused();
    return this.#io("Reading", this.#path, () =>
      findTimestamp(this.#environment, this.#segments, timestamp, this.#logStartOffset),
    );
  }

  /** The first record with the largest timestamp of all; undefined where no record has one. */
  maxTimestampOffset(): Promise<TimestampMatch | undefined> {
    this.#throwIfRefused();
    return this.#io("Reading", this.#path, () => findMaxTimestamp(this.#environment, this.#segments));
  }

  /** Notes where a leader epoch begins; resolves when that is on the disk. */
  async assignEpoch(epoch: number, startOffset: number): Promise<void> {
    this.#throwIfRefused();
    if (this.#epochs.assign(epoch, startOffset)) await this.#saveEpochs.run();
  }

  /** See LeaderEpochs.endOffsetFor. */
  endOffsetForEpoch(epoch: number): EpochEndOffset {
    return this.#epochs.endOffsetFor(epoch, this.#logEndOffset);
  }

  epochForOffset(offset: number): number | undefined {
    return this.#epochs.epochForOffset(offset);
  }

  /** Everything that is written by now gets onto the disk. */
  flush(): Promise<void> {
    return this.flushUpTo(this.#logEndOffset);
  }

  /** Resolves when all below `offset` is on the disk. Callers that wait together share one flush. */
  async flushUpTo(offset: number): Promise<void> {
    this.#throwIfRefused();
    await this.#writer.whenWritten(Math.min(offset, this.#logEndOffset));
    if (this.#isNew || this.#recoveryPoint < Math.min(offset, this.writtenOffset)) await this.#flusher.run();
  }

  /** For the store's tick: whether flush.ms has passed with something to flush. */
  isFlushDue(nowMs: number): boolean {
    return (
      this.config.flushMs !== Infinity &&
      this.#recoveryPoint < this.writtenOffset &&
      nowMs - this.#lastFlushMs >= this.config.flushMs
    );
  }

  /**
   * Cuts the log so that nothing at or above `offset` is left: the batch that holds it goes as a whole, and where that began
   * below `offset` the log now ends there. At or above the end only epochs
   * go that begin there and have no batch (KIP-101). Await it before the next append.
   */
  async truncateTo(offset: number): Promise<void> {
    await this.#cut("Truncating", async () => {
      if (offset >= this.#logEndOffset) {
        // An epoch that began at the end and got no batch is one that only this replica knows: its leader never wrote.
        if (this.#epochs.truncateFromEnd(this.#logEndOffset)) await this.#saveEpochs.run();
        return;
      }
      const first = this.#segments[0]!;
      if (offset < first.baseOffset) return this.#startAnew(offset);
      const kept = this.#segments.filter((segment) => segment === first || segment.baseOffset <= offset);
      // The last first: a crash in between leaves a shorter log, never one with a hole.
      await this.#removeSegments(this.#segments.slice(kept.length).reverse(), kept);
      await this.#afterCut(await truncateSegment(this.#environment, this.#segments.at(-1)!, offset));
    });
  }

  /** Throws everything away and begins at `offset`, as a follower does whose leader no longer has what it needs. */
  async truncateFullyAndStartAt(offset: number): Promise<void> {
    await this.#cut("Truncating", () => this.#startAnew(offset));
  }

  /** DeleteRecords: nothing below `offset` is read any more. Segments go with the next retention step. */
  async advanceLogStartOffset(offset: number): Promise<void> {
    this.#throwIfRefused();
    if (offset <= this.#logStartOffset) return;
    assert(offset <= this.#logEndOffset, `${this.#path}: log start ${offset} beyond the end ${this.#logEndOffset}`);
    this.#logStartOffset = offset;
    if (this.#epochs.truncateFromStart(offset)) await this.#saveEpochs.run();
    await this.#home.checkpoint();
  }

  /** Deletes whole segments that time, size or the log start let go, below the high watermark. Returns how many. */
  async retentionStep(nowMs: number): Promise<number> {
    this.#throwIfRefused();
    if (this.#cuts > 0) return 0;
    const segments = this.#segments;
    const facts = await this.#io("Reading", this.#path, () =>
      Promise.all(
        segments.map(async (segment) => {
          const { timestamp } = await segment.largestTimestamp(this.#environment);
          const largestTimestamp = timestamp >= 0 ? timestamp : segment.modifiedMs;
          return { baseOffset: segment.baseOffset, sizeBytes: segment.sizeBytes, largestTimestamp };
        }),
      ),
    );
    if (segments !== this.#segments || this.#cuts > 0) return 0;
    const state = {
      segments: facts,
      logStartOffset: this.#logStartOffset,
      logEndOffset: this.#logEndOffset,
      highWatermark: this.#highWatermark,
      nowMs,
    };
    const { count, reason } = expiredSegments(state, this.config);
    if (count === 0 || !reason) return 0;
    if (count === segments.length) {
      await this.#writer.idle();
      if (segments !== this.#segments || this.#cuts > 0) return 0;
      this.#roll(this.#logEndOffset, "retention");
    }
    await this.#expire(count, reason);
    return count;
  }

  /** Closes the active segment, so that everything so far may be retained, compacted or copied. */
  roll(): void {
    this.#throwIfRefused();
    if (this.#segments.at(-1)!.sizeBytes > 0) this.#roll(this.#logEndOffset, "forced");
  }

  /** Producer snapshots on disk; state and its rebuilding are the owner's. */
  writeProducerSnapshot(offset: number, entries: readonly ProducerSnapshotEntry[]): Promise<void> {
    this.#throwIfRefused();
    return this.#io("Writing a producer snapshot", this.#path, () => this.#snapshots.write(offset, entries));
  }

  /** The newest readable snapshot at or below `offset`; damaged ones are deleted on the way. */
  latestProducerSnapshot(offset = Infinity): Promise<{ offset: number; entries: ProducerSnapshotEntry[] } | undefined> {
    this.#throwIfRefused();
    return this.#io("Reading a producer snapshot", this.#path, () => this.#snapshots.latest(offset));
  }

  /** For the store: flushes, writes the indexes out. The log takes no more calls. */
  async close(): Promise<void> {
    await this.#cut("Closing", async () => {
      const active = this.#segments.at(-1)!;
      if (active.isNew) await active.createFiles(this.#environment);
      active.sealTimeIndex();
      await active.writeIndexes(this.#environment, { sync: true });
      this.#directoryDirty = true;
      await this.#flusher.run();
    });
    this.#gone = this.#goneError("is closed");
  }

  /** For the store: the directory is about to be renamed and deleted. No further calls; readers finish. */
  async retire(): Promise<void> {
    this.#gone = this.#goneError("was deleted");
    await this.#quiet();
    for (const segment of this.#segments) letGo(this.#environment, segment);
    this.#tail.clear();
  }

  /** For the store: the directory carries no topic id yet (written by an old broker) and gets one. */
  adoptTopicId(topicId: Uuid): void {
    assert(this.#topicId === undefined, `${this.#path} has a topic id already`);
    this.#topicId = topicId;
  }

  // --- appending -------------------------------------------------------------------------------------------------

  #accept(part: AppendPart): void {
    const { baseOffset, lastOffset } = part;
    assert(
      baseOffset >= this.#logEndOffset && lastOffset >= baseOffset,
      `${this.#path}: batch ${baseOffset}-${lastOffset} at log end ${this.#logEndOffset}`,
    );
    let active = this.#segments.at(-1)!;
    const candidate = {
      sizeBytes: part.bytes.length,
      maxTimestamp: part.maxTimestamp,
      offsetFits: active.fits(lastOffset),
    };
    const nowMs = this.#environment.clock.nowMs();
    const reason = rollReason(active.rollState(this.config.segmentIndexBytes), candidate, this.config, nowMs);
    if (reason) active = this.#roll(baseOffset, reason);
    if (part.leaderEpoch > (this.#epochs.latest()?.epoch ?? -1) && this.#epochs.assign(part.leaderEpoch, baseOffset)) {
      // The batch carries its epoch too: recovery finds it, so nobody has to wait for the file.
      this.#saveEpochs.run().catch(() => undefined);
    }
    const position = active.accept(part, this.config.indexIntervalBytes);
    active.modifiedMs = nowMs;
    this.#logEndOffset = lastOffset + 1;
    this.#tail.append(baseOffset, lastOffset, part.bytes);
    this.#writer.enqueue(active, position, part.bytes, this.#logEndOffset);
  }

  #roll(baseOffset: number, reason: RollReason | "retention" | "forced"): Segment {
    const closing = this.#segments.at(-1)!;
    const next = Segment.fresh(this.#path, baseOffset, {
      nowMs: this.#environment.clock.nowMs(),
      jitterMs: jitter(this.#environment, this.config),
    });
    if (closing.sizeBytes === 0) {
      // Its base offset does not suit the batch: it was never used, so the new one takes its place.
      this.#removeSegments([closing], [...this.#segments.slice(0, -1), next]).catch(() => undefined);
      return next;
    }
    this.#segments = [...this.#segments, next];
    this.#environment.emit({ type: "segmentRolled", path: this.#path, baseOffset, reason });
    closing.sealTimeIndex();
    this.#sealing = this.#sealing.then(() => this.#seal(closing, baseOffset)).catch(() => undefined);
    this.onRoll?.(baseOffset);
    return next;
  }

  /** In the background: a closed segment's indexes are written, and it gets onto the disk, so that recovery skips it. */
  async #seal(segment: Segment, endOffset: number): Promise<void> {
    await this.#writer.whenWritten(Math.min(endOffset, this.#logEndOffset));
    if (segment.removed || this.#home.offline) return;
    await this.#io("Writing the indexes", segment.logPath, () =>
      segment.writeIndexes(this.#environment, { sync: true }),
    );
    if (segment.removed) return;
    const indexes = segment.indexes;
    if (indexes && segment !== this.#segments.at(-1)) {
      segment.indexes = undefined;
      this.#environment.indexes.put(segment, indexes);
    }
    if (!this.#gone && this.#cuts === 0) await this.flushUpTo(endOffset);
  }

  // --- flushing --------------------------------------------------------------------------------------------------

  async #flushWritten(): Promise<void> {
    const target = this.writtenOffset;
    await this.#io("Flushing", this.#path, async () => {
      const { disk, files } = this.#environment;
      // Epochs first: below the recovery point no recovery finds them in the batches again.
      await this.#saveEpochs.idle();
      if (this.#home.offline) throw this.#home.offline;
      for (const segment of this.#segments) {
        const bytes = segment.writtenBytes;
        if (segment.isNew || bytes === segment.syncedBytes) continue;
        const file = await files.acquire(segment.logPath);
        try {
          await disk.sync(file.descriptor);
          segment.syncedBytes = Math.max(segment.syncedBytes, bytes);
        } finally {
          files.release(file);
        }
      }
      if (this.#directoryDirty) {
        this.#directoryDirty = false;
        await disk.syncDirectory(this.#path);
      }
      await this.#nameIsDurable();
    });
    this.#recoveryPoint = Math.max(this.#recoveryPoint, Math.min(target, this.writtenOffset));
    this.#lastFlushMs = this.#environment.clock.nowMs();
  }

  #writeEpochs(): Promise<void> {
    const text = writeEpochs(this.#epochs.entries);
    return this.#io("Writing the leader epochs", this.#path, () =>
      replaceFile(this.#environment.disk, join(this.#path, LEADER_EPOCH_FILE), text),
    );
  }

  // --- cutting ---------------------------------------------------------------------------------------------------

  /** Waits for the writes and cuts before it, keeps appends out, and turns I/O errors into the directory's end. */
  #cut(doing: string, work: () => Promise<void>): Promise<void> {
    this.#throwIfRefused();
    this.#cuts += 1;
    const cut = this.#lastCut.then(async () => {
      try {
        await this.#quiet();
        this.#throwIfRefused();
        await this.#io(doing, this.#path, work);
      } finally {
        this.#cuts -= 1;
      }
    });
    this.#lastCut = cut.catch(() => undefined);
    return cut;
  }

  async #quiet(): Promise<void> {
    await this.#writer.idle();
    await this.#sealing;
    await this.#flusher.idle();
    await this.#saveEpochs.idle();
  }

  async #startAnew(offset: number): Promise<void> {
    const made = { nowMs: this.#environment.clock.nowMs(), jitterMs: jitter(this.#environment, this.config) };
    await this.#removeSegments([...this.#segments].reverse(), [Segment.fresh(this.#path, offset, made)]);
    this.#epochs.clear();
    this.#logStartOffset = offset;
    await this.#segments[0]!.createFiles(this.#environment);
    await this.#afterCut(offset);
  }

  async #afterCut(offset: number): Promise<void> {
    this.#logEndOffset = offset;
    this.#writer.reset(offset);
    this.#recoveryPoint = Math.min(this.#recoveryPoint, offset);
    this.#highWatermark = Math.min(this.#highWatermark, offset);
    this.#logStartOffset = Math.min(this.#logStartOffset, offset);
    this.#tail.clear();
    this.#positions.clear();
    this.#epochs.truncateFromEnd(offset);
    await this.#snapshots.deleteAbove(offset);
    await this.#saveEpochs.run();
    await this.#environment.disk.syncDirectory(this.#path);
    await this.#nameIsDurable();
    await this.#home.checkpoint();
  }

  /** The first time: the directory's own name gets onto the disk. */
  async #nameIsDurable(): Promise<void> {
    if (!this.#isNew) return;
    await this.#environment.disk.syncDirectory(this.#path);
    await this.#environment.disk.syncDirectory(this.#home.path);
    this.#isNew = false;
  }

  async #expire(count: number, reason: RetentionReason): Promise<void> {
    const expired = this.#segments.slice(0, count);
    const kept = this.#segments.slice(count);
    this.#logStartOffset = Math.max(this.#logStartOffset, kept[0]!.baseOffset);
    this.#environment.emit({
      type: "segmentsExpired",
      path: this.#path,
      baseOffsets: expired.map((segment) => segment.baseOffset),
      reason,
      sizeBytes: expired.reduce((sum, segment) => sum + segment.sizeBytes, 0),
    });
    await this.#removeSegments(expired, kept);
    if (this.#epochs.truncateFromStart(this.#logStartOffset)) await this.#saveEpochs.run();
    await this.#io("Deleting producer snapshots", this.#path, () => this.#snapshots.deleteBelow(this.#logStartOffset));
  }

  /** Takes segments out of the log at once; their files are renamed in the background and deleted later. */
  #removeSegments(removed: readonly Segment[], kept: readonly Segment[]): Promise<void> {
    this.#segments = kept;
    for (const segment of removed) letGo(this.#environment, segment);
    const keptBases = new Set(kept.map((segment) => segment.baseOffset));
    const discarding = this.#sealing.then(() => this.#discard(removed, keptBases));
    this.#sealing = discarding.catch(() => undefined);
    return discarding;
  }

  async #discard(removed: readonly Segment[], keptBases: ReadonlySet<number>): Promise<void> {
    // A new segment of the same base offset owns the names now: it truncates what it finds.
    const doomed = removed.filter((segment) => !segment.isNew && !keptBases.has(segment.baseOffset));
    const paths = await this.#io("Renaming", this.#path, () => markDeleted(this.#environment, this.#path, doomed));
    if (paths.length > 0) this.#home.deleteLater(paths, this.config.fileDeleteDelayMs);
  }

  // --- refusing --------------------------------------------------------------------------------------------------

  async #readSegment(
    segment: Segment,
    selection: { fetchOffset: number; upToOffset: number; maxBytes: number; atLeastOne: boolean },
  ): Promise<Awaited<ReturnType<typeof readSegment>> | "removed"> {
    try {
      const { indexIntervalBytes } = this.config;
      const read = await readSegment(this.#environment, segment, this.#positions, selection, indexIntervalBytes);
      return read.kind === "corrupt" && segment.removed ? "removed" : read;
    } catch (error) {
      if (segment.removed || (this.#gone && isMissing(error))) return "removed";
      if (errnoOf(error) === undefined) throw error;
      throw this.#home.fail("Reading", segment.logPath, error);
    }
  }

  async #io<T>(doing: string, path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StorageError || errnoOf(error) === undefined) throw error;
      throw this.#home.fail(doing, path, error);
    }
  }

  #checkReadable(fetchOffset: number): void {
    if (fetchOffset >= this.#logStartOffset && fetchOffset <= this.#logEndOffset) return;
    throw new StorageError(
      KafkaError.OFFSET_OUT_OF_RANGE,
      this.#path,
      `offset ${fetchOffset} lies outside ${this.#logStartOffset}..${this.#logEndOffset} of ${this.#path}`,
    );
  }

  #refusal(): StorageError | undefined {
    return this.#home.offline ?? this.#gone;
  }

  #throwIfRefused(): void {
    const refused = this.#refusal();
    if (refused) throw refused;
  }

  #goneError(what: string): StorageError {
    return new StorageError(KafkaError.UNKNOWN_TOPIC_OR_PARTITION, this.#path, `the log ${this.#path} ${what}`);
  }
}

/** The segment that may hold `offset`: the last that begins at or below it, or the first. */
function floorSegment(segments: readonly Segment[], offset: number): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (segments[middle]!.baseOffset <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function jitter(environment: Environment, config: LogConfig): number {
  return config.segmentJitterMs > 0 ? Math.floor(environment.random.next() * config.segmentJitterMs) : 0;
}
