import { assert, BufferPool, KafkaError, type Clock, type Random, type Uuid } from "@moldau/base";
import type { Compress, Decompress } from "@moldau/record-batch";
import { basename, join, resolve } from "node:path";
import { writePartitionMetadata } from "./checkpoint-files";
import { DeletionQueue } from "./deletion-queue";
import { DescriptorCache } from "./descriptor-cache";
import type { Environment, StoreEvent } from "./environment";
import {
  CLUSTER_METADATA_DIRECTORY,
  parsePartitionDirectory,
  PARTITION_METADATA_FILE,
  partitionDirectory,
  type PartitionDirectoryName,
} from "./file-names";
import { FutureLogs, setAsideAs } from "./future-logs";
import { nodeDisk, replaceFile, type Disk } from "@moldau/disk";
import { ByteLru } from "./byte-lru";
import { IndexCache } from "./index-cache";
import { defaultLogConfig, type LogConfig } from "./log-config";
import { LogDirectory, type Checkpoints, type DirectoryIdentity } from "./log-directory";
import { emptyLog, loadLog, loadTopicId } from "./log-loader";
import { PartitionLog } from "./partition-log";
import { SparingDisk } from "./sparing-disk";
import { StorageError } from "./storage-error";
import { TailCache } from "./tail-cache";

export interface LogStoreOptions extends DirectoryIdentity {
  /** log.dirs */
  directories: readonly string[];
  clock: Clock;
  /** For ids and for spreading rolls in time. Default: Math.random. */
  random?: Random;
  /** The settings of a log that is found at start-up; the owner may change `log.config` at any time. */
  configOf?: (log: { topic: string; partition: number; topicId: Uuid | undefined }) => LogConfig;
  /** Needed where compressed batches are searched by timestamp or compacted. */
  decompress?: Decompress;
  /** Needed where compressed batches are compacted. */
  compress?: Compress;
  onEvent?: (event: StoreEvent) => void;
  /**
   * Logs that are opened side by side after an unclean stop (num.recovery.threads.per.data.dir, times the directories).
   * Default 16, which is also the least after a clean one.
   */
  parallelLoads?: number;
  /** Idle files kept open. Default: what the disk says, else 512. */
  openFilesMax?: number;
  /** Recently appended batches kept for readers at the end, all logs together. Default 16 MB. */
  tailCacheBytes?: number;
  /** Indexes of closed segments kept in memory. Default 16 MB. */
  indexCacheBytes?: number;
  /** Transaction indexes of closed segments kept in memory. Default 8 MB. */
  transactionCacheBytes?: number;
  /** Idle read buffers; a consumer has some 30 MB of them under way. Default 64 MB. */
  readBufferBytes?: number;
  /** Bytes that may wait for the disk in one log before `isQueueFull`. Default 16 MB. */
  writeQueueBytes?: number;
  /** Default: the real one. */
  disk?: Disk;
}

export interface DirectoryStatus {
  path: string;
  directoryId: Uuid | undefined;
  logCount: number;
  /** Why it does not work any more. */
  offline: StorageError | undefined;
}

export interface NewLog {
  topic: string;
  topicId: Uuid;
  partition: number;
  config: LogConfig;
  /** One of the log.dirs, by path; default: the working one with the fewest logs. */
  directory?: string;
}

const MB = 1024 * 1024;
const PARALLEL_LOADS = 16;

/** All logs of one broker, over one or several directories. */
export class LogStore {
  readonly #environment: Environment;
  readonly #directories: LogDirectory[];
  readonly #deletions: DeletionQueue;
  readonly #futures: FutureLogs;
  /** By `topicId:partition`. */
  readonly #logs = new Map<string, PartitionLog>();
  /** By `topic-partition`: the one directory of that name, whatever its topic id. */
  readonly #byName = new Map<string, PartitionLog>();
  /** What is under way for a directory name, so that deletion and re-creation follow one another. */
  readonly #pending = new Map<string, Promise<unknown>>();
  #closed = false;

  private constructor(environment: Environment, directories: LogDirectory[], deletions: DeletionQueue) {
    this.#environment = environment;
    this.#directories = directories;
    this.#deletions = deletions;
    this.#futures = new FutureLogs(environment);
  }

