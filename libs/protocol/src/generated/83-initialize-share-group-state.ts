// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface InitializeShareGroupStateRequest {
  groupId: string;
  topics: InitializeShareGroupStateRequestInitializeStateData[];
  unknownTags?: TaggedField[];
}

export interface InitializeShareGroupStateRequestInitializeStateData {
  topicId: Uuid;
  partitions: InitializeShareGroupStateRequestPartitionData[];
  unknownTags?: TaggedField[];
}

export interface InitializeShareGroupStateRequestPartitionData {
  partition: number;
  stateEpoch: number;
  startOffset: number;
  unknownTags?: TaggedField[];
}

export function readInitializeShareGroupStateRequest(reader: Reader, version: number): InitializeShareGroupStateRequest {
  reader.what = "InitializeShareGroupStateRequest";
  if (version !== 0) throw versionError("InitializeShareGroupStateRequest", version);
  const groupId: string = reader.compactString();
  let topics: InitializeShareGroupStateRequestInitializeStateData[];
  const topicsLength = reader.compactArrayLength(18);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: InitializeShareGroupStateRequestInitializeStateData[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readInitializeShareGroupStateRequestInitializeStateData(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: InitializeShareGroupStateRequest = {
    groupId,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeInitializeShareGroupStateRequest(writer: Writer, message: Draft<InitializeShareGroupStateRequest>, version: number): void {
  if (version !== 0) throw versionError("InitializeShareGroupStateRequest", version);
  const groupId = message.groupId;
  writer.compactString(groupId ?? "");
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeInitializeShareGroupStateRequestInitializeStateData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readInitializeShareGroupStateRequestInitializeStateData(reader: Reader, version: number): InitializeShareGroupStateRequestInitializeStateData {
  const topicId: Uuid = reader.uuid();
  let partitions: InitializeShareGroupStateRequestPartitionData[];
  const partitionsLength = reader.compactArrayLength(17);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: InitializeShareGroupStateRequestPartitionData[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readInitializeShareGroupStateRequestPartitionData(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: InitializeShareGroupStateRequestInitializeStateData = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeInitializeShareGroupStateRequestInitializeStateData(writer: Writer, message: Draft<InitializeShareGroupStateRequestInitializeStateData>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeInitializeShareGroupStateRequestPartitionData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readInitializeShareGroupStateRequestPartitionData(reader: Reader, _version: number): InitializeShareGroupStateRequestPartitionData {
  const partition: number = reader.int32();
  const stateEpoch: number = reader.int32();
  const startOffset: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: InitializeShareGroupStateRequestPartitionData = {
    partition,
    stateEpoch,
    startOffset,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeInitializeShareGroupStateRequestPartitionData(writer: Writer, message: Draft<InitializeShareGroupStateRequestPartitionData>, _version: number): void {
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const stateEpoch = message.stateEpoch;
  writer.int32(stateEpoch ?? 0);
  const startOffset = message.startOffset;
  writer.int64(startOffset ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface InitializeShareGroupStateResponse {
  results: InitializeShareGroupStateResponseInitializeStateResult[];
  unknownTags?: TaggedField[];
}

export interface InitializeShareGroupStateResponseInitializeStateResult {
  topicId: Uuid;
  partitions: InitializeShareGroupStateResponsePartitionResult[];
  unknownTags?: TaggedField[];
}

export interface InitializeShareGroupStateResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readInitializeShareGroupStateResponse(reader: Reader, version: number): InitializeShareGroupStateResponse {
  reader.what = "InitializeShareGroupStateResponse";
  if (version !== 0) throw versionError("InitializeShareGroupStateResponse", version);
  let results: InitializeShareGroupStateResponseInitializeStateResult[];
  const resultsLength = reader.compactArrayLength(18);
  if (resultsLength < 0) throw reader.nullError("results");
  {
    const list: InitializeShareGroupStateResponseInitializeStateResult[] = [];
    for (let i = 0; i < resultsLength; i++) list.push(readInitializeShareGroupStateResponseInitializeStateResult(reader, version));
    results = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: InitializeShareGroupStateResponse = {
    results,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeInitializeShareGroupStateResponse(writer: Writer, message: Draft<InitializeShareGroupStateResponse>, version: number): void {
  if (version !== 0) throw versionError("InitializeShareGroupStateResponse", version);
  const results = message.results;
  if (results === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(results.length);
    for (const item of results) writeInitializeShareGroupStateResponseInitializeStateResult(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readInitializeShareGroupStateResponseInitializeStateResult(reader: Reader, version: number): InitializeShareGroupStateResponseInitializeStateResult {
  const topicId: Uuid = reader.uuid();
  let partitions: InitializeShareGroupStateResponsePartitionResult[];
  const partitionsLength = reader.compactArrayLength(8);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: InitializeShareGroupStateResponsePartitionResult[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readInitializeShareGroupStateResponsePartitionResult(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: InitializeShareGroupStateResponseInitializeStateResult = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeInitializeShareGroupStateResponseInitializeStateResult(writer: Writer, message: Draft<InitializeShareGroupStateResponseInitializeStateResult>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeInitializeShareGroupStateResponsePartitionResult(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readInitializeShareGroupStateResponsePartitionResult(reader: Reader, _version: number): InitializeShareGroupStateResponsePartitionResult {
  const partition: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: InitializeShareGroupStateResponsePartitionResult = {
    partition,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeInitializeShareGroupStateResponsePartitionResult(writer: Writer, message: Draft<InitializeShareGroupStateResponsePartitionResult>, _version: number): void {
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  writer.unknownTags(message.unknownTags);
}

