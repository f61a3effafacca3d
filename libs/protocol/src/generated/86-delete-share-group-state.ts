// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DeleteShareGroupStateRequest {
  groupId: string;
  topics: DeleteShareGroupStateRequestDeleteStateData[];
  unknownTags?: TaggedField[];
}

export interface DeleteShareGroupStateRequestDeleteStateData {
  topicId: Uuid;
  partitions: DeleteShareGroupStateRequestPartitionData[];
  unknownTags?: TaggedField[];
}

export interface DeleteShareGroupStateRequestPartitionData {
  partition: number;
  unknownTags?: TaggedField[];
}

export function readDeleteShareGroupStateRequest(reader: Reader, version: number): DeleteShareGroupStateRequest {
  reader.what = "DeleteShareGroupStateRequest";
  if (version !== 0) throw versionError("DeleteShareGroupStateRequest", version);
  const groupId: string = reader.compactString();
  let topics: DeleteShareGroupStateRequestDeleteStateData[];
  const topicsLength = reader.compactArrayLength(18);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: DeleteShareGroupStateRequestDeleteStateData[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDeleteShareGroupStateRequestDeleteStateData(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DeleteShareGroupStateRequest = {
    groupId,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDeleteShareGroupStateRequest(writer: Writer, message: Draft<DeleteShareGroupStateRequest>, version: number): void {
  if (version !== 0) throw versionError("DeleteShareGroupStateRequest", version);
  const groupId = message.groupId;
  writer.compactString(groupId ?? "");
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeDeleteShareGroupStateRequestDeleteStateData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDeleteShareGroupStateRequestDeleteStateData(reader: Reader, version: number): DeleteShareGroupStateRequestDeleteStateData {
  const topicId: Uuid = reader.uuid();
  let partitions: DeleteShareGroupStateRequestPartitionData[];
  const partitionsLength = reader.compactArrayLength(5);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: DeleteShareGroupStateRequestPartitionData[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readDeleteShareGroupStateRequestPartitionData(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DeleteShareGroupStateRequestDeleteStateData = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteShareGroupStateRequestDeleteStateData(writer: Writer, message: Draft<DeleteShareGroupStateRequestDeleteStateData>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeDeleteShareGroupStateRequestPartitionData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDeleteShareGroupStateRequestPartitionData(reader: Reader, _version: number): DeleteShareGroupStateRequestPartitionData {
  const partition: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DeleteShareGroupStateRequestPartitionData = {
    partition,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteShareGroupStateRequestPartitionData(writer: Writer, message: Draft<DeleteShareGroupStateRequestPartitionData>, _version: number): void {
  const partition = message.partition;
  writer.int32(partition ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface DeleteShareGroupStateResponse {
  results: DeleteShareGroupStateResponseDeleteStateResult[];
  unknownTags?: TaggedField[];
}

export interface DeleteShareGroupStateResponseDeleteStateResult {
  topicId: Uuid;
  partitions: DeleteShareGroupStateResponsePartitionResult[];
  unknownTags?: TaggedField[];
}

export interface DeleteShareGroupStateResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readDeleteShareGroupStateResponse(reader: Reader, version: number): DeleteShareGroupStateResponse {
  reader.what = "DeleteShareGroupStateResponse";
  if (version !== 0) throw versionError("DeleteShareGroupStateResponse", version);
  let results: DeleteShareGroupStateResponseDeleteStateResult[];
  const resultsLength = reader.compactArrayLength(18);
  if (resultsLength < 0) throw reader.nullError("results");
  {
    const list: DeleteShareGroupStateResponseDeleteStateResult[] = [];
    for (let i = 0; i < resultsLength; i++) list.push(readDeleteShareGroupStateResponseDeleteStateResult(reader, version));
    results = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DeleteShareGroupStateResponse = {
    results,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDeleteShareGroupStateResponse(writer: Writer, message: Draft<DeleteShareGroupStateResponse>, version: number): void {
  if (version !== 0) throw versionError("DeleteShareGroupStateResponse", version);
  const results = message.results;
  if (results === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(results.length);
    for (const item of results) writeDeleteShareGroupStateResponseDeleteStateResult(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDeleteShareGroupStateResponseDeleteStateResult(reader: Reader, version: number): DeleteShareGroupStateResponseDeleteStateResult {
  const topicId: Uuid = reader.uuid();
  let partitions: DeleteShareGroupStateResponsePartitionResult[];
  const partitionsLength = reader.compactArrayLength(8);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: DeleteShareGroupStateResponsePartitionResult[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readDeleteShareGroupStateResponsePartitionResult(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DeleteShareGroupStateResponseDeleteStateResult = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteShareGroupStateResponseDeleteStateResult(writer: Writer, message: Draft<DeleteShareGroupStateResponseDeleteStateResult>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeDeleteShareGroupStateResponsePartitionResult(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDeleteShareGroupStateResponsePartitionResult(reader: Reader, _version: number): DeleteShareGroupStateResponsePartitionResult {
  const partition: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DeleteShareGroupStateResponsePartitionResult = {
    partition,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteShareGroupStateResponsePartitionResult(writer: Writer, message: Draft<DeleteShareGroupStateResponsePartitionResult>, _version: number): void {
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  writer.unknownTags(message.unknownTags);
}

