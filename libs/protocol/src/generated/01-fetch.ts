// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface FetchRequest {
  clusterId: string | null;
  replicaId: number;
  replicaState: FetchRequestReplicaState;
  maxWaitMs: number;
  minBytes: number;
  maxBytes: number;
  isolationLevel: number;
  sessionId: number;
  sessionEpoch: number;
  topics: FetchRequestFetchTopic[];
  forgottenTopicsData: FetchRequestForgottenTopic[];
  rackId: string;
  unknownTags?: TaggedField[];
}

export interface FetchRequestReplicaState {
  replicaId: number;
  replicaEpoch: number;
  unknownTags?: TaggedField[];
}

export interface FetchRequestFetchTopic {
  topic: string;
  topicId: Uuid;
  partitions: FetchRequestFetchPartition[];
  unknownTags?: TaggedField[];
}

export interface FetchRequestFetchPartition {
  partition: number;
  currentLeaderEpoch: number;
  fetchOffset: number;
  lastFetchedEpoch: number;
  logStartOffset: number;
  partitionMaxBytes: number;
  replicaDirectoryId: Uuid;
  highWatermark: number;
  unknownTags?: TaggedField[];
}

export interface FetchRequestForgottenTopic {
  topic: string;
  topicId: Uuid;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readFetchRequest(reader: Reader, version: number): FetchRequest {
  reader.what = "FetchRequest";
  if (version < 4 || version > 18) throw versionError("FetchRequest", version);
  const flexible = version >= 12;
  let clusterId: string | null = null;
  const replicaId: number = version <= 14 ? reader.int32() : -1;
  let replicaState: FetchRequestReplicaState = defaultFetchRequestReplicaState();
  const maxWaitMs: number = reader.int32();
  const minBytes: number = reader.int32();
  const maxBytes: number = reader.int32();
  const isolationLevel: number = reader.int8();
  const sessionId: number = version >= 7 ? reader.int32() : 0;
  const sessionEpoch: number = version >= 7 ? reader.int32() : -1;
  let topics: FetchRequestFetchTopic[];
  const topicsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: FetchRequestFetchTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readFetchRequestFetchTopic(reader, version));
    topics = list;
  }
  let forgottenTopicsData: FetchRequestForgottenTopic[] = [];
  if (version >= 7) {
    const forgottenTopicsDataLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (forgottenTopicsDataLength < 0) throw reader.nullError("forgottenTopicsData");
    {
      const list: FetchRequestForgottenTopic[] = [];
      for (let i = 0; i < forgottenTopicsDataLength; i++) list.push(readFetchRequestForgottenTopic(reader, version));
      forgottenTopicsData = list;
    }
  }
  const rackId: string = version >= 11 ? (flexible ? reader.compactString() : reader.string()) : "";
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    const tagCount = reader.uvarint();
    let tag = -1;
    for (let i = 0; i < tagCount; i++) {
      tag = reader.tag(tag);
      if (tag === 0) {
        const tagEnd = reader.beginTag();
        clusterId = version >= 12 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string());
        reader.endTag(tagEnd, "clusterId");
      }
      else if (tag === 1 && version >= 15) {
        const tagEnd = reader.beginTag();
        replicaState = readFetchRequestReplicaState(reader, version);
        reader.endTag(tagEnd, "replicaState");
      }
      else (unknownTags ??= []).push(reader.unknownTag(tag));
    }
  }
  const message: FetchRequest = {
    clusterId,
    replicaId,
    replicaState,
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel,
    sessionId,
    sessionEpoch,
    topics,
    forgottenTopicsData,
    rackId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeFetchRequest(writer: Writer, message: Draft<FetchRequest>, version: number): void {
  if (version < 4 || version > 18) throw versionError("FetchRequest", version);
  const flexible = version >= 12;
  const clusterId = message.clusterId;
  const replicaId = message.replicaId;
  if (version <= 14) {
    writer.int32(replicaId ?? -1);
  }
  if (!(version <= 14) && replicaId !== undefined && replicaId !== -1) throw notInVersion("FetchRequest.replicaId", version);
  const replicaState = message.replicaState;
  if (!(version >= 15) && replicaState !== undefined && differsFetchRequestReplicaState(replicaState)) throw notInVersion("FetchRequest.replicaState", version);
  const maxWaitMs = message.maxWaitMs;
  writer.int32(maxWaitMs ?? 0);
  const minBytes = message.minBytes;
  writer.int32(minBytes ?? 0);
  const maxBytes = message.maxBytes;
  writer.int32(maxBytes ?? 2147483647);
  const isolationLevel = message.isolationLevel;
  writer.int8(isolationLevel ?? 0);
  const sessionId = message.sessionId;
  if (version >= 7) {
    writer.int32(sessionId ?? 0);
  }
  const sessionEpoch = message.sessionEpoch;
  if (version >= 7) {
    writer.int32(sessionEpoch ?? -1);
  }
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeFetchRequestFetchTopic(writer, item, version);
  }
  const forgottenTopicsData = message.forgottenTopicsData;
  if (version >= 7) {
    if (forgottenTopicsData === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(forgottenTopicsData.length);
      else writer.arrayLength(forgottenTopicsData.length);
      for (const item of forgottenTopicsData) writeFetchRequestForgottenTopic(writer, item, version);
    }
  }
  if (!(version >= 7) && forgottenTopicsData !== undefined && forgottenTopicsData.length > 0) throw notInVersion("FetchRequest.forgottenTopicsData", version);
  const rackId = message.rackId;
  if (version >= 11) {
    if (flexible) writer.compactString(rackId ?? "");
    else writer.string(rackId ?? "");
  }
  if (flexible) {
    const kept = message.unknownTags;
    let tagCount = kept === undefined ? 0 : kept.length;
    const hasClusterId = clusterId !== undefined && clusterId !== null;
    if (hasClusterId) tagCount++;
    const hasReplicaState = version >= 15 && replicaState !== undefined && differsFetchRequestReplicaState(replicaState);
    if (hasReplicaState) tagCount++;
    writer.uvarint(tagCount);
    let keptAt = 0;
    if (hasClusterId) {
      const mark = writer.beginTag(0);
      if (!(version >= 12) && (clusterId === undefined || clusterId === null)) throw nullIn("FetchRequest.clusterId", version);
      if (flexible) writer.compactNullableString(clusterId ?? null);
      else writer.nullableString(clusterId ?? null);
      writer.endTag(mark);
    }
    if (hasReplicaState) {
      if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 1);
      const mark = writer.beginTag(1);
      writeFetchRequestReplicaState(writer, replicaState ?? {}, version);
      writer.endTag(mark);
    }
    if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FetchRequest.unknownTags", version);
}

