// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, NO_BYTES, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DescribeGroupsRequest {
  groups: string[];
  includeAuthorizedOperations: boolean;
  unknownTags?: TaggedField[];
}

export function readDescribeGroupsRequest(reader: Reader, version: number): DescribeGroupsRequest {
  reader.what = "DescribeGroupsRequest";
  if (version < 0 || version > 6) throw versionError("DescribeGroupsRequest", version);
  const flexible = version >= 5;
  let groups: string[];
  const groupsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
  if (groupsLength < 0) throw reader.nullError("groups");
  {
    const list: string[] = [];
    for (let i = 0; i < groupsLength; i++) list.push(flexible ? reader.compactString() : reader.string());
    groups = list;
  }
  const includeAuthorizedOperations: boolean = version >= 3 ? reader.bool() : false;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeGroupsRequest = {
    groups,
    includeAuthorizedOperations,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeGroupsRequest(writer: Writer, message: Draft<DescribeGroupsRequest>, version: number): void {
  if (version < 0 || version > 6) throw versionError("DescribeGroupsRequest", version);
  const flexible = version >= 5;
  const groups = message.groups;
  if (groups === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(groups.length);
    else writer.arrayLength(groups.length);
    for (const item of groups) {
      if (flexible) writer.compactString(item);
      else writer.string(item);
    }
  }
  const includeAuthorizedOperations = message.includeAuthorizedOperations;
  if (version >= 3) {
    writer.bool(includeAuthorizedOperations ?? false);
  }
  if (!(version >= 3) && includeAuthorizedOperations !== undefined && includeAuthorizedOperations !== false) throw notInVersion("DescribeGroupsRequest.includeAuthorizedOperations", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeGroupsRequest.unknownTags", version);
}

export interface DescribeGroupsResponse {
  throttleTimeMs: number;
  groups: DescribeGroupsResponseDescribedGroup[];
  unknownTags?: TaggedField[];
}

export interface DescribeGroupsResponseDescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  protocolType: string;
  protocolData: string;
  members: DescribeGroupsResponseDescribedGroupMember[];
  authorizedOperations: number;
  unknownTags?: TaggedField[];
}

export interface DescribeGroupsResponseDescribedGroupMember {
  memberId: string;
  groupInstanceId: string | null;
  clientId: string;
  clientHost: string;
  memberMetadata: Uint8Array;
  memberAssignment: Uint8Array;
  unknownTags?: TaggedField[];
}

export function readDescribeGroupsResponse(reader: Reader, version: number): DescribeGroupsResponse {
  reader.what = "DescribeGroupsResponse";
  if (version < 0 || version > 6) throw versionError("DescribeGroupsResponse", version);
  const flexible = version >= 5;
  const throttleTimeMs: number = version >= 1 ? reader.int32() : 0;
  let groups: DescribeGroupsResponseDescribedGroup[];
  const groupsLength = flexible ? reader.compactArrayLength(7) : reader.arrayLength(7);
  if (groupsLength < 0) throw reader.nullError("groups");
  {
    const list: DescribeGroupsResponseDescribedGroup[] = [];
    for (let i = 0; i < groupsLength; i++) list.push(readDescribeGroupsResponseDescribedGroup(reader, version));
    groups = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeGroupsResponse = {
    throttleTimeMs,
    groups,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeGroupsResponse(writer: Writer, message: Draft<DescribeGroupsResponse>, version: number): void {
  if (version < 0 || version > 6) throw versionError("DescribeGroupsResponse", version);
  const flexible = version >= 5;
  const throttleTimeMs = message.throttleTimeMs;
  if (version >= 1) {
    writer.int32(throttleTimeMs ?? 0);
  }
  const groups = message.groups;
  if (groups === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(groups.length);
    else writer.arrayLength(groups.length);
    for (const item of groups) writeDescribeGroupsResponseDescribedGroup(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeGroupsResponse.unknownTags", version);
}

function readDescribeGroupsResponseDescribedGroup(reader: Reader, version: number): DescribeGroupsResponseDescribedGroup {
  const flexible = version >= 5;
  const errorCode: number = reader.int16();
  const errorMessage: string | null = version >= 6 ? (version >= 6 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const groupId: string = flexible ? reader.compactString() : reader.string();
  const groupState: string = flexible ? reader.compactString() : reader.string();
  const protocolType: string = flexible ? reader.compactString() : reader.string();
  const protocolData: string = flexible ? reader.compactString() : reader.string();
  let members: DescribeGroupsResponseDescribedGroupMember[];
  const membersLength = flexible ? reader.compactArrayLength(5) : reader.arrayLength(5);
  if (membersLength < 0) throw reader.nullError("members");
  {
    const list: DescribeGroupsResponseDescribedGroupMember[] = [];
    for (let i = 0; i < membersLength; i++) list.push(readDescribeGroupsResponseDescribedGroupMember(reader, version));
    members = list;
  }
  const authorizedOperations: number = version >= 3 ? reader.int32() : -2147483648;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeGroupsResponseDescribedGroup = {
    errorCode,
    errorMessage,
    groupId,
    groupState,
    protocolType,
    protocolData,
    members,
    authorizedOperations,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeGroupsResponseDescribedGroup(writer: Writer, message: Draft<DescribeGroupsResponseDescribedGroup>, version: number): void {
  const flexible = version >= 5;
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  if (version >= 6) {
    if (!(version >= 6) && (errorMessage === undefined || errorMessage === null)) throw nullIn("DescribeGroupsResponseDescribedGroup.errorMessage", version);
    if (flexible) writer.compactNullableString(errorMessage ?? null);
    else writer.nullableString(errorMessage ?? null);
  }
  if (!(version >= 6) && errorMessage !== undefined && errorMessage !== null) throw notInVersion("DescribeGroupsResponseDescribedGroup.errorMessage", version);
  const groupId = message.groupId;
  if (flexible) writer.compactString(groupId ?? "");
  else writer.string(groupId ?? "");
  const groupState = message.groupState;
  if (flexible) writer.compactString(groupState ?? "");
  else writer.string(groupState ?? "");
  const protocolType = message.protocolType;
  if (flexible) writer.compactString(protocolType ?? "");
  else writer.string(protocolType ?? "");
  const protocolData = message.protocolData;
  if (flexible) writer.compactString(protocolData ?? "");
  else writer.string(protocolData ?? "");
  const members = message.members;
  if (members === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(members.length);
    else writer.arrayLength(members.length);
    for (const item of members) writeDescribeGroupsResponseDescribedGroupMember(writer, item, version);
  }
  const authorizedOperations = message.authorizedOperations;
  if (version >= 3) {
    writer.int32(authorizedOperations ?? -2147483648);
  }
  if (!(version >= 3) && authorizedOperations !== undefined && authorizedOperations !== -2147483648) throw notInVersion("DescribeGroupsResponseDescribedGroup.authorizedOperations", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeGroupsResponseDescribedGroup.unknownTags", version);
}

function readDescribeGroupsResponseDescribedGroupMember(reader: Reader, version: number): DescribeGroupsResponseDescribedGroupMember {
  const flexible = version >= 5;
  const memberId: string = flexible ? reader.compactString() : reader.string();
  const groupInstanceId: string | null = version >= 4 ? (version >= 4 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const clientId: string = flexible ? reader.compactString() : reader.string();
  const clientHost: string = flexible ? reader.compactString() : reader.string();
  const memberMetadata: Uint8Array = flexible ? reader.compactBytes() : reader.bytes();
  const memberAssignment: Uint8Array = flexible ? reader.compactBytes() : reader.bytes();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeGroupsResponseDescribedGroupMember = {
    memberId,
    groupInstanceId,
    clientId,
    clientHost,
    memberMetadata,
    memberAssignment,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeGroupsResponseDescribedGroupMember(writer: Writer, message: Draft<DescribeGroupsResponseDescribedGroupMember>, version: number): void {
  const flexible = version >= 5;
  const memberId = message.memberId;
  if (flexible) writer.compactString(memberId ?? "");
  else writer.string(memberId ?? "");
  const groupInstanceId = message.groupInstanceId;
  if (version >= 4) {
    if (!(version >= 4) && (groupInstanceId === undefined || groupInstanceId === null)) throw nullIn("DescribeGroupsResponseDescribedGroupMember.groupInstanceId", version);
    if (flexible) writer.compactNullableString(groupInstanceId ?? null);
    else writer.nullableString(groupInstanceId ?? null);
  }
  const clientId = message.clientId;
  if (flexible) writer.compactString(clientId ?? "");
  else writer.string(clientId ?? "");
  const clientHost = message.clientHost;
  if (flexible) writer.compactString(clientHost ?? "");
  else writer.string(clientHost ?? "");
  const memberMetadata = message.memberMetadata;
  if (flexible) writer.compactBytes(memberMetadata ?? NO_BYTES);
  else writer.bytes(memberMetadata ?? NO_BYTES);
  const memberAssignment = message.memberAssignment;
  if (flexible) writer.compactBytes(memberAssignment ?? NO_BYTES);
  else writer.bytes(memberAssignment ?? NO_BYTES);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeGroupsResponseDescribedGroupMember.unknownTags", version);
}

