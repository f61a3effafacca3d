/** DescribeTransactions, version 0: each transactional id is described by the owner of its shard. KIP-664. */
import { TRANSACTION_STATE_TOPIC } from "@moldau/metadata";
import {
  readDescribeTransactionsRequest,
  readDescribeTransactionsResponse,
  writeDescribeTransactionsRequest,
  writeDescribeTransactionsResponse,
} from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import type { Gateway } from "../gateway";
import { perOwner } from "../per-owner";

export async function describeTransactions(call: Call, gateway: Gateway): Promise<Answer> {
  const { transactionalIds } = decode(call, readDescribeTransactionsRequest);
  const transactionStates = await perOwner(
    call,
    gateway,
    TRANSACTION_STATE_TOPIC,
    transactionalIds,
    (id: string) => id,
    {
      write: (writer, wanted, version) =>
        writeDescribeTransactionsRequest(writer, { transactionalIds: wanted }, version),
      read: (reader, version) => readDescribeTransactionsResponse(reader, version).transactionStates,
      refused: (transactionalId, errorCode) => ({
        errorCode,
        transactionalId,
        transactionState: "",
        transactionTimeoutMs: 0,
        transactionStartTimeMs: -1,
        producerId: -1,
        producerEpoch: 0,
        topics: [],
      }),
      keyOf: (result) => result.transactionalId,
    },
  );
  return answer(call, writeDescribeTransactionsResponse, { transactionStates });
}
