import { checkCrc, CorruptBatchError, HEADER_BYTES, readBatchHeader, type BatchHeader } from "@moldau/record-batch";
import type { Environment } from "../environment";
import type { LogConfig } from "../log-config";
import type { Segment } from "../segment";
import type { SegmentFileKind } from "../file-names";
import { floorSegment } from "../segment-list";
import { errnoOf, StorageError } from "../storage-error";
import type { AbortedTransaction } from "../transaction-index";
import { collectKeys, filterBatch, type FilterContext, type ProducerLastRecord } from "./batch-filter";
import { CleanedSegment } from "./cleaned-segment";
import { CleanedTransactions } from "./cleaned-transactions";
import { CleaningAborted } from "./cleaning-aborted";
import { KeyOffsets } from "./key-offsets";
import { corruptAt, readChunks } from "./read-chunks";
import { groupSegments } from "./segment-groups";

/** How a round takes its turns: the store has no timers and no limits of its own. */
export interface CleaningPace {
  /** After so many bytes were read or written. */
  onBytes(bytes: number): Promise<void> | undefined;
  /** After each batch: others may want the process. */
  onBatch(): Promise<void> | undefined;
}

/** One round over one log. */
export interface CleaningRound {
  /** From here on keys are collected. */
  firstDirtyOffset: number;
  /** Exclusive: where a segment begins. */
  endOffset: number;
  nowMs: number;
  /** log.cleaner.dedupe.buffer.size of one cleaner, and how full it may become. */
  memoryBytes: number;
  loadFactor: number;
  /** Half of log.cleaner.io.buffer.size of one cleaner. */
  chunkBytes: number;
  /** Producers that are still known, as they are when it is asked. */
  producers: () => Iterable<ProducerLastRecord>;
  pace: CleaningPace;
}

/** What a round did. Sizes in bytes. */
export interface CleaningStats {
  /** Exclusive: everything below is clean. Less than asked for where the memory did not hold all keys. */
  endOffset: number;
  segmentsBefore: number;
  segmentsAfter: number;
  bytesRead: number;
  bytesWritten: number;
  recordsRead: number;
  recordsWritten: number;
  keysRead: number;
  /** Share of the table of keys that was taken. */
  utilization: number;
}

/** What the cleaner needs of the log. */
export interface CleanedLog {
  readonly path: string;
  readonly config: LogConfig;
  segments(): readonly Segment[];
  isAborted(): boolean;
  abortedTransactions(range: { from: number; to: number }): Promise<readonly AbortedTransaction[]>;
  /** Puts a segment, whose files are complete under `.cleaned` names, in the place of others. */
  replace(cleaned: Segment, kinds: readonly SegmentFileKind[], sources: readonly Segment[]): Promise<void>;
}

/**
 * Compacts a log: learns the newest offset of each key in its dirty part, then writes every segment from the beginning up to
 * there anew with what outlives the round. Throws CleaningAborted, or a StorageError CORRUPT_MESSAGE for a damaged batch.
 * Source: Cleaner.doClean.
 */
export async function cleanLog(
  environment: Environment,
  log: CleanedLog,
  round: CleaningRound,
): Promise<CleaningStats> {
  const keys = new KeyOffsets({
    memoryBytes: round.memoryBytes,
    loadFactor: round.loadFactor,
    keys: round.endOffset - round.firstDirtyOffset,
  });
  const work = new Cleaning(environment, log, round, keys);
  await work.collect();
  await work.rewrite();
  return work.stats;
}

class Cleaning {
  readonly stats: CleaningStats;
  readonly #environment: Environment;
  readonly #log: CleanedLog;
  readonly #round: CleaningRound;
  readonly #keys: KeyOffsets;

  constructor(environment: Environment, log: CleanedLog, round: CleaningRound, keys: KeyOffsets) {
    this.#environment = environment;
    this.#log = log;
    this.#round = round;
    this.#keys = keys;
    this.stats = {
      endOffset: round.firstDirtyOffset,
      segmentsBefore: 0,
      segmentsAfter: 0,
      bytesRead: 0,
      bytesWritten: 0,
      recordsRead: 0,
      recordsWritten: 0,
      keysRead: 0,
      utilization: 0,
    };
  }

