import type { Uuid } from "@moldau/base";

/**
 * Text files of a log directory: encoding and reading, no I/O. Every `read…` returns undefined for content that is not its
 * format; what that means (start from nothing, or refuse) is the caller's decision.
 * Source: org.apache.kafka.server.common.CheckpointFile and its users, MetaProperties, PartitionMetadata,
 * CleanShutdownFileHandler.
 */

export interface EpochEntry {
  epoch: number;
  startOffset: number;
}

export interface PartitionOffset {
  topic: string;
  partition: number;
  offset: number;
}

const CHECKPOINT_VERSION = 0;

function writeCheckpoint(lines: readonly string[]): string {
  return [CHECKPOINT_VERSION, lines.length, ...lines].join("\n") + "\n";
}

/** The entries of a checkpoint: a version line, a line with their number, then each on a line, split at white space. */
function readCheckpoint(text: string, fields: number): string[][] | undefined {
  const lines = text.split("\n");
  if (lines[0]?.trim() !== String(CHECKPOINT_VERSION)) return undefined;
  const expected = Number(lines[1]);
  const entries = lines.slice(2).filter((line) => line.trim() !== "");
  if (lines[1]?.trim() === "" || entries.length !== expected) return undefined;
  const split = entries.map((line) => line.trim().split(/\s+/));
  return split.every((parts) => parts.length === fields) ? split : undefined;
}

function integers(...texts: (string | undefined)[]): boolean {
  return texts.every((text) => text !== undefined && /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)));
}

/** `leader-epoch-checkpoint`. */
export function writeEpochs(entries: readonly EpochEntry[]): string {
  return writeCheckpoint(entries.map((entry) => `${entry.epoch} ${entry.startOffset}`));
}

export function readEpochs(text: string): EpochEntry[] | undefined {
  const entries = readCheckpoint(text, 2);
  if (!entries?.every((parts) => integers(...parts))) return undefined;
  return entries.map(([epoch, start]) => ({ epoch: Number(epoch), startOffset: Number(start) }));
}

/** `recovery-point-`, `replication-` and `log-start-offset-checkpoint`. */
export function writeOffsets(entries: readonly PartitionOffset[]): string {
  return writeCheckpoint(entries.map((entry) => `${entry.topic} ${entry.partition} ${entry.offset}`));
}

export function readOffsets(text: string): PartitionOffset[] | undefined {
  const entries = readCheckpoint(text, 3);
  if (!entries?.every((parts) => integers(parts[1], parts[2]))) return undefined;
  return entries.map(([topic, partition, offset]) => ({
    topic: topic!,
    partition: Number(partition),
    offset: Number(offset),
  }));
}

/** `partition.metadata`. */
export function writePartitionMetadata(topicId: Uuid): string {
  return `version: 0\ntopic_id: ${topicId}`;
}

export function readPartitionMetadata(text: string): Uuid | undefined {
  const match = /^version:\s*0\s*\r?\ntopic_id:\s*([A-Za-z0-9_-]{22})\s*$/.exec(text);
  return match?.[1];
}

/** `.kafka_cleanshutdown`. The epoch is the broker's of its last registration; -1 where there was none. */
export function writeCleanShutdown(brokerEpoch: number): string {
  return JSON.stringify({ version: 0, brokerEpoch });
}

/** The broker epoch; undefined for the empty file of older brokers, which is a clean shutdown all the same. */
export function readCleanShutdown(text: string): number | undefined {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content !== "object" || content === null || !("brokerEpoch" in content)) return undefined;
    return typeof content.brokerEpoch === "number" ? content.brokerEpoch : undefined;
  } catch {
    return undefined;
  }
}

/** `meta.properties`, version 1: whose directory this is. */
export interface MetaProperties {
  clusterId: string;
  nodeId: number;
  directoryId: Uuid;
}

export function writeMetaProperties(meta: MetaProperties, writtenOn: string): string {
  return [
    "#",
    `#${writtenOn}`,
    `cluster.id=${meta.clusterId}`,
    `directory.id=${meta.directoryId}`,
    `node.id=${meta.nodeId}`,
    "version=1",
    "",
  ].join("\n");
}

/** Kafka before 3.7 wrote no directory id: then it is undefined and the caller gives one. */
export function readMetaProperties(
  text: string,
): (Omit<MetaProperties, "directoryId"> & { directoryId?: Uuid }) | undefined {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#!].*)?$/.test(line)) continue;
    const match = /^\s*([A-Za-z.]+)\s*[=:]\s*(.*)$/.exec(line);
    if (!match) return undefined;
    values.set(match[1]!, match[2]!.replace(/\\(.)/g, "$1").trimEnd());
  }
  const clusterId = values.get("cluster.id");
  const nodeId = values.get("node.id");
  if (values.get("version") !== "1" || !clusterId || !integers(nodeId)) return undefined;
  const directoryId = values.get("directory.id");
  return { clusterId, nodeId: Number(nodeId), ...(directoryId ? { directoryId } : {}) };
}
