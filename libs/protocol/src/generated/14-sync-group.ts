// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, NO_BYTES, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface SyncGroupRequest {
  groupId: string;
  generationId: number;
  memberId: string;
  groupInstanceId: string | null;
  protocolType: string | null;
  protocolName: string | null;
  assignments: SyncGroupRequestAssignment[];
  unknownTags?: TaggedField[];
}

export interface SyncGroupRequestAssignment {
  memberId: string;
  assignment: Uint8Array;
  unknownTags?: TaggedField[];
}

export function readSyncGroupRequest(reader: Reader, version: number): SyncGroupRequest {
  reader.what = "SyncGroupRequest";
  if (version < 0 || version > 5) throw versionError("SyncGroupRequest", version);
  const flexible = version >= 4;
  const groupId: string = flexible ? reader.compactString() : reader.string();
  const generationId: number = reader.int32();
  const memberId: string = flexible ? reader.compactString() : reader.string();
  const groupInstanceId: string | null = version >= 3 ? (version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const protocolType: string | null = version >= 5 ? (version >= 5 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const protocolName: string | null = version >= 5 ? (version >= 5 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  let assignments: SyncGroupRequestAssignment[];
  const assignmentsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (assignmentsLength < 0) throw reader.nullError("assignments");
  {
    const list: SyncGroupRequestAssignment[] = [];
    for (let i = 0; i < assignmentsLength; i++) list.push(readSyncGroupRequestAssignment(reader, version));
    assignments = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: SyncGroupRequest = {
    groupId,
    generationId,
    memberId,
    groupInstanceId,
    protocolType,
    protocolName,
    assignments,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeSyncGroupRequest(writer: Writer, message: Draft<SyncGroupRequest>, version: number): void {
  if (version < 0 || version > 5) throw versionError("SyncGroupRequest", version);
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
    if (!(version >= 3) && (groupInstanceId === undefined || groupInstanceId === null)) throw nullIn("SyncGroupRequest.groupInstanceId", version);
    if (flexible) writer.compactNullableString(groupInstanceId ?? null);
    else writer.nullableString(groupInstanceId ?? null);
  }
  if (!(version >= 3) && groupInstanceId !== undefined && groupInstanceId !== null) throw notInVersion("SyncGroupRequest.groupInstanceId", version);
  const protocolType = message.protocolType;
  if (version >= 5) {
    if (!(version >= 5) && (protocolType === undefined || protocolType === null)) throw nullIn("SyncGroupRequest.protocolType", version);
    if (flexible) writer.compactNullableString(protocolType ?? null);
    else writer.nullableString(protocolType ?? null);
  }
  const protocolName = message.protocolName;
  if (version >= 5) {
    if (!(version >= 5) && (protocolName === undefined || protocolName === null)) throw nullIn("SyncGroupRequest.protocolName", version);
    if (flexible) writer.compactNullableString(protocolName ?? null);
    else writer.nullableString(protocolName ?? null);
  }
  const assignments = message.assignments;
  if (assignments === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(assignments.length);
    else writer.arrayLength(assignments.length);
    for (const item of assignments) writeSyncGroupRequestAssignment(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("SyncGroupRequest.unknownTags", version);
}

function readSyncGroupRequestAssignment(reader: Reader, version: number): SyncGroupRequestAssignment {
  const flexible = version >= 4;
  const memberId: string = flexible ? reader.compactString() : reader.string();
  const assignment: Uint8Array = flexible ? reader.compactBytes() : reader.bytes();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: SyncGroupRequestAssignment = {
    memberId,
    assignment,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeSyncGroupRequestAssignment(writer: Writer, message: Draft<SyncGroupRequestAssignment>, version: number): void {
  const flexible = version >= 4;
  const memberId = message.memberId;
  if (flexible) writer.compactString(memberId ?? "");
  else writer.string(memberId ?? "");
  const assignment = message.assignment;
  if (flexible) writer.compactBytes(assignment ?? NO_BYTES);
  else writer.bytes(assignment ?? NO_BYTES);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("SyncGroupRequestAssignment.unknownTags", version);
}

export interface SyncGroupResponse {
  throttleTimeMs: number;
  errorCode: number;
  protocolType: string | null;
  protocolName: string | null;
  assignment: Uint8Array;
  unknownTags?: TaggedField[];
}

export function readSyncGroupResponse(reader: Reader, version: number): SyncGroupResponse {
  reader.what = "SyncGroupResponse";
  if (version < 0 || version > 5) throw versionError("SyncGroupResponse", version);
  const flexible = version >= 4;
  const throttleTimeMs: number = version >= 1 ? reader.int32() : 0;
  const errorCode: number = reader.int16();
  const protocolType: string | null = version >= 5 ? (version >= 5 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const protocolName: string | null = version >= 5 ? (version >= 5 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const assignment: Uint8Array = flexible ? reader.compactBytes() : reader.bytes();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: SyncGroupResponse = {
    throttleTimeMs,
    errorCode,
    protocolType,
    protocolName,
    assignment,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeSyncGroupResponse(writer: Writer, message: Draft<SyncGroupResponse>, version: number): void {
  if (version < 0 || version > 5) throw versionError("SyncGroupResponse", version);
  const flexible = version >= 4;
  const throttleTimeMs = message.throttleTimeMs;
  if (version >= 1) {
    writer.int32(throttleTimeMs ?? 0);
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const protocolType = message.protocolType;
  if (version >= 5) {
    if (!(version >= 5) && (protocolType === undefined || protocolType === null)) throw nullIn("SyncGroupResponse.protocolType", version);
    if (flexible) writer.compactNullableString(protocolType ?? null);
    else writer.nullableString(protocolType ?? null);
  }
  const protocolName = message.protocolName;
  if (version >= 5) {
    if (!(version >= 5) && (protocolName === undefined || protocolName === null)) throw nullIn("SyncGroupResponse.protocolName", version);
    if (flexible) writer.compactNullableString(protocolName ?? null);
    else writer.nullableString(protocolName ?? null);
  }
  const assignment = message.assignment;
  if (flexible) writer.compactBytes(assignment ?? NO_BYTES);
  else writer.bytes(assignment ?? NO_BYTES);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("SyncGroupResponse.unknownTags", version);
}

