// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, NO_BYTES, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface JoinGroupRequest {
  groupId: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  memberId: string;
  groupInstanceId: string | null;
  protocolType: string;
  protocols: JoinGroupRequestProtocol[];
  reason: string | null;
  unknownTags?: TaggedField[];
}

export interface JoinGroupRequestProtocol {
  name: string;
  metadata: Uint8Array;
  unknownTags?: TaggedField[];
}

export function readJoinGroupRequest(reader: Reader, version: number): JoinGroupRequest {
  reader.what = "JoinGroupRequest";
  if (version < 0 || version > 9) throw versionError("JoinGroupRequest", version);
  const flexible = version >= 6;
  const groupId: string = flexible ? reader.compactString() : reader.string();
  const sessionTimeoutMs: number = reader.int32();
  const rebalanceTimeoutMs: number = version >= 1 ? reader.int32() : -1;
  const memberId: string = flexible ? reader.compactString() : reader.string();
  const groupInstanceId: string | null = version >= 5 ? (version >= 5 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const protocolType: string = flexible ? reader.compactString() : reader.string();
  let protocols: JoinGroupRequestProtocol[];
  const protocolsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (protocolsLength < 0) throw reader.nullError("protocols");
  {
    const list: JoinGroupRequestProtocol[] = [];
    for (let i = 0; i < protocolsLength; i++) list.push(readJoinGroupRequestProtocol(reader, version));
    protocols = list;
  }
  const reason: string | null = version >= 8 ? (version >= 8 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: JoinGroupRequest = {
    groupId,
    sessionTimeoutMs,
    rebalanceTimeoutMs,
    memberId,
    groupInstanceId,
    protocolType,
    protocols,
    reason,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeJoinGroupRequest(writer: Writer, message: Draft<JoinGroupRequest>, version: number): void {
  if (version < 0 || version > 9) throw versionError("JoinGroupRequest", version);
  const flexible = version >= 6;
  const groupId = message.groupId;
  if (flexible) writer.compactString(groupId ?? "");
  else writer.string(groupId ?? "");
  const sessionTimeoutMs = message.sessionTimeoutMs;
  writer.int32(sessionTimeoutMs ?? 0);
  const rebalanceTimeoutMs = message.rebalanceTimeoutMs;
  if (version >= 1) {
    writer.int32(rebalanceTimeoutMs ?? -1);
  }
  const memberId = message.memberId;
  if (flexible) writer.compactString(memberId ?? "");
  else writer.string(memberId ?? "");
  const groupInstanceId = message.groupInstanceId;
  if (version >= 5) {
    if (!(version >= 5) && (groupInstanceId === undefined || groupInstanceId === null)) throw nullIn("JoinGroupRequest.groupInstanceId", version);
    if (flexible) writer.compactNullableString(groupInstanceId ?? null);
    else writer.nullableString(groupInstanceId ?? null);
  }
  if (!(version >= 5) && groupInstanceId !== undefined && groupInstanceId !== null) throw notInVersion("JoinGroupRequest.groupInstanceId", version);
  const protocolType = message.protocolType;
  if (flexible) writer.compactString(protocolType ?? "");
  else writer.string(protocolType ?? "");
  const protocols = message.protocols;
  if (protocols === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(protocols.length);
    else writer.arrayLength(protocols.length);
    for (const item of protocols) writeJoinGroupRequestProtocol(writer, item, version);
  }
  const reason = message.reason;
  if (version >= 8) {
    if (!(version >= 8) && (reason === undefined || reason === null)) throw nullIn("JoinGroupRequest.reason", version);
    if (flexible) writer.compactNullableString(reason ?? null);
    else writer.nullableString(reason ?? null);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("JoinGroupRequest.unknownTags", version);
}

function readJoinGroupRequestProtocol(reader: Reader, version: number): JoinGroupRequestProtocol {
  const flexible = version >= 6;
  const name: string = flexible ? reader.compactString() : reader.string();
  const metadata: Uint8Array = flexible ? reader.compactBytes() : reader.bytes();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: JoinGroupRequestProtocol = {
    name,
    metadata,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeJoinGroupRequestProtocol(writer: Writer, message: Draft<JoinGroupRequestProtocol>, version: number): void {
  const flexible = version >= 6;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const metadata = message.metadata;
  if (flexible) writer.compactBytes(metadata ?? NO_BYTES);
  else writer.bytes(metadata ?? NO_BYTES);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("JoinGroupRequestProtocol.unknownTags", version);
}

export interface JoinGroupResponse {
  throttleTimeMs: number;
  errorCode: number;
  generationId: number;
  protocolType: string | null;
  protocolName: string | null;
  leader: string;
  skipAssignment: boolean;
  memberId: string;
  members: JoinGroupResponseMember[];
  unknownTags?: TaggedField[];
}

export interface JoinGroupResponseMember {
  memberId: string;
  groupInstanceId: string | null;
  metadata: Uint8Array;
  unknownTags?: TaggedField[];
}

export function readJoinGroupResponse(reader: Reader, version: number): JoinGroupResponse {
  reader.what = "JoinGroupResponse";
  if (version < 0 || version > 9) throw versionError("JoinGroupResponse", version);
  const flexible = version >= 6;
  const throttleTimeMs: number = version >= 2 ? reader.int32() : 0;
  const errorCode: number = reader.int16();
  const generationId: number = reader.int32();
  const protocolType: string | null = version >= 7 ? (version >= 7 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const protocolName: string | null = version >= 7 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string());
  const leader: string = flexible ? reader.compactString() : reader.string();
  const skipAssignment: boolean = version >= 9 ? reader.bool() : false;
  const memberId: string = flexible ? reader.compactString() : reader.string();
  let members: JoinGroupResponseMember[];
  const membersLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (membersLength < 0) throw reader.nullError("members");
  {
    const list: JoinGroupResponseMember[] = [];
    for (let i = 0; i < membersLength; i++) list.push(readJoinGroupResponseMember(reader, version));
    members = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: JoinGroupResponse = {
    throttleTimeMs,
    errorCode,
    generationId,
    protocolType,
    protocolName,
    leader,
    skipAssignment,
    memberId,
    members,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeJoinGroupResponse(writer: Writer, message: Draft<JoinGroupResponse>, version: number): void {
  if (version < 0 || version > 9) throw versionError("JoinGroupResponse", version);
  const flexible = version >= 6;
  const throttleTimeMs = message.throttleTimeMs;
  if (version >= 2) {
    writer.int32(throttleTimeMs ?? 0);
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const generationId = message.generationId;
  writer.int32(generationId ?? -1);
  const protocolType = message.protocolType;
  if (version >= 7) {
    if (!(version >= 7) && (protocolType === undefined || protocolType === null)) throw nullIn("JoinGroupResponse.protocolType", version);
    if (flexible) writer.compactNullableString(protocolType ?? null);
    else writer.nullableString(protocolType ?? null);
  }
  const protocolName = message.protocolName;
  if (!(version >= 7) && (protocolName === null)) throw nullIn("JoinGroupResponse.protocolName", version);
  if (flexible) writer.compactNullableString(protocolName === undefined ? "" : protocolName);
  else writer.nullableString(protocolName === undefined ? "" : protocolName);
  const leader = message.leader;
  if (flexible) writer.compactString(leader ?? "");
  else writer.string(leader ?? "");
  const skipAssignment = message.skipAssignment;
  if (version >= 9) {
    writer.bool(skipAssignment ?? false);
  }
  if (!(version >= 9) && skipAssignment !== undefined && skipAssignment !== false) throw notInVersion("JoinGroupResponse.skipAssignment", version);
  const memberId = message.memberId;
  if (flexible) writer.compactString(memberId ?? "");
  else writer.string(memberId ?? "");
  const members = message.members;
  if (members === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(members.length);
    else writer.arrayLength(members.length);
    for (const item of members) writeJoinGroupResponseMember(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("JoinGroupResponse.unknownTags", version);
}

function readJoinGroupResponseMember(reader: Reader, version: number): JoinGroupResponseMember {
  const flexible = version >= 6;
  const memberId: string = flexible ? reader.compactString() : reader.string();
  const groupInstanceId: string | null = version >= 5 ? (version >= 5 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const metadata: Uint8Array = flexible ? reader.compactBytes() : reader.bytes();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: JoinGroupResponseMember = {
    memberId,
    groupInstanceId,
    metadata,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeJoinGroupResponseMember(writer: Writer, message: Draft<JoinGroupResponseMember>, version: number): void {
  const flexible = version >= 6;
  const memberId = message.memberId;
  if (flexible) writer.compactString(memberId ?? "");
  else writer.string(memberId ?? "");
  const groupInstanceId = message.groupInstanceId;
  if (version >= 5) {
    if (!(version >= 5) && (groupInstanceId === undefined || groupInstanceId === null)) throw nullIn("JoinGroupResponseMember.groupInstanceId", version);
    if (flexible) writer.compactNullableString(groupInstanceId ?? null);
    else writer.nullableString(groupInstanceId ?? null);
  }
  const metadata = message.metadata;
  if (flexible) writer.compactBytes(metadata ?? NO_BYTES);
  else writer.bytes(metadata ?? NO_BYTES);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("JoinGroupResponseMember.unknownTags", version);
}

