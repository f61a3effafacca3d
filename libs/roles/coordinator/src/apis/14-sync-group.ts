/**
 * SyncGroup, versions 0–5: waits for the leader's assignment and its record. v5 must name the protocol (KIP-559). While the
 * shard loads, the rebalance that the member is in is lost: it is sent back to JoinGroup, where waiting is expected.
 * Source: KafkaApis.handleSyncGroupRequest, GroupCoordinator.handleSyncGroup (for a loading shard).
 */
import { KafkaError } from "@moldau/base";
import { readSyncGroupRequest, writeSyncGroupResponse } from "@moldau/protocol";
import { type ApiHandler, decode, encode } from "./api";

const NAMES_PROTOCOL_SINCE_VERSION = 5;

export const syncGroup: ApiHandler = async (call, { shards }, signal) => {
  const body = decode(call, readSyncGroupRequest);
  if (call.apiVersion >= NAMES_PROTOCOL_SINCE_VERSION && (body.protocolType === null || body.protocolName === null)) {
    return encode(call, writeSyncGroupResponse, { errorCode: KafkaError.INCONSISTENT_GROUP_PROTOCOL });
  }
  const answer = await shards.ask(body.groupId, "sync", { body }, signal);
  if (!("refused" in answer)) return encode(call, writeSyncGroupResponse, answer.reply);
  const loading = answer.refused === KafkaError.COORDINATOR_LOAD_IN_PROGRESS;
  return encode(call, writeSyncGroupResponse, {
    errorCode: loading ? KafkaError.REBALANCE_IN_PROGRESS : answer.refused,
  });
};
