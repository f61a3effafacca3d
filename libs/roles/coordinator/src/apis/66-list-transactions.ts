/**
 * ListTransactions, versions 0–2: the transactions of the shards that this node owns. While one of them loads nobody can tell,
 * so the whole answer is the error. v1 filters by duration (KIP-994), v2 by a pattern of transactional ids (KIP-1152).
 */
import { KafkaError } from "@moldau/base";
import {
  type Draft,
  type ListTransactionsResponse,
  readListTransactionsRequest,
  writeListTransactionsResponse,
} from "@moldau/protocol";
import { compileClientPattern } from "../client-pattern";
import { type ApiHandler, decode, encode, NONE } from "./api";

type Listed = NonNullable<Draft<ListTransactionsResponse>["transactionStates"]>[number];

export const listTransactions: ApiHandler = async (call, { transactions }, signal) => {
  const body = decode(call, readListTransactionsRequest);
  const source = body.transactionalIdPattern ?? "";
  const pattern = source === "" ? undefined : compileClientPattern(source);
  if (source !== "" && pattern === undefined) {
    return encode(call, writeListTransactionsResponse, { errorCode: KafkaError.INVALID_REGULAR_EXPRESSION });
  }
  const matches = pattern && ((transactionalId: string) => pattern.matches(transactionalId));
  const answers = await transactions.shards.askAll("list", { body, matches }, signal);
  const transactionStates: Listed[] = [];
  const unknownStateFilters = new Set<string>();
  for (const answer of answers) {
    if ("refused" in answer) {
      // Moved away while we asked: its new owner lists it.
      if (answer.refused === KafkaError.NOT_COORDINATOR) continue;
      return encode(call, writeListTransactionsResponse, { errorCode: answer.refused });
    }
    const { errorCode = NONE, transactionStates: states = [], unknownStateFilters: unknown = [] } = answer.reply;
    if (errorCode !== NONE) return encode(call, writeListTransactionsResponse, { errorCode });
    transactionStates.push(...states);
    for (const filter of unknown) unknownStateFilters.add(filter);
  }
  return encode(call, writeListTransactionsResponse, {
    errorCode: NONE,
    unknownStateFilters: [...unknownStateFilters],
    transactionStates,
  });
};
