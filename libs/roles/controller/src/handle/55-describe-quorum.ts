/**
 * DescribeQuorum, versions 0–2: voters and observers of the metadata log, whose only partition is
 * `__cluster_metadata-0`; from version 2 on the voters' addresses.
 * KIPs: 595, 836 (fetch and caught-up times), 853 (directory ids, addresses).
 */
import { KafkaError } from "@moldau/base";
import { readDescribeQuorumRequest, writeDescribeQuorumResponse } from "@moldau/protocol";
import { QUORUM_LISTENER, type QuorumDescription, type VoterState } from "../quorum";
import { controllerApi } from "./controller-api";

const METADATA_TOPIC = "__cluster_metadata";

export const describeQuorum = controllerApi({
  read: readDescribeQuorumRequest,
  write: writeDescribeQuorumResponse,
  answer(request, { quorum }) {
    const description = quorum.describe();
    const topics = request.topics.map(({ topicName, partitions }) => ({
      topicName,
      partitions: partitions.map(({ partitionIndex }) =>
        topicName === METADATA_TOPIC && partitionIndex === 0
          ? describePartition(description)
          : { partitionIndex, errorCode: KafkaError.UNKNOWN_TOPIC_OR_PARTITION, leaderId: -1, leaderEpoch: -1 },
      ),
    }));
    const nodes = quorum.controllers.map(({ id, host, port }) => ({
      nodeId: id,
      listeners: [{ name: QUORUM_LISTENER, host, port }],
    }));
    return Promise.resolve({ response: { topics, nodes }, offset: undefined });
  },
  refuse: (errorCode, errorMessage) => ({ errorCode, errorMessage, topics: [], nodes: [] }),
});

function describePartition(description: QuorumDescription) {
  const { leaderId, leaderEpoch, highWatermark, voters, observers } = description;
  return {
    partitionIndex: 0,
    errorCode: KafkaError.NONE,
    leaderId,
    leaderEpoch,
    highWatermark,
    currentVoters: voters.map(describeVoter),
    observers: observers.map(describeVoter),
  };
}

function describeVoter(voter: VoterState) {
  return {
    replicaId: voter.id,
    replicaDirectoryId: voter.directoryId,
    logEndOffset: voter.logEndOffset,
    lastFetchTimestamp: Math.floor(voter.lastContactMs),
    lastCaughtUpTimestamp: Math.floor(voter.lastCaughtUpMs),
  };
}
