// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface AlterShareGroupOffsetsRequest {
  groupId: string;
  topics: AlterShareGroupOffsetsRequestTopic[];
  unknownTags?: TaggedField[];
}

export interface AlterShareGroupOffsetsRequestTopic {
  topicName: string;
  partitions: AlterShareGroupOffsetsRequestPartition[];
  unknownTags?: TaggedField[];
}

export interface AlterShareGroupOffsetsRequestPartition {
  partitionIndex: number;
  startOffset: number;
  unknownTags?: TaggedField[];
}

export function readAlterShareGroupOffsetsRequest(reader: Reader, version: number): AlterShareGroupOffsetsRequest {
  reader.what = "AlterShareGroupOffsetsRequest";
  if (version !== 0) throw versionError("AlterShareGroupOffsetsRequest", version);
  const groupId: string = reader.compactString();
  let topics: AlterShareGroupOffsetsRequestTopic[];
  const topicsLength = reader.compactArrayLength(3);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: AlterShareGroupOffsetsRequestTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readAlterShareGroupOffsetsRequestTopic(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterShareGroupOffsetsRequest = {
    groupId,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAlterShareGroupOffsetsRequest(writer: Writer, message: Draft<AlterShareGroupOffsetsRequest>, version: number): void {
  if (version !== 0) throw versionError("AlterShareGroupOffsetsRequest", version);
  const groupId = message.groupId;
  writer.compactString(groupId ?? "");
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeAlterShareGroupOffsetsRequestTopic(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readAlterShareGroupOffsetsRequestTopic(reader: Reader, version: number): AlterShareGroupOffsetsRequestTopic {
  const topicName: string = reader.compactString();
  let partitions: AlterShareGroupOffsetsRequestPartition[];
  const partitionsLength = reader.compactArrayLength(13);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: AlterShareGroupOffsetsRequestPartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readAlterShareGroupOffsetsRequestPartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterShareGroupOffsetsRequestTopic = {
    topicName,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterShareGroupOffsetsRequestTopic(writer: Writer, message: Draft<AlterShareGroupOffsetsRequestTopic>, version: number): void {
  const topicName = message.topicName;
  writer.compactString(topicName ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeAlterShareGroupOffsetsRequestPartition(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readAlterShareGroupOffsetsRequestPartition(reader: Reader, _version: number): AlterShareGroupOffsetsRequestPartition {
  const partitionIndex: number = reader.int32();
  const startOffset: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterShareGroupOffsetsRequestPartition = {
    partitionIndex,
    startOffset,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterShareGroupOffsetsRequestPartition(writer: Writer, message: Draft<AlterShareGroupOffsetsRequestPartition>, _version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const startOffset = message.startOffset;
  writer.int64(startOffset ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface AlterShareGroupOffsetsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  responses: AlterShareGroupOffsetsResponseTopic[];
  unknownTags?: TaggedField[];
}

export interface AlterShareGroupOffsetsResponseTopic {
  topicName: string;
  topicId: Uuid;
  partitions: AlterShareGroupOffsetsResponsePartition[];
  unknownTags?: TaggedField[];
}

export interface AlterShareGroupOffsetsResponsePartition {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readAlterShareGroupOffsetsResponse(reader: Reader, version: number): AlterShareGroupOffsetsResponse {
  reader.what = "AlterShareGroupOffsetsResponse";
  if (version !== 0) throw versionError("AlterShareGroupOffsetsResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let responses: AlterShareGroupOffsetsResponseTopic[];
  const responsesLength = reader.compactArrayLength(19);
  if (responsesLength < 0) throw reader.nullError("responses");
  {
    const list: AlterShareGroupOffsetsResponseTopic[] = [];
    for (let i = 0; i < responsesLength; i++) list.push(readAlterShareGroupOffsetsResponseTopic(reader, version));
    responses = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterShareGroupOffsetsResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
    responses,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAlterShareGroupOffsetsResponse(writer: Writer, message: Draft<AlterShareGroupOffsetsResponse>, version: number): void {
  if (version !== 0) throw versionError("AlterShareGroupOffsetsResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  const responses = message.responses;
  if (responses === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(responses.length);
    for (const item of responses) writeAlterShareGroupOffsetsResponseTopic(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readAlterShareGroupOffsetsResponseTopic(reader: Reader, version: number): AlterShareGroupOffsetsResponseTopic {
  const topicName: string = reader.compactString();
  const topicId: Uuid = reader.uuid();
  let partitions: AlterShareGroupOffsetsResponsePartition[];
  const partitionsLength = reader.compactArrayLength(8);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: AlterShareGroupOffsetsResponsePartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readAlterShareGroupOffsetsResponsePartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterShareGroupOffsetsResponseTopic = {
    topicName,
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterShareGroupOffsetsResponseTopic(writer: Writer, message: Draft<AlterShareGroupOffsetsResponseTopic>, version: number): void {
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
    for (const item of partitions) writeAlterShareGroupOffsetsResponsePartition(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readAlterShareGroupOffsetsResponsePartition(reader: Reader, _version: number): AlterShareGroupOffsetsResponsePartition {
  const partitionIndex: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterShareGroupOffsetsResponsePartition = {
    partitionIndex,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterShareGroupOffsetsResponsePartition(writer: Writer, message: Draft<AlterShareGroupOffsetsResponsePartition>, _version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  writer.unknownTags(message.unknownTags);
}