  /**
   * Takes the directories and loads every log in them. Throws a StorageError with the path and what to do where a directory
   * belongs to another cluster or node, is in use or unreadable; nothing was changed then. A failing disk takes only its
   * directory offline, unless it is the last.
   */
  static async open(options: LogStoreOptions): Promise<LogStore> {
    assert(options.directories.length > 0, "a store needs at least one directory");
    const environment = environmentOf(options);
    const deletions = new DeletionQueue(environment.disk, environment.emit);
    const paths = [...new Set(options.directories.map((path) => resolve(path)))];
    const directories = paths.map((path) => new LogDirectory(environment, deletions, path));
    const store = new LogStore(environment, directories, deletions);
    const identity = { clusterId: options.clusterId, nodeId: options.nodeId };
    const found = await Promise.all(directories.map((directory) => directory.inspect(identity)));
    refuseTwins(directories);
    try {
      for (const [i, directory] of directories.entries()) {
        await directory.take(identity, found[i]);
      }
      await store.#load(options);
      const failed = directories.filter((directory) => directory.offline);
      if (failed.length === directories.length) throw failed[0]!.offline!;
    } catch (error) {
      await environment.files.closeAll();
      await Promise.all(directories.map((directory) => directory.unlock()));
      throw error;
    }
    return store;
  }

