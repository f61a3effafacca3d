import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildBatch } from "@moldau/record-batch";
import type { FoundPartition, KafkaDirectory } from "../import/kafka-directory";

/** A copy of a node's directory that a test may spoil. */
export function copyOf(directory: string, name: string): string {
  const copy = `${directory}-${name}`;
  cpSync(directory, copy, { recursive: true });
  return copy;
}

/** Replaces part of a text file. */
export function edit(path: string, from: string | RegExp, to: string): void {
  writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
}

/** Appends framed metadata records to the metadata log of a node's directory. */
export function appendMetadata(directory: string, baseOffset: number, records: readonly Uint8Array[]): void {
  const path = join(directory, "__cluster_metadata-0", "00000000000000000000.log");
  const batch = buildBatch({
    records: records.map((value) => ({ value, timestamp: 1 })),
    baseOffset,
    partitionLeaderEpoch: 1,
  });
  writeFileSync(path, Buffer.concat([readFileSync(path), batch]));
}

/** A node's directory as it would be found; nothing of it exists. */
export function foundDirectory(
  nodeId: number,
  partitions: readonly Pick<FoundPartition, "topic" | "topicId" | "partition">[],
  more: Partial<KafkaDirectory> = {},
): KafkaDirectory {
  const path = `/kafka-${nodeId}`;
  return {
    path,
    clusterId: "MkU3OEVBNTcwNTJENDM2Qg",
    nodeId,
    directoryId: undefined,
    stoppedCleanly: true,
    hasMetadataLog: true,
    partitions: partitions.map((each) => ({ ...each, path: join(path, `${each.topic}-${each.partition}`) })),
    leftovers: [],
    ...more,
  };
}

export function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  writeFileSync(path, content);
}
