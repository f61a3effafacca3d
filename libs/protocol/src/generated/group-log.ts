// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, NO_BYTES, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface LegacyOffsetCommitKey {
  group: string;
  topic: string;
  partition: number;
}

export function readLegacyOffsetCommitKey(reader: Reader, version: number): LegacyOffsetCommitKey {
  reader.what = "LegacyOffsetCommitKey";
  if (version !== 0) throw versionError("LegacyOffsetCommitKey", version);
  const group: string = reader.string();
  const topic: string = reader.string();
  const partition: number = reader.int32();
  const message: LegacyOffsetCommitKey = {
    group,
    topic,
    partition,
  };
  return message;
}

export function writeLegacyOffsetCommitKey(writer: Writer, message: Draft<LegacyOffsetCommitKey>, version: number): void {
  if (version !== 0) throw versionError("LegacyOffsetCommitKey", version);
  const group = message.group;
  writer.string(group ?? "");
  const topic = message.topic;
  writer.string(topic ?? "");
  const partition = message.partition;
  writer.int32(partition ?? 0);
}

export interface LegacyOffsetCommitValue {
  offset: number;
  metadata: string;
  commitTimestamp: number;
}

export function readLegacyOffsetCommitValue(reader: Reader, version: number): LegacyOffsetCommitValue {
  reader.what = "LegacyOffsetCommitValue";
  if (version !== 0) throw versionError("LegacyOffsetCommitValue", version);
  const offset: number = reader.int64();
  const metadata: string = reader.string();
  const commitTimestamp: number = reader.int64();
  const message: LegacyOffsetCommitValue = {
    offset,
    metadata,
    commitTimestamp,
  };
  return message;
}

export function writeLegacyOffsetCommitValue(writer: Writer, message: Draft<LegacyOffsetCommitValue>, version: number): void {
  if (version !== 0) throw versionError("LegacyOffsetCommitValue", version);
  const offset = message.offset;
  writer.int64(offset ?? 0);
  const metadata = message.metadata;
  writer.string(metadata ?? "");
  const commitTimestamp = message.commitTimestamp;
  writer.int64(commitTimestamp ?? 0);
}

export interface OffsetCommitKey {
  group: string;
  topic: string;
  partition: number;
}

export function readOffsetCommitKey(reader: Reader, version: number): OffsetCommitKey {
  reader.what = "OffsetCommitKey";
  if (version !== 0) throw versionError("OffsetCommitKey", version);
  const group: string = reader.string();
  const topic: string = reader.string();
  const partition: number = reader.int32();
  const message: OffsetCommitKey = {
    group,
    topic,
    partition,
  };
  return message;
}

export function writeOffsetCommitKey(writer: Writer, message: Draft<OffsetCommitKey>, version: number): void {
  if (version !== 0) throw versionError("OffsetCommitKey", version);
  const group = message.group;
  writer.string(group ?? "");
  const topic = message.topic;
  writer.string(topic ?? "");
  const partition = message.partition;
  writer.int32(partition ?? 0);
}

export interface OffsetCommitValue {
  offset: number;
  leaderEpoch: number;
  metadata: string;
  commitTimestamp: number;
  expireTimestamp: number;
  topicId: Uuid;
  unknownTags?: TaggedField[];
}

