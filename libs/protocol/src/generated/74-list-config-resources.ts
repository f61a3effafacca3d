// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ListConfigResourcesRequest {
  resourceTypes: number[];
  unknownTags?: TaggedField[];
}

export function readListConfigResourcesRequest(reader: Reader, version: number): ListConfigResourcesRequest {
  reader.what = "ListConfigResourcesRequest";
  if (version < 0 || version > 1) throw versionError("ListConfigResourcesRequest", version);
  let resourceTypes: number[] = [];
  if (version >= 1) {
    const resourceTypesLength = reader.compactArrayLength(1);
    if (resourceTypesLength < 0) throw reader.nullError("resourceTypes");
    {
      const list: number[] = [];
      for (let i = 0; i < resourceTypesLength; i++) list.push(reader.int8());
      resourceTypes = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ListConfigResourcesRequest = {
    resourceTypes,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeListConfigResourcesRequest(writer: Writer, message: Draft<ListConfigResourcesRequest>, version: number): void {
  if (version < 0 || version > 1) throw versionError("ListConfigResourcesRequest", version);
  const resourceTypes = message.resourceTypes;
  if (version >= 1) {
    if (resourceTypes === undefined) {
      writer.compactLength(0);
    }
    else {
      writer.compactLength(resourceTypes.length);
      for (const item of resourceTypes) writer.int8(item);
    }
  }
  if (!(version >= 1) && resourceTypes !== undefined && resourceTypes.length > 0) throw notInVersion("ListConfigResourcesRequest.resourceTypes", version);
  writer.unknownTags(message.unknownTags);
}

export interface ListConfigResourcesResponse {
  throttleTimeMs: number;
  errorCode: number;
  configResources: ListConfigResourcesResponseConfigResource[];
  unknownTags?: TaggedField[];
}

export interface ListConfigResourcesResponseConfigResource {
  resourceName: string;
  resourceType: number;
  unknownTags?: TaggedField[];
}

export function readListConfigResourcesResponse(reader: Reader, version: number): ListConfigResourcesResponse {
  reader.what = "ListConfigResourcesResponse";
  if (version < 0 || version > 1) throw versionError("ListConfigResourcesResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  let configResources: ListConfigResourcesResponseConfigResource[];
  const configResourcesLength = reader.compactArrayLength(2);
  if (configResourcesLength < 0) throw reader.nullError("configResources");
  {
    const list: ListConfigResourcesResponseConfigResource[] = [];
    for (let i = 0; i < configResourcesLength; i++) list.push(readListConfigResourcesResponseConfigResource(reader, version));
    configResources = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ListConfigResourcesResponse = {
    throttleTimeMs,
    errorCode,
    configResources,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeListConfigResourcesResponse(writer: Writer, message: Draft<ListConfigResourcesResponse>, version: number): void {
  if (version < 0 || version > 1) throw versionError("ListConfigResourcesResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const configResources = message.configResources;
  if (configResources === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(configResources.length);
    for (const item of configResources) writeListConfigResourcesResponseConfigResource(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readListConfigResourcesResponseConfigResource(reader: Reader, version: number): ListConfigResourcesResponseConfigResource {
  const resourceName: string = reader.compactString();
  const resourceType: number = version >= 1 ? reader.int8() : 16;
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ListConfigResourcesResponseConfigResource = {
    resourceName,
    resourceType,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeListConfigResourcesResponseConfigResource(writer: Writer, message: Draft<ListConfigResourcesResponseConfigResource>, version: number): void {
  const resourceName = message.resourceName;
  writer.compactString(resourceName ?? "");
  const resourceType = message.resourceType;
  if (version >= 1) {
    writer.int8(resourceType ?? 16);
  }
  writer.unknownTags(message.unknownTags);
}

