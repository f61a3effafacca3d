// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface AlterReplicaLogDirsRequest {
  dirs: AlterReplicaLogDirsRequestAlterReplicaLogDir[];
  unknownTags?: TaggedField[];
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDir {
  path: string;
  topics: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[];
  unknownTags?: TaggedField[];
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  name: string;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readAlterReplicaLogDirsRequest(reader: Reader, version: number): AlterReplicaLogDirsRequest {
  reader.what = "AlterReplicaLogDirsRequest";
  if (version < 0 || version > 2) throw versionError("AlterReplicaLogDirsRequest", version);
  const flexible = version >= 2;
  let dirs: AlterReplicaLogDirsRequestAlterReplicaLogDir[];
  const dirsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (dirsLength < 0) throw reader.nullError("dirs");
  {
    const list: AlterReplicaLogDirsRequestAlterReplicaLogDir[] = [];
    for (let i = 0; i < dirsLength; i++) list.push(readAlterReplicaLogDirsRequestAlterReplicaLogDir(reader, version));
    dirs = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterReplicaLogDirsRequest = {
    dirs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAlterReplicaLogDirsRequest(writer: Writer, message: Draft<AlterReplicaLogDirsRequest>, version: number): void {
  if (version < 0 || version > 2) throw versionError("AlterReplicaLogDirsRequest", version);
  const flexible = version >= 2;
  const dirs = message.dirs;
  if (dirs === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(dirs.length);
    else writer.arrayLength(dirs.length);
    for (const item of dirs) writeAlterReplicaLogDirsRequestAlterReplicaLogDir(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterReplicaLogDirsRequest.unknownTags", version);
}

function readAlterReplicaLogDirsRequestAlterReplicaLogDir(reader: Reader, version: number): AlterReplicaLogDirsRequestAlterReplicaLogDir {
  const flexible = version >= 2;
  const path: string = flexible ? reader.compactString() : reader.string();
  let topics: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[];
  const topicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterReplicaLogDirsRequestAlterReplicaLogDir = {
    path,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterReplicaLogDirsRequestAlterReplicaLogDir(writer: Writer, message: Draft<AlterReplicaLogDirsRequestAlterReplicaLogDir>, version: number): void {
  const flexible = version >= 2;
  const path = message.path;
  if (flexible) writer.compactString(path ?? "");
  else writer.string(path ?? "");
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterReplicaLogDirsRequestAlterReplicaLogDir.unknownTags", version);
}

function readAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(reader: Reader, version: number): AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  const flexible = version >= 2;
  const name: string = flexible ? reader.compactString() : reader.string();
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
  const message: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(writer: Writer, message: Draft<AlterReplicaLogDirsRequestAlterReplicaLogDirTopic>, version: number): void {
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
    for (const item of partitions) writer.int32(item);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterReplicaLogDirsRequestAlterReplicaLogDirTopic.unknownTags", version);
}

export interface AlterReplicaLogDirsResponse {
  throttleTimeMs: number;
  results: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[];
  unknownTags?: TaggedField[];
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  topicName: string;
  partitions: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[];
  unknownTags?: TaggedField[];
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  partitionIndex: number;
  errorCode: number;
  unknownTags?: TaggedField[];
}

export function readAlterReplicaLogDirsResponse(reader: Reader, version: number): AlterReplicaLogDirsResponse {
  reader.what = "AlterReplicaLogDirsResponse";
  if (version < 0 || version > 2) throw versionError("AlterReplicaLogDirsResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs: number = reader.int32();
  let results: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[];
  const resultsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (resultsLength < 0) throw reader.nullError("results");
  {
    const list: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[] = [];
    for (let i = 0; i < resultsLength; i++) list.push(readAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(reader, version));
    results = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterReplicaLogDirsResponse = {
    throttleTimeMs,
    results,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAlterReplicaLogDirsResponse(writer: Writer, message: Draft<AlterReplicaLogDirsResponse>, version: number): void {
  if (version < 0 || version > 2) throw versionError("AlterReplicaLogDirsResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const results = message.results;
  if (results === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(results.length);
    else writer.arrayLength(results.length);
    for (const item of results) writeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterReplicaLogDirsResponse.unknownTags", version);
}

function readAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(reader: Reader, version: number): AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  const flexible = version >= 2;
  const topicName: string = flexible ? reader.compactString() : reader.string();
  let partitions: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[];
  const partitionsLength = flexible ? reader.compactArrayLength(6) : reader.arrayLength(6);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult = {
    topicName,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(writer: Writer, message: Draft<AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult>, version: number): void {
  const flexible = version >= 2;
  const topicName = message.topicName;
  if (flexible) writer.compactString(topicName ?? "");
  else writer.string(topicName ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitions.length);
    else writer.arrayLength(partitions.length);
    for (const item of partitions) writeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult.unknownTags", version);
}

function readAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(reader: Reader, version: number): AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  const flexible = version >= 2;
  const partitionIndex: number = reader.int32();
  const errorCode: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult = {
    partitionIndex,
    errorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(writer: Writer, message: Draft<AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult>, version: number): void {
  const flexible = version >= 2;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult.unknownTags", version);
}

