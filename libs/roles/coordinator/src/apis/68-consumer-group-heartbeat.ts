/** ConsumerGroupHeartbeat, versions 0–1 (KIP-848). v1 member ids made by clients (KIP-1082), regular expressions. */
import { KafkaError, randomUuid } from "@moldau/base";
import { readConsumerGroupHeartbeatRequest, writeConsumerGroupHeartbeatResponse } from "@moldau/protocol";
import { type ApiHandler, callerOf, decode, encode } from "./api";

export const consumerGroupHeartbeat: ApiHandler = async (call, { shards, random, servesConsumerGroups }, signal) => {
  const body = decode(call, readConsumerGroupHeartbeatRequest);
  if (!servesConsumerGroups()) {
    return encode(call, writeConsumerGroupHeartbeatResponse, { errorCode: KafkaError.UNSUPPORTED_VERSION });
  }
  const ask = { caller: callerOf(call), body, newMemberId: randomUuid(random) };
  const answer = await shards.ask(body.groupId, "consumerHeartbeat", ask, signal);
  const reply = "refused" in answer ? { errorCode: answer.refused } : answer.reply;
  return encode(call, writeConsumerGroupHeartbeatResponse, reply);
};
