/** JoinGroup, versions 0–9: waits for the other members, for as long as their rebalance timeouts allow. */
import { randomUUID } from "node:crypto";
import { readJoinGroupRequest, writeJoinGroupResponse } from "@moldau/protocol";
import { type ApiHandler, callerOf, decode, encode } from "./api";

export const joinGroup: ApiHandler = async (call, { shards }, signal) => {
  const body = decode(call, readJoinGroupRequest);
  const newMemberId = `${body.groupInstanceId ?? call.clientId}-${randomUUID()}`;
  const answer = await shards.ask(body.groupId, "join", { caller: callerOf(call), body, newMemberId }, signal);
  const reply =
    "refused" in answer ? { errorCode: answer.refused, generationId: -1, memberId: body.memberId } : answer.reply;
  return encode(call, writeJoinGroupResponse, reply);
};
