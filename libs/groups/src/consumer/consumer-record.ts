import type { Uuid } from "@moldau/base";
import type { Assignment } from "./assignment";
import { countPartitions } from "./assignment";
import type { MemberFacts, MemberProgress } from "./consumer-member";

/** A topic that a group subscribes to, as the group last saw it. */
export interface SubscribedTopic {
  readonly id: Uuid;
  readonly partitionCount: number;
}

/** Topics that a regular expression matched. */
export interface ResolvedExpression {
  /** Sorted. */
  readonly topics: readonly string[];
  /** `ClusterView.topicsVersion` at which it was resolved. */
  readonly version: number;
  readonly timestampMs: number;
}

/**
 * What a shard of `__consumer_offsets` holds about groups of the consumer protocol (KIP-848), as values. `null` is the
 * tombstone. Source: ConsumerGroup*Key.json and ConsumerGroup*Value.json of Kafka's group coordinator.
 */
export type ConsumerRecord =
  /** The group itself, its epoch, and a hash of the racks that it was raised for (KIP-1101). */
  | {
      readonly kind: "consumer group";
      readonly groupId: string;
      readonly value: { readonly epoch: number; readonly racksHash: bigint } | null;
    }
  /** The topics the target assignment is made of. */
  | {
      readonly kind: "consumer topics";
      readonly groupId: string;
      readonly value: ReadonlyMap<string, SubscribedTopic> | null;
    }
  | {
      readonly kind: "consumer member";
      readonly groupId: string;
      readonly memberId: string;
      readonly value: MemberFacts | null;
    }
  /** Epoch of the group that the target assignment was made for. */
  | {
      readonly kind: "consumer target epoch";
      readonly groupId: string;
      readonly value: { readonly epoch: number } | null;
    }
  | {
      readonly kind: "consumer target";
      readonly groupId: string;
      readonly memberId: string;
      readonly value: Assignment | null;
    }
  | {
      readonly kind: "consumer current";
      readonly groupId: string;
      readonly memberId: string;
      readonly value: MemberProgress | null;
    }
  | {
      readonly kind: "consumer expression";
      readonly groupId: string;
      readonly expression: string;
      readonly value: ResolvedExpression | null;
    };

export function isConsumerRecord<R extends { readonly kind: string }>(record: R): record is Extract<R, ConsumerRecord> {
  return record.kind.startsWith("consumer ");
}

/** Bytes that a record takes in the log, roughly (strings counted as one byte a unit). */
export function sizeOfConsumerRecord(record: ConsumerRecord): number {
  const key = 24 + record.groupId.length;
  switch (record.kind) {
    case "consumer group":
    case "consumer target epoch":
      return key + 24;
    case "consumer topics": {
      let size = key + 8;
      for (const name of record.value?.keys() ?? []) size += 24 + name.length;
      return size;
    }
    case "consumer member":
      return key + record.memberId.length + sizeOfFacts(record.value);
    case "consumer target":
      return key + record.memberId.length + (record.value === null ? 0 : sizeOfAssignment(record.value));
    case "consumer current": {
      const size = key + record.memberId.length;
      if (record.value === null) return size;
      return size + 16 + sizeOfAssignment(record.value.assigned) + sizeOfAssignment(record.value.pendingRevocation);
    }
    case "consumer expression": {
      let size = key + record.expression.length + 24;
      for (const name of record.value?.topics ?? []) size += 2 + name.length;
      return size;
    }
  }
}

function sizeOfFacts(facts: MemberFacts | null): number {
  if (facts === null) return 0;
  let size = 32 + facts.clientId.length + facts.clientHost.length + facts.subscribedTopicRegex.length;
  size += (facts.instanceId?.length ?? 0) + (facts.rackId?.length ?? 0) + (facts.serverAssignor?.length ?? 0);
  for (const name of facts.subscribedTopicNames) size += 2 + name.length;
  for (const { name, metadata } of facts.classic?.protocols ?? []) size += 8 + name.length + metadata.length;
  return size;
}

function sizeOfAssignment(assignment: Assignment): number {
  return 4 + assignment.size * 20 + countPartitions(assignment) * 4;
}
