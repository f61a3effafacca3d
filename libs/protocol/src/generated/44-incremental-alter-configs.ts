// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface IncrementalAlterConfigsRequest {
  resources: IncrementalAlterConfigsRequestAlterConfigsResource[];
  validateOnly: boolean;
  unknownTags?: TaggedField[];
}

export interface IncrementalAlterConfigsRequestAlterConfigsResource {
  resourceType: number;
  resourceName: string;
  configs: IncrementalAlterConfigsRequestAlterableConfig[];
  unknownTags?: TaggedField[];
}

export interface IncrementalAlterConfigsRequestAlterableConfig {
  name: string;
  configOperation: number;
  value: string | null;
  unknownTags?: TaggedField[];
}

export function readIncrementalAlterConfigsRequest(reader: Reader, version: number): IncrementalAlterConfigsRequest {
  reader.what = "IncrementalAlterConfigsRequest";
  if (version < 0 || version > 1) throw versionError("IncrementalAlterConfigsRequest", version);
  const flexible = version >= 1;
  let resources: IncrementalAlterConfigsRequestAlterConfigsResource[];
  const resourcesLength = flexible ? reader.compactArrayLength(3) : reader.arrayLength(3);
  if (resourcesLength < 0) throw reader.nullError("resources");
  {
    const list: IncrementalAlterConfigsRequestAlterConfigsResource[] = [];
    for (let i = 0; i < resourcesLength; i++) list.push(readIncrementalAlterConfigsRequestAlterConfigsResource(reader, version));
    resources = list;
  }
  const validateOnly: boolean = reader.bool();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: IncrementalAlterConfigsRequest = {
    resources,
    validateOnly,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeIncrementalAlterConfigsRequest(writer: Writer, message: Draft<IncrementalAlterConfigsRequest>, version: number): void {
  if (version < 0 || version > 1) throw versionError("IncrementalAlterConfigsRequest", version);
  const flexible = version >= 1;
  const resources = message.resources;
  if (resources === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(resources.length);
    else writer.arrayLength(resources.length);
    for (const item of resources) writeIncrementalAlterConfigsRequestAlterConfigsResource(writer, item, version);
  }
  const validateOnly = message.validateOnly;
  writer.bool(validateOnly ?? false);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("IncrementalAlterConfigsRequest.unknownTags", version);
}

function readIncrementalAlterConfigsRequestAlterConfigsResource(reader: Reader, version: number): IncrementalAlterConfigsRequestAlterConfigsResource {
  const flexible = version >= 1;
  const resourceType: number = reader.int8();
  const resourceName: string = flexible ? reader.compactString() : reader.string();
  let configs: IncrementalAlterConfigsRequestAlterableConfig[];
  const configsLength = flexible ? reader.compactArrayLength(3) : reader.arrayLength(3);
  if (configsLength < 0) throw reader.nullError("configs");
  {
    const list: IncrementalAlterConfigsRequestAlterableConfig[] = [];
    for (let i = 0; i < configsLength; i++) list.push(readIncrementalAlterConfigsRequestAlterableConfig(reader, version));
    configs = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: IncrementalAlterConfigsRequestAlterConfigsResource = {
    resourceType,
    resourceName,
    configs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeIncrementalAlterConfigsRequestAlterConfigsResource(writer: Writer, message: Draft<IncrementalAlterConfigsRequestAlterConfigsResource>, version: number): void {
  const flexible = version >= 1;
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
    for (const item of configs) writeIncrementalAlterConfigsRequestAlterableConfig(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("IncrementalAlterConfigsRequestAlterConfigsResource.unknownTags", version);
}

function readIncrementalAlterConfigsRequestAlterableConfig(reader: Reader, version: number): IncrementalAlterConfigsRequestAlterableConfig {
  const flexible = version >= 1;
  const name: string = flexible ? reader.compactString() : reader.string();
  const configOperation: number = reader.int8();
  const value: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: IncrementalAlterConfigsRequestAlterableConfig = {
    name,
    configOperation,
    value,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeIncrementalAlterConfigsRequestAlterableConfig(writer: Writer, message: Draft<IncrementalAlterConfigsRequestAlterableConfig>, version: number): void {
  const flexible = version >= 1;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const configOperation = message.configOperation;
  writer.int8(configOperation ?? 0);
  const value = message.value;
  if (flexible) writer.compactNullableString(value === undefined ? "" : value);
  else writer.nullableString(value === undefined ? "" : value);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("IncrementalAlterConfigsRequestAlterableConfig.unknownTags", version);
}

export interface IncrementalAlterConfigsResponse {
  throttleTimeMs: number;
  responses: IncrementalAlterConfigsResponseAlterConfigsResourceResponse[];
  unknownTags?: TaggedField[];
}

export interface IncrementalAlterConfigsResponseAlterConfigsResourceResponse {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
  unknownTags?: TaggedField[];
}

export function readIncrementalAlterConfigsResponse(reader: Reader, version: number): IncrementalAlterConfigsResponse {
  reader.what = "IncrementalAlterConfigsResponse";
  if (version < 0 || version > 1) throw versionError("IncrementalAlterConfigsResponse", version);
  const flexible = version >= 1;
  const throttleTimeMs: number = reader.int32();
  let responses: IncrementalAlterConfigsResponseAlterConfigsResourceResponse[];
  const responsesLength = flexible ? reader.compactArrayLength(5) : reader.arrayLength(5);
  if (responsesLength < 0) throw reader.nullError("responses");
  {
    const list: IncrementalAlterConfigsResponseAlterConfigsResourceResponse[] = [];
    for (let i = 0; i < responsesLength; i++) list.push(readIncrementalAlterConfigsResponseAlterConfigsResourceResponse(reader, version));
    responses = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: IncrementalAlterConfigsResponse = {
    throttleTimeMs,
    responses,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeIncrementalAlterConfigsResponse(writer: Writer, message: Draft<IncrementalAlterConfigsResponse>, version: number): void {
  if (version < 0 || version > 1) throw versionError("IncrementalAlterConfigsResponse", version);
  const flexible = version >= 1;
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
    for (const item of responses) writeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("IncrementalAlterConfigsResponse.unknownTags", version);
}

function readIncrementalAlterConfigsResponseAlterConfigsResourceResponse(reader: Reader, version: number): IncrementalAlterConfigsResponseAlterConfigsResourceResponse {
  const flexible = version >= 1;
  const errorCode: number = reader.int16();
  const errorMessage: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  const resourceType: number = reader.int8();
  const resourceName: string = flexible ? reader.compactString() : reader.string();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: IncrementalAlterConfigsResponseAlterConfigsResourceResponse = {
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(writer: Writer, message: Draft<IncrementalAlterConfigsResponseAlterConfigsResourceResponse>, version: number): void {
  const flexible = version >= 1;
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
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("IncrementalAlterConfigsResponseAlterConfigsResourceResponse.unknownTags", version);
}

