// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DescribeConfigsRequest {
  resources: DescribeConfigsRequestDescribeConfigsResource[];
  includeSynonyms: boolean;
  includeDocumentation: boolean;
  unknownTags?: TaggedField[];
}

export interface DescribeConfigsRequestDescribeConfigsResource {
  resourceType: number;
  resourceName: string;
  configurationKeys: string[] | null;
  unknownTags?: TaggedField[];
}

export function readDescribeConfigsRequest(reader: Reader, version: number): DescribeConfigsRequest {
  reader.what = "DescribeConfigsRequest";
  if (version < 0 || version > 4) throw versionError("DescribeConfigsRequest", version);
  const flexible = version >= 4;
  let resources: DescribeConfigsRequestDescribeConfigsResource[];
  const resourcesLength = flexible ? reader.compactArrayLength(3) : reader.arrayLength(3);
  if (resourcesLength < 0) throw reader.nullError("resources");
  {
    const list: DescribeConfigsRequestDescribeConfigsResource[] = [];
    for (let i = 0; i < resourcesLength; i++) list.push(readDescribeConfigsRequestDescribeConfigsResource(reader, version));
    resources = list;
  }
  const includeSynonyms: boolean = version >= 1 ? reader.bool() : false;
  const includeDocumentation: boolean = version >= 3 ? reader.bool() : false;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeConfigsRequest = {
    resources,
    includeSynonyms,
    includeDocumentation,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeConfigsRequest(writer: Writer, message: Draft<DescribeConfigsRequest>, version: number): void {
  if (version < 0 || version > 4) throw versionError("DescribeConfigsRequest", version);
  const flexible = version >= 4;
  const resources = message.resources;
  if (resources === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(resources.length);
    else writer.arrayLength(resources.length);
    for (const item of resources) writeDescribeConfigsRequestDescribeConfigsResource(writer, item, version);
  }
  const includeSynonyms = message.includeSynonyms;
  if (version >= 1) {
    writer.bool(includeSynonyms ?? false);
  }
  if (!(version >= 1) && includeSynonyms !== undefined && includeSynonyms !== false) throw notInVersion("DescribeConfigsRequest.includeSynonyms", version);
  const includeDocumentation = message.includeDocumentation;
  if (version >= 3) {
    writer.bool(includeDocumentation ?? false);
  }
  if (!(version >= 3) && includeDocumentation !== undefined && includeDocumentation !== false) throw notInVersion("DescribeConfigsRequest.includeDocumentation", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeConfigsRequest.unknownTags", version);
}

function readDescribeConfigsRequestDescribeConfigsResource(reader: Reader, version: number): DescribeConfigsRequestDescribeConfigsResource {
  const flexible = version >= 4;
  const resourceType: number = reader.int8();
  const resourceName: string = flexible ? reader.compactString() : reader.string();
  let configurationKeys: string[] | null = null;
  const configurationKeysLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
  if (configurationKeysLength < 0) {
    configurationKeys = null;
  }
  else {
    const list: string[] = [];
    for (let i = 0; i < configurationKeysLength; i++) list.push(flexible ? reader.compactString() : reader.string());
    configurationKeys = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeConfigsRequestDescribeConfigsResource = {
    resourceType,
    resourceName,
    configurationKeys,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeConfigsRequestDescribeConfigsResource(writer: Writer, message: Draft<DescribeConfigsRequestDescribeConfigsResource>, version: number): void {
  const flexible = version >= 4;
  const resourceType = message.resourceType;
  writer.int8(resourceType ?? 0);
  const resourceName = message.resourceName;
  if (flexible) writer.compactString(resourceName ?? "");
  else writer.string(resourceName ?? "");
  const configurationKeys = message.configurationKeys;
  if (configurationKeys === null) {
    if (flexible) writer.compactLength(-1);
    else writer.arrayLength(-1);
  }
  else if (configurationKeys === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(configurationKeys.length);
    else writer.arrayLength(configurationKeys.length);
    for (const item of configurationKeys) {
      if (flexible) writer.compactString(item);
      else writer.string(item);
    }
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeConfigsRequestDescribeConfigsResource.unknownTags", version);
}

export interface DescribeConfigsResponse {
  throttleTimeMs: number;
  results: DescribeConfigsResponseDescribeConfigsResult[];
  unknownTags?: TaggedField[];
}

export interface DescribeConfigsResponseDescribeConfigsResult {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
  configs: DescribeConfigsResponseDescribeConfigsResourceResult[];
  unknownTags?: TaggedField[];
}

export interface DescribeConfigsResponseDescribeConfigsResourceResult {
  name: string;
  value: string | null;
  readOnly: boolean;
  isDefault: boolean;
  configSource: number;
  isSensitive: boolean;
  synonyms: DescribeConfigsResponseDescribeConfigsSynonym[];
  configType: number;
  documentation: string | null;
  unknownTags?: TaggedField[];
}

export interface DescribeConfigsResponseDescribeConfigsSynonym {
  name: string;
  value: string | null;
  source: number;
  unknownTags?: TaggedField[];
}

export function readDescribeConfigsResponse(reader: Reader, version: number): DescribeConfigsResponse {
  reader.what = "DescribeConfigsResponse";
  if (version < 0 || version > 4) throw versionError("DescribeConfigsResponse", version);
  const flexible = version >= 4;
  const throttleTimeMs: number = reader.int32();
  let results: DescribeConfigsResponseDescribeConfigsResult[];
  const resultsLength = flexible ? reader.compactArrayLength(6) : reader.arrayLength(6);
  if (resultsLength < 0) throw reader.nullError("results");
  {
    const list: DescribeConfigsResponseDescribeConfigsResult[] = [];
    for (let i = 0; i < resultsLength; i++) list.push(readDescribeConfigsResponseDescribeConfigsResult(reader, version));
    results = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeConfigsResponse = {
    throttleTimeMs,
    results,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeConfigsResponse(writer: Writer, message: Draft<DescribeConfigsResponse>, version: number): void {
  if (version < 0 || version > 4) throw versionError("DescribeConfigsResponse", version);
  const flexible = version >= 4;
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
    for (const item of results) writeDescribeConfigsResponseDescribeConfigsResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeConfigsResponse.unknownTags", version);
}

function readDescribeConfigsResponseDescribeConfigsResult(reader: Reader, version: number): DescribeConfigsResponseDescribeConfigsResult {
  const flexible = version >= 4;
  const errorCode: number = reader.int16();
  const errorMessage: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  const resourceType: number = reader.int8();
  const resourceName: string = flexible ? reader.compactString() : reader.string();
  let configs: DescribeConfigsResponseDescribeConfigsResourceResult[];
  const configsLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
  if (configsLength < 0) throw reader.nullError("configs");
  {
    const list: DescribeConfigsResponseDescribeConfigsResourceResult[] = [];
    for (let i = 0; i < configsLength; i++) list.push(readDescribeConfigsResponseDescribeConfigsResourceResult(reader, version));
    configs = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeConfigsResponseDescribeConfigsResult = {
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
    configs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeConfigsResponseDescribeConfigsResult(writer: Writer, message: Draft<DescribeConfigsResponseDescribeConfigsResult>, version: number): void {
  const flexible = version >= 4;
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
  const configs = message.configs;
  if (configs === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(configs.length);
    else writer.arrayLength(configs.length);
    for (const item of configs) writeDescribeConfigsResponseDescribeConfigsResourceResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeConfigsResponseDescribeConfigsResult.unknownTags", version);
}

function readDescribeConfigsResponseDescribeConfigsResourceResult(reader: Reader, version: number): DescribeConfigsResponseDescribeConfigsResourceResult {
  const flexible = version >= 4;
  const name: string = flexible ? reader.compactString() : reader.string();
  const value: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  const readOnly: boolean = reader.bool();
  const isDefault: boolean = version <= 0 ? reader.bool() : false;
  const configSource: number = version >= 1 ? reader.int8() : -1;
  const isSensitive: boolean = reader.bool();
  let synonyms: DescribeConfigsResponseDescribeConfigsSynonym[] = [];
  if (version >= 1) {
    const synonymsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (synonymsLength < 0) throw reader.nullError("synonyms");
    {
      const list: DescribeConfigsResponseDescribeConfigsSynonym[] = [];
      for (let i = 0; i < synonymsLength; i++) list.push(readDescribeConfigsResponseDescribeConfigsSynonym(reader, version));
      synonyms = list;
    }
  }
  const configType: number = version >= 3 ? reader.int8() : 0;
  const documentation: string | null = version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : "";
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeConfigsResponseDescribeConfigsResourceResult = {
    name,
    value,
    readOnly,
    isDefault,
    configSource,
    isSensitive,
    synonyms,
    configType,
    documentation,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeConfigsResponseDescribeConfigsResourceResult(writer: Writer, message: Draft<DescribeConfigsResponseDescribeConfigsResourceResult>, version: number): void {
  const flexible = version >= 4;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const value = message.value;
  if (flexible) writer.compactNullableString(value === undefined ? "" : value);
  else writer.nullableString(value === undefined ? "" : value);
  const readOnly = message.readOnly;
  writer.bool(readOnly ?? false);
  const isDefault = message.isDefault;
  if (version <= 0) {
    writer.bool(isDefault ?? false);
  }
  if (!(version <= 0) && isDefault !== undefined && isDefault !== false) throw notInVersion("DescribeConfigsResponseDescribeConfigsResourceResult.isDefault", version);
  const configSource = message.configSource;
  if (version >= 1) {
    writer.int8(configSource ?? -1);
  }
  const isSensitive = message.isSensitive;
  writer.bool(isSensitive ?? false);
  const synonyms = message.synonyms;
  if (version >= 1) {
    if (synonyms === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(synonyms.length);
      else writer.arrayLength(synonyms.length);
      for (const item of synonyms) writeDescribeConfigsResponseDescribeConfigsSynonym(writer, item, version);
    }
  }
  const configType = message.configType;
  if (version >= 3) {
    writer.int8(configType ?? 0);
  }
  const documentation = message.documentation;
  if (version >= 3) {
    if (flexible) writer.compactNullableString(documentation === undefined ? "" : documentation);
    else writer.nullableString(documentation === undefined ? "" : documentation);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeConfigsResponseDescribeConfigsResourceResult.unknownTags", version);
}

function readDescribeConfigsResponseDescribeConfigsSynonym(reader: Reader, version: number): DescribeConfigsResponseDescribeConfigsSynonym {
  const flexible = version >= 4;
  const name: string = version >= 1 ? (flexible ? reader.compactString() : reader.string()) : "";
  const value: string | null = version >= 1 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : "";
  const source: number = version >= 1 ? reader.int8() : 0;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeConfigsResponseDescribeConfigsSynonym = {
    name,
    value,
    source,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeConfigsResponseDescribeConfigsSynonym(writer: Writer, message: Draft<DescribeConfigsResponseDescribeConfigsSynonym>, version: number): void {
  const flexible = version >= 4;
  const name = message.name;
  if (version >= 1) {
    if (flexible) writer.compactString(name ?? "");
    else writer.string(name ?? "");
  }
  if (!(version >= 1) && name !== undefined && name !== "") throw notInVersion("DescribeConfigsResponseDescribeConfigsSynonym.name", version);
  const value = message.value;
  if (version >= 1) {
    if (flexible) writer.compactNullableString(value === undefined ? "" : value);
    else writer.nullableString(value === undefined ? "" : value);
  }
  if (!(version >= 1) && value !== undefined && (value === null || value !== "")) throw notInVersion("DescribeConfigsResponseDescribeConfigsSynonym.value", version);
  const source = message.source;
  if (version >= 1) {
    writer.int8(source ?? 0);
  }
  if (!(version >= 1) && source !== undefined && source !== 0) throw notInVersion("DescribeConfigsResponseDescribeConfigsSynonym.source", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeConfigsResponseDescribeConfigsSynonym.unknownTags", version);
}

