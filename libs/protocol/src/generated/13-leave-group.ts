// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface LeaveGroupRequest {
  groupId: string;
  memberId: string;
  members: LeaveGroupRequestMemberIdentity[];
  unknownTags?: TaggedField[];
}

export interface LeaveGroupRequestMemberIdentity {
  memberId: string;
  groupInstanceId: string | null;
  reason: string | null;
  unknownTags?: TaggedField[];
}

export function readLeaveGroupRequest(reader: Reader, version: number): LeaveGroupRequest {
  reader.what = "LeaveGroupRequest";
  if (version < 0 || version > 5) throw versionError("LeaveGroupRequest", version);
  const flexible = version >= 4;
  const groupId: string = flexible ? reader.compactString() : reader.string();
  const memberId: string = version <= 2 ? (flexible ? reader.compactString() : reader.string()) : "";
  let members: LeaveGroupRequestMemberIdentity[] = [];
  if (version >= 3) {
    const membersLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (membersLength < 0) throw reader.nullError("members");
    {
      const list: LeaveGroupRequestMemberIdentity[] = [];
      for (let i = 0; i < membersLength; i++) list.push(readLeaveGroupRequestMemberIdentity(reader, version));
      members = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: LeaveGroupRequest = {
    groupId,
    memberId,
    members,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeLeaveGroupRequest(writer: Writer, message: Draft<LeaveGroupRequest>, version: number): void {
  if (version < 0 || version > 5) throw versionError("LeaveGroupRequest", version);
  const flexible = version >= 4;
  const groupId = message.groupId;
  if (flexible) writer.compactString(groupId ?? "");
  else writer.string(groupId ?? "");
  const memberId = message.memberId;
  if (version <= 2) {
    if (flexible) writer.compactString(memberId ?? "");
    else writer.string(memberId ?? "");
  }
  if (!(version <= 2) && memberId !== undefined && memberId !== "") throw notInVersion("LeaveGroupRequest.memberId", version);
  const members = message.members;
  if (version >= 3) {
    if (members === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(members.length);
      else writer.arrayLength(members.length);
      for (const item of members) writeLeaveGroupRequestMemberIdentity(writer, item, version);
    }
  }
  if (!(version >= 3) && members !== undefined && members.length > 0) throw notInVersion("LeaveGroupRequest.members", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("LeaveGroupRequest.unknownTags", version);
}

function readLeaveGroupRequestMemberIdentity(reader: Reader, version: number): LeaveGroupRequestMemberIdentity {
  const flexible = version >= 4;
  const memberId: string = version >= 3 ? (flexible ? reader.compactString() : reader.string()) : "";
  const groupInstanceId: string | null = version >= 3 ? (version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const reason: string | null = version >= 5 ? (version >= 5 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: LeaveGroupRequestMemberIdentity = {
    memberId,
    groupInstanceId,
    reason,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeLeaveGroupRequestMemberIdentity(writer: Writer, message: Draft<LeaveGroupRequestMemberIdentity>, version: number): void {
  const flexible = version >= 4;
  const memberId = message.memberId;
  if (version >= 3) {
    if (flexible) writer.compactString(memberId ?? "");
    else writer.string(memberId ?? "");
  }
  if (!(version >= 3) && memberId !== undefined && memberId !== "") throw notInVersion("LeaveGroupRequestMemberIdentity.memberId", version);
  const groupInstanceId = message.groupInstanceId;
  if (version >= 3) {
    if (!(version >= 3) && (groupInstanceId === undefined || groupInstanceId === null)) throw nullIn("LeaveGroupRequestMemberIdentity.groupInstanceId", version);
    if (flexible) writer.compactNullableString(groupInstanceId ?? null);
    else writer.nullableString(groupInstanceId ?? null);
  }
  if (!(version >= 3) && groupInstanceId !== undefined && groupInstanceId !== null) throw notInVersion("LeaveGroupRequestMemberIdentity.groupInstanceId", version);
  const reason = message.reason;
  if (version >= 5) {
    if (!(version >= 5) && (reason === undefined || reason === null)) throw nullIn("LeaveGroupRequestMemberIdentity.reason", version);
    if (flexible) writer.compactNullableString(reason ?? null);
    else writer.nullableString(reason ?? null);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("LeaveGroupRequestMemberIdentity.unknownTags", version);
}

export interface LeaveGroupResponse {
  throttleTimeMs: number;
  errorCode: number;
  members: LeaveGroupResponseMemberResponse[];
  unknownTags?: TaggedField[];
}

export interface LeaveGroupResponseMemberResponse {
  memberId: string;
  groupInstanceId: string | null;
  errorCode: number;
  unknownTags?: TaggedField[];
}

export function readLeaveGroupResponse(reader: Reader, version: number): LeaveGroupResponse {
  reader.what = "LeaveGroupResponse";
  if (version < 0 || version > 5) throw versionError("LeaveGroupResponse", version);
  const flexible = version >= 4;
  const throttleTimeMs: number = version >= 1 ? reader.int32() : 0;
  const errorCode: number = reader.int16();
  let members: LeaveGroupResponseMemberResponse[] = [];
  if (version >= 3) {
    const membersLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (membersLength < 0) throw reader.nullError("members");
    {
      const list: LeaveGroupResponseMemberResponse[] = [];
      for (let i = 0; i < membersLength; i++) list.push(readLeaveGroupResponseMemberResponse(reader, version));
      members = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: LeaveGroupResponse = {
    throttleTimeMs,
    errorCode,
    members,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeLeaveGroupResponse(writer: Writer, message: Draft<LeaveGroupResponse>, version: number): void {
  if (version < 0 || version > 5) throw versionError("LeaveGroupResponse", version);
  const flexible = version >= 4;
  const throttleTimeMs = message.throttleTimeMs;
  if (version >= 1) {
    writer.int32(throttleTimeMs ?? 0);
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const members = message.members;
  if (version >= 3) {
    if (members === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(members.length);
      else writer.arrayLength(members.length);
      for (const item of members) writeLeaveGroupResponseMemberResponse(writer, item, version);
    }
  }
  if (!(version >= 3) && members !== undefined && members.length > 0) throw notInVersion("LeaveGroupResponse.members", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("LeaveGroupResponse.unknownTags", version);
}

function readLeaveGroupResponseMemberResponse(reader: Reader, version: number): LeaveGroupResponseMemberResponse {
  const flexible = version >= 4;
  const memberId: string = version >= 3 ? (flexible ? reader.compactString() : reader.string()) : "";
  const groupInstanceId: string | null = version >= 3 ? (version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : "";
  const errorCode: number = version >= 3 ? reader.int16() : 0;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: LeaveGroupResponseMemberResponse = {
    memberId,
    groupInstanceId,
    errorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeLeaveGroupResponseMemberResponse(writer: Writer, message: Draft<LeaveGroupResponseMemberResponse>, version: number): void {
  const flexible = version >= 4;
  const memberId = message.memberId;
  if (version >= 3) {
    if (flexible) writer.compactString(memberId ?? "");
    else writer.string(memberId ?? "");
  }
  if (!(version >= 3) && memberId !== undefined && memberId !== "") throw notInVersion("LeaveGroupResponseMemberResponse.memberId", version);
  const groupInstanceId = message.groupInstanceId;
  if (version >= 3) {
    if (!(version >= 3) && (groupInstanceId === null)) throw nullIn("LeaveGroupResponseMemberResponse.groupInstanceId", version);
    if (flexible) writer.compactNullableString(groupInstanceId === undefined ? "" : groupInstanceId);
    else writer.nullableString(groupInstanceId === undefined ? "" : groupInstanceId);
  }
  if (!(version >= 3) && groupInstanceId !== undefined && (groupInstanceId === null || groupInstanceId !== "")) throw notInVersion("LeaveGroupResponseMemberResponse.groupInstanceId", version);
  const errorCode = message.errorCode;
  if (version >= 3) {
    writer.int16(errorCode ?? 0);
  }
  if (!(version >= 3) && errorCode !== undefined && errorCode !== 0) throw notInVersion("LeaveGroupResponseMemberResponse.errorCode", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("LeaveGroupResponseMemberResponse.unknownTags", version);
}

