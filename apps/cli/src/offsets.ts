import type { Admin } from "@moldau/client";

export interface TopicPartition {
  topic: string;
  partition: number;
}

/** The client's key of a partition in its maps, and how people read it. */
export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}

/** End offsets by partition name; empty where the cluster does not say, for what is shown beside more important things. */
export async function endOffsetsWhereKnown(
  admin: Admin,
  partitions: readonly TopicPartition[],
): Promise<ReadonlyMap<string, number>> {
  return partitions.length === 0 ? new Map() : admin.listOffsets(partitions, "latest").catch(() => new Map());
}

/** First offsets likewise. */
export async function firstOffsetsWhereKnown(
  admin: Admin,
  partitions: readonly TopicPartition[],
): Promise<ReadonlyMap<string, number>> {
  return partitions.length === 0 ? new Map() : admin.listOffsets(partitions, "earliest").catch(() => new Map());
}
