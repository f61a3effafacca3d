import { KafkaError } from "@moldau/base";
import {
  ApiKey,
  readConsumerGroupDescribeResponse,
  readConsumerGroupHeartbeatResponse,
  readHeartbeatResponse,
  readJoinGroupResponse,
  readListGroupsResponse,
  readOffsetCommitResponse,
  readOffsetFetchResponse,
  readSyncGroupResponse,
  writeConsumerGroupDescribeRequest,
  writeConsumerGroupHeartbeatRequest,
  writeHeartbeatRequest,
  writeJoinGroupRequest,
  writeListGroupsRequest,
  writeOffsetCommitRequest,
  writeOffsetFetchRequest,
  writeSyncGroupRequest,
} from "@moldau/protocol";
import type { FakeCoordinator } from "./fake-cluster";

export const apis = {
  join: { key: ApiKey.JoinGroup, version: 9, write: writeJoinGroupRequest, read: readJoinGroupResponse },
  sync: { key: ApiKey.SyncGroup, version: 5, write: writeSyncGroupRequest, read: readSyncGroupResponse },
  heartbeat: { key: ApiKey.Heartbeat, version: 4, write: writeHeartbeatRequest, read: readHeartbeatResponse },
  commit: { key: ApiKey.OffsetCommit, version: 9, write: writeOffsetCommitRequest, read: readOffsetCommitResponse },
  fetch: { key: ApiKey.OffsetFetch, version: 9, write: writeOffsetFetchRequest, read: readOffsetFetchResponse },
  consumerHeartbeat: {
    key: ApiKey.ConsumerGroupHeartbeat,
    version: 1,
    write: writeConsumerGroupHeartbeatRequest,
    read: readConsumerGroupHeartbeatResponse,
  },
  consumerDescribe: {
    key: ApiKey.ConsumerGroupDescribe,
    version: 1,
    write: writeConsumerGroupDescribeRequest,
    read: readConsumerGroupDescribeResponse,
  },
  list: { key: ApiKey.ListGroups, version: 5, write: writeListGroupsRequest, read: readListGroupsResponse },
};

export async function commit(at: FakeCoordinator, groupId: string, offset: number): Promise<number> {
  const reply = await at.call(apis.commit, {
    groupId,
    topics: [{ name: "orders", partitions: [{ partitionIndex: 0, committedOffset: offset }] }],
  });
  return reply.topics[0]!.partitions[0]!.errorCode;
}

/** The committed offset of orders-0, or the error's code as a negative number below -1. */
export async function fetched(at: FakeCoordinator, groupId: string): Promise<number> {
  const reply = await at.call(apis.fetch, {
    groups: [{ groupId, topics: [{ name: "orders", partitionIndexes: [0] }] }],
  });
  const group = reply.groups[0]!;
  return group.errorCode === KafkaError.NONE ? group.topics[0]!.partitions[0]!.committedOffset : -100 - group.errorCode;
}

/** One member joins and syncs as a consumer does; returns what it got. */
export async function joinAlone(
  at: FakeCoordinator,
  groupId: string,
): Promise<{ memberId: string; generationId: number; assignment: string }> {
  const request = {
    groupId,
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 10_000,
    protocolType: "test",
    protocols: [{ name: "p", metadata: Buffer.from("metadata") }],
  };
  const first = await at.call(apis.join, request);
  expect(first.errorCode).toBe(KafkaError.MEMBER_ID_REQUIRED);
  const { memberId } = first;
  const joined = await at.call(apis.join, { ...request, memberId });
  expect(joined.errorCode).toBe(KafkaError.NONE);
  const { generationId } = joined;
  const synced = await at.call(apis.sync, {
    groupId,
    memberId,
    generationId,
    protocolType: "test",
    protocolName: "p",
    assignments: [{ memberId, assignment: Buffer.from("all of it") }],
  });
  expect(synced.errorCode).toBe(KafkaError.NONE);
  return { memberId, generationId, assignment: Buffer.from(synced.assignment).toString() };
}
