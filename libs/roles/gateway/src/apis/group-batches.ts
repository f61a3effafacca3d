/**
 * Group requests that name several groups: OffsetFetch from v8 (9), DescribeGroups (15), DeleteGroups (42). Each shard's
 * owner answers for its groups; the answers are joined in the order of the request.
 */
import { type KafkaErrorCode, type NodeId } from "@moldau/base";
import { GROUP_METADATA_TOPIC } from "@moldau/metadata";
import {
  type OffsetFetchRequest,
  readDeleteGroupsRequest,
  readDeleteGroupsResponse,
  readDescribeGroupsRequest,
  readDescribeGroupsResponse,
  Reader,
  readOffsetFetchRequest,
  readOffsetFetchResponse,
  writeDeleteGroupsRequest,
  writeDeleteGroupsResponse,
  writeDescribeGroupsRequest,
  writeDescribeGroupsResponse,
  writeOffsetFetchRequest,
  writeOffsetFetchResponse,
  Writer,
} from "@moldau/protocol";
import { type Answer, answer, type Call, decode, relay } from "../call";
import { askCoordinator, kafkaCall } from "../forward";
import type { Gateway } from "../gateway";
import { groupByNode, routeToOwner } from "../routes";

const offsetFetchBatchVersion = 8;

interface Codec<Request, Result> {
  /** Writes the request for the named groups only. */
  write(writer: Writer, groups: Request[], version: number): void;
  /** Results of an answer, one a group. */
  read(reader: Reader, version: number): Result[];
  refused(group: Request, error: KafkaErrorCode): Result;
  keyOf(result: Result): string;
}

async function perOwner<Request, Result>(
  call: Call,
  gateway: Gateway,
  groups: readonly Request[],
  idOf: (group: Request) => string,
  codec: Codec<Request, Result>,
): Promise<Result[]> {
  const results = new Map<string, Result>();
  const routed: { group: Request; ownerId: NodeId }[] = [];
  for (const group of groups) {
    const route = routeToOwner(gateway.image, GROUP_METADATA_TOPIC, idOf(group));
    if (route.error !== undefined) results.set(idOf(group), codec.refused(group, route.error));
    else routed.push({ group, ownerId: route.ownerId });
  }
  await Promise.all(
    [...groupByNode(routed, (item) => item.ownerId)].map(async ([ownerId, items]) => {
      const writer = new Writer();
      codec.write(
        writer,
        items.map((item) => item.group),
        call.version,
      );
      const reply = await askCoordinator(call, gateway, ownerId, kafkaCall(call, writer.toBytes()));
      if (reply.error !== undefined) {
        for (const { group } of items) results.set(idOf(group), codec.refused(group, reply.error));
      } else {
        for (const result of codec.read(new Reader(reply.body), call.version)) results.set(codec.keyOf(result), result);
      }
    }),
  );
  return groups.flatMap((group) => results.get(idOf(group)) ?? []);
}

export async function offsetFetch(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readOffsetFetchRequest);
  if (call.version < offsetFetchBatchVersion) return offsetFetchOfOneGroup(call, gateway, request);
  type Group = OffsetFetchRequest["groups"][number];
  const groups = await perOwner(call, gateway, request.groups, (group: Group) => group.groupId, {
    write: (writer, wanted, version) =>
      writeOffsetFetchRequest(writer, { groups: wanted, requireStable: request.requireStable }, version),
    read: (reader, version) => readOffsetFetchResponse(reader, version).groups,
    refused: (group, errorCode) => ({ groupId: group.groupId, topics: [], errorCode }),
    keyOf: (result) => result.groupId,
  });
  return answer(call, writeOffsetFetchResponse, { groups });
}

/** Up to v7 a request names one group; before v2 there is no place for an error but in each partition. */
async function offsetFetchOfOneGroup(call: Call, gateway: Gateway, request: OffsetFetchRequest): Promise<Answer> {
  const route = routeToOwner(gateway.image, GROUP_METADATA_TOPIC, request.groupId);
  const reply = route.error !== undefined ? route : await askCoordinator(call, gateway, route.ownerId, kafkaCall(call));
  if (reply.error === undefined && "body" in reply) return relay(call, reply.body);
  const errorCode = reply.error!;
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

export async function describeGroups(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readDescribeGroupsRequest);
  const groups = await perOwner(call, gateway, request.groups, (group: string) => group, {
    write: (writer, wanted, version) =>
      writeDescribeGroupsRequest(
        writer,
        { groups: wanted, includeAuthorizedOperations: request.includeAuthorizedOperations },
        version,
      ),
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

export async function deleteGroups(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readDeleteGroupsRequest);
  const results = await perOwner(call, gateway, request.groupsNames, (group: string) => group, {
    write: (writer, wanted, version) => writeDeleteGroupsRequest(writer, { groupsNames: wanted }, version),
    read: (reader, version) => readDeleteGroupsResponse(reader, version).results,
    refused: (groupId, errorCode) => ({ groupId, errorCode }),
    keyOf: (result) => result.groupId,
  });
  return answer(call, writeDeleteGroupsResponse, { results });
}
