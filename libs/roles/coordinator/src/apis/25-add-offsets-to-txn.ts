/** AddOffsetsToTxn, versions 0–4: the partition with the group's offsets becomes part of the transaction. KIP-98. */
import { KafkaError, shardOf } from "@moldau/base";
import { GROUP_METADATA_TOPIC } from "@moldau/metadata";
import { readAddOffsetsToTxnRequest, writeAddOffsetsToTxnResponse } from "@moldau/protocol";
import { type ApiHandler, callerOf, decode, encode } from "./api";

export const addOffsetsToTxn: ApiHandler = async (call, { transactions, image }, signal) => {
  const body = decode(call, readAddOffsetsToTxnRequest);
  const shardCount = image().topicsByName.get(GROUP_METADATA_TOPIC)?.partitions.length ?? 0;
  if (shardCount === 0) {
    // Made when somebody first looks for a group's coordinator, which this client has to do anyway.
    return encode(call, writeAddOffsetsToTxnResponse, { errorCode: KafkaError.COORDINATOR_NOT_AVAILABLE });
  }
  const ask = { caller: callerOf(call), body, offsetsPartition: shardOf(body.groupId, shardCount) };
  const answer = await transactions.shards.ask(body.transactionalId, "addOffsets", ask, signal);
  const reply = "refused" in answer ? { errorCode: answer.refused } : answer.reply;
  return encode(call, writeAddOffsetsToTxnResponse, reply);
};
