import { KafkaError } from "@moldau/base";

/** Bytes that are no record batch, or one whose inside contradicts its header. On the wire: CORRUPT_MESSAGE. */
export class CorruptBatchError extends Error {
  override name = "CorruptBatchError";
  readonly code = KafkaError.CORRUPT_MESSAGE;
}
