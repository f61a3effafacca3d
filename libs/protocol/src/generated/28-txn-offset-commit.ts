// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface TxnOffsetCommitRequest {
  transactionalId: string;
  groupId: string;
  producerId: number;
  producerEpoch: number;
  generationId: number;
  memberId: string;
  groupInstanceId: string | null;
  topics: TxnOffsetCommitRequestTopic[];
  unknownTags?: TaggedField[];
}

export interface TxnOffsetCommitRequestTopic {
  name: string;
  partitions: TxnOffsetCommitRequestPartition[];
  unknownTags?: TaggedField[];
}

export interface TxnOffsetCommitRequestPartition {
  partitionIndex: number;
  committedOffset: number;
  committedLeaderEpoch: number;
  committedMetadata: string | null;
  unknownTags?: TaggedField[];
}

export function readTxnOffsetCommitRequest(reader: Reader, version: number): TxnOffsetCommitRequest {
  reader.what = "TxnOffsetCommitRequest";
  if (version < 0 || version > 5) throw versionError("TxnOffsetCommitRequest", version);
  const flexible = version >= 3;
  const transactionalId: string = flexible ? reader.compactString() : reader.string();
  const groupId: string = flexible ? reader.compactString() : reader.string();
  const producerId: number = reader.int64();
  const producerEpoch: number = reader.int16();
  const generationId: number = version >= 3 ? reader.int32() : -1;
  const memberId: string = version >= 3 ? (flexible ? reader.compactString() : reader.string()) : "";
  const groupInstanceId: string | null = version >= 3 ? (version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  let topics: TxnOffsetCommitRequestTopic[];
  const topicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: TxnOffsetCommitRequestTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readTxnOffsetCommitRequestTopic(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: TxnOffsetCommitRequest = {
    transactionalId,
    groupId,
    producerId,
    producerEpoch,
    generationId,
    memberId,
    groupInstanceId,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeTxnOffsetCommitRequest(writer: Writer, message: Draft<TxnOffsetCommitRequest>, version: number): void {
  if (version < 0 || version > 5) throw versionError("TxnOffsetCommitRequest", version);
  const flexible = version >= 3;
  const transactionalId = message.transactionalId;
  if (flexible) writer.compactString(transactionalId ?? "");
  else writer.string(transactionalId ?? "");
  const groupId = message.groupId;
  if (flexible) writer.compactString(groupId ?? "");
  else writer.string(groupId ?? "");
  const producerId = message.producerId;
  writer.int64(producerId ?? 0);
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch ?? 0);
  const generationId = message.generationId;
  if (version >= 3) {
    writer.int32(generationId ?? -1);
  }
  if (!(version >= 3) && generationId !== undefined && generationId !== -1) throw notInVersion("TxnOffsetCommitRequest.generationId", version);
  const memberId = message.memberId;
  if (version >= 3) {
    if (flexible) writer.compactString(memberId ?? "");
    else writer.string(memberId ?? "");
  }
  if (!(version >= 3) && memberId !== undefined && memberId !== "") throw notInVersion("TxnOffsetCommitRequest.memberId", version);
  const groupInstanceId = message.groupInstanceId;
  if (version >= 3) {
    if (!(version >= 3) && (groupInstanceId === undefined || groupInstanceId === null)) throw nullIn("TxnOffsetCommitRequest.groupInstanceId", version);
    if (flexible) writer.compactNullableString(groupInstanceId ?? null);
    else writer.nullableString(groupInstanceId ?? null);
  }
  if (!(version >= 3) && groupInstanceId !== undefined && groupInstanceId !== null) throw notInVersion("TxnOffsetCommitRequest.groupInstanceId", version);
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeTxnOffsetCommitRequestTopic(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("TxnOffsetCommitRequest.unknownTags", version);
}

function readTxnOffsetCommitRequestTopic(reader: Reader, version: number): TxnOffsetCommitRequestTopic {
  const flexible = version >= 3;
  const name: string = flexible ? reader.compactString() : reader.string();
  let partitions: TxnOffsetCommitRequestPartition[];
  const partitionsLength = flexible ? reader.compactArrayLength(13) : reader.arrayLength(13);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: TxnOffsetCommitRequestPartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readTxnOffsetCommitRequestPartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: TxnOffsetCommitRequestTopic = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeTxnOffsetCommitRequestTopic(writer: Writer, message: Draft<TxnOffsetCommitRequestTopic>, version: number): void {
  const flexible = version >= 3;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitions.length);
    else writer.arrayLength(partitions.length);
    for (const item of partitions) writeTxnOffsetCommitRequestPartition(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("TxnOffsetCommitRequestTopic.unknownTags", version);
}

function readTxnOffsetCommitRequestPartition(reader: Reader, version: number): TxnOffsetCommitRequestPartition {
  const flexible = version >= 3;
  const partitionIndex: number = reader.int32();
  const committedOffset: number = reader.int64();
  const committedLeaderEpoch: number = version >= 2 ? reader.int32() : -1;
  const committedMetadata: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: TxnOffsetCommitRequestPartition = {
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    committedMetadata,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeTxnOffsetCommitRequestPartition(writer: Writer, message: Draft<TxnOffsetCommitRequestPartition>, version: number): void {
  const flexible = version >= 3;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const committedOffset = message.committedOffset;
  writer.int64(committedOffset ?? 0);
  const committedLeaderEpoch = message.committedLeaderEpoch;
  if (version >= 2) {
    writer.int32(committedLeaderEpoch ?? -1);
  }
  const committedMetadata = message.committedMetadata;
  if (flexible) writer.compactNullableString(committedMetadata === undefined ? "" : committedMetadata);
  else writer.nullableString(committedMetadata === undefined ? "" : committedMetadata);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("TxnOffsetCommitRequestPartition.unknownTags", version);
}

export interface TxnOffsetCommitResponse {
  throttleTimeMs: number;
  topics: TxnOffsetCommitResponseTopic[];
  unknownTags?: TaggedField[];
}

export interface TxnOffsetCommitResponseTopic {
  name: string;
  partitions: TxnOffsetCommitResponsePartition[];
  unknownTags?: TaggedField[];
}

export interface TxnOffsetCommitResponsePartition {
  partitionIndex: number;
  errorCode: number;
  unknownTags?: TaggedField[];
}

export function readTxnOffsetCommitResponse(reader: Reader, version: number): TxnOffsetCommitResponse {
  reader.what = "TxnOffsetCommitResponse";
  if (version < 0 || version > 5) throw versionError("TxnOffsetCommitResponse", version);
  const flexible = version >= 3;
  const throttleTimeMs: number = reader.int32();
  let topics: TxnOffsetCommitResponseTopic[];
  const topicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: TxnOffsetCommitResponseTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readTxnOffsetCommitResponseTopic(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: TxnOffsetCommitResponse = {
    throttleTimeMs,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeTxnOffsetCommitResponse(writer: Writer, message: Draft<TxnOffsetCommitResponse>, version: number): void {
  if (version < 0 || version > 5) throw versionError("TxnOffsetCommitResponse", version);
  const flexible = version >= 3;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeTxnOffsetCommitResponseTopic(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("TxnOffsetCommitResponse.unknownTags", version);
}

function readTxnOffsetCommitResponseTopic(reader: Reader, version: number): TxnOffsetCommitResponseTopic {
  const flexible = version >= 3;
  const name: string = flexible ? reader.compactString() : reader.string();
  let partitions: TxnOffsetCommitResponsePartition[];
  const partitionsLength = flexible ? reader.compactArrayLength(6) : reader.arrayLength(6);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: TxnOffsetCommitResponsePartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readTxnOffsetCommitResponsePartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: TxnOffsetCommitResponseTopic = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeTxnOffsetCommitResponseTopic(writer: Writer, message: Draft<TxnOffsetCommitResponseTopic>, version: number): void {
  const flexible = version >= 3;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitions.length);
    else writer.arrayLength(partitions.length);
    for (const item of partitions) writeTxnOffsetCommitResponsePartition(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("TxnOffsetCommitResponseTopic.unknownTags", version);
}

function readTxnOffsetCommitResponsePartition(reader: Reader, version: number): TxnOffsetCommitResponsePartition {
  const flexible = version >= 3;
  const partitionIndex: number = reader.int32();
  const errorCode: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: TxnOffsetCommitResponsePartition = {
    partitionIndex,
    errorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeTxnOffsetCommitResponsePartition(writer: Writer, message: Draft<TxnOffsetCommitResponsePartition>, version: number): void {
  const flexible = version >= 3;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("TxnOffsetCommitResponsePartition.unknownTags", version);
}