function readFetchRequestReplicaState(reader: Reader, version: number): FetchRequestReplicaState {
  const flexible = version >= 12;
  const replicaId: number = version >= 15 ? reader.int32() : -1;
  const replicaEpoch: number = version >= 15 ? reader.int64() : -1;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: FetchRequestReplicaState = {
    replicaId,
    replicaEpoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeFetchRequestReplicaState(writer: Writer, message: Draft<FetchRequestReplicaState>, version: number): void {
  const flexible = version >= 12;
  const replicaId = message.replicaId;
  if (version >= 15) {
    writer.int32(replicaId ?? -1);
  }
  if (!(version >= 15) && replicaId !== undefined && replicaId !== -1) throw notInVersion("FetchRequestReplicaState.replicaId", version);
  const replicaEpoch = message.replicaEpoch;
  if (version >= 15) {
    writer.int64(replicaEpoch ?? -1);
  }
  if (!(version >= 15) && replicaEpoch !== undefined && replicaEpoch !== -1) throw notInVersion("FetchRequestReplicaState.replicaEpoch", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FetchRequestReplicaState.unknownTags", version);
}

function readFetchRequestFetchTopic(reader: Reader, version: number): FetchRequestFetchTopic {
  const flexible = version >= 12;
  const topic: string = version <= 12 ? (flexible ? reader.compactString() : reader.string()) : "";
  const topicId: Uuid = version >= 13 ? reader.uuid() : ZERO_UUID;
  let partitions: FetchRequestFetchPartition[];
  const partitionsLength = flexible ? reader.compactArrayLength(16) : reader.arrayLength(16);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: FetchRequestFetchPartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readFetchRequestFetchPartition(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: FetchRequestFetchTopic = {
    topic,
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeFetchRequestFetchTopic(writer: Writer, message: Draft<FetchRequestFetchTopic>, version: number): void {
  const flexible = version >= 12;
  const topic = message.topic;
  if (version <= 12) {
    if (flexible) writer.compactString(topic ?? "");
    else writer.string(topic ?? "");
  }
  const topicId = message.topicId;
  if (version >= 13) {
    writer.uuid(topicId ?? ZERO_UUID);
  }
  const partitions = message.partitions;
  if (partitions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitions.length);
    else writer.arrayLength(partitions.length);
    for (const item of partitions) writeFetchRequestFetchPartition(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FetchRequestFetchTopic.unknownTags", version);
}

function readFetchRequestFetchPartition(reader: Reader, version: number): FetchRequestFetchPartition {
  const flexible = version >= 12;
  const partition: number = reader.int32();
  const currentLeaderEpoch: number = version >= 9 ? reader.int32() : -1;
  const fetchOffset: number = reader.int64();
  const lastFetchedEpoch: number = version >= 12 ? reader.int32() : -1;
  const logStartOffset: number = version >= 5 ? reader.int64() : -1;
  const partitionMaxBytes: number = reader.int32();
  let replicaDirectoryId: Uuid = ZERO_UUID;
  let highWatermark: number = Number.MAX_SAFE_INTEGER;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    const tagCount = reader.uvarint();
    let tag = -1;
    for (let i = 0; i < tagCount; i++) {
      tag = reader.tag(tag);
      if (tag === 0 && version >= 17) {
        const tagEnd = reader.beginTag();
        replicaDirectoryId = reader.uuid();
        reader.endTag(tagEnd, "replicaDirectoryId");
      }
      else if (tag === 1 && version >= 18) {
        const tagEnd = reader.beginTag();
        highWatermark = reader.int64OrMax();
        reader.endTag(tagEnd, "highWatermark");
      }
      else (unknownTags ??= []).push(reader.unknownTag(tag));
    }
  }
  const message: FetchRequestFetchPartition = {
    partition,
    currentLeaderEpoch,
    fetchOffset,
    lastFetchedEpoch,
    logStartOffset,
    partitionMaxBytes,
    replicaDirectoryId,
    highWatermark,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeFetchRequestFetchPartition(writer: Writer, message: Draft<FetchRequestFetchPartition>, version: number): void {
  const flexible = version >= 12;
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const currentLeaderEpoch = message.currentLeaderEpoch;
  if (version >= 9) {
    writer.int32(currentLeaderEpoch ?? -1);
  }
  const fetchOffset = message.fetchOffset;
  writer.int64(fetchOffset ?? 0);
  const lastFetchedEpoch = message.lastFetchedEpoch;
  if (version >= 12) {
    writer.int32(lastFetchedEpoch ?? -1);
  }
  if (!(version >= 12) && lastFetchedEpoch !== undefined && lastFetchedEpoch !== -1) throw notInVersion("FetchRequestFetchPartition.lastFetchedEpoch", version);
  const logStartOffset = message.logStartOffset;
  if (version >= 5) {
    writer.int64(logStartOffset ?? -1);
  }
  const partitionMaxBytes = message.partitionMaxBytes;
  writer.int32(partitionMaxBytes ?? 0);
  const replicaDirectoryId = message.replicaDirectoryId;
  const highWatermark = message.highWatermark;
  if (flexible) {
    const kept = message.unknownTags;
    let tagCount = kept === undefined ? 0 : kept.length;
    const hasReplicaDirectoryId = version >= 17 && replicaDirectoryId !== undefined && replicaDirectoryId !== ZERO_UUID;
    if (hasReplicaDirectoryId) tagCount++;
    const hasHighWatermark = version >= 18 && highWatermark !== undefined && highWatermark !== Number.MAX_SAFE_INTEGER;
    if (hasHighWatermark) tagCount++;
    writer.uvarint(tagCount);
    let keptAt = 0;
    if (hasReplicaDirectoryId) {
      const mark = writer.beginTag(0);
      writer.uuid(replicaDirectoryId ?? ZERO_UUID);
      writer.endTag(mark);
    }
    if (hasHighWatermark) {
      if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 1);
      const mark = writer.beginTag(1);
      writer.int64OrMax(highWatermark ?? Number.MAX_SAFE_INTEGER);
      writer.endTag(mark);
    }
    if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FetchRequestFetchPartition.unknownTags", version);
}

function readFetchRequestForgottenTopic(reader: Reader, version: number): FetchRequestForgottenTopic {
  const flexible = version >= 12;
  const topic: string = version >= 7 && version <= 12 ? (flexible ? reader.compactString() : reader.string()) : "";
  const topicId: Uuid = version >= 13 ? reader.uuid() : ZERO_UUID;
  let partitions: number[] = [];
  if (version >= 7) {
    const partitionsLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
    if (partitionsLength < 0) throw reader.nullError("partitions");
    {
      const list: number[] = [];
      for (let i = 0; i < partitionsLength; i++) list.push(reader.int32());
      partitions = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: FetchRequestForgottenTopic = {
    topic,
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeFetchRequestForgottenTopic(writer: Writer, message: Draft<FetchRequestForgottenTopic>, version: number): void {
  const flexible = version >= 12;
  const topic = message.topic;
  if (version >= 7 && version <= 12) {
    if (flexible) writer.compactString(topic ?? "");
    else writer.string(topic ?? "");
  }
  const topicId = message.topicId;
  if (version >= 13) {
    writer.uuid(topicId ?? ZERO_UUID);
  }
  const partitions = message.partitions;
  if (version >= 7) {
    if (partitions === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(partitions.length);
      else writer.arrayLength(partitions.length);
      for (const item of partitions) writer.int32(item);
    }
  }
  if (!(version >= 7) && partitions !== undefined && partitions.length > 0) throw notInVersion("FetchRequestForgottenTopic.partitions", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FetchRequestForgottenTopic.unknownTags", version);
}

function defaultFetchRequestReplicaState(): FetchRequestReplicaState {
  return { replicaId: -1, replicaEpoch: -1 };
}

function differsFetchRequestReplicaState(message: Draft<FetchRequestReplicaState>): boolean {
  return (message.replicaId !== undefined && message.replicaId !== -1) || (message.replicaEpoch !== undefined && message.replicaEpoch !== -1) || (message.unknownTags !== undefined && message.unknownTags.length > 0);
}

export interface FetchResponse {
  throttleTimeMs: number;
  errorCode: number;
  sessionId: number;
  responses: FetchResponseFetchableTopicResponse[];
  nodeEndpoints: FetchResponseNodeEndpoint[];
  unknownTags?: TaggedField[];
}

export interface FetchResponseFetchableTopicResponse {
  topic: string;
  topicId: Uuid;
  partitions: FetchResponsePartitionData[];
  unknownTags?: TaggedField[];
}

export interface FetchResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  highWatermark: number;
  lastStableOffset: number;
  logStartOffset: number;
  divergingEpoch: FetchResponseEpochEndOffset;
  currentLeader: FetchResponseLeaderIdAndEpoch;
  snapshotId: FetchResponseSnapshotId;
  abortedTransactions: FetchResponseAbortedTransaction[] | null;
  preferredReadReplica: number;
  records: Uint8Array | null;
  unknownTags?: TaggedField[];
}

export interface FetchResponseEpochEndOffset {
  epoch: number;
  endOffset: number;
  unknownTags?: TaggedField[];
}

export interface FetchResponseLeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
  unknownTags?: TaggedField[];
}

export interface FetchResponseSnapshotId {
  endOffset: number;
  epoch: number;
  unknownTags?: TaggedField[];
}

export interface FetchResponseAbortedTransaction {
  producerId: number;
  firstOffset: number;
  unknownTags?: TaggedField[];
}

export interface FetchResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
  unknownTags?: TaggedField[];
}

export function readFetchResponse(reader: Reader, version: number): FetchResponse {
  reader.what = "FetchResponse";
  if (version < 4 || version > 18) throw versionError("FetchResponse", version);
  const flexible = version >= 12;
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = version >= 7 ? reader.int16() : 0;
  const sessionId: number = version >= 7 ? reader.int32() : 0;
  let responses: FetchResponseFetchableTopicResponse[];
  const responsesLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
  if (responsesLength < 0) throw reader.nullError("responses");
  {
    const list: FetchResponseFetchableTopicResponse[] = [];
    for (let i = 0; i < responsesLength; i++) list.push(readFetchResponseFetchableTopicResponse(reader, version));
    responses = list;
  }
  let nodeEndpoints: FetchResponseNodeEndpoint[] = [];
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    const tagCount = reader.uvarint();
    let tag = -1;
    for (let i = 0; i < tagCount; i++) {
      tag = reader.tag(tag);
      if (tag === 0 && version >= 16) {
        const tagEnd = reader.beginTag();
        const nodeEndpointsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
        if (nodeEndpointsLength < 0) throw reader.nullError("nodeEndpoints");
        {
          const list: FetchResponseNodeEndpoint[] = [];
          for (let i = 0; i < nodeEndpointsLength; i++) list.push(readFetchResponseNodeEndpoint(reader, version));
          nodeEndpoints = list;
        }
        reader.endTag(tagEnd, "nodeEndpoints");
      }
      else (unknownTags ??= []).push(reader.unknownTag(tag));
    }
  }
  const message: FetchResponse = {
    throttleTimeMs,
    errorCode,
    sessionId,
    responses,
    nodeEndpoints,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeFetchResponse(writer: Writer, message: Draft<FetchResponse>, version: number): void {
  if (version < 4 || version > 18) throw versionError("FetchResponse", version);
  const flexible = version >= 12;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  if (version >= 7) {
    writer.int16(errorCode ?? 0);
  }
  const sessionId = message.sessionId;
  if (version >= 7) {
    writer.int32(sessionId ?? 0);
  }
  if (!(version >= 7) && sessionId !== undefined && sessionId !== 0) throw notInVersion("FetchResponse.sessionId", version);
  const responses = message.responses;
  if (responses === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(responses.length);
    else writer.arrayLength(responses.length);
    for (const item of responses) writeFetchResponseFetchableTopicResponse(writer, item, version);
  }
  const nodeEndpoints = message.nodeEndpoints;
  if (!(version >= 16) && nodeEndpoints !== undefined && nodeEndpoints.length > 0) throw notInVersion("FetchResponse.nodeEndpoints", version);
  if (flexible) {
    const kept = message.unknownTags;
    let tagCount = kept === undefined ? 0 : kept.length;
    const hasNodeEndpoints = version >= 16 && nodeEndpoints !== undefined && nodeEndpoints.length > 0;
    if (hasNodeEndpoints) tagCount++;
    writer.uvarint(tagCount);
    let keptAt = 0;
    if (hasNodeEndpoints) {
      const mark = writer.beginTag(0);
      if (nodeEndpoints === undefined) {
        if (flexible) writer.compactLength(0);
        else writer.arrayLength(0);
      }
      else {
        if (flexible) writer.compactLength(nodeEndpoints.length);
        else writer.arrayLength(nodeEndpoints.length);
        for (const item of nodeEndpoints) writeFetchResponseNodeEndpoint(writer, item, version);
      }
      writer.endTag(mark);
    }
    if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FetchResponse.unknownTags", version);
}

function readFetchResponseFetchableTopicResponse(reader: Reader, version: number): FetchResponseFetchableTopicResponse {
  const flexible = version >= 12;
  const topic: string = version <= 12 ? (flexible ? reader.compactString() : reader.string()) : "";
  const topicId: Uuid = version >= 13 ? reader.uuid() : ZERO_UUID;
  let partitions: FetchResponsePartitionData[];
  const partitionsLength = flexible ? reader.compactArrayLength(24) : reader.arrayLength(24);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: FetchResponsePartitionData[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readFetchResponsePartitionData(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: FetchResponseFetchableTopicResponse = {
    topic,
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeFetchResponseFetchableTopicResponse(writer: Writer, message: Draft<FetchResponseFetchableTopicResponse>, version: number): void {
  const flexible = version >= 12;
  const topic = message.topic;
  if (version <= 12) {
    if (flexible) writer.compactString(topic ?? "");
    else writer.string(topic ?? "");
  }
  const topicId = message.topicId;
  if (version >= 13) {
    writer.uuid(topicId ?? ZERO_UUID);
  }
  const partitions = message.partitions;
  if (partitions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitions.length);
    else writer.arrayLength(partitions.length);
    for (const item of partitions) writeFetchResponsePartitionData(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FetchResponseFetchableTopicResponse.unknownTags", version);
}

function readFetchResponsePartitionData(reader: Reader, version: number): FetchResponsePartitionData {
  const flexible = version >= 12;
  const partitionIndex: number = reader.int32();
  const errorCode: number = reader.int16();
  const highWatermark: number = reader.int64();
  const lastStableOffset: number = reader.int64();
  const logStartOffset: number = version >= 5 ? reader.int64() : -1;
  let divergingEpoch: FetchResponseEpochEndOffset = defaultFetchResponseEpochEndOffset();
  let currentLeader: FetchResponseLeaderIdAndEpoch = defaultFetchResponseLeaderIdAndEpoch();
  let snapshotId: FetchResponseSnapshotId = defaultFetchResponseSnapshotId();
  let abortedTransactions: FetchResponseAbortedTransaction[] | null = null;
  const abortedTransactionsLength = flexible ? reader.compactArrayLength(16) : reader.arrayLength(16);
  if (abortedTransactionsLength < 0) {
    abortedTransactions = null;
  }
  else {
    const list: FetchResponseAbortedTransaction[] = [];
    for (let i = 0; i < abortedTransactionsLength; i++) list.push(readFetchResponseAbortedTransaction(reader, version));
    abortedTransactions = list;
  }
  const preferredReadReplica: number = version >= 11 ? reader.int32() : -1;
  const records: Uint8Array | null = flexible ? reader.compactNullableBytes() : reader.nullableBytes();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    const tagCount = reader.uvarint();
    let tag = -1;
    for (let i = 0; i < tagCount; i++) {
      tag = reader.tag(tag);
      if (tag === 0) {
        const tagEnd = reader.beginTag();
        divergingEpoch = readFetchResponseEpochEndOffset(reader, version);
        reader.endTag(tagEnd, "divergingEpoch");
      }
      else if (tag === 1) {
        const tagEnd = reader.beginTag();
        currentLeader = readFetchResponseLeaderIdAndEpoch(reader, version);
        reader.endTag(tagEnd, "currentLeader");
      }
      else if (tag === 2) {
        const tagEnd = reader.beginTag();
        snapshotId = readFetchResponseSnapshotId(reader, version);
        reader.endTag(tagEnd, "snapshotId");
      }
      else (unknownTags ??= []).push(reader.unknownTag(tag));
    }
  }
  const message: FetchResponsePartitionData = {
    partitionIndex,
    errorCode,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    divergingEpoch,
    currentLeader,
    snapshotId,
    abortedTransactions,
    preferredReadReplica,
    records,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeFetchResponsePartitionData(writer: Writer, message: Draft<FetchResponsePartitionData>, version: number): void {
  const flexible = version >= 12;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const highWatermark = message.highWatermark;
  writer.int64(highWatermark ?? 0);
  const lastStableOffset = message.lastStableOffset;
  writer.int64(lastStableOffset ?? -1);
  const logStartOffset = message.logStartOffset;
  if (version >= 5) {
    writer.int64(logStartOffset ?? -1);
  }
  const divergingEpoch = message.divergingEpoch;
  if (!(version >= 12) && divergingEpoch !== undefined && differsFetchResponseEpochEndOffset(divergingEpoch)) throw notInVersion("FetchResponsePartitionData.divergingEpoch", version);
  const currentLeader = message.currentLeader;
  if (!(version >= 12) && currentLeader !== undefined && differsFetchResponseLeaderIdAndEpoch(currentLeader)) throw notInVersion("FetchResponsePartitionData.currentLeader", version);
  const snapshotId = message.snapshotId;
  if (!(version >= 12) && snapshotId !== undefined && differsFetchResponseSnapshotId(snapshotId)) throw notInVersion("FetchResponsePartitionData.snapshotId", version);
  const abortedTransactions = message.abortedTransactions;
  if (abortedTransactions === null) {
    if (flexible) writer.compactLength(-1);
    else writer.arrayLength(-1);
  }
  else if (abortedTransactions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(abortedTransactions.length);
    else writer.arrayLength(abortedTransactions.length);
    for (const item of abortedTransactions) writeFetchResponseAbortedTransaction(writer, item, version);
  }
  const preferredReadReplica = message.preferredReadReplica;
  if (version >= 11) {
    writer.int32(preferredReadReplica ?? -1);
  }
  if (!(version >= 11) && preferredReadReplica !== undefined && preferredReadReplica !== -1) throw notInVersion("FetchResponsePartitionData.preferredReadReplica", version);
  const records = message.records;
  if (flexible) writer.compactNullableBytes(records ?? null);
  else writer.nullableBytes(records ?? null);
  if (flexible) {
    const kept = message.unknownTags;
    let tagCount = kept === undefined ? 0 : kept.length;
    const hasDivergingEpoch = divergingEpoch !== undefined && differsFetchResponseEpochEndOffset(divergingEpoch);
    if (hasDivergingEpoch) tagCount++;
    const hasCurrentLeader = currentLeader !== undefined && differsFetchResponseLeaderIdAndEpoch(currentLeader);
    if (hasCurrentLeader) tagCount++;
    const hasSnapshotId = snapshotId !== undefined && differsFetchResponseSnapshotId(snapshotId);
    if (hasSnapshotId) tagCount++;
    writer.uvarint(tagCount);
    let keptAt = 0;
    if (hasDivergingEpoch) {
      const mark = writer.beginTag(0);
      writeFetchResponseEpochEndOffset(writer, divergingEpoch ?? {}, version);
      writer.endTag(mark);
    }
    if (hasCurrentLeader) {
      if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 1);
      const mark = writer.beginTag(1);
      writeFetchResponseLeaderIdAndEpoch(writer, currentLeader ?? {}, version);
      writer.endTag(mark);
    }
    if (hasSnapshotId) {
      if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 2);
      const mark = writer.beginTag(2);
      writeFetchResponseSnapshotId(writer, snapshotId ?? {}, version);
      writer.endTag(mark);
    }
    if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FetchResponsePartitionData.unknownTags", version);
}

function readFetchResponseEpochEndOffset(reader: Reader, version: number): FetchResponseEpochEndOffset {
  const flexible = version >= 12;
  const epoch: number = version >= 12 ? reader.int32() : -1;
  const endOffset: number = version >= 12 ? reader.int64() : -1;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: FetchResponseEpochEndOffset = {
    epoch,
    endOffset,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeFetchResponseEpochEndOffset(writer: Writer, message: Draft<FetchResponseEpochEndOffset>, version: number): void {
  const flexible = version >= 12;
  const epoch = message.epoch;
  if (version >= 12) {
    writer.int32(epoch ?? -1);
  }
  if (!(version >= 12) && epoch !== undefined && epoch !== -1) throw notInVersion("FetchResponseEpochEndOffset.epoch", version);
  const endOffset = message.endOffset;
  if (version >= 12) {
    writer.int64(endOffset ?? -1);
  }
  if (!(version >= 12) && endOffset !== undefined && endOffset !== -1) throw notInVersion("FetchResponseEpochEndOffset.endOffset", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FetchResponseEpochEndOffset.unknownTags", version);
}

function readFetchResponseLeaderIdAndEpoch(reader: Reader, version: number): FetchResponseLeaderIdAndEpoch {
  const flexible = version >= 12;
  const leaderId: number = version >= 12 ? reader.int32() : -1;
  const leaderEpoch: number = version >= 12 ? reader.int32() : -1;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: FetchResponseLeaderIdAndEpoch = {
    leaderId,
    leaderEpoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeFetchResponseLeaderIdAndEpoch(writer: Writer, message: Draft<FetchResponseLeaderIdAndEpoch>, version: number): void {
  const flexible = version >= 12;
  const leaderId = message.leaderId;
  if (version >= 12) {
    writer.int32(leaderId ?? -1);
  }
  if (!(version >= 12) && leaderId !== undefined && leaderId !== -1) throw notInVersion("FetchResponseLeaderIdAndEpoch.leaderId", version);
  const leaderEpoch = message.leaderEpoch;
  if (version >= 12) {
    writer.int32(leaderEpoch ?? -1);
  }
  if (!(version >= 12) && leaderEpoch !== undefined && leaderEpoch !== -1) throw notInVersion("FetchResponseLeaderIdAndEpoch.leaderEpoch", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FetchResponseLeaderIdAndEpoch.unknownTags", version);
}

function readFetchResponseSnapshotId(reader: Reader, version: number): FetchResponseSnapshotId {
  const flexible = version >= 12;
  const endOffset: number = reader.int64();
  const epoch: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: FetchResponseSnapshotId = {
    endOffset,
    epoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeFetchResponseSnapshotId(writer: Writer, message: Draft<FetchResponseSnapshotId>, version: number): void {
  const flexible = version >= 12;
  const endOffset = message.endOffset;
  writer.int64(endOffset ?? -1);
  const epoch = message.epoch;
  writer.int32(epoch ?? -1);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FetchResponseSnapshotId.unknownTags", version);
}

function readFetchResponseAbortedTransaction(reader: Reader, version: number): FetchResponseAbortedTransaction {
  const flexible = version >= 12;
  const producerId: number = reader.int64();
  const firstOffset: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: FetchResponseAbortedTransaction = {
    producerId,
    firstOffset,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeFetchResponseAbortedTransaction(writer: Writer, message: Draft<FetchResponseAbortedTransaction>, version: number): void {
  const flexible = version >= 12;
  const producerId = message.producerId;
  writer.int64(producerId ?? 0);
  const firstOffset = message.firstOffset;
  writer.int64(firstOffset ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FetchResponseAbortedTransaction.unknownTags", version);
}

function readFetchResponseNodeEndpoint(reader: Reader, version: number): FetchResponseNodeEndpoint {
  const flexible = version >= 12;
  const nodeId: number = version >= 16 ? reader.int32() : 0;
  const host: string = version >= 16 ? (flexible ? reader.compactString() : reader.string()) : "";
  const port: number = version >= 16 ? reader.int32() : 0;
  const rack: string | null = version >= 16 ? (version >= 16 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: FetchResponseNodeEndpoint = {
    nodeId,
    host,
    port,
    rack,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeFetchResponseNodeEndpoint(writer: Writer, message: Draft<FetchResponseNodeEndpoint>, version: number): void {
  const flexible = version >= 12;
  const nodeId = message.nodeId;
  if (version >= 16) {
    writer.int32(nodeId ?? 0);
  }
  if (!(version >= 16) && nodeId !== undefined && nodeId !== 0) throw notInVersion("FetchResponseNodeEndpoint.nodeId", version);
  const host = message.host;
  if (version >= 16) {
    if (flexible) writer.compactString(host ?? "");
    else writer.string(host ?? "");
  }
  if (!(version >= 16) && host !== undefined && host !== "") throw notInVersion("FetchResponseNodeEndpoint.host", version);
  const port = message.port;
  if (version >= 16) {
    writer.int32(port ?? 0);
  }
  if (!(version >= 16) && port !== undefined && port !== 0) throw notInVersion("FetchResponseNodeEndpoint.port", version);
  const rack = message.rack;
  if (version >= 16) {
    if (!(version >= 16) && (rack === undefined || rack === null)) throw nullIn("FetchResponseNodeEndpoint.rack", version);
    if (flexible) writer.compactNullableString(rack ?? null);
    else writer.nullableString(rack ?? null);
  }
  if (!(version >= 16) && rack !== undefined && rack !== null) throw notInVersion("FetchResponseNodeEndpoint.rack", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("FetchResponseNodeEndpoint.unknownTags", version);
}

function defaultFetchResponseEpochEndOffset(): FetchResponseEpochEndOffset {
  return { epoch: -1, endOffset: -1 };
}

function differsFetchResponseEpochEndOffset(message: Draft<FetchResponseEpochEndOffset>): boolean {
  return (message.epoch !== undefined && message.epoch !== -1) || (message.endOffset !== undefined && message.endOffset !== -1) || (message.unknownTags !== undefined && message.unknownTags.length > 0);
}

function defaultFetchResponseLeaderIdAndEpoch(): FetchResponseLeaderIdAndEpoch {
  return { leaderId: -1, leaderEpoch: -1 };
}

function differsFetchResponseLeaderIdAndEpoch(message: Draft<FetchResponseLeaderIdAndEpoch>): boolean {
  return (message.leaderId !== undefined && message.leaderId !== -1) || (message.leaderEpoch !== undefined && message.leaderEpoch !== -1) || (message.unknownTags !== undefined && message.unknownTags.length > 0);
}

function defaultFetchResponseSnapshotId(): FetchResponseSnapshotId {
  return { endOffset: -1, epoch: -1 };
}

function differsFetchResponseSnapshotId(message: Draft<FetchResponseSnapshotId>): boolean {
  return (message.endOffset !== undefined && message.endOffset !== -1) || (message.epoch !== undefined && message.epoch !== -1) || (message.unknownTags !== undefined && message.unknownTags.length > 0);
}

