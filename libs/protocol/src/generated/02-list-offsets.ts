// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ListOffsetsRequest {
  replicaId: number;
  isolationLevel: number;
  topics: ListOffsetsRequestListOffsetsTopic[];
  timeoutMs: number;
  unknownTags?: TaggedField[];
}

export interface ListOffsetsRequestListOffsetsTopic {
  name: string;
  partitions: ListOffsetsRequestListOffsetsPartition[];
  unknownTags?: TaggedField[];
}

export interface ListOffsetsRequestListOffsetsPartition {
  partitionIndex: number;
  currentLeaderEpoch: number;
  timestamp: number;
  maxNumOffsets: number;
  unknownTags?: TaggedField[];
}

export function readListOffsetsRequest(reader: Reader, version: number): ListOffsetsRequest {
  reader.what = "ListOffsetsRequest";
  if (version < 0 || version > 11) throw versionError("ListOffsetsRequest", version);
  const flexible = version >= 6;
  const replicaId: number = reader.int32();
  const isolationLevel: number = version >= 2 ? reader.int8() : 0;
  let topics: ListOffsetsRequestListOffsetsTopic[];
  const topicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: ListOffsetsRequestListOffsetsTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readListOffsetsRequestListOffsetsTopic(reader, version));
    topics = list;
  }
  const timeoutMs: number = version >= 10 ? reader.int32() : 0;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ListOffsetsRequest = {
    replicaId,
    isolationLevel,
    topics,
    timeoutMs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeListOffsetsRequest(writer: Writer, message: Draft<ListOffsetsRequest>, version: number): void {
  if (version < 0 || version > 11) throw versionError("ListOffsetsRequest", version);
  const flexible = version >= 6;
  const replicaId = message.replicaId;
  writer.int32(replicaId ?? 0);
  const isolationLevel = message.isolationLevel;
  if (version >= 2) {
    writer.int8(isolationLevel ?? 0);
  }
  if (!(version >= 2) && isolationLevel !== undefined && isolationLevel !== 0) throw notInVersion("ListOffsetsRequest.isolationLevel", version);
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeListOffsetsRequestListOffsetsTopic(writer, item, version);
  }
  const timeoutMs = message.timeoutMs;
  if (version >= 10) {
    writer.int32(timeoutMs ?? 0);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ListOffsetsRequest.unknownTags", version);
}

function readListOffsetsRequestListOffsetsTopic(reader: Reader, version: number): ListOffsetsRequestListOffsetsTopic {
  const flexible = version >= 6;
  const name: string = flexible ? reader.compactString() : reader.string();
  let partitions: ListOffsetsRequestListOffsetsPartition[];
  const partitionsLength = flexible ? reader.compactArrayLength(12) : reader.arrayLength(12);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: ListOffsetsRequestListOffsetsPartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readListOffsetsRequestListOffsetsPartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ListOffsetsRequestListOffsetsTopic = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeListOffsetsRequestListOffsetsTopic(writer: Writer, message: Draft<ListOffsetsRequestListOffsetsTopic>, version: number): void {
  const flexible = version >= 6;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitions.length);
    else writer.arrayLength(partitions.length);
    for (const item of partitions) writeListOffsetsRequestListOffsetsPartition(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ListOffsetsRequestListOffsetsTopic.unknownTags", version);
}

function readListOffsetsRequestListOffsetsPartition(reader: Reader, version: number): ListOffsetsRequestListOffsetsPartition {
  const flexible = version >= 6;
  const partitionIndex: number = reader.int32();
  const currentLeaderEpoch: number = version >= 4 ? reader.int32() : -1;
  const timestamp: number = reader.int64();
  const maxNumOffsets: number = version <= 0 ? reader.int32() : 1;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ListOffsetsRequestListOffsetsPartition = {
    partitionIndex,
    currentLeaderEpoch,
    timestamp,
    maxNumOffsets,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeListOffsetsRequestListOffsetsPartition(writer: Writer, message: Draft<ListOffsetsRequestListOffsetsPartition>, version: number): void {
  const flexible = version >= 6;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const currentLeaderEpoch = message.currentLeaderEpoch;
  if (version >= 4) {
    writer.int32(currentLeaderEpoch ?? -1);
  }
  const timestamp = message.timestamp;
  writer.int64(timestamp ?? 0);
  const maxNumOffsets = message.maxNumOffsets;
  if (version <= 0) {
    writer.int32(maxNumOffsets ?? 1);
  }
  if (!(version <= 0) && maxNumOffsets !== undefined && maxNumOffsets !== 1) throw notInVersion("ListOffsetsRequestListOffsetsPartition.maxNumOffsets", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ListOffsetsRequestListOffsetsPartition.unknownTags", version);
}

export interface ListOffsetsResponse {
  throttleTimeMs: number;
  topics: ListOffsetsResponseListOffsetsTopicResponse[];
  unknownTags?: TaggedField[];
}

export interface ListOffsetsResponseListOffsetsTopicResponse {
  name: string;
  partitions: ListOffsetsResponseListOffsetsPartitionResponse[];
  unknownTags?: TaggedField[];
}

export interface ListOffsetsResponseListOffsetsPartitionResponse {
  partitionIndex: number;
  errorCode: number;
  oldStyleOffsets: number[];
  timestamp: number;
  offset: number;
  leaderEpoch: number;
  unknownTags?: TaggedField[];
}

export function readListOffsetsResponse(reader: Reader, version: number): ListOffsetsResponse {
  reader.what = "ListOffsetsResponse";
  if (version < 0 || version > 11) throw versionError("ListOffsetsResponse", version);
  const flexible = version >= 6;
  const throttleTimeMs: number = version >= 2 ? reader.int32() : 0;
  let topics: ListOffsetsResponseListOffsetsTopicResponse[];
  const topicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: ListOffsetsResponseListOffsetsTopicResponse[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readListOffsetsResponseListOffsetsTopicResponse(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ListOffsetsResponse = {
    throttleTimeMs,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeListOffsetsResponse(writer: Writer, message: Draft<ListOffsetsResponse>, version: number): void {
  if (version < 0 || version > 11) throw versionError("ListOffsetsResponse", version);
  const flexible = version >= 6;
  const throttleTimeMs = message.throttleTimeMs;
  if (version >= 2) {
    writer.int32(throttleTimeMs ?? 0);
  }
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeListOffsetsResponseListOffsetsTopicResponse(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ListOffsetsResponse.unknownTags", version);
}

function readListOffsetsResponseListOffsetsTopicResponse(reader: Reader, version: number): ListOffsetsResponseListOffsetsTopicResponse {
  const flexible = version >= 6;
  const name: string = flexible ? reader.compactString() : reader.string();
  let partitions: ListOffsetsResponseListOffsetsPartitionResponse[];
  const partitionsLength = flexible ? reader.compactArrayLength(6) : reader.arrayLength(6);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: ListOffsetsResponseListOffsetsPartitionResponse[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readListOffsetsResponseListOffsetsPartitionResponse(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ListOffsetsResponseListOffsetsTopicResponse = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeListOffsetsResponseListOffsetsTopicResponse(writer: Writer, message: Draft<ListOffsetsResponseListOffsetsTopicResponse>, version: number): void {
  const flexible = version >= 6;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitions.length);
    else writer.arrayLength(partitions.length);
    for (const item of partitions) writeListOffsetsResponseListOffsetsPartitionResponse(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ListOffsetsResponseListOffsetsTopicResponse.unknownTags", version);
}

function readListOffsetsResponseListOffsetsPartitionResponse(reader: Reader, version: number): ListOffsetsResponseListOffsetsPartitionResponse {
  const flexible = version >= 6;
  const partitionIndex: number = reader.int32();
  const errorCode: number = reader.int16();
  let oldStyleOffsets: number[] = [];
  if (version <= 0) {
    const oldStyleOffsetsLength = flexible ? reader.compactArrayLength(8) : reader.arrayLength(8);
    if (oldStyleOffsetsLength < 0) throw reader.nullError("oldStyleOffsets");
    {
      const list: number[] = [];
      for (let i = 0; i < oldStyleOffsetsLength; i++) list.push(reader.int64());
      oldStyleOffsets = list;
    }
  }
  const timestamp: number = version >= 1 ? reader.int64() : -1;
  const offset: number = version >= 1 ? reader.int64() : -1;
  const leaderEpoch: number = version >= 4 ? reader.int32() : -1;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ListOffsetsResponseListOffsetsPartitionResponse = {
    partitionIndex,
    errorCode,
    oldStyleOffsets,
    timestamp,
    offset,
    leaderEpoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeListOffsetsResponseListOffsetsPartitionResponse(writer: Writer, message: Draft<ListOffsetsResponseListOffsetsPartitionResponse>, version: number): void {
  const flexible = version >= 6;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const oldStyleOffsets = message.oldStyleOffsets;
  if (version <= 0) {
    if (oldStyleOffsets === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(oldStyleOffsets.length);
      else writer.arrayLength(oldStyleOffsets.length);
      for (const item of oldStyleOffsets) writer.int64(item);
    }
  }
  if (!(version <= 0) && oldStyleOffsets !== undefined && oldStyleOffsets.length > 0) throw notInVersion("ListOffsetsResponseListOffsetsPartitionResponse.oldStyleOffsets", version);
  const timestamp = message.timestamp;
  if (version >= 1) {
    writer.int64(timestamp ?? -1);
  }
  if (!(version >= 1) && timestamp !== undefined && timestamp !== -1) throw notInVersion("ListOffsetsResponseListOffsetsPartitionResponse.timestamp", version);
  const offset = message.offset;
  if (version >= 1) {
    writer.int64(offset ?? -1);
  }
  if (!(version >= 1) && offset !== undefined && offset !== -1) throw notInVersion("ListOffsetsResponseListOffsetsPartitionResponse.offset", version);
  const leaderEpoch = message.leaderEpoch;
  if (version >= 4) {
    writer.int32(leaderEpoch ?? -1);
  }
  if (!(version >= 4) && leaderEpoch !== undefined && leaderEpoch !== -1) throw notInVersion("ListOffsetsResponseListOffsetsPartitionResponse.leaderEpoch", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ListOffsetsResponseListOffsetsPartitionResponse.unknownTags", version);
}