  directories(): DirectoryStatus[] {
    return this.#directories.map((directory) => ({
      path: directory.path,
      directoryId: directory.directoryId,
      logCount: directory.logs.size,
      offline: directory.offline,
    }));
  }

  logs(): IterableIterator<PartitionLog> {
    return this.#byName.values();
  }

  log(topicId: Uuid, partition: number): PartitionLog | undefined {
    return this.#logs.get(keyOf(topicId, partition));
  }

  /** The log that grows in another directory to take this one's place. */
  futureLog(topicId: Uuid, partition: number): PartitionLog | undefined {
    for (const log of this.#futures.all()) if (log.topicId === topicId && log.partition === partition) return log;
    return undefined;
  }

  futureLogs(): IterableIterator<PartitionLog> {
    return this.#futures.all();
  }

  /** Whatever lies under this name, for finding leftovers of a topic that was deleted or made anew meanwhile. */
  logByName(topic: string, partition: number): PartitionLog | undefined {
    return this.#byName.get(partitionDirectory(topic, partition));
  }

  /**
   * Makes the log, or gives back the one that is there. INCONSISTENT_TOPIC_ID where the name is taken by an older topic:
   * `deleteLog` or `setAside` that one first.
   */
  createLog(log: NewLog): Promise<PartitionLog> {
    return this.#inTurn(partitionDirectory(log.topic, log.partition), () => this.#create(log));
  }

  /** Takes the log away at once, and its future; the files go after file.delete.delay.ms. Does nothing where there is none. */
  async deleteLog(topicId: Uuid, partition: number): Promise<void> {
    await this.#remove(topicId, partition, "delete");
  }

  /**
   * Begins an empty log in another of the log.dirs, which the caller fills; the one that is there already counts. Throws
   * LOG_DIR_NOT_FOUND, INVALID_TOPIC_EXCEPTION (its name is too long), KAFKA_STORAGE_ERROR: while a directory is offline none
   * is begun, since one may lie there.
   */
  createFutureLog(topicId: Uuid, partition: number, directory: string): Promise<PartitionLog> {
    return this.#ofLog(topicId, partition, async (current) => {
      const existing = this.#futures.of(current.topic, partition);
      if (existing?.directory === resolve(directory)) return existing;
      const target = this.#choose(directory);
      assert(!existing && current.directory !== target.path, `${current.path}: it lies there, or moves elsewhere`);
      const failed = this.#directories.find(({ offline }) => offline);
      if (failed) throw failed.offline!;
      return this.#futures.create(target, current, topicId);
    });
  }

  /** Gives the future log up. Does nothing where there is none. */
  async dropFutureLog(topicId: Uuid, partition: number): Promise<void> {
    const future = this.futureLog(topicId, partition);
    if (!future) return;
    await this.#inTurn(partitionDirectory(future.topic, partition), async () => {
      if (this.futureLog(topicId, partition) === future) await this.#futures.drop(this.#directoryOf(future), future);
    });
  }

  /**
   * The future log becomes the current one, and that goes, if there is one. The caller has seen to it that the future log has
   * all that the current one has. At no moment two directories hold a current log, and whatever stops the process in between
   * leaves one of the two whole: where only the future log is left, this is to be called again.
   * Throws KAFKA_STORAGE_ERROR: then one of the two directories has failed.
   */
  promoteFutureLog(topicId: Uuid, partition: number): Promise<PartitionLog> {
    const future = this.futureLog(topicId, partition);
    assert(future, `no future log of ${topicId}:${partition}`);
    return this.#inTurn(partitionDirectory(future.topic, partition), () => this.#promote(future));
  }

  /** Takes away a log that the cluster does not know, and keeps its files under a `-stray` name. */
  async setAside(topicId: Uuid, partition: number): Promise<void> {
    await this.#remove(topicId, partition, "stray");
  }

  /** Deletes what time, size and log starts let go, in all logs. Returns the number of segments. */
  async runRetention(nowMs: number): Promise<number> {
    let deleted = 0;
    for (const log of [...this.#byName.values(), ...this.#futures.all()]) {
      deleted += (await this.#unlessGone(() => log.retentionStep(nowMs))) ?? 0;
    }
    return deleted;
  }

  /** Flushes the logs whose flush.ms has passed. */
  async runFlushes(nowMs: number): Promise<void> {
    for (const log of [...this.#byName.values()]) {
      if (log.isFlushDue(nowMs)) await this.#unlessGone(() => log.flush());
    }
  }

  /** Recovery points, high watermarks and log starts of all directories, onto the disk. */
  async writeCheckpoints(): Promise<void> {
    await Promise.all(this.#directories.map((directory) => this.#unlessGone(() => directory.checkpoint())));
  }

  /** Deletes the files whose delay has passed. */
  async runDeletions(nowMs: number): Promise<void> {
    await this.#deletions.step(nowMs);
  }

  /** Half of the memory that readers use no more. Called now and then, a quiet store keeps none. */
  shrinkBuffers(): void {
    this.#environment.buffers.shrink();
  }

  /** For metrics: open files, and bytes that wait to be deleted or written. */
  stats(): { openFiles: number; pendingDeletions: number; tailCacheBytes: number; queuedBytes: number } {
    let queuedBytes = 0;
    for (const log of this.#byName.values()) queuedBytes += log.queuedBytes;
    for (const log of this.#futures.all()) queuedBytes += log.queuedBytes;
    return {
      openFiles: this.#environment.files.openCount,
      pendingDeletions: this.#deletions.size,
      tailCacheBytes: this.#environment.tails.sizeBytes,
      queuedBytes,
    };
  }

  /**
   * The clean stop: flushes every log, writes checkpoints and the marker, lets go of the locks. `brokerEpoch` as of the
   * last registration, -1 for none. The next start then reads no log.
   */
  async close(brokerEpoch = -1): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all([...this.#pending.values()].map((pending) => pending.catch(() => undefined)));
    const logs = [...this.#byName.values(), ...this.#futures.all()];
    const failures = new Map<LogDirectory, unknown>();
    await eachOf(logs, 16, async (log) => {
      const directory = this.#directoryOf(log);
      if (directory.offline) return;
      await log.close().catch((error: unknown) => failures.set(directory, error));
    });
    for (const directory of this.#directories) {
      if (!directory.offline && !failures.has(directory)) {
        await directory.guard("Closing", directory.path, async () => {
          await directory.checkpoint();
          await directory.markCleanStop(brokerEpoch);
        });
      }
      await directory.unlock();
    }
    await this.#environment.files.closeAll();
    for (const error of failures.values()) if (!(error instanceof StorageError)) throw error;
  }

  async #load(options: LogStoreOptions): Promise<void> {
    const startedMs = this.#environment.clock.monotonicMs();
    const jobs: { directory: LogDirectory; load: () => Promise<void>; path: string }[] = [];
    let loaded = 0;
    let isAnyUnclean = false;
    for (const directory of this.#directories) {
      await directory.guard("Reading the directory", directory.path, async () => {
        const cleanStop = await directory.hadCleanStop();
        isAnyUnclean ||= !cleanStop;
        const checkpoints = await directory.readCheckpoints();
        for (const { name, isDirectory } of await this.#environment.disk.list(directory.path)) {
          if (!isDirectory || name === CLUSTER_METADATA_DIRECTORY) continue;
          const path = join(directory.path, name);
          const parsed = parsePartitionDirectory(name);
          if (parsed?.state === "live" || parsed?.state === "future") {
            const load = (): Promise<void> =>
              this.#loadOne(directory, { ...parsed, path, cleanStop, checkpoints }, options);
            jobs.push({ directory, load, path });
          } else if (parsed?.state === "delete") {
            directory.deleteLater([path], 0);
          } else {
            const reason = parsed ? "stray" : "notAPartition";
            this.#environment.emit({ type: "directoryIgnored", path, reason });
          }
        }
      });
    }
    this.#environment.emit({ type: "logsFound", total: jobs.length });
    const { parallelLoads = PARALLEL_LOADS } = options;
    // Recovery is bounded by the processor; logs that are trusted wait for the disk only, a few small reads each.
    const atOnce = isAnyUnclean ? parallelLoads : Math.max(parallelLoads, PARALLEL_LOADS);
    await eachOf(jobs, atOnce, async ({ directory, load, path }) => {
      await directory.guard("Loading a log", path, load);
      loaded += 1;
      const elapsedMs = this.#environment.clock.monotonicMs() - startedMs;
      this.#environment.emit({ type: "logLoaded", path, loaded, total: jobs.length, elapsedMs });
    });
    for (const directory of this.#directories) {
      await directory.guard("Opening the directory", directory.path, () => directory.forgetCleanStop());
    }
  }

  async #loadOne(
    directory: LogDirectory,
    found: PartitionDirectoryName & { path: string; cleanStop: boolean; checkpoints: Checkpoints },
    options: LogStoreOptions,
  ): Promise<void> {
    const { topic, partition, path, cleanStop, checkpoints } = found;
    // Checkpoints know a future log by its partition: a directory never holds it beside the current one.
    const name = found.state === "live" ? basename(path) : partitionDirectory(topic, partition);
    const topicId = await loadTopicId(this.#environment, path);
    const loaded = await loadLog(this.#environment, directory, {
      topic,
      partition,
      topicId,
      path,
      cleanStop,
      config: options.configOf?.({ topic, partition, topicId }) ?? defaultLogConfig,
      recoveryPoint: checkpoints.recoveryPoints.get(name) ?? 0,
      logStartOffset: checkpoints.logStarts.get(name) ?? 0,
      highWatermark: checkpoints.highWatermarks.get(name) ?? 0,
      cleanOffset: checkpoints.cleanOffsets.get(name),
    });
    if (found.state === "future") {
      await this.#admitFuture(directory, new PartitionLog(this.#environment, directory, loaded));
      return;
    }
    const other = this.#byName.get(name);
    if (other) {
      throw new StorageError(
        KafkaError.KAFKA_STORAGE_ERROR,
        path,
        `${name} lies in both ${other.directory} and ${directory.path}; move the older one away`,
      );
    }
    this.#admit(directory, new PartitionLog(this.#environment, directory, loaded));
  }

  async #create(log: NewLog): Promise<PartitionLog> {
    const name = partitionDirectory(log.topic, log.partition);
    const existing = this.#byName.get(name);
    if (existing?.topicId !== undefined && existing.topicId !== log.topicId) {
      throw new StorageError(
        KafkaError.INCONSISTENT_TOPIC_ID,
        existing.path,
        `${existing.path} holds topic id ${existing.topicId}, not ${log.topicId}`,
      );
    }
    if (existing?.topicId !== undefined) return existing;
    const directory = existing ? this.#directoryOf(existing) : this.#choose(log.directory);
    const path = join(directory.path, name);
    try {
      await this.#environment.disk.makeDirectory(path);
      await replaceFile(
        this.#environment.disk,
        join(path, PARTITION_METADATA_FILE),
        writePartitionMetadata(log.topicId),
        { syncDirectory: false },
      );
    } catch (error) {
      throw directory.fail("Creating a log", path, error);
    }
    if (existing) {
      existing.adoptTopicId(log.topicId);
      existing.config = log.config;
      this.#logs.set(keyOf(log.topicId, log.partition), existing);
      return existing;
    }
    const { topic, partition, topicId, config } = log;
    const loaded = emptyLog(this.#environment, { topic, partition, topicId, path, config });
    const created = new PartitionLog(this.#environment, directory, loaded);
    this.#admit(directory, created);
    return created;
  }

  async #remove(topicId: Uuid, partition: number, state: "delete" | "stray"): Promise<void> {
    const log = this.log(topicId, partition);
    if (!log) return;
    await this.#inTurn(partitionDirectory(log.topic, partition), async () => {
      if (this.log(topicId, partition) !== log) return;
      const directory = this.#directoryOf(log);
      this.#logs.delete(keyOf(topicId, partition));
      const future = this.futureLog(topicId, partition);
      // First: one that is left over alone would be taken for the log.
      if (future) await this.#futures.drop(this.#directoryOf(future), future);
      await this.#retire(directory, log, state);
      await this.#unlessGone(() => directory.checkpoint());
    });
  }

  async #retire(directory: LogDirectory, log: PartitionLog, state: "delete" | "stray"): Promise<void> {
    await log.retire();
    await setAsideAs(this.#environment, directory, log, { state, delayMs: log.config.fileDeleteDelayMs });
    this.#byName.delete(partitionDirectory(log.topic, log.partition));
    directory.logs.delete(log);
  }

  async #promote(future: PartitionLog): Promise<PartitionLog> {
    const { topic, partition, topicId, logStartOffset } = future;
    const name = partitionDirectory(topic, partition);
    const home = this.#directoryOf(future);
    const path = join(home.path, name);
    const current = this.#byName.get(name);
    const { config, highWatermark } = current ?? future;
    const cleanOffset = this.#futures.cleanOffsetOf(future);
    // Everything in it gets onto the disk, and its name, before anything of the current one goes.
    await future.close();
    await future.retire();
    this.#futures.forget(home, future);
    if (home.offline) throw home.offline;
    const left = current && this.#directoryOf(current);
    if (current && left) {
      this.#logs.delete(keyOf(topicId!, partition));
      await this.#retire(left, current, "delete");
      if (left.offline) throw left.offline;
    }
    const promoted = await home.guard("Moving a log", future.path, async () => {
      await this.#environment.disk.rename(future.path, path);
      await this.#environment.disk.syncDirectory(home.path);
      const found = { topic, partition, topicId, path, config, highWatermark, logStartOffset, cleanOffset };
      const loaded = await loadLog(this.#environment, home, { ...found, recoveryPoint: 0, cleanStop: true });
      return new PartitionLog(this.#environment, home, loaded);
    });
    if (!promoted) throw home.offline!;
    this.#admit(home, promoted);
    for (const directory of left ? [home, left] : [home]) {
      await this.#unlessGone(() => directory.checkpoint());
      await this.#unlessGone(() => directory.checkpointCleaner());
    }
    return promoted;
  }

  /** Of two that are left of one partition the longer stays: no more than one is ever begun while all directories work. */
  async #admitFuture(directory: LogDirectory, log: PartitionLog): Promise<void> {
    const other = this.#futures.of(log.topic, log.partition);
    // A stop while it was made left it without the id.
    if (log.topicId === undefined) return this.#futures.drop(directory, log);
    if (other && other.logEndOffset >= log.logEndOffset) return this.#futures.drop(directory, log);
    if (other) await this.#futures.drop(this.#directoryOf(other), other);
    this.#futures.admit(directory, log);
  }

  /** Work on a log that is there, in turn. UNKNOWN_TOPIC_OR_PARTITION where it is gone by then. */
  #ofLog<T>(topicId: Uuid, partition: number, work: (log: PartitionLog) => Promise<T>): Promise<T> {
    const log = this.log(topicId, partition);
    const gone = new StorageError(KafkaError.UNKNOWN_TOPIC_OR_PARTITION, "", `no log of ${topicId}:${partition}`);
    if (!log) return Promise.reject(gone);
    return this.#inTurn(partitionDirectory(log.topic, partition), () => {
      const current = this.log(topicId, partition);
      return current ? work(current) : Promise.reject(gone);
    });
  }

  #admit(directory: LogDirectory, log: PartitionLog): void {
    this.#byName.set(partitionDirectory(log.topic, log.partition), log);
    if (log.topicId !== undefined) this.#logs.set(keyOf(log.topicId, log.partition), log);
    directory.logs.add(log);
  }

  #choose(wanted: string | undefined): LogDirectory {
    const working = this.#directories.filter((directory) => !directory.offline);
    if (wanted !== undefined) {
      const directory = this.#directories.find(({ path }) => path === resolve(wanted));
      if (!directory) throw new StorageError(KafkaError.LOG_DIR_NOT_FOUND, wanted, `${wanted} is none of the log.dirs`);
      if (directory.offline) throw directory.offline;
      return directory;
    }
    const first = working[0];
    if (!first) throw this.#directories[0]!.offline!;
    return working.reduce((best, one) => (one.logs.size < best.logs.size ? one : best), first);
  }

  #directoryOf(log: PartitionLog): LogDirectory {
    const directory = this.#directories.find(({ path }) => path === log.directory);
    assert(directory, `${log.path} lies in no known directory`);
    return directory;
  }

  /** What concerns one name happens in the order in which it was asked for. */
  #inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.#closed) {
      return Promise.reject(new StorageError(KafkaError.KAFKA_STORAGE_ERROR, name, `the store is closed: ${name}`));
    }
    const before = this.#pending.get(name) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(work);
    this.#pending.set(name, turn);
    const clear = (): void => {
      if (this.#pending.get(name) === turn) this.#pending.delete(name);
    };
    turn.then(clear, clear);
    return turn;
  }

  /** A directory that fails has said so by an event; the round over the others goes on. */
  async #unlessGone<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StorageError) return undefined;
      throw error;
    }
  }
}

