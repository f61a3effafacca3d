// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ReadShareGroupStateSummaryRequest {
  groupId: string;
  topics: ReadShareGroupStateSummaryRequestReadStateSummaryData[];
  unknownTags?: TaggedField[];
}

export interface ReadShareGroupStateSummaryRequestReadStateSummaryData {
  topicId: Uuid;
  partitions: ReadShareGroupStateSummaryRequestPartitionData[];
  unknownTags?: TaggedField[];
}

export interface ReadShareGroupStateSummaryRequestPartitionData {
  partition: number;
  leaderEpoch: number;
  unknownTags?: TaggedField[];
}

export function readReadShareGroupStateSummaryRequest(reader: Reader, version: number): ReadShareGroupStateSummaryRequest {
  reader.what = "ReadShareGroupStateSummaryRequest";
  if (version < 0 || version > 1) throw versionError("ReadShareGroupStateSummaryRequest", version);
  const groupId: string = reader.compactString();
  let topics: ReadShareGroupStateSummaryRequestReadStateSummaryData[];
  const topicsLength = reader.compactArrayLength(18);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: ReadShareGroupStateSummaryRequestReadStateSummaryData[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readReadShareGroupStateSummaryRequestReadStateSummaryData(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ReadShareGroupStateSummaryRequest = {
    groupId,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeReadShareGroupStateSummaryRequest(writer: Writer, message: Draft<ReadShareGroupStateSummaryRequest>, version: number): void {
  if (version < 0 || version > 1) throw versionError("ReadShareGroupStateSummaryRequest", version);
  const groupId = message.groupId;
  writer.compactString(groupId ?? "");
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeReadShareGroupStateSummaryRequestReadStateSummaryData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readReadShareGroupStateSummaryRequestReadStateSummaryData(reader: Reader, version: number): ReadShareGroupStateSummaryRequestReadStateSummaryData {
  const topicId: Uuid = reader.uuid();
  let partitions: ReadShareGroupStateSummaryRequestPartitionData[];
  const partitionsLength = reader.compactArrayLength(9);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: ReadShareGroupStateSummaryRequestPartitionData[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readReadShareGroupStateSummaryRequestPartitionData(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ReadShareGroupStateSummaryRequestReadStateSummaryData = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeReadShareGroupStateSummaryRequestReadStateSummaryData(writer: Writer, message: Draft<ReadShareGroupStateSummaryRequestReadStateSummaryData>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeReadShareGroupStateSummaryRequestPartitionData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readReadShareGroupStateSummaryRequestPartitionData(reader: Reader, _version: number): ReadShareGroupStateSummaryRequestPartitionData {
  const partition: number = reader.int32();
  const leaderEpoch: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ReadShareGroupStateSummaryRequestPartitionData = {
    partition,
    leaderEpoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeReadShareGroupStateSummaryRequestPartitionData(writer: Writer, message: Draft<ReadShareGroupStateSummaryRequestPartitionData>, _version: number): void {
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface ReadShareGroupStateSummaryResponse {
  results: ReadShareGroupStateSummaryResponseReadStateSummaryResult[];
  unknownTags?: TaggedField[];
}

export interface ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  topicId: Uuid;
  partitions: ReadShareGroupStateSummaryResponsePartitionResult[];
  unknownTags?: TaggedField[];
}

export interface ReadShareGroupStateSummaryResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
  stateEpoch: number;
  leaderEpoch: number;
  startOffset: number;
  deliveryCompleteCount: number;
  unknownTags?: TaggedField[];
}

export function readReadShareGroupStateSummaryResponse(reader: Reader, version: number): ReadShareGroupStateSummaryResponse {
  reader.what = "ReadShareGroupStateSummaryResponse";
  if (version < 0 || version > 1) throw versionError("ReadShareGroupStateSummaryResponse", version);
  let results: ReadShareGroupStateSummaryResponseReadStateSummaryResult[];
  const resultsLength = reader.compactArrayLength(18);
  if (resultsLength < 0) throw reader.nullError("results");
  {
    const list: ReadShareGroupStateSummaryResponseReadStateSummaryResult[] = [];
    for (let i = 0; i < resultsLength; i++) list.push(readReadShareGroupStateSummaryResponseReadStateSummaryResult(reader, version));
    results = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ReadShareGroupStateSummaryResponse = {
    results,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeReadShareGroupStateSummaryResponse(writer: Writer, message: Draft<ReadShareGroupStateSummaryResponse>, version: number): void {
  if (version < 0 || version > 1) throw versionError("ReadShareGroupStateSummaryResponse", version);
  const results = message.results;
  if (results === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(results.length);
    for (const item of results) writeReadShareGroupStateSummaryResponseReadStateSummaryResult(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readReadShareGroupStateSummaryResponseReadStateSummaryResult(reader: Reader, version: number): ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  const topicId: Uuid = reader.uuid();
  let partitions: ReadShareGroupStateSummaryResponsePartitionResult[];
  const partitionsLength = reader.compactArrayLength(24);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: ReadShareGroupStateSummaryResponsePartitionResult[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readReadShareGroupStateSummaryResponsePartitionResult(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ReadShareGroupStateSummaryResponseReadStateSummaryResult = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeReadShareGroupStateSummaryResponseReadStateSummaryResult(writer: Writer, message: Draft<ReadShareGroupStateSummaryResponseReadStateSummaryResult>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeReadShareGroupStateSummaryResponsePartitionResult(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readReadShareGroupStateSummaryResponsePartitionResult(reader: Reader, version: number): ReadShareGroupStateSummaryResponsePartitionResult {
  const partition: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  const stateEpoch: number = reader.int32();
  const leaderEpoch: number = reader.int32();
  const startOffset: number = reader.int64();
  const deliveryCompleteCount: number = version >= 1 ? reader.int32() : -1;
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ReadShareGroupStateSummaryResponsePartitionResult = {
    partition,
    errorCode,
    errorMessage,
    stateEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeReadShareGroupStateSummaryResponsePartitionResult(writer: Writer, message: Draft<ReadShareGroupStateSummaryResponsePartitionResult>, version: number): void {
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  const stateEpoch = message.stateEpoch;
  writer.int32(stateEpoch ?? 0);
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch ?? 0);
  const startOffset = message.startOffset;
  writer.int64(startOffset ?? 0);
  const deliveryCompleteCount = message.deliveryCompleteCount;
  if (version >= 1) {
    writer.int32(deliveryCompleteCount ?? -1);
  }
  writer.unknownTags(message.unknownTags);
}