export function readOffsetCommitValue(reader: Reader, version: number): OffsetCommitValue {
  reader.what = "OffsetCommitValue";
  if (version < 0 || version > 4) throw versionError("OffsetCommitValue", version);
  const flexible = version >= 4;
  const offset: number = reader.int64();
  const leaderEpoch: number = version >= 3 ? reader.int32() : -1;
  const metadata: string = flexible ? reader.compactString() : reader.string();
  const commitTimestamp: number = reader.int64();
  const expireTimestamp: number = version === 1 ? reader.int64() : -1;
  let topicId: Uuid = ZERO_UUID;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    const tagCount = reader.uvarint();
    let tag = -1;
    for (let i = 0; i < tagCount; i++) {
      tag = reader.tag(tag);
      if (tag === 0) {
        const tagEnd = reader.beginTag();
        topicId = reader.uuid();
        reader.endTag(tagEnd, "topicId");
      }
      else (unknownTags ??= []).push(reader.unknownTag(tag));
    }
  }
  const message: OffsetCommitValue = {
    offset,
    leaderEpoch,
    metadata,
    commitTimestamp,
    expireTimestamp,
    topicId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeOffsetCommitValue(writer: Writer, message: Draft<OffsetCommitValue>, version: number): void {
  if (version < 0 || version > 4) throw versionError("OffsetCommitValue", version);
  const flexible = version >= 4;
  const offset = message.offset;
  writer.int64(offset ?? 0);
  const leaderEpoch = message.leaderEpoch;
  if (version >= 3) {
    writer.int32(leaderEpoch ?? -1);
  }
  const metadata = message.metadata;
  if (flexible) writer.compactString(metadata ?? "");
  else writer.string(metadata ?? "");
  const commitTimestamp = message.commitTimestamp;
  writer.int64(commitTimestamp ?? 0);
  const expireTimestamp = message.expireTimestamp;
  if (version === 1) {
    writer.int64(expireTimestamp ?? -1);
  }
  const topicId = message.topicId;
  if (flexible) {
    const kept = message.unknownTags;
    let tagCount = kept === undefined ? 0 : kept.length;
    const hasTopicId = topicId !== undefined && topicId !== ZERO_UUID;
    if (hasTopicId) tagCount++;
    writer.uvarint(tagCount);
    let keptAt = 0;
    if (hasTopicId) {
      const mark = writer.beginTag(0);
      writer.uuid(topicId ?? ZERO_UUID);
      writer.endTag(mark);
    }
    if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetCommitValue.unknownTags", version);
}

export interface GroupMetadataKey {
  group: string;
}

export function readGroupMetadataKey(reader: Reader, version: number): GroupMetadataKey {
  reader.what = "GroupMetadataKey";
  if (version !== 0) throw versionError("GroupMetadataKey", version);
  const group: string = reader.string();
  const message: GroupMetadataKey = {
    group,
  };
  return message;
}

export function writeGroupMetadataKey(writer: Writer, message: Draft<GroupMetadataKey>, version: number): void {
  if (version !== 0) throw versionError("GroupMetadataKey", version);
  const group = message.group;
  writer.string(group ?? "");
}

export interface GroupMetadataValue {
  protocolType: string;
  generation: number;
  protocol: string | null;
  leader: string | null;
  currentStateTimestamp: number;
  members: GroupMetadataValueMemberMetadata[];
  unknownTags?: TaggedField[];
}

export interface GroupMetadataValueMemberMetadata {
  memberId: string;
  groupInstanceId: string | null;
  clientId: string;
  clientHost: string;
  rebalanceTimeout: number;
  sessionTimeout: number;
  subscription: Uint8Array;
  assignment: Uint8Array;
  unknownTags?: TaggedField[];
}

export function readGroupMetadataValue(reader: Reader, version: number): GroupMetadataValue {
  reader.what = "GroupMetadataValue";
  if (version < 0 || version > 4) throw versionError("GroupMetadataValue", version);
  const flexible = version >= 4;
  const protocolType: string = flexible ? reader.compactString() : reader.string();
  const generation: number = reader.int32();
  const protocol: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  const leader: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  const currentStateTimestamp: number = version >= 2 ? reader.int64() : -1;
  let members: GroupMetadataValueMemberMetadata[];
  const membersLength = flexible ? reader.compactArrayLength(9) : reader.arrayLength(9);
  if (membersLength < 0) throw reader.nullError("members");
  {
    const list: GroupMetadataValueMemberMetadata[] = [];
    for (let i = 0; i < membersLength; i++) list.push(readGroupMetadataValueMemberMetadata(reader, version));
    members = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: GroupMetadataValue = {
    protocolType,
    generation,
    protocol,
    leader,
    currentStateTimestamp,
    members,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeGroupMetadataValue(writer: Writer, message: Draft<GroupMetadataValue>, version: number): void {
  if (version < 0 || version > 4) throw versionError("GroupMetadataValue", version);
  const flexible = version >= 4;
  const protocolType = message.protocolType;
  if (flexible) writer.compactString(protocolType ?? "");
  else writer.string(protocolType ?? "");
  const generation = message.generation;
  writer.int32(generation ?? 0);
  const protocol = message.protocol;
  if (flexible) writer.compactNullableString(protocol === undefined ? "" : protocol);
  else writer.nullableString(protocol === undefined ? "" : protocol);
  const leader = message.leader;
  if (flexible) writer.compactNullableString(leader === undefined ? "" : leader);
  else writer.nullableString(leader === undefined ? "" : leader);
  const currentStateTimestamp = message.currentStateTimestamp;
  if (version >= 2) {
    writer.int64(currentStateTimestamp ?? -1);
  }
  const members = message.members;
  if (members === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(members.length);
    else writer.arrayLength(members.length);
    for (const item of members) writeGroupMetadataValueMemberMetadata(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("GroupMetadataValue.unknownTags", version);
}

function readGroupMetadataValueMemberMetadata(reader: Reader, version: number): GroupMetadataValueMemberMetadata {
  const flexible = version >= 4;
  const memberId: string = flexible ? reader.compactString() : reader.string();
  const groupInstanceId: string | null = version >= 3 ? (version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const clientId: string = flexible ? reader.compactString() : reader.string();
  const clientHost: string = flexible ? reader.compactString() : reader.string();
  const rebalanceTimeout: number = version >= 1 ? reader.int32() : -1;
  const sessionTimeout: number = reader.int32();
  const subscription: Uint8Array = flexible ? reader.compactBytes() : reader.bytes();
  const assignment: Uint8Array = flexible ? reader.compactBytes() : reader.bytes();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: GroupMetadataValueMemberMetadata = {
    memberId,
    groupInstanceId,
    clientId,
    clientHost,
    rebalanceTimeout,
    sessionTimeout,
    subscription,
    assignment,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeGroupMetadataValueMemberMetadata(writer: Writer, message: Draft<GroupMetadataValueMemberMetadata>, version: number): void {
  const flexible = version >= 4;
  const memberId = message.memberId;
  if (flexible) writer.compactString(memberId ?? "");
  else writer.string(memberId ?? "");
  const groupInstanceId = message.groupInstanceId;
  if (version >= 3) {
    if (!(version >= 3) && (groupInstanceId === undefined || groupInstanceId === null)) throw nullIn("GroupMetadataValueMemberMetadata.groupInstanceId", version);
    if (flexible) writer.compactNullableString(groupInstanceId ?? null);
    else writer.nullableString(groupInstanceId ?? null);
  }
  const clientId = message.clientId;
  if (flexible) writer.compactString(clientId ?? "");
  else writer.string(clientId ?? "");
  const clientHost = message.clientHost;
  if (flexible) writer.compactString(clientHost ?? "");
  else writer.string(clientHost ?? "");
  const rebalanceTimeout = message.rebalanceTimeout;
  if (version >= 1) {
    writer.int32(rebalanceTimeout ?? -1);
  }
  const sessionTimeout = message.sessionTimeout;
  writer.int32(sessionTimeout ?? 0);
  const subscription = message.subscription;
  if (flexible) writer.compactBytes(subscription ?? NO_BYTES);
  else writer.bytes(subscription ?? NO_BYTES);
  const assignment = message.assignment;
  if (flexible) writer.compactBytes(assignment ?? NO_BYTES);
  else writer.bytes(assignment ?? NO_BYTES);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("GroupMetadataValueMemberMetadata.unknownTags", version);
}

export interface ConsumerGroupMetadataKey {
  groupId: string;
}

export function readConsumerGroupMetadataKey(reader: Reader, version: number): ConsumerGroupMetadataKey {
  reader.what = "ConsumerGroupMetadataKey";
  if (version !== 0) throw versionError("ConsumerGroupMetadataKey", version);
  const groupId: string = reader.string();
  const message: ConsumerGroupMetadataKey = {
    groupId,
  };
  return message;
}

export function writeConsumerGroupMetadataKey(writer: Writer, message: Draft<ConsumerGroupMetadataKey>, version: number): void {
  if (version !== 0) throw versionError("ConsumerGroupMetadataKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
}

export interface ConsumerGroupMetadataValue {
  epoch: number;
  metadataHash: bigint;
  unknownTags?: TaggedField[];
}

export function readConsumerGroupMetadataValue(reader: Reader, version: number): ConsumerGroupMetadataValue {
  reader.what = "ConsumerGroupMetadataValue";
  if (version !== 0) throw versionError("ConsumerGroupMetadataValue", version);
  const epoch: number = reader.int32();
  let metadataHash: bigint = 0n;
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      metadataHash = reader.hash64();
      reader.endTag(tagEnd, "metadataHash");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: ConsumerGroupMetadataValue = {
    epoch,
    metadataHash,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeConsumerGroupMetadataValue(writer: Writer, message: Draft<ConsumerGroupMetadataValue>, version: number): void {
  if (version !== 0) throw versionError("ConsumerGroupMetadataValue", version);
  const epoch = message.epoch;
  writer.int32(epoch ?? 0);
  const metadataHash = message.metadataHash;
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasMetadataHash = metadataHash !== undefined && metadataHash !== 0n;
  if (hasMetadataHash) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasMetadataHash) {
    const mark = writer.beginTag(0);
    writer.hash64(metadataHash ?? 0n);
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

export interface ConsumerGroupPartitionMetadataKey {
  groupId: string;
}

export function readConsumerGroupPartitionMetadataKey(reader: Reader, version: number): ConsumerGroupPartitionMetadataKey {
  reader.what = "ConsumerGroupPartitionMetadataKey";
  if (version !== 0) throw versionError("ConsumerGroupPartitionMetadataKey", version);
  const groupId: string = reader.string();
  const message: ConsumerGroupPartitionMetadataKey = {
    groupId,
  };
  return message;
}

export function writeConsumerGroupPartitionMetadataKey(writer: Writer, message: Draft<ConsumerGroupPartitionMetadataKey>, version: number): void {
  if (version !== 0) throw versionError("ConsumerGroupPartitionMetadataKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
}

export interface ConsumerGroupPartitionMetadataValue {
  topics: ConsumerGroupPartitionMetadataValueTopicMetadata[];
  unknownTags?: TaggedField[];
}

export interface ConsumerGroupPartitionMetadataValueTopicMetadata {
  topicId: Uuid;
  topicName: string;
  numPartitions: number;
  partitionMetadata: ConsumerGroupPartitionMetadataValuePartitionMetadata[];
  unknownTags?: TaggedField[];
}

export interface ConsumerGroupPartitionMetadataValuePartitionMetadata {
  partition: number;
  racks: string[];
  unknownTags?: TaggedField[];
}

export function readConsumerGroupPartitionMetadataValue(reader: Reader, version: number): ConsumerGroupPartitionMetadataValue {
  reader.what = "ConsumerGroupPartitionMetadataValue";
  if (version !== 0) throw versionError("ConsumerGroupPartitionMetadataValue", version);
  let topics: ConsumerGroupPartitionMetadataValueTopicMetadata[];
  const topicsLength = reader.compactArrayLength(23);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: ConsumerGroupPartitionMetadataValueTopicMetadata[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readConsumerGroupPartitionMetadataValueTopicMetadata(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupPartitionMetadataValue = {
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeConsumerGroupPartitionMetadataValue(writer: Writer, message: Draft<ConsumerGroupPartitionMetadataValue>, version: number): void {
  if (version !== 0) throw versionError("ConsumerGroupPartitionMetadataValue", version);
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeConsumerGroupPartitionMetadataValueTopicMetadata(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readConsumerGroupPartitionMetadataValueTopicMetadata(reader: Reader, version: number): ConsumerGroupPartitionMetadataValueTopicMetadata {
  const topicId: Uuid = reader.uuid();
  const topicName: string = reader.compactString();
  const numPartitions: number = reader.int32();
  let partitionMetadata: ConsumerGroupPartitionMetadataValuePartitionMetadata[];
  const partitionMetadataLength = reader.compactArrayLength(6);
  if (partitionMetadataLength < 0) throw reader.nullError("partitionMetadata");
  {
    const list: ConsumerGroupPartitionMetadataValuePartitionMetadata[] = [];
    for (let i = 0; i < partitionMetadataLength; i++) list.push(readConsumerGroupPartitionMetadataValuePartitionMetadata(reader, version));
    partitionMetadata = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupPartitionMetadataValueTopicMetadata = {
    topicId,
    topicName,
    numPartitions,
    partitionMetadata,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeConsumerGroupPartitionMetadataValueTopicMetadata(writer: Writer, message: Draft<ConsumerGroupPartitionMetadataValueTopicMetadata>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const topicName = message.topicName;
  writer.compactString(topicName ?? "");
  const numPartitions = message.numPartitions;
  writer.int32(numPartitions ?? 0);
  const partitionMetadata = message.partitionMetadata;
  if (partitionMetadata === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitionMetadata.length);
    for (const item of partitionMetadata) writeConsumerGroupPartitionMetadataValuePartitionMetadata(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readConsumerGroupPartitionMetadataValuePartitionMetadata(reader: Reader, _version: number): ConsumerGroupPartitionMetadataValuePartitionMetadata {
  const partition: number = reader.int32();
  let racks: string[];
  const racksLength = reader.compactArrayLength(1);
  if (racksLength < 0) throw reader.nullError("racks");
  {
    const list: string[] = [];
    for (let i = 0; i < racksLength; i++) list.push(reader.compactString());
    racks = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupPartitionMetadataValuePartitionMetadata = {
    partition,
    racks,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeConsumerGroupPartitionMetadataValuePartitionMetadata(writer: Writer, message: Draft<ConsumerGroupPartitionMetadataValuePartitionMetadata>, _version: number): void {
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const racks = message.racks;
  if (racks === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(racks.length);
    for (const item of racks) {
      writer.compactString(item);
    }
  }
  writer.unknownTags(message.unknownTags);
}

export interface ConsumerGroupMemberMetadataKey {
  groupId: string;
  memberId: string;
}

export function readConsumerGroupMemberMetadataKey(reader: Reader, version: number): ConsumerGroupMemberMetadataKey {
  reader.what = "ConsumerGroupMemberMetadataKey";
  if (version !== 0) throw versionError("ConsumerGroupMemberMetadataKey", version);
  const groupId: string = reader.string();
  const memberId: string = reader.string();
  const message: ConsumerGroupMemberMetadataKey = {
    groupId,
    memberId,
  };
  return message;
}

export function writeConsumerGroupMemberMetadataKey(writer: Writer, message: Draft<ConsumerGroupMemberMetadataKey>, version: number): void {
  if (version !== 0) throw versionError("ConsumerGroupMemberMetadataKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
  const memberId = message.memberId;
  writer.string(memberId ?? "");
}

export interface ConsumerGroupMemberMetadataValue {
  instanceId: string | null;
  rackId: string | null;
  clientId: string;
  clientHost: string;
  subscribedTopicNames: string[];
  subscribedTopicRegex: string | null;
  rebalanceTimeoutMs: number;
  serverAssignor: string | null;
  classicMemberMetadata: ConsumerGroupMemberMetadataValueClassicMemberMetadata | null;
  unknownTags?: TaggedField[];
}

export interface ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  sessionTimeoutMs: number;
  supportedProtocols: ConsumerGroupMemberMetadataValueClassicProtocol[];
  unknownTags?: TaggedField[];
}

export interface ConsumerGroupMemberMetadataValueClassicProtocol {
  name: string;
  metadata: Uint8Array;
  unknownTags?: TaggedField[];
}

export function readConsumerGroupMemberMetadataValue(reader: Reader, version: number): ConsumerGroupMemberMetadataValue {
  reader.what = "ConsumerGroupMemberMetadataValue";
  if (version !== 0) throw versionError("ConsumerGroupMemberMetadataValue", version);
  const instanceId: string | null = reader.compactNullableString();
  const rackId: string | null = reader.compactNullableString();
  const clientId: string = reader.compactString();
  const clientHost: string = reader.compactString();
  let subscribedTopicNames: string[];
  const subscribedTopicNamesLength = reader.compactArrayLength(1);
  if (subscribedTopicNamesLength < 0) throw reader.nullError("subscribedTopicNames");
  {
    const list: string[] = [];
    for (let i = 0; i < subscribedTopicNamesLength; i++) list.push(reader.compactString());
    subscribedTopicNames = list;
  }
  const subscribedTopicRegex: string | null = reader.compactNullableString();
  const rebalanceTimeoutMs: number = reader.int32();
  const serverAssignor: string | null = reader.compactNullableString();
  let classicMemberMetadata: ConsumerGroupMemberMetadataValueClassicMemberMetadata | null = defaultConsumerGroupMemberMetadataValueClassicMemberMetadata();
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      classicMemberMetadata = reader.uvarint() === 0 ? null : readConsumerGroupMemberMetadataValueClassicMemberMetadata(reader, version);
      reader.endTag(tagEnd, "classicMemberMetadata");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: ConsumerGroupMemberMetadataValue = {
    instanceId,
    rackId,
    clientId,
    clientHost,
    subscribedTopicNames,
    subscribedTopicRegex,
    rebalanceTimeoutMs,
    serverAssignor,
    classicMemberMetadata,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeConsumerGroupMemberMetadataValue(writer: Writer, message: Draft<ConsumerGroupMemberMetadataValue>, version: number): void {
  if (version !== 0) throw versionError("ConsumerGroupMemberMetadataValue", version);
  const instanceId = message.instanceId;
  writer.compactNullableString(instanceId === undefined ? "" : instanceId);
  const rackId = message.rackId;
  writer.compactNullableString(rackId === undefined ? "" : rackId);
  const clientId = message.clientId;
  writer.compactString(clientId ?? "");
  const clientHost = message.clientHost;
  writer.compactString(clientHost ?? "");
  const subscribedTopicNames = message.subscribedTopicNames;
  if (subscribedTopicNames === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(subscribedTopicNames.length);
    for (const item of subscribedTopicNames) {
      writer.compactString(item);
    }
  }
  const subscribedTopicRegex = message.subscribedTopicRegex;
  writer.compactNullableString(subscribedTopicRegex === undefined ? "" : subscribedTopicRegex);
  const rebalanceTimeoutMs = message.rebalanceTimeoutMs;
  writer.int32(rebalanceTimeoutMs ?? -1);
  const serverAssignor = message.serverAssignor;
  writer.compactNullableString(serverAssignor === undefined ? "" : serverAssignor);
  const classicMemberMetadata = message.classicMemberMetadata;
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasClassicMemberMetadata = classicMemberMetadata !== undefined && (classicMemberMetadata === null || differsConsumerGroupMemberMetadataValueClassicMemberMetadata(classicMemberMetadata));
  if (hasClassicMemberMetadata) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasClassicMemberMetadata) {
    const mark = writer.beginTag(0);
    if (classicMemberMetadata === null) {
      writer.uvarint(0);
    }
    else {
      writer.int8(1);
      writeConsumerGroupMemberMetadataValueClassicMemberMetadata(writer, classicMemberMetadata ?? {}, version);
    }
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

function readConsumerGroupMemberMetadataValueClassicMemberMetadata(reader: Reader, version: number): ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  const sessionTimeoutMs: number = reader.int32();
  let supportedProtocols: ConsumerGroupMemberMetadataValueClassicProtocol[];
  const supportedProtocolsLength = reader.compactArrayLength(3);
  if (supportedProtocolsLength < 0) throw reader.nullError("supportedProtocols");
  {
    const list: ConsumerGroupMemberMetadataValueClassicProtocol[] = [];
    for (let i = 0; i < supportedProtocolsLength; i++) list.push(readConsumerGroupMemberMetadataValueClassicProtocol(reader, version));
    supportedProtocols = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupMemberMetadataValueClassicMemberMetadata = {
    sessionTimeoutMs,
    supportedProtocols,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeConsumerGroupMemberMetadataValueClassicMemberMetadata(writer: Writer, message: Draft<ConsumerGroupMemberMetadataValueClassicMemberMetadata>, version: number): void {
  const sessionTimeoutMs = message.sessionTimeoutMs;
  writer.int32(sessionTimeoutMs ?? 0);
  const supportedProtocols = message.supportedProtocols;
  if (supportedProtocols === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(supportedProtocols.length);
    for (const item of supportedProtocols) writeConsumerGroupMemberMetadataValueClassicProtocol(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readConsumerGroupMemberMetadataValueClassicProtocol(reader: Reader, _version: number): ConsumerGroupMemberMetadataValueClassicProtocol {
  const name: string = reader.compactString();
  const metadata: Uint8Array = reader.compactBytes();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupMemberMetadataValueClassicProtocol = {
    name,
    metadata,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeConsumerGroupMemberMetadataValueClassicProtocol(writer: Writer, message: Draft<ConsumerGroupMemberMetadataValueClassicProtocol>, _version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const metadata = message.metadata;
  writer.compactBytes(metadata ?? NO_BYTES);
  writer.unknownTags(message.unknownTags);
}

function defaultConsumerGroupMemberMetadataValueClassicMemberMetadata(): ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  return { sessionTimeoutMs: 0, supportedProtocols: [] };
}

function differsConsumerGroupMemberMetadataValueClassicMemberMetadata(message: Draft<ConsumerGroupMemberMetadataValueClassicMemberMetadata>): boolean {
  return (message.sessionTimeoutMs !== undefined && message.sessionTimeoutMs !== 0) || (message.supportedProtocols !== undefined && message.supportedProtocols.length > 0) || (message.unknownTags !== undefined && message.unknownTags.length > 0);
}

export interface ConsumerGroupTargetAssignmentMetadataKey {
  groupId: string;
}

export function readConsumerGroupTargetAssignmentMetadataKey(reader: Reader, version: number): ConsumerGroupTargetAssignmentMetadataKey {
  reader.what = "ConsumerGroupTargetAssignmentMetadataKey";
  if (version !== 0) throw versionError("ConsumerGroupTargetAssignmentMetadataKey", version);
  const groupId: string = reader.string();
  const message: ConsumerGroupTargetAssignmentMetadataKey = {
    groupId,
  };
  return message;
}

export function writeConsumerGroupTargetAssignmentMetadataKey(writer: Writer, message: Draft<ConsumerGroupTargetAssignmentMetadataKey>, version: number): void {
  if (version !== 0) throw versionError("ConsumerGroupTargetAssignmentMetadataKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
}

export interface ConsumerGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number;
  assignmentTimestamp: number;
  unknownTags?: TaggedField[];
}

export function readConsumerGroupTargetAssignmentMetadataValue(reader: Reader, version: number): ConsumerGroupTargetAssignmentMetadataValue {
  reader.what = "ConsumerGroupTargetAssignmentMetadataValue";
  if (version !== 0) throw versionError("ConsumerGroupTargetAssignmentMetadataValue", version);
  const assignmentEpoch: number = reader.int32();
  let assignmentTimestamp: number = 0;
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      assignmentTimestamp = reader.int64();
      reader.endTag(tagEnd, "assignmentTimestamp");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: ConsumerGroupTargetAssignmentMetadataValue = {
    assignmentEpoch,
    assignmentTimestamp,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeConsumerGroupTargetAssignmentMetadataValue(writer: Writer, message: Draft<ConsumerGroupTargetAssignmentMetadataValue>, version: number): void {
  if (version !== 0) throw versionError("ConsumerGroupTargetAssignmentMetadataValue", version);
  const assignmentEpoch = message.assignmentEpoch;
  writer.int32(assignmentEpoch ?? 0);
  const assignmentTimestamp = message.assignmentTimestamp;
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasAssignmentTimestamp = assignmentTimestamp !== undefined && assignmentTimestamp !== 0;
  if (hasAssignmentTimestamp) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasAssignmentTimestamp) {
    const mark = writer.beginTag(0);
    writer.int64(assignmentTimestamp ?? 0);
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

export interface ConsumerGroupTargetAssignmentMemberKey {
  groupId: string;
  memberId: string;
}

export function readConsumerGroupTargetAssignmentMemberKey(reader: Reader, version: number): ConsumerGroupTargetAssignmentMemberKey {
  reader.what = "ConsumerGroupTargetAssignmentMemberKey";
  if (version !== 0) throw versionError("ConsumerGroupTargetAssignmentMemberKey", version);
  const groupId: string = reader.string();
  const memberId: string = reader.string();
  const message: ConsumerGroupTargetAssignmentMemberKey = {
    groupId,
    memberId,
  };
  return message;
}

export function writeConsumerGroupTargetAssignmentMemberKey(writer: Writer, message: Draft<ConsumerGroupTargetAssignmentMemberKey>, version: number): void {
  if (version !== 0) throw versionError("ConsumerGroupTargetAssignmentMemberKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
  const memberId = message.memberId;
  writer.string(memberId ?? "");
}

export interface ConsumerGroupTargetAssignmentMemberValue {
  topicPartitions: ConsumerGroupTargetAssignmentMemberValueTopicPartition[];
  unknownTags?: TaggedField[];
}

export interface ConsumerGroupTargetAssignmentMemberValueTopicPartition {
  topicId: Uuid;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readConsumerGroupTargetAssignmentMemberValue(reader: Reader, version: number): ConsumerGroupTargetAssignmentMemberValue {
  reader.what = "ConsumerGroupTargetAssignmentMemberValue";
  if (version !== 0) throw versionError("ConsumerGroupTargetAssignmentMemberValue", version);
  let topicPartitions: ConsumerGroupTargetAssignmentMemberValueTopicPartition[];
  const topicPartitionsLength = reader.compactArrayLength(18);
  if (topicPartitionsLength < 0) throw reader.nullError("topicPartitions");
  {
    const list: ConsumerGroupTargetAssignmentMemberValueTopicPartition[] = [];
    for (let i = 0; i < topicPartitionsLength; i++) list.push(readConsumerGroupTargetAssignmentMemberValueTopicPartition(reader, version));
    topicPartitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupTargetAssignmentMemberValue = {
    topicPartitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeConsumerGroupTargetAssignmentMemberValue(writer: Writer, message: Draft<ConsumerGroupTargetAssignmentMemberValue>, version: number): void {
  if (version !== 0) throw versionError("ConsumerGroupTargetAssignmentMemberValue", version);
  const topicPartitions = message.topicPartitions;
  if (topicPartitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topicPartitions.length);
    for (const item of topicPartitions) writeConsumerGroupTargetAssignmentMemberValueTopicPartition(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readConsumerGroupTargetAssignmentMemberValueTopicPartition(reader: Reader, _version: number): ConsumerGroupTargetAssignmentMemberValueTopicPartition {
  const topicId: Uuid = reader.uuid();
  let partitions: number[];
  const partitionsLength = reader.compactArrayLength(4);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: number[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(reader.int32());
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupTargetAssignmentMemberValueTopicPartition = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeConsumerGroupTargetAssignmentMemberValueTopicPartition(writer: Writer, message: Draft<ConsumerGroupTargetAssignmentMemberValueTopicPartition>, _version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writer.int32(item);
  }
  writer.unknownTags(message.unknownTags);
}

export interface ConsumerGroupCurrentMemberAssignmentKey {
  groupId: string;
  memberId: string;
}

export function readConsumerGroupCurrentMemberAssignmentKey(reader: Reader, version: number): ConsumerGroupCurrentMemberAssignmentKey {
  reader.what = "ConsumerGroupCurrentMemberAssignmentKey";
  if (version !== 0) throw versionError("ConsumerGroupCurrentMemberAssignmentKey", version);
  const groupId: string = reader.string();
  const memberId: string = reader.string();
  const message: ConsumerGroupCurrentMemberAssignmentKey = {
    groupId,
    memberId,
  };
  return message;
}

export function writeConsumerGroupCurrentMemberAssignmentKey(writer: Writer, message: Draft<ConsumerGroupCurrentMemberAssignmentKey>, version: number): void {
  if (version !== 0) throw versionError("ConsumerGroupCurrentMemberAssignmentKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
  const memberId = message.memberId;
  writer.string(memberId ?? "");
}

export interface ConsumerGroupCurrentMemberAssignmentValue {
  memberEpoch: number;
  previousMemberEpoch: number;
  state: number;
  assignedPartitions: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[];
  partitionsPendingRevocation: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[];
  unknownTags?: TaggedField[];
}

export interface ConsumerGroupCurrentMemberAssignmentValueTopicPartitions {
  topicId: Uuid;
  partitions: number[];
  assignmentEpochs: number[] | null;
  unknownTags?: TaggedField[];
}

export function readConsumerGroupCurrentMemberAssignmentValue(reader: Reader, version: number): ConsumerGroupCurrentMemberAssignmentValue {
  reader.what = "ConsumerGroupCurrentMemberAssignmentValue";
  if (version !== 0) throw versionError("ConsumerGroupCurrentMemberAssignmentValue", version);
  const memberEpoch: number = reader.int32();
  const previousMemberEpoch: number = reader.int32();
  const state: number = reader.int8();
  let assignedPartitions: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[];
  const assignedPartitionsLength = reader.compactArrayLength(18);
  if (assignedPartitionsLength < 0) throw reader.nullError("assignedPartitions");
  {
    const list: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] = [];
    for (let i = 0; i < assignedPartitionsLength; i++) list.push(readConsumerGroupCurrentMemberAssignmentValueTopicPartitions(reader, version));
    assignedPartitions = list;
  }
  let partitionsPendingRevocation: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[];
  const partitionsPendingRevocationLength = reader.compactArrayLength(18);
  if (partitionsPendingRevocationLength < 0) throw reader.nullError("partitionsPendingRevocation");
  {
    const list: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] = [];
    for (let i = 0; i < partitionsPendingRevocationLength; i++) list.push(readConsumerGroupCurrentMemberAssignmentValueTopicPartitions(reader, version));
    partitionsPendingRevocation = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupCurrentMemberAssignmentValue = {
    memberEpoch,
    previousMemberEpoch,
    state,
    assignedPartitions,
    partitionsPendingRevocation,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeConsumerGroupCurrentMemberAssignmentValue(writer: Writer, message: Draft<ConsumerGroupCurrentMemberAssignmentValue>, version: number): void {
  if (version !== 0) throw versionError("ConsumerGroupCurrentMemberAssignmentValue", version);
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch ?? 0);
  const previousMemberEpoch = message.previousMemberEpoch;
  writer.int32(previousMemberEpoch ?? 0);
  const state = message.state;
  writer.int8(state ?? 0);
  const assignedPartitions = message.assignedPartitions;
  if (assignedPartitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(assignedPartitions.length);
    for (const item of assignedPartitions) writeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(writer, item, version);
  }
  const partitionsPendingRevocation = message.partitionsPendingRevocation;
  if (partitionsPendingRevocation === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitionsPendingRevocation.length);
    for (const item of partitionsPendingRevocation) writeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readConsumerGroupCurrentMemberAssignmentValueTopicPartitions(reader: Reader, _version: number): ConsumerGroupCurrentMemberAssignmentValueTopicPartitions {
  const topicId: Uuid = reader.uuid();
  let partitions: number[];
  const partitionsLength = reader.compactArrayLength(4);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: number[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(reader.int32());
    partitions = list;
  }
  let assignmentEpochs: number[] | null = [];
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      const assignmentEpochsLength = reader.compactArrayLength(4);
      if (assignmentEpochsLength < 0) {
        assignmentEpochs = null;
      }
      else {
        const list: number[] = [];
        for (let i = 0; i < assignmentEpochsLength; i++) list.push(reader.int32());
        assignmentEpochs = list;
      }
      reader.endTag(tagEnd, "assignmentEpochs");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions = {
    topicId,
    partitions,
    assignmentEpochs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(writer: Writer, message: Draft<ConsumerGroupCurrentMemberAssignmentValueTopicPartitions>, _version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writer.int32(item);
  }
  const assignmentEpochs = message.assignmentEpochs;
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasAssignmentEpochs = assignmentEpochs !== undefined && (assignmentEpochs === null || assignmentEpochs.length > 0);
  if (hasAssignmentEpochs) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasAssignmentEpochs) {
    const mark = writer.beginTag(0);
    if (assignmentEpochs === null) {
      writer.compactLength(-1);
    }
    else if (assignmentEpochs === undefined) {
      writer.compactLength(0);
    }
    else {
      writer.compactLength(assignmentEpochs.length);
      for (const item of assignmentEpochs) writer.int32(item);
    }
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

export interface ShareGroupMemberMetadataKey {
  groupId: string;
  memberId: string;
}

export function readShareGroupMemberMetadataKey(reader: Reader, version: number): ShareGroupMemberMetadataKey {
  reader.what = "ShareGroupMemberMetadataKey";
  if (version !== 0) throw versionError("ShareGroupMemberMetadataKey", version);
  const groupId: string = reader.string();
  const memberId: string = reader.string();
  const message: ShareGroupMemberMetadataKey = {
    groupId,
    memberId,
  };
  return message;
}

export function writeShareGroupMemberMetadataKey(writer: Writer, message: Draft<ShareGroupMemberMetadataKey>, version: number): void {
  if (version !== 0) throw versionError("ShareGroupMemberMetadataKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
  const memberId = message.memberId;
  writer.string(memberId ?? "");
}

export interface ShareGroupMemberMetadataValue {
  rackId: string | null;
  clientId: string;
  clientHost: string;
  subscribedTopicNames: string[];
  unknownTags?: TaggedField[];
}

export function readShareGroupMemberMetadataValue(reader: Reader, version: number): ShareGroupMemberMetadataValue {
  reader.what = "ShareGroupMemberMetadataValue";
  if (version !== 0) throw versionError("ShareGroupMemberMetadataValue", version);
  const rackId: string | null = reader.compactNullableString();
  const clientId: string = reader.compactString();
  const clientHost: string = reader.compactString();
  let subscribedTopicNames: string[];
  const subscribedTopicNamesLength = reader.compactArrayLength(1);
  if (subscribedTopicNamesLength < 0) throw reader.nullError("subscribedTopicNames");
  {
    const list: string[] = [];
    for (let i = 0; i < subscribedTopicNamesLength; i++) list.push(reader.compactString());
    subscribedTopicNames = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupMemberMetadataValue = {
    rackId,
    clientId,
    clientHost,
    subscribedTopicNames,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShareGroupMemberMetadataValue(writer: Writer, message: Draft<ShareGroupMemberMetadataValue>, version: number): void {
  if (version !== 0) throw versionError("ShareGroupMemberMetadataValue", version);
  const rackId = message.rackId;
  writer.compactNullableString(rackId === undefined ? "" : rackId);
  const clientId = message.clientId;
  writer.compactString(clientId ?? "");
  const clientHost = message.clientHost;
  writer.compactString(clientHost ?? "");
  const subscribedTopicNames = message.subscribedTopicNames;
  if (subscribedTopicNames === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(subscribedTopicNames.length);
    for (const item of subscribedTopicNames) {
      writer.compactString(item);
    }
  }
  writer.unknownTags(message.unknownTags);
}

export interface ShareGroupMetadataKey {
  groupId: string;
}

export function readShareGroupMetadataKey(reader: Reader, version: number): ShareGroupMetadataKey {
  reader.what = "ShareGroupMetadataKey";
  if (version !== 0) throw versionError("ShareGroupMetadataKey", version);
  const groupId: string = reader.string();
  const message: ShareGroupMetadataKey = {
    groupId,
  };
  return message;
}

export function writeShareGroupMetadataKey(writer: Writer, message: Draft<ShareGroupMetadataKey>, version: number): void {
  if (version !== 0) throw versionError("ShareGroupMetadataKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
}

export interface ShareGroupMetadataValue {
  epoch: number;
  metadataHash: bigint;
  unknownTags?: TaggedField[];
}

export function readShareGroupMetadataValue(reader: Reader, version: number): ShareGroupMetadataValue {
  reader.what = "ShareGroupMetadataValue";
  if (version !== 0) throw versionError("ShareGroupMetadataValue", version);
  const epoch: number = reader.int32();
  const metadataHash: bigint = reader.hash64();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupMetadataValue = {
    epoch,
    metadataHash,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShareGroupMetadataValue(writer: Writer, message: Draft<ShareGroupMetadataValue>, version: number): void {
  if (version !== 0) throw versionError("ShareGroupMetadataValue", version);
  const epoch = message.epoch;
  writer.int32(epoch ?? 0);
  const metadataHash = message.metadataHash;
  writer.hash64(metadataHash ?? 0n);
  writer.unknownTags(message.unknownTags);
}

export interface ShareGroupTargetAssignmentMetadataKey {
  groupId: string;
}

export function readShareGroupTargetAssignmentMetadataKey(reader: Reader, version: number): ShareGroupTargetAssignmentMetadataKey {
  reader.what = "ShareGroupTargetAssignmentMetadataKey";
  if (version !== 0) throw versionError("ShareGroupTargetAssignmentMetadataKey", version);
  const groupId: string = reader.string();
  const message: ShareGroupTargetAssignmentMetadataKey = {
    groupId,
  };
  return message;
}

export function writeShareGroupTargetAssignmentMetadataKey(writer: Writer, message: Draft<ShareGroupTargetAssignmentMetadataKey>, version: number): void {
  if (version !== 0) throw versionError("ShareGroupTargetAssignmentMetadataKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
}

export interface ShareGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number;
  assignmentTimestamp: number;
  unknownTags?: TaggedField[];
}

export function readShareGroupTargetAssignmentMetadataValue(reader: Reader, version: number): ShareGroupTargetAssignmentMetadataValue {
  reader.what = "ShareGroupTargetAssignmentMetadataValue";
  if (version !== 0) throw versionError("ShareGroupTargetAssignmentMetadataValue", version);
  const assignmentEpoch: number = reader.int32();
  let assignmentTimestamp: number = 0;
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      assignmentTimestamp = reader.int64();
      reader.endTag(tagEnd, "assignmentTimestamp");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: ShareGroupTargetAssignmentMetadataValue = {
    assignmentEpoch,
    assignmentTimestamp,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShareGroupTargetAssignmentMetadataValue(writer: Writer, message: Draft<ShareGroupTargetAssignmentMetadataValue>, version: number): void {
  if (version !== 0) throw versionError("ShareGroupTargetAssignmentMetadataValue", version);
  const assignmentEpoch = message.assignmentEpoch;
  writer.int32(assignmentEpoch ?? 0);
  const assignmentTimestamp = message.assignmentTimestamp;
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasAssignmentTimestamp = assignmentTimestamp !== undefined && assignmentTimestamp !== 0;
  if (hasAssignmentTimestamp) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasAssignmentTimestamp) {
    const mark = writer.beginTag(0);
    writer.int64(assignmentTimestamp ?? 0);
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

export interface ShareGroupTargetAssignmentMemberKey {
  groupId: string;
  memberId: string;
}

export function readShareGroupTargetAssignmentMemberKey(reader: Reader, version: number): ShareGroupTargetAssignmentMemberKey {
  reader.what = "ShareGroupTargetAssignmentMemberKey";
  if (version !== 0) throw versionError("ShareGroupTargetAssignmentMemberKey", version);
  const groupId: string = reader.string();
  const memberId: string = reader.string();
  const message: ShareGroupTargetAssignmentMemberKey = {
    groupId,
    memberId,
  };
  return message;
}

export function writeShareGroupTargetAssignmentMemberKey(writer: Writer, message: Draft<ShareGroupTargetAssignmentMemberKey>, version: number): void {
  if (version !== 0) throw versionError("ShareGroupTargetAssignmentMemberKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
  const memberId = message.memberId;
  writer.string(memberId ?? "");
}

export interface ShareGroupTargetAssignmentMemberValue {
  topicPartitions: ShareGroupTargetAssignmentMemberValueTopicPartition[];
  unknownTags?: TaggedField[];
}

export interface ShareGroupTargetAssignmentMemberValueTopicPartition {
  topicId: Uuid;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readShareGroupTargetAssignmentMemberValue(reader: Reader, version: number): ShareGroupTargetAssignmentMemberValue {
  reader.what = "ShareGroupTargetAssignmentMemberValue";
  if (version !== 0) throw versionError("ShareGroupTargetAssignmentMemberValue", version);
  let topicPartitions: ShareGroupTargetAssignmentMemberValueTopicPartition[];
  const topicPartitionsLength = reader.compactArrayLength(18);
  if (topicPartitionsLength < 0) throw reader.nullError("topicPartitions");
  {
    const list: ShareGroupTargetAssignmentMemberValueTopicPartition[] = [];
    for (let i = 0; i < topicPartitionsLength; i++) list.push(readShareGroupTargetAssignmentMemberValueTopicPartition(reader, version));
    topicPartitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupTargetAssignmentMemberValue = {
    topicPartitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShareGroupTargetAssignmentMemberValue(writer: Writer, message: Draft<ShareGroupTargetAssignmentMemberValue>, version: number): void {
  if (version !== 0) throw versionError("ShareGroupTargetAssignmentMemberValue", version);
  const topicPartitions = message.topicPartitions;
  if (topicPartitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topicPartitions.length);
    for (const item of topicPartitions) writeShareGroupTargetAssignmentMemberValueTopicPartition(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareGroupTargetAssignmentMemberValueTopicPartition(reader: Reader, _version: number): ShareGroupTargetAssignmentMemberValueTopicPartition {
  const topicId: Uuid = reader.uuid();
  let partitions: number[];
  const partitionsLength = reader.compactArrayLength(4);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: number[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(reader.int32());
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupTargetAssignmentMemberValueTopicPartition = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareGroupTargetAssignmentMemberValueTopicPartition(writer: Writer, message: Draft<ShareGroupTargetAssignmentMemberValueTopicPartition>, _version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writer.int32(item);
  }
  writer.unknownTags(message.unknownTags);
}

export interface ShareGroupCurrentMemberAssignmentKey {
  groupId: string;
  memberId: string;
}

export function readShareGroupCurrentMemberAssignmentKey(reader: Reader, version: number): ShareGroupCurrentMemberAssignmentKey {
  reader.what = "ShareGroupCurrentMemberAssignmentKey";
  if (version !== 0) throw versionError("ShareGroupCurrentMemberAssignmentKey", version);
  const groupId: string = reader.string();
  const memberId: string = reader.string();
  const message: ShareGroupCurrentMemberAssignmentKey = {
    groupId,
    memberId,
  };
  return message;
}

export function writeShareGroupCurrentMemberAssignmentKey(writer: Writer, message: Draft<ShareGroupCurrentMemberAssignmentKey>, version: number): void {
  if (version !== 0) throw versionError("ShareGroupCurrentMemberAssignmentKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
  const memberId = message.memberId;
  writer.string(memberId ?? "");
}

export interface ShareGroupCurrentMemberAssignmentValue {
  memberEpoch: number;
  previousMemberEpoch: number;
  state: number;
  assignedPartitions: ShareGroupCurrentMemberAssignmentValueTopicPartitions[];
  unknownTags?: TaggedField[];
}

export interface ShareGroupCurrentMemberAssignmentValueTopicPartitions {
  topicId: Uuid;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readShareGroupCurrentMemberAssignmentValue(reader: Reader, version: number): ShareGroupCurrentMemberAssignmentValue {
  reader.what = "ShareGroupCurrentMemberAssignmentValue";
  if (version !== 0) throw versionError("ShareGroupCurrentMemberAssignmentValue", version);
  const memberEpoch: number = reader.int32();
  const previousMemberEpoch: number = reader.int32();
  const state: number = reader.int8();
  let assignedPartitions: ShareGroupCurrentMemberAssignmentValueTopicPartitions[];
  const assignedPartitionsLength = reader.compactArrayLength(18);
  if (assignedPartitionsLength < 0) throw reader.nullError("assignedPartitions");
  {
    const list: ShareGroupCurrentMemberAssignmentValueTopicPartitions[] = [];
    for (let i = 0; i < assignedPartitionsLength; i++) list.push(readShareGroupCurrentMemberAssignmentValueTopicPartitions(reader, version));
    assignedPartitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupCurrentMemberAssignmentValue = {
    memberEpoch,
    previousMemberEpoch,
    state,
    assignedPartitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShareGroupCurrentMemberAssignmentValue(writer: Writer, message: Draft<ShareGroupCurrentMemberAssignmentValue>, version: number): void {
  if (version !== 0) throw versionError("ShareGroupCurrentMemberAssignmentValue", version);
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch ?? 0);
  const previousMemberEpoch = message.previousMemberEpoch;
  writer.int32(previousMemberEpoch ?? 0);
  const state = message.state;
  writer.int8(state ?? 0);
  const assignedPartitions = message.assignedPartitions;
  if (assignedPartitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(assignedPartitions.length);
    for (const item of assignedPartitions) writeShareGroupCurrentMemberAssignmentValueTopicPartitions(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareGroupCurrentMemberAssignmentValueTopicPartitions(reader: Reader, _version: number): ShareGroupCurrentMemberAssignmentValueTopicPartitions {
  const topicId: Uuid = reader.uuid();
  let partitions: number[];
  const partitionsLength = reader.compactArrayLength(4);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: number[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(reader.int32());
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupCurrentMemberAssignmentValueTopicPartitions = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareGroupCurrentMemberAssignmentValueTopicPartitions(writer: Writer, message: Draft<ShareGroupCurrentMemberAssignmentValueTopicPartitions>, _version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writer.int32(item);
  }
  writer.unknownTags(message.unknownTags);
}

export interface ShareGroupStatePartitionMetadataKey {
  groupId: string;
}

export function readShareGroupStatePartitionMetadataKey(reader: Reader, version: number): ShareGroupStatePartitionMetadataKey {
  reader.what = "ShareGroupStatePartitionMetadataKey";
  if (version !== 0) throw versionError("ShareGroupStatePartitionMetadataKey", version);
  const groupId: string = reader.string();
  const message: ShareGroupStatePartitionMetadataKey = {
    groupId,
  };
  return message;
}

export function writeShareGroupStatePartitionMetadataKey(writer: Writer, message: Draft<ShareGroupStatePartitionMetadataKey>, version: number): void {
  if (version !== 0) throw versionError("ShareGroupStatePartitionMetadataKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
}

export interface ShareGroupStatePartitionMetadataValue {
  initializingTopics: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[];
  initializedTopics: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[];
  deletingTopics: ShareGroupStatePartitionMetadataValueTopicInfo[];
  unknownTags?: TaggedField[];
}

export interface ShareGroupStatePartitionMetadataValueTopicPartitionsInfo {
  topicId: Uuid;
  topicName: string;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export interface ShareGroupStatePartitionMetadataValueTopicInfo {
  topicId: Uuid;
  topicName: string;
  unknownTags?: TaggedField[];
}

export function readShareGroupStatePartitionMetadataValue(reader: Reader, version: number): ShareGroupStatePartitionMetadataValue {
  reader.what = "ShareGroupStatePartitionMetadataValue";
  if (version !== 0) throw versionError("ShareGroupStatePartitionMetadataValue", version);
  let initializingTopics: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[];
  const initializingTopicsLength = reader.compactArrayLength(19);
  if (initializingTopicsLength < 0) throw reader.nullError("initializingTopics");
  {
    const list: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[] = [];
    for (let i = 0; i < initializingTopicsLength; i++) list.push(readShareGroupStatePartitionMetadataValueTopicPartitionsInfo(reader, version));
    initializingTopics = list;
  }
  let initializedTopics: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[];
  const initializedTopicsLength = reader.compactArrayLength(19);
  if (initializedTopicsLength < 0) throw reader.nullError("initializedTopics");
  {
    const list: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[] = [];
    for (let i = 0; i < initializedTopicsLength; i++) list.push(readShareGroupStatePartitionMetadataValueTopicPartitionsInfo(reader, version));
    initializedTopics = list;
  }
  let deletingTopics: ShareGroupStatePartitionMetadataValueTopicInfo[];
  const deletingTopicsLength = reader.compactArrayLength(18);
  if (deletingTopicsLength < 0) throw reader.nullError("deletingTopics");
  {
    const list: ShareGroupStatePartitionMetadataValueTopicInfo[] = [];
    for (let i = 0; i < deletingTopicsLength; i++) list.push(readShareGroupStatePartitionMetadataValueTopicInfo(reader, version));
    deletingTopics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupStatePartitionMetadataValue = {
    initializingTopics,
    initializedTopics,
    deletingTopics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShareGroupStatePartitionMetadataValue(writer: Writer, message: Draft<ShareGroupStatePartitionMetadataValue>, version: number): void {
  if (version !== 0) throw versionError("ShareGroupStatePartitionMetadataValue", version);
  const initializingTopics = message.initializingTopics;
  if (initializingTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(initializingTopics.length);
    for (const item of initializingTopics) writeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(writer, item, version);
  }
  const initializedTopics = message.initializedTopics;
  if (initializedTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(initializedTopics.length);
    for (const item of initializedTopics) writeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(writer, item, version);
  }
  const deletingTopics = message.deletingTopics;
  if (deletingTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(deletingTopics.length);
    for (const item of deletingTopics) writeShareGroupStatePartitionMetadataValueTopicInfo(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareGroupStatePartitionMetadataValueTopicPartitionsInfo(reader: Reader, _version: number): ShareGroupStatePartitionMetadataValueTopicPartitionsInfo {
  const topicId: Uuid = reader.uuid();
  const topicName: string = reader.compactString();
  let partitions: number[];
  const partitionsLength = reader.compactArrayLength(4);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: number[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(reader.int32());
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo = {
    topicId,
    topicName,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(writer: Writer, message: Draft<ShareGroupStatePartitionMetadataValueTopicPartitionsInfo>, _version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const topicName = message.topicName;
  writer.compactString(topicName ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writer.int32(item);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareGroupStatePartitionMetadataValueTopicInfo(reader: Reader, _version: number): ShareGroupStatePartitionMetadataValueTopicInfo {
  const topicId: Uuid = reader.uuid();
  const topicName: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupStatePartitionMetadataValueTopicInfo = {
    topicId,
    topicName,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareGroupStatePartitionMetadataValueTopicInfo(writer: Writer, message: Draft<ShareGroupStatePartitionMetadataValueTopicInfo>, _version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const topicName = message.topicName;
  writer.compactString(topicName ?? "");
  writer.unknownTags(message.unknownTags);
}

export interface ConsumerGroupRegularExpressionKey {
  groupId: string;
  regularExpression: string;
}

export function readConsumerGroupRegularExpressionKey(reader: Reader, version: number): ConsumerGroupRegularExpressionKey {
  reader.what = "ConsumerGroupRegularExpressionKey";
  if (version !== 0) throw versionError("ConsumerGroupRegularExpressionKey", version);
  const groupId: string = reader.string();
  const regularExpression: string = reader.string();
  const message: ConsumerGroupRegularExpressionKey = {
    groupId,
    regularExpression,
  };
  return message;
}

export function writeConsumerGroupRegularExpressionKey(writer: Writer, message: Draft<ConsumerGroupRegularExpressionKey>, version: number): void {
  if (version !== 0) throw versionError("ConsumerGroupRegularExpressionKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
  const regularExpression = message.regularExpression;
  writer.string(regularExpression ?? "");
}

export interface ConsumerGroupRegularExpressionValue {
  topics: string[];
  version: number;
  timestamp: number;
  unknownTags?: TaggedField[];
}

export function readConsumerGroupRegularExpressionValue(reader: Reader, version: number): ConsumerGroupRegularExpressionValue {
  reader.what = "ConsumerGroupRegularExpressionValue";
  if (version !== 0) throw versionError("ConsumerGroupRegularExpressionValue", version);
  let topics: string[];
  const topicsLength = reader.compactArrayLength(1);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: string[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(reader.compactString());
    topics = list;
  }
  const version_: number = reader.int64();
  const timestamp: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupRegularExpressionValue = {
    topics,
    version: version_,
    timestamp,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeConsumerGroupRegularExpressionValue(writer: Writer, message: Draft<ConsumerGroupRegularExpressionValue>, version: number): void {
  if (version !== 0) throw versionError("ConsumerGroupRegularExpressionValue", version);
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) {
      writer.compactString(item);
    }
  }
  const version_ = message.version;
  writer.int64(version_ ?? 0);
  const timestamp = message.timestamp;
  writer.int64(timestamp ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface StreamsGroupMetadataKey {
  groupId: string;
}

export function readStreamsGroupMetadataKey(reader: Reader, version: number): StreamsGroupMetadataKey {
  reader.what = "StreamsGroupMetadataKey";
  if (version !== 0) throw versionError("StreamsGroupMetadataKey", version);
  const groupId: string = reader.string();
  const message: StreamsGroupMetadataKey = {
    groupId,
  };
  return message;
}

export function writeStreamsGroupMetadataKey(writer: Writer, message: Draft<StreamsGroupMetadataKey>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupMetadataKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
}

export interface StreamsGroupMetadataValue {
  epoch: number;
  metadataHash: bigint;
  validatedTopologyEpoch: number;
  lastAssignmentConfigs: StreamsGroupMetadataValueLastAssignmentConfig[] | null;
  unknownTags?: TaggedField[];
}

export interface StreamsGroupMetadataValueLastAssignmentConfig {
  key: string;
  value: string;
  unknownTags?: TaggedField[];
}

export function readStreamsGroupMetadataValue(reader: Reader, version: number): StreamsGroupMetadataValue {
  reader.what = "StreamsGroupMetadataValue";
  if (version !== 0) throw versionError("StreamsGroupMetadataValue", version);
  const epoch: number = reader.int32();
  const metadataHash: bigint = reader.hash64();
  let validatedTopologyEpoch: number = -1;
  let lastAssignmentConfigs: StreamsGroupMetadataValueLastAssignmentConfig[] | null = [];
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      validatedTopologyEpoch = reader.int32();
      reader.endTag(tagEnd, "validatedTopologyEpoch");
    }
    else if (tag === 1) {
      const tagEnd = reader.beginTag();
      const lastAssignmentConfigsLength = reader.compactArrayLength(3);
      if (lastAssignmentConfigsLength < 0) {
        lastAssignmentConfigs = null;
      }
      else {
        const list: StreamsGroupMetadataValueLastAssignmentConfig[] = [];
        for (let i = 0; i < lastAssignmentConfigsLength; i++) list.push(readStreamsGroupMetadataValueLastAssignmentConfig(reader, version));
        lastAssignmentConfigs = list;
      }
      reader.endTag(tagEnd, "lastAssignmentConfigs");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: StreamsGroupMetadataValue = {
    epoch,
    metadataHash,
    validatedTopologyEpoch,
    lastAssignmentConfigs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeStreamsGroupMetadataValue(writer: Writer, message: Draft<StreamsGroupMetadataValue>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupMetadataValue", version);
  const epoch = message.epoch;
  writer.int32(epoch ?? 0);
  const metadataHash = message.metadataHash;
  writer.hash64(metadataHash ?? 0n);
  const validatedTopologyEpoch = message.validatedTopologyEpoch;
  const lastAssignmentConfigs = message.lastAssignmentConfigs;
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasValidatedTopologyEpoch = validatedTopologyEpoch !== undefined && validatedTopologyEpoch !== -1;
  if (hasValidatedTopologyEpoch) tagCount++;
  const hasLastAssignmentConfigs = lastAssignmentConfigs !== undefined && (lastAssignmentConfigs === null || lastAssignmentConfigs.length > 0);
  if (hasLastAssignmentConfigs) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasValidatedTopologyEpoch) {
    const mark = writer.beginTag(0);
    writer.int32(validatedTopologyEpoch ?? -1);
    writer.endTag(mark);
  }
  if (hasLastAssignmentConfigs) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 1);
    const mark = writer.beginTag(1);
    if (lastAssignmentConfigs === null) {
      writer.compactLength(-1);
    }
    else if (lastAssignmentConfigs === undefined) {
      writer.compactLength(0);
    }
    else {
      writer.compactLength(lastAssignmentConfigs.length);
      for (const item of lastAssignmentConfigs) writeStreamsGroupMetadataValueLastAssignmentConfig(writer, item, version);
    }
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

function readStreamsGroupMetadataValueLastAssignmentConfig(reader: Reader, _version: number): StreamsGroupMetadataValueLastAssignmentConfig {
  const key: string = reader.compactString();
  const value: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupMetadataValueLastAssignmentConfig = {
    key,
    value,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupMetadataValueLastAssignmentConfig(writer: Writer, message: Draft<StreamsGroupMetadataValueLastAssignmentConfig>, _version: number): void {
  const key = message.key;
  writer.compactString(key ?? "");
  const value = message.value;
  writer.compactString(value ?? "");
  writer.unknownTags(message.unknownTags);
}

export interface StreamsGroupMemberMetadataKey {
  groupId: string;
  memberId: string;
}

export function readStreamsGroupMemberMetadataKey(reader: Reader, version: number): StreamsGroupMemberMetadataKey {
  reader.what = "StreamsGroupMemberMetadataKey";
  if (version !== 0) throw versionError("StreamsGroupMemberMetadataKey", version);
  const groupId: string = reader.string();
  const memberId: string = reader.string();
  const message: StreamsGroupMemberMetadataKey = {
    groupId,
    memberId,
  };
  return message;
}

export function writeStreamsGroupMemberMetadataKey(writer: Writer, message: Draft<StreamsGroupMemberMetadataKey>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupMemberMetadataKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
  const memberId = message.memberId;
  writer.string(memberId ?? "");
}

export interface StreamsGroupMemberMetadataValue {
  instanceId: string | null;
  rackId: string | null;
  clientId: string;
  clientHost: string;
  rebalanceTimeoutMs: number;
  topologyEpoch: number;
  processId: string;
  userEndpoint: StreamsGroupMemberMetadataValueEndpoint | null;
  clientTags: StreamsGroupMemberMetadataValueKeyValue[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupMemberMetadataValueEndpoint {
  host: string;
  port: number;
  unknownTags?: TaggedField[];
}

export interface StreamsGroupMemberMetadataValueKeyValue {
  key: string;
  value: string;
  unknownTags?: TaggedField[];
}

export function readStreamsGroupMemberMetadataValue(reader: Reader, version: number): StreamsGroupMemberMetadataValue {
  reader.what = "StreamsGroupMemberMetadataValue";
  if (version !== 0) throw versionError("StreamsGroupMemberMetadataValue", version);
  const instanceId: string | null = reader.compactNullableString();
  const rackId: string | null = reader.compactNullableString();
  const clientId: string = reader.compactString();
  const clientHost: string = reader.compactString();
  const rebalanceTimeoutMs: number = reader.int32();
  const topologyEpoch: number = reader.int32();
  const processId: string = reader.compactString();
  let userEndpoint: StreamsGroupMemberMetadataValueEndpoint | null = null;
  userEndpoint = reader.int8() < 0 ? null : readStreamsGroupMemberMetadataValueEndpoint(reader, version);
  let clientTags: StreamsGroupMemberMetadataValueKeyValue[];
  const clientTagsLength = reader.compactArrayLength(3);
  if (clientTagsLength < 0) throw reader.nullError("clientTags");
  {
    const list: StreamsGroupMemberMetadataValueKeyValue[] = [];
    for (let i = 0; i < clientTagsLength; i++) list.push(readStreamsGroupMemberMetadataValueKeyValue(reader, version));
    clientTags = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupMemberMetadataValue = {
    instanceId,
    rackId,
    clientId,
    clientHost,
    rebalanceTimeoutMs,
    topologyEpoch,
    processId,
    userEndpoint,
    clientTags,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeStreamsGroupMemberMetadataValue(writer: Writer, message: Draft<StreamsGroupMemberMetadataValue>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupMemberMetadataValue", version);
  const instanceId = message.instanceId;
  writer.compactNullableString(instanceId === undefined ? "" : instanceId);
  const rackId = message.rackId;
  writer.compactNullableString(rackId === undefined ? "" : rackId);
  const clientId = message.clientId;
  writer.compactString(clientId ?? "");
  const clientHost = message.clientHost;
  writer.compactString(clientHost ?? "");
  const rebalanceTimeoutMs = message.rebalanceTimeoutMs;
  writer.int32(rebalanceTimeoutMs ?? -1);
  const topologyEpoch = message.topologyEpoch;
  writer.int32(topologyEpoch ?? 0);
  const processId = message.processId;
  writer.compactString(processId ?? "");
  const userEndpoint = message.userEndpoint;
  if (userEndpoint === null || userEndpoint === undefined) {
    writer.int8(-1);
  }
  else {
    writer.int8(1);
    writeStreamsGroupMemberMetadataValueEndpoint(writer, userEndpoint, version);
  }
  const clientTags = message.clientTags;
  if (clientTags === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(clientTags.length);
    for (const item of clientTags) writeStreamsGroupMemberMetadataValueKeyValue(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupMemberMetadataValueEndpoint(reader: Reader, _version: number): StreamsGroupMemberMetadataValueEndpoint {
  const host: string = reader.compactString();
  const port: number = reader.uint16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupMemberMetadataValueEndpoint = {
    host,
    port,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupMemberMetadataValueEndpoint(writer: Writer, message: Draft<StreamsGroupMemberMetadataValueEndpoint>, _version: number): void {
  const host = message.host;
  writer.compactString(host ?? "");
  const port = message.port;
  writer.uint16(port ?? 0);
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupMemberMetadataValueKeyValue(reader: Reader, _version: number): StreamsGroupMemberMetadataValueKeyValue {
  const key: string = reader.compactString();
  const value: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupMemberMetadataValueKeyValue = {
    key,
    value,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupMemberMetadataValueKeyValue(writer: Writer, message: Draft<StreamsGroupMemberMetadataValueKeyValue>, _version: number): void {
  const key = message.key;
  writer.compactString(key ?? "");
  const value = message.value;
  writer.compactString(value ?? "");
  writer.unknownTags(message.unknownTags);
}

export interface StreamsGroupTargetAssignmentMetadataKey {
  groupId: string;
}

export function readStreamsGroupTargetAssignmentMetadataKey(reader: Reader, version: number): StreamsGroupTargetAssignmentMetadataKey {
  reader.what = "StreamsGroupTargetAssignmentMetadataKey";
  if (version !== 0) throw versionError("StreamsGroupTargetAssignmentMetadataKey", version);
  const groupId: string = reader.string();
  const message: StreamsGroupTargetAssignmentMetadataKey = {
    groupId,
  };
  return message;
}

export function writeStreamsGroupTargetAssignmentMetadataKey(writer: Writer, message: Draft<StreamsGroupTargetAssignmentMetadataKey>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupTargetAssignmentMetadataKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
}

export interface StreamsGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number;
  assignmentTimestamp: number;
  unknownTags?: TaggedField[];
}

export function readStreamsGroupTargetAssignmentMetadataValue(reader: Reader, version: number): StreamsGroupTargetAssignmentMetadataValue {
  reader.what = "StreamsGroupTargetAssignmentMetadataValue";
  if (version !== 0) throw versionError("StreamsGroupTargetAssignmentMetadataValue", version);
  const assignmentEpoch: number = reader.int32();
  let assignmentTimestamp: number = 0;
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      assignmentTimestamp = reader.int64();
      reader.endTag(tagEnd, "assignmentTimestamp");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: StreamsGroupTargetAssignmentMetadataValue = {
    assignmentEpoch,
    assignmentTimestamp,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeStreamsGroupTargetAssignmentMetadataValue(writer: Writer, message: Draft<StreamsGroupTargetAssignmentMetadataValue>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupTargetAssignmentMetadataValue", version);
  const assignmentEpoch = message.assignmentEpoch;
  writer.int32(assignmentEpoch ?? 0);
  const assignmentTimestamp = message.assignmentTimestamp;
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasAssignmentTimestamp = assignmentTimestamp !== undefined && assignmentTimestamp !== 0;
  if (hasAssignmentTimestamp) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasAssignmentTimestamp) {
    const mark = writer.beginTag(0);
    writer.int64(assignmentTimestamp ?? 0);
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

export interface StreamsGroupTargetAssignmentMemberKey {
  groupId: string;
  memberId: string;
}

export function readStreamsGroupTargetAssignmentMemberKey(reader: Reader, version: number): StreamsGroupTargetAssignmentMemberKey {
  reader.what = "StreamsGroupTargetAssignmentMemberKey";
  if (version !== 0) throw versionError("StreamsGroupTargetAssignmentMemberKey", version);
  const groupId: string = reader.string();
  const memberId: string = reader.string();
  const message: StreamsGroupTargetAssignmentMemberKey = {
    groupId,
    memberId,
  };
  return message;
}

export function writeStreamsGroupTargetAssignmentMemberKey(writer: Writer, message: Draft<StreamsGroupTargetAssignmentMemberKey>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupTargetAssignmentMemberKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
  const memberId = message.memberId;
  writer.string(memberId ?? "");
}

export interface StreamsGroupTargetAssignmentMemberValue {
  activeTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[];
  standbyTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[];
  warmupTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupTargetAssignmentMemberValueTaskIds {
  subtopologyId: string;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readStreamsGroupTargetAssignmentMemberValue(reader: Reader, version: number): StreamsGroupTargetAssignmentMemberValue {
  reader.what = "StreamsGroupTargetAssignmentMemberValue";
  if (version !== 0) throw versionError("StreamsGroupTargetAssignmentMemberValue", version);
  let activeTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[];
  const activeTasksLength = reader.compactArrayLength(3);
  if (activeTasksLength < 0) throw reader.nullError("activeTasks");
  {
    const list: StreamsGroupTargetAssignmentMemberValueTaskIds[] = [];
    for (let i = 0; i < activeTasksLength; i++) list.push(readStreamsGroupTargetAssignmentMemberValueTaskIds(reader, version));
    activeTasks = list;
  }
  let standbyTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[];
  const standbyTasksLength = reader.compactArrayLength(3);
  if (standbyTasksLength < 0) throw reader.nullError("standbyTasks");
  {
    const list: StreamsGroupTargetAssignmentMemberValueTaskIds[] = [];
    for (let i = 0; i < standbyTasksLength; i++) list.push(readStreamsGroupTargetAssignmentMemberValueTaskIds(reader, version));
    standbyTasks = list;
  }
  let warmupTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[];
  const warmupTasksLength = reader.compactArrayLength(3);
  if (warmupTasksLength < 0) throw reader.nullError("warmupTasks");
  {
    const list: StreamsGroupTargetAssignmentMemberValueTaskIds[] = [];
    for (let i = 0; i < warmupTasksLength; i++) list.push(readStreamsGroupTargetAssignmentMemberValueTaskIds(reader, version));
    warmupTasks = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupTargetAssignmentMemberValue = {
    activeTasks,
    standbyTasks,
    warmupTasks,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeStreamsGroupTargetAssignmentMemberValue(writer: Writer, message: Draft<StreamsGroupTargetAssignmentMemberValue>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupTargetAssignmentMemberValue", version);
  const activeTasks = message.activeTasks;
  if (activeTasks === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(activeTasks.length);
    for (const item of activeTasks) writeStreamsGroupTargetAssignmentMemberValueTaskIds(writer, item, version);
  }
  const standbyTasks = message.standbyTasks;
  if (standbyTasks === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(standbyTasks.length);
    for (const item of standbyTasks) writeStreamsGroupTargetAssignmentMemberValueTaskIds(writer, item, version);
  }
  const warmupTasks = message.warmupTasks;
  if (warmupTasks === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(warmupTasks.length);
    for (const item of warmupTasks) writeStreamsGroupTargetAssignmentMemberValueTaskIds(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupTargetAssignmentMemberValueTaskIds(reader: Reader, _version: number): StreamsGroupTargetAssignmentMemberValueTaskIds {
  const subtopologyId: string = reader.compactString();
  let partitions: number[];
  const partitionsLength = reader.compactArrayLength(4);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: number[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(reader.int32());
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupTargetAssignmentMemberValueTaskIds = {
    subtopologyId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupTargetAssignmentMemberValueTaskIds(writer: Writer, message: Draft<StreamsGroupTargetAssignmentMemberValueTaskIds>, _version: number): void {
  const subtopologyId = message.subtopologyId;
  writer.compactString(subtopologyId ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writer.int32(item);
  }
  writer.unknownTags(message.unknownTags);
}

export interface StreamsGroupCurrentMemberAssignmentKey {
  groupId: string;
  memberId: string;
}

export function readStreamsGroupCurrentMemberAssignmentKey(reader: Reader, version: number): StreamsGroupCurrentMemberAssignmentKey {
  reader.what = "StreamsGroupCurrentMemberAssignmentKey";
  if (version !== 0) throw versionError("StreamsGroupCurrentMemberAssignmentKey", version);
  const groupId: string = reader.string();
  const memberId: string = reader.string();
  const message: StreamsGroupCurrentMemberAssignmentKey = {
    groupId,
    memberId,
  };
  return message;
}

export function writeStreamsGroupCurrentMemberAssignmentKey(writer: Writer, message: Draft<StreamsGroupCurrentMemberAssignmentKey>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupCurrentMemberAssignmentKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
  const memberId = message.memberId;
  writer.string(memberId ?? "");
}

export interface StreamsGroupCurrentMemberAssignmentValue {
  memberEpoch: number;
  previousMemberEpoch: number;
  state: number;
  activeTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  standbyTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  warmupTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  activeTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  standbyTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  warmupTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupCurrentMemberAssignmentValueTaskIds {
  subtopologyId: string;
  partitions: number[];
  assignmentEpochs: number[] | null;
  unknownTags?: TaggedField[];
}

export function readStreamsGroupCurrentMemberAssignmentValue(reader: Reader, version: number): StreamsGroupCurrentMemberAssignmentValue {
  reader.what = "StreamsGroupCurrentMemberAssignmentValue";
  if (version !== 0) throw versionError("StreamsGroupCurrentMemberAssignmentValue", version);
  const memberEpoch: number = reader.int32();
  const previousMemberEpoch: number = reader.int32();
  const state: number = reader.int8();
  let activeTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  const activeTasksLength = reader.compactArrayLength(3);
  if (activeTasksLength < 0) throw reader.nullError("activeTasks");
  {
    const list: StreamsGroupCurrentMemberAssignmentValueTaskIds[] = [];
    for (let i = 0; i < activeTasksLength; i++) list.push(readStreamsGroupCurrentMemberAssignmentValueTaskIds(reader, version));
    activeTasks = list;
  }
  let standbyTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  const standbyTasksLength = reader.compactArrayLength(3);
  if (standbyTasksLength < 0) throw reader.nullError("standbyTasks");
  {
    const list: StreamsGroupCurrentMemberAssignmentValueTaskIds[] = [];
    for (let i = 0; i < standbyTasksLength; i++) list.push(readStreamsGroupCurrentMemberAssignmentValueTaskIds(reader, version));
    standbyTasks = list;
  }
  let warmupTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  const warmupTasksLength = reader.compactArrayLength(3);
  if (warmupTasksLength < 0) throw reader.nullError("warmupTasks");
  {
    const list: StreamsGroupCurrentMemberAssignmentValueTaskIds[] = [];
    for (let i = 0; i < warmupTasksLength; i++) list.push(readStreamsGroupCurrentMemberAssignmentValueTaskIds(reader, version));
    warmupTasks = list;
  }
  let activeTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  const activeTasksPendingRevocationLength = reader.compactArrayLength(3);
  if (activeTasksPendingRevocationLength < 0) throw reader.nullError("activeTasksPendingRevocation");
  {
    const list: StreamsGroupCurrentMemberAssignmentValueTaskIds[] = [];
    for (let i = 0; i < activeTasksPendingRevocationLength; i++) list.push(readStreamsGroupCurrentMemberAssignmentValueTaskIds(reader, version));
    activeTasksPendingRevocation = list;
  }
  let standbyTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  const standbyTasksPendingRevocationLength = reader.compactArrayLength(3);
  if (standbyTasksPendingRevocationLength < 0) throw reader.nullError("standbyTasksPendingRevocation");
  {
    const list: StreamsGroupCurrentMemberAssignmentValueTaskIds[] = [];
    for (let i = 0; i < standbyTasksPendingRevocationLength; i++) list.push(readStreamsGroupCurrentMemberAssignmentValueTaskIds(reader, version));
    standbyTasksPendingRevocation = list;
  }
  let warmupTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  const warmupTasksPendingRevocationLength = reader.compactArrayLength(3);
  if (warmupTasksPendingRevocationLength < 0) throw reader.nullError("warmupTasksPendingRevocation");
  {
    const list: StreamsGroupCurrentMemberAssignmentValueTaskIds[] = [];
    for (let i = 0; i < warmupTasksPendingRevocationLength; i++) list.push(readStreamsGroupCurrentMemberAssignmentValueTaskIds(reader, version));
    warmupTasksPendingRevocation = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupCurrentMemberAssignmentValue = {
    memberEpoch,
    previousMemberEpoch,
    state,
    activeTasks,
    standbyTasks,
    warmupTasks,
    activeTasksPendingRevocation,
    standbyTasksPendingRevocation,
    warmupTasksPendingRevocation,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeStreamsGroupCurrentMemberAssignmentValue(writer: Writer, message: Draft<StreamsGroupCurrentMemberAssignmentValue>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupCurrentMemberAssignmentValue", version);
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch ?? 0);
  const previousMemberEpoch = message.previousMemberEpoch;
  writer.int32(previousMemberEpoch ?? 0);
  const state = message.state;
  writer.int8(state ?? 0);
  const activeTasks = message.activeTasks;
  if (activeTasks === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(activeTasks.length);
    for (const item of activeTasks) writeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, item, version);
  }
  const standbyTasks = message.standbyTasks;
  if (standbyTasks === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(standbyTasks.length);
    for (const item of standbyTasks) writeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, item, version);
  }
  const warmupTasks = message.warmupTasks;
  if (warmupTasks === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(warmupTasks.length);
    for (const item of warmupTasks) writeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, item, version);
  }
  const activeTasksPendingRevocation = message.activeTasksPendingRevocation;
  if (activeTasksPendingRevocation === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(activeTasksPendingRevocation.length);
    for (const item of activeTasksPendingRevocation) writeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, item, version);
  }
  const standbyTasksPendingRevocation = message.standbyTasksPendingRevocation;
  if (standbyTasksPendingRevocation === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(standbyTasksPendingRevocation.length);
    for (const item of standbyTasksPendingRevocation) writeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, item, version);
  }
  const warmupTasksPendingRevocation = message.warmupTasksPendingRevocation;
  if (warmupTasksPendingRevocation === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(warmupTasksPendingRevocation.length);
    for (const item of warmupTasksPendingRevocation) writeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupCurrentMemberAssignmentValueTaskIds(reader: Reader, _version: number): StreamsGroupCurrentMemberAssignmentValueTaskIds {
  const subtopologyId: string = reader.compactString();
  let partitions: number[];
  const partitionsLength = reader.compactArrayLength(4);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: number[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(reader.int32());
    partitions = list;
  }
  let assignmentEpochs: number[] | null = [];
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      const assignmentEpochsLength = reader.compactArrayLength(4);
      if (assignmentEpochsLength < 0) {
        assignmentEpochs = null;
      }
      else {
        const list: number[] = [];
        for (let i = 0; i < assignmentEpochsLength; i++) list.push(reader.int32());
        assignmentEpochs = list;
      }
      reader.endTag(tagEnd, "assignmentEpochs");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: StreamsGroupCurrentMemberAssignmentValueTaskIds = {
    subtopologyId,
    partitions,
    assignmentEpochs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer: Writer, message: Draft<StreamsGroupCurrentMemberAssignmentValueTaskIds>, _version: number): void {
  const subtopologyId = message.subtopologyId;
  writer.compactString(subtopologyId ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writer.int32(item);
  }
  const assignmentEpochs = message.assignmentEpochs;
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasAssignmentEpochs = assignmentEpochs !== undefined && (assignmentEpochs === null || assignmentEpochs.length > 0);
  if (hasAssignmentEpochs) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasAssignmentEpochs) {
    const mark = writer.beginTag(0);
    if (assignmentEpochs === null) {
      writer.compactLength(-1);
    }
    else if (assignmentEpochs === undefined) {
      writer.compactLength(0);
    }
    else {
      writer.compactLength(assignmentEpochs.length);
      for (const item of assignmentEpochs) writer.int32(item);
    }
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

export interface StreamsGroupTopologyKey {
  groupId: string;
}

export function readStreamsGroupTopologyKey(reader: Reader, version: number): StreamsGroupTopologyKey {
  reader.what = "StreamsGroupTopologyKey";
  if (version !== 0) throw versionError("StreamsGroupTopologyKey", version);
  const groupId: string = reader.string();
  const message: StreamsGroupTopologyKey = {
    groupId,
  };
  return message;
}

export function writeStreamsGroupTopologyKey(writer: Writer, message: Draft<StreamsGroupTopologyKey>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupTopologyKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
}

export interface StreamsGroupTopologyValue {
  epoch: number;
  subtopologies: StreamsGroupTopologyValueSubtopology[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupTopologyValueSubtopology {
  subtopologyId: string;
  sourceTopics: string[];
  sourceTopicRegex: string[];
  stateChangelogTopics: StreamsGroupTopologyValueTopicInfo[];
  repartitionSinkTopics: string[];
  repartitionSourceTopics: StreamsGroupTopologyValueTopicInfo[];
  copartitionGroups: StreamsGroupTopologyValueCopartitionGroup[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupTopologyValueTopicInfo {
  name: string;
  partitions: number;
  replicationFactor: number;
  topicConfigs: StreamsGroupTopologyValueTopicConfig[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupTopologyValueCopartitionGroup {
  sourceTopics: number[];
  sourceTopicRegex: number[];
  repartitionSourceTopics: number[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupTopologyValueTopicConfig {
  key: string;
  value: string;
  unknownTags?: TaggedField[];
}

export function readStreamsGroupTopologyValue(reader: Reader, version: number): StreamsGroupTopologyValue {
  reader.what = "StreamsGroupTopologyValue";
  if (version !== 0) throw versionError("StreamsGroupTopologyValue", version);
  const epoch: number = reader.int32();
  let subtopologies: StreamsGroupTopologyValueSubtopology[];
  const subtopologiesLength = reader.compactArrayLength(8);
  if (subtopologiesLength < 0) throw reader.nullError("subtopologies");
  {
    const list: StreamsGroupTopologyValueSubtopology[] = [];
    for (let i = 0; i < subtopologiesLength; i++) list.push(readStreamsGroupTopologyValueSubtopology(reader, version));
    subtopologies = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupTopologyValue = {
    epoch,
    subtopologies,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeStreamsGroupTopologyValue(writer: Writer, message: Draft<StreamsGroupTopologyValue>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupTopologyValue", version);
  const epoch = message.epoch;
  writer.int32(epoch ?? 0);
  const subtopologies = message.subtopologies;
  if (subtopologies === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(subtopologies.length);
    for (const item of subtopologies) writeStreamsGroupTopologyValueSubtopology(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupTopologyValueSubtopology(reader: Reader, version: number): StreamsGroupTopologyValueSubtopology {
  const subtopologyId: string = reader.compactString();
  let sourceTopics: string[];
  const sourceTopicsLength = reader.compactArrayLength(1);
  if (sourceTopicsLength < 0) throw reader.nullError("sourceTopics");
  {
    const list: string[] = [];
    for (let i = 0; i < sourceTopicsLength; i++) list.push(reader.compactString());
    sourceTopics = list;
  }
  let sourceTopicRegex: string[];
  const sourceTopicRegexLength = reader.compactArrayLength(1);
  if (sourceTopicRegexLength < 0) throw reader.nullError("sourceTopicRegex");
  {
    const list: string[] = [];
    for (let i = 0; i < sourceTopicRegexLength; i++) list.push(reader.compactString());
    sourceTopicRegex = list;
  }
  let stateChangelogTopics: StreamsGroupTopologyValueTopicInfo[];
  const stateChangelogTopicsLength = reader.compactArrayLength(9);
  if (stateChangelogTopicsLength < 0) throw reader.nullError("stateChangelogTopics");
  {
    const list: StreamsGroupTopologyValueTopicInfo[] = [];
    for (let i = 0; i < stateChangelogTopicsLength; i++) list.push(readStreamsGroupTopologyValueTopicInfo(reader, version));
    stateChangelogTopics = list;
  }
  let repartitionSinkTopics: string[];
  const repartitionSinkTopicsLength = reader.compactArrayLength(1);
  if (repartitionSinkTopicsLength < 0) throw reader.nullError("repartitionSinkTopics");
  {
    const list: string[] = [];
    for (let i = 0; i < repartitionSinkTopicsLength; i++) list.push(reader.compactString());
    repartitionSinkTopics = list;
  }
  let repartitionSourceTopics: StreamsGroupTopologyValueTopicInfo[];
  const repartitionSourceTopicsLength = reader.compactArrayLength(9);
  if (repartitionSourceTopicsLength < 0) throw reader.nullError("repartitionSourceTopics");
  {
    const list: StreamsGroupTopologyValueTopicInfo[] = [];
    for (let i = 0; i < repartitionSourceTopicsLength; i++) list.push(readStreamsGroupTopologyValueTopicInfo(reader, version));
    repartitionSourceTopics = list;
  }
  let copartitionGroups: StreamsGroupTopologyValueCopartitionGroup[];
  const copartitionGroupsLength = reader.compactArrayLength(4);
  if (copartitionGroupsLength < 0) throw reader.nullError("copartitionGroups");
  {
    const list: StreamsGroupTopologyValueCopartitionGroup[] = [];
    for (let i = 0; i < copartitionGroupsLength; i++) list.push(readStreamsGroupTopologyValueCopartitionGroup(reader, version));
    copartitionGroups = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupTopologyValueSubtopology = {
    subtopologyId,
    sourceTopics,
    sourceTopicRegex,
    stateChangelogTopics,
    repartitionSinkTopics,
    repartitionSourceTopics,
    copartitionGroups,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupTopologyValueSubtopology(writer: Writer, message: Draft<StreamsGroupTopologyValueSubtopology>, version: number): void {
  const subtopologyId = message.subtopologyId;
  writer.compactString(subtopologyId ?? "");
  const sourceTopics = message.sourceTopics;
  if (sourceTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(sourceTopics.length);
    for (const item of sourceTopics) {
      writer.compactString(item);
    }
  }
  const sourceTopicRegex = message.sourceTopicRegex;
  if (sourceTopicRegex === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(sourceTopicRegex.length);
    for (const item of sourceTopicRegex) {
      writer.compactString(item);
    }
  }
  const stateChangelogTopics = message.stateChangelogTopics;
  if (stateChangelogTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(stateChangelogTopics.length);
    for (const item of stateChangelogTopics) writeStreamsGroupTopologyValueTopicInfo(writer, item, version);
  }
  const repartitionSinkTopics = message.repartitionSinkTopics;
  if (repartitionSinkTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(repartitionSinkTopics.length);
    for (const item of repartitionSinkTopics) {
      writer.compactString(item);
    }
  }
  const repartitionSourceTopics = message.repartitionSourceTopics;
  if (repartitionSourceTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(repartitionSourceTopics.length);
    for (const item of repartitionSourceTopics) writeStreamsGroupTopologyValueTopicInfo(writer, item, version);
  }
  const copartitionGroups = message.copartitionGroups;
  if (copartitionGroups === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(copartitionGroups.length);
    for (const item of copartitionGroups) writeStreamsGroupTopologyValueCopartitionGroup(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupTopologyValueTopicInfo(reader: Reader, version: number): StreamsGroupTopologyValueTopicInfo {
  const name: string = reader.compactString();
  const partitions: number = reader.int32();
  const replicationFactor: number = reader.int16();
  let topicConfigs: StreamsGroupTopologyValueTopicConfig[];
  const topicConfigsLength = reader.compactArrayLength(3);
  if (topicConfigsLength < 0) throw reader.nullError("topicConfigs");
  {
    const list: StreamsGroupTopologyValueTopicConfig[] = [];
    for (let i = 0; i < topicConfigsLength; i++) list.push(readStreamsGroupTopologyValueTopicConfig(reader, version));
    topicConfigs = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupTopologyValueTopicInfo = {
    name,
    partitions,
    replicationFactor,
    topicConfigs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupTopologyValueTopicInfo(writer: Writer, message: Draft<StreamsGroupTopologyValueTopicInfo>, version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const partitions = message.partitions;
  writer.int32(partitions ?? 0);
  const replicationFactor = message.replicationFactor;
  writer.int16(replicationFactor ?? 0);
  const topicConfigs = message.topicConfigs;
  if (topicConfigs === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topicConfigs.length);
    for (const item of topicConfigs) writeStreamsGroupTopologyValueTopicConfig(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupTopologyValueCopartitionGroup(reader: Reader, _version: number): StreamsGroupTopologyValueCopartitionGroup {
  let sourceTopics: number[];
  const sourceTopicsLength = reader.compactArrayLength(2);
  if (sourceTopicsLength < 0) throw reader.nullError("sourceTopics");
  {
    const list: number[] = [];
    for (let i = 0; i < sourceTopicsLength; i++) list.push(reader.int16());
    sourceTopics = list;
  }
  let sourceTopicRegex: number[];
  const sourceTopicRegexLength = reader.compactArrayLength(2);
  if (sourceTopicRegexLength < 0) throw reader.nullError("sourceTopicRegex");
  {
    const list: number[] = [];
    for (let i = 0; i < sourceTopicRegexLength; i++) list.push(reader.int16());
    sourceTopicRegex = list;
  }
  let repartitionSourceTopics: number[];
  const repartitionSourceTopicsLength = reader.compactArrayLength(2);
  if (repartitionSourceTopicsLength < 0) throw reader.nullError("repartitionSourceTopics");
  {
    const list: number[] = [];
    for (let i = 0; i < repartitionSourceTopicsLength; i++) list.push(reader.int16());
    repartitionSourceTopics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupTopologyValueCopartitionGroup = {
    sourceTopics,
    sourceTopicRegex,
    repartitionSourceTopics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupTopologyValueCopartitionGroup(writer: Writer, message: Draft<StreamsGroupTopologyValueCopartitionGroup>, _version: number): void {
  const sourceTopics = message.sourceTopics;
  if (sourceTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(sourceTopics.length);
    for (const item of sourceTopics) writer.int16(item);
  }
  const sourceTopicRegex = message.sourceTopicRegex;
  if (sourceTopicRegex === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(sourceTopicRegex.length);
    for (const item of sourceTopicRegex) writer.int16(item);
  }
  const repartitionSourceTopics = message.repartitionSourceTopics;
  if (repartitionSourceTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(repartitionSourceTopics.length);
    for (const item of repartitionSourceTopics) writer.int16(item);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupTopologyValueTopicConfig(reader: Reader, _version: number): StreamsGroupTopologyValueTopicConfig {
  const key: string = reader.compactString();
  const value: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupTopologyValueTopicConfig = {
    key,
    value,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupTopologyValueTopicConfig(writer: Writer, message: Draft<StreamsGroupTopologyValueTopicConfig>, _version: number): void {
  const key = message.key;
  writer.compactString(key ?? "");
  const value = message.value;
  writer.compactString(value ?? "");
  writer.unknownTags(message.unknownTags);
}

