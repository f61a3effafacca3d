// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ListPartitionReassignmentsRequest {
  timeoutMs: number;
  topics: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null;
  unknownTags?: TaggedField[];
}

export interface ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
  name: string;
  partitionIndexes: number[];
  unknownTags?: TaggedField[];
}

export function readListPartitionReassignmentsRequest(reader: Reader, version: number): ListPartitionReassignmentsRequest {
  reader.what = "ListPartitionReassignmentsRequest";
  if (version !== 0) throw versionError("ListPartitionReassignmentsRequest", version);
  const timeoutMs: number = reader.int32();
  let topics: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null = null;
  const topicsLength = reader.compactArrayLength(3);
  if (topicsLength < 0) {
    topics = null;
  }
  else {
    const list: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readListPartitionReassignmentsRequestListPartitionReassignmentsTopics(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ListPartitionReassignmentsRequest = {
    timeoutMs,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeListPartitionReassignmentsRequest(writer: Writer, message: Draft<ListPartitionReassignmentsRequest>, version: number): void {
  if (version !== 0) throw versionError("ListPartitionReassignmentsRequest", version);
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs ?? 60000);
  const topics = message.topics;
  if (topics === null || topics === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readListPartitionReassignmentsRequestListPartitionReassignmentsTopics(reader: Reader, _version: number): ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
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
  const message: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics = {
    name,
    partitionIndexes,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(writer: Writer, message: Draft<ListPartitionReassignmentsRequestListPartitionReassignmentsTopics>, _version: number): void {
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

export interface ListPartitionReassignmentsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  topics: ListPartitionReassignmentsResponseOngoingTopicReassignment[];
  unknownTags?: TaggedField[];
}

export interface ListPartitionReassignmentsResponseOngoingTopicReassignment {
  name: string;
  partitions: ListPartitionReassignmentsResponseOngoingPartitionReassignment[];
  unknownTags?: TaggedField[];
}

export interface ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  partitionIndex: number;
  replicas: number[];
  addingReplicas: number[];
  removingReplicas: number[];
  unknownTags?: TaggedField[];
}

export function readListPartitionReassignmentsResponse(reader: Reader, version: number): ListPartitionReassignmentsResponse {
  reader.what = "ListPartitionReassignmentsResponse";
  if (version !== 0) throw versionError("ListPartitionReassignmentsResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let topics: ListPartitionReassignmentsResponseOngoingTopicReassignment[];
  const topicsLength = reader.compactArrayLength(3);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: ListPartitionReassignmentsResponseOngoingTopicReassignment[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readListPartitionReassignmentsResponseOngoingTopicReassignment(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ListPartitionReassignmentsResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeListPartitionReassignmentsResponse(writer: Writer, message: Draft<ListPartitionReassignmentsResponse>, version: number): void {
  if (version !== 0) throw versionError("ListPartitionReassignmentsResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeListPartitionReassignmentsResponseOngoingTopicReassignment(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readListPartitionReassignmentsResponseOngoingTopicReassignment(reader: Reader, version: number): ListPartitionReassignmentsResponseOngoingTopicReassignment {
  const name: string = reader.compactString();
  let partitions: ListPartitionReassignmentsResponseOngoingPartitionReassignment[];
  const partitionsLength = reader.compactArrayLength(8);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: ListPartitionReassignmentsResponseOngoingPartitionReassignment[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readListPartitionReassignmentsResponseOngoingPartitionReassignment(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ListPartitionReassignmentsResponseOngoingTopicReassignment = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeListPartitionReassignmentsResponseOngoingTopicReassignment(writer: Writer, message: Draft<ListPartitionReassignmentsResponseOngoingTopicReassignment>, version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeListPartitionReassignmentsResponseOngoingPartitionReassignment(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readListPartitionReassignmentsResponseOngoingPartitionReassignment(reader: Reader, _version: number): ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  const partitionIndex: number = reader.int32();
  let replicas: number[];
  const replicasLength = reader.compactArrayLength(4);
  if (replicasLength < 0) throw reader.nullError("replicas");
  {
    const list: number[] = [];
    for (let i = 0; i < replicasLength; i++) list.push(reader.int32());
    replicas = list;
  }
  let addingReplicas: number[];
  const addingReplicasLength = reader.compactArrayLength(4);
  if (addingReplicasLength < 0) throw reader.nullError("addingReplicas");
  {
    const list: number[] = [];
    for (let i = 0; i < addingReplicasLength; i++) list.push(reader.int32());
    addingReplicas = list;
  }
  let removingReplicas: number[];
  const removingReplicasLength = reader.compactArrayLength(4);
  if (removingReplicasLength < 0) throw reader.nullError("removingReplicas");
  {
    const list: number[] = [];
    for (let i = 0; i < removingReplicasLength; i++) list.push(reader.int32());
    removingReplicas = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ListPartitionReassignmentsResponseOngoingPartitionReassignment = {
    partitionIndex,
    replicas,
    addingReplicas,
    removingReplicas,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeListPartitionReassignmentsResponseOngoingPartitionReassignment(writer: Writer, message: Draft<ListPartitionReassignmentsResponseOngoingPartitionReassignment>, _version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const replicas = message.replicas;
  if (replicas === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(replicas.length);
    for (const item of replicas) writer.int32(item);
  }
  const addingReplicas = message.addingReplicas;
  if (addingReplicas === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(addingReplicas.length);
    for (const item of addingReplicas) writer.int32(item);
  }
  const removingReplicas = message.removingReplicas;
  if (removingReplicas === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(removingReplicas.length);
    for (const item of removingReplicas) writer.int32(item);
  }
  writer.unknownTags(message.unknownTags);
}

