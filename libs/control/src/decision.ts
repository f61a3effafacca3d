import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { MetadataRecord } from "@moldau/metadata";

/**
 * What a decision comes to: records that take effect together once they are committed, and the reply to give then.
 * Without records the reply may be given at once (as far as the state it was read from is committed).
 */
export interface Decision<R> {
  readonly records: readonly MetadataRecord[];
  readonly reply: R;
}

/** A Kafka error with a message for a person; `NONE` with null is success. */
export interface ApiError {
  readonly errorCode: KafkaErrorCode;
  readonly errorMessage: string | null;
}

export const noError: ApiError = { errorCode: KafkaError.NONE, errorMessage: null };

export function apiError(errorCode: KafkaErrorCode, errorMessage: string): ApiError {
  return { errorCode, errorMessage };
}

/** The error of a change that a client's quota on changes does not admit now. Source: KIP-599. */
export const quotaExceeded: ApiError = {
  errorCode: KafkaError.THROTTLING_QUOTA_EXCEEDED,
  errorMessage: "The throttling quota has been exceeded.",
};

/** Whether the client's quota admits that so many partitions are created or deleted; counts them if so. */
export type AdmitPartitions = (partitions: number) => boolean;

/** More records than one request may cause; keeps an entry of the metadata log small. Source: Kafka's MAX_RECORDS_PER_USER_OP. */
export const RECORDS_PER_REQUEST_MAX = 10_000;
