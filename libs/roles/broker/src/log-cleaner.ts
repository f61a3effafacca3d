import type { Uuid } from "@moldau/base";
import type { RoleContext } from "@moldau/host";
import {
  CleaningAborted,
  IoThrottle,
  StorageError,
  type CleaningStats,
  type Dirtiness,
  type LogStore,
  type PartitionLog,
} from "@moldau/segment-store";
import { CleanerPace } from "./cleaner-pace";
import type { HostedPartition } from "./hosted-partition";
import type { Partitions } from "./partitions";

/** Beyond it the memory of one cleaner is not used. */
const MEMORY_MAX_BYTES = 2 ** 31 - 1;
const CHUNK_MIN_BYTES = 4 * 1024;

/** A log that could be cleaned next. */
export interface Candidate {
  hosted: HostedPartition;
  dirtiness: Dirtiness;
}

/** The dirtiest of those that are due. Source: LogCleanerManager.grabFilthiestCompactedLog. */
export function dirtiestOf<C extends { dirtiness: Dirtiness }>(candidates: readonly C[]): C | undefined {
  let best: C | undefined;
  for (const one of candidates) {
    if (one.dirtiness.isDue && one.dirtiness.ratio > (best?.dirtiness.ratio ?? -1)) best = one;
  }
  return best;
}

/** What operators see of the cleaner. */
export interface CleanerReport {
  /** Partitions that are not cleaned any more, by their log.dir. */
  uncleanable: ReadonlyMap<string, { partitions: number; bytes: number }>;
  /** Of the last look at all logs. */
  dirtiestRatio: number;
  maxDelayMs: number;
  lastRunMs: number;
  lastRound: (CleaningStats & { elapsedMs: number }) | undefined;
}

/**
 * Compacts the logs of compacted topics, leaders and followers alike: looks for the dirtiest one that is due, cleans it,
 * looks again, and rests for log.cleaner.backoff.ms where there is none. At most log.cleaner.threads at a time. A log that
 * cannot be cleaned is reported and left alone until the broker starts anew; the others go on.
 * Source: LogCleaner.CleanerThread, LogCleanerManager.
 */
export class LogCleaner {
  readonly #context: RoleContext;
  readonly #store: LogStore;
  readonly #partitions: Partitions;
  readonly #throttle = new IoThrottle(Infinity);
  /** Logs that could not be cleaned, with what waits in them. */
  readonly #uncleanable = new Map<PartitionLog, number>();
  readonly #rounds = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #stopped = false;
  #dirtiestRatio = 0;
  #maxDelayMs = 0;
  #lastRunMs: number;
  #lastRound: CleanerReport["lastRound"];

  constructor(context: RoleContext, store: LogStore, partitions: Partitions) {
    this.#context = context;
    this.#store = store;
    this.#partitions = partitions;
    this.#lastRunMs = context.clock.nowMs();
  }

