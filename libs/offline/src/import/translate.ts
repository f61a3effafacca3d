import type { NodeId, Uuid } from "@moldau/base";
import {
  clusterFeatures,
  ConfigResourceType,
  isInternalTopic,
  type MetadataRecord,
  record,
  recordsOf,
} from "@moldau/metadata";
import type { ImportPlan } from "./plan";

const NOBODY = -1;
/** The quorum itself says which version it has. */
const KRAFT_VERSION = "kraft.version";
/** Name replicas by the ids of their nodes. */
const THROTTLED_REPLICAS = new Set([
  "leader.replication.throttled.replicas",
  "follower.replication.throttled.replicas",
]);

/**
 * The records that the new cluster's metadata begins with. Nodes are not among them: they register when they start, and
 * lead from then on. `directoryIds`: of each new node's log directory.
 */
export function translate(
  plan: ImportPlan,
  directoryIds: ReadonlyMap<NodeId, Uuid>,
): { records: MetadataRecord[]; notes: string[] } {
  const notes: string[] = [];
  const { image, nodes } = plan;
  const newIds = new Map(nodes.map(({ kafkaNodeId, nodeId }) => [String(kafkaNodeId), String(nodeId)]));
  const renamed = nodes.some(({ kafkaNodeId, nodeId }) => kafkaNodeId !== nodeId);
  const records: MetadataRecord[] = [record("ClusterIdRecord", { clusterId: plan.clusterId })];
  for (const [name, level] of image.features) {
    if (name === KRAFT_VERSION) continue;
    const range = clusterFeatures.get(name);
    if (range === undefined) {
      notes.push(`feature ${name} (level ${level}) is not known here and stays behind`);
      continue;
    }
    if (level > range.max) notes.push(`feature ${name} goes from level ${level} down to ${range.max}`);
    records.push(record("FeatureLevelRecord", { name, featureLevel: Math.min(level, range.max) }));
  }
  for (const each of recordsOf(image)) {
    switch (each.name) {
      case "TopicRecord": {
        const { topicId, name } = each.value;
        records.push(each);
        for (const partition of plan.partitions.get(topicId) ?? []) {
          const { replicas, isr, leaderEpoch, partitionEpoch } = partition;
          records.push(
            record("PartitionRecord", {
              partitionId: partition.partition,
              topicId,
              replicas,
              isr,
              removingReplicas: [],
              addingReplicas: [],
              leader: NOBODY,
              leaderRecoveryState: 0,
              leaderEpoch,
              partitionEpoch,
              directories: replicas.map((id) => directoryIds.get(id)!),
            }),
          );
        }
        if (isInternalTopic(name)) records.push(...owners(plan, topicId));
        break;
      }
      case "ConfigRecord": {
        const { resourceType, resourceName } = each.value;
        if (resourceType === ConfigResourceType.BROKER || resourceType === ConfigResourceType.BROKER_LOGGER) {
          const node = resourceName === "" ? "" : newIds.get(resourceName);
          if (node === undefined)
            notes.push(`dynamic configuration of broker ${resourceName}, which was not given: ${each.value.name}`);
          else records.push(record("ConfigRecord", { ...each.value, resourceName: node }));
        } else if (renamed && THROTTLED_REPLICAS.has(each.value.name)) {
          notes.push(`topic ${resourceName}: ${each.value.name} names brokers by their former ids and stays behind`);
        } else records.push(each);
        break;
      }
      case "ProducerIdsRecord":
      case "ClientQuotaRecord":
        records.push(each);
        break;
      default:
        // Cluster id and features are above; nodes, partitions and owners are this cluster's own.
        break;
    }
  }
  return { records, notes };
}

/**
 * Markers of transactions carry the epoch of who coordinates them, and a partition refuses a lower one than it has seen.
 * Kafka's is the leader epoch of the coordinator's partition: owners here count on from it.
 */
function owners(plan: ImportPlan, topicId: Uuid): MetadataRecord[] {
  return (plan.partitions.get(topicId) ?? []).map(({ partition, leaderEpoch }) =>
    record("ShardOwnerRecord", { topicId, partition, ownerId: NOBODY, ownerEpoch: leaderEpoch }),
  );
}
