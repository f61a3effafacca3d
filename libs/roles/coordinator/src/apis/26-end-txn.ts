/**
 * EndTxn, versions 0–5: answered when the decision is in the log; the markers follow. From v5 on the producer goes on with the
 * epoch in the answer (KIP-890).
 */
import { readEndTxnRequest, writeEndTxnResponse } from "@moldau/protocol";
import { type ApiHandler, callerOf, decode, encode } from "./api";

export const endTxn: ApiHandler = async (call, { transactions }, signal) => {
  const body = decode(call, readEndTxnRequest);
  const ask = { caller: callerOf(call), body };
  const answer = await transactions.askWithProducerId(body.transactionalId, "endTxn", ask, signal);
  const reply = "refused" in answer ? { errorCode: answer.refused, producerId: -1, producerEpoch: -1 } : answer.reply;
  return encode(call, writeEndTxnResponse, reply);
};
