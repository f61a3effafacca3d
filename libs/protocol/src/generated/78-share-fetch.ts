// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ShareFetchRequest {
  groupId: string | null;
  memberId: string | null;
  shareSessionEpoch: number;
  maxWaitMs: number;
  minBytes: number;
  maxBytes: number;
  maxRecords: number;
  batchSize: number;
  shareAcquireMode: number;
  isRenewAck: boolean;
  topics: ShareFetchRequestFetchTopic[];
  forgottenTopicsData: ShareFetchRequestForgottenTopic[];
  unknownTags?: TaggedField[];
}

export interface ShareFetchRequestFetchTopic {
  topicId: Uuid;
  partitions: ShareFetchRequestFetchPartition[];
  unknownTags?: TaggedField[];
}

export interface ShareFetchRequestFetchPartition {
  partitionIndex: number;
  acknowledgementBatches: ShareFetchRequestAcknowledgementBatch[];
  unknownTags?: TaggedField[];
}

export interface ShareFetchRequestAcknowledgementBatch {
  firstOffset: number;
  lastOffset: number;
  acknowledgeTypes: number[];
  unknownTags?: TaggedField[];
}

export interface ShareFetchRequestForgottenTopic {
  topicId: Uuid;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readShareFetchRequest(reader: Reader, version: number): ShareFetchRequest {
  reader.what = "ShareFetchRequest";
  if (version < 1 || version > 2) throw versionError("ShareFetchRequest", version);
  const groupId: string | null = reader.compactNullableString();
  const memberId: string | null = reader.compactNullableString();
  const shareSessionEpoch: number = reader.int32();
  const maxWaitMs: number = reader.int32();
  const minBytes: number = reader.int32();
  const maxBytes: number = reader.int32();
  const maxRecords: number = reader.int32();
  const batchSize: number = reader.int32();
  const shareAcquireMode: number = version >= 2 ? reader.int8() : 0;
  const isRenewAck: boolean = version >= 2 ? reader.bool() : false;
  let topics: ShareFetchRequestFetchTopic[];
  const topicsLength = reader.compactArrayLength(18);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: ShareFetchRequestFetchTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readShareFetchRequestFetchTopic(reader, version));
    topics = list;
  }
  let forgottenTopicsData: ShareFetchRequestForgottenTopic[];
  const forgottenTopicsDataLength = reader.compactArrayLength(18);
  if (forgottenTopicsDataLength < 0) throw reader.nullError("forgottenTopicsData");
  {
    const list: ShareFetchRequestForgottenTopic[] = [];
    for (let i = 0; i < forgottenTopicsDataLength; i++) list.push(readShareFetchRequestForgottenTopic(reader, version));
    forgottenTopicsData = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareFetchRequest = {
    groupId,
    memberId,
    shareSessionEpoch,
    maxWaitMs,
    minBytes,
    maxBytes,
    maxRecords,
    batchSize,
    shareAcquireMode,
    isRenewAck,
    topics,
    forgottenTopicsData,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShareFetchRequest(writer: Writer, message: Draft<ShareFetchRequest>, version: number): void {
  if (version < 1 || version > 2) throw versionError("ShareFetchRequest", version);
  const groupId = message.groupId;
  writer.compactNullableString(groupId ?? null);
  const memberId = message.memberId;
  writer.compactNullableString(memberId === undefined ? "" : memberId);
  const shareSessionEpoch = message.shareSessionEpoch;
  writer.int32(shareSessionEpoch ?? 0);
  const maxWaitMs = message.maxWaitMs;
  writer.int32(maxWaitMs ?? 0);
  const minBytes = message.minBytes;
  writer.int32(minBytes ?? 0);
  const maxBytes = message.maxBytes;
  writer.int32(maxBytes ?? 2147483647);
  const maxRecords = message.maxRecords;
  writer.int32(maxRecords ?? 0);
  const batchSize = message.batchSize;
  writer.int32(batchSize ?? 0);
  const shareAcquireMode = message.shareAcquireMode;
  if (version >= 2) {
    writer.int8(shareAcquireMode ?? 0);
  }
  const isRenewAck = message.isRenewAck;
  if (version >= 2) {
    writer.bool(isRenewAck ?? false);
  }
  if (!(version >= 2) && isRenewAck !== undefined && isRenewAck !== false) throw notInVersion("ShareFetchRequest.isRenewAck", version);
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeShareFetchRequestFetchTopic(writer, item, version);
  }
  const forgottenTopicsData = message.forgottenTopicsData;
  if (forgottenTopicsData === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(forgottenTopicsData.length);
    for (const item of forgottenTopicsData) writeShareFetchRequestForgottenTopic(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareFetchRequestFetchTopic(reader: Reader, version: number): ShareFetchRequestFetchTopic {
  const topicId: Uuid = reader.uuid();
  let partitions: ShareFetchRequestFetchPartition[];
  const partitionsLength = reader.compactArrayLength(6);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: ShareFetchRequestFetchPartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readShareFetchRequestFetchPartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareFetchRequestFetchTopic = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareFetchRequestFetchTopic(writer: Writer, message: Draft<ShareFetchRequestFetchTopic>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeShareFetchRequestFetchPartition(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareFetchRequestFetchPartition(reader: Reader, version: number): ShareFetchRequestFetchPartition {
  const partitionIndex: number = reader.int32();
  let acknowledgementBatches: ShareFetchRequestAcknowledgementBatch[];
  const acknowledgementBatchesLength = reader.compactArrayLength(18);
  if (acknowledgementBatchesLength < 0) throw reader.nullError("acknowledgementBatches");
  {
    const list: ShareFetchRequestAcknowledgementBatch[] = [];
    for (let i = 0; i < acknowledgementBatchesLength; i++) list.push(readShareFetchRequestAcknowledgementBatch(reader, version));
    acknowledgementBatches = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareFetchRequestFetchPartition = {
    partitionIndex,
    acknowledgementBatches,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareFetchRequestFetchPartition(writer: Writer, message: Draft<ShareFetchRequestFetchPartition>, version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const acknowledgementBatches = message.acknowledgementBatches;
  if (acknowledgementBatches === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(acknowledgementBatches.length);
    for (const item of acknowledgementBatches) writeShareFetchRequestAcknowledgementBatch(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareFetchRequestAcknowledgementBatch(reader: Reader, _version: number): ShareFetchRequestAcknowledgementBatch {
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
  const message: ShareFetchRequestAcknowledgementBatch = {
    firstOffset,
    lastOffset,
    acknowledgeTypes,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareFetchRequestAcknowledgementBatch(writer: Writer, message: Draft<ShareFetchRequestAcknowledgementBatch>, _version: number): void {
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

function readShareFetchRequestForgottenTopic(reader: Reader, _version: number): ShareFetchRequestForgottenTopic {
  const topicId: Uuid = reader.uuid();
  let partitions: number[];
  const partitionsLength = reader.compactArrayLength(4);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: number[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(reader.int32());
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareFetchRequestForgottenTopic = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareFetchRequestForgottenTopic(writer: Writer, message: Draft<ShareFetchRequestForgottenTopic>, _version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writer.int32(item);
  }
  writer.unknownTags(message.unknownTags);
}

export interface ShareFetchResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  acquisitionLockTimeoutMs: number;
  responses: ShareFetchResponseShareFetchableTopicResponse[];
  nodeEndpoints: ShareFetchResponseNodeEndpoint[];
  unknownTags?: TaggedField[];
}

export interface ShareFetchResponseShareFetchableTopicResponse {
  topicId: Uuid;
  partitions: ShareFetchResponsePartitionData[];
  unknownTags?: TaggedField[];
}

export interface ShareFetchResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  acknowledgeErrorCode: number;
  acknowledgeErrorMessage: string | null;
  currentLeader: ShareFetchResponseLeaderIdAndEpoch;
  records: Uint8Array | null;
  acquiredRecords: ShareFetchResponseAcquiredRecords[];
  unknownTags?: TaggedField[];
}

export interface ShareFetchResponseLeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
  unknownTags?: TaggedField[];
}

export interface ShareFetchResponseAcquiredRecords {
  firstOffset: number;
  lastOffset: number;
  deliveryCount: number;
  unknownTags?: TaggedField[];
}

export interface ShareFetchResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
  unknownTags?: TaggedField[];
}

export function readShareFetchResponse(reader: Reader, version: number): ShareFetchResponse {
  reader.what = "ShareFetchResponse";
  if (version < 1 || version > 2) throw versionError("ShareFetchResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  const acquisitionLockTimeoutMs: number = reader.int32();
  let responses: ShareFetchResponseShareFetchableTopicResponse[];
  const responsesLength = reader.compactArrayLength(18);
  if (responsesLength < 0) throw reader.nullError("responses");
  {
    const list: ShareFetchResponseShareFetchableTopicResponse[] = [];
    for (let i = 0; i < responsesLength; i++) list.push(readShareFetchResponseShareFetchableTopicResponse(reader, version));
    responses = list;
  }
  let nodeEndpoints: ShareFetchResponseNodeEndpoint[];
  const nodeEndpointsLength = reader.compactArrayLength(11);
  if (nodeEndpointsLength < 0) throw reader.nullError("nodeEndpoints");
  {
    const list: ShareFetchResponseNodeEndpoint[] = [];
    for (let i = 0; i < nodeEndpointsLength; i++) list.push(readShareFetchResponseNodeEndpoint(reader, version));
    nodeEndpoints = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareFetchResponse = {
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

export function writeShareFetchResponse(writer: Writer, message: Draft<ShareFetchResponse>, version: number): void {
  if (version < 1 || version > 2) throw versionError("ShareFetchResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  const acquisitionLockTimeoutMs = message.acquisitionLockTimeoutMs;
  writer.int32(acquisitionLockTimeoutMs ?? 0);
  const responses = message.responses;
  if (responses === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(responses.length);
    for (const item of responses) writeShareFetchResponseShareFetchableTopicResponse(writer, item, version);
  }
  const nodeEndpoints = message.nodeEndpoints;
  if (nodeEndpoints === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(nodeEndpoints.length);
    for (const item of nodeEndpoints) writeShareFetchResponseNodeEndpoint(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareFetchResponseShareFetchableTopicResponse(reader: Reader, version: number): ShareFetchResponseShareFetchableTopicResponse {
  const topicId: Uuid = reader.uuid();
  let partitions: ShareFetchResponsePartitionData[];
  const partitionsLength = reader.compactArrayLength(22);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: ShareFetchResponsePartitionData[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readShareFetchResponsePartitionData(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareFetchResponseShareFetchableTopicResponse = {
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareFetchResponseShareFetchableTopicResponse(writer: Writer, message: Draft<ShareFetchResponseShareFetchableTopicResponse>, version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeShareFetchResponsePartitionData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareFetchResponsePartitionData(reader: Reader, version: number): ShareFetchResponsePartitionData {
  const partitionIndex: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  const acknowledgeErrorCode: number = reader.int16();
  const acknowledgeErrorMessage: string | null = reader.compactNullableString();
  const currentLeader: ShareFetchResponseLeaderIdAndEpoch = readShareFetchResponseLeaderIdAndEpoch(reader, version);
  const records: Uint8Array | null = reader.compactBytes();
  let acquiredRecords: ShareFetchResponseAcquiredRecords[];
  const acquiredRecordsLength = reader.compactArrayLength(19);
  if (acquiredRecordsLength < 0) throw reader.nullError("acquiredRecords");
  {
    const list: ShareFetchResponseAcquiredRecords[] = [];
    for (let i = 0; i < acquiredRecordsLength; i++) list.push(readShareFetchResponseAcquiredRecords(reader, version));
    acquiredRecords = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareFetchResponsePartitionData = {
    partitionIndex,
    errorCode,
    errorMessage,
    acknowledgeErrorCode,
    acknowledgeErrorMessage,
    currentLeader,
    records,
    acquiredRecords,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareFetchResponsePartitionData(writer: Writer, message: Draft<ShareFetchResponsePartitionData>, version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  const acknowledgeErrorCode = message.acknowledgeErrorCode;
  writer.int16(acknowledgeErrorCode ?? 0);
  const acknowledgeErrorMessage = message.acknowledgeErrorMessage;
  writer.compactNullableString(acknowledgeErrorMessage ?? null);
  const currentLeader = message.currentLeader;
  writeShareFetchResponseLeaderIdAndEpoch(writer, currentLeader ?? {}, version);
  const records = message.records;
  if (records === undefined || records === null) throw nullIn("ShareFetchResponsePartitionData.records", version);
  writer.compactNullableBytes(records ?? null);
  const acquiredRecords = message.acquiredRecords;
  if (acquiredRecords === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(acquiredRecords.length);
    for (const item of acquiredRecords) writeShareFetchResponseAcquiredRecords(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareFetchResponseLeaderIdAndEpoch(reader: Reader, _version: number): ShareFetchResponseLeaderIdAndEpoch {
  const leaderId: number = reader.int32();
  const leaderEpoch: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareFetchResponseLeaderIdAndEpoch = {
    leaderId,
    leaderEpoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareFetchResponseLeaderIdAndEpoch(writer: Writer, message: Draft<ShareFetchResponseLeaderIdAndEpoch>, _version: number): void {
  const leaderId = message.leaderId;
  writer.int32(leaderId ?? 0);
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch ?? 0);
  writer.unknownTags(message.unknownTags);
}

function readShareFetchResponseAcquiredRecords(reader: Reader, _version: number): ShareFetchResponseAcquiredRecords {
  const firstOffset: number = reader.int64();
  const lastOffset: number = reader.int64();
  const deliveryCount: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareFetchResponseAcquiredRecords = {
    firstOffset,
    lastOffset,
    deliveryCount,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareFetchResponseAcquiredRecords(writer: Writer, message: Draft<ShareFetchResponseAcquiredRecords>, _version: number): void {
  const firstOffset = message.firstOffset;
  writer.int64(firstOffset ?? 0);
  const lastOffset = message.lastOffset;
  writer.int64(lastOffset ?? 0);
  const deliveryCount = message.deliveryCount;
  writer.int16(deliveryCount ?? 0);
  writer.unknownTags(message.unknownTags);
}

function readShareFetchResponseNodeEndpoint(reader: Reader, _version: number): ShareFetchResponseNodeEndpoint {
  const nodeId: number = reader.int32();
  const host: string = reader.compactString();
  const port: number = reader.int32();
  const rack: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareFetchResponseNodeEndpoint = {
    nodeId,
    host,
    port,
    rack,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareFetchResponseNodeEndpoint(writer: Writer, message: Draft<ShareFetchResponseNodeEndpoint>, _version: number): void {
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

