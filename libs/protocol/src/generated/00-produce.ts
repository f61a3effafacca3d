// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ProduceRequest {
  transactionalId: string | null;
  acks: number;
  timeoutMs: number;
  topicData: ProduceRequestTopicProduceData[];
  unknownTags?: TaggedField[];
}

export interface ProduceRequestTopicProduceData {
  name: string;
  topicId: Uuid;
  partitionData: ProduceRequestPartitionProduceData[];
  unknownTags?: TaggedField[];
}

export interface ProduceRequestPartitionProduceData {
  index: number;
  records: Uint8Array | null;
  unknownTags?: TaggedField[];
}

export function readProduceRequest(reader: Reader, version: number): ProduceRequest {
  reader.what = "ProduceRequest";
  if (version < 3 || version > 13) throw versionError("ProduceRequest", version);
  const flexible = version >= 9;
  const transactionalId: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  const acks: number = reader.int16();
  const timeoutMs: number = reader.int32();
  let topicData: ProduceRequestTopicProduceData[];
  const topicDataLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
  if (topicDataLength < 0) throw reader.nullError("topicData");
  {
    const list: ProduceRequestTopicProduceData[] = [];
    for (let i = 0; i < topicDataLength; i++) list.push(readProduceRequestTopicProduceData(reader, version));
    topicData = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ProduceRequest = {
    transactionalId,
    acks,
    timeoutMs,
    topicData,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeProduceRequest(writer: Writer, message: Draft<ProduceRequest>, version: number): void {
  if (version < 3 || version > 13) throw versionError("ProduceRequest", version);
  const flexible = version >= 9;
  const transactionalId = message.transactionalId;
  if (flexible) writer.compactNullableString(transactionalId ?? null);
  else writer.nullableString(transactionalId ?? null);
  const acks = message.acks;
  writer.int16(acks ?? 0);
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs ?? 0);
  const topicData = message.topicData;
  if (topicData === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topicData.length);
    else writer.arrayLength(topicData.length);
    for (const item of topicData) writeProduceRequestTopicProduceData(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ProduceRequest.unknownTags", version);
}

function readProduceRequestTopicProduceData(reader: Reader, version: number): ProduceRequestTopicProduceData {
  const flexible = version >= 9;
  const name: string = version <= 12 ? (flexible ? reader.compactString() : reader.string()) : "";
  const topicId: Uuid = version >= 13 ? reader.uuid() : ZERO_UUID;
  let partitionData: ProduceRequestPartitionProduceData[];
  const partitionDataLength = flexible ? reader.compactArrayLength(5) : reader.arrayLength(5);
  if (partitionDataLength < 0) throw reader.nullError("partitionData");
  {
    const list: ProduceRequestPartitionProduceData[] = [];
    for (let i = 0; i < partitionDataLength; i++) list.push(readProduceRequestPartitionProduceData(reader, version));
    partitionData = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ProduceRequestTopicProduceData = {
    name,
    topicId,
    partitionData,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeProduceRequestTopicProduceData(writer: Writer, message: Draft<ProduceRequestTopicProduceData>, version: number): void {
  const flexible = version >= 9;
  const name = message.name;
  if (version <= 12) {
    if (flexible) writer.compactString(name ?? "");
    else writer.string(name ?? "");
  }
  const topicId = message.topicId;
  if (version >= 13) {
    writer.uuid(topicId ?? ZERO_UUID);
  }
  const partitionData = message.partitionData;
  if (partitionData === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitionData.length);
    else writer.arrayLength(partitionData.length);
    for (const item of partitionData) writeProduceRequestPartitionProduceData(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ProduceRequestTopicProduceData.unknownTags", version);
}

function readProduceRequestPartitionProduceData(reader: Reader, version: number): ProduceRequestPartitionProduceData {
  const flexible = version >= 9;
  const index: number = reader.int32();
  const records: Uint8Array | null = flexible ? reader.compactNullableBytes() : reader.nullableBytes();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ProduceRequestPartitionProduceData = {
    index,
    records,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeProduceRequestPartitionProduceData(writer: Writer, message: Draft<ProduceRequestPartitionProduceData>, version: number): void {
  const flexible = version >= 9;
  const index = message.index;
  writer.int32(index ?? 0);
  const records = message.records;
  if (flexible) writer.compactNullableBytes(records ?? null);
  else writer.nullableBytes(records ?? null);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ProduceRequestPartitionProduceData.unknownTags", version);
}

export interface ProduceResponse {
  responses: ProduceResponseTopicProduceResponse[];
  throttleTimeMs: number;
  nodeEndpoints: ProduceResponseNodeEndpoint[];
  unknownTags?: TaggedField[];
}

export interface ProduceResponseTopicProduceResponse {
  name: string;
  topicId: Uuid;
  partitionResponses: ProduceResponsePartitionProduceResponse[];
  unknownTags?: TaggedField[];
}

export interface ProduceResponsePartitionProduceResponse {
  index: number;
  errorCode: number;
  baseOffset: number;
  logAppendTimeMs: number;
  logStartOffset: number;
  recordErrors: ProduceResponseBatchIndexAndErrorMessage[];
  errorMessage: string | null;
  currentLeader: ProduceResponseLeaderIdAndEpoch;
  unknownTags?: TaggedField[];
}

export interface ProduceResponseBatchIndexAndErrorMessage {
  batchIndex: number;
  batchIndexErrorMessage: string | null;
  unknownTags?: TaggedField[];
}

export interface ProduceResponseLeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
  unknownTags?: TaggedField[];
}

export interface ProduceResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
  unknownTags?: TaggedField[];
}

export function readProduceResponse(reader: Reader, version: number): ProduceResponse {
  reader.what = "ProduceResponse";
  if (version < 3 || version > 13) throw versionError("ProduceResponse", version);
  const flexible = version >= 9;
  let responses: ProduceResponseTopicProduceResponse[];
  const responsesLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
  if (responsesLength < 0) throw reader.nullError("responses");
  {
    const list: ProduceResponseTopicProduceResponse[] = [];
    for (let i = 0; i < responsesLength; i++) list.push(readProduceResponseTopicProduceResponse(reader, version));
    responses = list;
  }
  const throttleTimeMs: number = reader.int32();
  let nodeEndpoints: ProduceResponseNodeEndpoint[] = [];
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    const tagCount = reader.uvarint();
    let tag = -1;
    for (let i = 0; i < tagCount; i++) {
      tag = reader.tag(tag);
      if (tag === 0 && version >= 10) {
        const tagEnd = reader.beginTag();
        const nodeEndpointsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
        if (nodeEndpointsLength < 0) throw reader.nullError("nodeEndpoints");
        {
          const list: ProduceResponseNodeEndpoint[] = [];
          for (let i = 0; i < nodeEndpointsLength; i++) list.push(readProduceResponseNodeEndpoint(reader, version));
          nodeEndpoints = list;
        }
        reader.endTag(tagEnd, "nodeEndpoints");
      }
      else (unknownTags ??= []).push(reader.unknownTag(tag));
    }
  }
  const message: ProduceResponse = {
    responses,
    throttleTimeMs,
    nodeEndpoints,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeProduceResponse(writer: Writer, message: Draft<ProduceResponse>, version: number): void {
  if (version < 3 || version > 13) throw versionError("ProduceResponse", version);
  const flexible = version >= 9;
  const responses = message.responses;
  if (responses === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(responses.length);
    else writer.arrayLength(responses.length);
    for (const item of responses) writeProduceResponseTopicProduceResponse(writer, item, version);
  }
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const nodeEndpoints = message.nodeEndpoints;
  if (!(version >= 10) && nodeEndpoints !== undefined && nodeEndpoints.length > 0) throw notInVersion("ProduceResponse.nodeEndpoints", version);
  if (flexible) {
    const kept = message.unknownTags;
    let tagCount = kept === undefined ? 0 : kept.length;
    const hasNodeEndpoints = version >= 10 && nodeEndpoints !== undefined && nodeEndpoints.length > 0;
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
        for (const item of nodeEndpoints) writeProduceResponseNodeEndpoint(writer, item, version);
      }
      writer.endTag(mark);
    }
    if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ProduceResponse.unknownTags", version);
}

function readProduceResponseTopicProduceResponse(reader: Reader, version: number): ProduceResponseTopicProduceResponse {
  const flexible = version >= 9;
  const name: string = version <= 12 ? (flexible ? reader.compactString() : reader.string()) : "";
  const topicId: Uuid = version >= 13 ? reader.uuid() : ZERO_UUID;
  let partitionResponses: ProduceResponsePartitionProduceResponse[];
  const partitionResponsesLength = flexible ? reader.compactArrayLength(22) : reader.arrayLength(22);
  if (partitionResponsesLength < 0) throw reader.nullError("partitionResponses");
  {
    const list: ProduceResponsePartitionProduceResponse[] = [];
    for (let i = 0; i < partitionResponsesLength; i++) list.push(readProduceResponsePartitionProduceResponse(reader, version));
    partitionResponses = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ProduceResponseTopicProduceResponse = {
    name,
    topicId,
    partitionResponses,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeProduceResponseTopicProduceResponse(writer: Writer, message: Draft<ProduceResponseTopicProduceResponse>, version: number): void {
  const flexible = version >= 9;
  const name = message.name;
  if (version <= 12) {
    if (flexible) writer.compactString(name ?? "");
    else writer.string(name ?? "");
  }
  const topicId = message.topicId;
  if (version >= 13) {
    writer.uuid(topicId ?? ZERO_UUID);
  }
  const partitionResponses = message.partitionResponses;
  if (partitionResponses === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitionResponses.length);
    else writer.arrayLength(partitionResponses.length);
    for (const item of partitionResponses) writeProduceResponsePartitionProduceResponse(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ProduceResponseTopicProduceResponse.unknownTags", version);
}

function readProduceResponsePartitionProduceResponse(reader: Reader, version: number): ProduceResponsePartitionProduceResponse {
  const flexible = version >= 9;
  const index: number = reader.int32();
  const errorCode: number = reader.int16();
  const baseOffset: number = reader.int64();
  const logAppendTimeMs: number = reader.int64();
  const logStartOffset: number = version >= 5 ? reader.int64() : -1;
  let recordErrors: ProduceResponseBatchIndexAndErrorMessage[] = [];
  if (version >= 8) {
    const recordErrorsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (recordErrorsLength < 0) throw reader.nullError("recordErrors");
    {
      const list: ProduceResponseBatchIndexAndErrorMessage[] = [];
      for (let i = 0; i < recordErrorsLength; i++) list.push(readProduceResponseBatchIndexAndErrorMessage(reader, version));
      recordErrors = list;
    }
  }
  const errorMessage: string | null = version >= 8 ? (version >= 8 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  let currentLeader: ProduceResponseLeaderIdAndEpoch = defaultProduceResponseLeaderIdAndEpoch();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    const tagCount = reader.uvarint();
    let tag = -1;
    for (let i = 0; i < tagCount; i++) {
      tag = reader.tag(tag);
      if (tag === 0 && version >= 10) {
        const tagEnd = reader.beginTag();
        currentLeader = readProduceResponseLeaderIdAndEpoch(reader, version);
        reader.endTag(tagEnd, "currentLeader");
      }
      else (unknownTags ??= []).push(reader.unknownTag(tag));
    }
  }
  const message: ProduceResponsePartitionProduceResponse = {
    index,
    errorCode,
    baseOffset,
    logAppendTimeMs,
    logStartOffset,
    recordErrors,
    errorMessage,
    currentLeader,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeProduceResponsePartitionProduceResponse(writer: Writer, message: Draft<ProduceResponsePartitionProduceResponse>, version: number): void {
  const flexible = version >= 9;
  const index = message.index;
  writer.int32(index ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const baseOffset = message.baseOffset;
  writer.int64(baseOffset ?? 0);
  const logAppendTimeMs = message.logAppendTimeMs;
  writer.int64(logAppendTimeMs ?? -1);
  const logStartOffset = message.logStartOffset;
  if (version >= 5) {
    writer.int64(logStartOffset ?? -1);
  }
  const recordErrors = message.recordErrors;
  if (version >= 8) {
    if (recordErrors === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(recordErrors.length);
      else writer.arrayLength(recordErrors.length);
      for (const item of recordErrors) writeProduceResponseBatchIndexAndErrorMessage(writer, item, version);
    }
  }
  const errorMessage = message.errorMessage;
  if (version >= 8) {
    if (!(version >= 8) && (errorMessage === undefined || errorMessage === null)) throw nullIn("ProduceResponsePartitionProduceResponse.errorMessage", version);
    if (flexible) writer.compactNullableString(errorMessage ?? null);
    else writer.nullableString(errorMessage ?? null);
  }
  const currentLeader = message.currentLeader;
  if (!(version >= 10) && currentLeader !== undefined && differsProduceResponseLeaderIdAndEpoch(currentLeader)) throw notInVersion("ProduceResponsePartitionProduceResponse.currentLeader", version);
  if (flexible) {
    const kept = message.unknownTags;
    let tagCount = kept === undefined ? 0 : kept.length;
    const hasCurrentLeader = version >= 10 && currentLeader !== undefined && differsProduceResponseLeaderIdAndEpoch(currentLeader);
    if (hasCurrentLeader) tagCount++;
    writer.uvarint(tagCount);
    let keptAt = 0;
    if (hasCurrentLeader) {
      const mark = writer.beginTag(0);
      writeProduceResponseLeaderIdAndEpoch(writer, currentLeader ?? {}, version);
      writer.endTag(mark);
    }
    if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ProduceResponsePartitionProduceResponse.unknownTags", version);
}

function readProduceResponseBatchIndexAndErrorMessage(reader: Reader, version: number): ProduceResponseBatchIndexAndErrorMessage {
  const flexible = version >= 9;
  const batchIndex: number = version >= 8 ? reader.int32() : 0;
  const batchIndexErrorMessage: string | null = version >= 8 ? (version >= 8 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ProduceResponseBatchIndexAndErrorMessage = {
    batchIndex,
    batchIndexErrorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeProduceResponseBatchIndexAndErrorMessage(writer: Writer, message: Draft<ProduceResponseBatchIndexAndErrorMessage>, version: number): void {
  const flexible = version >= 9;
  const batchIndex = message.batchIndex;
  if (version >= 8) {
    writer.int32(batchIndex ?? 0);
  }
  if (!(version >= 8) && batchIndex !== undefined && batchIndex !== 0) throw notInVersion("ProduceResponseBatchIndexAndErrorMessage.batchIndex", version);
  const batchIndexErrorMessage = message.batchIndexErrorMessage;
  if (version >= 8) {
    if (!(version >= 8) && (batchIndexErrorMessage === undefined || batchIndexErrorMessage === null)) throw nullIn("ProduceResponseBatchIndexAndErrorMessage.batchIndexErrorMessage", version);
    if (flexible) writer.compactNullableString(batchIndexErrorMessage ?? null);
    else writer.nullableString(batchIndexErrorMessage ?? null);
  }
  if (!(version >= 8) && batchIndexErrorMessage !== undefined && batchIndexErrorMessage !== null) throw notInVersion("ProduceResponseBatchIndexAndErrorMessage.batchIndexErrorMessage", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ProduceResponseBatchIndexAndErrorMessage.unknownTags", version);
}

function readProduceResponseLeaderIdAndEpoch(reader: Reader, version: number): ProduceResponseLeaderIdAndEpoch {
  const flexible = version >= 9;
  const leaderId: number = version >= 10 ? reader.int32() : -1;
  const leaderEpoch: number = version >= 10 ? reader.int32() : -1;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ProduceResponseLeaderIdAndEpoch = {
    leaderId,
    leaderEpoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeProduceResponseLeaderIdAndEpoch(writer: Writer, message: Draft<ProduceResponseLeaderIdAndEpoch>, version: number): void {
  const flexible = version >= 9;
  const leaderId = message.leaderId;
  if (version >= 10) {
    writer.int32(leaderId ?? -1);
  }
  if (!(version >= 10) && leaderId !== undefined && leaderId !== -1) throw notInVersion("ProduceResponseLeaderIdAndEpoch.leaderId", version);
  const leaderEpoch = message.leaderEpoch;
  if (version >= 10) {
    writer.int32(leaderEpoch ?? -1);
  }
  if (!(version >= 10) && leaderEpoch !== undefined && leaderEpoch !== -1) throw notInVersion("ProduceResponseLeaderIdAndEpoch.leaderEpoch", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ProduceResponseLeaderIdAndEpoch.unknownTags", version);
}

function readProduceResponseNodeEndpoint(reader: Reader, version: number): ProduceResponseNodeEndpoint {
  const flexible = version >= 9;
  const nodeId: number = version >= 10 ? reader.int32() : 0;
  const host: string = version >= 10 ? (flexible ? reader.compactString() : reader.string()) : "";
  const port: number = version >= 10 ? reader.int32() : 0;
  const rack: string | null = version >= 10 ? (version >= 10 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ProduceResponseNodeEndpoint = {
    nodeId,
    host,
    port,
    rack,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeProduceResponseNodeEndpoint(writer: Writer, message: Draft<ProduceResponseNodeEndpoint>, version: number): void {
  const flexible = version >= 9;
  const nodeId = message.nodeId;
  if (version >= 10) {
    writer.int32(nodeId ?? 0);
  }
  if (!(version >= 10) && nodeId !== undefined && nodeId !== 0) throw notInVersion("ProduceResponseNodeEndpoint.nodeId", version);
  const host = message.host;
  if (version >= 10) {
    if (flexible) writer.compactString(host ?? "");
    else writer.string(host ?? "");
  }
  if (!(version >= 10) && host !== undefined && host !== "") throw notInVersion("ProduceResponseNodeEndpoint.host", version);
  const port = message.port;
  if (version >= 10) {
    writer.int32(port ?? 0);
  }
  if (!(version >= 10) && port !== undefined && port !== 0) throw notInVersion("ProduceResponseNodeEndpoint.port", version);
  const rack = message.rack;
  if (version >= 10) {
    if (!(version >= 10) && (rack === undefined || rack === null)) throw nullIn("ProduceResponseNodeEndpoint.rack", version);
    if (flexible) writer.compactNullableString(rack ?? null);
    else writer.nullableString(rack ?? null);
  }
  if (!(version >= 10) && rack !== undefined && rack !== null) throw notInVersion("ProduceResponseNodeEndpoint.rack", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ProduceResponseNodeEndpoint.unknownTags", version);
}

function defaultProduceResponseLeaderIdAndEpoch(): ProduceResponseLeaderIdAndEpoch {
  return { leaderId: -1, leaderEpoch: -1 };
}

function differsProduceResponseLeaderIdAndEpoch(message: Draft<ProduceResponseLeaderIdAndEpoch>): boolean {
  return (message.leaderId !== undefined && message.leaderId !== -1) || (message.leaderEpoch !== undefined && message.leaderEpoch !== -1) || (message.unknownTags !== undefined && message.unknownTags.length > 0);
}

