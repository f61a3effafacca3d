// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ReadShareGroupStateRequest {
  groupId: string;
  topics: ReadShareGroupStateRequestReadStateData[];
  unknownTags?: TaggedField[];
}

export interface ReadShareGroupStateRequestReadStateData {
  topicId: Uuid;
  partitions: ReadShareGroupStateRequestPartitionData[];
  unknownTags?: TaggedField[];
}

export interface ReadShareGroupStateRequestPartitionData {
  partition: number;
  leaderEpoch: number;
  unknownTags?: TaggedField[];
}

export function readReadShareGroupStateRequest(reader: Reader, version: number): ReadShareGroupStateRequest {
  reader.what = "ReadShareGroupStateRequest";
  if (version !== 0) throw versionError("ReadShareGroupStateRequest", version);
  const groupId: string = reader.compactString();
  let topics: ReadShareGroupStateRequestReadStateData[];
  const topicsLength = reader.compactArrayLength(18);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: ReadShareGroupStateRequestReadStateData[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readReadShareGroupStateRequestReadStateData(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ReadShareGroupStateRequest = {
    groupId,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeReadShareGroupStateRequest(writer: Writer, message: Draft<ReadShareGroupStateRequest>, version: number): void {
  if (version !== 0) throw versionError("ReadShareGroupStateRequest", version);
  const groupId = message.groupId;
  writer.compactString(groupId ?? "");
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeReadShareGroupStateRequestReadStateData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readReadShareGroupStateRequestReadStateData(reader: Reader, version: number): ReadShareGroupStateRequestReadStateData {
  const topicId: Uuid = reader.uuid();
  let partitions: ReadShareGroupStateRequestPartitionData[];
  const partitionsLength = reader.compactArrayLength(9);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: ReadShareGroupStateRequestPartitionData[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readReadShareGroupStateRequestPartitionData(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ReadShareGroupStateRequestReadStateData = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeReadShareGroupStateRequestReadStateData(writer: Writer, message: Draft<ReadShareGroupStateRequestReadStateData>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeReadShareGroupStateRequestPartitionData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readReadShareGroupStateRequestPartitionData(reader: Reader, _version: number): ReadShareGroupStateRequestPartitionData {
  const partition: number = reader.int32();
  const leaderEpoch: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ReadShareGroupStateRequestPartitionData = {
    partition,
    leaderEpoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeReadShareGroupStateRequestPartitionData(writer: Writer, message: Draft<ReadShareGroupStateRequestPartitionData>, _version: number): void {
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface ReadShareGroupStateResponse {
  results: ReadShareGroupStateResponseReadStateResult[];
  unknownTags?: TaggedField[];
}

export interface ReadShareGroupStateResponseReadStateResult {
  topicId: Uuid;
  partitions: ReadShareGroupStateResponsePartitionResult[];
  unknownTags?: TaggedField[];
}

export interface ReadShareGroupStateResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
  stateEpoch: number;
  startOffset: number;
  stateBatches: ReadShareGroupStateResponseStateBatch[];
  unknownTags?: TaggedField[];
}

export interface ReadShareGroupStateResponseStateBatch {
  firstOffset: number;
  lastOffset: number;
  deliveryState: number;
  deliveryCount: number;
  unknownTags?: TaggedField[];
}

export function readReadShareGroupStateResponse(reader: Reader, version: number): ReadShareGroupStateResponse {
  reader.what = "ReadShareGroupStateResponse";
  if (version !== 0) throw versionError("ReadShareGroupStateResponse", version);
  let results: ReadShareGroupStateResponseReadStateResult[];
  const resultsLength = reader.compactArrayLength(18);
  if (resultsLength < 0) throw reader.nullError("results");
  {
    const list: ReadShareGroupStateResponseReadStateResult[] = [];
    for (let i = 0; i < resultsLength; i++) list.push(readReadShareGroupStateResponseReadStateResult(reader, version));
    results = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ReadShareGroupStateResponse = {
    results,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeReadShareGroupStateResponse(writer: Writer, message: Draft<ReadShareGroupStateResponse>, version: number): void {
  if (version !== 0) throw versionError("ReadShareGroupStateResponse", version);
  const results = message.results;
  if (results === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(results.length);
    for (const item of results) writeReadShareGroupStateResponseReadStateResult(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readReadShareGroupStateResponseReadStateResult(reader: Reader, version: number): ReadShareGroupStateResponseReadStateResult {
  const topicId: Uuid = reader.uuid();
  let partitions: ReadShareGroupStateResponsePartitionResult[];
  const partitionsLength = reader.compactArrayLength(21);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: ReadShareGroupStateResponsePartitionResult[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readReadShareGroupStateResponsePartitionResult(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ReadShareGroupStateResponseReadStateResult = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeReadShareGroupStateResponseReadStateResult(writer: Writer, message: Draft<ReadShareGroupStateResponseReadStateResult>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeReadShareGroupStateResponsePartitionResult(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readReadShareGroupStateResponsePartitionResult(reader: Reader, version: number): ReadShareGroupStateResponsePartitionResult {
  const partition: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  const stateEpoch: number = reader.int32();
  const startOffset: number = reader.int64();
  let stateBatches: ReadShareGroupStateResponseStateBatch[];
  const stateBatchesLength = reader.compactArrayLength(20);
  if (stateBatchesLength < 0) throw reader.nullError("stateBatches");
  {
    const list: ReadShareGroupStateResponseStateBatch[] = [];
    for (let i = 0; i < stateBatchesLength; i++) list.push(readReadShareGroupStateResponseStateBatch(reader, version));
    stateBatches = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ReadShareGroupStateResponsePartitionResult = {
    partition,
    errorCode,
    errorMessage,
    stateEpoch,
    startOffset,
    stateBatches,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeReadShareGroupStateResponsePartitionResult(writer: Writer, message: Draft<ReadShareGroupStateResponsePartitionResult>, version: number): void {
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  const stateEpoch = message.stateEpoch;
  writer.int32(stateEpoch ?? 0);
  const startOffset = message.startOffset;
  writer.int64(startOffset ?? 0);
  const stateBatches = message.stateBatches;
  if (stateBatches === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(stateBatches.length);
    for (const item of stateBatches) writeReadShareGroupStateResponseStateBatch(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readReadShareGroupStateResponseStateBatch(reader: Reader, _version: number): ReadShareGroupStateResponseStateBatch {
  const firstOffset: number = reader.int64();
  const lastOffset: number = reader.int64();
  const deliveryState: number = reader.int8();
  const deliveryCount: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ReadShareGroupStateResponseStateBatch = {
    firstOffset,
    lastOffset,
    deliveryState,
    deliveryCount,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeReadShareGroupStateResponseStateBatch(writer: Writer, message: Draft<ReadShareGroupStateResponseStateBatch>, _version: number): void {
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

