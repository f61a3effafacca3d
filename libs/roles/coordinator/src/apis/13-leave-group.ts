/** LeaveGroup, versions 0–5. */
import { readLeaveGroupRequest, writeLeaveGroupResponse } from "@moldau/protocol";
import { type ApiHandler, callerOf, decode, encode } from "./api";

export const leaveGroup: ApiHandler = async (call, { shards }, signal) => {
  const body = decode(call, readLeaveGroupRequest);
  const answer = await shards.ask(body.groupId, "leave", { caller: callerOf(call), body }, signal);
  return encode(call, writeLeaveGroupResponse, "refused" in answer ? { errorCode: answer.refused } : answer.reply);
};
