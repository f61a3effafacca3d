// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DescribeAclsRequest {
  resourceTypeFilter: number;
  resourceNameFilter: string | null;
  patternTypeFilter: number;
  principalFilter: string | null;
  hostFilter: string | null;
  operation: number;
  permissionType: number;
  unknownTags?: TaggedField[];
}

export function readDescribeAclsRequest(reader: Reader, version: number): DescribeAclsRequest {
  reader.what = "DescribeAclsRequest";
  if (version < 0 || version > 3) throw versionError("DescribeAclsRequest", version);
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
  const message: DescribeAclsRequest = {
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

export function writeDescribeAclsRequest(writer: Writer, message: Draft<DescribeAclsRequest>, version: number): void {
  if (version < 0 || version > 3) throw versionError("DescribeAclsRequest", version);
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
  if (!(version >= 1) && patternTypeFilter !== undefined && patternTypeFilter !== 3) throw notInVersion("DescribeAclsRequest.patternTypeFilter", version);
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
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeAclsRequest.unknownTags", version);
}

export interface DescribeAclsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  resources: DescribeAclsResponseDescribeAclsResource[];
  unknownTags?: TaggedField[];
}

export interface DescribeAclsResponseDescribeAclsResource {
  resourceType: number;
  resourceName: string;
  patternType: number;
  acls: DescribeAclsResponseAclDescription[];
  unknownTags?: TaggedField[];
}

export interface DescribeAclsResponseAclDescription {
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
  unknownTags?: TaggedField[];
}

export function readDescribeAclsResponse(reader: Reader, version: number): DescribeAclsResponse {
  reader.what = "DescribeAclsResponse";
  if (version < 0 || version > 3) throw versionError("DescribeAclsResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let resources: DescribeAclsResponseDescribeAclsResource[];
  const resourcesLength = flexible ? reader.compactArrayLength(3) : reader.arrayLength(3);
  if (resourcesLength < 0) throw reader.nullError("resources");
  {
    const list: DescribeAclsResponseDescribeAclsResource[] = [];
    for (let i = 0; i < resourcesLength; i++) list.push(readDescribeAclsResponseDescribeAclsResource(reader, version));
    resources = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeAclsResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
    resources,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeAclsResponse(writer: Writer, message: Draft<DescribeAclsResponse>, version: number): void {
  if (version < 0 || version > 3) throw versionError("DescribeAclsResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  if (flexible) writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  else writer.nullableString(errorMessage === undefined ? "" : errorMessage);
  const resources = message.resources;
  if (resources === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(resources.length);
    else writer.arrayLength(resources.length);
    for (const item of resources) writeDescribeAclsResponseDescribeAclsResource(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeAclsResponse.unknownTags", version);
}

function readDescribeAclsResponseDescribeAclsResource(reader: Reader, version: number): DescribeAclsResponseDescribeAclsResource {
  const flexible = version >= 2;
  const resourceType: number = reader.int8();
  const resourceName: string = flexible ? reader.compactString() : reader.string();
  const patternType: number = version >= 1 ? reader.int8() : 3;
  let acls: DescribeAclsResponseAclDescription[];
  const aclsLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
  if (aclsLength < 0) throw reader.nullError("acls");
  {
    const list: DescribeAclsResponseAclDescription[] = [];
    for (let i = 0; i < aclsLength; i++) list.push(readDescribeAclsResponseAclDescription(reader, version));
    acls = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeAclsResponseDescribeAclsResource = {
    resourceType,
    resourceName,
    patternType,
    acls,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeAclsResponseDescribeAclsResource(writer: Writer, message: Draft<DescribeAclsResponseDescribeAclsResource>, version: number): void {
  const flexible = version >= 2;
  const resourceType = message.resourceType;
  writer.int8(resourceType ?? 0);
  const resourceName = message.resourceName;
  if (flexible) writer.compactString(resourceName ?? "");
  else writer.string(resourceName ?? "");
  const patternType = message.patternType;
  if (version >= 1) {
    writer.int8(patternType ?? 3);
  }
  if (!(version >= 1) && patternType !== undefined && patternType !== 3) throw notInVersion("DescribeAclsResponseDescribeAclsResource.patternType", version);
  const acls = message.acls;
  if (acls === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(acls.length);
    else writer.arrayLength(acls.length);
    for (const item of acls) writeDescribeAclsResponseAclDescription(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeAclsResponseDescribeAclsResource.unknownTags", version);
}

function readDescribeAclsResponseAclDescription(reader: Reader, version: number): DescribeAclsResponseAclDescription {
  const flexible = version >= 2;
  const principal: string = flexible ? reader.compactString() : reader.string();
  const host: string = flexible ? reader.compactString() : reader.string();
  const operation: number = reader.int8();
  const permissionType: number = reader.int8();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeAclsResponseAclDescription = {
    principal,
    host,
    operation,
    permissionType,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeAclsResponseAclDescription(writer: Writer, message: Draft<DescribeAclsResponseAclDescription>, version: number): void {
  const flexible = version >= 2;
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
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeAclsResponseAclDescription.unknownTags", version);
}

