// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DescribeUserScramCredentialsRequest {
  users: DescribeUserScramCredentialsRequestUserName[] | null;
  unknownTags?: TaggedField[];
}

export interface DescribeUserScramCredentialsRequestUserName {
  name: string;
  unknownTags?: TaggedField[];
}

export function readDescribeUserScramCredentialsRequest(reader: Reader, version: number): DescribeUserScramCredentialsRequest {
  reader.what = "DescribeUserScramCredentialsRequest";
  if (version !== 0) throw versionError("DescribeUserScramCredentialsRequest", version);
  let users: DescribeUserScramCredentialsRequestUserName[] | null = null;
  const usersLength = reader.compactArrayLength(2);
  if (usersLength < 0) {
    users = null;
  }
  else {
    const list: DescribeUserScramCredentialsRequestUserName[] = [];
    for (let i = 0; i < usersLength; i++) list.push(readDescribeUserScramCredentialsRequestUserName(reader, version));
    users = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeUserScramCredentialsRequest = {
    users,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeUserScramCredentialsRequest(writer: Writer, message: Draft<DescribeUserScramCredentialsRequest>, version: number): void {
  if (version !== 0) throw versionError("DescribeUserScramCredentialsRequest", version);
  const users = message.users;
  if (users === null) {
    writer.compactLength(-1);
  }
  else if (users === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(users.length);
    for (const item of users) writeDescribeUserScramCredentialsRequestUserName(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeUserScramCredentialsRequestUserName(reader: Reader, _version: number): DescribeUserScramCredentialsRequestUserName {
  const name: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeUserScramCredentialsRequestUserName = {
    name,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeUserScramCredentialsRequestUserName(writer: Writer, message: Draft<DescribeUserScramCredentialsRequestUserName>, _version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  writer.unknownTags(message.unknownTags);
}

export interface DescribeUserScramCredentialsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  results: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[];
  unknownTags?: TaggedField[];
}

export interface DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  user: string;
  errorCode: number;
  errorMessage: string | null;
  credentialInfos: DescribeUserScramCredentialsResponseCredentialInfo[];
  unknownTags?: TaggedField[];
}

export interface DescribeUserScramCredentialsResponseCredentialInfo {
  mechanism: number;
  iterations: number;
  unknownTags?: TaggedField[];
}

export function readDescribeUserScramCredentialsResponse(reader: Reader, version: number): DescribeUserScramCredentialsResponse {
  reader.what = "DescribeUserScramCredentialsResponse";
  if (version !== 0) throw versionError("DescribeUserScramCredentialsResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let results: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[];
  const resultsLength = reader.compactArrayLength(6);
  if (resultsLength < 0) throw reader.nullError("results");
  {
    const list: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[] = [];
    for (let i = 0; i < resultsLength; i++) list.push(readDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(reader, version));
    results = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeUserScramCredentialsResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
    results,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeUserScramCredentialsResponse(writer: Writer, message: Draft<DescribeUserScramCredentialsResponse>, version: number): void {
  if (version !== 0) throw versionError("DescribeUserScramCredentialsResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  const results = message.results;
  if (results === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(results.length);
    for (const item of results) writeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(reader: Reader, version: number): DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  const user: string = reader.compactString();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let credentialInfos: DescribeUserScramCredentialsResponseCredentialInfo[];
  const credentialInfosLength = reader.compactArrayLength(6);
  if (credentialInfosLength < 0) throw reader.nullError("credentialInfos");
  {
    const list: DescribeUserScramCredentialsResponseCredentialInfo[] = [];
    for (let i = 0; i < credentialInfosLength; i++) list.push(readDescribeUserScramCredentialsResponseCredentialInfo(reader, version));
    credentialInfos = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult = {
    user,
    errorCode,
    errorMessage,
    credentialInfos,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(writer: Writer, message: Draft<DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult>, version: number): void {
  const user = message.user;
  writer.compactString(user ?? "");
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  const credentialInfos = message.credentialInfos;
  if (credentialInfos === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(credentialInfos.length);
    for (const item of credentialInfos) writeDescribeUserScramCredentialsResponseCredentialInfo(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeUserScramCredentialsResponseCredentialInfo(reader: Reader, _version: number): DescribeUserScramCredentialsResponseCredentialInfo {
  const mechanism: number = reader.int8();
  const iterations: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeUserScramCredentialsResponseCredentialInfo = {
    mechanism,
    iterations,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeUserScramCredentialsResponseCredentialInfo(writer: Writer, message: Draft<DescribeUserScramCredentialsResponseCredentialInfo>, _version: number): void {
  const mechanism = message.mechanism;
  writer.int8(mechanism ?? 0);
  const iterations = message.iterations;
  writer.int32(iterations ?? 0);
  writer.unknownTags(message.unknownTags);
}

