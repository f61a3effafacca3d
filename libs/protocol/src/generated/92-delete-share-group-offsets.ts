// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DeleteShareGroupOffsetsRequest {
  groupId: string;
  topics: DeleteShareGroupOffsetsRequestTopic[];
  unknownTags?: TaggedField[];
}

export interface DeleteShareGroupOffsetsRequestTopic {
  topicName: string;
  unknownTags?: TaggedField[];
}

export function readDeleteShareGroupOffsetsRequest(reader: Reader, version: number): DeleteShareGroupOffsetsRequest {
  reader.what = "DeleteShareGroupOffsetsRequest";
  if (version !== 0) throw versionError("DeleteShareGroupOffsetsRequest", version);
  const groupId: string = reader.compactString();
  let topics: DeleteShareGroupOffsetsRequestTopic[];
  const topicsLength = reader.compactArrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: DeleteShareGroupOffsetsRequestTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDeleteShareGroupOffsetsRequestTopic(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DeleteShareGroupOffsetsRequest = {
    groupId,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDeleteShareGroupOffsetsRequest(writer: Writer, message: Draft<DeleteShareGroupOffsetsRequest>, version: number): void {
  if (version !== 0) throw versionError("DeleteShareGroupOffsetsRequest", version);
  const groupId = message.groupId;
  writer.compactString(groupId ?? "");
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeDeleteShareGroupOffsetsRequestTopic(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDeleteShareGroupOffsetsRequestTopic(reader: Reader, _version: number): DeleteShareGroupOffsetsRequestTopic {
  const topicName: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DeleteShareGroupOffsetsRequestTopic = {
    topicName,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteShareGroupOffsetsRequestTopic(writer: Writer, message: Draft<DeleteShareGroupOffsetsRequestTopic>, _version: number): void {
  const topicName = message.topicName;
  writer.compactString(topicName ?? "");
  writer.unknownTags(message.unknownTags);
}

export interface DeleteShareGroupOffsetsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  responses: DeleteShareGroupOffsetsResponseTopic[];
  unknownTags?: TaggedField[];
}

export interface DeleteShareGroupOffsetsResponseTopic {
  topicName: string;
  topicId: Uuid;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readDeleteShareGroupOffsetsResponse(reader: Reader, version: number): DeleteShareGroupOffsetsResponse {
  reader.what = "DeleteShareGroupOffsetsResponse";
  if (version !== 0) throw versionError("DeleteShareGroupOffsetsResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let responses: DeleteShareGroupOffsetsResponseTopic[];
  const responsesLength = reader.compactArrayLength(21);
  if (responsesLength < 0) throw reader.nullError("responses");
  {
    const list: DeleteShareGroupOffsetsResponseTopic[] = [];
    for (let i = 0; i < responsesLength; i++) list.push(readDeleteShareGroupOffsetsResponseTopic(reader, version));
    responses = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DeleteShareGroupOffsetsResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
    responses,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDeleteShareGroupOffsetsResponse(writer: Writer, message: Draft<DeleteShareGroupOffsetsResponse>, version: number): void {
  if (version !== 0) throw versionError("DeleteShareGroupOffsetsResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  const responses = message.responses;
  if (responses === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(responses.length);
    for (const item of responses) writeDeleteShareGroupOffsetsResponseTopic(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDeleteShareGroupOffsetsResponseTopic(reader: Reader, _version: number): DeleteShareGroupOffsetsResponseTopic {
  const topicName: string = reader.compactString();
  const topicId: Uuid = reader.uuid();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DeleteShareGroupOffsetsResponseTopic = {
    topicName,
    topicId,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteShareGroupOffsetsResponseTopic(writer: Writer, message: Draft<DeleteShareGroupOffsetsResponseTopic>, _version: number): void {
  const topicName = message.topicName;
  writer.compactString(topicName ?? "");
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  writer.unknownTags(message.unknownTags);
}

