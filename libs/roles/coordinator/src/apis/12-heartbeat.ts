/**
 * Heartbeat, versions 0–4. While the shard loads, a heartbeat is answered as if all were well: sessions do not run yet, and a
 * client would take the error for a fatal one. Source: GroupCoordinatorService.heartbeat.
 */
import { KafkaError } from "@moldau/base";
import { readHeartbeatRequest, writeHeartbeatResponse } from "@moldau/protocol";
import { type ApiHandler, decode, encode, NONE } from "./api";

export const heartbeat: ApiHandler = async (call, { shards }, signal) => {
  const body = decode(call, readHeartbeatRequest);
  const answer = await shards.ask(body.groupId, "heartbeat", { body }, signal);
  if (!("refused" in answer)) return encode(call, writeHeartbeatResponse, answer.reply);
  const loading = answer.refused === KafkaError.COORDINATOR_LOAD_IN_PROGRESS;
  return encode(call, writeHeartbeatResponse, { errorCode: loading ? NONE : answer.refused });
};
