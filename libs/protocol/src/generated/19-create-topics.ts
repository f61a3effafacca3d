// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface CreateTopicsRequest {
  topics: CreateTopicsRequestCreatableTopic[];
  timeoutMs: number;
  validateOnly: boolean;
  unknownTags?: TaggedField[];
}

export interface CreateTopicsRequestCreatableTopic {
  name: string;
  numPartitions: number;
  replicationFactor: number;
  assignments: CreateTopicsRequestCreatableReplicaAssignment[];
  configs: CreateTopicsRequestCreatableTopicConfig[];
  unknownTags?: TaggedField[];
}

export interface CreateTopicsRequestCreatableReplicaAssignment {
  partitionIndex: number;
  brokerIds: number[];
  unknownTags?: TaggedField[];
}

export interface CreateTopicsRequestCreatableTopicConfig {
  name: string;
  value: string | null;
  unknownTags?: TaggedField[];
}

export function readCreateTopicsRequest(reader: Reader, version: number): CreateTopicsRequest {
  reader.what = "CreateTopicsRequest";
  if (version < 0 || version > 7) throw versionError("CreateTopicsRequest", version);
  const flexible = version >= 5;
  let topics: CreateTopicsRequestCreatableTopic[];
  const topicsLength = flexible ? reader.compactArrayLength(9) : reader.arrayLength(9);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: CreateTopicsRequestCreatableTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readCreateTopicsRequestCreatableTopic(reader, version));
    topics = list;
  }
  const timeoutMs: number = reader.int32();
  const validateOnly: boolean = version >= 1 ? reader.bool() : false;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreateTopicsRequest = {
    topics,
    timeoutMs,
    validateOnly,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeCreateTopicsRequest(writer: Writer, message: Draft<CreateTopicsRequest>, version: number): void {
  if (version < 0 || version > 7) throw versionError("CreateTopicsRequest", version);
  const flexible = version >= 5;
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeCreateTopicsRequestCreatableTopic(writer, item, version);
  }
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs ?? 60000);
  const validateOnly = message.validateOnly;
  if (version >= 1) {
    writer.bool(validateOnly ?? false);
  }
  if (!(version >= 1) && validateOnly !== undefined && validateOnly !== false) throw notInVersion("CreateTopicsRequest.validateOnly", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreateTopicsRequest.unknownTags", version);
}

