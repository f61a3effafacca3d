// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ConsumerGroupHeartbeatRequest {
  groupId: string;
  memberId: string;
  memberEpoch: number;
  instanceId: string | null;
  rackId: string | null;
  rebalanceTimeoutMs: number;
  subscribedTopicNames: string[] | null;
  subscribedTopicRegex: string | null;
  serverAssignor: string | null;
  topicPartitions: ConsumerGroupHeartbeatRequestTopicPartitions[] | null;
  unknownTags?: TaggedField[];
}

export interface ConsumerGroupHeartbeatRequestTopicPartitions {
  topicId: Uuid;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readConsumerGroupHeartbeatRequest(reader: Reader, version: number): ConsumerGroupHeartbeatRequest {
  reader.what = "ConsumerGroupHeartbeatRequest";
  if (version < 0 || version > 1) throw versionError("ConsumerGroupHeartbeatRequest", version);
  const groupId: string = reader.compactString();
  const memberId: string = reader.compactString();
  const memberEpoch: number = reader.int32();
  const instanceId: string | null = reader.compactNullableString();
  const rackId: string | null = reader.compactNullableString();
  const rebalanceTimeoutMs: number = reader.int32();
  let subscribedTopicNames: string[] | null = null;
  const subscribedTopicNamesLength = reader.compactArrayLength(1);
  if (subscribedTopicNamesLength < 0) {
    subscribedTopicNames = null;
  }
  else {
    const list: string[] = [];
    for (let i = 0; i < subscribedTopicNamesLength; i++) list.push(reader.compactString());
    subscribedTopicNames = list;
  }
  const subscribedTopicRegex: string | null = version >= 1 ? (version >= 1 ? reader.compactNullableString() : reader.compactString()) : null;
  const serverAssignor: string | null = reader.compactNullableString();
  let topicPartitions: ConsumerGroupHeartbeatRequestTopicPartitions[] | null = null;
  const topicPartitionsLength = reader.compactArrayLength(18);
  if (topicPartitionsLength < 0) {
    topicPartitions = null;
  }
  else {
    const list: ConsumerGroupHeartbeatRequestTopicPartitions[] = [];
    for (let i = 0; i < topicPartitionsLength; i++) list.push(readConsumerGroupHeartbeatRequestTopicPartitions(reader, version));
    topicPartitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupHeartbeatRequest = {
    groupId,
    memberId,
    memberEpoch,
    instanceId,
    rackId,
    rebalanceTimeoutMs,
    subscribedTopicNames,
    subscribedTopicRegex,
    serverAssignor,
    topicPartitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeConsumerGroupHeartbeatRequest(writer: Writer, message: Draft<ConsumerGroupHeartbeatRequest>, version: number): void {
  if (version < 0 || version > 1) throw versionError("ConsumerGroupHeartbeatRequest", version);
  const groupId = message.groupId;
  writer.compactString(groupId ?? "");
  const memberId = message.memberId;
  writer.compactString(memberId ?? "");
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch ?? 0);
  const instanceId = message.instanceId;
  writer.compactNullableString(instanceId ?? null);
  const rackId = message.rackId;
  writer.compactNullableString(rackId ?? null);
  const rebalanceTimeoutMs = message.rebalanceTimeoutMs;
  writer.int32(rebalanceTimeoutMs ?? -1);
  const subscribedTopicNames = message.subscribedTopicNames;
  if (subscribedTopicNames === null || subscribedTopicNames === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(subscribedTopicNames.length);
    for (const item of subscribedTopicNames) {
      writer.compactString(item);
    }
  }
  const subscribedTopicRegex = message.subscribedTopicRegex;
  if (version >= 1) {
    if (!(version >= 1) && (subscribedTopicRegex === undefined || subscribedTopicRegex === null)) throw nullIn("ConsumerGroupHeartbeatRequest.subscribedTopicRegex", version);
    writer.compactNullableString(subscribedTopicRegex ?? null);
  }
  if (!(version >= 1) && subscribedTopicRegex !== undefined && subscribedTopicRegex !== null) throw notInVersion("ConsumerGroupHeartbeatRequest.subscribedTopicRegex", version);
  const serverAssignor = message.serverAssignor;
  writer.compactNullableString(serverAssignor ?? null);
  const topicPartitions = message.topicPartitions;
  if (topicPartitions === null || topicPartitions === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(topicPartitions.length);
    for (const item of topicPartitions) writeConsumerGroupHeartbeatRequestTopicPartitions(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readConsumerGroupHeartbeatRequestTopicPartitions(reader: Reader, _version: number): ConsumerGroupHeartbeatRequestTopicPartitions {
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
  const message: ConsumerGroupHeartbeatRequestTopicPartitions = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeConsumerGroupHeartbeatRequestTopicPartitions(writer: Writer, message: Draft<ConsumerGroupHeartbeatRequestTopicPartitions>, _version: number): void {
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

export interface ConsumerGroupHeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  memberId: string | null;
  memberEpoch: number;
  heartbeatIntervalMs: number;
  assignment: ConsumerGroupHeartbeatResponseAssignment | null;
  unknownTags?: TaggedField[];
}

export interface ConsumerGroupHeartbeatResponseAssignment {
  topicPartitions: ConsumerGroupHeartbeatResponseTopicPartitions[];
  unknownTags?: TaggedField[];
}

export interface ConsumerGroupHeartbeatResponseTopicPartitions {
  topicId: Uuid;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readConsumerGroupHeartbeatResponse(reader: Reader, version: number): ConsumerGroupHeartbeatResponse {
  reader.what = "ConsumerGroupHeartbeatResponse";
  if (version < 0 || version > 1) throw versionError("ConsumerGroupHeartbeatResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  const memberId: string | null = reader.compactNullableString();
  const memberEpoch: number = reader.int32();
  const heartbeatIntervalMs: number = reader.int32();
  let assignment: ConsumerGroupHeartbeatResponseAssignment | null = null;
  assignment = reader.int8() < 0 ? null : readConsumerGroupHeartbeatResponseAssignment(reader, version);
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupHeartbeatResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
    memberId,
    memberEpoch,
    heartbeatIntervalMs,
    assignment,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeConsumerGroupHeartbeatResponse(writer: Writer, message: Draft<ConsumerGroupHeartbeatResponse>, version: number): void {
  if (version < 0 || version > 1) throw versionError("ConsumerGroupHeartbeatResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  const memberId = message.memberId;
  writer.compactNullableString(memberId ?? null);
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch ?? 0);
  const heartbeatIntervalMs = message.heartbeatIntervalMs;
  writer.int32(heartbeatIntervalMs ?? 0);
  const assignment = message.assignment;
  if (assignment === null || assignment === undefined) {
    writer.int8(-1);
  }
  else {
    writer.int8(1);
    writeConsumerGroupHeartbeatResponseAssignment(writer, assignment, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readConsumerGroupHeartbeatResponseAssignment(reader: Reader, version: number): ConsumerGroupHeartbeatResponseAssignment {
  let topicPartitions: ConsumerGroupHeartbeatResponseTopicPartitions[];
  const topicPartitionsLength = reader.compactArrayLength(18);
  if (topicPartitionsLength < 0) throw reader.nullError("topicPartitions");
  {
    const list: ConsumerGroupHeartbeatResponseTopicPartitions[] = [];
    for (let i = 0; i < topicPartitionsLength; i++) list.push(readConsumerGroupHeartbeatResponseTopicPartitions(reader, version));
    topicPartitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupHeartbeatResponseAssignment = {
    topicPartitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeConsumerGroupHeartbeatResponseAssignment(writer: Writer, message: Draft<ConsumerGroupHeartbeatResponseAssignment>, version: number): void {
  const topicPartitions = message.topicPartitions;
  if (topicPartitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topicPartitions.length);
    for (const item of topicPartitions) writeConsumerGroupHeartbeatResponseTopicPartitions(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readConsumerGroupHeartbeatResponseTopicPartitions(reader: Reader, _version: number): ConsumerGroupHeartbeatResponseTopicPartitions {
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
  const message: ConsumerGroupHeartbeatResponseTopicPartitions = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeConsumerGroupHeartbeatResponseTopicPartitions(writer: Writer, message: Draft<ConsumerGroupHeartbeatResponseTopicPartitions>, _version: number): void {
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

