// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface AlterConfigsRequest {
  resources: AlterConfigsRequestAlterConfigsResource[];
  validateOnly: boolean;
  unknownTags?: TaggedField[];
}

export interface AlterConfigsRequestAlterConfigsResource {
  resourceType: number;
  resourceName: string;
  configs: AlterConfigsRequestAlterableConfig[];
  unknownTags?: TaggedField[];
}

export interface AlterConfigsRequestAlterableConfig {
  name: string;
  value: string | null;
  unknownTags?: TaggedField[];
}

export function readAlterConfigsRequest(reader: Reader, version: number): AlterConfigsRequest {
  reader.what = "AlterConfigsRequest";
  if (version < 0 || version > 2) throw versionError("AlterConfigsRequest", version);
  const flexible = version >= 2;
  let resources: AlterConfigsRequestAlterConfigsResource[];
  const resourcesLength = flexible ? reader.compactArrayLength(3) : reader.arrayLength(3);
  if (resourcesLength < 0) throw reader.nullError("resources");
  {
    const list: AlterConfigsRequestAlterConfigsResource[] = [];
    for (let i = 0; i < resourcesLength; i++) list.push(readAlterConfigsRequestAlterConfigsResource(reader, version));
    resources = list;
  }
  const validateOnly: boolean = reader.bool();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterConfigsRequest = {
    resources,
    validateOnly,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAlterConfigsRequest(writer: Writer, message: Draft<AlterConfigsRequest>, version: number): void {
  if (version < 0 || version > 2) throw versionError("AlterConfigsRequest", version);
  const flexible = version >= 2;
  const resources = message.resources;
  if (resources === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(resources.length);
    else writer.arrayLength(resources.length);
    for (const item of resources) writeAlterConfigsRequestAlterConfigsResource(writer, item, version);
  }
  const validateOnly = message.validateOnly;
  writer.bool(validateOnly ?? false);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterConfigsRequest.unknownTags", version);
}

function readAlterConfigsRequestAlterConfigsResource(reader: Reader, version: number): AlterConfigsRequestAlterConfigsResource {
  const flexible = version >= 2;
  const resourceType: number = reader.int8();
  const resourceName: string = flexible ? reader.compactString() : reader.string();
  let configs: AlterConfigsRequestAlterableConfig[];
  const configsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (configsLength < 0) throw reader.nullError("configs");
  {
    const list: AlterConfigsRequestAlterableConfig[] = [];
    for (let i = 0; i < configsLength; i++) list.push(readAlterConfigsRequestAlterableConfig(reader, version));
    configs = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterConfigsRequestAlterConfigsResource = {
    resourceType,
    resourceName,
    configs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterConfigsRequestAlterConfigsResource(writer: Writer, message: Draft<AlterConfigsRequestAlterConfigsResource>, version: number): void {
  const flexible = version >= 2;
  const resourceType = message.resourceType;
  writer.int8(resourceType ?? 0);
  const resourceName = message.resourceName;
  if (flexible) writer.compactString(resourceName ?? "");
  else writer.string(resourceName ?? "");
  const configs = message.configs;
  if (configs === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(configs.length);
    else writer.arrayLength(configs.length);
    for (const item of configs) writeAlterConfigsRequestAlterableConfig(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterConfigsRequestAlterConfigsResource.unknownTags", version);
}

function readAlterConfigsRequestAlterableConfig(reader: Reader, version: number): AlterConfigsRequestAlterableConfig {
  const flexible = version >= 2;
  const name: string = flexible ? reader.compactString() : reader.string();
  const value: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterConfigsRequestAlterableConfig = {
    name,
    value,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterConfigsRequestAlterableConfig(writer: Writer, message: Draft<AlterConfigsRequestAlterableConfig>, version: number): void {
  const flexible = version >= 2;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const value = message.value;
  if (flexible) writer.compactNullableString(value === undefined ? "" : value);
  else writer.nullableString(value === undefined ? "" : value);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterConfigsRequestAlterableConfig.unknownTags", version);
}

export interface AlterConfigsResponse {
  throttleTimeMs: number;
  responses: AlterConfigsResponseAlterConfigsResourceResponse[];
  unknownTags?: TaggedField[];
}

export interface AlterConfigsResponseAlterConfigsResourceResponse {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
  unknownTags?: TaggedField[];
}

export function readAlterConfigsResponse(reader: Reader, version: number): AlterConfigsResponse {
  reader.what = "AlterConfigsResponse";
  if (version < 0 || version > 2) throw versionError("AlterConfigsResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs: number = reader.int32();
  let responses: AlterConfigsResponseAlterConfigsResourceResponse[];
  const responsesLength = flexible ? reader.compactArrayLength(5) : reader.arrayLength(5);
  if (responsesLength < 0) throw reader.nullError("responses");
  {
    const list: AlterConfigsResponseAlterConfigsResourceResponse[] = [];
    for (let i = 0; i < responsesLength; i++) list.push(readAlterConfigsResponseAlterConfigsResourceResponse(reader, version));
    responses = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterConfigsResponse = {
    throttleTimeMs,
    responses,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAlterConfigsResponse(writer: Writer, message: Draft<AlterConfigsResponse>, version: number): void {
  if (version < 0 || version > 2) throw versionError("AlterConfigsResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const responses = message.responses;
  if (responses === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(responses.length);
    else writer.arrayLength(responses.length);
    for (const item of responses) writeAlterConfigsResponseAlterConfigsResourceResponse(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterConfigsResponse.unknownTags", version);
}

function readAlterConfigsResponseAlterConfigsResourceResponse(reader: Reader, version: number): AlterConfigsResponseAlterConfigsResourceResponse {
  const flexible = version >= 2;
  const errorCode: number = reader.int16();
  const errorMessage: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  const resourceType: number = reader.int8();
  const resourceName: string = flexible ? reader.compactString() : reader.string();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterConfigsResponseAlterConfigsResourceResponse = {
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterConfigsResponseAlterConfigsResourceResponse(writer: Writer, message: Draft<AlterConfigsResponseAlterConfigsResourceResponse>, version: number): void {
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
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterConfigsResponseAlterConfigsResourceResponse.unknownTags", version);
}

