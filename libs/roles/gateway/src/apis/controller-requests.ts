/**
 * Requests that change metadata: CreateTopics (19), DeleteTopics (20), AlterConfigs (33), CreatePartitions (37),
 * ElectLeaders (43), AlterPartitionReassignments (45), ListPartitionReassignments (46),
 * AlterClientQuotas (49), DescribeQuorum (55), UpdateFeatures (57), UnregisterBroker (64), AddRaftVoter (80), RemoveRaftVoter (81). The
 * active controller answers in the client's version; the gateway waits until its own image shows the change, so that
 * the client's next question finds it.
 */
import type { KafkaErrorCode } from "@moldau/base";
import {
  readAddRaftVoterRequest,
  readAlterClientQuotasRequest,
  readAlterConfigsRequest,
  readAlterPartitionReassignmentsRequest,
  readCreatePartitionsRequest,
  readCreateTopicsRequest,
  readDeleteTopicsRequest,
  readElectLeadersRequest,
  readListPartitionReassignmentsRequest,
  readUpdateFeaturesRequest,
  writeAddRaftVoterResponse,
  writeAlterClientQuotasResponse,
  writeAlterConfigsResponse,
  writeAlterPartitionReassignmentsResponse,
  writeCreatePartitionsResponse,
  writeCreateTopicsResponse,
  writeDeleteTopicsResponse,
  writeDescribeQuorumResponse,
  writeElectLeadersResponse,
  writeListPartitionReassignmentsResponse,
  writeRemoveRaftVoterResponse,
  writeUnregisterBrokerResponse,
  writeUpdateFeaturesResponse,
} from "@moldau/protocol";
import { type Answer, answer, type Call, decode, type Handler, relay } from "../call";
import { askController } from "../forward";
import type { Gateway } from "../gateway";

const defaultTimeoutMs = 30_000;
const errorMessage = "the active controller cannot be reached; try again";

async function toController(
  call: Call,
  gateway: Gateway,
  timeoutMs: number,
  refuse: (error: KafkaErrorCode) => Uint8Array[],
): Promise<Answer> {
  const reply = await askController(call, gateway, timeoutMs);
  return reply.error === undefined ? relay(call, reply.body) : refuse(reply.error);
}

export const createTopics: Handler = (call, gateway) => {
  const request = decode(call, readCreateTopicsRequest);
  return toController(call, gateway, request.timeoutMs, (errorCode) =>
    answer(call, writeCreateTopicsResponse, {
      topics: request.topics.map(({ name }) => ({ name, errorCode, errorMessage })),
    }),
  );
};

export const deleteTopics: Handler = (call, gateway) => {
  const request = decode(call, readDeleteTopicsRequest);
  const named = [
    ...request.topicNames.map((name) => ({ name, topicId: undefined })),
    ...request.topics.map(({ name, topicId }) => ({ name, topicId })),
  ];
  return toController(call, gateway, request.timeoutMs, (errorCode) =>
    answer(call, writeDeleteTopicsResponse, {
      responses: named.map((topic) => ({ ...topic, errorCode, errorMessage })),
    }),
  );
};

export const createPartitions: Handler = (call, gateway) => {
  const request = decode(call, readCreatePartitionsRequest);
  return toController(call, gateway, request.timeoutMs, (errorCode) =>
    answer(call, writeCreatePartitionsResponse, {
      results: request.topics.map(({ name }) => ({ name, errorCode, errorMessage })),
    }),
  );
};

export const alterConfigs: Handler = (call, gateway) => {
  const request = decode(call, readAlterConfigsRequest);
  return toController(call, gateway, defaultTimeoutMs, (errorCode) =>
    answer(call, writeAlterConfigsResponse, {
      responses: request.resources.map(({ resourceType, resourceName }) => ({
        resourceType,
        resourceName,
        errorCode,
        errorMessage,
      })),
    }),
  );
};

export const electLeaders: Handler = (call, gateway) => {
  const request = decode(call, readElectLeadersRequest);
  return toController(call, gateway, request.timeoutMs, (errorCode) =>
    answer(call, writeElectLeadersResponse, {
      errorCode,
      replicaElectionResults: (request.topicPartitions ?? []).map(({ topic, partitions }) => ({
        topic,
        partitionResult: partitions.map((partitionId) => ({ partitionId, errorCode, errorMessage })),
      })),
    }),
  );
};

export const alterPartitionReassignments: Handler = (call, gateway) => {
  const request = decode(call, readAlterPartitionReassignmentsRequest);
  return toController(call, gateway, request.timeoutMs, (errorCode) =>
    answer(call, writeAlterPartitionReassignmentsResponse, { errorCode, errorMessage }),
  );
};

export const listPartitionReassignments: Handler = (call, gateway) => {
  const request = decode(call, readListPartitionReassignmentsRequest);
  return toController(call, gateway, request.timeoutMs, (errorCode) =>
    answer(call, writeListPartitionReassignmentsResponse, { errorCode, errorMessage }),
  );
};

export const alterClientQuotas: Handler = (call, gateway) => {
  const request = decode(call, readAlterClientQuotasRequest);
  return toController(call, gateway, defaultTimeoutMs, (errorCode) =>
    answer(call, writeAlterClientQuotasResponse, {
      entries: request.entries.map(({ entity }) => ({ entity, errorCode, errorMessage })),
    }),
  );
};

export const addRaftVoter: Handler = (call, gateway) => {
  const request = decode(call, readAddRaftVoterRequest);
  // The controller waits for the new voter first, and then for the commit.
  return toController(call, gateway, 2 * request.timeoutMs + defaultTimeoutMs, (errorCode) =>
    answer(call, writeAddRaftVoterResponse, { errorCode, errorMessage }),
  );
};

export const removeRaftVoter: Handler = (call, gateway) =>
  toController(call, gateway, defaultTimeoutMs, (errorCode) =>
    answer(call, writeRemoveRaftVoterResponse, { errorCode, errorMessage }),
  );

export const describeQuorum: Handler = (call, gateway) =>
  toController(call, gateway, defaultTimeoutMs, (errorCode) =>
    answer(call, writeDescribeQuorumResponse, { errorCode }),
  );

export const updateFeatures: Handler = (call, gateway) => {
  const request = decode(call, readUpdateFeaturesRequest);
  return toController(call, gateway, request.timeoutMs, (errorCode) =>
    answer(call, writeUpdateFeaturesResponse, { errorCode, errorMessage }),
  );
};

export const unregisterBroker: Handler = (call, gateway) =>
  toController(call, gateway, defaultTimeoutMs, (errorCode) =>
    answer(call, writeUnregisterBrokerResponse, { errorCode, errorMessage }),
  );
