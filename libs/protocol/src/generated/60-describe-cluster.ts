// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DescribeClusterRequest {
  includeClusterAuthorizedOperations: boolean;
  endpointType: number;
  includeFencedBrokers: boolean;
  unknownTags?: TaggedField[];
}

export function readDescribeClusterRequest(reader: Reader, version: number): DescribeClusterRequest {
  reader.what = "DescribeClusterRequest";
  if (version < 0 || version > 2) throw versionError("DescribeClusterRequest", version);
  const includeClusterAuthorizedOperations: boolean = reader.bool();
  const endpointType: number = version >= 1 ? reader.int8() : 1;
  const includeFencedBrokers: boolean = version >= 2 ? reader.bool() : false;
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeClusterRequest = {
    includeClusterAuthorizedOperations,
    endpointType,
    includeFencedBrokers,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeClusterRequest(writer: Writer, message: Draft<DescribeClusterRequest>, version: number): void {
  if (version < 0 || version > 2) throw versionError("DescribeClusterRequest", version);
  const includeClusterAuthorizedOperations = message.includeClusterAuthorizedOperations;
  writer.bool(includeClusterAuthorizedOperations ?? false);
  const endpointType = message.endpointType;
  if (version >= 1) {
    writer.int8(endpointType ?? 1);
  }
  if (!(version >= 1) && endpointType !== undefined && endpointType !== 1) throw notInVersion("DescribeClusterRequest.endpointType", version);
  const includeFencedBrokers = message.includeFencedBrokers;
  if (version >= 2) {
    writer.bool(includeFencedBrokers ?? false);
  }
  if (!(version >= 2) && includeFencedBrokers !== undefined && includeFencedBrokers !== false) throw notInVersion("DescribeClusterRequest.includeFencedBrokers", version);
  writer.unknownTags(message.unknownTags);
}

export interface DescribeClusterResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  endpointType: number;
  clusterId: string;
  controllerId: number;
  brokers: DescribeClusterResponseDescribeClusterBroker[];
  clusterAuthorizedOperations: number;
  unknownTags?: TaggedField[];
}

export interface DescribeClusterResponseDescribeClusterBroker {
  brokerId: number;
  host: string;
  port: number;
  rack: string | null;
  isFenced: boolean;
  unknownTags?: TaggedField[];
}

export function readDescribeClusterResponse(reader: Reader, version: number): DescribeClusterResponse {
  reader.what = "DescribeClusterResponse";
  if (version < 0 || version > 2) throw versionError("DescribeClusterResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  const endpointType: number = version >= 1 ? reader.int8() : 1;
  const clusterId: string = reader.compactString();
  const controllerId: number = reader.int32();
  let brokers: DescribeClusterResponseDescribeClusterBroker[];
  const brokersLength = reader.compactArrayLength(11);
  if (brokersLength < 0) throw reader.nullError("brokers");
  {
    const list: DescribeClusterResponseDescribeClusterBroker[] = [];
    for (let i = 0; i < brokersLength; i++) list.push(readDescribeClusterResponseDescribeClusterBroker(reader, version));
    brokers = list;
  }
  const clusterAuthorizedOperations: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeClusterResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
    endpointType,
    clusterId,
    controllerId,
    brokers,
    clusterAuthorizedOperations,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeClusterResponse(writer: Writer, message: Draft<DescribeClusterResponse>, version: number): void {
  if (version < 0 || version > 2) throw versionError("DescribeClusterResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  const endpointType = message.endpointType;
  if (version >= 1) {
    writer.int8(endpointType ?? 1);
  }
  if (!(version >= 1) && endpointType !== undefined && endpointType !== 1) throw notInVersion("DescribeClusterResponse.endpointType", version);
  const clusterId = message.clusterId;
  writer.compactString(clusterId ?? "");
  const controllerId = message.controllerId;
  writer.int32(controllerId ?? -1);
  const brokers = message.brokers;
  if (brokers === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(brokers.length);
    for (const item of brokers) writeDescribeClusterResponseDescribeClusterBroker(writer, item, version);
  }
  const clusterAuthorizedOperations = message.clusterAuthorizedOperations;
  writer.int32(clusterAuthorizedOperations ?? -2147483648);
  writer.unknownTags(message.unknownTags);
}

function readDescribeClusterResponseDescribeClusterBroker(reader: Reader, version: number): DescribeClusterResponseDescribeClusterBroker {
  const brokerId: number = reader.int32();
  const host: string = reader.compactString();
  const port: number = reader.int32();
  const rack: string | null = reader.compactNullableString();
  const isFenced: boolean = version >= 2 ? reader.bool() : false;
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeClusterResponseDescribeClusterBroker = {
    brokerId,
    host,
    port,
    rack,
    isFenced,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeClusterResponseDescribeClusterBroker(writer: Writer, message: Draft<DescribeClusterResponseDescribeClusterBroker>, version: number): void {
  const brokerId = message.brokerId;
  writer.int32(brokerId ?? 0);
  const host = message.host;
  writer.compactString(host ?? "");
  const port = message.port;
  writer.int32(port ?? 0);
  const rack = message.rack;
  writer.compactNullableString(rack ?? null);
  const isFenced = message.isFenced;
  if (version >= 2) {
    writer.bool(isFenced ?? false);
  }
  if (!(version >= 2) && isFenced !== undefined && isFenced !== false) throw notInVersion("DescribeClusterResponseDescribeClusterBroker.isFenced", version);
  writer.unknownTags(message.unknownTags);
}

