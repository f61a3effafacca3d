import { KafkaError, randomUuid, type Uuid } from "@moldau/base";
import { replaceFile } from "@moldau/disk";
import { dirname, join } from "node:path";
import { writePartitionMetadata } from "./checkpoint-files";
import type { Environment } from "./environment";
import { futureDirectory, markedDirectory, PARTITION_METADATA_FILE, partitionDirectory } from "./file-names";
import type { LogDirectory } from "./log-directory";
import { emptyLog } from "./log-loader";
import { PartitionLog } from "./partition-log";
import { StorageError } from "./storage-error";

/**
 * Logs on their way to another directory, one at most of a partition: each grows beside the current log under a `-future`
 * name until it takes its place. Source: KIP-113; LogManager.futureLogs.
 */
export class FutureLogs {
  readonly #environment: Environment;
  readonly #byName = new Map<string, PartitionLog>();
  /** Where the current log was clean when its copy began: a round that was under way then may end behind what was copied. */
  readonly #cleanOffsets = new WeakMap<PartitionLog, number>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  of(topic: string, partition: number): PartitionLog | undefined {
    return this.#byName.get(partitionDirectory(topic, partition));
  }

  /** Exclusive: up to where it is clean for certain; undefined where nobody knows any more. */
  cleanOffsetOf(log: PartitionLog): number | undefined {
    return this.#cleanOffsets.get(log);
  }

  all(): IterableIterator<PartitionLog> {
    return this.#byName.values();
  }

  admit(directory: LogDirectory, log: PartitionLog): void {
    this.#byName.set(partitionDirectory(log.topic, log.partition), log);
    directory.logs.add(log);
  }

  /** It is no future log any more. */
  forget(directory: LogDirectory, log: PartitionLog): void {
    this.#byName.delete(partitionDirectory(log.topic, log.partition));
    directory.logs.delete(log);
  }

  /** Begins an empty one. Throws INVALID_TOPIC_EXCEPTION where the directory's name would be too long for a file system. */
  async create(directory: LogDirectory, current: PartitionLog, topicId: Uuid): Promise<PartitionLog> {
    const { topic, partition, config } = current;
    const name = futureDirectory(topic, partition, uniqueDigits(this.#environment));
    if (name === undefined) {
      const message = `the name of topic ${topic} is too long for its log to be moved between directories`;
      throw new StorageError(KafkaError.INVALID_TOPIC_EXCEPTION, directory.path, message);
    }
    const path = join(directory.path, name);
    const { disk } = this.#environment;
    try {
      await disk.makeDirectory(path);
      const metadata = writePartitionMetadata(topicId);
      await replaceFile(disk, join(path, PARTITION_METADATA_FILE), metadata, { syncDirectory: false });
    } catch (error) {
      throw directory.fail("Creating a log", path, error);
    }
    const loaded = emptyLog(this.#environment, { topic, partition, topicId, path, config });
    const log = new PartitionLog(this.#environment, directory, loaded);
    if (current.cleanOffset !== undefined) this.#cleanOffsets.set(log, current.cleanOffset);
    this.admit(directory, log);
    return log;
  }

  /** Gives one up: its files go at once. */
  async drop(directory: LogDirectory, log: PartitionLog): Promise<void> {
    this.forget(directory, log);
    await log.retire();
    await setAsideAs(this.#environment, directory, log, { state: "delete", delayMs: 0 });
  }
}

/**
 * Gives a retired log's directory a name that nobody opens, and `-delete` ones over to deletion. When this is done no crash
 * brings it back.
 */
export async function setAsideAs(
  environment: Environment,
  directory: LogDirectory,
  log: PartitionLog,
  { state, delayMs }: { state: "delete" | "stray"; delayMs: number },
): Promise<void> {
  const marked = join(dirname(log.path), markedDirectory(log.topic, log.partition, uniqueDigits(environment), state));
  await directory.guard("Deleting a log", log.path, async () => {
    await environment.disk.rename(log.path, marked);
    await environment.disk.syncDirectory(directory.path);
    if (state === "delete") directory.deleteLater([marked], delayMs);
  });
}

function uniqueDigits(environment: Environment): string {
  return Buffer.from(randomUuid(environment.random), "base64url").toString("hex");
}
