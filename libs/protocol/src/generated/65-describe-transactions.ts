// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DescribeTransactionsRequest {
  transactionalIds: string[];
  unknownTags?: TaggedField[];
}

export function readDescribeTransactionsRequest(reader: Reader, version: number): DescribeTransactionsRequest {
  reader.what = "DescribeTransactionsRequest";
  if (version !== 0) throw versionError("DescribeTransactionsRequest", version);
  let transactionalIds: string[];
  const transactionalIdsLength = reader.compactArrayLength(1);
  if (transactionalIdsLength < 0) throw reader.nullError("transactionalIds");
  {
    const list: string[] = [];
    for (let i = 0; i < transactionalIdsLength; i++) list.push(reader.compactString());
    transactionalIds = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeTransactionsRequest = {
    transactionalIds,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeTransactionsRequest(writer: Writer, message: Draft<DescribeTransactionsRequest>, version: number): void {
  if (version !== 0) throw versionError("DescribeTransactionsRequest", version);
  const transactionalIds = message.transactionalIds;
  if (transactionalIds === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(transactionalIds.length);
    for (const item of transactionalIds) {
      writer.compactString(item);
    }
  }
  writer.unknownTags(message.unknownTags);
}

export interface DescribeTransactionsResponse {
  throttleTimeMs: number;
  transactionStates: DescribeTransactionsResponseTransactionState[];
  unknownTags?: TaggedField[];
}

export interface DescribeTransactionsResponseTransactionState {
  errorCode: number;
  transactionalId: string;
  transactionState: string;
  transactionTimeoutMs: number;
  transactionStartTimeMs: number;
  producerId: number;
  producerEpoch: number;
  topics: DescribeTransactionsResponseTopicData[];
  unknownTags?: TaggedField[];
}

export interface DescribeTransactionsResponseTopicData {
  topic: string;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readDescribeTransactionsResponse(reader: Reader, version: number): DescribeTransactionsResponse {
  reader.what = "DescribeTransactionsResponse";
  if (version !== 0) throw versionError("DescribeTransactionsResponse", version);
  const throttleTimeMs: number = reader.int32();
  let transactionStates: DescribeTransactionsResponseTransactionState[];
  const transactionStatesLength = reader.compactArrayLength(28);
  if (transactionStatesLength < 0) throw reader.nullError("transactionStates");
  {
    const list: DescribeTransactionsResponseTransactionState[] = [];
    for (let i = 0; i < transactionStatesLength; i++) list.push(readDescribeTransactionsResponseTransactionState(reader, version));
    transactionStates = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeTransactionsResponse = {
    throttleTimeMs,
    transactionStates,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeTransactionsResponse(writer: Writer, message: Draft<DescribeTransactionsResponse>, version: number): void {
  if (version !== 0) throw versionError("DescribeTransactionsResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const transactionStates = message.transactionStates;
  if (transactionStates === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(transactionStates.length);
    for (const item of transactionStates) writeDescribeTransactionsResponseTransactionState(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeTransactionsResponseTransactionState(reader: Reader, version: number): DescribeTransactionsResponseTransactionState {
  const errorCode: number = reader.int16();
  const transactionalId: string = reader.compactString();
  const transactionState: string = reader.compactString();
  const transactionTimeoutMs: number = reader.int32();
  const transactionStartTimeMs: number = reader.int64();
  const producerId: number = reader.int64();
  const producerEpoch: number = reader.int16();
  let topics: DescribeTransactionsResponseTopicData[];
  const topicsLength = reader.compactArrayLength(3);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: DescribeTransactionsResponseTopicData[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDescribeTransactionsResponseTopicData(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeTransactionsResponseTransactionState = {
    errorCode,
    transactionalId,
    transactionState,
    transactionTimeoutMs,
    transactionStartTimeMs,
    producerId,
    producerEpoch,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeTransactionsResponseTransactionState(writer: Writer, message: Draft<DescribeTransactionsResponseTransactionState>, version: number): void {
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const transactionalId = message.transactionalId;
  writer.compactString(transactionalId ?? "");
  const transactionState = message.transactionState;
  writer.compactString(transactionState ?? "");
  const transactionTimeoutMs = message.transactionTimeoutMs;
  writer.int32(transactionTimeoutMs ?? 0);
  const transactionStartTimeMs = message.transactionStartTimeMs;
  writer.int64(transactionStartTimeMs ?? 0);
  const producerId = message.producerId;
  writer.int64(producerId ?? 0);
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch ?? 0);
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeDescribeTransactionsResponseTopicData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeTransactionsResponseTopicData(reader: Reader, _version: number): DescribeTransactionsResponseTopicData {
  const topic: string = reader.compactString();
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
  const message: DescribeTransactionsResponseTopicData = {
    topic,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeTransactionsResponseTopicData(writer: Writer, message: Draft<DescribeTransactionsResponseTopicData>, _version: number): void {
  const topic = message.topic;
  writer.compactString(topic ?? "");
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

