/** AddOffsetsToTxn, versions 0–4: the partition with the group's offsets becomes part of the transaction. KIP-98. */
import { shardOf } from "@moldau/base";
import { GROUP_METADATA_TOPIC } from "@moldau/metadata";
import { readAddOffsetsToTxnRequest, writeAddOffsetsToTxnResponse } from "@moldau/protocol";
import { type ApiHandler, callerOf, decode, encode } from "./api";

export const addOffsetsToTxn: ApiHandler = async (call, { transactions, image, groupShards }, signal) => {
  const body = decode(call, readAddOffsetsToTxnRequest);
  // Made when somebody first looks for a group's coordinator, which this client does next.
  const shardCount = image().topicsByName.get(GROUP_METADATA_TOPIC)?.partitions.length ?? groupShards;
  const ask = { caller: callerOf(call), body, offsetsPartition: shardOf(body.groupId, shardCount) };
  const answer = await transactions.shards.ask(body.transactionalId, "addOffsets", ask, signal);
  const reply = "refused" in answer ? { errorCode: answer.refused } : answer.reply;
  return encode(call, writeAddOffsetsToTxnResponse, reply);
};
