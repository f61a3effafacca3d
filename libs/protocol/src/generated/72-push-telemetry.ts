// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, NO_BYTES, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface PushTelemetryRequest {
  clientInstanceId: Uuid;
  subscriptionId: number;
  terminating: boolean;
  compressionType: number;
  metrics: Uint8Array;
  unknownTags?: TaggedField[];
}

export function readPushTelemetryRequest(reader: Reader, version: number): PushTelemetryRequest {
  reader.what = "PushTelemetryRequest";
  if (version !== 0) throw versionError("PushTelemetryRequest", version);
  const clientInstanceId: Uuid = reader.uuid();
  const subscriptionId: number = reader.int32();
  const terminating: boolean = reader.bool();
  const compressionType: number = reader.int8();
  const metrics: Uint8Array = reader.compactBytes();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: PushTelemetryRequest = {
    clientInstanceId,
    subscriptionId,
    terminating,
    compressionType,
    metrics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writePushTelemetryRequest(writer: Writer, message: Draft<PushTelemetryRequest>, version: number): void {
  if (version !== 0) throw versionError("PushTelemetryRequest", version);
  const clientInstanceId = message.clientInstanceId;
  writer.uuid(clientInstanceId ?? ZERO_UUID);
  const subscriptionId = message.subscriptionId;
  writer.int32(subscriptionId ?? 0);
  const terminating = message.terminating;
  writer.bool(terminating ?? false);
  const compressionType = message.compressionType;
  writer.int8(compressionType ?? 0);
  const metrics = message.metrics;
  writer.compactBytes(metrics ?? NO_BYTES);
  writer.unknownTags(message.unknownTags);
}

export interface PushTelemetryResponse {
  throttleTimeMs: number;
  errorCode: number;
  unknownTags?: TaggedField[];
}

export function readPushTelemetryResponse(reader: Reader, version: number): PushTelemetryResponse {
  reader.what = "PushTelemetryResponse";
  if (version !== 0) throw versionError("PushTelemetryResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: PushTelemetryResponse = {
    throttleTimeMs,
    errorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writePushTelemetryResponse(writer: Writer, message: Draft<PushTelemetryResponse>, version: number): void {
  if (version !== 0) throw versionError("PushTelemetryResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  writer.unknownTags(message.unknownTags);
}

