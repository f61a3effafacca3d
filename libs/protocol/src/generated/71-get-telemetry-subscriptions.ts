// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface GetTelemetrySubscriptionsRequest {
  clientInstanceId: Uuid;
  unknownTags?: TaggedField[];
}

export function readGetTelemetrySubscriptionsRequest(reader: Reader, version: number): GetTelemetrySubscriptionsRequest {
  reader.what = "GetTelemetrySubscriptionsRequest";
  if (version !== 0) throw versionError("GetTelemetrySubscriptionsRequest", version);
  const clientInstanceId: Uuid = reader.uuid();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: GetTelemetrySubscriptionsRequest = {
    clientInstanceId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeGetTelemetrySubscriptionsRequest(writer: Writer, message: Draft<GetTelemetrySubscriptionsRequest>, version: number): void {
  if (version !== 0) throw versionError("GetTelemetrySubscriptionsRequest", version);
  const clientInstanceId = message.clientInstanceId;
  writer.uuid(clientInstanceId ?? ZERO_UUID);
  writer.unknownTags(message.unknownTags);
}

export interface GetTelemetrySubscriptionsResponse {
  throttleTimeMs: number;
  errorCode: number;
  clientInstanceId: Uuid;
  subscriptionId: number;
  acceptedCompressionTypes: number[];
  pushIntervalMs: number;
  telemetryMaxBytes: number;
  deltaTemporality: boolean;
  requestedMetrics: string[];
  unknownTags?: TaggedField[];
}

export function readGetTelemetrySubscriptionsResponse(reader: Reader, version: number): GetTelemetrySubscriptionsResponse {
  reader.what = "GetTelemetrySubscriptionsResponse";
  if (version !== 0) throw versionError("GetTelemetrySubscriptionsResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const clientInstanceId: Uuid = reader.uuid();
  const subscriptionId: number = reader.int32();
  let acceptedCompressionTypes: number[];
  const acceptedCompressionTypesLength = reader.compactArrayLength(1);
  if (acceptedCompressionTypesLength < 0) throw reader.nullError("acceptedCompressionTypes");
  {
    const list: number[] = [];
    for (let i = 0; i < acceptedCompressionTypesLength; i++) list.push(reader.int8());
    acceptedCompressionTypes = list;
  }
  const pushIntervalMs: number = reader.int32();
  const telemetryMaxBytes: number = reader.int32();
  const deltaTemporality: boolean = reader.bool();
  let requestedMetrics: string[];
  const requestedMetricsLength = reader.compactArrayLength(1);
  if (requestedMetricsLength < 0) throw reader.nullError("requestedMetrics");
  {
    const list: string[] = [];
    for (let i = 0; i < requestedMetricsLength; i++) list.push(reader.compactString());
    requestedMetrics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: GetTelemetrySubscriptionsResponse = {
    throttleTimeMs,
    errorCode,
    clientInstanceId,
    subscriptionId,
    acceptedCompressionTypes,
    pushIntervalMs,
    telemetryMaxBytes,
    deltaTemporality,
    requestedMetrics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeGetTelemetrySubscriptionsResponse(writer: Writer, message: Draft<GetTelemetrySubscriptionsResponse>, version: number): void {
  if (version !== 0) throw versionError("GetTelemetrySubscriptionsResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const clientInstanceId = message.clientInstanceId;
  writer.uuid(clientInstanceId ?? ZERO_UUID);
  const subscriptionId = message.subscriptionId;
  writer.int32(subscriptionId ?? 0);
  const acceptedCompressionTypes = message.acceptedCompressionTypes;
  if (acceptedCompressionTypes === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(acceptedCompressionTypes.length);
    for (const item of acceptedCompressionTypes) writer.int8(item);
  }
  const pushIntervalMs = message.pushIntervalMs;
  writer.int32(pushIntervalMs ?? 0);
  const telemetryMaxBytes = message.telemetryMaxBytes;
  writer.int32(telemetryMaxBytes ?? 0);
  const deltaTemporality = message.deltaTemporality;
  writer.bool(deltaTemporality ?? false);
  const requestedMetrics = message.requestedMetrics;
  if (requestedMetrics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(requestedMetrics.length);
    for (const item of requestedMetrics) {
      writer.compactString(item);
    }
  }
  writer.unknownTags(message.unknownTags);
}

