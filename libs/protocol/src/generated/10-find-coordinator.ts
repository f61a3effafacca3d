// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface FindCoordinatorRequest {
  key: string;
  keyType: number;
  coordinatorKeys: string[];
  unknownTags?: TaggedField[];
}

export function readFindCoordinatorRequest(reader: Reader, version: number): FindCoordinatorRequest {
  reader.what = "FindCoordinatorRequest";
  if (version < 0 || version > 6) throw versionError("FindCoordinatorRequest", version);
  const flexible = version >= 3;
  const key: string = version <= 3 ? (flexible ? reader.compactString() : reader.string()) : "";
  const keyType: number = version >= 1 ? reader.int8() : 0;
  let coordinatorKeys: string[] = [];
  if (version >= 4) {
    const coordinatorKeysLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (coordinatorKeysLength < 0) throw reader.nullError("coordinatorKeys");
    {
      const list: string[] = [];
      for (let i = 0; i < coordinatorKeysLength; i++) list.push(flexible ? reader.compactString() : reader.string());
      coordinatorKeys = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: FindCoordinatorRequest = {
    key,
    keyType,
    coordinatorKeys,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeFindCoordinatorRequest(writer: Writer, message: Draft<FindCoordinatorRequest>, version: number): void {
  if (version < 0 || version > 6) throw versionError("FindCoordinatorRequest", version);
  const flexible = version >= 3;
  const key = message.key;
  if (version <= 3) {
    if (flexible) writer.compactString(key ?? "");
    else writer.string(key ?? "");
  }
  if (!(version <= 3) && key !== undefined && key !== "") throw notInVersion("FindCoordinatorRequest.key", version);
  const keyType = message.keyType;
  if (version >= 1) {
    writer.int8(keyType ?? 0);
  }
  if (!(version >= 1) && keyType !== undefined && keyType !== 0) throw notInVersion("FindCoordinatorRequest.keyType", version);
  const coordinatorKeys = message.coordinatorKeys;
  if (version >= 4) {
    if (coordinatorKeys === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(coordinatorKeys.length);
      else writer.arrayLength(coordinatorKeys.length);
      for (const item of coordinatorKeys) {
        if (flexible) writer.compactString(item);
        else writer.string(item);
      }
    }
  }
  if (!(version >= 4) && coordinatorKeys !== undefined && coordinatorKeys.length > 0) throw notInVersion("FindCoordinatorRequest.coordinatorKeys", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FindCoordinatorRequest.unknownTags", version);
}

export interface FindCoordinatorResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  nodeId: number;
  host: string;
  port: number;
  coordinators: FindCoordinatorResponseCoordinator[];
  unknownTags?: TaggedField[];
}

export interface FindCoordinatorResponseCoordinator {
  key: string;
  nodeId: number;
  host: string;
  port: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readFindCoordinatorResponse(reader: Reader, version: number): FindCoordinatorResponse {
  reader.what = "FindCoordinatorResponse";
  if (version < 0 || version > 6) throw versionError("FindCoordinatorResponse", version);
  const flexible = version >= 3;
  const throttleTimeMs: number = version >= 1 ? reader.int32() : 0;
  const errorCode: number = version <= 3 ? reader.int16() : 0;
  const errorMessage: string | null = version >= 1 && version <= 3 ? ((version >= 1 && version <= 3) ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : "";
  const nodeId: number = version <= 3 ? reader.int32() : 0;
  const host: string = version <= 3 ? (flexible ? reader.compactString() : reader.string()) : "";
  const port: number = version <= 3 ? reader.int32() : 0;
  let coordinators: FindCoordinatorResponseCoordinator[] = [];
  if (version >= 4) {
    const coordinatorsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (coordinatorsLength < 0) throw reader.nullError("coordinators");
    {
      const list: FindCoordinatorResponseCoordinator[] = [];
      for (let i = 0; i < coordinatorsLength; i++) list.push(readFindCoordinatorResponseCoordinator(reader, version));
      coordinators = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: FindCoordinatorResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
    nodeId,
    host,
    port,
    coordinators,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeFindCoordinatorResponse(writer: Writer, message: Draft<FindCoordinatorResponse>, version: number): void {
  if (version < 0 || version > 6) throw versionError("FindCoordinatorResponse", version);
  const flexible = version >= 3;
  const throttleTimeMs = message.throttleTimeMs;
  if (version >= 1) {
    writer.int32(throttleTimeMs ?? 0);
  }
  const errorCode = message.errorCode;
  if (version <= 3) {
    writer.int16(errorCode ?? 0);
  }
  if (!(version <= 3) && errorCode !== undefined && errorCode !== 0) throw notInVersion("FindCoordinatorResponse.errorCode", version);
  const errorMessage = message.errorMessage;
  if (version >= 1 && version <= 3) {
    if (!(version >= 1 && version <= 3) && (errorMessage === null)) throw nullIn("FindCoordinatorResponse.errorMessage", version);
    if (flexible) writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
    else writer.nullableString(errorMessage === undefined ? "" : errorMessage);
  }
  const nodeId = message.nodeId;
  if (version <= 3) {
    writer.int32(nodeId ?? 0);
  }
  if (!(version <= 3) && nodeId !== undefined && nodeId !== 0) throw notInVersion("FindCoordinatorResponse.nodeId", version);
  const host = message.host;
  if (version <= 3) {
    if (flexible) writer.compactString(host ?? "");
    else writer.string(host ?? "");
  }
  if (!(version <= 3) && host !== undefined && host !== "") throw notInVersion("FindCoordinatorResponse.host", version);
  const port = message.port;
  if (version <= 3) {
    writer.int32(port ?? 0);
  }
  if (!(version <= 3) && port !== undefined && port !== 0) throw notInVersion("FindCoordinatorResponse.port", version);
  const coordinators = message.coordinators;
  if (version >= 4) {
    if (coordinators === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(coordinators.length);
      else writer.arrayLength(coordinators.length);
      for (const item of coordinators) writeFindCoordinatorResponseCoordinator(writer, item, version);
    }
  }
  if (!(version >= 4) && coordinators !== undefined && coordinators.length > 0) throw notInVersion("FindCoordinatorResponse.coordinators", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FindCoordinatorResponse.unknownTags", version);
}

function readFindCoordinatorResponseCoordinator(reader: Reader, version: number): FindCoordinatorResponseCoordinator {
  const flexible = version >= 3;
  const key: string = version >= 4 ? (flexible ? reader.compactString() : reader.string()) : "";
  const nodeId: number = version >= 4 ? reader.int32() : 0;
  const host: string = version >= 4 ? (flexible ? reader.compactString() : reader.string()) : "";
  const port: number = version >= 4 ? reader.int32() : 0;
  const errorCode: number = version >= 4 ? reader.int16() : 0;
  const errorMessage: string | null = version >= 4 ? (version >= 4 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : "";
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: FindCoordinatorResponseCoordinator = {
    key,
    nodeId,
    host,
    port,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeFindCoordinatorResponseCoordinator(writer: Writer, message: Draft<FindCoordinatorResponseCoordinator>, version: number): void {
  const flexible = version >= 3;
  const key = message.key;
  if (version >= 4) {
    if (flexible) writer.compactString(key ?? "");
    else writer.string(key ?? "");
  }
  if (!(version >= 4) && key !== undefined && key !== "") throw notInVersion("FindCoordinatorResponseCoordinator.key", version);
  const nodeId = message.nodeId;
  if (version >= 4) {
    writer.int32(nodeId ?? 0);
  }
  if (!(version >= 4) && nodeId !== undefined && nodeId !== 0) throw notInVersion("FindCoordinatorResponseCoordinator.nodeId", version);
  const host = message.host;
  if (version >= 4) {
    if (flexible) writer.compactString(host ?? "");
    else writer.string(host ?? "");
  }
  if (!(version >= 4) && host !== undefined && host !== "") throw notInVersion("FindCoordinatorResponseCoordinator.host", version);
  const port = message.port;
  if (version >= 4) {
    writer.int32(port ?? 0);
  }
  if (!(version >= 4) && port !== undefined && port !== 0) throw notInVersion("FindCoordinatorResponseCoordinator.port", version);
  const errorCode = message.errorCode;
  if (version >= 4) {
    writer.int16(errorCode ?? 0);
  }
  if (!(version >= 4) && errorCode !== undefined && errorCode !== 0) throw notInVersion("FindCoordinatorResponseCoordinator.errorCode", version);
  const errorMessage = message.errorMessage;
  if (version >= 4) {
    if (!(version >= 4) && (errorMessage === null)) throw nullIn("FindCoordinatorResponseCoordinator.errorMessage", version);
    if (flexible) writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
    else writer.nullableString(errorMessage === undefined ? "" : errorMessage);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FindCoordinatorResponseCoordinator.unknownTags", version);
}

