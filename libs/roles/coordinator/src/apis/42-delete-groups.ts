/** DeleteGroups, versions 0–2 (KIP-229). */
import { readDeleteGroupsRequest, writeDeleteGroupsResponse } from "@moldau/protocol";
import { type ApiHandler, decode, encode } from "./api";

export const deleteGroups: ApiHandler = async (call, { shards }, signal) => {
  const { groupsNames } = decode(call, readDeleteGroupsRequest);
  const results = await Promise.all(
    groupsNames.map(async (groupId) => {
      const answer = await shards.ask(groupId, "deleteGroup", { groupId }, signal);
      return { groupId, errorCode: "refused" in answer ? answer.refused : answer.reply };
    }),
  );
  return encode(call, writeDeleteGroupsResponse, { results });
};
