import { ZERO_UUID } from "@moldau/base";
import type { MetadataResponseTopic } from "@moldau/protocol";

/** A partition as the last metadata had it. */
export interface PartitionInfo {
  partition: number;
  /** -1 while there is none. */
  leader: number;
  /** -1 where the cluster is too old to say. */
  leaderEpoch: number;
  replicas: number[];
  isr: number[];
  offline: number[];
}

/** A topic as the last metadata had it; `partitions[i].partition === i`. */
export interface TopicInfo {
  name: string;
  topicId: string;
  internal: boolean;
  partitions: PartitionInfo[];
}

/**
 * What is known after a metadata answer. Partitions whose leader epoch is lower than what was known come from a node that
 * lags behind and stay as they were; a topic with another id is another topic. Source: KIP-320.
 */
export function mergeTopic(known: TopicInfo | undefined, topic: MetadataResponseTopic): TopicInfo {
  const same = known !== undefined && (known.topicId === topic.topicId || topic.topicId === ZERO_UUID);
  const partitions = topic.partitions
    .map((partition): PartitionInfo => {
      const before = same ? known.partitions[partition.partitionIndex] : undefined;
      if (before !== undefined && before.leaderEpoch > partition.leaderEpoch && partition.leaderEpoch >= 0)
        return before;
      return {
        partition: partition.partitionIndex,
        leader: partition.leaderId,
        leaderEpoch: partition.leaderEpoch,
        replicas: partition.replicaNodes,
        isr: partition.isrNodes,
        offline: partition.offlineReplicas,
      };
    })
    .sort((a, b) => a.partition - b.partition);
  return { name: topic.name ?? "", topicId: topic.topicId, internal: topic.isInternal, partitions };
}
