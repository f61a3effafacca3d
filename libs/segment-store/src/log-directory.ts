import { KafkaError, randomUuid, type Uuid } from "@moldau/base";
import { join } from "node:path";
import {
  readMetaProperties,
  readOffsets,
  writeCleanShutdown,
  writeMetaProperties,
  writeOffsets,
  type MetaProperties,
  type PartitionOffset,
} from "./checkpoint-files";
import { Coalesced } from "./coalesced";
import type { DeletionQueue } from "./deletion-queue";
import type { Environment, LogHome } from "./environment";
import {
  CLEAN_SHUTDOWN_FILE,
  CLEANER_OFFSET_FILE,
  CLUSTER_METADATA_DIRECTORY,
  HIGH_WATERMARK_FILE,
  LOG_START_FILE,
  META_PROPERTIES_FILE,
  parsePartitionDirectory,
  RECOVERY_POINT_FILE,
} from "./file-names";
import {
  DirectoryInUseError,
  type HeldLock,
  makeDurableDirectory,
  readText,
  replaceFile,
  writeFile,
} from "@moldau/disk";
import type { PartitionLog } from "./partition-log";
import { errnoOf, isMissing, StorageError, storageFailure } from "./storage-error";

/** Whose data may lie here. */
export interface DirectoryIdentity {
  clusterId: string;
  nodeId: number;
}

/** Faults of the disk, as opposed to a mistake in the configuration: the broker starts without the directory. */
const DISK_FAULTS = new Set(["EIO", "ENOSPC", "EROFS", "EDQUOT", "ENXIO", "ENODEV", "ESTALE", "EUCLEAN"]);

/** What the checkpoint files say. */
export interface Checkpoints {
  recoveryPoints: ReadonlyMap<string, number>;
  highWatermarks: ReadonlyMap<string, number>;
  logStarts: ReadonlyMap<string, number>;
  cleanOffsets: ReadonlyMap<string, number>;
}

/** One of the log.dirs: its identity, its lock, its checkpoints, and whether it still works. */
export class LogDirectory implements LogHome {
  readonly path: string;
  readonly logs = new Set<PartitionLog>();
  #directoryId: Uuid | undefined;
  readonly #environment: Environment;
  readonly #deletions: DeletionQueue;
  readonly #saveCheckpoints: Coalesced;
  readonly #saveCleanOffsets: Coalesced;
  readonly #saveNames: Coalesced;
  #offline: StorageError | undefined;
  #lock: HeldLock | undefined;
  /** From the first checkpoint on: what the files know of logs that failed to load must not be lost before. */
  #loaded = false;

  constructor(environment: Environment, deletions: DeletionQueue, path: string) {
    this.path = path;
    this.#environment = environment;
    this.#deletions = deletions;
    this.#saveCheckpoints = new Coalesced(() => this.#writeCheckpoints());
    this.#saveCleanOffsets = new Coalesced(() => this.#writeCleanOffsets());
    this.#saveNames = new Coalesced(() => this.#environment.disk.syncDirectory(this.path));
  }

  syncNames(): Promise<void> {
    return this.#saveNames.run();
  }

  /** Undefined only while the directory was never readable. */
  get directoryId(): Uuid | undefined {
    return this.#directoryId;
  }

  get offline(): StorageError | undefined {
    return this.#offline;
  }

  fail(doing: string, path: string, error: unknown): StorageError {
    if (this.#offline) return this.#offline;
    const why = storageFailure(path, doing, error);
    this.#offline = new StorageError(
      KafkaError.KAFKA_STORAGE_ERROR,
      this.path,
      `the log directory ${this.path} is offline: ${why.message}`,
      error,
    );
    this.#environment.emit({ type: "directoryOffline", directory: this.path, error: this.#offline });
    return this.#offline;
  }

