import { type Draft, groupRecords, type GroupRecords } from "@moldau/protocol";
import { copyBytes } from "./classic-member";
import { decodeConsumerRecord, encodeConsumerRecord } from "./consumer/consumer-log";
import { isConsumerRecord } from "./consumer/consumer-record";
import type { CommittedOffset, GroupRecord, TransactionMarkerRecord, TransactionRef } from "./group-record";

/** OffsetCommitValue: version 1 is the last that holds an expiry; 3 is what Kafka 4.0 writes. */
const OFFSET_VALUE_VERSION = 3;
const OFFSET_VALUE_VERSION_WITH_EXPIRY = 1;
/** GroupMetadataValue as Kafka 4.0 writes it: version 3 has instance ids. */
const GROUP_VALUE_VERSION = 3;

/** Key and value as they go into `__consumer_offsets`; readable by Kafka's own tools. Markers are batches, not records. */
export function encodeGroupRecord(record: Exclude<GroupRecord, TransactionMarkerRecord>): {
  key: Uint8Array;
  value: Uint8Array | null;
} {
  if (record.kind === "offset") {
    const { groupId: group, topic, partition, value } = record;
    const key = { group, topic, partition };
    if (value === null) return groupRecords.write("OffsetCommit", key, null);
    const version = value.expireTimestampMs === -1 ? OFFSET_VALUE_VERSION : OFFSET_VALUE_VERSION_WITH_EXPIRY;
    const draft: Draft<GroupRecords["OffsetCommit"]["value"]> = {
      offset: value.offset,
      metadata: value.metadata,
      commitTimestamp: value.commitTimestampMs,
      ...(value.expireTimestampMs === -1
        ? { leaderEpoch: value.leaderEpoch }
        : { expireTimestamp: value.expireTimestampMs }),
    };
    return groupRecords.write("OffsetCommit", key, draft, version);
  }
  if (isConsumerRecord(record)) return encodeConsumerRecord(record);
  const { groupId: group, value } = record;
  if (value === null) return groupRecords.write("GroupMetadata", { group }, null);
  return groupRecords.write(
    "GroupMetadata",
    { group },
    {
      protocolType: value.protocolType,
      generation: value.generation,
      protocol: value.protocol,
      leader: value.leader,
      currentStateTimestamp: value.currentStateTimestampMs,
      members: value.members.map((member) => ({
        memberId: member.memberId,
        groupInstanceId: member.groupInstanceId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        rebalanceTimeout: member.rebalanceTimeoutMs,
        sessionTimeout: member.sessionTimeoutMs,
        subscription: member.subscription,
        assignment: member.assignment,
      })),
    },
    GROUP_VALUE_VERSION,
  );
}

/**
 * A record of the log; undefined for kinds that this shard does not keep (share groups, or of later releases). Copies
 * what it keeps. `transaction`: whose batch it was in, where that was transactional. Throws ProtocolError for a malformed
 * record.
 */
export function decodeGroupRecord(
  key: Uint8Array,
  value: Uint8Array | null,
  transaction?: TransactionRef,
): GroupRecord | undefined {
  const record = groupRecords.read(key, value);
  if (record === null) return undefined;
  if (record.name === "OffsetCommit" || record.name === "LegacyOffsetCommit") {
    const { group: groupId, topic, partition } = record.key;
    if (record.value === null) return { kind: "offset", groupId, topic, partition, value: null };
    const offset = { kind: "offset" as const, groupId, topic, partition, value: committed(record.value) };
    return transaction === undefined ? offset : { ...offset, transaction };
  }
  if (record.name !== "GroupMetadata") return decodeConsumerRecord(record);
  const groupId = record.key.group;
  if (record.value === null) return { kind: "group", groupId, value: null };
  const { protocolType, generation, protocol, leader, currentStateTimestamp, members } = record.value;
  return {
    kind: "group",
    groupId,
    value: {
      protocolType,
      generation,
      protocol,
      leader,
      currentStateTimestampMs: currentStateTimestamp,
      members: members.map((member) => ({
        memberId: member.memberId,
        groupInstanceId: member.groupInstanceId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        // Version 0 knows one timeout for both.
        rebalanceTimeoutMs: member.rebalanceTimeout === -1 ? member.sessionTimeout : member.rebalanceTimeout,
        sessionTimeoutMs: member.sessionTimeout,
        subscription: copyBytes(member.subscription),
        assignment: copyBytes(member.assignment),
      })),
    },
  };
}

type OffsetValue = NonNullable<GroupRecords["OffsetCommit"]["value"]>;
type LegacyOffsetValue = NonNullable<GroupRecords["LegacyOffsetCommit"]["value"]>;

function committed(value: OffsetValue | LegacyOffsetValue): CommittedOffset {
  return {
    offset: value.offset,
    leaderEpoch: "leaderEpoch" in value ? value.leaderEpoch : -1,
    metadata: value.metadata,
    commitTimestampMs: value.commitTimestamp,
    expireTimestampMs: "expireTimestamp" in value ? value.expireTimestamp : -1,
  };
}
