/**
 * Requests of one transactional producer: AddPartitionsToTxn up to v3 (24), AddOffsetsToTxn (25), EndTxn (26). The owner of the
 * transactional id's shard answers in the client's version. KIPs: 98, 360, 588, 890.
 */
import type { KafkaErrorCode } from "@moldau/base";
import { TRANSACTION_STATE_TOPIC } from "@moldau/metadata";
import {
  type AddPartitionsToTxnRequest,
  readAddOffsetsToTxnRequest,
  readAddPartitionsToTxnRequest,
  readAddPartitionsToTxnResponse,
  readEndTxnRequest,
  writeAddOffsetsToTxnResponse,
  writeAddPartitionsToTxnRequest,
  writeAddPartitionsToTxnResponse,
  writeEndTxnResponse,
} from "@moldau/protocol";
import { type Answer, answer, type Call, decode, type Handler } from "../call";
import { relayToOwner } from "../forward";
import type { Gateway } from "../gateway";
import { perOwner } from "../per-owner";

/** From here on brokers ask about many transactions at once. */
const batchVersion = 4;

type Transaction = AddPartitionsToTxnRequest["transactions"][number];

export async function addPartitionsToTxn(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readAddPartitionsToTxnRequest);
  if (call.version < batchVersion) {
    const shard = { shardTopic: TRANSACTION_STATE_TOPIC, id: request.v3AndBelowTransactionalId };
    return relayToOwner(call, gateway, shard, (errorCode) =>
      answer(call, writeAddPartitionsToTxnResponse, {
        resultsByTopicV3AndBelow: topicResults(request.v3AndBelowTopics, errorCode),
      }),
    );
  }
  const resultsByTransaction = await perOwner(
    call,
    gateway,
    TRANSACTION_STATE_TOPIC,
    request.transactions,
    (transaction: Transaction) => transaction.transactionalId,
    {
      write: (writer, transactions, version) => writeAddPartitionsToTxnRequest(writer, { transactions }, version),
      read: (reader, version) => readAddPartitionsToTxnResponse(reader, version).resultsByTransaction,
      refused: ({ transactionalId, topics }, errorCode) => ({
        transactionalId,
        topicResults: topicResults(topics, errorCode),
      }),
      keyOf: (result) => result.transactionalId,
    },
  );
  return answer(call, writeAddPartitionsToTxnResponse, { resultsByTransaction });
}

function topicResults(topics: Transaction["topics"], partitionErrorCode: KafkaErrorCode) {
  return topics.map(({ name, partitions }) => ({
    name,
    resultsByPartition: partitions.map((partitionIndex) => ({ partitionIndex, partitionErrorCode })),
  }));
}

export const addOffsetsToTxn: Handler = (call, gateway) => {
  const { transactionalId } = decode(call, readAddOffsetsToTxnRequest);
  return relayToOwner(call, gateway, { shardTopic: TRANSACTION_STATE_TOPIC, id: transactionalId }, (errorCode) =>
    answer(call, writeAddOffsetsToTxnResponse, { errorCode }),
  );
};

export const endTxn: Handler = (call, gateway) => {
  const { transactionalId } = decode(call, readEndTxnRequest);
  return relayToOwner(call, gateway, { shardTopic: TRANSACTION_STATE_TOPIC, id: transactionalId }, (errorCode) =>
    answer(call, writeEndTxnResponse, { errorCode }),
  );
};
