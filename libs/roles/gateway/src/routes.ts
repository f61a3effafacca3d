import { KafkaError, type KafkaErrorCode, type NodeId, shardOf } from "@moldau/base";
import type { MetadataImage } from "@moldau/metadata";

export type LeaderRoute =
  { leaderId: NodeId; leaderEpoch: number; topicId: string; error?: undefined } | { error: KafkaErrorCode };

/** Finds the leader of a partition in the image, or the code a client expects where there is none. */
export function routeToLeader(
  image: MetadataImage,
  topic: { name: string } | { id: string },
  partition: number,
): LeaderRoute {
  const found = "id" in topic ? image.topicsById.get(topic.id) : image.topicsByName.get(topic.name);
  if (!found) return { error: "id" in topic ? KafkaError.UNKNOWN_TOPIC_ID : KafkaError.UNKNOWN_TOPIC_OR_PARTITION };
  const state = found.partitions[partition];
  if (!state) return { error: KafkaError.UNKNOWN_TOPIC_OR_PARTITION };
  if (state.leader < 0) return { error: KafkaError.LEADER_NOT_AVAILABLE };
  return { leaderId: state.leader, leaderEpoch: state.leaderEpoch, topicId: found.id };
}

/** Who leads a partition now (-1: nobody) where the image no longer has `asked` lead it; undefined where it still does. */
export function leaderAfter(
  image: MetadataImage,
  { topicId, partition }: { topicId: string; partition: number },
  asked: NodeId,
): { currentLeaderId: NodeId; currentLeaderEpoch: number } | undefined {
  const state = image.topicsById.get(topicId)?.partitions[partition];
  if (state === undefined || state.leader === asked) return undefined;
  return { currentLeaderId: state.leader, currentLeaderEpoch: state.leaderEpoch };
}

export type OwnerRoute = { ownerId: NodeId; error?: undefined } | { error: KafkaErrorCode };

/** Finds the coordinator that owns the shard of a group (or transactional id). */
export function routeToOwner(image: MetadataImage, shardTopic: string, id: string): OwnerRoute {
  const topic = image.topicsByName.get(shardTopic);
  if (!topic || topic.partitions.length === 0) return { error: KafkaError.COORDINATOR_NOT_AVAILABLE };
  const owner = image.shardOwner(topic.id, shardOf(id, topic.partitions.length));
  if (!owner || owner.ownerId < 0) return { error: KafkaError.COORDINATOR_NOT_AVAILABLE };
  return { ownerId: owner.ownerId };
}

/** Splits items by the node that must answer them, keeping their order within a node. */
export function groupByNode<T>(items: Iterable<T>, nodeOf: (item: T) => NodeId): Map<NodeId, T[]> {
  const groups = new Map<NodeId, T[]>();
  for (const item of items) {
    const node = nodeOf(item);
    const group = groups.get(node);
    if (group) group.push(item);
    else groups.set(node, [item]);
  }
  return groups;
}