function readCreateTopicsRequestCreatableTopic(reader: Reader, version: number): CreateTopicsRequestCreatableTopic {
  const flexible = version >= 5;
  const name: string = flexible ? reader.compactString() : reader.string();
  const numPartitions: number = reader.int32();
  const replicationFactor: number = reader.int16();
  let assignments: CreateTopicsRequestCreatableReplicaAssignment[];
  const assignmentsLength = flexible ? reader.compactArrayLength(5) : reader.arrayLength(5);
  if (assignmentsLength < 0) throw reader.nullError("assignments");
  {
    const list: CreateTopicsRequestCreatableReplicaAssignment[] = [];
    for (let i = 0; i < assignmentsLength; i++) list.push(readCreateTopicsRequestCreatableReplicaAssignment(reader, version));
    assignments = list;
  }
  let configs: CreateTopicsRequestCreatableTopicConfig[];
  const configsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (configsLength < 0) throw reader.nullError("configs");
  {
    const list: CreateTopicsRequestCreatableTopicConfig[] = [];
    for (let i = 0; i < configsLength; i++) list.push(readCreateTopicsRequestCreatableTopicConfig(reader, version));
    configs = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreateTopicsRequestCreatableTopic = {
    name,
    numPartitions,
    replicationFactor,
    assignments,
    configs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeCreateTopicsRequestCreatableTopic(writer: Writer, message: Draft<CreateTopicsRequestCreatableTopic>, version: number): void {
  const flexible = version >= 5;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const numPartitions = message.numPartitions;
  writer.int32(numPartitions ?? 0);
  const replicationFactor = message.replicationFactor;
  writer.int16(replicationFactor ?? 0);
  const assignments = message.assignments;
  if (assignments === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(assignments.length);
    else writer.arrayLength(assignments.length);
    for (const item of assignments) writeCreateTopicsRequestCreatableReplicaAssignment(writer, item, version);
  }
  const configs = message.configs;
  if (configs === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(configs.length);
    else writer.arrayLength(configs.length);
    for (const item of configs) writeCreateTopicsRequestCreatableTopicConfig(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreateTopicsRequestCreatableTopic.unknownTags", version);
}

function readCreateTopicsRequestCreatableReplicaAssignment(reader: Reader, version: number): CreateTopicsRequestCreatableReplicaAssignment {
  const flexible = version >= 5;
  const partitionIndex: number = reader.int32();
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
  const message: CreateTopicsRequestCreatableReplicaAssignment = {
    partitionIndex,
    brokerIds,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeCreateTopicsRequestCreatableReplicaAssignment(writer: Writer, message: Draft<CreateTopicsRequestCreatableReplicaAssignment>, version: number): void {
  const flexible = version >= 5;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
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
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreateTopicsRequestCreatableReplicaAssignment.unknownTags", version);
}

function readCreateTopicsRequestCreatableTopicConfig(reader: Reader, version: number): CreateTopicsRequestCreatableTopicConfig {
  const flexible = version >= 5;
  const name: string = flexible ? reader.compactString() : reader.string();
  const value: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreateTopicsRequestCreatableTopicConfig = {
    name,
    value,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeCreateTopicsRequestCreatableTopicConfig(writer: Writer, message: Draft<CreateTopicsRequestCreatableTopicConfig>, version: number): void {
  const flexible = version >= 5;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const value = message.value;
  if (flexible) writer.compactNullableString(value === undefined ? "" : value);
  else writer.nullableString(value === undefined ? "" : value);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreateTopicsRequestCreatableTopicConfig.unknownTags", version);
}

export interface CreateTopicsResponse {
  throttleTimeMs: number;
  topics: CreateTopicsResponseCreatableTopicResult[];
  unknownTags?: TaggedField[];
}

export interface CreateTopicsResponseCreatableTopicResult {
  name: string;
  topicId: Uuid;
  errorCode: number;
  errorMessage: string | null;
  topicConfigErrorCode: number;
  numPartitions: number;
  replicationFactor: number;
  configs: CreateTopicsResponseCreatableTopicConfigs[] | null;
  unknownTags?: TaggedField[];
}

export interface CreateTopicsResponseCreatableTopicConfigs {
  name: string;
  value: string | null;
  readOnly: boolean;
  configSource: number;
  isSensitive: boolean;
  unknownTags?: TaggedField[];
}

export function readCreateTopicsResponse(reader: Reader, version: number): CreateTopicsResponse {
  reader.what = "CreateTopicsResponse";
  if (version < 0 || version > 7) throw versionError("CreateTopicsResponse", version);
  const flexible = version >= 5;
  const throttleTimeMs: number = version >= 2 ? reader.int32() : 0;
  let topics: CreateTopicsResponseCreatableTopicResult[];
  const topicsLength = flexible ? reader.compactArrayLength(3) : reader.arrayLength(3);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: CreateTopicsResponseCreatableTopicResult[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readCreateTopicsResponseCreatableTopicResult(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreateTopicsResponse = {
    throttleTimeMs,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeCreateTopicsResponse(writer: Writer, message: Draft<CreateTopicsResponse>, version: number): void {
  if (version < 0 || version > 7) throw versionError("CreateTopicsResponse", version);
  const flexible = version >= 5;
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
    for (const item of topics) writeCreateTopicsResponseCreatableTopicResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreateTopicsResponse.unknownTags", version);
}

function readCreateTopicsResponseCreatableTopicResult(reader: Reader, version: number): CreateTopicsResponseCreatableTopicResult {
  const flexible = version >= 5;
  const name: string = flexible ? reader.compactString() : reader.string();
  const topicId: Uuid = version >= 7 ? reader.uuid() : ZERO_UUID;
  const errorCode: number = reader.int16();
  const errorMessage: string | null = version >= 1 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : "";
  let topicConfigErrorCode: number = 0;
  const numPartitions: number = version >= 5 ? reader.int32() : -1;
  const replicationFactor: number = version >= 5 ? reader.int16() : -1;
  let configs: CreateTopicsResponseCreatableTopicConfigs[] | null = [];
  if (version >= 5) {
    const configsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (configsLength < 0) {
      if (!(version >= 5)) throw reader.nullError("configs");
      configs = null;
    }
    else {
      const list: CreateTopicsResponseCreatableTopicConfigs[] = [];
      for (let i = 0; i < configsLength; i++) list.push(readCreateTopicsResponseCreatableTopicConfigs(reader, version));
      configs = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    const tagCount = reader.uvarint();
    let tag = -1;
    for (let i = 0; i < tagCount; i++) {
      tag = reader.tag(tag);
      if (tag === 0) {
        const tagEnd = reader.beginTag();
        topicConfigErrorCode = reader.int16();
        reader.endTag(tagEnd, "topicConfigErrorCode");
      }
      else (unknownTags ??= []).push(reader.unknownTag(tag));
    }
  }
  const message: CreateTopicsResponseCreatableTopicResult = {
    name,
    topicId,
    errorCode,
    errorMessage,
    topicConfigErrorCode,
    numPartitions,
    replicationFactor,
    configs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeCreateTopicsResponseCreatableTopicResult(writer: Writer, message: Draft<CreateTopicsResponseCreatableTopicResult>, version: number): void {
  const flexible = version >= 5;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const topicId = message.topicId;
  if (version >= 7) {
    writer.uuid(topicId ?? ZERO_UUID);
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  if (version >= 1) {
    if (flexible) writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
    else writer.nullableString(errorMessage === undefined ? "" : errorMessage);
  }
  const topicConfigErrorCode = message.topicConfigErrorCode;
  const numPartitions = message.numPartitions;
  if (version >= 5) {
    writer.int32(numPartitions ?? -1);
  }
  const replicationFactor = message.replicationFactor;
  if (version >= 5) {
    writer.int16(replicationFactor ?? -1);
  }
  const configs = message.configs;
  if (version >= 5) {
    if (configs === null) {
      if (!(version >= 5)) throw nullIn("CreateTopicsResponseCreatableTopicResult.configs", version);
      if (flexible) writer.compactLength(-1);
      else writer.arrayLength(-1);
    }
    else if (configs === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(configs.length);
      else writer.arrayLength(configs.length);
      for (const item of configs) writeCreateTopicsResponseCreatableTopicConfigs(writer, item, version);
    }
  }
  if (flexible) {
    const kept = message.unknownTags;
    let tagCount = kept === undefined ? 0 : kept.length;
    const hasTopicConfigErrorCode = topicConfigErrorCode !== undefined && topicConfigErrorCode !== 0;
    if (hasTopicConfigErrorCode) tagCount++;
    writer.uvarint(tagCount);
    let keptAt = 0;
    if (hasTopicConfigErrorCode) {
      const mark = writer.beginTag(0);
      writer.int16(topicConfigErrorCode ?? 0);
      writer.endTag(mark);
    }
    if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreateTopicsResponseCreatableTopicResult.unknownTags", version);
}

function readCreateTopicsResponseCreatableTopicConfigs(reader: Reader, version: number): CreateTopicsResponseCreatableTopicConfigs {
  const flexible = version >= 5;
  const name: string = version >= 5 ? (flexible ? reader.compactString() : reader.string()) : "";
  const value: string | null = version >= 5 ? (version >= 5 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : "";
  const readOnly: boolean = version >= 5 ? reader.bool() : false;
  const configSource: number = version >= 5 ? reader.int8() : -1;
  const isSensitive: boolean = version >= 5 ? reader.bool() : false;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreateTopicsResponseCreatableTopicConfigs = {
    name,
    value,
    readOnly,
    configSource,
    isSensitive,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeCreateTopicsResponseCreatableTopicConfigs(writer: Writer, message: Draft<CreateTopicsResponseCreatableTopicConfigs>, version: number): void {
  const flexible = version >= 5;
  const name = message.name;
  if (version >= 5) {
    if (flexible) writer.compactString(name ?? "");
    else writer.string(name ?? "");
  }
  if (!(version >= 5) && name !== undefined && name !== "") throw notInVersion("CreateTopicsResponseCreatableTopicConfigs.name", version);
  const value = message.value;
  if (version >= 5) {
    if (!(version >= 5) && (value === null)) throw nullIn("CreateTopicsResponseCreatableTopicConfigs.value", version);
    if (flexible) writer.compactNullableString(value === undefined ? "" : value);
    else writer.nullableString(value === undefined ? "" : value);
  }
  if (!(version >= 5) && value !== undefined && (value === null || value !== "")) throw notInVersion("CreateTopicsResponseCreatableTopicConfigs.value", version);
  const readOnly = message.readOnly;
  if (version >= 5) {
    writer.bool(readOnly ?? false);
  }
  if (!(version >= 5) && readOnly !== undefined && readOnly !== false) throw notInVersion("CreateTopicsResponseCreatableTopicConfigs.readOnly", version);
  const configSource = message.configSource;
  if (version >= 5) {
    writer.int8(configSource ?? -1);
  }
  const isSensitive = message.isSensitive;
  if (version >= 5) {
    writer.bool(isSensitive ?? false);
  }
  if (!(version >= 5) && isSensitive !== undefined && isSensitive !== false) throw notInVersion("CreateTopicsResponseCreatableTopicConfigs.isSensitive", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreateTopicsResponseCreatableTopicConfigs.unknownTags", version);
}

