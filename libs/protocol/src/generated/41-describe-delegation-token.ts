// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, NO_BYTES, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DescribeDelegationTokenRequest {
  owners: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null;
  unknownTags?: TaggedField[];
}

export interface DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
  principalType: string;
  principalName: string;
  unknownTags?: TaggedField[];
}

export function readDescribeDelegationTokenRequest(reader: Reader, version: number): DescribeDelegationTokenRequest {
  reader.what = "DescribeDelegationTokenRequest";
  if (version < 0 || version > 3) throw versionError("DescribeDelegationTokenRequest", version);
  const flexible = version >= 2;
  let owners: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null = null;
  const ownersLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (ownersLength < 0) {
    owners = null;
  }
  else {
    const list: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] = [];
    for (let i = 0; i < ownersLength; i++) list.push(readDescribeDelegationTokenRequestDescribeDelegationTokenOwner(reader, version));
    owners = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeDelegationTokenRequest = {
    owners,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeDelegationTokenRequest(writer: Writer, message: Draft<DescribeDelegationTokenRequest>, version: number): void {
  if (version < 0 || version > 3) throw versionError("DescribeDelegationTokenRequest", version);
  const flexible = version >= 2;
  const owners = message.owners;
  if (owners === null) {
    if (flexible) writer.compactLength(-1);
    else writer.arrayLength(-1);
  }
  else if (owners === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(owners.length);
    else writer.arrayLength(owners.length);
    for (const item of owners) writeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeDelegationTokenRequest.unknownTags", version);
}

function readDescribeDelegationTokenRequestDescribeDelegationTokenOwner(reader: Reader, version: number): DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
  const flexible = version >= 2;
  const principalType: string = flexible ? reader.compactString() : reader.string();
  const principalName: string = flexible ? reader.compactString() : reader.string();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeDelegationTokenRequestDescribeDelegationTokenOwner = {
    principalType,
    principalName,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(writer: Writer, message: Draft<DescribeDelegationTokenRequestDescribeDelegationTokenOwner>, version: number): void {
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
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeDelegationTokenRequestDescribeDelegationTokenOwner.unknownTags", version);
}

export interface DescribeDelegationTokenResponse {
  errorCode: number;
  tokens: DescribeDelegationTokenResponseDescribedDelegationToken[];
  throttleTimeMs: number;
  unknownTags?: TaggedField[];
}

export interface DescribeDelegationTokenResponseDescribedDelegationToken {
  principalType: string;
  principalName: string;
  tokenRequesterPrincipalType: string;
  tokenRequesterPrincipalName: string;
  issueTimestamp: number;
  expiryTimestamp: number;
  maxTimestamp: number;
  tokenId: string;
  hmac: Uint8Array;
  renewers: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[];
  unknownTags?: TaggedField[];
}

export interface DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  principalType: string;
  principalName: string;
  unknownTags?: TaggedField[];
}

export function readDescribeDelegationTokenResponse(reader: Reader, version: number): DescribeDelegationTokenResponse {
  reader.what = "DescribeDelegationTokenResponse";
  if (version < 0 || version > 3) throw versionError("DescribeDelegationTokenResponse", version);
  const flexible = version >= 2;
  const errorCode: number = reader.int16();
  let tokens: DescribeDelegationTokenResponseDescribedDelegationToken[];
  const tokensLength = flexible ? reader.compactArrayLength(29) : reader.arrayLength(29);
  if (tokensLength < 0) throw reader.nullError("tokens");
  {
    const list: DescribeDelegationTokenResponseDescribedDelegationToken[] = [];
    for (let i = 0; i < tokensLength; i++) list.push(readDescribeDelegationTokenResponseDescribedDelegationToken(reader, version));
    tokens = list;
  }
  const throttleTimeMs: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeDelegationTokenResponse = {
    errorCode,
    tokens,
    throttleTimeMs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeDelegationTokenResponse(writer: Writer, message: Draft<DescribeDelegationTokenResponse>, version: number): void {
  if (version < 0 || version > 3) throw versionError("DescribeDelegationTokenResponse", version);
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const tokens = message.tokens;
  if (tokens === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(tokens.length);
    else writer.arrayLength(tokens.length);
    for (const item of tokens) writeDescribeDelegationTokenResponseDescribedDelegationToken(writer, item, version);
  }
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeDelegationTokenResponse.unknownTags", version);
}

function readDescribeDelegationTokenResponseDescribedDelegationToken(reader: Reader, version: number): DescribeDelegationTokenResponseDescribedDelegationToken {
  const flexible = version >= 2;
  const principalType: string = flexible ? reader.compactString() : reader.string();
  const principalName: string = flexible ? reader.compactString() : reader.string();
  const tokenRequesterPrincipalType: string = version >= 3 ? (flexible ? reader.compactString() : reader.string()) : "";
  const tokenRequesterPrincipalName: string = version >= 3 ? (flexible ? reader.compactString() : reader.string()) : "";
  const issueTimestamp: number = reader.int64();
  const expiryTimestamp: number = reader.int64();
  const maxTimestamp: number = reader.int64();
  const tokenId: string = flexible ? reader.compactString() : reader.string();
  const hmac: Uint8Array = flexible ? reader.compactBytes() : reader.bytes();
  let renewers: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[];
  const renewersLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (renewersLength < 0) throw reader.nullError("renewers");
  {
    const list: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[] = [];
    for (let i = 0; i < renewersLength; i++) list.push(readDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(reader, version));
    renewers = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeDelegationTokenResponseDescribedDelegationToken = {
    principalType,
    principalName,
    tokenRequesterPrincipalType,
    tokenRequesterPrincipalName,
    issueTimestamp,
    expiryTimestamp,
    maxTimestamp,
    tokenId,
    hmac,
    renewers,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeDelegationTokenResponseDescribedDelegationToken(writer: Writer, message: Draft<DescribeDelegationTokenResponseDescribedDelegationToken>, version: number): void {
  const flexible = version >= 2;
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
  if (!(version >= 3) && tokenRequesterPrincipalType !== undefined && tokenRequesterPrincipalType !== "") throw notInVersion("DescribeDelegationTokenResponseDescribedDelegationToken.tokenRequesterPrincipalType", version);
  const tokenRequesterPrincipalName = message.tokenRequesterPrincipalName;
  if (version >= 3) {
    if (flexible) writer.compactString(tokenRequesterPrincipalName ?? "");
    else writer.string(tokenRequesterPrincipalName ?? "");
  }
  if (!(version >= 3) && tokenRequesterPrincipalName !== undefined && tokenRequesterPrincipalName !== "") throw notInVersion("DescribeDelegationTokenResponseDescribedDelegationToken.tokenRequesterPrincipalName", version);
  const issueTimestamp = message.issueTimestamp;
  writer.int64(issueTimestamp ?? 0);
  const expiryTimestamp = message.expiryTimestamp;
  writer.int64(expiryTimestamp ?? 0);
  const maxTimestamp = message.maxTimestamp;
  writer.int64(maxTimestamp ?? 0);
  const tokenId = message.tokenId;
  if (flexible) writer.compactString(tokenId ?? "");
  else writer.string(tokenId ?? "");
  const hmac = message.hmac;
  if (flexible) writer.compactBytes(hmac ?? NO_BYTES);
  else writer.bytes(hmac ?? NO_BYTES);
  const renewers = message.renewers;
  if (renewers === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(renewers.length);
    else writer.arrayLength(renewers.length);
    for (const item of renewers) writeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeDelegationTokenResponseDescribedDelegationToken.unknownTags", version);
}

function readDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(reader: Reader, version: number): DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  const flexible = version >= 2;
  const principalType: string = flexible ? reader.compactString() : reader.string();
  const principalName: string = flexible ? reader.compactString() : reader.string();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer = {
    principalType,
    principalName,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(writer: Writer, message: Draft<DescribeDelegationTokenResponseDescribedDelegationTokenRenewer>, version: number): void {
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
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("DescribeDelegationTokenResponseDescribedDelegationTokenRenewer.unknownTags", version);
}

