// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface CreateAclsRequest {
  creations: CreateAclsRequestAclCreation[];
  unknownTags?: TaggedField[];
}

export interface CreateAclsRequestAclCreation {
  resourceType: number;
  resourceName: string;
  resourcePatternType: number;
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
  unknownTags?: TaggedField[];
}

export function readCreateAclsRequest(reader: Reader, version: number): CreateAclsRequest {
  reader.what = "CreateAclsRequest";
  if (version < 0 || version > 3) throw versionError("CreateAclsRequest", version);
  const flexible = version >= 2;
  let creations: CreateAclsRequestAclCreation[];
  const creationsLength = flexible ? reader.compactArrayLength(6) : reader.arrayLength(6);
  if (creationsLength < 0) throw reader.nullError("creations");
  {
    const list: CreateAclsRequestAclCreation[] = [];
    for (let i = 0; i < creationsLength; i++) list.push(readCreateAclsRequestAclCreation(reader, version));
    creations = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreateAclsRequest = {
    creations,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeCreateAclsRequest(writer: Writer, message: Draft<CreateAclsRequest>, version: number): void {
  if (version < 0 || version > 3) throw versionError("CreateAclsRequest", version);
  const flexible = version >= 2;
  const creations = message.creations;
  if (creations === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(creations.length);
    else writer.arrayLength(creations.length);
    for (const item of creations) writeCreateAclsRequestAclCreation(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreateAclsRequest.unknownTags", version);
}

function readCreateAclsRequestAclCreation(reader: Reader, version: number): CreateAclsRequestAclCreation {
  const flexible = version >= 2;
  const resourceType: number = reader.int8();
  const resourceName: string = flexible ? reader.compactString() : reader.string();
  const resourcePatternType: number = version >= 1 ? reader.int8() : 3;
  const principal: string = flexible ? reader.compactString() : reader.string();
  const host: string = flexible ? reader.compactString() : reader.string();
  const operation: number = reader.int8();
  const permissionType: number = reader.int8();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreateAclsRequestAclCreation = {
    resourceType,
    resourceName,
    resourcePatternType,
    principal,
    host,
    operation,
    permissionType,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeCreateAclsRequestAclCreation(writer: Writer, message: Draft<CreateAclsRequestAclCreation>, version: number): void {
  const flexible = version >= 2;
  const resourceType = message.resourceType;
  writer.int8(resourceType ?? 0);
  const resourceName = message.resourceName;
  if (flexible) writer.compactString(resourceName ?? "");
  else writer.string(resourceName ?? "");
  const resourcePatternType = message.resourcePatternType;
  if (version >= 1) {
    writer.int8(resourcePatternType ?? 3);
  }
  if (!(version >= 1) && resourcePatternType !== undefined && resourcePatternType !== 3) throw notInVersion("CreateAclsRequestAclCreation.resourcePatternType", version);
  const principal = message.principal;
  if (flexible) writer.compactString(principal ?? "");
  else writer.string(principal ?? "");
  const host = message.host;
  if (flexible) writer.compactString(host ?? "");
  else writer.string(host ?? "");
  const operation = message.operation;
  writer.int8(operation ?? 0);
  const permissionType = message.permissionType;
  writer.int8(permissionType ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreateAclsRequestAclCreation.unknownTags", version);
}

export interface CreateAclsResponse {
  throttleTimeMs: number;
  results: CreateAclsResponseAclCreationResult[];
  unknownTags?: TaggedField[];
}

export interface CreateAclsResponseAclCreationResult {
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readCreateAclsResponse(reader: Reader, version: number): CreateAclsResponse {
  reader.what = "CreateAclsResponse";
  if (version < 0 || version > 3) throw versionError("CreateAclsResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs: number = reader.int32();
  let results: CreateAclsResponseAclCreationResult[];
  const resultsLength = flexible ? reader.compactArrayLength(3) : reader.arrayLength(3);
  if (resultsLength < 0) throw reader.nullError("results");
  {
    const list: CreateAclsResponseAclCreationResult[] = [];
    for (let i = 0; i < resultsLength; i++) list.push(readCreateAclsResponseAclCreationResult(reader, version));
    results = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreateAclsResponse = {
    throttleTimeMs,
    results,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeCreateAclsResponse(writer: Writer, message: Draft<CreateAclsResponse>, version: number): void {
  if (version < 0 || version > 3) throw versionError("CreateAclsResponse", version);
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
    for (const item of results) writeCreateAclsResponseAclCreationResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreateAclsResponse.unknownTags", version);
}

function readCreateAclsResponseAclCreationResult(reader: Reader, version: number): CreateAclsResponseAclCreationResult {
  const flexible = version >= 2;
  const errorCode: number = reader.int16();
  const errorMessage: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreateAclsResponseAclCreationResult = {
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeCreateAclsResponseAclCreationResult(writer: Writer, message: Draft<CreateAclsResponseAclCreationResult>, version: number): void {
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  if (flexible) writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  else writer.nullableString(errorMessage === undefined ? "" : errorMessage);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreateAclsResponseAclCreationResult.unknownTags", version);
}

