/**
 * DescribeGroups, versions 0–6. A group that does not exist is "Dead", from v6 on GROUP_ID_NOT_FOUND (KIP-1043).
 * v3 authorized operations (KIP-430). Who asks for them is told the last rebalances too, see `RebalanceSummary`.
 */
import { KafkaError } from "@moldau/base";
import type { DescribedGroup } from "@moldau/groups";
import {
  readDescribeGroupsRequest,
  rebalancesTag,
  type TaggedField,
  wantsRebalances,
  writeDescribeGroupsResponse,
} from "@moldau/protocol";
import { ALL_GROUP_OPERATIONS, type ApiHandler, decode, encode, NO_OPERATIONS, NONE } from "./api";

export const describeGroups: ApiHandler = async (call, { shards, rebalances }, signal) => {
  const body = decode(call, readDescribeGroupsRequest);
  const tags = (groupId: string): TaggedField[] =>
    wantsRebalances(body.unknownTags) ? [rebalancesTag(rebalances.of(groupId))] : [];
  const groups = await Promise.all(
    body.groups.map(async (groupId): Promise<DescribedGroup> => {
      const answer = await shards.ask(groupId, "describe", { groupId }, signal);
      if ("refused" in answer) return { groupId, errorCode: answer.refused };
      const authorizedOperations = body.includeAuthorizedOperations ? ALL_GROUP_OPERATIONS : NO_OPERATIONS;
      if (answer.reply !== undefined) {
        return { ...answer.reply, authorizedOperations, unknownTags: tags(groupId) };
      }
      const dead = { groupId, groupState: "Dead" };
      if (call.apiVersion < 6) return { ...dead, authorizedOperations, errorCode: NONE };
      return { ...dead, errorCode: KafkaError.GROUP_ID_NOT_FOUND, errorMessage: `Group ${groupId} not found.` };
    }),
  );
  return encode(call, writeDescribeGroupsResponse, { groups });
};
