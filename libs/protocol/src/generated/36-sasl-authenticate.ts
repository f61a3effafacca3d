// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, NO_BYTES, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface SaslAuthenticateRequest {
  authBytes: Uint8Array;
  unknownTags?: TaggedField[];
}

export function readSaslAuthenticateRequest(reader: Reader, version: number): SaslAuthenticateRequest {
  reader.what = "SaslAuthenticateRequest";
  if (version < 0 || version > 2) throw versionError("SaslAuthenticateRequest", version);
  const flexible = version >= 2;
  const authBytes: Uint8Array = flexible ? reader.compactBytes() : reader.bytes();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: SaslAuthenticateRequest = {
    authBytes,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeSaslAuthenticateRequest(writer: Writer, message: Draft<SaslAuthenticateRequest>, version: number): void {
  if (version < 0 || version > 2) throw versionError("SaslAuthenticateRequest", version);
  const flexible = version >= 2;
  const authBytes = message.authBytes;
  if (flexible) writer.compactBytes(authBytes ?? NO_BYTES);
  else writer.bytes(authBytes ?? NO_BYTES);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("SaslAuthenticateRequest.unknownTags", version);
}

export interface SaslAuthenticateResponse {
  errorCode: number;
  errorMessage: string | null;
  authBytes: Uint8Array;
  sessionLifetimeMs: number;
  unknownTags?: TaggedField[];
}

export function readSaslAuthenticateResponse(reader: Reader, version: number): SaslAuthenticateResponse {
  reader.what = "SaslAuthenticateResponse";
  if (version < 0 || version > 2) throw versionError("SaslAuthenticateResponse", version);
  const flexible = version >= 2;
  const errorCode: number = reader.int16();
  const errorMessage: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  const authBytes: Uint8Array = flexible ? reader.compactBytes() : reader.bytes();
  const sessionLifetimeMs: number = version >= 1 ? reader.int64() : 0;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: SaslAuthenticateResponse = {
    errorCode,
    errorMessage,
    authBytes,
    sessionLifetimeMs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeSaslAuthenticateResponse(writer: Writer, message: Draft<SaslAuthenticateResponse>, version: number): void {
  if (version < 0 || version > 2) throw versionError("SaslAuthenticateResponse", version);
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  if (flexible) writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  else writer.nullableString(errorMessage === undefined ? "" : errorMessage);
  const authBytes = message.authBytes;
  if (flexible) writer.compactBytes(authBytes ?? NO_BYTES);
  else writer.bytes(authBytes ?? NO_BYTES);
  const sessionLifetimeMs = message.sessionLifetimeMs;
  if (version >= 1) {
    writer.int64(sessionLifetimeMs ?? 0);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("SaslAuthenticateResponse.unknownTags", version);
}

