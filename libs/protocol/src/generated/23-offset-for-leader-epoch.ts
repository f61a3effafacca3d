// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface OffsetForLeaderEpochRequest {
  replicaId: number;
  topics: OffsetForLeaderEpochRequestOffsetForLeaderTopic[];
  unknownTags?: TaggedField[];
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  topic: string;
  partitions: OffsetForLeaderEpochRequestOffsetForLeaderPartition[];
  unknownTags?: TaggedField[];
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  partition: number;
  currentLeaderEpoch: number;
  leaderEpoch: number;
  unknownTags?: TaggedField[];
}

export function readOffsetForLeaderEpochRequest(reader: Reader, version: number): OffsetForLeaderEpochRequest {
  reader.what = "OffsetForLeaderEpochRequest";
  if (version < 0 || version > 4) throw versionError("OffsetForLeaderEpochRequest", version);
  const flexible = version >= 4;
  const replicaId: number = version >= 3 ? reader.int32() : -2;
  let topics: OffsetForLeaderEpochRequestOffsetForLeaderTopic[];
  const topicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: OffsetForLeaderEpochRequestOffsetForLeaderTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readOffsetForLeaderEpochRequestOffsetForLeaderTopic(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetForLeaderEpochRequest = {
    replicaId,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeOffsetForLeaderEpochRequest(writer: Writer, message: Draft<OffsetForLeaderEpochRequest>, version: number): void {
  if (version < 0 || version > 4) throw versionError("OffsetForLeaderEpochRequest", version);
  const flexible = version >= 4;
  const replicaId = message.replicaId;
  if (version >= 3) {
    writer.int32(replicaId ?? -2);
  }
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeOffsetForLeaderEpochRequestOffsetForLeaderTopic(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetForLeaderEpochRequest.unknownTags", version);
}

function readOffsetForLeaderEpochRequestOffsetForLeaderTopic(reader: Reader, version: number): OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  const flexible = version >= 4;
  const topic: string = flexible ? reader.compactString() : reader.string();
  let partitions: OffsetForLeaderEpochRequestOffsetForLeaderPartition[];
  const partitionsLength = flexible ? reader.compactArrayLength(8) : reader.arrayLength(8);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: OffsetForLeaderEpochRequestOffsetForLeaderPartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readOffsetForLeaderEpochRequestOffsetForLeaderPartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetForLeaderEpochRequestOffsetForLeaderTopic = {
    topic,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetForLeaderEpochRequestOffsetForLeaderTopic(writer: Writer, message: Draft<OffsetForLeaderEpochRequestOffsetForLeaderTopic>, version: number): void {
  const flexible = version >= 4;
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
    for (const item of partitions) writeOffsetForLeaderEpochRequestOffsetForLeaderPartition(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetForLeaderEpochRequestOffsetForLeaderTopic.unknownTags", version);
}

function readOffsetForLeaderEpochRequestOffsetForLeaderPartition(reader: Reader, version: number): OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  const flexible = version >= 4;
  const partition: number = reader.int32();
  const currentLeaderEpoch: number = version >= 2 ? reader.int32() : -1;
  const leaderEpoch: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetForLeaderEpochRequestOffsetForLeaderPartition = {
    partition,
    currentLeaderEpoch,
    leaderEpoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetForLeaderEpochRequestOffsetForLeaderPartition(writer: Writer, message: Draft<OffsetForLeaderEpochRequestOffsetForLeaderPartition>, version: number): void {
  const flexible = version >= 4;
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const currentLeaderEpoch = message.currentLeaderEpoch;
  if (version >= 2) {
    writer.int32(currentLeaderEpoch ?? -1);
  }
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetForLeaderEpochRequestOffsetForLeaderPartition.unknownTags", version);
}

export interface OffsetForLeaderEpochResponse {
  throttleTimeMs: number;
  topics: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[];
  unknownTags?: TaggedField[];
}

export interface OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  topic: string;
  partitions: OffsetForLeaderEpochResponseEpochEndOffset[];
  unknownTags?: TaggedField[];
}

export interface OffsetForLeaderEpochResponseEpochEndOffset {
  errorCode: number;
  partition: number;
  leaderEpoch: number;
  endOffset: number;
  unknownTags?: TaggedField[];
}

export function readOffsetForLeaderEpochResponse(reader: Reader, version: number): OffsetForLeaderEpochResponse {
  reader.what = "OffsetForLeaderEpochResponse";
  if (version < 0 || version > 4) throw versionError("OffsetForLeaderEpochResponse", version);
  const flexible = version >= 4;
  const throttleTimeMs: number = version >= 2 ? reader.int32() : 0;
  let topics: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[];
  const topicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetForLeaderEpochResponse = {
    throttleTimeMs,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeOffsetForLeaderEpochResponse(writer: Writer, message: Draft<OffsetForLeaderEpochResponse>, version: number): void {
  if (version < 0 || version > 4) throw versionError("OffsetForLeaderEpochResponse", version);
  const flexible = version >= 4;
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
    for (const item of topics) writeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetForLeaderEpochResponse.unknownTags", version);
}

function readOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(reader: Reader, version: number): OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  const flexible = version >= 4;
  const topic: string = flexible ? reader.compactString() : reader.string();
  let partitions: OffsetForLeaderEpochResponseEpochEndOffset[];
  const partitionsLength = flexible ? reader.compactArrayLength(14) : reader.arrayLength(14);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: OffsetForLeaderEpochResponseEpochEndOffset[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readOffsetForLeaderEpochResponseEpochEndOffset(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult = {
    topic,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(writer: Writer, message: Draft<OffsetForLeaderEpochResponseOffsetForLeaderTopicResult>, version: number): void {
  const flexible = version >= 4;
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
    for (const item of partitions) writeOffsetForLeaderEpochResponseEpochEndOffset(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetForLeaderEpochResponseOffsetForLeaderTopicResult.unknownTags", version);
}

function readOffsetForLeaderEpochResponseEpochEndOffset(reader: Reader, version: number): OffsetForLeaderEpochResponseEpochEndOffset {
  const flexible = version >= 4;
  const errorCode: number = reader.int16();
  const partition: number = reader.int32();
  const leaderEpoch: number = version >= 1 ? reader.int32() : -1;
  const endOffset: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetForLeaderEpochResponseEpochEndOffset = {
    errorCode,
    partition,
    leaderEpoch,
    endOffset,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetForLeaderEpochResponseEpochEndOffset(writer: Writer, message: Draft<OffsetForLeaderEpochResponseEpochEndOffset>, version: number): void {
  const flexible = version >= 4;
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const leaderEpoch = message.leaderEpoch;
  if (version >= 1) {
    writer.int32(leaderEpoch ?? -1);
  }
  const endOffset = message.endOffset;
  writer.int64(endOffset ?? -1);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetForLeaderEpochResponseEpochEndOffset.unknownTags", version);
}

