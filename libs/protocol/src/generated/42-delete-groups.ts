// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DeleteGroupsRequest {
  groupsNames: string[];
  unknownTags?: TaggedField[];
}

export function readDeleteGroupsRequest(reader: Reader, version: number): DeleteGroupsRequest {
  reader.what = "DeleteGroupsRequest";
  if (version < 0 || version > 2) throw versionError("DeleteGroupsRequest", version);
  const flexible = version >= 2;
  let groupsNames: string[];
  const groupsNamesLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
  if (groupsNamesLength < 0) throw reader.nullError("groupsNames");
  {
    const list: string[] = [];
    for (let i = 0; i < groupsNamesLength; i++) list.push(flexible ? reader.compactString() : reader.string());
    groupsNames = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteGroupsRequest = {
    groupsNames,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDeleteGroupsRequest(writer: Writer, message: Draft<DeleteGroupsRequest>, version: number): void {
  if (version < 0 || version > 2) throw versionError("DeleteGroupsRequest", version);
  const flexible = version >= 2;
  const groupsNames = message.groupsNames;
  if (groupsNames === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(groupsNames.length);
    else writer.arrayLength(groupsNames.length);
    for (const item of groupsNames) {
      if (flexible) writer.compactString(item);
      else writer.string(item);
    }
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteGroupsRequest.unknownTags", version);
}

export interface DeleteGroupsResponse {
  throttleTimeMs: number;
  results: DeleteGroupsResponseDeletableGroupResult[];
  unknownTags?: TaggedField[];
}

export interface DeleteGroupsResponseDeletableGroupResult {
  groupId: string;
  errorCode: number;
  unknownTags?: TaggedField[];
}

export function readDeleteGroupsResponse(reader: Reader, version: number): DeleteGroupsResponse {
  reader.what = "DeleteGroupsResponse";
  if (version < 0 || version > 2) throw versionError("DeleteGroupsResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs: number = reader.int32();
  let results: DeleteGroupsResponseDeletableGroupResult[];
  const resultsLength = flexible ? reader.compactArrayLength(3) : reader.arrayLength(3);
  if (resultsLength < 0) throw reader.nullError("results");
  {
    const list: DeleteGroupsResponseDeletableGroupResult[] = [];
    for (let i = 0; i < resultsLength; i++) list.push(readDeleteGroupsResponseDeletableGroupResult(reader, version));
    results = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteGroupsResponse = {
    throttleTimeMs,
    results,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDeleteGroupsResponse(writer: Writer, message: Draft<DeleteGroupsResponse>, version: number): void {
  if (version < 0 || version > 2) throw versionError("DeleteGroupsResponse", version);
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
    for (const item of results) writeDeleteGroupsResponseDeletableGroupResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteGroupsResponse.unknownTags", version);
}

function readDeleteGroupsResponseDeletableGroupResult(reader: Reader, version: number): DeleteGroupsResponseDeletableGroupResult {
  const flexible = version >= 2;
  const groupId: string = flexible ? reader.compactString() : reader.string();
  const errorCode: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteGroupsResponseDeletableGroupResult = {
    groupId,
    errorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteGroupsResponseDeletableGroupResult(writer: Writer, message: Draft<DeleteGroupsResponseDeletableGroupResult>, version: number): void {
  const flexible = version >= 2;
  const groupId = message.groupId;
  if (flexible) writer.compactString(groupId ?? "");
  else writer.string(groupId ?? "");
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteGroupsResponseDeletableGroupResult.unknownTags", version);
}

