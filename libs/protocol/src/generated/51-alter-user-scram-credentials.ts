// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, NO_BYTES, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface AlterUserScramCredentialsRequest {
  deletions: AlterUserScramCredentialsRequestScramCredentialDeletion[];
  upsertions: AlterUserScramCredentialsRequestScramCredentialUpsertion[];
  unknownTags?: TaggedField[];
}

export interface AlterUserScramCredentialsRequestScramCredentialDeletion {
  name: string;
  mechanism: number;
  unknownTags?: TaggedField[];
}

export interface AlterUserScramCredentialsRequestScramCredentialUpsertion {
  name: string;
  mechanism: number;
  iterations: number;
  salt: Uint8Array;
  saltedPassword: Uint8Array;
  unknownTags?: TaggedField[];
}

export function readAlterUserScramCredentialsRequest(reader: Reader, version: number): AlterUserScramCredentialsRequest {
  reader.what = "AlterUserScramCredentialsRequest";
  if (version !== 0) throw versionError("AlterUserScramCredentialsRequest", version);
  let deletions: AlterUserScramCredentialsRequestScramCredentialDeletion[];
  const deletionsLength = reader.compactArrayLength(3);
  if (deletionsLength < 0) throw reader.nullError("deletions");
  {
    const list: AlterUserScramCredentialsRequestScramCredentialDeletion[] = [];
    for (let i = 0; i < deletionsLength; i++) list.push(readAlterUserScramCredentialsRequestScramCredentialDeletion(reader, version));
    deletions = list;
  }
  let upsertions: AlterUserScramCredentialsRequestScramCredentialUpsertion[];
  const upsertionsLength = reader.compactArrayLength(9);
  if (upsertionsLength < 0) throw reader.nullError("upsertions");
  {
    const list: AlterUserScramCredentialsRequestScramCredentialUpsertion[] = [];
    for (let i = 0; i < upsertionsLength; i++) list.push(readAlterUserScramCredentialsRequestScramCredentialUpsertion(reader, version));
    upsertions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterUserScramCredentialsRequest = {
    deletions,
    upsertions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAlterUserScramCredentialsRequest(writer: Writer, message: Draft<AlterUserScramCredentialsRequest>, version: number): void {
  if (version !== 0) throw versionError("AlterUserScramCredentialsRequest", version);
  const deletions = message.deletions;
  if (deletions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(deletions.length);
    for (const item of deletions) writeAlterUserScramCredentialsRequestScramCredentialDeletion(writer, item, version);
  }
  const upsertions = message.upsertions;
  if (upsertions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(upsertions.length);
    for (const item of upsertions) writeAlterUserScramCredentialsRequestScramCredentialUpsertion(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readAlterUserScramCredentialsRequestScramCredentialDeletion(reader: Reader, _version: number): AlterUserScramCredentialsRequestScramCredentialDeletion {
  const name: string = reader.compactString();
  const mechanism: number = reader.int8();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterUserScramCredentialsRequestScramCredentialDeletion = {
    name,
    mechanism,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterUserScramCredentialsRequestScramCredentialDeletion(writer: Writer, message: Draft<AlterUserScramCredentialsRequestScramCredentialDeletion>, _version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const mechanism = message.mechanism;
  writer.int8(mechanism ?? 0);
  writer.unknownTags(message.unknownTags);
}

function readAlterUserScramCredentialsRequestScramCredentialUpsertion(reader: Reader, _version: number): AlterUserScramCredentialsRequestScramCredentialUpsertion {
  const name: string = reader.compactString();
  const mechanism: number = reader.int8();
  const iterations: number = reader.int32();
  const salt: Uint8Array = reader.compactBytes();
  const saltedPassword: Uint8Array = reader.compactBytes();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterUserScramCredentialsRequestScramCredentialUpsertion = {
    name,
    mechanism,
    iterations,
    salt,
    saltedPassword,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterUserScramCredentialsRequestScramCredentialUpsertion(writer: Writer, message: Draft<AlterUserScramCredentialsRequestScramCredentialUpsertion>, _version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const mechanism = message.mechanism;
  writer.int8(mechanism ?? 0);
  const iterations = message.iterations;
  writer.int32(iterations ?? 0);
  const salt = message.salt;
  writer.compactBytes(salt ?? NO_BYTES);
  const saltedPassword = message.saltedPassword;
  writer.compactBytes(saltedPassword ?? NO_BYTES);
  writer.unknownTags(message.unknownTags);
}

export interface AlterUserScramCredentialsResponse {
  throttleTimeMs: number;
  results: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[];
  unknownTags?: TaggedField[];
}

export interface AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  user: string;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readAlterUserScramCredentialsResponse(reader: Reader, version: number): AlterUserScramCredentialsResponse {
  reader.what = "AlterUserScramCredentialsResponse";
  if (version !== 0) throw versionError("AlterUserScramCredentialsResponse", version);
  const throttleTimeMs: number = reader.int32();
  let results: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[];
  const resultsLength = reader.compactArrayLength(5);
  if (resultsLength < 0) throw reader.nullError("results");
  {
    const list: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[] = [];
    for (let i = 0; i < resultsLength; i++) list.push(readAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(reader, version));
    results = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterUserScramCredentialsResponse = {
    throttleTimeMs,
    results,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAlterUserScramCredentialsResponse(writer: Writer, message: Draft<AlterUserScramCredentialsResponse>, version: number): void {
  if (version !== 0) throw versionError("AlterUserScramCredentialsResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const results = message.results;
  if (results === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(results.length);
    for (const item of results) writeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(reader: Reader, _version: number): AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  const user: string = reader.compactString();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult = {
    user,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(writer: Writer, message: Draft<AlterUserScramCredentialsResponseAlterUserScramCredentialsResult>, _version: number): void {
  const user = message.user;
  writer.compactString(user ?? "");
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  writer.unknownTags(message.unknownTags);
}

