// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ShareAcknowledgeRequest {
  groupId: string | null;
  memberId: string | null;
  shareSessionEpoch: number;
  isRenewAck: boolean;
  topics: ShareAcknowledgeRequestAcknowledgeTopic[];
  unknownTags?: TaggedField[];
}

export interface ShareAcknowledgeRequestAcknowledgeTopic {
  topicId: Uuid;
  partitions: ShareAcknowledgeRequestAcknowledgePartition[];
  unknownTags?: TaggedField[];
}

export interface ShareAcknowledgeRequestAcknowledgePartition {
  partitionIndex: number;
  acknowledgementBatches: ShareAcknowledgeRequestAcknowledgementBatch[];
  unknownTags?: TaggedField[];
}

export interface ShareAcknowledgeRequestAcknowledgementBatch {
  firstOffset: number;
  lastOffset: number;
  acknowledgeTypes: number[];
  unknownTags?: TaggedField[];
}

export function readShareAcknowledgeRequest(reader: Reader, version: number): ShareAcknowledgeRequest {
  reader.what = "ShareAcknowledgeRequest";
  if (version < 1 || version > 2) throw versionError("ShareAcknowledgeRequest", version);
  const groupId: string | null = reader.compactNullableString();
  const memberId: string | null = reader.compactNullableString();
  const shareSessionEpoch: number = reader.int32();
  const isRenewAck: boolean = version >= 2 ? reader.bool() : false;
  let topics: ShareAcknowledgeRequestAcknowledgeTopic[];
  const topicsLength = reader.compactArrayLength(18);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: ShareAcknowledgeRequestAcknowledgeTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readShareAcknowledgeRequestAcknowledgeTopic(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareAcknowledgeRequest = {
    groupId,
    memberId,
    shareSessionEpoch,
    isRenewAck,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShareAcknowledgeRequest(writer: Writer, message: Draft<ShareAcknowledgeRequest>, version: number): void {
  if (version < 1 || version > 2) throw versionError("ShareAcknowledgeRequest", version);
  const groupId = message.groupId;
  writer.compactNullableString(groupId ?? null);
  const memberId = message.memberId;
  writer.compactNullableString(memberId === undefined ? "" : memberId);
  const shareSessionEpoch = message.shareSessionEpoch;
  writer.int32(shareSessionEpoch ?? 0);
  const isRenewAck = message.isRenewAck;
  if (version >= 2) {
    writer.bool(isRenewAck ?? false);
  }
  if (!(version >= 2) && isRenewAck !== undefined && isRenewAck !== false) throw notInVersion("ShareAcknowledgeRequest.isRenewAck", version);
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeShareAcknowledgeRequestAcknowledgeTopic(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareAcknowledgeRequestAcknowledgeTopic(reader: Reader, version: number): ShareAcknowledgeRequestAcknowledgeTopic {
  const topicId: Uuid = reader.uuid();
  let partitions: ShareAcknowledgeRequestAcknowledgePartition[];
  const partitionsLength = reader.compactArrayLength(6);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: ShareAcknowledgeRequestAcknowledgePartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readShareAcknowledgeRequestAcknowledgePartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareAcknowledgeRequestAcknowledgeTopic = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareAcknowledgeRequestAcknowledgeTopic(writer: Writer, message: Draft<ShareAcknowledgeRequestAcknowledgeTopic>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeShareAcknowledgeRequestAcknowledgePartition(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareAcknowledgeRequestAcknowledgePartition(reader: Reader, version: number): ShareAcknowledgeRequestAcknowledgePartition {
  const partitionIndex: number = reader.int32();
  let acknowledgementBatches: ShareAcknowledgeRequestAcknowledgementBatch[];
  const acknowledgementBatchesLength = reader.compactArrayLength(18);
  if (acknowledgementBatchesLength < 0) throw reader.nullError("acknowledgementBatches");
  {
    const list: ShareAcknowledgeRequestAcknowledgementBatch[] = [];
    for (let i = 0; i < acknowledgementBatchesLength; i++) list.push(readShareAcknowledgeRequestAcknowledgementBatch(reader, version));
    acknowledgementBatches = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareAcknowledgeRequestAcknowledgePartition = {
    partitionIndex,
    acknowledgementBatches,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareAcknowledgeRequestAcknowledgePartition(writer: Writer, message: Draft<ShareAcknowledgeRequestAcknowledgePartition>, version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const acknowledgementBatches = message.acknowledgementBatches;
  if (acknowledgementBatches === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(acknowledgementBatches.length);
    for (const item of acknowledgementBatches) writeShareAcknowledgeRequestAcknowledgementBatch(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareAcknowledgeRequestAcknowledgementBatch(reader: Reader, _version: number): ShareAcknowledgeRequestAcknowledgementBatch {
  const firstOffset: number = reader.int64();
  const lastOffset: number = reader.int64();
  let acknowledgeTypes: number[];
  const acknowledgeTypesLength = reader.compactArrayLength(1);
  if (acknowledgeTypesLength < 0) throw reader.nullError("acknowledgeTypes");
  {
    const list: number[] = [];
    for (let i = 0; i < acknowledgeTypesLength; i++) list.push(reader.int8());
    acknowledgeTypes = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareAcknowledgeRequestAcknowledgementBatch = {
    firstOffset,
    lastOffset,
    acknowledgeTypes,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareAcknowledgeRequestAcknowledgementBatch(writer: Writer, message: Draft<ShareAcknowledgeRequestAcknowledgementBatch>, _version: number): void {
  const firstOffset = message.firstOffset;
  writer.int64(firstOffset ?? 0);
  const lastOffset = message.lastOffset;
  writer.int64(lastOffset ?? 0);
  const acknowledgeTypes = message.acknowledgeTypes;
  if (acknowledgeTypes === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(acknowledgeTypes.length);
    for (const item of acknowledgeTypes) writer.int8(item);
  }
  writer.unknownTags(message.unknownTags);
}

export interface ShareAcknowledgeResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  acquisitionLockTimeoutMs: number;
  responses: ShareAcknowledgeResponseShareAcknowledgeTopicResponse[];
  nodeEndpoints: ShareAcknowledgeResponseNodeEndpoint[];
  unknownTags?: TaggedField[];
}

export interface ShareAcknowledgeResponseShareAcknowledgeTopicResponse {
  topicId: Uuid;
  partitions: ShareAcknowledgeResponsePartitionData[];
  unknownTags?: TaggedField[];
}

export interface ShareAcknowledgeResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  currentLeader: ShareAcknowledgeResponseLeaderIdAndEpoch;
  unknownTags?: TaggedField[];
}

export interface ShareAcknowledgeResponseLeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
  unknownTags?: TaggedField[];
}

export interface ShareAcknowledgeResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
  unknownTags?: TaggedField[];
}

export function readShareAcknowledgeResponse(reader: Reader, version: number): ShareAcknowledgeResponse {
  reader.what = "ShareAcknowledgeResponse";
  if (version < 1 || version > 2) throw versionError("ShareAcknowledgeResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  const acquisitionLockTimeoutMs: number = version >= 2 ? reader.int32() : 0;
  let responses: ShareAcknowledgeResponseShareAcknowledgeTopicResponse[];
  const responsesLength = reader.compactArrayLength(18);
  if (responsesLength < 0) throw reader.nullError("responses");
  {
    const list: ShareAcknowledgeResponseShareAcknowledgeTopicResponse[] = [];
    for (let i = 0; i < responsesLength; i++) list.push(readShareAcknowledgeResponseShareAcknowledgeTopicResponse(reader, version));
    responses = list;
  }
  let nodeEndpoints: ShareAcknowledgeResponseNodeEndpoint[];
  const nodeEndpointsLength = reader.compactArrayLength(11);
  if (nodeEndpointsLength < 0) throw reader.nullError("nodeEndpoints");
  {
    const list: ShareAcknowledgeResponseNodeEndpoint[] = [];
    for (let i = 0; i < nodeEndpointsLength; i++) list.push(readShareAcknowledgeResponseNodeEndpoint(reader, version));
    nodeEndpoints = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareAcknowledgeResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
    acquisitionLockTimeoutMs,
    responses,
    nodeEndpoints,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShareAcknowledgeResponse(writer: Writer, message: Draft<ShareAcknowledgeResponse>, version: number): void {
  if (version < 1 || version > 2) throw versionError("ShareAcknowledgeResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  const acquisitionLockTimeoutMs = message.acquisitionLockTimeoutMs;
  if (version >= 2) {
    writer.int32(acquisitionLockTimeoutMs ?? 0);
  }
  const responses = message.responses;
  if (responses === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(responses.length);
    for (const item of responses) writeShareAcknowledgeResponseShareAcknowledgeTopicResponse(writer, item, version);
  }
  const nodeEndpoints = message.nodeEndpoints;
  if (nodeEndpoints === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(nodeEndpoints.length);
    for (const item of nodeEndpoints) writeShareAcknowledgeResponseNodeEndpoint(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareAcknowledgeResponseShareAcknowledgeTopicResponse(reader: Reader, version: number): ShareAcknowledgeResponseShareAcknowledgeTopicResponse {
  const topicId: Uuid = reader.uuid();
  let partitions: ShareAcknowledgeResponsePartitionData[];
  const partitionsLength = reader.compactArrayLength(17);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: ShareAcknowledgeResponsePartitionData[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readShareAcknowledgeResponsePartitionData(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareAcknowledgeResponseShareAcknowledgeTopicResponse = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareAcknowledgeResponseShareAcknowledgeTopicResponse(writer: Writer, message: Draft<ShareAcknowledgeResponseShareAcknowledgeTopicResponse>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeShareAcknowledgeResponsePartitionData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareAcknowledgeResponsePartitionData(reader: Reader, version: number): ShareAcknowledgeResponsePartitionData {
  const partitionIndex: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  const currentLeader: ShareAcknowledgeResponseLeaderIdAndEpoch = readShareAcknowledgeResponseLeaderIdAndEpoch(reader, version);
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareAcknowledgeResponsePartitionData = {
    partitionIndex,
    errorCode,
    errorMessage,
    currentLeader,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareAcknowledgeResponsePartitionData(writer: Writer, message: Draft<ShareAcknowledgeResponsePartitionData>, version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  const currentLeader = message.currentLeader;
  writeShareAcknowledgeResponseLeaderIdAndEpoch(writer, currentLeader ?? {}, version);
  writer.unknownTags(message.unknownTags);
}

function readShareAcknowledgeResponseLeaderIdAndEpoch(reader: Reader, _version: number): ShareAcknowledgeResponseLeaderIdAndEpoch {
  const leaderId: number = reader.int32();
  const leaderEpoch: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareAcknowledgeResponseLeaderIdAndEpoch = {
    leaderId,
    leaderEpoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareAcknowledgeResponseLeaderIdAndEpoch(writer: Writer, message: Draft<ShareAcknowledgeResponseLeaderIdAndEpoch>, _version: number): void {
  const leaderId = message.leaderId;
  writer.int32(leaderId ?? 0);
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch ?? 0);
  writer.unknownTags(message.unknownTags);
}

function readShareAcknowledgeResponseNodeEndpoint(reader: Reader, _version: number): ShareAcknowledgeResponseNodeEndpoint {
  const nodeId: number = reader.int32();
  const host: string = reader.compactString();
  const port: number = reader.int32();
  const rack: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareAcknowledgeResponseNodeEndpoint = {
    nodeId,
    host,
    port,
    rack,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareAcknowledgeResponseNodeEndpoint(writer: Writer, message: Draft<ShareAcknowledgeResponseNodeEndpoint>, _version: number): void {
  const nodeId = message.nodeId;
  writer.int32(nodeId ?? 0);
  const host = message.host;
  writer.compactString(host ?? "");
  const port = message.port;
  writer.int32(port ?? 0);
  const rack = message.rack;
  writer.compactNullableString(rack ?? null);
  writer.unknownTags(message.unknownTags);
}

