// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DescribeLogDirsRequest {
  topics: DescribeLogDirsRequestDescribableLogDirTopic[] | null;
  unknownTags?: TaggedField[];
}

export interface DescribeLogDirsRequestDescribableLogDirTopic {
  topic: string;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readDescribeLogDirsRequest(reader: Reader, version: number): DescribeLogDirsRequest {
  reader.what = "DescribeLogDirsRequest";
  if (version < 0 || version > 5) throw versionError("DescribeLogDirsRequest", version);
  const flexible = version >= 2;
  let topics: DescribeLogDirsRequestDescribableLogDirTopic[] | null = null;
  const topicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (topicsLength < 0) {
    topics = null;
  }
  else {
    const list: DescribeLogDirsRequestDescribableLogDirTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDescribeLogDirsRequestDescribableLogDirTopic(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeLogDirsRequest = {
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeLogDirsRequest(writer: Writer, message: Draft<DescribeLogDirsRequest>, version: number): void {
  if (version < 0 || version > 5) throw versionError("DescribeLogDirsRequest", version);
  const flexible = version >= 2;
  const topics = message.topics;
  if (topics === null) {
    if (flexible) writer.compactLength(-1);
    else writer.arrayLength(-1);
  }
  else if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeDescribeLogDirsRequestDescribableLogDirTopic(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeLogDirsRequest.unknownTags", version);
}

function readDescribeLogDirsRequestDescribableLogDirTopic(reader: Reader, version: number): DescribeLogDirsRequestDescribableLogDirTopic {
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
  const message: DescribeLogDirsRequestDescribableLogDirTopic = {
    topic,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeLogDirsRequestDescribableLogDirTopic(writer: Writer, message: Draft<DescribeLogDirsRequestDescribableLogDirTopic>, version: number): void {
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
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeLogDirsRequestDescribableLogDirTopic.unknownTags", version);
}

export interface DescribeLogDirsResponse {
  throttleTimeMs: number;
  errorCode: number;
  results: DescribeLogDirsResponseDescribeLogDirsResult[];
  unknownTags?: TaggedField[];
}

export interface DescribeLogDirsResponseDescribeLogDirsResult {
  errorCode: number;
  logDir: string;
  topics: DescribeLogDirsResponseDescribeLogDirsTopic[];
  totalBytes: number;
  usableBytes: number;
  isCordoned: boolean;
  unknownTags?: TaggedField[];
}

export interface DescribeLogDirsResponseDescribeLogDirsTopic {
  name: string;
  partitions: DescribeLogDirsResponseDescribeLogDirsPartition[];
  unknownTags?: TaggedField[];
}

export interface DescribeLogDirsResponseDescribeLogDirsPartition {
  partitionIndex: number;
  partitionSize: number;
  offsetLag: number;
  isFutureKey: boolean;
  unknownTags?: TaggedField[];
}

export function readDescribeLogDirsResponse(reader: Reader, version: number): DescribeLogDirsResponse {
  reader.what = "DescribeLogDirsResponse";
  if (version < 0 || version > 5) throw versionError("DescribeLogDirsResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = version >= 3 ? reader.int16() : 0;
  let results: DescribeLogDirsResponseDescribeLogDirsResult[];
  const resultsLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
  if (resultsLength < 0) throw reader.nullError("results");
  {
    const list: DescribeLogDirsResponseDescribeLogDirsResult[] = [];
    for (let i = 0; i < resultsLength; i++) list.push(readDescribeLogDirsResponseDescribeLogDirsResult(reader, version));
    results = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeLogDirsResponse = {
    throttleTimeMs,
    errorCode,
    results,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeLogDirsResponse(writer: Writer, message: Draft<DescribeLogDirsResponse>, version: number): void {
  if (version < 0 || version > 5) throw versionError("DescribeLogDirsResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  if (version >= 3) {
    writer.int16(errorCode ?? 0);
  }
  const results = message.results;
  if (results === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(results.length);
    else writer.arrayLength(results.length);
    for (const item of results) writeDescribeLogDirsResponseDescribeLogDirsResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeLogDirsResponse.unknownTags", version);
}

function readDescribeLogDirsResponseDescribeLogDirsResult(reader: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsResult {
  const flexible = version >= 2;
  const errorCode: number = reader.int16();
  const logDir: string = flexible ? reader.compactString() : reader.string();
  let topics: DescribeLogDirsResponseDescribeLogDirsTopic[];
  const topicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: DescribeLogDirsResponseDescribeLogDirsTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDescribeLogDirsResponseDescribeLogDirsTopic(reader, version));
    topics = list;
  }
  const totalBytes: number = version >= 4 ? reader.int64() : -1;
  const usableBytes: number = version >= 4 ? reader.int64() : -1;
  const isCordoned: boolean = version >= 5 ? reader.bool() : false;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeLogDirsResponseDescribeLogDirsResult = {
    errorCode,
    logDir,
    topics,
    totalBytes,
    usableBytes,
    isCordoned,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeLogDirsResponseDescribeLogDirsResult(writer: Writer, message: Draft<DescribeLogDirsResponseDescribeLogDirsResult>, version: number): void {
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const logDir = message.logDir;
  if (flexible) writer.compactString(logDir ?? "");
  else writer.string(logDir ?? "");
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeDescribeLogDirsResponseDescribeLogDirsTopic(writer, item, version);
  }
  const totalBytes = message.totalBytes;
  if (version >= 4) {
    writer.int64(totalBytes ?? -1);
  }
  const usableBytes = message.usableBytes;
  if (version >= 4) {
    writer.int64(usableBytes ?? -1);
  }
  const isCordoned = message.isCordoned;
  if (version >= 5) {
    writer.bool(isCordoned ?? false);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeLogDirsResponseDescribeLogDirsResult.unknownTags", version);
}

function readDescribeLogDirsResponseDescribeLogDirsTopic(reader: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsTopic {
  const flexible = version >= 2;
  const name: string = flexible ? reader.compactString() : reader.string();
  let partitions: DescribeLogDirsResponseDescribeLogDirsPartition[];
  const partitionsLength = flexible ? reader.compactArrayLength(21) : reader.arrayLength(21);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: DescribeLogDirsResponseDescribeLogDirsPartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readDescribeLogDirsResponseDescribeLogDirsPartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeLogDirsResponseDescribeLogDirsTopic = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeLogDirsResponseDescribeLogDirsTopic(writer: Writer, message: Draft<DescribeLogDirsResponseDescribeLogDirsTopic>, version: number): void {
  const flexible = version >= 2;
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
    for (const item of partitions) writeDescribeLogDirsResponseDescribeLogDirsPartition(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeLogDirsResponseDescribeLogDirsTopic.unknownTags", version);
}

function readDescribeLogDirsResponseDescribeLogDirsPartition(reader: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsPartition {
  const flexible = version >= 2;
  const partitionIndex: number = reader.int32();
  const partitionSize: number = reader.int64();
  const offsetLag: number = reader.int64();
  const isFutureKey: boolean = reader.bool();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeLogDirsResponseDescribeLogDirsPartition = {
    partitionIndex,
    partitionSize,
    offsetLag,
    isFutureKey,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeLogDirsResponseDescribeLogDirsPartition(writer: Writer, message: Draft<DescribeLogDirsResponseDescribeLogDirsPartition>, version: number): void {
  const flexible = version >= 2;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const partitionSize = message.partitionSize;
  writer.int64(partitionSize ?? 0);
  const offsetLag = message.offsetLag;
  writer.int64(offsetLag ?? 0);
  const isFutureKey = message.isFutureKey;
  writer.bool(isFutureKey ?? false);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeLogDirsResponseDescribeLogDirsPartition.unknownTags", version);
}

