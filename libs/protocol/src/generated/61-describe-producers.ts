// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DescribeProducersRequest {
  topics: DescribeProducersRequestTopicRequest[];
  unknownTags?: TaggedField[];
}

export interface DescribeProducersRequestTopicRequest {
  name: string;
  partitionIndexes: number[];
  unknownTags?: TaggedField[];
}

export function readDescribeProducersRequest(reader: Reader, version: number): DescribeProducersRequest {
  reader.what = "DescribeProducersRequest";
  if (version !== 0) throw versionError("DescribeProducersRequest", version);
  let topics: DescribeProducersRequestTopicRequest[];
  const topicsLength = reader.compactArrayLength(3);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: DescribeProducersRequestTopicRequest[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDescribeProducersRequestTopicRequest(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeProducersRequest = {
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeProducersRequest(writer: Writer, message: Draft<DescribeProducersRequest>, version: number): void {
  if (version !== 0) throw versionError("DescribeProducersRequest", version);
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeDescribeProducersRequestTopicRequest(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeProducersRequestTopicRequest(reader: Reader, _version: number): DescribeProducersRequestTopicRequest {
  const name: string = reader.compactString();
  let partitionIndexes: number[];
  const partitionIndexesLength = reader.compactArrayLength(4);
  if (partitionIndexesLength < 0) throw reader.nullError("partitionIndexes");
  {
    const list: number[] = [];
    for (let i = 0; i < partitionIndexesLength; i++) list.push(reader.int32());
    partitionIndexes = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeProducersRequestTopicRequest = {
    name,
    partitionIndexes,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeProducersRequestTopicRequest(writer: Writer, message: Draft<DescribeProducersRequestTopicRequest>, _version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const partitionIndexes = message.partitionIndexes;
  if (partitionIndexes === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitionIndexes.length);
    for (const item of partitionIndexes) writer.int32(item);
  }
  writer.unknownTags(message.unknownTags);
}

export interface DescribeProducersResponse {
  throttleTimeMs: number;
  topics: DescribeProducersResponseTopicResponse[];
  unknownTags?: TaggedField[];
}

export interface DescribeProducersResponseTopicResponse {
  name: string;
  partitions: DescribeProducersResponsePartitionResponse[];
  unknownTags?: TaggedField[];
}

export interface DescribeProducersResponsePartitionResponse {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  activeProducers: DescribeProducersResponseProducerState[];
  unknownTags?: TaggedField[];
}

export interface DescribeProducersResponseProducerState {
  producerId: number;
  producerEpoch: number;
  lastSequence: number;
  lastTimestamp: number;
  coordinatorEpoch: number;
  currentTxnStartOffset: number;
  unknownTags?: TaggedField[];
}

export function readDescribeProducersResponse(reader: Reader, version: number): DescribeProducersResponse {
  reader.what = "DescribeProducersResponse";
  if (version !== 0) throw versionError("DescribeProducersResponse", version);
  const throttleTimeMs: number = reader.int32();
  let topics: DescribeProducersResponseTopicResponse[];
  const topicsLength = reader.compactArrayLength(3);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: DescribeProducersResponseTopicResponse[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDescribeProducersResponseTopicResponse(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeProducersResponse = {
    throttleTimeMs,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeProducersResponse(writer: Writer, message: Draft<DescribeProducersResponse>, version: number): void {
  if (version !== 0) throw versionError("DescribeProducersResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeDescribeProducersResponseTopicResponse(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeProducersResponseTopicResponse(reader: Reader, version: number): DescribeProducersResponseTopicResponse {
  const name: string = reader.compactString();
  let partitions: DescribeProducersResponsePartitionResponse[];
  const partitionsLength = reader.compactArrayLength(9);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: DescribeProducersResponsePartitionResponse[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readDescribeProducersResponsePartitionResponse(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeProducersResponseTopicResponse = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeProducersResponseTopicResponse(writer: Writer, message: Draft<DescribeProducersResponseTopicResponse>, version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeDescribeProducersResponsePartitionResponse(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeProducersResponsePartitionResponse(reader: Reader, version: number): DescribeProducersResponsePartitionResponse {
  const partitionIndex: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let activeProducers: DescribeProducersResponseProducerState[];
  const activeProducersLength = reader.compactArrayLength(37);
  if (activeProducersLength < 0) throw reader.nullError("activeProducers");
  {
    const list: DescribeProducersResponseProducerState[] = [];
    for (let i = 0; i < activeProducersLength; i++) list.push(readDescribeProducersResponseProducerState(reader, version));
    activeProducers = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeProducersResponsePartitionResponse = {
    partitionIndex,
    errorCode,
    errorMessage,
    activeProducers,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeProducersResponsePartitionResponse(writer: Writer, message: Draft<DescribeProducersResponsePartitionResponse>, version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  const activeProducers = message.activeProducers;
  if (activeProducers === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(activeProducers.length);
    for (const item of activeProducers) writeDescribeProducersResponseProducerState(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeProducersResponseProducerState(reader: Reader, _version: number): DescribeProducersResponseProducerState {
  const producerId: number = reader.int64();
  const producerEpoch: number = reader.int32();
  const lastSequence: number = reader.int32();
  const lastTimestamp: number = reader.int64();
  const coordinatorEpoch: number = reader.int32();
  const currentTxnStartOffset: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeProducersResponseProducerState = {
    producerId,
    producerEpoch,
    lastSequence,
    lastTimestamp,
    coordinatorEpoch,
    currentTxnStartOffset,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeProducersResponseProducerState(writer: Writer, message: Draft<DescribeProducersResponseProducerState>, _version: number): void {
  const producerId = message.producerId;
  writer.int64(producerId ?? 0);
  const producerEpoch = message.producerEpoch;
  writer.int32(producerEpoch ?? 0);
  const lastSequence = message.lastSequence;
  writer.int32(lastSequence ?? -1);
  const lastTimestamp = message.lastTimestamp;
  writer.int64(lastTimestamp ?? -1);
  const coordinatorEpoch = message.coordinatorEpoch;
  writer.int32(coordinatorEpoch ?? 0);
  const currentTxnStartOffset = message.currentTxnStartOffset;
  writer.int64(currentTxnStartOffset ?? -1);
  writer.unknownTags(message.unknownTags);
}

