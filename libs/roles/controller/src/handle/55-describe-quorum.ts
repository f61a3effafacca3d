/**
 * DescribeQuorum, versions 0–2: voters and observers of the metadata log, whose only partition is
 * `__cluster_metadata-0`; from version 2 on the voters' addresses.
 * KIPs: 595, 836 (fetch and caught-up times), 853 (directory ids, addresses).
 */
import { KafkaError } from "@moldau/base";
import {
  type DescribeQuorumResponse,
  type Draft,
  readDescribeQuorumRequest,
  writeDescribeQuorumResponse,
} from "@moldau/protocol";
import { QUORUM_LISTENER, type QuorumDescription, type VoterState } from "../quorum";
import { type Answered, controllerApi } from "./controller-api";

const METADATA_TOPIC = "__cluster_metadata";
/** Directory ids and addresses cannot be said before. */
const addressesSince = 2;

export const describeQuorum = controllerApi({
  read: readDescribeQuorumRequest,
  write: writeDescribeQuorumResponse,
  answer(request, { quorum }, version): Promise<Answered<Draft<DescribeQuorumResponse>>> {
    const isOurs = ({ topicName, partitions }: (typeof request.topics)[number]) =>
      topicName === METADATA_TOPIC && partitions.length === 1 && partitions[0]!.partitionIndex === 0;
    if (request.topics.length !== 1 || !isOurs(request.topics[0]!)) {
      return Promise.resolve({ response: { topics: request.topics.map(unknownTopic) }, offset: undefined });
    }
    const description = quorum.describe();
    const topics = [{ topicName: METADATA_TOPIC, partitions: [describePartition(description, version)] }];
    const nodes = quorum.controllers.map(({ id, host, port }) => ({
      nodeId: id,
      listeners: [{ name: QUORUM_LISTENER, host, port }],
    }));
    return Promise.resolve({
      response: version >= addressesSince ? { topics, nodes } : { topics },
      offset: undefined,
    });
  },
  refuse: (errorCode, errorMessage) => ({ errorCode, errorMessage, topics: [], nodes: [] }),
});

/** Kafka answers for the metadata log's one partition alone, or for nothing that is asked. */
function unknownTopic({ topicName, partitions }: { topicName: string; partitions: { partitionIndex: number }[] }) {
  const errorCode = KafkaError.UNKNOWN_TOPIC_OR_PARTITION;
  const errorMessage = "This server does not host this topic-partition.";
  return {
    topicName,
    partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode, errorMessage })),
  };
}

function describePartition(description: QuorumDescription, version: number) {
  const { leaderId, leaderEpoch, highWatermark, voters, observers } = description;
  return {
    partitionIndex: 0,
    errorCode: KafkaError.NONE,
    leaderId,
    leaderEpoch,
    highWatermark,
    currentVoters: voters.map((voter) => describeVoter(voter, version)),
    observers: observers.map((voter) => describeVoter(voter, version)),
  };
}

function describeVoter(voter: VoterState, version: number) {
  return {
    replicaId: voter.id,
    ...(version >= addressesSince ? { replicaDirectoryId: voter.directoryId } : {}),
    logEndOffset: voter.logEndOffset,
    lastFetchTimestamp: Math.floor(voter.lastContactMs),
    lastCaughtUpTimestamp: Math.floor(voter.lastCaughtUpMs),
  };
}
