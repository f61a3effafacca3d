/**
 * Names in a Kafka log directory. Source: org.apache.kafka.storage.internals.log.LogFileUtils and LocalLog.
 */
export const FileSuffix = {
  log: ".log",
  index: ".index",
  timeIndex: ".timeindex",
  txnIndex: ".txnindex",
  snapshot: ".snapshot",
  deleted: ".deleted",
  cleaned: ".cleaned",
  swap: ".swap",
} as const;

export const LEADER_EPOCH_FILE = "leader-epoch-checkpoint";
export const PARTITION_METADATA_FILE = "partition.metadata";
export const RECOVERY_POINT_FILE = "recovery-point-offset-checkpoint";
export const HIGH_WATERMARK_FILE = "replication-offset-checkpoint";
export const LOG_START_FILE = "log-start-offset-checkpoint";
export const CLEANER_OFFSET_FILE = "cleaner-offset-checkpoint";
export const META_PROPERTIES_FILE = "meta.properties";
export const CLEAN_SHUTDOWN_FILE = ".kafka_cleanshutdown";
/** The controller quorum's own log; lies beside the partitions in a combined Kafka node. Not ours to open. */
export const CLUSTER_METADATA_DIRECTORY = "__cluster_metadata-0";

/** File systems allow 255 bytes in a name. */
const MAX_NAME_LENGTH = 255;

/** An offset as the 20 digits that name a segment's files. */
export function offsetDigits(offset: number): string {
  return String(offset).padStart(20, "0");
}

export type SegmentFileKind = "log" | "index" | "timeIndex" | "txnIndex" | "snapshot";
export type TemporarySuffix = "deleted" | "cleaned" | "swap";

export interface SegmentFileName {
  baseOffset: number;
  kind: SegmentFileKind;
  /** Set while a deletion or the cleaner's swap is under way. */
  temporary: TemporarySuffix | undefined;
}

const SEGMENT_FILE = /^(\d{20})\.(log|index|timeindex|txnindex|snapshot)(?:\.(deleted|cleaned|swap))?$/;
const KINDS: Record<string, SegmentFileKind> = {
  log: "log",
  index: "index",
  timeindex: "timeIndex",
  txnindex: "txnIndex",
  snapshot: "snapshot",
};

/** Undefined for names that belong to no segment. */
export function parseSegmentFileName(name: string): SegmentFileName | undefined {
  const match = SEGMENT_FILE.exec(name);
  if (!match) return undefined;
  const baseOffset = Number(match[1]);
  if (!Number.isSafeInteger(baseOffset)) return undefined;
  return { baseOffset, kind: KINDS[match[2]!]!, temporary: match[3] as TemporarySuffix | undefined };
}

export function segmentFileName(baseOffset: number, kind: SegmentFileKind): string {
  return offsetDigits(baseOffset) + FileSuffix[kind];
}

/** Why a directory is not a plain partition: about to be deleted, the target of a move, or unknown to the cluster. */
export type DirectoryState = "live" | "delete" | "future" | "stray";

export interface PartitionDirectoryName {
  topic: string;
  partition: number;
  state: DirectoryState;
}

const MARKED_DIRECTORY = /^(.+)-(\d+)\.[0-9a-f]{32}-(delete|future|stray)$/;
const LIVE_DIRECTORY = /^(.+)-(\d+)$/;

/** Undefined for names that no partition has. */
export function parsePartitionDirectory(name: string): PartitionDirectoryName | undefined {
  const marked = MARKED_DIRECTORY.exec(name);
  if (marked) return { topic: marked[1]!, partition: Number(marked[2]), state: marked[3] as DirectoryState };
  const live = LIVE_DIRECTORY.exec(name);
  if (live && Number.isSafeInteger(Number(live[2]))) {
    return { topic: live[1]!, partition: Number(live[2]), state: "live" };
  }
  return undefined;
}

export function partitionDirectory(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

/**
 * `topic-partition.<unique>-delete|stray`, the topic cut short where the name would grow too long.
 * `unique` is 32 hexadecimal digits, so that a topic may be deleted again before the first deletion is through.
 */
export function markedDirectory(topic: string, partition: number, unique: string, state: "delete" | "stray"): string {
  const tail = `-${partition}.${unique}-${state}`;
  return topic.slice(0, MAX_NAME_LENGTH - tail.length) + tail;
}

/** `topic-partition.<unique>-future`; undefined where the topic's name is too long for that (KAFKA-4893). */
export function futureDirectory(topic: string, partition: number, unique: string): string | undefined {
  const name = `${topic}-${partition}.${unique}-future`;
  return name.length > MAX_NAME_LENGTH ? undefined : name;
}