  /** The keys of the dirty part, as many as fit. */
  async collect(): Promise<void> {
    const { firstDirtyOffset, endOffset } = this.#round;
    const keys = this.#keys;
    const context = { keys, transactions: new CleanedTransactions(), codecs: codecsOf(this.#environment) };
    context.transactions.add(await this.#log.abortedTransactions({ from: firstDirtyOffset, to: endOffset }));
    const all = this.#log.segments();
    const dirty = all.slice(floorSegment(all, firstDirtyOffset)).filter(({ baseOffset }) => baseOffset < endOffset);
    for (const [i, segment] of dirty.entries()) {
      const from = (await segment.indexesOf(this.#environment)).offset.lookup(firstDirtyOffset).position;
      let fits = true;
      await this.#eachBatch(segment, from, (bytes, at, header) => {
        fits = collectKeys(bytes, at, header, firstDirtyOffset, context);
        this.stats.keysRead += header.recordCount;
        return fits;
      });
      if (!fits) break;
      // Offsets that are missing at the end of a segment are known not to be there.
      keys.latestOffset = (dirty[i + 1]?.baseOffset ?? endOffset) - 1;
    }
    this.stats.utilization = keys.utilization;
    this.stats.endOffset = Math.max(firstDirtyOffset, keys.latestOffset + 1);
  }

  /** Every segment up to there, in groups that become one segment each. */
  async rewrite(): Promise<void> {
    const sources = this.#log.segments().filter(({ baseOffset }) => baseOffset < this.stats.endOffset);
    const described = await Promise.all(
      sources.map(async (segment) => {
        const { offset, time } = await segment.indexesOf(this.#environment);
        const { baseOffset, sizeBytes } = segment;
        return { segment, baseOffset, sizeBytes, offsetIndexBytes: offset.sizeBytes, timeIndexBytes: time.sizeBytes };
      }),
    );
    const { segmentBytes, segmentIndexBytes } = this.#log.config;
    const limits = { segmentBytes, indexBytes: segmentIndexBytes, endOffset: this.#round.endOffset };
    const transactions = new CleanedTransactions();
    for (const group of groupSegments(described, limits)) {
      await this.#rewriteGroup(
        group.map(({ segment }) => segment),
        transactions,
      );
    }
  }

  async #rewriteGroup(sources: readonly Segment[], transactions: CleanedTransactions): Promise<void> {
    const { baseOffset } = sources[0]!;
    const { indexIntervalBytes, deleteRetentionMs } = this.#log.config;
    const made = { baseOffset, indexIntervalBytes };
    const cleaned = await CleanedSegment.create(this.#environment, this.#log.path, made);
    try {
      const context: FilterContext = {
        keys: this.#keys,
        transactions,
        producers: new Map([...this.#round.producers()].map((one) => [one.producerId, one])),
        endOffset: this.#round.endOffset,
        nowMs: this.#round.nowMs,
        deleteRetentionMs,
        codecs: codecsOf(this.#environment),
      };
      for (const source of sources) await this.#filterInto(cleaned, source, context);
      const { segment, kinds } = await cleaned.finish(this.#environment.clock.nowMs());
      segment.modifiedMs = sources.at(-1)!.modifiedMs;
      await this.#log.replace(segment, kinds, sources);
      this.stats.segmentsBefore += sources.length;
      this.stats.segmentsAfter += 1;
    } catch (error) {
      // A disk that fails keeps its leftovers: the next start clears them away.
      if (!(error instanceof StorageError && error.errno !== undefined)) await cleaned.discard();
      await cleaned.close().catch(() => undefined);
      throw error;
    }
  }

  async #filterInto(cleaned: CleanedSegment, source: Segment, context: FilterContext): Promise<void> {
    const all = this.#log.segments();
    const to = all[all.indexOf(source) + 1]?.baseOffset ?? this.#round.endOffset;
    context.transactions.add(await this.#log.abortedTransactions({ from: source.baseOffset, to }));
    const filter = (bytes: Uint8Array, at: number, header: BatchHeader): boolean => {
      const { kept, recordsKept, aborted } = filterBatch(bytes, at, header, context);
      this.stats.recordsRead += header.recordCount;
      this.stats.recordsWritten += recordsKept;
      if (aborted) cleaned.addAborted(aborted);
      if (kept === "asItIs") cleaned.add(header, bytes.subarray(at, at + header.sizeBytes));
      else if (kept !== "nothing") cleaned.add(readBatchHeader(kept, 0), kept);
      return true;
    };
    await this.#eachBatch(source, 0, filter, async () => {
      const written = await cleaned.write();
      this.stats.bytesWritten += written;
      await this.#round.pace.onBytes(written);
    });
  }

  /** Sound batches, one after another; a visitor that returns false ends it. `afterChunk` before their memory is used again. */
  async #eachBatch(
    segment: Segment,
    from: number,
    visit: (bytes: Uint8Array, at: number, header: BatchHeader) => boolean,
    afterChunk?: () => Promise<void>,
  ): Promise<void> {
    const { pace, chunkBytes } = this.#round;
    const range = { from, to: segment.writtenBytes, chunkBytes };
    await readChunks(this.#environment, segment, range, async (chunk, filePosition) => {
      this.stats.bytesRead += chunk.length;
      await pace.onBytes(chunk.length);
      for (let at = 0; chunk.length - at >= HEADER_BYTES;) {
        if (this.#log.isAborted()) throw new CleaningAborted(this.#log.path);
        const header = soundBatch(segment, chunk, at, filePosition);
        let goOn: boolean;
        try {
          goOn = visit(chunk, at, header);
        } catch (error) {
          throw errnoOf(error) === undefined ? corruptAt(segment, filePosition + at, error) : error;
        }
        if (!goOn) return false;
        at += header.sizeBytes;
        const turn = pace.onBatch();
        if (turn) await turn;
      }
      await afterChunk?.();
      return true;
    });
  }
}

function soundBatch(segment: Segment, bytes: Uint8Array, at: number, filePosition: number): BatchHeader {
  try {
    const header = readBatchHeader(bytes, at);
    if (checkCrc(bytes, at, header)) return header;
    throw new CorruptBatchError(`the batch at offset ${header.baseOffset} fails its CRC`);
  } catch (error) {
    throw corruptAt(segment, filePosition + at, error);
  }
}

function codecsOf({ compress, decompress }: Environment): FilterContext["codecs"] {
  return { ...(compress ? { compress } : {}), ...(decompress ? { decompress } : {}) };
}
