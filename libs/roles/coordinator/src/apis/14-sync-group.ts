/** SyncGroup, versions 0–5: waits for the leader's assignment and its record. */
import { readSyncGroupRequest, writeSyncGroupResponse } from "@moldau/protocol";
import { type ApiHandler, decode, encode } from "./api";

export const syncGroup: ApiHandler = async (call, { shards }, signal) => {
  const body = decode(call, readSyncGroupRequest);
  const answer = await shards.ask(body.groupId, "sync", { body }, signal);
  return encode(call, writeSyncGroupResponse, "refused" in answer ? { errorCode: answer.refused } : answer.reply);
};
