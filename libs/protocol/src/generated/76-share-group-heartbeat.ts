// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ShareGroupHeartbeatRequest {
  groupId: string;
  memberId: string;
  memberEpoch: number;
  rackId: string | null;
  subscribedTopicNames: string[] | null;
  unknownTags?: TaggedField[];
}

export function readShareGroupHeartbeatRequest(reader: Reader, version: number): ShareGroupHeartbeatRequest {
  reader.what = "ShareGroupHeartbeatRequest";
  if (version !== 1) throw versionError("ShareGroupHeartbeatRequest", version);
  const groupId: string = reader.compactString();
  const memberId: string = reader.compactString();
  const memberEpoch: number = reader.int32();
  const rackId: string | null = reader.compactNullableString();
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
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupHeartbeatRequest = {
    groupId,
    memberId,
    memberEpoch,
    rackId,
    subscribedTopicNames,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShareGroupHeartbeatRequest(writer: Writer, message: Draft<ShareGroupHeartbeatRequest>, version: number): void {
  if (version !== 1) throw versionError("ShareGroupHeartbeatRequest", version);
  const groupId = message.groupId;
  writer.compactString(groupId ?? "");
  const memberId = message.memberId;
  writer.compactString(memberId ?? "");
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch ?? 0);
  const rackId = message.rackId;
  writer.compactNullableString(rackId ?? null);
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
  writer.unknownTags(message.unknownTags);
}

export interface ShareGroupHeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  memberId: string | null;
  memberEpoch: number;
  heartbeatIntervalMs: number;
  assignment: ShareGroupHeartbeatResponseAssignment | null;
  unknownTags?: TaggedField[];
}

export interface ShareGroupHeartbeatResponseAssignment {
  topicPartitions: ShareGroupHeartbeatResponseTopicPartitions[];
  unknownTags?: TaggedField[];
}

export interface ShareGroupHeartbeatResponseTopicPartitions {
  topicId: Uuid;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readShareGroupHeartbeatResponse(reader: Reader, version: number): ShareGroupHeartbeatResponse {
  reader.what = "ShareGroupHeartbeatResponse";
  if (version !== 1) throw versionError("ShareGroupHeartbeatResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  const memberId: string | null = reader.compactNullableString();
  const memberEpoch: number = reader.int32();
  const heartbeatIntervalMs: number = reader.int32();
  let assignment: ShareGroupHeartbeatResponseAssignment | null = null;
  assignment = reader.int8() < 0 ? null : readShareGroupHeartbeatResponseAssignment(reader, version);
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupHeartbeatResponse = {
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

export function writeShareGroupHeartbeatResponse(writer: Writer, message: Draft<ShareGroupHeartbeatResponse>, version: number): void {
  if (version !== 1) throw versionError("ShareGroupHeartbeatResponse", version);
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
    writeShareGroupHeartbeatResponseAssignment(writer, assignment, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareGroupHeartbeatResponseAssignment(reader: Reader, version: number): ShareGroupHeartbeatResponseAssignment {
  let topicPartitions: ShareGroupHeartbeatResponseTopicPartitions[];
  const topicPartitionsLength = reader.compactArrayLength(18);
  if (topicPartitionsLength < 0) throw reader.nullError("topicPartitions");
  {
    const list: ShareGroupHeartbeatResponseTopicPartitions[] = [];
    for (let i = 0; i < topicPartitionsLength; i++) list.push(readShareGroupHeartbeatResponseTopicPartitions(reader, version));
    topicPartitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupHeartbeatResponseAssignment = {
    topicPartitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareGroupHeartbeatResponseAssignment(writer: Writer, message: Draft<ShareGroupHeartbeatResponseAssignment>, version: number): void {
  const topicPartitions = message.topicPartitions;
  if (topicPartitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topicPartitions.length);
    for (const item of topicPartitions) writeShareGroupHeartbeatResponseTopicPartitions(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareGroupHeartbeatResponseTopicPartitions(reader: Reader, _version: number): ShareGroupHeartbeatResponseTopicPartitions {
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
  const message: ShareGroupHeartbeatResponseTopicPartitions = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareGroupHeartbeatResponseTopicPartitions(writer: Writer, message: Draft<ShareGroupHeartbeatResponseTopicPartitions>, _version: number): void {
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

