// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DeleteAclsRequest {
  filters: DeleteAclsRequestDeleteAclsFilter[];
  unknownTags?: TaggedField[];
}

export interface DeleteAclsRequestDeleteAclsFilter {
  resourceTypeFilter: number;
  resourceNameFilter: string | null;
  patternTypeFilter: number;
  principalFilter: string | null;
  hostFilter: string | null;
  operation: number;
  permissionType: number;
  unknownTags?: TaggedField[];
}

export function readDeleteAclsRequest(reader: Reader, version: number): DeleteAclsRequest {
  reader.what = "DeleteAclsRequest";
  if (version < 0 || version > 3) throw versionError("DeleteAclsRequest", version);
  const flexible = version >= 2;
  let filters: DeleteAclsRequestDeleteAclsFilter[];
  const filtersLength = flexible ? reader.compactArrayLength(6) : reader.arrayLength(6);
  if (filtersLength < 0) throw reader.nullError("filters");
  {
    const list: DeleteAclsRequestDeleteAclsFilter[] = [];
    for (let i = 0; i < filtersLength; i++) list.push(readDeleteAclsRequestDeleteAclsFilter(reader, version));
    filters = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteAclsRequest = {
    filters,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDeleteAclsRequest(writer: Writer, message: Draft<DeleteAclsRequest>, version: number): void {
  if (version < 0 || version > 3) throw versionError("DeleteAclsRequest", version);
  const flexible = version >= 2;
  const filters = message.filters;
  if (filters === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(filters.length);
    else writer.arrayLength(filters.length);
    for (const item of filters) writeDeleteAclsRequestDeleteAclsFilter(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteAclsRequest.unknownTags", version);
}

function readDeleteAclsRequestDeleteAclsFilter(reader: Reader, version: number): DeleteAclsRequestDeleteAclsFilter {
  const flexible = version >= 2;
  const resourceTypeFilter: number = reader.int8();
  const resourceNameFilter: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  const patternTypeFilter: number = version >= 1 ? reader.int8() : 3;
  const principalFilter: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  const hostFilter: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  const operation: number = reader.int8();
  const permissionType: number = reader.int8();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteAclsRequestDeleteAclsFilter = {
    resourceTypeFilter,
    resourceNameFilter,
    patternTypeFilter,
    principalFilter,
    hostFilter,
    operation,
    permissionType,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteAclsRequestDeleteAclsFilter(writer: Writer, message: Draft<DeleteAclsRequestDeleteAclsFilter>, version: number): void {
  const flexible = version >= 2;
  const resourceTypeFilter = message.resourceTypeFilter;
  writer.int8(resourceTypeFilter ?? 0);
  const resourceNameFilter = message.resourceNameFilter;
  if (flexible) writer.compactNullableString(resourceNameFilter === undefined ? "" : resourceNameFilter);
  else writer.nullableString(resourceNameFilter === undefined ? "" : resourceNameFilter);
  const patternTypeFilter = message.patternTypeFilter;
  if (version >= 1) {
    writer.int8(patternTypeFilter ?? 3);
  }
  if (!(version >= 1) && patternTypeFilter !== undefined && patternTypeFilter !== 3) throw notInVersion("DeleteAclsRequestDeleteAclsFilter.patternTypeFilter", version);
  const principalFilter = message.principalFilter;
  if (flexible) writer.compactNullableString(principalFilter === undefined ? "" : principalFilter);
  else writer.nullableString(principalFilter === undefined ? "" : principalFilter);
  const hostFilter = message.hostFilter;
  if (flexible) writer.compactNullableString(hostFilter === undefined ? "" : hostFilter);
  else writer.nullableString(hostFilter === undefined ? "" : hostFilter);
  const operation = message.operation;
  writer.int8(operation ?? 0);
  const permissionType = message.permissionType;
  writer.int8(permissionType ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteAclsRequestDeleteAclsFilter.unknownTags", version);
}

export interface DeleteAclsResponse {
  throttleTimeMs: number;
  filterResults: DeleteAclsResponseDeleteAclsFilterResult[];
  unknownTags?: TaggedField[];
}

export interface DeleteAclsResponseDeleteAclsFilterResult {
  errorCode: number;
  errorMessage: string | null;
  matchingAcls: DeleteAclsResponseDeleteAclsMatchingAcl[];
  unknownTags?: TaggedField[];
}

export interface DeleteAclsResponseDeleteAclsMatchingAcl {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
  patternType: number;
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
  unknownTags?: TaggedField[];
}

export function readDeleteAclsResponse(reader: Reader, version: number): DeleteAclsResponse {
  reader.what = "DeleteAclsResponse";
  if (version < 0 || version > 3) throw versionError("DeleteAclsResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs: number = reader.int32();
  let filterResults: DeleteAclsResponseDeleteAclsFilterResult[];
  const filterResultsLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
  if (filterResultsLength < 0) throw reader.nullError("filterResults");
  {
    const list: DeleteAclsResponseDeleteAclsFilterResult[] = [];
    for (let i = 0; i < filterResultsLength; i++) list.push(readDeleteAclsResponseDeleteAclsFilterResult(reader, version));
    filterResults = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteAclsResponse = {
    throttleTimeMs,
    filterResults,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDeleteAclsResponse(writer: Writer, message: Draft<DeleteAclsResponse>, version: number): void {
  if (version < 0 || version > 3) throw versionError("DeleteAclsResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const filterResults = message.filterResults;
  if (filterResults === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(filterResults.length);
    else writer.arrayLength(filterResults.length);
    for (const item of filterResults) writeDeleteAclsResponseDeleteAclsFilterResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteAclsResponse.unknownTags", version);
}

function readDeleteAclsResponseDeleteAclsFilterResult(reader: Reader, version: number): DeleteAclsResponseDeleteAclsFilterResult {
  const flexible = version >= 2;
  const errorCode: number = reader.int16();
  const errorMessage: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let matchingAcls: DeleteAclsResponseDeleteAclsMatchingAcl[];
  const matchingAclsLength = flexible ? reader.compactArrayLength(9) : reader.arrayLength(9);
  if (matchingAclsLength < 0) throw reader.nullError("matchingAcls");
  {
    const list: DeleteAclsResponseDeleteAclsMatchingAcl[] = [];
    for (let i = 0; i < matchingAclsLength; i++) list.push(readDeleteAclsResponseDeleteAclsMatchingAcl(reader, version));
    matchingAcls = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteAclsResponseDeleteAclsFilterResult = {
    errorCode,
    errorMessage,
    matchingAcls,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteAclsResponseDeleteAclsFilterResult(writer: Writer, message: Draft<DeleteAclsResponseDeleteAclsFilterResult>, version: number): void {
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  if (flexible) writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  else writer.nullableString(errorMessage === undefined ? "" : errorMessage);
  const matchingAcls = message.matchingAcls;
  if (matchingAcls === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(matchingAcls.length);
    else writer.arrayLength(matchingAcls.length);
    for (const item of matchingAcls) writeDeleteAclsResponseDeleteAclsMatchingAcl(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteAclsResponseDeleteAclsFilterResult.unknownTags", version);
}

function readDeleteAclsResponseDeleteAclsMatchingAcl(reader: Reader, version: number): DeleteAclsResponseDeleteAclsMatchingAcl {
  const flexible = version >= 2;
  const errorCode: number = reader.int16();
  const errorMessage: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  const resourceType: number = reader.int8();
  const resourceName: string = flexible ? reader.compactString() : reader.string();
  const patternType: number = version >= 1 ? reader.int8() : 3;
  const principal: string = flexible ? reader.compactString() : reader.string();
  const host: string = flexible ? reader.compactString() : reader.string();
  const operation: number = reader.int8();
  const permissionType: number = reader.int8();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DeleteAclsResponseDeleteAclsMatchingAcl = {
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
    patternType,
    principal,
    host,
    operation,
    permissionType,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDeleteAclsResponseDeleteAclsMatchingAcl(writer: Writer, message: Draft<DeleteAclsResponseDeleteAclsMatchingAcl>, version: number): void {
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  if (flexible) writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  else writer.nullableString(errorMessage === undefined ? "" : errorMessage);
  const resourceType = message.resourceType;
  writer.int8(resourceType ?? 0);
  const resourceName = message.resourceName;
  if (flexible) writer.compactString(resourceName ?? "");
  else writer.string(resourceName ?? "");
  const patternType = message.patternType;
  if (version >= 1) {
    writer.int8(patternType ?? 3);
  }
  if (!(version >= 1) && patternType !== undefined && patternType !== 3) throw notInVersion("DeleteAclsResponseDeleteAclsMatchingAcl.patternType", version);
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
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DeleteAclsResponseDeleteAclsMatchingAcl.unknownTags", version);
}

