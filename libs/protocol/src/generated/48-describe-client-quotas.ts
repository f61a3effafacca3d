// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DescribeClientQuotasRequest {
  components: DescribeClientQuotasRequestComponentData[];
  strict: boolean;
  unknownTags?: TaggedField[];
}

export interface DescribeClientQuotasRequestComponentData {
  entityType: string;
  matchType: number;
  match: string | null;
  unknownTags?: TaggedField[];
}

export function readDescribeClientQuotasRequest(reader: Reader, version: number): DescribeClientQuotasRequest {
  reader.what = "DescribeClientQuotasRequest";
  if (version < 0 || version > 1) throw versionError("DescribeClientQuotasRequest", version);
  const flexible = version >= 1;
  let components: DescribeClientQuotasRequestComponentData[];
  const componentsLength = flexible ? reader.compactArrayLength(3) : reader.arrayLength(3);
  if (componentsLength < 0) throw reader.nullError("components");
  {
    const list: DescribeClientQuotasRequestComponentData[] = [];
    for (let i = 0; i < componentsLength; i++) list.push(readDescribeClientQuotasRequestComponentData(reader, version));
    components = list;
  }
  const strict: boolean = reader.bool();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeClientQuotasRequest = {
    components,
    strict,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeClientQuotasRequest(writer: Writer, message: Draft<DescribeClientQuotasRequest>, version: number): void {
  if (version < 0 || version > 1) throw versionError("DescribeClientQuotasRequest", version);
  const flexible = version >= 1;
  const components = message.components;
  if (components === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(components.length);
    else writer.arrayLength(components.length);
    for (const item of components) writeDescribeClientQuotasRequestComponentData(writer, item, version);
  }
  const strict = message.strict;
  writer.bool(strict ?? false);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeClientQuotasRequest.unknownTags", version);
}

function readDescribeClientQuotasRequestComponentData(reader: Reader, version: number): DescribeClientQuotasRequestComponentData {
  const flexible = version >= 1;
  const entityType: string = flexible ? reader.compactString() : reader.string();
  const matchType: number = reader.int8();
  const match: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeClientQuotasRequestComponentData = {
    entityType,
    matchType,
    match,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeClientQuotasRequestComponentData(writer: Writer, message: Draft<DescribeClientQuotasRequestComponentData>, version: number): void {
  const flexible = version >= 1;
  const entityType = message.entityType;
  if (flexible) writer.compactString(entityType ?? "");
  else writer.string(entityType ?? "");
  const matchType = message.matchType;
  writer.int8(matchType ?? 0);
  const match = message.match;
  if (flexible) writer.compactNullableString(match === undefined ? "" : match);
  else writer.nullableString(match === undefined ? "" : match);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeClientQuotasRequestComponentData.unknownTags", version);
}

export interface DescribeClientQuotasResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  entries: DescribeClientQuotasResponseEntryData[] | null;
  unknownTags?: TaggedField[];
}

export interface DescribeClientQuotasResponseEntryData {
  entity: DescribeClientQuotasResponseEntityData[];
  values: DescribeClientQuotasResponseValueData[];
  unknownTags?: TaggedField[];
}

export interface DescribeClientQuotasResponseEntityData {
  entityType: string;
  entityName: string | null;
  unknownTags?: TaggedField[];
}

export interface DescribeClientQuotasResponseValueData {
  key: string;
  value: number;
  unknownTags?: TaggedField[];
}

export function readDescribeClientQuotasResponse(reader: Reader, version: number): DescribeClientQuotasResponse {
  reader.what = "DescribeClientQuotasResponse";
  if (version < 0 || version > 1) throw versionError("DescribeClientQuotasResponse", version);
  const flexible = version >= 1;
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let entries: DescribeClientQuotasResponseEntryData[] | null = null;
  const entriesLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (entriesLength < 0) {
    entries = null;
  }
  else {
    const list: DescribeClientQuotasResponseEntryData[] = [];
    for (let i = 0; i < entriesLength; i++) list.push(readDescribeClientQuotasResponseEntryData(reader, version));
    entries = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeClientQuotasResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
    entries,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeClientQuotasResponse(writer: Writer, message: Draft<DescribeClientQuotasResponse>, version: number): void {
  if (version < 0 || version > 1) throw versionError("DescribeClientQuotasResponse", version);
  const flexible = version >= 1;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  if (flexible) writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  else writer.nullableString(errorMessage === undefined ? "" : errorMessage);
  const entries = message.entries;
  if (entries === null) {
    if (flexible) writer.compactLength(-1);
    else writer.arrayLength(-1);
  }
  else if (entries === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(entries.length);
    else writer.arrayLength(entries.length);
    for (const item of entries) writeDescribeClientQuotasResponseEntryData(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeClientQuotasResponse.unknownTags", version);
}

function readDescribeClientQuotasResponseEntryData(reader: Reader, version: number): DescribeClientQuotasResponseEntryData {
  const flexible = version >= 1;
  let entity: DescribeClientQuotasResponseEntityData[];
  const entityLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (entityLength < 0) throw reader.nullError("entity");
  {
    const list: DescribeClientQuotasResponseEntityData[] = [];
    for (let i = 0; i < entityLength; i++) list.push(readDescribeClientQuotasResponseEntityData(reader, version));
    entity = list;
  }
  let values: DescribeClientQuotasResponseValueData[];
  const valuesLength = flexible ? reader.compactArrayLength(9) : reader.arrayLength(9);
  if (valuesLength < 0) throw reader.nullError("values");
  {
    const list: DescribeClientQuotasResponseValueData[] = [];
    for (let i = 0; i < valuesLength; i++) list.push(readDescribeClientQuotasResponseValueData(reader, version));
    values = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeClientQuotasResponseEntryData = {
    entity,
    values,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeClientQuotasResponseEntryData(writer: Writer, message: Draft<DescribeClientQuotasResponseEntryData>, version: number): void {
  const flexible = version >= 1;
  const entity = message.entity;
  if (entity === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(entity.length);
    else writer.arrayLength(entity.length);
    for (const item of entity) writeDescribeClientQuotasResponseEntityData(writer, item, version);
  }
  const values = message.values;
  if (values === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(values.length);
    else writer.arrayLength(values.length);
    for (const item of values) writeDescribeClientQuotasResponseValueData(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeClientQuotasResponseEntryData.unknownTags", version);
}

function readDescribeClientQuotasResponseEntityData(reader: Reader, version: number): DescribeClientQuotasResponseEntityData {
  const flexible = version >= 1;
  const entityType: string = flexible ? reader.compactString() : reader.string();
  const entityName: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeClientQuotasResponseEntityData = {
    entityType,
    entityName,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeClientQuotasResponseEntityData(writer: Writer, message: Draft<DescribeClientQuotasResponseEntityData>, version: number): void {
  const flexible = version >= 1;
  const entityType = message.entityType;
  if (flexible) writer.compactString(entityType ?? "");
  else writer.string(entityType ?? "");
  const entityName = message.entityName;
  if (flexible) writer.compactNullableString(entityName === undefined ? "" : entityName);
  else writer.nullableString(entityName === undefined ? "" : entityName);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeClientQuotasResponseEntityData.unknownTags", version);
}

function readDescribeClientQuotasResponseValueData(reader: Reader, version: number): DescribeClientQuotasResponseValueData {
  const flexible = version >= 1;
  const key: string = flexible ? reader.compactString() : reader.string();
  const value: number = reader.float64();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeClientQuotasResponseValueData = {
    key,
    value,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeClientQuotasResponseValueData(writer: Writer, message: Draft<DescribeClientQuotasResponseValueData>, version: number): void {
  const flexible = version >= 1;
  const key = message.key;
  if (flexible) writer.compactString(key ?? "");
  else writer.string(key ?? "");
  const value = message.value;
  writer.float64(value ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeClientQuotasResponseValueData.unknownTags", version);
}

