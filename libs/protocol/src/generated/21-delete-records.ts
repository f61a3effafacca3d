// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DeleteRecordsRequest {
  topics: DeleteRecordsRequestDeleteRecordsTopic[];
  timeoutMs: number;
  unknownTags?: TaggedField[];
}

export interface DeleteRecordsRequestDeleteRecordsTopic {
  name: string;
  partitions: DeleteRecordsRequestDeleteRecordsPartition[];
  unknownTags?: TaggedField[];
}

export interface DeleteRecordsRequestDeleteRecordsPartition {
  partitionIndex: number;
  offset: number;
  unknownTags?: TaggedField[];
}

export function readDeleteRecordsRequest(reader: Reader, version: number): DeleteRecordsRequest {
  reader.what = "DeleteRecordsRequest";
  if (version < 0 || version > 2) throw versionError("DeleteRecordsRequest", version);
  const flexible = version >= 2;
  let topics: DeleteRecordsRequestDeleteRecordsTopic[];
  const topicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: DeleteRecordsRequestDeleteRecordsTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDeleteRecordsRequestDeleteRecordsTopic(reader, version));
    topics = list;
  }
  const timeoutMs: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteRecordsRequest = {
    topics,
    timeoutMs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDeleteRecordsRequest(writer: Writer, message: Draft<DeleteRecordsRequest>, version: number): void {
  if (version < 0 || version > 2) throw versionError("DeleteRecordsRequest", version);
  const flexible = version >= 2;
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeDeleteRecordsRequestDeleteRecordsTopic(writer, item, version);
  }
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteRecordsRequest.unknownTags", version);
}

function readDeleteRecordsRequestDeleteRecordsTopic(reader: Reader, version: number): DeleteRecordsRequestDeleteRecordsTopic {
  const flexible = version >= 2;
  const name: string = flexible ? reader.compactString() : reader.string();
  let partitions: DeleteRecordsRequestDeleteRecordsPartition[];
  const partitionsLength = flexible ? reader.compactArrayLength(12) : reader.arrayLength(12);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: DeleteRecordsRequestDeleteRecordsPartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readDeleteRecordsRequestDeleteRecordsPartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteRecordsRequestDeleteRecordsTopic = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteRecordsRequestDeleteRecordsTopic(writer: Writer, message: Draft<DeleteRecordsRequestDeleteRecordsTopic>, version: number): void {
  const flexible = version >= 2;
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
    for (const item of partitions) writeDeleteRecordsRequestDeleteRecordsPartition(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteRecordsRequestDeleteRecordsTopic.unknownTags", version);
}

function readDeleteRecordsRequestDeleteRecordsPartition(reader: Reader, version: number): DeleteRecordsRequestDeleteRecordsPartition {
  const flexible = version >= 2;
  const partitionIndex: number = reader.int32();
  const offset: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteRecordsRequestDeleteRecordsPartition = {
    partitionIndex,
    offset,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteRecordsRequestDeleteRecordsPartition(writer: Writer, message: Draft<DeleteRecordsRequestDeleteRecordsPartition>, version: number): void {
  const flexible = version >= 2;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const offset = message.offset;
  writer.int64(offset ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteRecordsRequestDeleteRecordsPartition.unknownTags", version);
}

export interface DeleteRecordsResponse {
  throttleTimeMs: number;
  topics: DeleteRecordsResponseDeleteRecordsTopicResult[];
  unknownTags?: TaggedField[];
}

export interface DeleteRecordsResponseDeleteRecordsTopicResult {
  name: string;
  partitions: DeleteRecordsResponseDeleteRecordsPartitionResult[];
  unknownTags?: TaggedField[];
}

export interface DeleteRecordsResponseDeleteRecordsPartitionResult {
  partitionIndex: number;
  lowWatermark: number;
  errorCode: number;
  unknownTags?: TaggedField[];
}

export function readDeleteRecordsResponse(reader: Reader, version: number): DeleteRecordsResponse {
  reader.what = "DeleteRecordsResponse";
  if (version < 0 || version > 2) throw versionError("DeleteRecordsResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs: number = reader.int32();
  let topics: DeleteRecordsResponseDeleteRecordsTopicResult[];
  const topicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: DeleteRecordsResponseDeleteRecordsTopicResult[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDeleteRecordsResponseDeleteRecordsTopicResult(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteRecordsResponse = {
    throttleTimeMs,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDeleteRecordsResponse(writer: Writer, message: Draft<DeleteRecordsResponse>, version: number): void {
  if (version < 0 || version > 2) throw versionError("DeleteRecordsResponse", version);
  const flexible = version >= 2;
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
    for (const item of topics) writeDeleteRecordsResponseDeleteRecordsTopicResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteRecordsResponse.unknownTags", version);
}

function readDeleteRecordsResponseDeleteRecordsTopicResult(reader: Reader, version: number): DeleteRecordsResponseDeleteRecordsTopicResult {
  const flexible = version >= 2;
  const name: string = flexible ? reader.compactString() : reader.string();
  let partitions: DeleteRecordsResponseDeleteRecordsPartitionResult[];
  const partitionsLength = flexible ? reader.compactArrayLength(14) : reader.arrayLength(14);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: DeleteRecordsResponseDeleteRecordsPartitionResult[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readDeleteRecordsResponseDeleteRecordsPartitionResult(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteRecordsResponseDeleteRecordsTopicResult = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteRecordsResponseDeleteRecordsTopicResult(writer: Writer, message: Draft<DeleteRecordsResponseDeleteRecordsTopicResult>, version: number): void {
  const flexible = version >= 2;
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
    for (const item of partitions) writeDeleteRecordsResponseDeleteRecordsPartitionResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteRecordsResponseDeleteRecordsTopicResult.unknownTags", version);
}

function readDeleteRecordsResponseDeleteRecordsPartitionResult(reader: Reader, version: number): DeleteRecordsResponseDeleteRecordsPartitionResult {
  const flexible = version >= 2;
  const partitionIndex: number = reader.int32();
  const lowWatermark: number = reader.int64();
  const errorCode: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteRecordsResponseDeleteRecordsPartitionResult = {
    partitionIndex,
    lowWatermark,
    errorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteRecordsResponseDeleteRecordsPartitionResult(writer: Writer, message: Draft<DeleteRecordsResponseDeleteRecordsPartitionResult>, version: number): void {
  const flexible = version >= 2;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const lowWatermark = message.lowWatermark;
  writer.int64(lowWatermark ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteRecordsResponseDeleteRecordsPartitionResult.unknownTags", version);
}