function environmentOf(options: LogStoreOptions): Environment {
  const given = options.disk ?? nodeDisk;
  const disk = new SparingDisk(given);
  const files = new DescriptorCache(disk, options.openFilesMax ?? given.idleFilesMax?.() ?? 512);
  disk.makeRoom = () => files.closeSome();
  const buffers = new BufferPool(options.readBufferBytes ?? 32 * MB);
  const emit = options.onEvent ?? ((): void => undefined);
  return {
    disk,
    files,
    indexes: new IndexCache(disk, options.indexCacheBytes ?? 16 * MB),
    transactions: new ByteLru(options.transactionCacheBytes ?? 8 * MB, ({ sizeBytes }) => sizeBytes + 256),
    buffers,
    tails: new TailCache(options.tailCacheBytes ?? 16 * MB, buffers),
    clock: options.clock,
    random: options.random ?? { next: () => Math.random() },
    decompress: options.decompress,
    compress: options.compress,
    writeQueueBytes: options.writeQueueBytes ?? 16 * MB,
    emit,
  };
}

function refuseTwins(directories: readonly LogDirectory[]): void {
  const seen = new Map<Uuid, string>();
  for (const { path, directoryId } of directories) {
    if (directoryId === undefined) continue;
    const twin = seen.get(directoryId);
    if (twin !== undefined) {
      const message = `${path} and ${twin} have the same directory.id; one is a copy of the other: remove it from log.dirs`;
      throw new StorageError(KafkaError.KAFKA_STORAGE_ERROR, path, message);
    }
    seen.set(directoryId, path);
  }
}

function keyOf(topicId: Uuid, partition: number): string {
  return `${topicId}:${partition}`;
}

async function eachOf<T>(items: readonly T[], parallel: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, lane));
}
