import { KafkaError } from "@moldau/base";
import { findOffsets } from "../admin/list-offsets";
import { fetchCommitted } from "../admin/groups";
import { KafkaClientError } from "../client-error";
import type { Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { partitionName } from "../topic-partition";
import { type AssignedPartition, seek } from "./assigned-partition";

export interface PositionRules {
  groupId: string | undefined;
  offsetReset: "earliest" | "latest" | "none";
  /** 0 read_uncommitted, 1 read_committed: where "latest" is. */
  isolationLevel: number;
}

/**
 * Finds where to read each partition that does not know: what the group has committed, else by the reset policy.
 * Rejects where a policy of "none" leaves it open, or where the cluster cannot be asked.
 */
export async function findPositions(
  cluster: Cluster,
  partitions: readonly AssignedPartition[],
  rules: PositionRules,
): Promise<void> {
  await findCommitted(
    cluster,
    partitions.filter(({ start }) => start === "committed"),
    rules.groupId,
  );
  for (const partition of partitions) {
    if (partition.start !== "reset") continue;
    if (rules.offsetReset === "none") {
      const of = rules.groupId === undefined ? "" : ` of group ${rules.groupId}`;
      const what = `no usable offset${of} for ${partitionName(partition)}, and no reset policy`;
      throw new KafkaClientError(what, KafkaError.OFFSET_OUT_OF_RANGE);
    }
    partition.start = rules.offsetReset;
  }
  await Promise.all(
    (["earliest", "latest"] as const).map(async (where) => {
      const wanted = partitions.filter(({ start }) => start === where);
      if (wanted.length === 0) return;
      const found = await findOffsets(cluster, wanted, where, rules.isolationLevel);
      for (const partition of wanted) seek(partition, found.get(partitionName(partition))?.offset ?? 0);
    }),
  );
}

async function findCommitted(
  cluster: Cluster,
  partitions: readonly AssignedPartition[],
  groupId: string | undefined,
): Promise<void> {
  if (partitions.length === 0) return;
  if (groupId === undefined) {
    throw new KafkaClientError("committed offsets belong to a group, and none is named", KafkaError.INVALID_GROUP_ID);
  }
  const topics = new Map(
    [...groupBy(partitions, ({ topic }) => topic)].map(([topic, list]) => [
      topic,
      list.map(({ partition }) => partition),
    ]),
  );
  const committed = await fetchCommitted(cluster, groupId, topics);
  const offsets = new Map(committed.map((at) => [partitionName(at), at]));
  for (const partition of partitions) {
    const at = offsets.get(partitionName(partition));
    if (at === undefined || at.offset < 0) {
      partition.start = "reset";
    } else {
      seek(partition, at.offset);
      partition.committed = at.offset;
      partition.leaderEpoch = at.leaderEpoch;
    }
  }
}
