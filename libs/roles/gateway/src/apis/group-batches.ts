/**
 * Group requests that name several groups: OffsetFetch from v8 (9), DescribeGroups (15), DeleteGroups (42),
 * ConsumerGroupDescribe (69). Each shard's
 * owner answers for its groups; the answers are joined in the order of the request.
 */
import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import { GROUP_METADATA_TOPIC } from "@moldau/metadata";
import {
  type OffsetFetchRequest,
  readConsumerGroupDescribeRequest,
  readConsumerGroupDescribeResponse,
  readDeleteGroupsRequest,
  readDeleteGroupsResponse,
  readDescribeGroupsRequest,
  readDescribeGroupsResponse,
  readOffsetFetchRequest,
  readOffsetFetchResponse,
  writeConsumerGroupDescribeRequest,
  writeConsumerGroupDescribeResponse,
  writeDeleteGroupsRequest,
  writeDeleteGroupsResponse,
  writeDescribeGroupsRequest,
  writeDescribeGroupsResponse,
  writeOffsetFetchRequest,
  writeOffsetFetchResponse,
} from "@moldau/protocol";
import { type Answer, answer, type Call, decode, relay } from "../call";
import { askCoordinator, kafkaCall } from "../forward";
import type { Gateway } from "../gateway";
import { perOwner } from "../per-owner";
import { routeToOwner } from "../routes";

const offsetFetchBatchVersion = 8;

export async function offsetFetch(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readOffsetFetchRequest);
  if (call.version < offsetFetchBatchVersion) return offsetFetchOfOneGroup(call, gateway, request);
  type Group = OffsetFetchRequest["groups"][number];
  const groups = await perOwner(call, gateway, GROUP_METADATA_TOPIC, request.groups, (group: Group) => group.groupId, {
    write: (writer, wanted, version) =>
      writeOffsetFetchRequest(writer, { groups: wanted, requireStable: request.requireStable }, version),
    read: (reader, version) => readOffsetFetchResponse(reader, version).groups,
    refused: (group, error) => ({ groupId: group.groupId, topics: [], errorCode: asOffsetFetchTells(error) }),
    keyOf: (result) => result.groupId,
  });
  return answer(call, writeOffsetFetchResponse, { groups });
}

/** Up to v7 a request names one group; before v2 there is no place for an error but in each partition. */
async function offsetFetchOfOneGroup(call: Call, gateway: Gateway, request: OffsetFetchRequest): Promise<Answer> {
  const route = routeToOwner(gateway.image, GROUP_METADATA_TOPIC, request.groupId);
  const reply = route.error !== undefined ? route : await askCoordinator(call, gateway, route.ownerId, kafkaCall(call));
  if (reply.error === undefined && "body" in reply) return relay(call, reply.body);
  const errorCode = asOffsetFetchTells(reply.error!);
  return answer(call, writeOffsetFetchResponse, {
    errorCode,
    topics: (request.topics ?? []).map((topic) => ({
      name: topic.name,
      partitions: topic.partitionIndexes.map((partitionIndex) => ({
        partitionIndex,
        committedOffset: -1,
        committedLeaderEpoch: -1,
        metadata: "",
        errorCode,
      })),
    })),
  });
}

/**
 * Consumers of before 3.9 take COORDINATOR_NOT_AVAILABLE for a fatal error here; NOT_COORDINATOR sends them looking again.
 * Source: GroupCoordinatorService.handleOffsetFetchException.
 */
function asOffsetFetchTells(error: KafkaErrorCode): KafkaErrorCode {
  return error === KafkaError.COORDINATOR_NOT_AVAILABLE ? KafkaError.NOT_COORDINATOR : error;
}

export async function describeGroups(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readDescribeGroupsRequest);
  const groups = await perOwner(call, gateway, GROUP_METADATA_TOPIC, request.groups, (group: string) => group, {
    write: (writer, wanted, version) => writeDescribeGroupsRequest(writer, { ...request, groups: wanted }, version),
    read: (reader, version) => readDescribeGroupsResponse(reader, version).groups,
    refused: (groupId, errorCode) => ({
      groupId,
      errorCode,
      errorMessage: null,
      groupState: "",
      protocolType: "",
      protocolData: "",
      members: [],
      authorizedOperations: -2147483648,
    }),
    keyOf: (result) => result.groupId,
  });
  return answer(call, writeDescribeGroupsResponse, { groups });
}

export async function consumerGroupDescribe(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readConsumerGroupDescribeRequest);
  const groups = await perOwner(call, gateway, GROUP_METADATA_TOPIC, request.groupIds, (group: string) => group, {
    write: (writer, groupIds, version) => writeConsumerGroupDescribeRequest(writer, { ...request, groupIds }, version),
    read: (reader, version) => readConsumerGroupDescribeResponse(reader, version).groups,
    refused: (groupId, errorCode) => ({
      groupId,
      errorCode,
      errorMessage: null,
      groupState: "",
      groupEpoch: 0,
      assignmentEpoch: 0,
      assignorName: "",
      members: [],
      authorizedOperations: -2147483648,
    }),
    keyOf: (result) => result.groupId,
  });
  return answer(call, writeConsumerGroupDescribeResponse, { groups });
}

export async function deleteGroups(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readDeleteGroupsRequest);
  // Named twice, deleted once.
  const groupsNames = [...new Set(request.groupsNames)];
  const results = await perOwner(call, gateway, GROUP_METADATA_TOPIC, groupsNames, (group: string) => group, {
    write: (writer, wanted, version) => writeDeleteGroupsRequest(writer, { groupsNames: wanted }, version),
    read: (reader, version) => readDeleteGroupsResponse(reader, version).results,
    refused: (groupId, errorCode) => ({ groupId, errorCode }),
    keyOf: (result) => result.groupId,
  });
  return answer(call, writeDeleteGroupsResponse, { results });
}
