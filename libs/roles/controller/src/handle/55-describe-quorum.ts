/**
 * DescribeQuorum, versions 0–2: voters and observers of the metadata log, whose only partition is
 * `__cluster_metadata-0`; from version 2 on the voters' addresses.
 * KIPs: 595, 836 (fetch and caught-up times), 853 (directory ids, addresses).
 */
import { KafkaError, ZERO_UUID } from "@moldau/base";
import { readDescribeQuorumRequest, writeDescribeQuorumResponse } from "@moldau/protocol";
import type { QuorumDescription, VoterState } from "../quorum";
import { controllerApi } from "./controller-api";

const METADATA_TOPIC = "__cluster_metadata";
/** The listener on which controllers reach each other. */
const LISTENER = "RPC";

export const describeQuorum = controllerApi({
  read: readDescribeQuorumRequest,
  write: writeDescribeQuorumResponse,
  answer(request, { quorum, voters }) {
    const description = quorum.describe();
    const topics = request.topics.map(({ topicName, partitions }) => ({
      topicName,
      partitions: partitions.map(({ partitionIndex }) =>
        topicName === METADATA_TOPIC && partitionIndex === 0
          ? describePartition(description)
          : { partitionIndex, errorCode: KafkaError.UNKNOWN_TOPIC_OR_PARTITION, leaderId: -1, leaderEpoch: -1 },
      ),
    }));
    const nodes = voters.map(({ id, host, port }) => ({ nodeId: id, listeners: [{ name: LISTENER, host, port }] }));
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
    replicaDirectoryId: ZERO_UUID,
    logEndOffset: voter.logEndOffset,
    lastFetchTimestamp: Math.floor(voter.lastContactMs),
    lastCaughtUpTimestamp: Math.floor(voter.lastCaughtUpMs),
  };
}
