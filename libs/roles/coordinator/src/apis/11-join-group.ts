/** JoinGroup, versions 0–9: waits for the other members, for as long as their rebalance timeouts allow. */
import { randomUuid, type Uuid } from "@moldau/base";
import { type Draft, type JoinGroupResponse, readJoinGroupRequest, writeJoinGroupResponse } from "@moldau/protocol";
import { type ApiHandler, callerOf, decode, encode } from "./api";

const nullNameSince = 7;

export const joinGroup: ApiHandler = async (call, { shards, random }, signal) => {
  const body = decode(call, readJoinGroupRequest);
  const newMemberId = `${body.groupInstanceId ?? call.clientId}-${hyphenated(randomUuid(random))}`;
  const answer = await shards.ask(body.groupId, "join", { caller: callerOf(call), body, newMemberId }, signal);
  const reply: Draft<JoinGroupResponse> =
    "refused" in answer ? { errorCode: answer.refused, generationId: -1, memberId: body.memberId } : answer.reply;
  return encode(call, writeJoinGroupResponse, {
    ...reply,
    protocolName: reply.protocolName ?? noName(call.apiVersion),
  });
};

/** Who is refused is told no protocol: null where a version has it. */
const noName = (version: number) => (version >= nullNameSince ? null : "");

/** As Java's UUID prints: people and tools know member ids by that look. */
function hyphenated(id: Uuid): string {
  return Buffer.from(id, "base64url")
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
