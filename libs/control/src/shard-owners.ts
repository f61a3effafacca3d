import { NO_NODE, type NodeId } from "@moldau/base";
import {
  hasRole,
  isActive,
  isInternalTopic,
  type MetadataDelta,
  type MetadataImage,
  type MetadataRecord,
  record,
  type TopicImage,
} from "@moldau/metadata";

/** Whether shards may have to move after what just changed. */
export function touchesShards(delta: MetadataDelta): boolean {
  if (delta.nodes.size > 0) return true;
  for (const topic of delta.topics.values()) if (topic.kind !== "deleted" && isInternalTopic(topic.name)) return true;
  return false;
}

/**
 * Gives every partition of the coordinators' topics a live owner, and moves as few as it takes: shards whose owner is
 * gone, and then from the fullest node to the emptiest until they differ by at most one. A shard without an owner goes to
 * the leader of its partition where that is a coordinator with room (its appends stay in the process), else to the
 * emptiest node. Each topic is balanced by itself. Every change of owner, also to nobody (-1), has a new owner epoch:
 * that is what fences the former one at the partition's leader.
 */
export function assignShards(image: MetadataImage): MetadataRecord[] {
  const nodes: NodeId[] = [];
  for (const node of image.brokers.values())
    if (isActive(node) && hasRole(node, "coordinator")) nodes.push(node.nodeId);
  nodes.sort((a, b) => a - b);
  const records: MetadataRecord[] = [];
  const total = new Map<NodeId, number>(nodes.map((each) => [each, 0]));
  for (const topic of image.topicsById.values()) {
    if (!isInternalTopic(topic.name)) continue;
    const owners = ownersOf(image, topic, nodes, total);
    for (const { partition } of topic.partitions) {
      const is = image.shardOwner(topic.id, partition);
      const ownerId = owners[partition] ?? NO_NODE;
      // A shard that nobody ever owned and nobody can own now needs no record.
      if (ownerId === (is?.ownerId ?? NO_NODE)) continue;
      records.push(
        record("ShardOwnerRecord", { topicId: topic.id, partition, ownerId, ownerEpoch: (is?.ownerEpoch ?? 0) + 1 }),
      );
    }
  }
  return records;
}

function ownersOf(
  image: MetadataImage,
  topic: TopicImage,
  nodes: readonly NodeId[],
  total: Map<NodeId, number>,
): NodeId[] {
  const { partitions } = topic;
  if (nodes.length === 0) return partitions.map(() => NO_NODE);
  const room = Math.ceil(partitions.length / nodes.length);
  const load = new Map<NodeId, number>(nodes.map((each) => [each, 0]));
  const owners: NodeId[] = [];
  const give = (partition: number, node: NodeId) => {
    owners[partition] = node;
    load.set(node, (load.get(node) ?? 0) + 1);
    total.set(node, (total.get(node) ?? 0) + 1);
  };
  // Fewest shards of this topic, then fewest of all, then the lowest id.
  const lighter = (a: NodeId, b: NodeId) =>
    (load.get(a) ?? 0) - (load.get(b) ?? 0) || (total.get(a) ?? 0) - (total.get(b) ?? 0) || a - b;

  const homeless: number[] = [];
  for (const { partition } of partitions) {
    const ownerId = image.shardOwner(topic.id, partition)?.ownerId ?? NO_NODE;
    if (load.has(ownerId)) give(partition, ownerId);
    else homeless.push(partition);
  }
  for (const partition of homeless) {
    const leader = partitions[partition]?.leader ?? NO_NODE;
    const home = load.has(leader) && (load.get(leader) ?? 0) < room;
    give(partition, home ? leader : [...nodes].sort(lighter)[0]!);
  }
  for (;;) {
    const order = [...nodes].sort(lighter);
    const emptiest = order[0]!;
    const fullest = order[order.length - 1]!;
    if ((load.get(fullest) ?? 0) - (load.get(emptiest) ?? 0) <= 1) return owners;
    const theirs = partitions.filter(({ partition }) => owners[partition] === fullest);
    // Rather one whose partition the new owner leads, rather none whose partition the former owner leads.
    const moving =
      theirs.find(({ leader }) => leader === emptiest) ?? theirs.find(({ leader }) => leader !== fullest) ?? theirs[0]!;
    load.set(fullest, (load.get(fullest) ?? 0) - 1);
    total.set(fullest, (total.get(fullest) ?? 0) - 1);
    give(moving.partition, emptiest);
  }
}
