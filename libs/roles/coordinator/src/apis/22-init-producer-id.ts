/** InitProducerId, versions 0–5, with a transactional id; without one there is nothing to coordinate. KIPs: 98, 360. */
import { readInitProducerIdRequest, writeInitProducerIdResponse } from "@moldau/protocol";
import { type ApiHandler, callerOf, decode, encode } from "./api";

export const initProducerId: ApiHandler = async (call, { transactions }, signal) => {
  const body = decode(call, readInitProducerIdRequest);
  const ask = { caller: callerOf(call), body };
  const answer = await transactions.askWithProducerId(body.transactionalId ?? "", "initProducerId", ask, signal);
  const reply = "refused" in answer ? { errorCode: answer.refused, producerId: -1, producerEpoch: -1 } : answer.reply;
  return encode(call, writeInitProducerIdResponse, reply);
};
