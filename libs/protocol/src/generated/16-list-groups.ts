// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ListGroupsRequest {
  statesFilter: string[];
  typesFilter: string[];
  unknownTags?: TaggedField[];
}

export function readListGroupsRequest(reader: Reader, version: number): ListGroupsRequest {
  reader.what = "ListGroupsRequest";
  if (version < 0 || version > 5) throw versionError("ListGroupsRequest", version);
  const flexible = version >= 3;
  let statesFilter: string[] = [];
  if (version >= 4) {
    const statesFilterLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (statesFilterLength < 0) throw reader.nullError("statesFilter");
    {
      const list: string[] = [];
      for (let i = 0; i < statesFilterLength; i++) list.push(flexible ? reader.compactString() : reader.string());
      statesFilter = list;
    }
  }
  let typesFilter: string[] = [];
  if (version >= 5) {
    const typesFilterLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (typesFilterLength < 0) throw reader.nullError("typesFilter");
    {
      const list: string[] = [];
      for (let i = 0; i < typesFilterLength; i++) list.push(flexible ? reader.compactString() : reader.string());
      typesFilter = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ListGroupsRequest = {
    statesFilter,
    typesFilter,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeListGroupsRequest(writer: Writer, message: Draft<ListGroupsRequest>, version: number): void {
  if (version < 0 || version > 5) throw versionError("ListGroupsRequest", version);
  const flexible = version >= 3;
  const statesFilter = message.statesFilter;
  if (version >= 4) {
    if (statesFilter === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(statesFilter.length);
      else writer.arrayLength(statesFilter.length);
      for (const item of statesFilter) {
        if (flexible) writer.compactString(item);
        else writer.string(item);
      }
    }
  }
  if (!(version >= 4) && statesFilter !== undefined && statesFilter.length > 0) throw notInVersion("ListGroupsRequest.statesFilter", version);
  const typesFilter = message.typesFilter;
  if (version >= 5) {
    if (typesFilter === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(typesFilter.length);
      else writer.arrayLength(typesFilter.length);
      for (const item of typesFilter) {
        if (flexible) writer.compactString(item);
        else writer.string(item);
      }
    }
  }
  if (!(version >= 5) && typesFilter !== undefined && typesFilter.length > 0) throw notInVersion("ListGroupsRequest.typesFilter", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ListGroupsRequest.unknownTags", version);
}

export interface ListGroupsResponse {
  throttleTimeMs: number;
  errorCode: number;
  groups: ListGroupsResponseListedGroup[];
  unknownTags?: TaggedField[];
}

export interface ListGroupsResponseListedGroup {
  groupId: string;
  protocolType: string;
  groupState: string;
  groupType: string;
  unknownTags?: TaggedField[];
}

export function readListGroupsResponse(reader: Reader, version: number): ListGroupsResponse {
  reader.what = "ListGroupsResponse";
  if (version < 0 || version > 5) throw versionError("ListGroupsResponse", version);
  const flexible = version >= 3;
  const throttleTimeMs: number = version >= 1 ? reader.int32() : 0;
  const errorCode: number = reader.int16();
  let groups: ListGroupsResponseListedGroup[];
  const groupsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (groupsLength < 0) throw reader.nullError("groups");
  {
    const list: ListGroupsResponseListedGroup[] = [];
    for (let i = 0; i < groupsLength; i++) list.push(readListGroupsResponseListedGroup(reader, version));
    groups = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ListGroupsResponse = {
    throttleTimeMs,
    errorCode,
    groups,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeListGroupsResponse(writer: Writer, message: Draft<ListGroupsResponse>, version: number): void {
  if (version < 0 || version > 5) throw versionError("ListGroupsResponse", version);
  const flexible = version >= 3;
  const throttleTimeMs = message.throttleTimeMs;
  if (version >= 1) {
    writer.int32(throttleTimeMs ?? 0);
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const groups = message.groups;
  if (groups === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(groups.length);
    else writer.arrayLength(groups.length);
    for (const item of groups) writeListGroupsResponseListedGroup(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ListGroupsResponse.unknownTags", version);
}

function readListGroupsResponseListedGroup(reader: Reader, version: number): ListGroupsResponseListedGroup {
  const flexible = version >= 3;
  const groupId: string = flexible ? reader.compactString() : reader.string();
  const protocolType: string = flexible ? reader.compactString() : reader.string();
  const groupState: string = version >= 4 ? (flexible ? reader.compactString() : reader.string()) : "";
  const groupType: string = version >= 5 ? (flexible ? reader.compactString() : reader.string()) : "";
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ListGroupsResponseListedGroup = {
    groupId,
    protocolType,
    groupState,
    groupType,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeListGroupsResponseListedGroup(writer: Writer, message: Draft<ListGroupsResponseListedGroup>, version: number): void {
  const flexible = version >= 3;
  const groupId = message.groupId;
  if (flexible) writer.compactString(groupId ?? "");
  else writer.string(groupId ?? "");
  const protocolType = message.protocolType;
  if (flexible) writer.compactString(protocolType ?? "");
  else writer.string(protocolType ?? "");
  const groupState = message.groupState;
  if (version >= 4) {
    if (flexible) writer.compactString(groupState ?? "");
    else writer.string(groupState ?? "");
  }
  const groupType = message.groupType;
  if (version >= 5) {
    if (flexible) writer.compactString(groupType ?? "");
    else writer.string(groupType ?? "");
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ListGroupsResponseListedGroup.unknownTags", version);
}

