// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DescribeTopicPartitionsRequest {
  topics: DescribeTopicPartitionsRequestTopicRequest[];
  responsePartitionLimit: number;
  cursor: DescribeTopicPartitionsRequestCursor | null;
  unknownTags?: TaggedField[];
}

export interface DescribeTopicPartitionsRequestTopicRequest {
  name: string;
  unknownTags?: TaggedField[];
}

export interface DescribeTopicPartitionsRequestCursor {
  topicName: string;
  partitionIndex: number;
  unknownTags?: TaggedField[];
}

export function readDescribeTopicPartitionsRequest(reader: Reader, version: number): DescribeTopicPartitionsRequest {
  reader.what = "DescribeTopicPartitionsRequest";
  if (version !== 0) throw versionError("DescribeTopicPartitionsRequest", version);
  let topics: DescribeTopicPartitionsRequestTopicRequest[];
  const topicsLength = reader.compactArrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: DescribeTopicPartitionsRequestTopicRequest[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDescribeTopicPartitionsRequestTopicRequest(reader, version));
    topics = list;
  }
  const responsePartitionLimit: number = reader.int32();
  let cursor: DescribeTopicPartitionsRequestCursor | null = null;
  cursor = reader.int8() < 0 ? null : readDescribeTopicPartitionsRequestCursor(reader, version);
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeTopicPartitionsRequest = {
    topics,
    responsePartitionLimit,
    cursor,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeTopicPartitionsRequest(writer: Writer, message: Draft<DescribeTopicPartitionsRequest>, version: number): void {
  if (version !== 0) throw versionError("DescribeTopicPartitionsRequest", version);
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeDescribeTopicPartitionsRequestTopicRequest(writer, item, version);
  }
  const responsePartitionLimit = message.responsePartitionLimit;
  writer.int32(responsePartitionLimit ?? 2000);
  const cursor = message.cursor;
  if (cursor === null || cursor === undefined) {
    writer.int8(-1);
  }
  else {
    writer.int8(1);
    writeDescribeTopicPartitionsRequestCursor(writer, cursor, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeTopicPartitionsRequestTopicRequest(reader: Reader, _version: number): DescribeTopicPartitionsRequestTopicRequest {
  const name: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeTopicPartitionsRequestTopicRequest = {
    name,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeTopicPartitionsRequestTopicRequest(writer: Writer, message: Draft<DescribeTopicPartitionsRequestTopicRequest>, _version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  writer.unknownTags(message.unknownTags);
}

function readDescribeTopicPartitionsRequestCursor(reader: Reader, _version: number): DescribeTopicPartitionsRequestCursor {
  const topicName: string = reader.compactString();
  const partitionIndex: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeTopicPartitionsRequestCursor = {
    topicName,
    partitionIndex,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeTopicPartitionsRequestCursor(writer: Writer, message: Draft<DescribeTopicPartitionsRequestCursor>, _version: number): void {
  const topicName = message.topicName;
  writer.compactString(topicName ?? "");
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface DescribeTopicPartitionsResponse {
  throttleTimeMs: number;
  topics: DescribeTopicPartitionsResponseTopic[];
  nextCursor: DescribeTopicPartitionsResponseCursor | null;
  unknownTags?: TaggedField[];
}

export interface DescribeTopicPartitionsResponseTopic {
  errorCode: number;
  name: string | null;
  topicId: Uuid;
  isInternal: boolean;
  partitions: DescribeTopicPartitionsResponsePartition[];
  topicAuthorizedOperations: number;
  unknownTags?: TaggedField[];
}

export interface DescribeTopicPartitionsResponsePartition {
  errorCode: number;
  partitionIndex: number;
  leaderId: number;
  leaderEpoch: number;
  replicaNodes: number[];
  isrNodes: number[];
  eligibleLeaderReplicas: number[] | null;
  lastKnownElr: number[] | null;
  offlineReplicas: number[];
  unknownTags?: TaggedField[];
}

export interface DescribeTopicPartitionsResponseCursor {
  topicName: string;
  partitionIndex: number;
  unknownTags?: TaggedField[];
}

export function readDescribeTopicPartitionsResponse(reader: Reader, version: number): DescribeTopicPartitionsResponse {
  reader.what = "DescribeTopicPartitionsResponse";
  if (version !== 0) throw versionError("DescribeTopicPartitionsResponse", version);
  const throttleTimeMs: number = reader.int32();
  let topics: DescribeTopicPartitionsResponseTopic[];
  const topicsLength = reader.compactArrayLength(26);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: DescribeTopicPartitionsResponseTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDescribeTopicPartitionsResponseTopic(reader, version));
    topics = list;
  }
  let nextCursor: DescribeTopicPartitionsResponseCursor | null = null;
  nextCursor = reader.int8() < 0 ? null : readDescribeTopicPartitionsResponseCursor(reader, version);
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeTopicPartitionsResponse = {
    throttleTimeMs,
    topics,
    nextCursor,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeTopicPartitionsResponse(writer: Writer, message: Draft<DescribeTopicPartitionsResponse>, version: number): void {
  if (version !== 0) throw versionError("DescribeTopicPartitionsResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeDescribeTopicPartitionsResponseTopic(writer, item, version);
  }
  const nextCursor = message.nextCursor;
  if (nextCursor === null || nextCursor === undefined) {
    writer.int8(-1);
  }
  else {
    writer.int8(1);
    writeDescribeTopicPartitionsResponseCursor(writer, nextCursor, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeTopicPartitionsResponseTopic(reader: Reader, version: number): DescribeTopicPartitionsResponseTopic {
  const errorCode: number = reader.int16();
  const name: string | null = reader.compactNullableString();
  const topicId: Uuid = reader.uuid();
  const isInternal: boolean = reader.bool();
  let partitions: DescribeTopicPartitionsResponsePartition[];
  const partitionsLength = reader.compactArrayLength(20);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: DescribeTopicPartitionsResponsePartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readDescribeTopicPartitionsResponsePartition(reader, version));
    partitions = list;
  }
  const topicAuthorizedOperations: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeTopicPartitionsResponseTopic = {
    errorCode,
    name,
    topicId,
    isInternal,
    partitions,
    topicAuthorizedOperations,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeTopicPartitionsResponseTopic(writer: Writer, message: Draft<DescribeTopicPartitionsResponseTopic>, version: number): void {
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const name = message.name;
  writer.compactNullableString(name === undefined ? "" : name);
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const isInternal = message.isInternal;
  writer.bool(isInternal ?? false);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeDescribeTopicPartitionsResponsePartition(writer, item, version);
  }
  const topicAuthorizedOperations = message.topicAuthorizedOperations;
  writer.int32(topicAuthorizedOperations ?? -2147483648);
  writer.unknownTags(message.unknownTags);
}

function readDescribeTopicPartitionsResponsePartition(reader: Reader, _version: number): DescribeTopicPartitionsResponsePartition {
  const errorCode: number = reader.int16();
  const partitionIndex: number = reader.int32();
  const leaderId: number = reader.int32();
  const leaderEpoch: number = reader.int32();
  let replicaNodes: number[];
  const replicaNodesLength = reader.compactArrayLength(4);
  if (replicaNodesLength < 0) throw reader.nullError("replicaNodes");
  {
    const list: number[] = [];
    for (let i = 0; i < replicaNodesLength; i++) list.push(reader.int32());
    replicaNodes = list;
  }
  let isrNodes: number[];
  const isrNodesLength = reader.compactArrayLength(4);
  if (isrNodesLength < 0) throw reader.nullError("isrNodes");
  {
    const list: number[] = [];
    for (let i = 0; i < isrNodesLength; i++) list.push(reader.int32());
    isrNodes = list;
  }
  let eligibleLeaderReplicas: number[] | null = null;
  const eligibleLeaderReplicasLength = reader.compactArrayLength(4);
  if (eligibleLeaderReplicasLength < 0) {
    eligibleLeaderReplicas = null;
  }
  else {
    const list: number[] = [];
    for (let i = 0; i < eligibleLeaderReplicasLength; i++) list.push(reader.int32());
    eligibleLeaderReplicas = list;
  }
  let lastKnownElr: number[] | null = null;
  const lastKnownElrLength = reader.compactArrayLength(4);
  if (lastKnownElrLength < 0) {
    lastKnownElr = null;
  }
  else {
    const list: number[] = [];
    for (let i = 0; i < lastKnownElrLength; i++) list.push(reader.int32());
    lastKnownElr = list;
  }
  let offlineReplicas: number[];
  const offlineReplicasLength = reader.compactArrayLength(4);
  if (offlineReplicasLength < 0) throw reader.nullError("offlineReplicas");
  {
    const list: number[] = [];
    for (let i = 0; i < offlineReplicasLength; i++) list.push(reader.int32());
    offlineReplicas = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeTopicPartitionsResponsePartition = {
    errorCode,
    partitionIndex,
    leaderId,
    leaderEpoch,
    replicaNodes,
    isrNodes,
    eligibleLeaderReplicas,
    lastKnownElr,
    offlineReplicas,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeTopicPartitionsResponsePartition(writer: Writer, message: Draft<DescribeTopicPartitionsResponsePartition>, _version: number): void {
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const leaderId = message.leaderId;
  writer.int32(leaderId ?? 0);
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch ?? -1);
  const replicaNodes = message.replicaNodes;
  if (replicaNodes === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(replicaNodes.length);
    for (const item of replicaNodes) writer.int32(item);
  }
  const isrNodes = message.isrNodes;
  if (isrNodes === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(isrNodes.length);
    for (const item of isrNodes) writer.int32(item);
  }
  const eligibleLeaderReplicas = message.eligibleLeaderReplicas;
  if (eligibleLeaderReplicas === null || eligibleLeaderReplicas === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(eligibleLeaderReplicas.length);
    for (const item of eligibleLeaderReplicas) writer.int32(item);
  }
  const lastKnownElr = message.lastKnownElr;
  if (lastKnownElr === null || lastKnownElr === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(lastKnownElr.length);
    for (const item of lastKnownElr) writer.int32(item);
  }
  const offlineReplicas = message.offlineReplicas;
  if (offlineReplicas === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(offlineReplicas.length);
    for (const item of offlineReplicas) writer.int32(item);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeTopicPartitionsResponseCursor(reader: Reader, _version: number): DescribeTopicPartitionsResponseCursor {
  const topicName: string = reader.compactString();
  const partitionIndex: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeTopicPartitionsResponseCursor = {
    topicName,
    partitionIndex,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeTopicPartitionsResponseCursor(writer: Writer, message: Draft<DescribeTopicPartitionsResponseCursor>, _version: number): void {
  const topicName = message.topicName;
  writer.compactString(topicName ?? "");
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  writer.unknownTags(message.unknownTags);
}

