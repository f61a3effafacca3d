// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface AddRaftVoterRequest {
  clusterId: string | null;
  timeoutMs: number;
  voterId: number;
  voterDirectoryId: Uuid;
  listeners: AddRaftVoterRequestListener[];
  ackWhenCommitted: boolean;
  unknownTags?: TaggedField[];
}

export interface AddRaftVoterRequestListener {
  name: string;
  host: string;
  port: number;
  unknownTags?: TaggedField[];
}

export function readAddRaftVoterRequest(reader: Reader, version: number): AddRaftVoterRequest {
  reader.what = "AddRaftVoterRequest";
  if (version < 0 || version > 1) throw versionError("AddRaftVoterRequest", version);
  const clusterId: string | null = reader.compactNullableString();
  const timeoutMs: number = reader.int32();
  const voterId: number = reader.int32();
  const voterDirectoryId: Uuid = reader.uuid();
  let listeners: AddRaftVoterRequestListener[];
  const listenersLength = reader.compactArrayLength(5);
  if (listenersLength < 0) throw reader.nullError("listeners");
  {
    const list: AddRaftVoterRequestListener[] = [];
    for (let i = 0; i < listenersLength; i++) list.push(readAddRaftVoterRequestListener(reader, version));
    listeners = list;
  }
  const ackWhenCommitted: boolean = version >= 1 ? reader.bool() : true;
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AddRaftVoterRequest = {
    clusterId,
    timeoutMs,
    voterId,
    voterDirectoryId,
    listeners,
    ackWhenCommitted,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAddRaftVoterRequest(writer: Writer, message: Draft<AddRaftVoterRequest>, version: number): void {
  if (version < 0 || version > 1) throw versionError("AddRaftVoterRequest", version);
  const clusterId = message.clusterId;
  writer.compactNullableString(clusterId === undefined ? "" : clusterId);
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs ?? 0);
  const voterId = message.voterId;
  writer.int32(voterId ?? 0);
  const voterDirectoryId = message.voterDirectoryId;
  writer.uuid(voterDirectoryId ?? ZERO_UUID);
  const listeners = message.listeners;
  if (listeners === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(listeners.length);
    for (const item of listeners) writeAddRaftVoterRequestListener(writer, item, version);
  }
  const ackWhenCommitted = message.ackWhenCommitted;
  if (version >= 1) {
    writer.bool(ackWhenCommitted ?? true);
  }
  if (!(version >= 1) && ackWhenCommitted !== undefined && ackWhenCommitted !== true) throw notInVersion("AddRaftVoterRequest.ackWhenCommitted", version);
  writer.unknownTags(message.unknownTags);
}

function readAddRaftVoterRequestListener(reader: Reader, _version: number): AddRaftVoterRequestListener {
  const name: string = reader.compactString();
  const host: string = reader.compactString();
  const port: number = reader.uint16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AddRaftVoterRequestListener = {
    name,
    host,
    port,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAddRaftVoterRequestListener(writer: Writer, message: Draft<AddRaftVoterRequestListener>, _version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const host = message.host;
  writer.compactString(host ?? "");
  const port = message.port;
  writer.uint16(port ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface AddRaftVoterResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readAddRaftVoterResponse(reader: Reader, version: number): AddRaftVoterResponse {
  reader.what = "AddRaftVoterResponse";
  if (version < 0 || version > 1) throw versionError("AddRaftVoterResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AddRaftVoterResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAddRaftVoterResponse(writer: Writer, message: Draft<AddRaftVoterResponse>, version: number): void {
  if (version < 0 || version > 1) throw versionError("AddRaftVoterResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  writer.unknownTags(message.unknownTags);
}

