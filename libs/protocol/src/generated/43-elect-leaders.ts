// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ElectLeadersRequest {
  electionType: number;
  topicPartitions: ElectLeadersRequestTopicPartitions[] | null;
  timeoutMs: number;
  unknownTags?: TaggedField[];
}

export interface ElectLeadersRequestTopicPartitions {
  topic: string;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readElectLeadersRequest(reader: Reader, version: number): ElectLeadersRequest {
  reader.what = "ElectLeadersRequest";
  if (version < 0 || version > 2) throw versionError("ElectLeadersRequest", version);
  const flexible = version >= 2;
  const electionType: number = version >= 1 ? reader.int8() : 0;
  let topicPartitions: ElectLeadersRequestTopicPartitions[] | null = null;
  const topicPartitionsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (topicPartitionsLength < 0) {
    topicPartitions = null;
  }
  else {
    const list: ElectLeadersRequestTopicPartitions[] = [];
    for (let i = 0; i < topicPartitionsLength; i++) list.push(readElectLeadersRequestTopicPartitions(reader, version));
    topicPartitions = list;
  }
  const timeoutMs: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ElectLeadersRequest = {
    electionType,
    topicPartitions,
    timeoutMs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeElectLeadersRequest(writer: Writer, message: Draft<ElectLeadersRequest>, version: number): void {
  if (version < 0 || version > 2) throw versionError("ElectLeadersRequest", version);
  const flexible = version >= 2;
  const electionType = message.electionType;
  if (version >= 1) {
    writer.int8(electionType ?? 0);
  }
  if (!(version >= 1) && electionType !== undefined && electionType !== 0) throw notInVersion("ElectLeadersRequest.electionType", version);
  const topicPartitions = message.topicPartitions;
  if (topicPartitions === null) {
    if (flexible) writer.compactLength(-1);
    else writer.arrayLength(-1);
  }
  else if (topicPartitions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topicPartitions.length);
    else writer.arrayLength(topicPartitions.length);
    for (const item of topicPartitions) writeElectLeadersRequestTopicPartitions(writer, item, version);
  }
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs ?? 60000);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ElectLeadersRequest.unknownTags", version);
}

function readElectLeadersRequestTopicPartitions(reader: Reader, version: number): ElectLeadersRequestTopicPartitions {
  const flexible = version >= 2;
  const topic: string = flexible ? reader.compactString() : reader.string();
  let partitions: number[];
  const partitionsLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: number[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(reader.int32());
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ElectLeadersRequestTopicPartitions = {
    topic,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeElectLeadersRequestTopicPartitions(writer: Writer, message: Draft<ElectLeadersRequestTopicPartitions>, version: number): void {
  const flexible = version >= 2;
  const topic = message.topic;
  if (flexible) writer.compactString(topic ?? "");
  else writer.string(topic ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitions.length);
    else writer.arrayLength(partitions.length);
    for (const item of partitions) writer.int32(item);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ElectLeadersRequestTopicPartitions.unknownTags", version);
}

export interface ElectLeadersResponse {
  throttleTimeMs: number;
  errorCode: number;
  replicaElectionResults: ElectLeadersResponseReplicaElectionResult[];
  unknownTags?: TaggedField[];
}

export interface ElectLeadersResponseReplicaElectionResult {
  topic: string;
  partitionResult: ElectLeadersResponsePartitionResult[];
  unknownTags?: TaggedField[];
}

export interface ElectLeadersResponsePartitionResult {
  partitionId: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readElectLeadersResponse(reader: Reader, version: number): ElectLeadersResponse {
  reader.what = "ElectLeadersResponse";
  if (version < 0 || version > 2) throw versionError("ElectLeadersResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = version >= 1 ? reader.int16() : 0;
  let replicaElectionResults: ElectLeadersResponseReplicaElectionResult[];
  const replicaElectionResultsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (replicaElectionResultsLength < 0) throw reader.nullError("replicaElectionResults");
  {
    const list: ElectLeadersResponseReplicaElectionResult[] = [];
    for (let i = 0; i < replicaElectionResultsLength; i++) list.push(readElectLeadersResponseReplicaElectionResult(reader, version));
    replicaElectionResults = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ElectLeadersResponse = {
    throttleTimeMs,
    errorCode,
    replicaElectionResults,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeElectLeadersResponse(writer: Writer, message: Draft<ElectLeadersResponse>, version: number): void {
  if (version < 0 || version > 2) throw versionError("ElectLeadersResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  if (version >= 1) {
    writer.int16(errorCode ?? 0);
  }
  if (!(version >= 1) && errorCode !== undefined && errorCode !== 0) throw notInVersion("ElectLeadersResponse.errorCode", version);
  const replicaElectionResults = message.replicaElectionResults;
  if (replicaElectionResults === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(replicaElectionResults.length);
    else writer.arrayLength(replicaElectionResults.length);
    for (const item of replicaElectionResults) writeElectLeadersResponseReplicaElectionResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ElectLeadersResponse.unknownTags", version);
}

function readElectLeadersResponseReplicaElectionResult(reader: Reader, version: number): ElectLeadersResponseReplicaElectionResult {
  const flexible = version >= 2;
  const topic: string = flexible ? reader.compactString() : reader.string();
  let partitionResult: ElectLeadersResponsePartitionResult[];
  const partitionResultLength = flexible ? reader.compactArrayLength(7) : reader.arrayLength(7);
  if (partitionResultLength < 0) throw reader.nullError("partitionResult");
  {
    const list: ElectLeadersResponsePartitionResult[] = [];
    for (let i = 0; i < partitionResultLength; i++) list.push(readElectLeadersResponsePartitionResult(reader, version));
    partitionResult = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ElectLeadersResponseReplicaElectionResult = {
    topic,
    partitionResult,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeElectLeadersResponseReplicaElectionResult(writer: Writer, message: Draft<ElectLeadersResponseReplicaElectionResult>, version: number): void {
  const flexible = version >= 2;
  const topic = message.topic;
  if (flexible) writer.compactString(topic ?? "");
  else writer.string(topic ?? "");
  const partitionResult = message.partitionResult;
  if (partitionResult === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitionResult.length);
    else writer.arrayLength(partitionResult.length);
    for (const item of partitionResult) writeElectLeadersResponsePartitionResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ElectLeadersResponseReplicaElectionResult.unknownTags", version);
}

function readElectLeadersResponsePartitionResult(reader: Reader, version: number): ElectLeadersResponsePartitionResult {
  const flexible = version >= 2;
  const partitionId: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ElectLeadersResponsePartitionResult = {
    partitionId,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeElectLeadersResponsePartitionResult(writer: Writer, message: Draft<ElectLeadersResponsePartitionResult>, version: number): void {
  const flexible = version >= 2;
  const partitionId = message.partitionId;
  writer.int32(partitionId ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  if (flexible) writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  else writer.nullableString(errorMessage === undefined ? "" : errorMessage);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ElectLeadersResponsePartitionResult.unknownTags", version);
}

