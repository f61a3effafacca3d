import { KafkaError, type KafkaErrorCode, type NodeId } from "@moldau/base";
import { type MetadataImage, record } from "@moldau/metadata";
import type { Decision } from "./decision";

/** Producer ids handed out at a time; what a node has not used when it dies is never used. Source: KIP-730. */
export const PRODUCER_ID_BLOCK = 1000;

export interface ProducerIdBlock {
  readonly errorCode: KafkaErrorCode;
  readonly firstProducerId: number;
  readonly count: number;
}

/** Reserves the next block. `nodeEpoch` -1: a gateway, which does not register. */
export function allocateProducerIds(
  image: MetadataImage,
  request: { nodeId: NodeId; nodeEpoch: number },
): Decision<ProducerIdBlock> {
  const { nodeId, nodeEpoch } = request;
  const refuse = (errorCode: KafkaErrorCode) => ({ records: [], reply: { errorCode, firstProducerId: -1, count: 0 } });
  if (nodeEpoch !== -1 && image.brokers.get(nodeId)?.epoch !== nodeEpoch) return refuse(KafkaError.STALE_BROKER_EPOCH);
  const first = image.producerIds.nextProducerId;
  const next = first + PRODUCER_ID_BLOCK;
  if (!Number.isSafeInteger(next)) return refuse(KafkaError.UNKNOWN_SERVER_ERROR);
  return {
    records: [record("ProducerIdsRecord", { brokerId: nodeId, brokerEpoch: nodeEpoch, nextProducerId: next })],
    reply: { errorCode: KafkaError.NONE, firstProducerId: first, count: PRODUCER_ID_BLOCK },
  };
}
