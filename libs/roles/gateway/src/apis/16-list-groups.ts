/**
 * ListGroups, versions 0–5. A client asks every node; a node answers for the shards it owns. Asked at a bootstrap port,
 * which stands for no node, the gateway answers for all coordinators.
 * KIPs: 518 (states filter, v4), 848 (types filter, v5).
 */
import { KafkaError } from "@moldau/base";
import { Reader, readListGroupsResponse, writeListGroupsResponse } from "@moldau/protocol";
import { type Answer, answer, type Call } from "../call";
import { coordinatorsBehind } from "../coordinators-behind";
import { askCoordinator, kafkaCall } from "../forward";
import type { Gateway } from "../gateway";

export async function listGroups(call: Call, gateway: Gateway): Promise<Answer> {
  const owners = coordinatorsBehind(call, gateway);
  const replies = await Promise.all(owners.map((ownerId) => askCoordinator(call, gateway, ownerId, kafkaCall(call))));
  let errorCode: number = KafkaError.NONE;
  const groups = replies.flatMap((reply) => {
    if (reply.error !== undefined) {
      errorCode = reply.error;
      return [];
    }
    const answered = readListGroupsResponse(new Reader(reply.body), call.version);
    if (answered.errorCode !== 0) errorCode = answered.errorCode;
    return answered.groups;
  });
  return answer(call, writeListGroupsResponse, { errorCode, groups });
}
