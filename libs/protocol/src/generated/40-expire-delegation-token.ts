// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, NO_BYTES, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ExpireDelegationTokenRequest {
  hmac: Uint8Array;
  expiryTimePeriodMs: number;
  unknownTags?: TaggedField[];
}

export function readExpireDelegationTokenRequest(reader: Reader, version: number): ExpireDelegationTokenRequest {
  reader.what = "ExpireDelegationTokenRequest";
  if (version < 0 || version > 2) throw versionError("ExpireDelegationTokenRequest", version);
  const flexible = version >= 2;
  const hmac: Uint8Array = flexible ? reader.compactBytes() : reader.bytes();
  const expiryTimePeriodMs: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ExpireDelegationTokenRequest = {
    hmac,
    expiryTimePeriodMs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeExpireDelegationTokenRequest(writer: Writer, message: Draft<ExpireDelegationTokenRequest>, version: number): void {
  if (version < 0 || version > 2) throw versionError("ExpireDelegationTokenRequest", version);
  const flexible = version >= 2;
  const hmac = message.hmac;
  if (flexible) writer.compactBytes(hmac ?? NO_BYTES);
  else writer.bytes(hmac ?? NO_BYTES);
  const expiryTimePeriodMs = message.expiryTimePeriodMs;
  writer.int64(expiryTimePeriodMs ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ExpireDelegationTokenRequest.unknownTags", version);
}

export interface ExpireDelegationTokenResponse {
  errorCode: number;
  expiryTimestampMs: number;
  throttleTimeMs: number;
  unknownTags?: TaggedField[];
}

export function readExpireDelegationTokenResponse(reader: Reader, version: number): ExpireDelegationTokenResponse {
  reader.what = "ExpireDelegationTokenResponse";
  if (version < 0 || version > 2) throw versionError("ExpireDelegationTokenResponse", version);
  const flexible = version >= 2;
  const errorCode: number = reader.int16();
  const expiryTimestampMs: number = reader.int64();
  const throttleTimeMs: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ExpireDelegationTokenResponse = {
    errorCode,
    expiryTimestampMs,
    throttleTimeMs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeExpireDelegationTokenResponse(writer: Writer, message: Draft<ExpireDelegationTokenResponse>, version: number): void {
  if (version < 0 || version > 2) throw versionError("ExpireDelegationTokenResponse", version);
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const expiryTimestampMs = message.expiryTimestampMs;
  writer.int64(expiryTimestampMs ?? 0);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ExpireDelegationTokenResponse.unknownTags", version);
}

