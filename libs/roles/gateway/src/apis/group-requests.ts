/**
 * Group requests that name one group: OffsetCommit (8), JoinGroup (11), Heartbeat (12), LeaveGroup (13), SyncGroup (14),
 * OffsetDelete (47). The gateway reads the group id, the coordinator that owns its shard answers in the client's version.
 */
import type { KafkaErrorCode } from "@moldau/base";
import { GROUP_METADATA_TOPIC } from "@moldau/metadata";
import {
  readHeartbeatRequest,
  readJoinGroupRequest,
  readLeaveGroupRequest,
  readOffsetCommitRequest,
  readOffsetDeleteRequest,
  readSyncGroupRequest,
  writeHeartbeatResponse,
  writeJoinGroupResponse,
  writeLeaveGroupResponse,
  writeOffsetCommitResponse,
  writeOffsetDeleteResponse,
  writeSyncGroupResponse,
} from "@moldau/protocol";
import { type Answer, answer, type Call, decode, type Handler, relay } from "../call";
import { askCoordinator, kafkaCall } from "../forward";
import type { Gateway } from "../gateway";
import { routeToOwner } from "../routes";

async function toOwner(
  call: Call,
  gateway: Gateway,
  groupId: string,
  refuse: (error: KafkaErrorCode) => Uint8Array[],
): Promise<Answer> {
  const route = routeToOwner(gateway.image, GROUP_METADATA_TOPIC, groupId);
  if (route.error !== undefined) return refuse(route.error);
  const reply = await askCoordinator(call, gateway, route.ownerId, kafkaCall(call));
  return reply.error === undefined ? relay(call, reply.body) : refuse(reply.error);
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
