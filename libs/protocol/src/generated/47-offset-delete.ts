// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, versionError } from "../message";
import type { Reader } from "../reader";
import type { Writer } from "../writer";

export interface OffsetDeleteRequest {
  groupId: string;
  topics: OffsetDeleteRequestTopic[];
}

export interface OffsetDeleteRequestTopic {
  name: string;
  partitions: OffsetDeleteRequestPartition[];
}

export interface OffsetDeleteRequestPartition {
  partitionIndex: number;
}

export function readOffsetDeleteRequest(reader: Reader, version: number): OffsetDeleteRequest {
  reader.what = "OffsetDeleteRequest";
  if (version !== 0) throw versionError("OffsetDeleteRequest", version);
  const groupId: string = reader.string();
  let topics: OffsetDeleteRequestTopic[];
  const topicsLength = reader.arrayLength(6);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: OffsetDeleteRequestTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readOffsetDeleteRequestTopic(reader, version));
    topics = list;
  }
  const message: OffsetDeleteRequest = {
    groupId,
    topics,
  };
  return message;
}

export function writeOffsetDeleteRequest(writer: Writer, message: Draft<OffsetDeleteRequest>, version: number): void {
  if (version !== 0) throw versionError("OffsetDeleteRequest", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
  const topics = message.topics;
  if (topics === undefined) {
    writer.arrayLength(0);
  }
  else {
    writer.arrayLength(topics.length);
    for (const item of topics) writeOffsetDeleteRequestTopic(writer, item, version);
  }
}

function readOffsetDeleteRequestTopic(reader: Reader, version: number): OffsetDeleteRequestTopic {
  const name: string = reader.string();
  let partitions: OffsetDeleteRequestPartition[];
  const partitionsLength = reader.arrayLength(4);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: OffsetDeleteRequestPartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readOffsetDeleteRequestPartition(reader, version));
    partitions = list;
  }
  const message: OffsetDeleteRequestTopic = {
    name,
    partitions,
  };
  return message;
}

function writeOffsetDeleteRequestTopic(writer: Writer, message: Draft<OffsetDeleteRequestTopic>, version: number): void {
  const name = message.name;
  writer.string(name ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.arrayLength(0);
  }
  else {
    writer.arrayLength(partitions.length);
    for (const item of partitions) writeOffsetDeleteRequestPartition(writer, item, version);
  }
}

function readOffsetDeleteRequestPartition(reader: Reader, _version: number): OffsetDeleteRequestPartition {
  const partitionIndex: number = reader.int32();
  const message: OffsetDeleteRequestPartition = {
    partitionIndex,
  };
  return message;
}

function writeOffsetDeleteRequestPartition(writer: Writer, message: Draft<OffsetDeleteRequestPartition>, _version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
}

export interface OffsetDeleteResponse {
  errorCode: number;
  throttleTimeMs: number;
  topics: OffsetDeleteResponseTopic[];
}

export interface OffsetDeleteResponseTopic {
  name: string;
  partitions: OffsetDeleteResponsePartition[];
}

export interface OffsetDeleteResponsePartition {
  partitionIndex: number;
  errorCode: number;
}

export function readOffsetDeleteResponse(reader: Reader, version: number): OffsetDeleteResponse {
  reader.what = "OffsetDeleteResponse";
  if (version !== 0) throw versionError("OffsetDeleteResponse", version);
  const errorCode: number = reader.int16();
  const throttleTimeMs: number = reader.int32();
  let topics: OffsetDeleteResponseTopic[];
  const topicsLength = reader.arrayLength(6);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: OffsetDeleteResponseTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readOffsetDeleteResponseTopic(reader, version));
    topics = list;
  }
  const message: OffsetDeleteResponse = {
    errorCode,
    throttleTimeMs,
    topics,
  };
  return message;
}

export function writeOffsetDeleteResponse(writer: Writer, message: Draft<OffsetDeleteResponse>, version: number): void {
  if (version !== 0) throw versionError("OffsetDeleteResponse", version);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const topics = message.topics;
  if (topics === undefined) {
    writer.arrayLength(0);
  }
  else {
    writer.arrayLength(topics.length);
    for (const item of topics) writeOffsetDeleteResponseTopic(writer, item, version);
  }
}

function readOffsetDeleteResponseTopic(reader: Reader, version: number): OffsetDeleteResponseTopic {
  const name: string = reader.string();
  let partitions: OffsetDeleteResponsePartition[];
  const partitionsLength = reader.arrayLength(6);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: OffsetDeleteResponsePartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readOffsetDeleteResponsePartition(reader, version));
    partitions = list;
  }
  const message: OffsetDeleteResponseTopic = {
    name,
    partitions,
  };
  return message;
}

function writeOffsetDeleteResponseTopic(writer: Writer, message: Draft<OffsetDeleteResponseTopic>, version: number): void {
  const name = message.name;
  writer.string(name ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.arrayLength(0);
  }
  else {
    writer.arrayLength(partitions.length);
    for (const item of partitions) writeOffsetDeleteResponsePartition(writer, item, version);
  }
}

function readOffsetDeleteResponsePartition(reader: Reader, _version: number): OffsetDeleteResponsePartition {
  const partitionIndex: number = reader.int32();
  const errorCode: number = reader.int16();
  const message: OffsetDeleteResponsePartition = {
    partitionIndex,
    errorCode,
  };
  return message;
}

function writeOffsetDeleteResponsePartition(writer: Writer, message: Draft<OffsetDeleteResponsePartition>, _version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
}