  /** Where log.cleaner.enable says so. */
  start(): void {
    if (this.#context.config.boolean("log.cleaner.enable")) this.#sleep();
  }

  /** Rounds under way end when their logs are closed. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  /** Looks at all logs now, and starts the rounds that are due. Resolves when none is left to start. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch((error: unknown) => this.#context.telemetry.log.error({ err: error }, "the log cleaner failed"))
      .finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  /** Resolves when no round is under way. */
  async idle(): Promise<void> {
    await this.#looking;
    while (this.#rounds.size > 0) {
      await Promise.all(this.#rounds);
      await this.#looking;
    }
  }

  report(): CleanerReport {
    const uncleanable = new Map<string, { partitions: number; bytes: number }>();
    for (const { path } of this.#store.directories()) uncleanable.set(path, { partitions: 0, bytes: 0 });
    for (const [log, bytes] of this.#uncleanable) {
      const sum = uncleanable.get(log.directory);
      if (!sum) continue;
      sum.partitions++;
      sum.bytes += bytes;
    }
    return {
      uncleanable,
      dirtiestRatio: this.#dirtiestRatio,
      maxDelayMs: this.#maxDelayMs,
      lastRunMs: this.#lastRunMs,
      lastRound: this.#lastRound,
    };
  }

  #sleep(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void this.look().then(() => this.#sleep());
    }, this.#context.config.number("log.cleaner.backoff.ms"));
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const { config, clock } = this.#context;
    while (!this.#stopped && this.#rounds.size < config.number("log.cleaner.threads")) {
      const candidates = await this.#candidates();
      this.#lastRunMs = clock.nowMs();
      this.#dirtiestRatio = Math.max(0, ...candidates.map(({ dirtiness }) => dirtiness.ratio));
      this.#maxDelayMs = Math.max(0, ...candidates.map(({ dirtiness }) => dirtiness.delayMs));
      const next = dirtiestOf(candidates);
      if (!next || this.#stopped || next.hosted.isRemoved || next.hosted.log.isBeingCleaned) return;
      // Began to move while the others were looked at.
      if (this.#isMoving(next.hosted.topicId, next.hosted.partition)) continue;
      const round: Promise<void> = this.#clean(next).then((cleaned) => {
        this.#rounds.delete(round);
        // Where one was dirty enough another may be.
        if (cleaned && !this.#stopped) void this.look();
      });
      this.#rounds.add(round);
    }
  }

  async #candidates(): Promise<Candidate[]> {
    const known = new Set<PartitionLog>();
    const candidates: Candidate[] = [];
    for (const hosted of [...this.#partitions.all()]) {
      const { log, replica, settings, topicId, partition } = hosted;
      known.add(log);
      if (!settings.compacted || hosted.isRemoved || log.isBeingCleaned || this.#uncleanable.has(log)) continue;
      if (this.#isMoving(topicId, partition)) continue;
      try {
        const dirtiness = await log.dirtiness(replica.lastStableOffset, this.#context.clock.nowMs());
        candidates.push({ hosted, dirtiness });
      } catch (error) {
        // The directory is offline, or the log was deleted: both are told elsewhere.
        if (!(error instanceof StorageError)) throw error;
      }
    }
    for (const log of [...this.#uncleanable.keys()]) if (!known.has(log)) this.#uncleanable.delete(log);
    return candidates;
  }

  /** A copy of it grows in another directory, which has to stay a copy. */
  #isMoving(topicId: Uuid, partition: number): boolean {
    return this.#store.futureLog(topicId, partition) !== undefined;
  }

  /** Whether the round came to its end. */
  async #clean({ hosted, dirtiness }: Candidate): Promise<boolean> {
    const { config, clock, telemetry } = this.#context;
    const { log, name } = hosted;
    const threads = Math.max(1, config.number("log.cleaner.threads"));
    this.#throttle.bytesPerSecond = config.number("log.cleaner.io.max.bytes.per.second");
    const startedMs = clock.monotonicMs();
    try {
      const stats = await log.clean({
        firstDirtyOffset: dirtiness.firstDirtyOffset,
        endOffset: dirtiness.firstUncleanableOffset,
        nowMs: clock.nowMs(),
        memoryBytes: Math.min(config.number("log.cleaner.dedupe.buffer.size") / threads, MEMORY_MAX_BYTES),
        loadFactor: config.number("log.cleaner.io.buffer.load.factor"),
        chunkBytes: Math.max(CHUNK_MIN_BYTES, config.number("log.cleaner.io.buffer.size") / threads / 2),
        producers: () => hosted.replica.exportProducers(),
        pace: new CleanerPace(clock, this.#throttle, () => log.isCleaningAborted),
      });
      const elapsedMs = Math.round(clock.monotonicMs() - startedMs);
      this.#lastRound = { ...stats, elapsedMs };
      telemetry.log.info({ partition: name, ...stats, elapsedMs }, "a log was compacted");
      return true;
    } catch (error) {
      if (error instanceof CleaningAborted || hosted.isRemoved || this.#stopped || this.#isOffline(log)) {
        telemetry.log.debug({ err: error, partition: name }, "compaction of a log was given up");
        return false;
      }
      this.#uncleanable.set(log, dirtiness.cleanableBytes);
      telemetry.log.error(
        { err: error, partition: name },
        "a log cannot be compacted and is left as it is until the broker is restarted; the others go on",
      );
      return false;
    }
  }

  #isOffline(log: PartitionLog): boolean {
    return this.#store.directories().some(({ path, offline }) => path === log.directory && offline !== undefined);
  }
}
