import { assert, type NodeId, type Uuid } from "@moldau/base";
import type { ClientQuotaImage } from "./client-quotas";
import type { MetadataDelta, TopicDelta } from "./delta";
import type { ConfigResource, MetadataImage, NodeRegistration, PartitionImage, TopicImage } from "./image";
import { ImageData } from "./image-data";

/**
 * What changed between two images that need not share anything, e.g. the one before and the one after a snapshot was
 * loaded. Compares by value, so a listener hears only of what really differs. Costs the size of both images.
 */
export function diffImages(before: MetadataImage, after: MetadataImage): MetadataDelta {
  assert(before instanceof ImageData && after instanceof ImageData, "image was not made by this room");
  const topics = new Map<Uuid, TopicDelta>();
  for (const topic of before.topicsById.values()) {
    if (!after.topicsById.has(topic.id)) topics.set(topic.id, whole(topic, "deleted"));
  }
  for (const topic of after.topicsById.values()) {
    const former = before.topicsById.get(topic.id);
    if (former === undefined) topics.set(topic.id, whole(topic, "created"));
    else if (former !== topic) {
      const partitions = new Set<number>();
      for (const each of topic.partitions) {
        if (!samePartition(former.partitions[each.partition], each)) partitions.add(each.partition);
      }
      if (partitions.size > 0) topics.set(topic.id, { id: topic.id, name: topic.name, kind: "changed", partitions });
    }
  }

  const nodes = new Set<NodeId>();
  for (const nodeId of new Set([...before.brokers.keys(), ...after.brokers.keys()])) {
    if (!sameNode(before.brokers.get(nodeId), after.brokers.get(nodeId))) nodes.add(nodeId);
  }

  const configs: ConfigResource[] = [];
  for (const key of new Set([...before.parts.configEntries.keys(), ...after.parts.configEntries.keys()])) {
    const was = before.parts.configEntries.get(key);
    const is = after.parts.configEntries.get(key);
    const either = is ?? was;
    if (either !== undefined && !sameEntries(was?.values, is?.values)) configs.push(either.resource);
  }

  const shards = new Map<Uuid, Set<number>>();
  for (const [topicId, owners] of after.parts.shardOwners) {
    for (const [partition, owner] of owners) {
      const was = before.shardOwner(topicId, partition);
      if (was?.ownerId === owner.ownerId && was.ownerEpoch === owner.ownerEpoch) continue;
      const changed = shards.get(topicId);
      if (changed === undefined) shards.set(topicId, new Set([partition]));
      else changed.add(partition);
    }
  }

  return {
    before,
    after,
    topics,
    nodes,
    configs,
    shards,
    featuresChanged: !sameEntries(before.features, after.features),
    producerIdsChanged: before.producerIds.nextProducerId !== after.producerIds.nextProducerId,
    clientQuotasChanged: !sameQuotas(before.clientQuotas, after.clientQuotas),
  };
}

function whole(topic: TopicImage, kind: TopicDelta["kind"]): TopicDelta {
  return { id: topic.id, name: topic.name, kind, partitions: new Set(topic.partitions.map((each) => each.partition)) };
}

function samePartition(a: PartitionImage | undefined, b: PartitionImage): boolean {
  if (a === b) return true;
  return (
    a !== undefined &&
    a.leader === b.leader &&
    a.leaderEpoch === b.leaderEpoch &&
    a.partitionEpoch === b.partitionEpoch &&
    a.leaderRecoveryState === b.leaderRecoveryState &&
    sameList(a.replicas, b.replicas) &&
    sameList(a.isr, b.isr) &&
    sameList(a.removing, b.removing) &&
    sameList(a.adding, b.adding) &&
    sameList(a.elr, b.elr) &&
    sameList(a.lastKnownElr, b.lastKnownElr) &&
    sameList(a.directories, b.directories)
  );
}

function sameNode(a: NodeRegistration | undefined, b: NodeRegistration | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (a.endpoints.size !== b.endpoints.size) return false;
  for (const [name, endpoint] of a.endpoints) {
    const other = b.endpoints.get(name);
    if (
      other?.host !== endpoint.host ||
      other.port !== endpoint.port ||
      other.securityProtocol !== endpoint.securityProtocol
    )
      return false;
  }
  return (
    a.epoch === b.epoch &&
    a.incarnationId === b.incarnationId &&
    a.rack === b.rack &&
    a.fenced === b.fenced &&
    a.inControlledShutdown === b.inControlledShutdown &&
    sameList(a.roles, b.roles) &&
    sameList(a.logDirs, b.logDirs)
  );
}

function sameQuotas(a: ReadonlyMap<string, ClientQuotaImage>, b: ReadonlyMap<string, ClientQuotaImage>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [key, { values }] of a) if (!sameEntries(values, b.get(key)?.values)) return false;
  return true;
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((each, index) => each === b[index]));
}

function sameEntries<T>(a: ReadonlyMap<string, T> | undefined, b: ReadonlyMap<string, T> | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.size !== b.size) return false;
  for (const [key, value] of a) if (b.get(key) !== value) return false;
  return true;
}
