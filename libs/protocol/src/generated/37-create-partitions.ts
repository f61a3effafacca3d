// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface CreatePartitionsRequest {
  topics: CreatePartitionsRequestCreatePartitionsTopic[];
  timeoutMs: number;
  validateOnly: boolean;
  unknownTags?: TaggedField[];
}

export interface CreatePartitionsRequestCreatePartitionsTopic {
  name: string;
  count: number;
  assignments: CreatePartitionsRequestCreatePartitionsAssignment[] | null;
  unknownTags?: TaggedField[];
}

export interface CreatePartitionsRequestCreatePartitionsAssignment {
  brokerIds: number[];
  unknownTags?: TaggedField[];
}

export function readCreatePartitionsRequest(reader: Reader, version: number): CreatePartitionsRequest {
  reader.what = "CreatePartitionsRequest";
  if (version < 0 || version > 3) throw versionError("CreatePartitionsRequest", version);
  const flexible = version >= 2;
  let topics: CreatePartitionsRequestCreatePartitionsTopic[];
  const topicsLength = flexible ? reader.compactArrayLength(6) : reader.arrayLength(6);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: CreatePartitionsRequestCreatePartitionsTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readCreatePartitionsRequestCreatePartitionsTopic(reader, version));
    topics = list;
  }
  const timeoutMs: number = reader.int32();
  const validateOnly: boolean = reader.bool();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreatePartitionsRequest = {
    topics,
    timeoutMs,
    validateOnly,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeCreatePartitionsRequest(writer: Writer, message: Draft<CreatePartitionsRequest>, version: number): void {
  if (version < 0 || version > 3) throw versionError("CreatePartitionsRequest", version);
  const flexible = version >= 2;
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeCreatePartitionsRequestCreatePartitionsTopic(writer, item, version);
  }
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs ?? 0);
  const validateOnly = message.validateOnly;
  writer.bool(validateOnly ?? false);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreatePartitionsRequest.unknownTags", version);
}

function readCreatePartitionsRequestCreatePartitionsTopic(reader: Reader, version: number): CreatePartitionsRequestCreatePartitionsTopic {
  const flexible = version >= 2;
  const name: string = flexible ? reader.compactString() : reader.string();
  const count: number = reader.int32();
  let assignments: CreatePartitionsRequestCreatePartitionsAssignment[] | null = null;
  const assignmentsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
  if (assignmentsLength < 0) {
    assignments = null;
  }
  else {
    const list: CreatePartitionsRequestCreatePartitionsAssignment[] = [];
    for (let i = 0; i < assignmentsLength; i++) list.push(readCreatePartitionsRequestCreatePartitionsAssignment(reader, version));
    assignments = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreatePartitionsRequestCreatePartitionsTopic = {
    name,
    count,
    assignments,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeCreatePartitionsRequestCreatePartitionsTopic(writer: Writer, message: Draft<CreatePartitionsRequestCreatePartitionsTopic>, version: number): void {
  const flexible = version >= 2;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const count = message.count;
  writer.int32(count ?? 0);
  const assignments = message.assignments;
  if (assignments === null) {
    if (flexible) writer.compactLength(-1);
    else writer.arrayLength(-1);
  }
  else if (assignments === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(assignments.length);
    else writer.arrayLength(assignments.length);
    for (const item of assignments) writeCreatePartitionsRequestCreatePartitionsAssignment(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreatePartitionsRequestCreatePartitionsTopic.unknownTags", version);
}

function readCreatePartitionsRequestCreatePartitionsAssignment(reader: Reader, version: number): CreatePartitionsRequestCreatePartitionsAssignment {
  const flexible = version >= 2;
  let brokerIds: number[];
  const brokerIdsLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
  if (brokerIdsLength < 0) throw reader.nullError("brokerIds");
  {
    const list: number[] = [];
    for (let i = 0; i < brokerIdsLength; i++) list.push(reader.int32());
    brokerIds = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreatePartitionsRequestCreatePartitionsAssignment = {
    brokerIds,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeCreatePartitionsRequestCreatePartitionsAssignment(writer: Writer, message: Draft<CreatePartitionsRequestCreatePartitionsAssignment>, version: number): void {
  const flexible = version >= 2;
  const brokerIds = message.brokerIds;
  if (brokerIds === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(brokerIds.length);
    else writer.arrayLength(brokerIds.length);
    for (const item of brokerIds) writer.int32(item);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreatePartitionsRequestCreatePartitionsAssignment.unknownTags", version);
}

export interface CreatePartitionsResponse {
  throttleTimeMs: number;
  results: CreatePartitionsResponseCreatePartitionsTopicResult[];
  unknownTags?: TaggedField[];
}

export interface CreatePartitionsResponseCreatePartitionsTopicResult {
  name: string;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readCreatePartitionsResponse(reader: Reader, version: number): CreatePartitionsResponse {
  reader.what = "CreatePartitionsResponse";
  if (version < 0 || version > 3) throw versionError("CreatePartitionsResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs: number = reader.int32();
  let results: CreatePartitionsResponseCreatePartitionsTopicResult[];
  const resultsLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
  if (resultsLength < 0) throw reader.nullError("results");
  {
    const list: CreatePartitionsResponseCreatePartitionsTopicResult[] = [];
    for (let i = 0; i < resultsLength; i++) list.push(readCreatePartitionsResponseCreatePartitionsTopicResult(reader, version));
    results = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreatePartitionsResponse = {
    throttleTimeMs,
    results,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeCreatePartitionsResponse(writer: Writer, message: Draft<CreatePartitionsResponse>, version: number): void {
  if (version < 0 || version > 3) throw versionError("CreatePartitionsResponse", version);
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
    for (const item of results) writeCreatePartitionsResponseCreatePartitionsTopicResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreatePartitionsResponse.unknownTags", version);
}

function readCreatePartitionsResponseCreatePartitionsTopicResult(reader: Reader, version: number): CreatePartitionsResponseCreatePartitionsTopicResult {
  const flexible = version >= 2;
  const name: string = flexible ? reader.compactString() : reader.string();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreatePartitionsResponseCreatePartitionsTopicResult = {
    name,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeCreatePartitionsResponseCreatePartitionsTopicResult(writer: Writer, message: Draft<CreatePartitionsResponseCreatePartitionsTopicResult>, version: number): void {
  const flexible = version >= 2;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  if (flexible) writer.compactNullableString(errorMessage ?? null);
  else writer.nullableString(errorMessage ?? null);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreatePartitionsResponseCreatePartitionsTopicResult.unknownTags", version);
}

