import { type CoordinatorRecord, type GroupRecords, groupRecords } from "@moldau/protocol";
import { copyBytes } from "../classic-member";
import { type Assignment, assignmentOf, NO_PARTITIONS, topicPartitionsOf } from "./assignment";
import { type MemberFacts, type MemberProgress, type MemberState, sortedNames } from "./consumer-member";
import type { ConsumerRecord, SubscribedTopic } from "./consumer-record";

/** Source: MemberState.java. */
const stateNumbers: Readonly<Record<MemberState, number>> = {
  Stable: 0,
  UnrevokedPartitions: 1,
  UnreleasedPartitions: 2,
  Unknown: 127,
};

/**
 * Key and value of a consumer group's record, as Kafka 4.0 writes them: topics with their partition counts are in a record
 * of their own and without racks (4.1 keeps a hash of them in the group's record instead, and reads both). That hash's field
 * has a hash of the racks alone, and is left out where no member names a rack; 4.0 skips it, 4.1 finds it different and
 * rebalances once.
 */
export function encodeConsumerRecord(record: ConsumerRecord): { key: Uint8Array; value: Uint8Array | null } {
  const { groupId } = record;
  switch (record.kind) {
    case "consumer group":
      return groupRecords.write(
        "ConsumerGroupMetadata",
        { groupId },
        record.value === null ? null : { epoch: record.value.epoch, metadataHash: record.value.racksHash },
      );
    case "consumer topics":
      return groupRecords.write(
        "ConsumerGroupPartitionMetadata",
        { groupId },
        record.value === null
          ? null
          : {
              topics: [...record.value].map(([topicName, { id, partitionCount }]) => ({
                topicId: id,
                topicName,
                numPartitions: partitionCount,
                partitionMetadata: [],
              })),
            },
      );
    case "consumer member":
      return groupRecords.write(
        "ConsumerGroupMemberMetadata",
        { groupId, memberId: record.memberId },
        record.value === null ? null : factsValue(record.value),
      );
    case "consumer target epoch":
      return groupRecords.write(
        "ConsumerGroupTargetAssignmentMetadata",
        { groupId },
        record.value === null ? null : { assignmentEpoch: record.value.epoch },
      );
    case "consumer target":
      return groupRecords.write(
        "ConsumerGroupTargetAssignmentMember",
        { groupId, memberId: record.memberId },
        record.value === null ? null : { topicPartitions: topicPartitionsOf(record.value) },
      );
    case "consumer current":
      return groupRecords.write(
        "ConsumerGroupCurrentMemberAssignment",
        { groupId, memberId: record.memberId },
        record.value === null ? null : progressValue(record.value),
      );
    case "consumer expression":
      return groupRecords.write(
        "ConsumerGroupRegularExpression",
        { groupId, regularExpression: record.expression },
        record.value === null
          ? null
          : { topics: [...record.value.topics], version: record.value.version, timestamp: record.value.timestampMs },
      );
  }
}

/** A record of a consumer group; undefined for every other kind. Copies what it keeps. */
export function decodeConsumerRecord(record: CoordinatorRecord<GroupRecords>): ConsumerRecord | undefined {
  switch (record.name) {
    case "ConsumerGroupMetadata":
      return {
        kind: "consumer group",
        groupId: record.key.groupId,
        value: record.value === null ? null : { epoch: record.value.epoch, racksHash: record.value.metadataHash },
      };
    case "ConsumerGroupPartitionMetadata":
      return {
        kind: "consumer topics",
        groupId: record.key.groupId,
        value:
          record.value === null
            ? null
            : new Map(
                record.value.topics.map(({ topicName, topicId, numPartitions }): [string, SubscribedTopic] => [
                  topicName,
                  { id: topicId, partitionCount: numPartitions },
                ]),
              ),
      };
    case "ConsumerGroupMemberMetadata":
      return { kind: "consumer member", ...record.key, value: record.value === null ? null : factsFrom(record.value) };
    case "ConsumerGroupTargetAssignmentMetadata":
      return {
        kind: "consumer target epoch",
        groupId: record.key.groupId,
        value: record.value === null ? null : { epoch: record.value.assignmentEpoch },
      };
    case "ConsumerGroupTargetAssignmentMember":
      return {
        kind: "consumer target",
        ...record.key,
        value: record.value === null ? null : assignmentOf(record.value.topicPartitions),
      };
    case "ConsumerGroupCurrentMemberAssignment":
      return {
        kind: "consumer current",
        ...record.key,
        value: record.value === null ? null : progressFrom(record.value),
      };
    case "ConsumerGroupRegularExpression": {
      const { groupId, regularExpression: expression } = record.key;
      if (record.value === null) return { kind: "consumer expression", groupId, expression, value: null };
      const { topics, version, timestamp } = record.value;
      const value = { topics: sortedNames(topics), version, timestampMs: timestamp };
      return { kind: "consumer expression", groupId, expression, value };
    }
    default:
      return undefined;
  }
}

