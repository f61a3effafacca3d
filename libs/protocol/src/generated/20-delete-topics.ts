// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DeleteTopicsRequest {
  topics: DeleteTopicsRequestDeleteTopicState[];
  topicNames: string[];
  timeoutMs: number;
  unknownTags?: TaggedField[];
}

export interface DeleteTopicsRequestDeleteTopicState {
  name: string | null;
  topicId: Uuid;
  unknownTags?: TaggedField[];
}

export function readDeleteTopicsRequest(reader: Reader, version: number): DeleteTopicsRequest {
  reader.what = "DeleteTopicsRequest";
  if (version < 0 || version > 6) throw versionError("DeleteTopicsRequest", version);
  const flexible = version >= 4;
  let topics: DeleteTopicsRequestDeleteTopicState[] = [];
  if (version >= 6) {
    const topicsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (topicsLength < 0) throw reader.nullError("topics");
    {
      const list: DeleteTopicsRequestDeleteTopicState[] = [];
      for (let i = 0; i < topicsLength; i++) list.push(readDeleteTopicsRequestDeleteTopicState(reader, version));
      topics = list;
    }
  }
  let topicNames: string[] = [];
  if (version <= 5) {
    const topicNamesLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (topicNamesLength < 0) throw reader.nullError("topicNames");
    {
      const list: string[] = [];
      for (let i = 0; i < topicNamesLength; i++) list.push(flexible ? reader.compactString() : reader.string());
      topicNames = list;
    }
  }
  const timeoutMs: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteTopicsRequest = {
    topics,
    topicNames,
    timeoutMs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDeleteTopicsRequest(writer: Writer, message: Draft<DeleteTopicsRequest>, version: number): void {
  if (version < 0 || version > 6) throw versionError("DeleteTopicsRequest", version);
  const flexible = version >= 4;
  const topics = message.topics;
  if (version >= 6) {
    if (topics === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(topics.length);
      else writer.arrayLength(topics.length);
      for (const item of topics) writeDeleteTopicsRequestDeleteTopicState(writer, item, version);
    }
  }
  if (!(version >= 6) && topics !== undefined && topics.length > 0) throw notInVersion("DeleteTopicsRequest.topics", version);
  const topicNames = message.topicNames;
  if (version <= 5) {
    if (topicNames === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(topicNames.length);
      else writer.arrayLength(topicNames.length);
      for (const item of topicNames) {
        if (flexible) writer.compactString(item);
        else writer.string(item);
      }
    }
  }
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteTopicsRequest.unknownTags", version);
}

function readDeleteTopicsRequestDeleteTopicState(reader: Reader, version: number): DeleteTopicsRequestDeleteTopicState {
  const flexible = version >= 4;
  const name: string | null = version >= 6 ? (version >= 6 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const topicId: Uuid = version >= 6 ? reader.uuid() : ZERO_UUID;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteTopicsRequestDeleteTopicState = {
    name,
    topicId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteTopicsRequestDeleteTopicState(writer: Writer, message: Draft<DeleteTopicsRequestDeleteTopicState>, version: number): void {
  const flexible = version >= 4;
  const name = message.name;
  if (version >= 6) {
    if (!(version >= 6) && (name === undefined || name === null)) throw nullIn("DeleteTopicsRequestDeleteTopicState.name", version);
    if (flexible) writer.compactNullableString(name ?? null);
    else writer.nullableString(name ?? null);
  }
  if (!(version >= 6) && name !== undefined && name !== null) throw notInVersion("DeleteTopicsRequestDeleteTopicState.name", version);
  const topicId = message.topicId;
  if (version >= 6) {
    writer.uuid(topicId ?? ZERO_UUID);
  }
  if (!(version >= 6) && topicId !== undefined && topicId !== ZERO_UUID) throw notInVersion("DeleteTopicsRequestDeleteTopicState.topicId", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteTopicsRequestDeleteTopicState.unknownTags", version);
}

export interface DeleteTopicsResponse {
  throttleTimeMs: number;
  responses: DeleteTopicsResponseDeletableTopicResult[];
  unknownTags?: TaggedField[];
}

export interface DeleteTopicsResponseDeletableTopicResult {
  name: string | null;
  topicId: Uuid;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readDeleteTopicsResponse(reader: Reader, version: number): DeleteTopicsResponse {
  reader.what = "DeleteTopicsResponse";
  if (version < 0 || version > 6) throw versionError("DeleteTopicsResponse", version);
  const flexible = version >= 4;
  const throttleTimeMs: number = version >= 1 ? reader.int32() : 0;
  let responses: DeleteTopicsResponseDeletableTopicResult[];
  const responsesLength = flexible ? reader.compactArrayLength(3) : reader.arrayLength(3);
  if (responsesLength < 0) throw reader.nullError("responses");
  {
    const list: DeleteTopicsResponseDeletableTopicResult[] = [];
    for (let i = 0; i < responsesLength; i++) list.push(readDeleteTopicsResponseDeletableTopicResult(reader, version));
    responses = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteTopicsResponse = {
    throttleTimeMs,
    responses,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDeleteTopicsResponse(writer: Writer, message: Draft<DeleteTopicsResponse>, version: number): void {
  if (version < 0 || version > 6) throw versionError("DeleteTopicsResponse", version);
  const flexible = version >= 4;
  const throttleTimeMs = message.throttleTimeMs;
  if (version >= 1) {
    writer.int32(throttleTimeMs ?? 0);
  }
  const responses = message.responses;
  if (responses === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(responses.length);
    else writer.arrayLength(responses.length);
    for (const item of responses) writeDeleteTopicsResponseDeletableTopicResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteTopicsResponse.unknownTags", version);
}

function readDeleteTopicsResponseDeletableTopicResult(reader: Reader, version: number): DeleteTopicsResponseDeletableTopicResult {
  const flexible = version >= 4;
  const name: string | null = version >= 6 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string());
  const topicId: Uuid = version >= 6 ? reader.uuid() : ZERO_UUID;
  const errorCode: number = reader.int16();
  const errorMessage: string | null = version >= 5 ? (version >= 5 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteTopicsResponseDeletableTopicResult = {
    name,
    topicId,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteTopicsResponseDeletableTopicResult(writer: Writer, message: Draft<DeleteTopicsResponseDeletableTopicResult>, version: number): void {
  const flexible = version >= 4;
  const name = message.name;
  if (!(version >= 6) && (name === null)) throw nullIn("DeleteTopicsResponseDeletableTopicResult.name", version);
  if (flexible) writer.compactNullableString(name === undefined ? "" : name);
  else writer.nullableString(name === undefined ? "" : name);
  const topicId = message.topicId;
  if (version >= 6) {
    writer.uuid(topicId ?? ZERO_UUID);
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  if (version >= 5) {
    if (!(version >= 5) && (errorMessage === undefined || errorMessage === null)) throw nullIn("DeleteTopicsResponseDeletableTopicResult.errorMessage", version);
    if (flexible) writer.compactNullableString(errorMessage ?? null);
    else writer.nullableString(errorMessage ?? null);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteTopicsResponseDeletableTopicResult.unknownTags", version);
}

