/**
 * ConsumerGroupDescribe, versions 0–1 (KIP-848). v1 member types (KIP-1099). Who asks for them is told the last rebalances too,
 * see `RebalanceSummary`.
 */
import { KafkaError } from "@moldau/base";
import type { DescribedConsumerGroup } from "@moldau/groups";
import {
  readConsumerGroupDescribeRequest,
  rebalancesTag,
  wantsRebalances,
  writeConsumerGroupDescribeResponse,
} from "@moldau/protocol";
import { ALL_GROUP_OPERATIONS, type ApiHandler, decode, encode, NO_OPERATIONS } from "./api";

export const consumerGroupDescribe: ApiHandler = async (call, { shards, rebalances, servesConsumerGroups }, signal) => {
  const body = decode(call, readConsumerGroupDescribeRequest);
  const authorizedOperations = body.includeAuthorizedOperations ? ALL_GROUP_OPERATIONS : NO_OPERATIONS;
  const groups = await Promise.all(
    body.groupIds.map(async (groupId): Promise<DescribedConsumerGroup> => {
      if (!servesConsumerGroups()) return { groupId, errorCode: KafkaError.UNSUPPORTED_VERSION };
      const answer = await shards.ask(groupId, "consumerDescribe", { groupId }, signal);
      if ("refused" in answer) return { groupId, errorCode: answer.refused };
      if (answer.reply === undefined) {
        const errorMessage = `Group ${groupId} not found.`;
        return { groupId, errorCode: KafkaError.GROUP_ID_NOT_FOUND, errorMessage };
      }
      const unknownTags = wantsRebalances(body.unknownTags) ? [rebalancesTag(rebalances.of(groupId))] : [];
      return { ...answer.reply, authorizedOperations, unknownTags };
    }),
  );
  return encode(call, writeConsumerGroupDescribeResponse, { groups });
};
