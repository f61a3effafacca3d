import { type ConsumerRecord, isConsumerRecord, sizeOfConsumerRecord } from "./consumer/consumer-record";

/** What a shard of `__consumer_offsets` holds, as values. `null` is the tombstone. */
export type GroupRecord =
  | {
      readonly kind: "offset";
      readonly groupId: string;
      readonly topic: string;
      readonly partition: number;
      readonly value: CommittedOffset | null;
      /** Set where the offset counts only once this producer's transaction is committed. */
      readonly transaction?: TransactionRef;
    }
  | TransactionMarkerRecord
  | ConsumerRecord
  | { readonly kind: "group"; readonly groupId: string; readonly value: GroupMetadata | null };

/** The producer of a transaction, as its batches in the log say. */
export interface TransactionRef {
  readonly producerId: number;
  readonly producerEpoch: number;
}

/**
 * The end of a producer's transaction in this shard: its pending offsets count from here on, or are void. In the log it is a
 * control batch of its own, as in any partition.
 */
export interface TransactionMarkerRecord extends TransactionRef {
  readonly kind: "marker";
  /** Epoch of the transaction coordinator that decided. */
  readonly coordinatorEpoch: number;
  readonly commit: boolean;
}

/** Value of an offset commit. Source: OffsetCommitValue.json. */
export interface CommittedOffset {
  readonly offset: number;
  /** Leader epoch of the last consumed record, -1 unknown (KIP-320). */
  readonly leaderEpoch: number;
  /** The client's own words; they come back unchanged. */
  readonly metadata: string;
  readonly commitTimestampMs: number;
  /** Only from requests of version 2 to 4 that name a retention; -1 otherwise. */
  readonly expireTimestampMs: number;
}

/** Value of a classic group's metadata. Source: GroupMetadataValue.json. */
export interface GroupMetadata {
  /** Empty where the group has never had a member. */
  readonly protocolType: string;
  readonly generation: number;
  readonly protocol: string | null;
  readonly leader: string | null;
  /** When the group reached its state, -1 in records of before version 2. */
  readonly currentStateTimestampMs: number;
  readonly members: readonly GroupMetadataMember[];
}

export interface GroupMetadataMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeoutMs: number;
  readonly sessionTimeoutMs: number;
  /** The member's metadata for the group's protocol; opaque. */
  readonly subscription: Uint8Array;
  readonly assignment: Uint8Array;
}

/**
 * Which records may share a batch: those with equal keys. One producer's transactional offsets are a transactional batch of
 * its own; a marker is a control batch of one record, and one that is written twice in a row is the same marker.
 */
export function batchKeyOf(record: GroupRecord): string | undefined {
  if (record.kind === "marker") {
    return `m${record.producerId}:${record.producerEpoch}:${record.coordinatorEpoch}:${record.commit}`;
  }
  if (record.kind !== "offset" || record.transaction === undefined) return undefined;
  return `p${record.transaction.producerId}:${record.transaction.producerEpoch}`;
}

/** Bytes that a record takes in the log, roughly (strings counted as one byte a unit). */
export function sizeOfGroupRecord(record: GroupRecord): number {
  if (record.kind === "marker") return 78;
  if (isConsumerRecord(record)) return sizeOfConsumerRecord(record);
  const key = 24 + record.groupId.length;
  if (record.kind === "offset") return key + record.topic.length + (record.value?.metadata.length ?? 0) + 40;
  let size = key + 64;
  for (const member of record.value?.members ?? []) {
    size += member.memberId.length + member.clientId.length + member.clientHost.length;
    size += (member.groupInstanceId?.length ?? 0) + member.subscription.length + member.assignment.length + 24;
  }
  return size;
}