type FactsValue = NonNullable<GroupRecords["ConsumerGroupMemberMetadata"]["value"]>;
type ProgressValue = NonNullable<GroupRecords["ConsumerGroupCurrentMemberAssignment"]["value"]>;

function factsValue(facts: MemberFacts): FactsValue {
  return {
    instanceId: facts.instanceId,
    rackId: facts.rackId,
    clientId: facts.clientId,
    clientHost: facts.clientHost,
    subscribedTopicNames: [...facts.subscribedTopicNames],
    subscribedTopicRegex: facts.subscribedTopicRegex,
    rebalanceTimeoutMs: facts.rebalanceTimeoutMs,
    serverAssignor: facts.serverAssignor,
    classicMemberMetadata:
      facts.classic === null
        ? null
        : {
            sessionTimeoutMs: facts.classic.sessionTimeoutMs,
            supportedProtocols: facts.classic.protocols.map(({ name, metadata }) => ({ name, metadata })),
          },
  };
}

function factsFrom(value: FactsValue): MemberFacts {
  const { classicMemberMetadata: classic } = value;
  return {
    instanceId: value.instanceId,
    rackId: value.rackId,
    clientId: value.clientId,
    clientHost: value.clientHost,
    subscribedTopicNames: sortedNames(value.subscribedTopicNames),
    subscribedTopicRegex: value.subscribedTopicRegex ?? "",
    rebalanceTimeoutMs: value.rebalanceTimeoutMs,
    serverAssignor: value.serverAssignor,
    classic:
      classic === null
        ? null
        : {
            sessionTimeoutMs: classic.sessionTimeoutMs,
            protocols: classic.supportedProtocols.map(({ name, metadata }) => ({
              name,
              metadata: copyBytes(metadata),
            })),
          },
  };
}

function progressValue(progress: MemberProgress): ProgressValue {
  const topics = (assignment: Assignment): ProgressValue["assignedPartitions"] =>
    topicPartitionsOf(assignment).map((topic) => ({ ...topic, assignmentEpochs: null }));
  return {
    memberEpoch: progress.memberEpoch,
    previousMemberEpoch: progress.previousMemberEpoch,
    state: stateNumbers[progress.state],
    assignedPartitions: topics(progress.assigned),
    partitionsPendingRevocation: topics(progress.pendingRevocation),
  };
}

function progressFrom(value: ProgressValue): MemberProgress {
  const states = Object.keys(stateNumbers) as MemberState[];
  const assignment = (topics: ProgressValue["assignedPartitions"]): Assignment =>
    topics.length === 0 ? NO_PARTITIONS : assignmentOf(topics);
  return {
    memberEpoch: value.memberEpoch,
    previousMemberEpoch: value.previousMemberEpoch,
    state: states.find((state) => stateNumbers[state] === value.state) ?? "Unknown",
    assigned: assignment(value.assignedPartitions),
    pendingRevocation: assignment(value.partitionsPendingRevocation),
  };
}
