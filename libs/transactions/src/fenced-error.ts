import { KafkaError, type KafkaErrorCode } from "@moldau/base";

/** First versions whose clients know PRODUCER_FENCED (KIP-588); below, they are told INVALID_PRODUCER_EPOCH. */
const FENCED_SINCE = { initProducerId: 4, addPartitions: 2, addOffsets: 2, endTxn: 2 } as const;

export function inWordsOf(
  api: keyof typeof FENCED_SINCE,
  apiVersion: number,
  errorCode: KafkaErrorCode,
): KafkaErrorCode {
  if (errorCode !== KafkaError.PRODUCER_FENCED || apiVersion >= FENCED_SINCE[api]) return errorCode;
  return KafkaError.INVALID_PRODUCER_EPOCH;
}
