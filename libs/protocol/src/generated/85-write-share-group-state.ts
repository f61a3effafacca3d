// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface WriteShareGroupStateRequest {
  groupId: string;
  topics: WriteShareGroupStateRequestWriteStateData[];
  unknownTags?: TaggedField[];
}

export interface WriteShareGroupStateRequestWriteStateData {
  topicId: Uuid;
  partitions: WriteShareGroupStateRequestPartitionData[];
  unknownTags?: TaggedField[];
}

export interface WriteShareGroupStateRequestPartitionData {
  partition: number;
  stateEpoch: number;
  leaderEpoch: number;
  startOffset: number;
  deliveryCompleteCount: number;
  stateBatches: WriteShareGroupStateRequestStateBatch[];
  unknownTags?: TaggedField[];
}

export interface WriteShareGroupStateRequestStateBatch {
  firstOffset: number;
  lastOffset: number;
  deliveryState: number;
  deliveryCount: number;
  unknownTags?: TaggedField[];
}

export function readWriteShareGroupStateRequest(reader: Reader, version: number): WriteShareGroupStateRequest {
  reader.what = "WriteShareGroupStateRequest";
  if (version < 0 || version > 1) throw versionError("WriteShareGroupStateRequest", version);
  const groupId: string = reader.compactString();
  let topics: WriteShareGroupStateRequestWriteStateData[];
  const topicsLength = reader.compactArrayLength(18);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: WriteShareGroupStateRequestWriteStateData[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readWriteShareGroupStateRequestWriteStateData(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: WriteShareGroupStateRequest = {
    groupId,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeWriteShareGroupStateRequest(writer: Writer, message: Draft<WriteShareGroupStateRequest>, version: number): void {
  if (version < 0 || version > 1) throw versionError("WriteShareGroupStateRequest", version);
  const groupId = message.groupId;
  writer.compactString(groupId ?? "");
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeWriteShareGroupStateRequestWriteStateData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readWriteShareGroupStateRequestWriteStateData(reader: Reader, version: number): WriteShareGroupStateRequestWriteStateData {
  const topicId: Uuid = reader.uuid();
  let partitions: WriteShareGroupStateRequestPartitionData[];
  const partitionsLength = reader.compactArrayLength(22);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: WriteShareGroupStateRequestPartitionData[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readWriteShareGroupStateRequestPartitionData(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: WriteShareGroupStateRequestWriteStateData = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeWriteShareGroupStateRequestWriteStateData(writer: Writer, message: Draft<WriteShareGroupStateRequestWriteStateData>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeWriteShareGroupStateRequestPartitionData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readWriteShareGroupStateRequestPartitionData(reader: Reader, version: number): WriteShareGroupStateRequestPartitionData {
  const partition: number = reader.int32();
  const stateEpoch: number = reader.int32();
  const leaderEpoch: number = reader.int32();
  const startOffset: number = reader.int64();
  const deliveryCompleteCount: number = version >= 1 ? reader.int32() : -1;
  let stateBatches: WriteShareGroupStateRequestStateBatch[];
  const stateBatchesLength = reader.compactArrayLength(20);
  if (stateBatchesLength < 0) throw reader.nullError("stateBatches");
  {
    const list: WriteShareGroupStateRequestStateBatch[] = [];
    for (let i = 0; i < stateBatchesLength; i++) list.push(readWriteShareGroupStateRequestStateBatch(reader, version));
    stateBatches = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: WriteShareGroupStateRequestPartitionData = {
    partition,
    stateEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
    stateBatches,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeWriteShareGroupStateRequestPartitionData(writer: Writer, message: Draft<WriteShareGroupStateRequestPartitionData>, version: number): void {
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const stateEpoch = message.stateEpoch;
  writer.int32(stateEpoch ?? 0);
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch ?? 0);
  const startOffset = message.startOffset;
  writer.int64(startOffset ?? 0);
  const deliveryCompleteCount = message.deliveryCompleteCount;
  if (version >= 1) {
    writer.int32(deliveryCompleteCount ?? -1);
  }
  const stateBatches = message.stateBatches;
  if (stateBatches === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(stateBatches.length);
    for (const item of stateBatches) writeWriteShareGroupStateRequestStateBatch(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readWriteShareGroupStateRequestStateBatch(reader: Reader, _version: number): WriteShareGroupStateRequestStateBatch {
  const firstOffset: number = reader.int64();
  const lastOffset: number = reader.int64();
  const deliveryState: number = reader.int8();
  const deliveryCount: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: WriteShareGroupStateRequestStateBatch = {
    firstOffset,
    lastOffset,
    deliveryState,
    deliveryCount,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeWriteShareGroupStateRequestStateBatch(writer: Writer, message: Draft<WriteShareGroupStateRequestStateBatch>, _version: number): void {
  const firstOffset = message.firstOffset;
  writer.int64(firstOffset ?? 0);
  const lastOffset = message.lastOffset;
  writer.int64(lastOffset ?? 0);
  const deliveryState = message.deliveryState;
  writer.int8(deliveryState ?? 0);
  const deliveryCount = message.deliveryCount;
  writer.int16(deliveryCount ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface WriteShareGroupStateResponse {
  results: WriteShareGroupStateResponseWriteStateResult[];
  unknownTags?: TaggedField[];
}

export interface WriteShareGroupStateResponseWriteStateResult {
  topicId: Uuid;
  partitions: WriteShareGroupStateResponsePartitionResult[];
  unknownTags?: TaggedField[];
}

export interface WriteShareGroupStateResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readWriteShareGroupStateResponse(reader: Reader, version: number): WriteShareGroupStateResponse {
  reader.what = "WriteShareGroupStateResponse";
  if (version < 0 || version > 1) throw versionError("WriteShareGroupStateResponse", version);
  let results: WriteShareGroupStateResponseWriteStateResult[];
  const resultsLength = reader.compactArrayLength(18);
  if (resultsLength < 0) throw reader.nullError("results");
  {
    const list: WriteShareGroupStateResponseWriteStateResult[] = [];
    for (let i = 0; i < resultsLength; i++) list.push(readWriteShareGroupStateResponseWriteStateResult(reader, version));
    results = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: WriteShareGroupStateResponse = {
    results,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeWriteShareGroupStateResponse(writer: Writer, message: Draft<WriteShareGroupStateResponse>, version: number): void {
  if (version < 0 || version > 1) throw versionError("WriteShareGroupStateResponse", version);
  const results = message.results;
  if (results === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(results.length);
    for (const item of results) writeWriteShareGroupStateResponseWriteStateResult(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readWriteShareGroupStateResponseWriteStateResult(reader: Reader, version: number): WriteShareGroupStateResponseWriteStateResult {
  const topicId: Uuid = reader.uuid();
  let partitions: WriteShareGroupStateResponsePartitionResult[];
  const partitionsLength = reader.compactArrayLength(8);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: WriteShareGroupStateResponsePartitionResult[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readWriteShareGroupStateResponsePartitionResult(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: WriteShareGroupStateResponseWriteStateResult = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeWriteShareGroupStateResponseWriteStateResult(writer: Writer, message: Draft<WriteShareGroupStateResponseWriteStateResult>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeWriteShareGroupStateResponsePartitionResult(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readWriteShareGroupStateResponsePartitionResult(reader: Reader, _version: number): WriteShareGroupStateResponsePartitionResult {
  const partition: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: WriteShareGroupStateResponsePartitionResult = {
    partition,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeWriteShareGroupStateResponsePartitionResult(writer: Writer, message: Draft<WriteShareGroupStateResponsePartitionResult>, _version: number): void {
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  writer.unknownTags(message.unknownTags);
}

