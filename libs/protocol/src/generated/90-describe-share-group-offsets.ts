// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DescribeShareGroupOffsetsRequest {
  groups: DescribeShareGroupOffsetsRequestGroup[];
  unknownTags?: TaggedField[];
}

export interface DescribeShareGroupOffsetsRequestGroup {
  groupId: string;
  topics: DescribeShareGroupOffsetsRequestTopic[] | null;
  unknownTags?: TaggedField[];
}

export interface DescribeShareGroupOffsetsRequestTopic {
  topicName: string;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readDescribeShareGroupOffsetsRequest(reader: Reader, version: number): DescribeShareGroupOffsetsRequest {
  reader.what = "DescribeShareGroupOffsetsRequest";
  if (version < 0 || version > 1) throw versionError("DescribeShareGroupOffsetsRequest", version);
  let groups: DescribeShareGroupOffsetsRequestGroup[];
  const groupsLength = reader.compactArrayLength(3);
  if (groupsLength < 0) throw reader.nullError("groups");
  {
    const list: DescribeShareGroupOffsetsRequestGroup[] = [];
    for (let i = 0; i < groupsLength; i++) list.push(readDescribeShareGroupOffsetsRequestGroup(reader, version));
    groups = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeShareGroupOffsetsRequest = {
    groups,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeShareGroupOffsetsRequest(writer: Writer, message: Draft<DescribeShareGroupOffsetsRequest>, version: number): void {
  if (version < 0 || version > 1) throw versionError("DescribeShareGroupOffsetsRequest", version);
  const groups = message.groups;
  if (groups === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(groups.length);
    for (const item of groups) writeDescribeShareGroupOffsetsRequestGroup(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeShareGroupOffsetsRequestGroup(reader: Reader, version: number): DescribeShareGroupOffsetsRequestGroup {
  const groupId: string = reader.compactString();
  let topics: DescribeShareGroupOffsetsRequestTopic[] | null = null;
  const topicsLength = reader.compactArrayLength(3);
  if (topicsLength < 0) {
    topics = null;
  }
  else {
    const list: DescribeShareGroupOffsetsRequestTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDescribeShareGroupOffsetsRequestTopic(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeShareGroupOffsetsRequestGroup = {
    groupId,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeShareGroupOffsetsRequestGroup(writer: Writer, message: Draft<DescribeShareGroupOffsetsRequestGroup>, version: number): void {
  const groupId = message.groupId;
  writer.compactString(groupId ?? "");
  const topics = message.topics;
  if (topics === null) {
    writer.compactLength(-1);
  }
  else if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeDescribeShareGroupOffsetsRequestTopic(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeShareGroupOffsetsRequestTopic(reader: Reader, _version: number): DescribeShareGroupOffsetsRequestTopic {
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
  const message: DescribeShareGroupOffsetsRequestTopic = {
    topicName,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeShareGroupOffsetsRequestTopic(writer: Writer, message: Draft<DescribeShareGroupOffsetsRequestTopic>, _version: number): void {
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

export interface DescribeShareGroupOffsetsResponse {
  throttleTimeMs: number;
  groups: DescribeShareGroupOffsetsResponseGroup[];
  unknownTags?: TaggedField[];
}

export interface DescribeShareGroupOffsetsResponseGroup {
  groupId: string;
  topics: DescribeShareGroupOffsetsResponseTopic[];
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export interface DescribeShareGroupOffsetsResponseTopic {
  topicName: string;
  topicId: Uuid;
  partitions: DescribeShareGroupOffsetsResponsePartition[];
  unknownTags?: TaggedField[];
}

export interface DescribeShareGroupOffsetsResponsePartition {
  partitionIndex: number;
  startOffset: number;
  leaderEpoch: number;
  lag: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readDescribeShareGroupOffsetsResponse(reader: Reader, version: number): DescribeShareGroupOffsetsResponse {
  reader.what = "DescribeShareGroupOffsetsResponse";
  if (version < 0 || version > 1) throw versionError("DescribeShareGroupOffsetsResponse", version);
  const throttleTimeMs: number = reader.int32();
  let groups: DescribeShareGroupOffsetsResponseGroup[];
  const groupsLength = reader.compactArrayLength(6);
  if (groupsLength < 0) throw reader.nullError("groups");
  {
    const list: DescribeShareGroupOffsetsResponseGroup[] = [];
    for (let i = 0; i < groupsLength; i++) list.push(readDescribeShareGroupOffsetsResponseGroup(reader, version));
    groups = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeShareGroupOffsetsResponse = {
    throttleTimeMs,
    groups,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeShareGroupOffsetsResponse(writer: Writer, message: Draft<DescribeShareGroupOffsetsResponse>, version: number): void {
  if (version < 0 || version > 1) throw versionError("DescribeShareGroupOffsetsResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const groups = message.groups;
  if (groups === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(groups.length);
    for (const item of groups) writeDescribeShareGroupOffsetsResponseGroup(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeShareGroupOffsetsResponseGroup(reader: Reader, version: number): DescribeShareGroupOffsetsResponseGroup {
  const groupId: string = reader.compactString();
  let topics: DescribeShareGroupOffsetsResponseTopic[];
  const topicsLength = reader.compactArrayLength(19);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: DescribeShareGroupOffsetsResponseTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDescribeShareGroupOffsetsResponseTopic(reader, version));
    topics = list;
  }
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeShareGroupOffsetsResponseGroup = {
    groupId,
    topics,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeShareGroupOffsetsResponseGroup(writer: Writer, message: Draft<DescribeShareGroupOffsetsResponseGroup>, version: number): void {
  const groupId = message.groupId;
  writer.compactString(groupId ?? "");
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeDescribeShareGroupOffsetsResponseTopic(writer, item, version);
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  writer.unknownTags(message.unknownTags);
}

function readDescribeShareGroupOffsetsResponseTopic(reader: Reader, version: number): DescribeShareGroupOffsetsResponseTopic {
  const topicName: string = reader.compactString();
  const topicId: Uuid = reader.uuid();
  let partitions: DescribeShareGroupOffsetsResponsePartition[];
  const partitionsLength = reader.compactArrayLength(20);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: DescribeShareGroupOffsetsResponsePartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readDescribeShareGroupOffsetsResponsePartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeShareGroupOffsetsResponseTopic = {
    topicName,
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeShareGroupOffsetsResponseTopic(writer: Writer, message: Draft<DescribeShareGroupOffsetsResponseTopic>, version: number): void {
  const topicName = message.topicName;
  writer.compactString(topicName ?? "");
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeDescribeShareGroupOffsetsResponsePartition(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeShareGroupOffsetsResponsePartition(reader: Reader, version: number): DescribeShareGroupOffsetsResponsePartition {
  const partitionIndex: number = reader.int32();
  const startOffset: number = reader.int64();
  const leaderEpoch: number = reader.int32();
  const lag: number = version >= 1 ? reader.int64() : -1;
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeShareGroupOffsetsResponsePartition = {
    partitionIndex,
    startOffset,
    leaderEpoch,
    lag,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeShareGroupOffsetsResponsePartition(writer: Writer, message: Draft<DescribeShareGroupOffsetsResponsePartition>, version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const startOffset = message.startOffset;
  writer.int64(startOffset ?? 0);
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch ?? 0);
  const lag = message.lag;
  if (version >= 1) {
    writer.int64(lag ?? -1);
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  writer.unknownTags(message.unknownTags);
}

