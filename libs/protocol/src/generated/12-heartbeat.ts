// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface HeartbeatRequest {
  groupId: string;
  generationId: number;
  memberId: string;
  groupInstanceId: string | null;
  unknownTags?: TaggedField[];
}

export function readHeartbeatRequest(reader: Reader, version: number): HeartbeatRequest {
  reader.what = "HeartbeatRequest";
  if (version < 0 || version > 4) throw versionError("HeartbeatRequest", version);
  const flexible = version >= 4;
  const groupId: string = flexible ? reader.compactString() : reader.string();
  const generationId: number = reader.int32();
  const memberId: string = flexible ? reader.compactString() : reader.string();
  const groupInstanceId: string | null = version >= 3 ? (version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: HeartbeatRequest = {
    groupId,
    generationId,
    memberId,
    groupInstanceId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeHeartbeatRequest(writer: Writer, message: Draft<HeartbeatRequest>, version: number): void {
  if (version < 0 || version > 4) throw versionError("HeartbeatRequest", version);
  const flexible = version >= 4;
  const groupId = message.groupId;
  if (flexible) writer.compactString(groupId ?? "");
  else writer.string(groupId ?? "");
  const generationId = message.generationId;
  writer.int32(generationId ?? 0);
  const memberId = message.memberId;
  if (flexible) writer.compactString(memberId ?? "");
  else writer.string(memberId ?? "");
  const groupInstanceId = message.groupInstanceId;
  if (version >= 3) {
    if (!(version >= 3) && (groupInstanceId === undefined || groupInstanceId === null)) throw nullIn("HeartbeatRequest.groupInstanceId", version);
    if (flexible) writer.compactNullableString(groupInstanceId ?? null);
    else writer.nullableString(groupInstanceId ?? null);
  }
  if (!(version >= 3) && groupInstanceId !== undefined && groupInstanceId !== null) throw notInVersion("HeartbeatRequest.groupInstanceId", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("HeartbeatRequest.unknownTags", version);
}

export interface HeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  unknownTags?: TaggedField[];
}

export function readHeartbeatResponse(reader: Reader, version: number): HeartbeatResponse {
  reader.what = "HeartbeatResponse";
  if (version < 0 || version > 4) throw versionError("HeartbeatResponse", version);
  const flexible = version >= 4;
  const throttleTimeMs: number = version >= 1 ? reader.int32() : 0;
  const errorCode: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: HeartbeatResponse = {
    throttleTimeMs,
    errorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeHeartbeatResponse(writer: Writer, message: Draft<HeartbeatResponse>, version: number): void {
  if (version < 0 || version > 4) throw versionError("HeartbeatResponse", version);
  const flexible = version >= 4;
  const throttleTimeMs = message.throttleTimeMs;
  if (version >= 1) {
    writer.int32(throttleTimeMs ?? 0);
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("HeartbeatResponse.unknownTags", version);
}

