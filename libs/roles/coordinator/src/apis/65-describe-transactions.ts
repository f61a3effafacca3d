/** DescribeTransactions, version 0. KIP-664. */
import type { DescribedTransaction } from "@moldau/transactions";
import { readDescribeTransactionsRequest, writeDescribeTransactionsResponse } from "@moldau/protocol";
import { type ApiHandler, decode, encode } from "./api";

export const describeTransactions: ApiHandler = async (call, { transactions }, signal) => {
  const { transactionalIds } = decode(call, readDescribeTransactionsRequest);
  const transactionStates = await Promise.all(
    transactionalIds.map(async (transactionalId): Promise<DescribedTransaction> => {
      const answer = await transactions.shards.ask(transactionalId, "describe", { transactionalId }, signal);
      return "refused" in answer ? { transactionalId, errorCode: answer.refused } : answer.reply;
    }),
  );
  return encode(call, writeDescribeTransactionsResponse, { transactionStates });
};
