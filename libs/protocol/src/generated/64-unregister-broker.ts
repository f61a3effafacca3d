// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface UnregisterBrokerRequest {
  brokerId: number;
  unknownTags?: TaggedField[];
}

export function readUnregisterBrokerRequest(reader: Reader, version: number): UnregisterBrokerRequest {
  reader.what = "UnregisterBrokerRequest";
  if (version !== 0) throw versionError("UnregisterBrokerRequest", version);
  const brokerId: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: UnregisterBrokerRequest = {
    brokerId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeUnregisterBrokerRequest(writer: Writer, message: Draft<UnregisterBrokerRequest>, version: number): void {
  if (version !== 0) throw versionError("UnregisterBrokerRequest", version);
  const brokerId = message.brokerId;
  writer.int32(brokerId ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface UnregisterBrokerResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readUnregisterBrokerResponse(reader: Reader, version: number): UnregisterBrokerResponse {
  reader.what = "UnregisterBrokerResponse";
  if (version !== 0) throw versionError("UnregisterBrokerResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: UnregisterBrokerResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeUnregisterBrokerResponse(writer: Writer, message: Draft<UnregisterBrokerResponse>, version: number): void {
  if (version !== 0) throw versionError("UnregisterBrokerResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  writer.unknownTags(message.unknownTags);
}

