/** Heartbeat, versions 0–4. */
import { readHeartbeatRequest, writeHeartbeatResponse } from "@moldau/protocol";
import { type ApiHandler, decode, encode } from "./api";

export const heartbeat: ApiHandler = async (call, { shards }, signal) => {
  const body = decode(call, readHeartbeatRequest);
  const answer = await shards.ask(body.groupId, "heartbeat", { body }, signal);
  return encode(call, writeHeartbeatResponse, "refused" in answer ? { errorCode: answer.refused } : answer.reply);
};
