import { KafkaError, NO_NODE } from "@moldau/base";
import type { MetadataImage, MetadataRecord, TopicImage } from "@moldau/metadata";
import type { ElectLeadersRequest } from "@moldau/protocol";
import { type ApiError, apiError, type Decision, noError } from "./decision";
import { mayLead, partitionsOf } from "./leadership";
import { changePartition, type Election } from "./partition-change";
import { type ControlSettings, configuredMinIsr, elrEnabled, uncleanElectionEnabled } from "./settings";

export interface ElectedPartition extends ApiError {
  readonly partitionId: number;
}

export interface Elections {
  readonly errorCode: ApiError["errorCode"];
  readonly replicaElectionResults: readonly { topic: string; partitionResult: readonly ElectedPartition[] }[];
}

type ElectionSettings = Pick<ControlSettings, "topicDefaults">;

/** Elects preferred (type 0) or, at the price of records, any live leaders (type 1). Source: ElectLeaders 0–2, KIP-460. */
export function electLeaders(
  image: MetadataImage,
  settings: ElectionSettings,
  request: ElectLeadersRequest,
): Decision<Elections> {
  if (request.electionType !== 0 && request.electionType !== 1) {
    return { records: [], reply: { errorCode: KafkaError.INVALID_REQUEST, replicaElectionResults: [] } };
  }
  const election: Election = request.electionType === 0 ? "preferred" : "unclean";
  const records: MetadataRecord[] = [];
  const all = request.topicPartitions === null;
  const wanted =
    request.topicPartitions ??
    [...image.topicsByName.values()].map((topic) => ({
      topic: topic.name,
      partitions: topic.partitions.map((each) => each.partition),
    }));
  const replicaElectionResults: { topic: string; partitionResult: ElectedPartition[] }[] = [];
  for (const { topic: name, partitions } of wanted) {
    const topic = image.topicsByName.get(name);
    const partitionResult: ElectedPartition[] = [];
    for (const partitionId of new Set(partitions)) {
      const error = electOne(image, settings, { topic, name, partitionId, election }, records);
      // Asked for everything, Kafka lists every topic, but no partition that needs nothing.
      if (all && error.errorCode === KafkaError.ELECTION_NOT_NEEDED) continue;
      partitionResult.push({ partitionId, ...error });
    }
    replicaElectionResults.push({ topic: name, partitionResult });
  }
  return { records, reply: { errorCode: KafkaError.NONE, replicaElectionResults } };
}

interface Wanted {
  topic: TopicImage | undefined;
  name: string;
  partitionId: number;
  election: Election;
}

function electOne(
  image: MetadataImage,
  settings: ElectionSettings,
  wanted: Wanted,
  records: MetadataRecord[],
): ApiError {
  const { topic, name, partitionId, election } = wanted;
  if (topic === undefined) return apiError(KafkaError.UNKNOWN_TOPIC_OR_PARTITION, `No such topic as ${name}`);
  const partition = topic.partitions[partitionId];
  if (partition === undefined) {
    return apiError(KafkaError.UNKNOWN_TOPIC_OR_PARTITION, `No such partition as ${name}-${partitionId}`);
  }
  const fine = election === "preferred" ? partition.leader === partition.replicas[0] : partition.leader !== NO_NODE;
  if (fine) return apiError(KafkaError.ELECTION_NOT_NEEDED, "Leader election not needed for topic partition.");
  const change = changePartition({
    topicId: topic.id,
    partition,
    isAcceptableLeader: (nodeId) => mayLead(image, partition, nodeId),
    minIsr: configuredMinIsr(image, settings, topic.name),
    elrEnabled: elrEnabled(image),
    election,
  });
  if (change === undefined) {
    return election === "preferred"
      ? apiError(KafkaError.PREFERRED_LEADER_NOT_AVAILABLE, "The preferred leader was not available.")
      : apiError(KafkaError.ELIGIBLE_LEADERS_NOT_AVAILABLE, "Eligible topic partition leaders are not available.");
  }
  records.push(change);
  return noError;
}

/**
 * Moves leadership back to preferred replicas, at most `limit` partitions a round, for brokers whose share of partitions
 * led by somebody else is above `imbalancePercent`. Source: auto.leader.rebalance.enable, leader.imbalance.per.broker.percentage.
 */
export function balanceLeaders(
  image: MetadataImage,
  settings: ElectionSettings,
  options: { imbalancePercent: number; limit: number },
): Decision<{ more: boolean }> {
  const preferredBy = new Map<number, { all: number; elsewhere: number }>();
  for (const [, partition] of partitionsOf(image)) {
    const preferred = partition.replicas[0] ?? NO_NODE;
    const count = preferredBy.get(preferred) ?? { all: 0, elsewhere: 0 };
    preferredBy.set(preferred, count);
    count.all++;
    if (partition.leader !== preferred) count.elsewhere++;
  }
  const records: MetadataRecord[] = [];
  for (const [topic, partition] of partitionsOf(image)) {
    const preferred = partition.replicas[0] ?? NO_NODE;
    const count = preferredBy.get(preferred);
    if (partition.leader === preferred || count === undefined) continue;
    if ((count.elsewhere * 100) / count.all <= options.imbalancePercent) continue;
    if (!mayLead(image, partition, preferred)) continue;
    if (records.length >= options.limit) return { records, reply: { more: true } };
    const change = changePartition({
      topicId: topic.id,
      partition,
      isAcceptableLeader: (nodeId) => mayLead(image, partition, nodeId),
      minIsr: configuredMinIsr(image, settings, topic.name),
      elrEnabled: elrEnabled(image),
      election: "preferred",
    });
    if (change !== undefined) records.push(change);
  }
  return { records, reply: { more: false } };
}

/** Elects any live leader for leaderless partitions of topics that allow it: the configuration may have changed since. */
export function electUncleanWhereAllowed(
  image: MetadataImage,
  settings: ElectionSettings,
  limit: number,
): Decision<{ more: boolean }> {
  const records: MetadataRecord[] = [];
  for (const [topic, partition] of partitionsOf(image)) {
    if (partition.leader !== NO_NODE || !uncleanElectionEnabled(image, settings, topic.name)) continue;
    if (records.length >= limit) return { records, reply: { more: true } };
    electOne(
      image,
      settings,
      { topic, name: topic.name, partitionId: partition.partition, election: "unclean" },
      records,
    );
  }
  return { records, reply: { more: false } };
}
