/**
 * ListGroups, versions 0–5: the groups of the shards that this node owns. While one of them loads nobody can tell, so the
 * whole answer is the error. v4 filters by state (KIP-518), v5 by type (KIP-848).
 */
import { KafkaError } from "@moldau/base";
import type { ListedGroup } from "@moldau/groups";
import { readListGroupsRequest, writeListGroupsResponse } from "@moldau/protocol";
import { type ApiHandler, decode, encode, NONE } from "./api";

export const listGroups: ApiHandler = async (call, { shards }, signal) => {
  const { statesFilter, typesFilter } = decode(call, readListGroupsRequest);
  const answers = await shards.askAll("list", { states: statesFilter, types: typesFilter }, signal);
  const groups: ListedGroup[] = [];
  for (const answer of answers) {
    if ("reply" in answer) groups.push(...answer.reply);
    // Moved away while we asked: its new owner lists it.
    else if (answer.refused !== KafkaError.NOT_COORDINATOR) {
      return encode(call, writeListGroupsResponse, { errorCode: answer.refused, groups: [] });
    }
  }
  return encode(call, writeListGroupsResponse, { errorCode: NONE, groups });
};
