// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface OffsetCommitRequest {
  groupId: string;
  generationIdOrMemberEpoch: number;
  memberId: string;
  groupInstanceId: string | null;
  retentionTimeMs: number;
  topics: OffsetCommitRequestTopic[];
  unknownTags?: TaggedField[];
}

export interface OffsetCommitRequestTopic {
  name: string;
  topicId: Uuid;
  partitions: OffsetCommitRequestPartition[];
  unknownTags?: TaggedField[];
}

export interface OffsetCommitRequestPartition {
  partitionIndex: number;
  committedOffset: number;
  committedLeaderEpoch: number;
  commitTimestamp: number;
  committedMetadata: string | null;
  unknownTags?: TaggedField[];
}

export function readOffsetCommitRequest(reader: Reader, version: number): OffsetCommitRequest {
  reader.what = "OffsetCommitRequest";
  if (version < 0 || version > 10) throw versionError("OffsetCommitRequest", version);
  const flexible = version >= 8;
  const groupId: string = flexible ? reader.compactString() : reader.string();
  const generationIdOrMemberEpoch: number = version >= 1 ? reader.int32() : -1;
  const memberId: string = version >= 1 ? (flexible ? reader.compactString() : reader.string()) : "";
  const groupInstanceId: string | null = version >= 7 ? (version >= 7 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const retentionTimeMs: number = version >= 2 && version <= 4 ? reader.int64() : -1;
  let topics: OffsetCommitRequestTopic[];
  const topicsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: OffsetCommitRequestTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readOffsetCommitRequestTopic(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetCommitRequest = {
    groupId,
    generationIdOrMemberEpoch,
    memberId,
    groupInstanceId,
    retentionTimeMs,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeOffsetCommitRequest(writer: Writer, message: Draft<OffsetCommitRequest>, version: number): void {
  if (version < 0 || version > 10) throw versionError("OffsetCommitRequest", version);
  const flexible = version >= 8;
  const groupId = message.groupId;
  if (flexible) writer.compactString(groupId ?? "");
  else writer.string(groupId ?? "");
  const generationIdOrMemberEpoch = message.generationIdOrMemberEpoch;
  if (version >= 1) {
    writer.int32(generationIdOrMemberEpoch ?? -1);
  }
  const memberId = message.memberId;
  if (version >= 1) {
    if (flexible) writer.compactString(memberId ?? "");
    else writer.string(memberId ?? "");
  }
  const groupInstanceId = message.groupInstanceId;
  if (version >= 7) {
    if (!(version >= 7) && (groupInstanceId === undefined || groupInstanceId === null)) throw nullIn("OffsetCommitRequest.groupInstanceId", version);
    if (flexible) writer.compactNullableString(groupInstanceId ?? null);
    else writer.nullableString(groupInstanceId ?? null);
  }
  if (!(version >= 7) && groupInstanceId !== undefined && groupInstanceId !== null) throw notInVersion("OffsetCommitRequest.groupInstanceId", version);
  const retentionTimeMs = message.retentionTimeMs;
  if (version >= 2 && version <= 4) {
    writer.int64(retentionTimeMs ?? -1);
  }
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeOffsetCommitRequestTopic(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetCommitRequest.unknownTags", version);
}

function readOffsetCommitRequestTopic(reader: Reader, version: number): OffsetCommitRequestTopic {
  const flexible = version >= 8;
  const name: string = version <= 9 ? (flexible ? reader.compactString() : reader.string()) : "";
  const topicId: Uuid = version >= 10 ? reader.uuid() : ZERO_UUID;
  let partitions: OffsetCommitRequestPartition[];
  const partitionsLength = flexible ? reader.compactArrayLength(13) : reader.arrayLength(13);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: OffsetCommitRequestPartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readOffsetCommitRequestPartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetCommitRequestTopic = {
    name,
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetCommitRequestTopic(writer: Writer, message: Draft<OffsetCommitRequestTopic>, version: number): void {
  const flexible = version >= 8;
  const name = message.name;
  if (version <= 9) {
    if (flexible) writer.compactString(name ?? "");
    else writer.string(name ?? "");
  }
  const topicId = message.topicId;
  if (version >= 10) {
    writer.uuid(topicId ?? ZERO_UUID);
  }
  const partitions = message.partitions;
  if (partitions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitions.length);
    else writer.arrayLength(partitions.length);
    for (const item of partitions) writeOffsetCommitRequestPartition(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetCommitRequestTopic.unknownTags", version);
}

function readOffsetCommitRequestPartition(reader: Reader, version: number): OffsetCommitRequestPartition {
  const flexible = version >= 8;
  const partitionIndex: number = reader.int32();
  const committedOffset: number = reader.int64();
  const committedLeaderEpoch: number = version >= 6 ? reader.int32() : -1;
  const commitTimestamp: number = version === 1 ? reader.int64() : -1;
  const committedMetadata: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetCommitRequestPartition = {
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    commitTimestamp,
    committedMetadata,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetCommitRequestPartition(writer: Writer, message: Draft<OffsetCommitRequestPartition>, version: number): void {
  const flexible = version >= 8;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const committedOffset = message.committedOffset;
  writer.int64(committedOffset ?? 0);
  const committedLeaderEpoch = message.committedLeaderEpoch;
  if (version >= 6) {
    writer.int32(committedLeaderEpoch ?? -1);
  }
  const commitTimestamp = message.commitTimestamp;
  if (version === 1) {
    writer.int64(commitTimestamp ?? -1);
  }
  if (!(version === 1) && commitTimestamp !== undefined && commitTimestamp !== -1) throw notInVersion("OffsetCommitRequestPartition.commitTimestamp", version);
  const committedMetadata = message.committedMetadata;
  if (flexible) writer.compactNullableString(committedMetadata === undefined ? "" : committedMetadata);
  else writer.nullableString(committedMetadata === undefined ? "" : committedMetadata);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetCommitRequestPartition.unknownTags", version);
}

export interface OffsetCommitResponse {
  throttleTimeMs: number;
  topics: OffsetCommitResponseTopic[];
  unknownTags?: TaggedField[];
}

export interface OffsetCommitResponseTopic {
  name: string;
  topicId: Uuid;
  partitions: OffsetCommitResponsePartition[];
  unknownTags?: TaggedField[];
}

export interface OffsetCommitResponsePartition {
  partitionIndex: number;
  errorCode: number;
  unknownTags?: TaggedField[];
}

export function readOffsetCommitResponse(reader: Reader, version: number): OffsetCommitResponse {
  reader.what = "OffsetCommitResponse";
  if (version < 0 || version > 10) throw versionError("OffsetCommitResponse", version);
  const flexible = version >= 8;
  const throttleTimeMs: number = version >= 3 ? reader.int32() : 0;
  let topics: OffsetCommitResponseTopic[];
  const topicsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: OffsetCommitResponseTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readOffsetCommitResponseTopic(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetCommitResponse = {
    throttleTimeMs,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeOffsetCommitResponse(writer: Writer, message: Draft<OffsetCommitResponse>, version: number): void {
  if (version < 0 || version > 10) throw versionError("OffsetCommitResponse", version);
  const flexible = version >= 8;
  const throttleTimeMs = message.throttleTimeMs;
  if (version >= 3) {
    writer.int32(throttleTimeMs ?? 0);
  }
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeOffsetCommitResponseTopic(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetCommitResponse.unknownTags", version);
}

function readOffsetCommitResponseTopic(reader: Reader, version: number): OffsetCommitResponseTopic {
  const flexible = version >= 8;
  const name: string = version <= 9 ? (flexible ? reader.compactString() : reader.string()) : "";
  const topicId: Uuid = version >= 10 ? reader.uuid() : ZERO_UUID;
  let partitions: OffsetCommitResponsePartition[];
  const partitionsLength = flexible ? reader.compactArrayLength(6) : reader.arrayLength(6);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: OffsetCommitResponsePartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readOffsetCommitResponsePartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetCommitResponseTopic = {
    name,
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetCommitResponseTopic(writer: Writer, message: Draft<OffsetCommitResponseTopic>, version: number): void {
  const flexible = version >= 8;
  const name = message.name;
  if (version <= 9) {
    if (flexible) writer.compactString(name ?? "");
    else writer.string(name ?? "");
  }
  const topicId = message.topicId;
  if (version >= 10) {
    writer.uuid(topicId ?? ZERO_UUID);
  }
  const partitions = message.partitions;
  if (partitions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitions.length);
    else writer.arrayLength(partitions.length);
    for (const item of partitions) writeOffsetCommitResponsePartition(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetCommitResponseTopic.unknownTags", version);
}

function readOffsetCommitResponsePartition(reader: Reader, version: number): OffsetCommitResponsePartition {
  const flexible = version >= 8;
  const partitionIndex: number = reader.int32();
  const errorCode: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetCommitResponsePartition = {
    partitionIndex,
    errorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetCommitResponsePartition(writer: Writer, message: Draft<OffsetCommitResponsePartition>, version: number): void {
  const flexible = version >= 8;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetCommitResponsePartition.unknownTags", version);
}

