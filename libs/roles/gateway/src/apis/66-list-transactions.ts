/**
 * ListTransactions, versions 0–2: the transactions of the shards that the asked node owns, as with ListGroups.
 * KIPs: 664, 994 (duration filter, v1), 1152 (pattern of transactional ids, v2).
 */
import { KafkaError } from "@moldau/base";
import { Reader, readListTransactionsResponse, writeListTransactionsResponse } from "@moldau/protocol";
import { type Answer, answer, type Call } from "../call";
import { coordinatorsBehind } from "../coordinators-behind";
import { askCoordinator, kafkaCall } from "../forward";
import type { Gateway } from "../gateway";

export async function listTransactions(call: Call, gateway: Gateway): Promise<Answer> {
  const owners = coordinatorsBehind(call, gateway);
  const replies = await Promise.all(owners.map((ownerId) => askCoordinator(call, gateway, ownerId, kafkaCall(call))));
  let errorCode: number = KafkaError.NONE;
  const unknownStateFilters = new Set<string>();
  const transactionStates = replies.flatMap((reply) => {
    if (reply.error !== undefined) {
      errorCode = reply.error;
      return [];
    }
    const answered = readListTransactionsResponse(new Reader(reply.body), call.version);
    if (answered.errorCode !== 0) errorCode = answered.errorCode;
    for (const filter of answered.unknownStateFilters) unknownStateFilters.add(filter);
    return answered.transactionStates;
  });
  return answer(call, writeListTransactionsResponse, {
    errorCode,
    unknownStateFilters: [...unknownStateFilters],
    transactionStates,
  });
}