  /**
   * Looks whether the directory may be used, and writes nothing yet. Throws a StorageError that says what to do; a disk
   * that does not work takes only this directory offline.
   */
  async inspect(identity: DirectoryIdentity): Promise<MetaProperties | undefined> {
    const { disk } = this.#environment;
    try {
      await makeDurableDirectory(disk, this.path);
      const path = join(this.path, META_PROPERTIES_FILE);
      const text = await readText(disk, path).catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      });
      if (text === undefined) {
        await this.#refuseOrphans();
        return undefined;
      }
      const meta = readMetaProperties(text);
      if (!meta)
        throw this.#refusal(`${path} is unreadable; restore it, or move the directory away if its data is not needed`);
      if (meta.clusterId !== identity.clusterId) {
        throw this.#refusal(
          `${this.path} belongs to cluster ${meta.clusterId}, this is ${identity.clusterId}; ` +
            `choose another directory (log.dirs), or start the cluster that it belongs to`,
        );
      }
      if (meta.nodeId !== identity.nodeId) {
        throw this.#refusal(
          `${this.path} belongs to node ${meta.nodeId}, this is node ${identity.nodeId}; correct node.id or log.dirs`,
        );
      }
      this.#directoryId = meta.directoryId;
      return { ...identity, directoryId: meta.directoryId ?? randomUuid(this.#environment.random) };
    } catch (error) {
      if (error instanceof StorageError) throw error;
      if (DISK_FAULTS.has(errnoOf(error) ?? "")) {
        this.fail("Opening the directory", this.path, error);
        return undefined;
      }
      const why = error instanceof Error ? error.message : String(error);
      throw this.#refusal(`the data directory ${this.path} cannot be used (${why}); check path and permissions`, error);
    }
  }

  /** Takes the directory: lock and, where it is new, `meta.properties`. */
  async take(identity: DirectoryIdentity, found: MetaProperties | undefined): Promise<void> {
    const { disk, clock } = this.#environment;
    await this.guard("Opening the directory", this.path, async () => {
      this.#lock = await disk.lock(this.path).catch((error: unknown) => {
        throw error instanceof DirectoryInUseError ? this.#refusal(error.message, error) : error;
      });
      if (found && this.#directoryId) return;
      const meta = found ?? { ...identity, directoryId: randomUuid(this.#environment.random) };
      const writtenOn = new Date(clock.nowMs()).toUTCString();
      await replaceFile(disk, join(this.path, META_PROPERTIES_FILE), writeMetaProperties(meta, writtenOn));
      this.#directoryId = meta.directoryId;
    });
  }

  async hadCleanStop(): Promise<boolean> {
    return this.#environment.disk.facts(join(this.path, CLEAN_SHUTDOWN_FILE)).then(
      () => true,
      (error: unknown) => {
        if (isMissing(error)) return false;
        throw error;
      },
    );
  }

  /** From now on a stop without `close` is an unclean one. */
  async forgetCleanStop(): Promise<void> {
    await this.#environment.disk.unlink(join(this.path, CLEAN_SHUTDOWN_FILE)).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
    await this.#environment.disk.syncDirectory(this.path);
    this.#loaded = true;
  }

  async readCheckpoints(): Promise<Checkpoints> {
    const read = async (name: string): Promise<Map<string, number>> => {
      const text = await readText(this.#environment.disk, join(this.path, name)).catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      });
      // Unreadable counts as empty: recovery then reads more than it had to, and loses nothing.
      const entries = text === undefined ? [] : (readOffsets(text) ?? []);
      return new Map(entries.map((entry) => [`${entry.topic}-${entry.partition}`, entry.offset]));
    };
    const [recoveryPoints, highWatermarks, logStarts, cleanOffsets] = await Promise.all([
      read(RECOVERY_POINT_FILE),
      read(HIGH_WATERMARK_FILE),
      read(LOG_START_FILE),
      read(CLEANER_OFFSET_FILE),
    ]);
    return { recoveryPoints, highWatermarks, logStarts, cleanOffsets };
  }

  checkpoint(): Promise<void> {
    if (this.#offline) return Promise.reject(this.#offline);
    return this.#loaded ? this.#saveCheckpoints.run() : Promise.resolve();
  }

  checkpointCleaner(): Promise<void> {
    if (this.#offline) return Promise.reject(this.#offline);
    return this.#loaded ? this.#saveCleanOffsets.run() : Promise.resolve();
  }

  deleteLater(paths: readonly string[], delayMs: number): void {
    this.#deletions.add(paths, this.#environment.clock.nowMs() + delayMs);
  }

  /** The last act of a clean stop. */
  async markCleanStop(brokerEpoch: number): Promise<void> {
    const bytes = Buffer.from(writeCleanShutdown(brokerEpoch));
    await writeFile(this.#environment.disk, join(this.path, CLEAN_SHUTDOWN_FILE), bytes, true);
    await this.#environment.disk.syncDirectory(this.path);
  }

  async unlock(): Promise<void> {
    await this.#saveCheckpoints.idle();
    await this.#saveCleanOffsets.idle();
    // On a disk that is gone the lock cannot be removed, and nobody else can take it either.
    await this.#lock?.release().catch(() => undefined);
    this.#lock = undefined;
  }

  /** Does some I/O on this directory; when the disk fails, the directory goes offline and the answer is undefined. */
  async guard<T>(doing: string, path: string, work: () => Promise<T>): Promise<T | undefined> {
    if (this.#offline) return undefined;
    try {
      return await work();
    } catch (error) {
      if (this.#offline) return undefined;
      if (error instanceof StorageError || errnoOf(error) === undefined) throw error;
      this.fail(doing, path, error);
      return undefined;
    }
  }

  async #writeCheckpoints(): Promise<void> {
    const recovery: PartitionOffset[] = [];
    const watermarks: PartitionOffset[] = [];
    const starts: PartitionOffset[] = [];
    for (const log of this.logs) {
      const { topic, partition } = log;
      recovery.push({ topic, partition, offset: log.recoveryPoint });
      watermarks.push({ topic, partition, offset: log.highWatermark });
      if (log.logStartOffset > log.firstSegmentOffset) starts.push({ topic, partition, offset: log.logStartOffset });
    }
    const { disk } = this.#environment;
    try {
      // One after another: a file system that is busy takes half a second to make a file, and three of the thread pool's
      // threads would wait for it.
      for (const [file, offsets] of [
        [RECOVERY_POINT_FILE, recovery],
        [HIGH_WATERMARK_FILE, watermarks],
        [LOG_START_FILE, starts],
      ] as const) {
        await replaceFile(disk, join(this.path, file), writeOffsets(offsets), { syncDirectory: false });
      }
      await disk.syncDirectory(this.path);
    } catch (error) {
      throw this.fail("Writing checkpoints", this.path, error);
    }
  }

  async #writeCleanOffsets(): Promise<void> {
    const offsets: PartitionOffset[] = [];
    for (const { topic, partition, cleanOffset } of this.logs) {
      if (cleanOffset !== undefined) offsets.push({ topic, partition, offset: cleanOffset });
    }
    try {
      await replaceFile(this.#environment.disk, join(this.path, CLEANER_OFFSET_FILE), writeOffsets(offsets));
    } catch (error) {
      throw this.fail("Writing the cleaner's checkpoint", this.path, error);
    }
  }

  /** Partitions without a meta.properties are somebody's, but whose? */
  async #refuseOrphans(): Promise<void> {
    const entries = await this.#environment.disk.list(this.path);
    const orphan = entries.find(
      ({ name, isDirectory }) =>
        isDirectory && name !== CLUSTER_METADATA_DIRECTORY && parsePartitionDirectory(name)?.state === "live",
    );
    if (!orphan) return;
    throw this.#refusal(
      `${this.path} holds partitions (${orphan.name}) and no ${META_PROPERTIES_FILE}; restore that file or choose an empty directory`,
    );
  }

  #refusal(message: string, cause?: unknown): StorageError {
    return new StorageError(KafkaError.KAFKA_STORAGE_ERROR, this.path, message, cause);
  }
}
