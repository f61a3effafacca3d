/**
 * InitProducerId, versions 0–5, for idempotent producers: an id that nobody else has, epoch 0. With a transactional id
 * it is the transaction coordinator's business, which is not served yet.
 * KIPs: 98, 360.
 */
import { KafkaError } from "@moldau/base";
import { readInitProducerIdRequest, writeInitProducerIdResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import type { Gateway } from "../gateway";

export async function initProducerId(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readInitProducerIdRequest);
  if (request.transactionalId !== null) {
    return answer(call, writeInitProducerIdResponse, {
      errorCode: KafkaError.INVALID_REQUEST,
      producerId: -1,
      producerEpoch: -1,
    });
  }
  try {
    return answer(call, writeInitProducerIdResponse, {
      errorCode: 0,
      producerId: await gateway.producerIds.take(),
      producerEpoch: 0,
    });
  } catch (error) {
    gateway.context.telemetry.log.warn({ err: error }, "no producer id: the controller did not give a block");
    return answer(call, writeInitProducerIdResponse, {
      errorCode: KafkaError.COORDINATOR_NOT_AVAILABLE,
      producerId: -1,
      producerEpoch: -1,
    });
  }
}
