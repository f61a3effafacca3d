import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Uuid } from "@moldau/base";
import {
  CLEAN_SHUTDOWN_FILE,
  CLUSTER_METADATA_DIRECTORY,
  META_PROPERTIES_FILE,
  parsePartitionDirectory,
  PARTITION_METADATA_FILE,
  readMetaProperties,
  readPartitionMetadata,
} from "@moldau/segment-store";
import { OfflineError } from "../errors";

/** One of the log.dirs of a Kafka node that uses KRaft, as it was found. */
export interface KafkaDirectory {
  readonly path: string;
  readonly clusterId: string;
  readonly nodeId: number;
  readonly directoryId: Uuid | undefined;
  /** It was stopped in order: indexes can be trusted, and nothing has to be checked. */
  readonly stoppedCleanly: boolean;
  /** Whether the metadata of the cluster lies here too. */
  readonly hasMetadataLog: boolean;
  readonly partitions: readonly FoundPartition[];
  /** Directories that are no partitions any more or not yet: deleted, stray, half moved. */
  readonly leftovers: readonly string[];
}

export interface FoundPartition {
  readonly path: string;
  readonly topic: string;
  readonly partition: number;
  readonly topicId: Uuid;
}

/**
 * Looks into a directory of Kafka's `log.dirs` or `metadata.log.dir`. Reads only.
 * @throws OfflineError where it is none, belongs to ZooKeeper's times, or is in use; the message says what to do
 */
export function inspectKafkaDirectory(given: string): KafkaDirectory {
  const path = resolve(given);
  if (!existsSync(path) || !statSync(path).isDirectory()) {
    throw new OfflineError(`${given}: there is no such directory; give what log.dirs of the Kafka node names`);
  }
  const identity = identityOf(path);
  refuseRunning(path);
  const partitions: FoundPartition[] = [];
  const leftovers: string[] = [];
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = parsePartitionDirectory(entry.name);
    if (!entry.isDirectory() || name === undefined || entry.name === CLUSTER_METADATA_DIRECTORY) continue;
    if (name.state !== "live") {
      leftovers.push(entry.name);
      continue;
    }
    const directory = join(path, entry.name);
    const topicId = topicIdOf(directory);
    partitions.push({ path: directory, topic: name.topic, partition: name.partition, topicId });
  }
  return {
    path,
    ...identity,
    stoppedCleanly: existsSync(join(path, CLEAN_SHUTDOWN_FILE)),
    hasMetadataLog: existsSync(join(path, CLUSTER_METADATA_DIRECTORY)),
    partitions,
    leftovers,
  };
}

function identityOf(path: string): Pick<KafkaDirectory, "clusterId" | "nodeId" | "directoryId"> {
  const file = join(path, META_PROPERTIES_FILE);
  if (!existsSync(file)) {
    throw new OfflineError(
      `${path}: no ${META_PROPERTIES_FILE}, so this is no log directory of Kafka; give what log.dirs of the Kafka node names`,
    );
  }
  const text = readFileSync(file, "utf8");
  const meta = readMetaProperties(text);
  if (meta !== undefined) return { ...meta, directoryId: meta.directoryId };
  if (
    /^\s*version\s*[=:]\s*0\s*$/m.test(text) ||
    (/^\s*broker\.id\s*[=:]/m.test(text) && !/^\s*node\.id/m.test(text))
  ) {
    throw new OfflineError(
      `${path}: written by a Kafka that used ZooKeeper, whose metadata is not here; migrate that cluster to KRaft first ` +
        "(Kafka 3.9, KIP-866), start it once with Kafka 4, and import it then",
    );
  }
  throw new OfflineError(`${file}: not a meta.properties of version 1; restore it from a backup`);
}

/** Kafka holds a lock of the operating system on `.lock`, which nobody can ask for by name but Linux tells. */
function refuseRunning(path: string): void {
  const file = join(path, ".lock");
  const locks = "/proc/locks";
  if (!existsSync(file) || !existsSync(locks)) return;
  const holder = lockHolder(readFileSync(locks, "utf8"), statSync(file).ino);
  if (holder === undefined) return;
  throw new OfflineError(
    `${path} is in use by a running Kafka (process ${holder}); stop it first (kafka-server-stop.sh), and leave it stopped`,
  );
}

/** The process that has a write lock on the file with that inode number, by the text of Linux' /proc/locks. */
export function lockHolder(locks: string, inode: number): number | undefined {
  for (const line of locks.split("\n")) {
    const match = /^\d+:\s+\w+\s+\w+\s+WRITE\s+(-?\d+)\s+[0-9a-f]+:[0-9a-f]+:(\d+)\s/.exec(line);
    if (match?.[2] === String(inode)) return Number(match[1]);
  }
  return undefined;
}

function topicIdOf(directory: string): Uuid {
  const file = join(directory, PARTITION_METADATA_FILE);
  const topicId = existsSync(file) ? readPartitionMetadata(readFileSync(file, "utf8")) : undefined;
  if (topicId === undefined) {
    throw new OfflineError(
      `${directory}: no topic id in ${PARTITION_METADATA_FILE}; Kafka since 2.8 writes it when a partition is opened: start the ` +
        "broker once with Kafka 4, stop it, and import it then",
    );
  }
  return topicId;
}
