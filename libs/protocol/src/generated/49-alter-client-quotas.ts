// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface AlterClientQuotasRequest {
  entries: AlterClientQuotasRequestEntryData[];
  validateOnly: boolean;
  unknownTags?: TaggedField[];
}

export interface AlterClientQuotasRequestEntryData {
  entity: AlterClientQuotasRequestEntityData[];
  ops: AlterClientQuotasRequestOpData[];
  unknownTags?: TaggedField[];
}

export interface AlterClientQuotasRequestEntityData {
  entityType: string;
  entityName: string | null;
  unknownTags?: TaggedField[];
}

export interface AlterClientQuotasRequestOpData {
  key: string;
  value: number;
  remove: boolean;
  unknownTags?: TaggedField[];
}

export function readAlterClientQuotasRequest(reader: Reader, version: number): AlterClientQuotasRequest {
  reader.what = "AlterClientQuotasRequest";
  if (version < 0 || version > 1) throw versionError("AlterClientQuotasRequest", version);
  const flexible = version >= 1;
  let entries: AlterClientQuotasRequestEntryData[];
  const entriesLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (entriesLength < 0) throw reader.nullError("entries");
  {
    const list: AlterClientQuotasRequestEntryData[] = [];
    for (let i = 0; i < entriesLength; i++) list.push(readAlterClientQuotasRequestEntryData(reader, version));
    entries = list;
  }
  const validateOnly: boolean = reader.bool();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterClientQuotasRequest = {
    entries,
    validateOnly,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAlterClientQuotasRequest(writer: Writer, message: Draft<AlterClientQuotasRequest>, version: number): void {
  if (version < 0 || version > 1) throw versionError("AlterClientQuotasRequest", version);
  const flexible = version >= 1;
  const entries = message.entries;
  if (entries === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(entries.length);
    else writer.arrayLength(entries.length);
    for (const item of entries) writeAlterClientQuotasRequestEntryData(writer, item, version);
  }
  const validateOnly = message.validateOnly;
  writer.bool(validateOnly ?? false);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterClientQuotasRequest.unknownTags", version);
}

function readAlterClientQuotasRequestEntryData(reader: Reader, version: number): AlterClientQuotasRequestEntryData {
  const flexible = version >= 1;
  let entity: AlterClientQuotasRequestEntityData[];
  const entityLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (entityLength < 0) throw reader.nullError("entity");
  {
    const list: AlterClientQuotasRequestEntityData[] = [];
    for (let i = 0; i < entityLength; i++) list.push(readAlterClientQuotasRequestEntityData(reader, version));
    entity = list;
  }
  let ops: AlterClientQuotasRequestOpData[];
  const opsLength = flexible ? reader.compactArrayLength(10) : reader.arrayLength(10);
  if (opsLength < 0) throw reader.nullError("ops");
  {
    const list: AlterClientQuotasRequestOpData[] = [];
    for (let i = 0; i < opsLength; i++) list.push(readAlterClientQuotasRequestOpData(reader, version));
    ops = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterClientQuotasRequestEntryData = {
    entity,
    ops,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterClientQuotasRequestEntryData(writer: Writer, message: Draft<AlterClientQuotasRequestEntryData>, version: number): void {
  const flexible = version >= 1;
  const entity = message.entity;
  if (entity === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(entity.length);
    else writer.arrayLength(entity.length);
    for (const item of entity) writeAlterClientQuotasRequestEntityData(writer, item, version);
  }
  const ops = message.ops;
  if (ops === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(ops.length);
    else writer.arrayLength(ops.length);
    for (const item of ops) writeAlterClientQuotasRequestOpData(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterClientQuotasRequestEntryData.unknownTags", version);
}

function readAlterClientQuotasRequestEntityData(reader: Reader, version: number): AlterClientQuotasRequestEntityData {
  const flexible = version >= 1;
  const entityType: string = flexible ? reader.compactString() : reader.string();
  const entityName: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterClientQuotasRequestEntityData = {
    entityType,
    entityName,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterClientQuotasRequestEntityData(writer: Writer, message: Draft<AlterClientQuotasRequestEntityData>, version: number): void {
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
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterClientQuotasRequestEntityData.unknownTags", version);
}

function readAlterClientQuotasRequestOpData(reader: Reader, version: number): AlterClientQuotasRequestOpData {
  const flexible = version >= 1;
  const key: string = flexible ? reader.compactString() : reader.string();
  const value: number = reader.float64();
  const remove: boolean = reader.bool();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterClientQuotasRequestOpData = {
    key,
    value,
    remove,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterClientQuotasRequestOpData(writer: Writer, message: Draft<AlterClientQuotasRequestOpData>, version: number): void {
  const flexible = version >= 1;
  const key = message.key;
  if (flexible) writer.compactString(key ?? "");
  else writer.string(key ?? "");
  const value = message.value;
  writer.float64(value ?? 0);
  const remove = message.remove;
  writer.bool(remove ?? false);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterClientQuotasRequestOpData.unknownTags", version);
}

export interface AlterClientQuotasResponse {
  throttleTimeMs: number;
  entries: AlterClientQuotasResponseEntryData[];
  unknownTags?: TaggedField[];
}

export interface AlterClientQuotasResponseEntryData {
  errorCode: number;
  errorMessage: string | null;
  entity: AlterClientQuotasResponseEntityData[];
  unknownTags?: TaggedField[];
}

export interface AlterClientQuotasResponseEntityData {
  entityType: string;
  entityName: string | null;
  unknownTags?: TaggedField[];
}

export function readAlterClientQuotasResponse(reader: Reader, version: number): AlterClientQuotasResponse {
  reader.what = "AlterClientQuotasResponse";
  if (version < 0 || version > 1) throw versionError("AlterClientQuotasResponse", version);
  const flexible = version >= 1;
  const throttleTimeMs: number = reader.int32();
  let entries: AlterClientQuotasResponseEntryData[];
  const entriesLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
  if (entriesLength < 0) throw reader.nullError("entries");
  {
    const list: AlterClientQuotasResponseEntryData[] = [];
    for (let i = 0; i < entriesLength; i++) list.push(readAlterClientQuotasResponseEntryData(reader, version));
    entries = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterClientQuotasResponse = {
    throttleTimeMs,
    entries,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAlterClientQuotasResponse(writer: Writer, message: Draft<AlterClientQuotasResponse>, version: number): void {
  if (version < 0 || version > 1) throw versionError("AlterClientQuotasResponse", version);
  const flexible = version >= 1;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const entries = message.entries;
  if (entries === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(entries.length);
    else writer.arrayLength(entries.length);
    for (const item of entries) writeAlterClientQuotasResponseEntryData(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterClientQuotasResponse.unknownTags", version);
}

function readAlterClientQuotasResponseEntryData(reader: Reader, version: number): AlterClientQuotasResponseEntryData {
  const flexible = version >= 1;
  const errorCode: number = reader.int16();
  const errorMessage: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let entity: AlterClientQuotasResponseEntityData[];
  const entityLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (entityLength < 0) throw reader.nullError("entity");
  {
    const list: AlterClientQuotasResponseEntityData[] = [];
    for (let i = 0; i < entityLength; i++) list.push(readAlterClientQuotasResponseEntityData(reader, version));
    entity = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterClientQuotasResponseEntryData = {
    errorCode,
    errorMessage,
    entity,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterClientQuotasResponseEntryData(writer: Writer, message: Draft<AlterClientQuotasResponseEntryData>, version: number): void {
  const flexible = version >= 1;
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  if (flexible) writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  else writer.nullableString(errorMessage === undefined ? "" : errorMessage);
  const entity = message.entity;
  if (entity === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(entity.length);
    else writer.arrayLength(entity.length);
    for (const item of entity) writeAlterClientQuotasResponseEntityData(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterClientQuotasResponseEntryData.unknownTags", version);
}

function readAlterClientQuotasResponseEntityData(reader: Reader, version: number): AlterClientQuotasResponseEntityData {
  const flexible = version >= 1;
  const entityType: string = flexible ? reader.compactString() : reader.string();
  const entityName: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AlterClientQuotasResponseEntityData = {
    entityType,
    entityName,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterClientQuotasResponseEntityData(writer: Writer, message: Draft<AlterClientQuotasResponseEntityData>, version: number): void {
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
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AlterClientQuotasResponseEntityData.unknownTags", version);
}

