// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface RemoveRaftVoterRequest {
  clusterId: string | null;
  voterId: number;
  voterDirectoryId: Uuid;
  unknownTags?: TaggedField[];
}

export function readRemoveRaftVoterRequest(reader: Reader, version: number): RemoveRaftVoterRequest {
  reader.what = "RemoveRaftVoterRequest";
  if (version !== 0) throw versionError("RemoveRaftVoterRequest", version);
  const clusterId: string | null = reader.compactNullableString();
  const voterId: number = reader.int32();
  const voterDirectoryId: Uuid = reader.uuid();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: RemoveRaftVoterRequest = {
    clusterId,
    voterId,
    voterDirectoryId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeRemoveRaftVoterRequest(writer: Writer, message: Draft<RemoveRaftVoterRequest>, version: number): void {
  if (version !== 0) throw versionError("RemoveRaftVoterRequest", version);
  const clusterId = message.clusterId;
  writer.compactNullableString(clusterId === undefined ? "" : clusterId);
  const voterId = message.voterId;
  writer.int32(voterId ?? 0);
  const voterDirectoryId = message.voterDirectoryId;
  writer.uuid(voterDirectoryId ?? ZERO_UUID);
  writer.unknownTags(message.unknownTags);
}

export interface RemoveRaftVoterResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readRemoveRaftVoterResponse(reader: Reader, version: number): RemoveRaftVoterResponse {
  reader.what = "RemoveRaftVoterResponse";
  if (version !== 0) throw versionError("RemoveRaftVoterResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: RemoveRaftVoterResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeRemoveRaftVoterResponse(writer: Writer, message: Draft<RemoveRaftVoterResponse>, version: number): void {
  if (version !== 0) throw versionError("RemoveRaftVoterResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  writer.unknownTags(message.unknownTags);
}

