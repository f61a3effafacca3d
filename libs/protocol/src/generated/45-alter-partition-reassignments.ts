// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface AlterPartitionReassignmentsRequest {
  timeoutMs: number;
  allowReplicationFactorChange: boolean;
  topics: AlterPartitionReassignmentsRequestReassignableTopic[];
  unknownTags?: TaggedField[];
}

export interface AlterPartitionReassignmentsRequestReassignableTopic {
  name: string;
  partitions: AlterPartitionReassignmentsRequestReassignablePartition[];
  unknownTags?: TaggedField[];
}

export interface AlterPartitionReassignmentsRequestReassignablePartition {
  partitionIndex: number;
  replicas: number[] | null;
  unknownTags?: TaggedField[];
}

export function readAlterPartitionReassignmentsRequest(reader: Reader, version: number): AlterPartitionReassignmentsRequest {
  reader.what = "AlterPartitionReassignmentsRequest";
  if (version < 0 || version > 1) throw versionError("AlterPartitionReassignmentsRequest", version);
  const timeoutMs: number = reader.int32();
  const allowReplicationFactorChange: boolean = version >= 1 ? reader.bool() : true;
  let topics: AlterPartitionReassignmentsRequestReassignableTopic[];
  const topicsLength = reader.compactArrayLength(3);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: AlterPartitionReassignmentsRequestReassignableTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readAlterPartitionReassignmentsRequestReassignableTopic(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterPartitionReassignmentsRequest = {
    timeoutMs,
    allowReplicationFactorChange,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAlterPartitionReassignmentsRequest(writer: Writer, message: Draft<AlterPartitionReassignmentsRequest>, version: number): void {
  if (version < 0 || version > 1) throw versionError("AlterPartitionReassignmentsRequest", version);
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs ?? 60000);
  const allowReplicationFactorChange = message.allowReplicationFactorChange;
  if (version >= 1) {
    writer.bool(allowReplicationFactorChange ?? true);
  }
  if (!(version >= 1) && allowReplicationFactorChange !== undefined && allowReplicationFactorChange !== true) throw notInVersion("AlterPartitionReassignmentsRequest.allowReplicationFactorChange", version);
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeAlterPartitionReassignmentsRequestReassignableTopic(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readAlterPartitionReassignmentsRequestReassignableTopic(reader: Reader, version: number): AlterPartitionReassignmentsRequestReassignableTopic {
  const name: string = reader.compactString();
  let partitions: AlterPartitionReassignmentsRequestReassignablePartition[];
  const partitionsLength = reader.compactArrayLength(6);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: AlterPartitionReassignmentsRequestReassignablePartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readAlterPartitionReassignmentsRequestReassignablePartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterPartitionReassignmentsRequestReassignableTopic = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterPartitionReassignmentsRequestReassignableTopic(writer: Writer, message: Draft<AlterPartitionReassignmentsRequestReassignableTopic>, version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeAlterPartitionReassignmentsRequestReassignablePartition(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readAlterPartitionReassignmentsRequestReassignablePartition(reader: Reader, _version: number): AlterPartitionReassignmentsRequestReassignablePartition {
  const partitionIndex: number = reader.int32();
  let replicas: number[] | null = null;
  const replicasLength = reader.compactArrayLength(4);
  if (replicasLength < 0) {
    replicas = null;
  }
  else {
    const list: number[] = [];
    for (let i = 0; i < replicasLength; i++) list.push(reader.int32());
    replicas = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterPartitionReassignmentsRequestReassignablePartition = {
    partitionIndex,
    replicas,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterPartitionReassignmentsRequestReassignablePartition(writer: Writer, message: Draft<AlterPartitionReassignmentsRequestReassignablePartition>, _version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const replicas = message.replicas;
  if (replicas === null || replicas === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(replicas.length);
    for (const item of replicas) writer.int32(item);
  }
  writer.unknownTags(message.unknownTags);
}

export interface AlterPartitionReassignmentsResponse {
  throttleTimeMs: number;
  allowReplicationFactorChange: boolean;
  errorCode: number;
  errorMessage: string | null;
  responses: AlterPartitionReassignmentsResponseReassignableTopicResponse[];
  unknownTags?: TaggedField[];
}

export interface AlterPartitionReassignmentsResponseReassignableTopicResponse {
  name: string;
  partitions: AlterPartitionReassignmentsResponseReassignablePartitionResponse[];
  unknownTags?: TaggedField[];
}

export interface AlterPartitionReassignmentsResponseReassignablePartitionResponse {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readAlterPartitionReassignmentsResponse(reader: Reader, version: number): AlterPartitionReassignmentsResponse {
  reader.what = "AlterPartitionReassignmentsResponse";
  if (version < 0 || version > 1) throw versionError("AlterPartitionReassignmentsResponse", version);
  const throttleTimeMs: number = reader.int32();
  const allowReplicationFactorChange: boolean = version >= 1 ? reader.bool() : true;
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let responses: AlterPartitionReassignmentsResponseReassignableTopicResponse[];
  const responsesLength = reader.compactArrayLength(3);
  if (responsesLength < 0) throw reader.nullError("responses");
  {
    const list: AlterPartitionReassignmentsResponseReassignableTopicResponse[] = [];
    for (let i = 0; i < responsesLength; i++) list.push(readAlterPartitionReassignmentsResponseReassignableTopicResponse(reader, version));
    responses = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterPartitionReassignmentsResponse = {
    throttleTimeMs,
    allowReplicationFactorChange,
    errorCode,
    errorMessage,
    responses,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAlterPartitionReassignmentsResponse(writer: Writer, message: Draft<AlterPartitionReassignmentsResponse>, version: number): void {
  if (version < 0 || version > 1) throw versionError("AlterPartitionReassignmentsResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const allowReplicationFactorChange = message.allowReplicationFactorChange;
  if (version >= 1) {
    writer.bool(allowReplicationFactorChange ?? true);
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  const responses = message.responses;
  if (responses === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(responses.length);
    for (const item of responses) writeAlterPartitionReassignmentsResponseReassignableTopicResponse(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readAlterPartitionReassignmentsResponseReassignableTopicResponse(reader: Reader, version: number): AlterPartitionReassignmentsResponseReassignableTopicResponse {
  const name: string = reader.compactString();
  let partitions: AlterPartitionReassignmentsResponseReassignablePartitionResponse[];
  const partitionsLength = reader.compactArrayLength(8);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: AlterPartitionReassignmentsResponseReassignablePartitionResponse[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readAlterPartitionReassignmentsResponseReassignablePartitionResponse(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterPartitionReassignmentsResponseReassignableTopicResponse = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterPartitionReassignmentsResponseReassignableTopicResponse(writer: Writer, message: Draft<AlterPartitionReassignmentsResponseReassignableTopicResponse>, version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeAlterPartitionReassignmentsResponseReassignablePartitionResponse(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readAlterPartitionReassignmentsResponseReassignablePartitionResponse(reader: Reader, _version: number): AlterPartitionReassignmentsResponseReassignablePartitionResponse {
  const partitionIndex: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterPartitionReassignmentsResponseReassignablePartitionResponse = {
    partitionIndex,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterPartitionReassignmentsResponseReassignablePartitionResponse(writer: Writer, message: Draft<AlterPartitionReassignmentsResponseReassignablePartitionResponse>, _version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  writer.unknownTags(message.unknownTags);
}

