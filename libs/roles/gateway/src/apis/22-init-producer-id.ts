/**
 * InitProducerId, versions 0–5. For idempotent producers: an id that nobody else has, epoch 0. With a transactional id the
 * owner of its shard answers.
 * KIPs: 98, 360, 890.
 */
import { KafkaError } from "@moldau/base";
import { TRANSACTION_STATE_TOPIC } from "@moldau/metadata";
import { readInitProducerIdRequest, writeInitProducerIdResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import { relayToOwner } from "../forward";
import type { Gateway } from "../gateway";

export async function initProducerId(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readInitProducerIdRequest);
  if (request.transactionalId !== null) {
    const shard = { shardTopic: TRANSACTION_STATE_TOPIC, id: request.transactionalId };
    return relayToOwner(call, gateway, shard, (errorCode) =>
      answer(call, writeInitProducerIdResponse, { errorCode, producerId: -1, producerEpoch: -1 }),
    );
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
