// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, NO_BYTES, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface CreateDelegationTokenRequest {
  ownerPrincipalType: string | null;
  ownerPrincipalName: string | null;
  renewers: CreateDelegationTokenRequestCreatableRenewers[];
  maxLifetimeMs: number;
  unknownTags?: TaggedField[];
}

export interface CreateDelegationTokenRequestCreatableRenewers {
  principalType: string;
  principalName: string;
  unknownTags?: TaggedField[];
}

export function readCreateDelegationTokenRequest(reader: Reader, version: number): CreateDelegationTokenRequest {
  reader.what = "CreateDelegationTokenRequest";
  if (version < 0 || version > 3) throw versionError("CreateDelegationTokenRequest", version);
  const flexible = version >= 2;
  const ownerPrincipalType: string | null = version >= 3 ? (version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : "";
  const ownerPrincipalName: string | null = version >= 3 ? (version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : "";
  let renewers: CreateDelegationTokenRequestCreatableRenewers[];
  const renewersLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (renewersLength < 0) throw reader.nullError("renewers");
  {
    const list: CreateDelegationTokenRequestCreatableRenewers[] = [];
    for (let i = 0; i < renewersLength; i++) list.push(readCreateDelegationTokenRequestCreatableRenewers(reader, version));
    renewers = list;
  }
  const maxLifetimeMs: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreateDelegationTokenRequest = {
    ownerPrincipalType,
    ownerPrincipalName,
    renewers,
    maxLifetimeMs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeCreateDelegationTokenRequest(writer: Writer, message: Draft<CreateDelegationTokenRequest>, version: number): void {
  if (version < 0 || version > 3) throw versionError("CreateDelegationTokenRequest", version);
  const flexible = version >= 2;
  const ownerPrincipalType = message.ownerPrincipalType;
  if (version >= 3) {
    if (!(version >= 3) && (ownerPrincipalType === null)) throw nullIn("CreateDelegationTokenRequest.ownerPrincipalType", version);
    if (flexible) writer.compactNullableString(ownerPrincipalType === undefined ? "" : ownerPrincipalType);
    else writer.nullableString(ownerPrincipalType === undefined ? "" : ownerPrincipalType);
  }
  if (!(version >= 3) && ownerPrincipalType !== undefined && (ownerPrincipalType === null || ownerPrincipalType !== "")) throw notInVersion("CreateDelegationTokenRequest.ownerPrincipalType", version);
  const ownerPrincipalName = message.ownerPrincipalName;
  if (version >= 3) {
    if (!(version >= 3) && (ownerPrincipalName === null)) throw nullIn("CreateDelegationTokenRequest.ownerPrincipalName", version);
    if (flexible) writer.compactNullableString(ownerPrincipalName === undefined ? "" : ownerPrincipalName);
    else writer.nullableString(ownerPrincipalName === undefined ? "" : ownerPrincipalName);
  }
  if (!(version >= 3) && ownerPrincipalName !== undefined && (ownerPrincipalName === null || ownerPrincipalName !== "")) throw notInVersion("CreateDelegationTokenRequest.ownerPrincipalName", version);
  const renewers = message.renewers;
  if (renewers === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(renewers.length);
    else writer.arrayLength(renewers.length);
    for (const item of renewers) writeCreateDelegationTokenRequestCreatableRenewers(writer, item, version);
  }
  const maxLifetimeMs = message.maxLifetimeMs;
  writer.int64(maxLifetimeMs ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreateDelegationTokenRequest.unknownTags", version);
}

function readCreateDelegationTokenRequestCreatableRenewers(reader: Reader, version: number): CreateDelegationTokenRequestCreatableRenewers {
  const flexible = version >= 2;
  const principalType: string = flexible ? reader.compactString() : reader.string();
  const principalName: string = flexible ? reader.compactString() : reader.string();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreateDelegationTokenRequestCreatableRenewers = {
    principalType,
    principalName,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeCreateDelegationTokenRequestCreatableRenewers(writer: Writer, message: Draft<CreateDelegationTokenRequestCreatableRenewers>, version: number): void {
  const flexible = version >= 2;
  const principalType = message.principalType;
  if (flexible) writer.compactString(principalType ?? "");
  else writer.string(principalType ?? "");
  const principalName = message.principalName;
  if (flexible) writer.compactString(principalName ?? "");
  else writer.string(principalName ?? "");
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreateDelegationTokenRequestCreatableRenewers.unknownTags", version);
}

export interface CreateDelegationTokenResponse {
  errorCode: number;
  principalType: string;
  principalName: string;
  tokenRequesterPrincipalType: string;
  tokenRequesterPrincipalName: string;
  issueTimestampMs: number;
  expiryTimestampMs: number;
  maxTimestampMs: number;
  tokenId: string;
  hmac: Uint8Array;
  throttleTimeMs: number;
  unknownTags?: TaggedField[];
}

export function readCreateDelegationTokenResponse(reader: Reader, version: number): CreateDelegationTokenResponse {
  reader.what = "CreateDelegationTokenResponse";
  if (version < 0 || version > 3) throw versionError("CreateDelegationTokenResponse", version);
  const flexible = version >= 2;
  const errorCode: number = reader.int16();
  const principalType: string = flexible ? reader.compactString() : reader.string();
  const principalName: string = flexible ? reader.compactString() : reader.string();
  const tokenRequesterPrincipalType: string = version >= 3 ? (flexible ? reader.compactString() : reader.string()) : "";
  const tokenRequesterPrincipalName: string = version >= 3 ? (flexible ? reader.compactString() : reader.string()) : "";
  const issueTimestampMs: number = reader.int64();
  const expiryTimestampMs: number = reader.int64();
  const maxTimestampMs: number = reader.int64();
  const tokenId: string = flexible ? reader.compactString() : reader.string();
  const hmac: Uint8Array = flexible ? reader.compactBytes() : reader.bytes();
  const throttleTimeMs: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: CreateDelegationTokenResponse = {
    errorCode,
    principalType,
    principalName,
    tokenRequesterPrincipalType,
    tokenRequesterPrincipalName,
    issueTimestampMs,
    expiryTimestampMs,
    maxTimestampMs,
    tokenId,
    hmac,
    throttleTimeMs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeCreateDelegationTokenResponse(writer: Writer, message: Draft<CreateDelegationTokenResponse>, version: number): void {
  if (version < 0 || version > 3) throw versionError("CreateDelegationTokenResponse", version);
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const principalType = message.principalType;
  if (flexible) writer.compactString(principalType ?? "");
  else writer.string(principalType ?? "");
  const principalName = message.principalName;
  if (flexible) writer.compactString(principalName ?? "");
  else writer.string(principalName ?? "");
  const tokenRequesterPrincipalType = message.tokenRequesterPrincipalType;
  if (version >= 3) {
    if (flexible) writer.compactString(tokenRequesterPrincipalType ?? "");
    else writer.string(tokenRequesterPrincipalType ?? "");
  }
  if (!(version >= 3) && tokenRequesterPrincipalType !== undefined && tokenRequesterPrincipalType !== "") throw notInVersion("CreateDelegationTokenResponse.tokenRequesterPrincipalType", version);
  const tokenRequesterPrincipalName = message.tokenRequesterPrincipalName;
  if (version >= 3) {
    if (flexible) writer.compactString(tokenRequesterPrincipalName ?? "");
    else writer.string(tokenRequesterPrincipalName ?? "");
  }
  if (!(version >= 3) && tokenRequesterPrincipalName !== undefined && tokenRequesterPrincipalName !== "") throw notInVersion("CreateDelegationTokenResponse.tokenRequesterPrincipalName", version);
  const issueTimestampMs = message.issueTimestampMs;
  writer.int64(issueTimestampMs ?? 0);
  const expiryTimestampMs = message.expiryTimestampMs;
  writer.int64(expiryTimestampMs ?? 0);
  const maxTimestampMs = message.maxTimestampMs;
  writer.int64(maxTimestampMs ?? 0);
  const tokenId = message.tokenId;
  if (flexible) writer.compactString(tokenId ?? "");
  else writer.string(tokenId ?? "");
  const hmac = message.hmac;
  if (flexible) writer.compactBytes(hmac ?? NO_BYTES);
  else writer.bytes(hmac ?? NO_BYTES);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("CreateDelegationTokenResponse.unknownTags", version);
}

