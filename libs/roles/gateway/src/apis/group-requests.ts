/**
 * Group requests that name one group: OffsetCommit (8), JoinGroup (11), Heartbeat (12), LeaveGroup (13), SyncGroup (14),
 * TxnOffsetCommit (28), OffsetDelete (47), ConsumerGroupHeartbeat (68). The gateway reads the group id, the coordinator that
 * owns its shard answers in the client's version.
 */
import type { KafkaErrorCode } from "@moldau/base";
import { GROUP_METADATA_TOPIC } from "@moldau/metadata";
import {
  readConsumerGroupHeartbeatRequest,
  readHeartbeatRequest,
  readJoinGroupRequest,
  readLeaveGroupRequest,
  readOffsetCommitRequest,
  readOffsetDeleteRequest,
  readSyncGroupRequest,
  readTxnOffsetCommitRequest,
  writeConsumerGroupHeartbeatResponse,
  writeHeartbeatResponse,
  writeJoinGroupResponse,
  writeLeaveGroupResponse,
  writeOffsetCommitResponse,
  writeOffsetDeleteResponse,
  writeSyncGroupResponse,
  writeTxnOffsetCommitResponse,
} from "@moldau/protocol";
import { type Answer, answer, type Call, decode, type Handler } from "../call";
import { relayToOwner } from "../forward";
import type { Gateway } from "../gateway";

function toOwner(
  call: Call,
  gateway: Gateway,
  groupId: string,
  refuse: (error: KafkaErrorCode) => Uint8Array[],
): Promise<Answer> {
  return relayToOwner(call, gateway, { shardTopic: GROUP_METADATA_TOPIC, id: groupId }, refuse);
}

export const joinGroup: Handler = (call, gateway) => {
  const { groupId } = decode(call, readJoinGroupRequest);
  return toOwner(call, gateway, groupId, (errorCode) =>
    answer(call, writeJoinGroupResponse, { errorCode, generationId: -1 }),
  );
};

export const syncGroup: Handler = (call, gateway) => {
  const { groupId } = decode(call, readSyncGroupRequest);
  return toOwner(call, gateway, groupId, (errorCode) => answer(call, writeSyncGroupResponse, { errorCode }));
};

export const heartbeat: Handler = (call, gateway) => {
  const { groupId } = decode(call, readHeartbeatRequest);
  return toOwner(call, gateway, groupId, (errorCode) => answer(call, writeHeartbeatResponse, { errorCode }));
};

export const consumerGroupHeartbeat: Handler = (call, gateway) => {
  const { groupId } = decode(call, readConsumerGroupHeartbeatRequest);
  return toOwner(call, gateway, groupId, (errorCode) =>
    answer(call, writeConsumerGroupHeartbeatResponse, { errorCode }),
  );
};

export const leaveGroup: Handler = (call, gateway) => {
  const { groupId } = decode(call, readLeaveGroupRequest);
  return toOwner(call, gateway, groupId, (errorCode) => answer(call, writeLeaveGroupResponse, { errorCode }));
};

export const offsetCommit: Handler = (call, gateway) => {
  const request = decode(call, readOffsetCommitRequest);
  return toOwner(call, gateway, request.groupId, (errorCode) =>
    answer(call, writeOffsetCommitResponse, {
      topics: request.topics.map((topic) => ({
        name: topic.name,
        topicId: topic.topicId,
        partitions: topic.partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
      })),
    }),
  );
};

export const offsetDelete: Handler = (call, gateway) => {
  const { groupId } = decode(call, readOffsetDeleteRequest);
  return toOwner(call, gateway, groupId, (errorCode) => answer(call, writeOffsetDeleteResponse, { errorCode }));
};

export const txnOffsetCommit: Handler = (call, gateway) => {
  const request = decode(call, readTxnOffsetCommitRequest);
  return toOwner(call, gateway, request.groupId, (errorCode) =>
    answer(call, writeTxnOffsetCommitResponse, {
      topics: request.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
      })),
    }),
  );
};
