import { KafkaError, type KafkaErrorCode, type NodeId, type Uuid, ZERO_UUID } from "@moldau/base";
import {
  type MetadataImage,
  type MetadataRecord,
  type NodeRegistration,
  type PartitionImage,
  record,
  type TopicImage,
} from "@moldau/metadata";
import type { Decision } from "./decision";
import { electionByConfig, mayLead, partitionsOf } from "./leadership";
import { changePartition } from "./partition-change";
import { checkNodeEpoch } from "./registration";
import { configuredMinIsr, type ControlSettings, elrEnabled } from "./settings";

type DirectorySettings = Pick<ControlSettings, "topicDefaults">;

/** Where a broker keeps one of its replicas. */
export interface ReplicaDirectory {
  readonly topicId: Uuid;
  readonly partition: number;
  readonly directoryId: Uuid;
}

export interface AssignedDirectories {
  readonly errorCode: KafkaErrorCode;
  readonly results: readonly { topicId: Uuid; partition: number; errorCode: KafkaErrorCode }[];
}

/**
 * Takes over in which directories a broker's replicas lie. A replica whose directory does not work leaves ISR and leadership
 * at once; one that lies elsewhere than before begins anew there and so leaves the ELR. Source: AssignReplicasToDirs 0,
 * KIP-858.
 */
export function assignReplicasToDirs(
  image: MetadataImage,
  settings: DirectorySettings,
  request: { brokerId: NodeId; brokerEpoch: number; replicas: readonly ReplicaDirectory[] },
): Decision<AssignedDirectories> {
  const { brokerId, brokerEpoch } = request;
  const stale = checkNodeEpoch(image, brokerId, brokerEpoch);
  const node = image.brokers.get(brokerId);
  if (stale !== KafkaError.NONE || node === undefined) return { records: [], reply: { errorCode: stale, results: [] } };
  const records: MetadataRecord[] = [];
  const seen = new Set<string>();
  const results = request.replicas.map(({ topicId, partition: id, directoryId }) => {
    const answer = (errorCode: KafkaErrorCode) => ({ topicId, partition: id, errorCode });
    const key = `${id}:${topicId}`;
    if (seen.has(key)) return answer(KafkaError.INVALID_REQUEST);
    seen.add(key);
    const topic = image.topicsById.get(topicId);
    if (topic === undefined) return answer(KafkaError.UNKNOWN_TOPIC_ID);
    const partition = topic.partitions[id];
    if (partition === undefined) return answer(KafkaError.UNKNOWN_TOPIC_OR_PARTITION);
    const index = partition.replicas.indexOf(brokerId);
    if (index < 0) return answer(KafkaError.NOT_LEADER_OR_FOLLOWER);
    const former = partition.directories[index] ?? ZERO_UUID;
    const works = node.logDirs.length === 0 || node.logDirs.includes(directoryId);
    const change = changePartition({
      ...commonOf(image, settings, topic, partition),
      // While the records are made, the image still has the former directory.
      isAcceptableLeader: (nodeId) =>
        nodeId === brokerId
          ? works && mayLeadFrom(image, partition, nodeId, directoryId)
          : mayLead(image, partition, nodeId),
      targetDirectories: new Map([[brokerId, directoryId]]),
      ...(!works && { targetIsr: partition.isr.filter((each) => each !== brokerId) }),
      ...(former !== ZERO_UUID && former !== directoryId && { uncleanShutdown: [brokerId] }),
    });
    if (change !== undefined) records.push(change);
    return answer(KafkaError.NONE);
  });
  return { records, reply: { errorCode: KafkaError.NONE, results } };
}

/**
 * What follows when directories of a node stop working: those among its replicas that lie there leave ISR and leadership
 * with the same records that say so. Undefined where all of them were known to be offline. Source: KIP-858, Kafka's
 * handleDirectoriesOffline.
 */
export function directoriesOffline(
  image: MetadataImage,
  settings: DirectorySettings,
  node: NodeRegistration,
  offline: readonly Uuid[],
): { online: readonly Uuid[]; records: MetadataRecord[] } | undefined {
  const { nodeId, epoch, logDirs } = node;
  const online = logDirs.filter((each) => !offline.includes(each));
  if (online.length === logDirs.length) return undefined;
  const failed = new Set(logDirs.filter((each) => offline.includes(each)));
  const records: MetadataRecord[] = [];
  for (const [topic, partition] of partitionsOf(image)) {
    const index = partition.replicas.indexOf(nodeId);
    if (index < 0 || !failed.has(partition.directories[index] ?? ZERO_UUID)) continue;
    if (!partition.isr.includes(nodeId) && partition.leader !== nodeId) continue;
    const change = changePartition({
      ...commonOf(image, settings, topic, partition),
      isAcceptableLeader: (id) => id !== nodeId && mayLead(image, partition, id),
      targetIsr: partition.isr.filter((each) => each !== nodeId),
    });
    if (change !== undefined) records.push(change);
  }
  records.push(record("BrokerRegistrationChangeRecord", { brokerId: nodeId, brokerEpoch: epoch, logDirs: online }));
  return { online, records };
}

function commonOf(image: MetadataImage, settings: DirectorySettings, topic: TopicImage, partition: PartitionImage) {
  return {
    topicId: topic.id,
    partition,
    minIsr: configuredMinIsr(image, settings, topic.name),
    elrEnabled: elrEnabled(image),
    election: electionByConfig(image, settings, topic.name),
  };
}

function mayLeadFrom(image: MetadataImage, partition: PartitionImage, nodeId: NodeId, directoryId: Uuid): boolean {
  const directories = partition.replicas.map((each, index) =>
    each === nodeId ? directoryId : (partition.directories[index] ?? ZERO_UUID),
  );
  return mayLead(image, { ...partition, directories }, nodeId);
}
