import type { MetadataImage } from "./image";
import { type MetadataRecord, record } from "./records";

/**
 * The records that rebuild `image` from nothing, in an order in which each refers only to what came before it. A
 * generator, so that a large image need not exist twice. Applying them gives an image with the same contents; the
 * offset and epoch travel beside the records.
 */
export function* recordsOf(image: MetadataImage): Generator<MetadataRecord, void> {
  if (image.clusterId !== "") yield record("ClusterIdRecord", { clusterId: image.clusterId });
  for (const [name, featureLevel] of image.features) yield record("FeatureLevelRecord", { name, featureLevel });
  for (const node of image.brokers.values()) {
    yield record("RegisterBrokerRecord", {
      brokerId: node.nodeId,
      incarnationId: node.incarnationId,
      brokerEpoch: node.epoch,
      endPoints: [...node.endpoints].map(([name, endpoint]) => ({ name, ...endpoint })),
      rack: node.rack,
      fenced: node.fenced,
      inControlledShutdown: node.inControlledShutdown,
      logDirs: node.logDirs,
    });
    yield record("NodeRolesRecord", { nodeId: node.nodeId, roles: node.roles });
  }
  for (const topic of image.topicsById.values()) {
    yield record("TopicRecord", { name: topic.name, topicId: topic.id });
    for (const partition of topic.partitions) {
      yield record("PartitionRecord", {
        partitionId: partition.partition,
        topicId: topic.id,
        replicas: partition.replicas,
        isr: partition.isr,
        removingReplicas: partition.removing,
        addingReplicas: partition.adding,
        leader: partition.leader,
        leaderRecoveryState: partition.leaderRecoveryState,
        leaderEpoch: partition.leaderEpoch,
        partitionEpoch: partition.partitionEpoch,
        directories: partition.directories,
        eligibleLeaderReplicas: partition.elr.length > 0 ? partition.elr : null,
        lastKnownElr: partition.lastKnownElr.length > 0 ? partition.lastKnownElr : null,
      });
    }
    for (const { partition } of topic.partitions) {
      const owner = image.shardOwner(topic.id, partition);
      if (owner !== undefined) yield record("ShardOwnerRecord", { topicId: topic.id, partition, ...owner });
    }
  }
  for (const { type, name: resourceName } of image.configuredResources()) {
    for (const [name, value] of image.configs(type, resourceName)) {
      yield record("ConfigRecord", { resourceType: type, resourceName, name, value });
    }
  }
  for (const { entity, values } of image.clientQuotas.values()) {
    for (const [key, value] of values) {
      const names = [...entity].map(([entityType, entityName]) => ({ entityType, entityName }));
      yield record("ClientQuotaRecord", { entity: names, key, value, remove: false });
    }
  }
  const { nextProducerId } = image.producerIds;
  if (nextProducerId > 0) yield record("ProducerIdsRecord", { brokerId: -1, brokerEpoch: -1, nextProducerId });
}
