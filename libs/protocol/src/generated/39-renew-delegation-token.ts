// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, NO_BYTES, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface RenewDelegationTokenRequest {
  hmac: Uint8Array;
  renewPeriodMs: number;
  unknownTags?: TaggedField[];
}

export function readRenewDelegationTokenRequest(reader: Reader, version: number): RenewDelegationTokenRequest {
  reader.what = "RenewDelegationTokenRequest";
  if (version < 0 || version > 2) throw versionError("RenewDelegationTokenRequest", version);
  const flexible = version >= 2;
  const hmac: Uint8Array = flexible ? reader.compactBytes() : reader.bytes();
  const renewPeriodMs: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: RenewDelegationTokenRequest = {
    hmac,
    renewPeriodMs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeRenewDelegationTokenRequest(writer: Writer, message: Draft<RenewDelegationTokenRequest>, version: number): void {
  if (version < 0 || version > 2) throw versionError("RenewDelegationTokenRequest", version);
  const flexible = version >= 2;
  const hmac = message.hmac;
  if (flexible) writer.compactBytes(hmac ?? NO_BYTES);
  else writer.bytes(hmac ?? NO_BYTES);
  const renewPeriodMs = message.renewPeriodMs;
  writer.int64(renewPeriodMs ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("RenewDelegationTokenRequest.unknownTags", version);
}

export interface RenewDelegationTokenResponse {
  errorCode: number;
  expiryTimestampMs: number;
  throttleTimeMs: number;
  unknownTags?: TaggedField[];
}

export function readRenewDelegationTokenResponse(reader: Reader, version: number): RenewDelegationTokenResponse {
  reader.what = "RenewDelegationTokenResponse";
  if (version < 0 || version > 2) throw versionError("RenewDelegationTokenResponse", version);
  const flexible = version >= 2;
  const errorCode: number = reader.int16();
  const expiryTimestampMs: number = reader.int64();
  const throttleTimeMs: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: RenewDelegationTokenResponse = {
    errorCode,
    expiryTimestampMs,
    throttleTimeMs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeRenewDelegationTokenResponse(writer: Writer, message: Draft<RenewDelegationTokenResponse>, version: number): void {
  if (version < 0 || version > 2) throw versionError("RenewDelegationTokenResponse", version);
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
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("RenewDelegationTokenResponse.unknownTags", version);
}

