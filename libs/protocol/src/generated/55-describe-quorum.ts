// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface DescribeQuorumRequest {
  topics: DescribeQuorumRequestTopicData[];
  unknownTags?: TaggedField[];
}

export interface DescribeQuorumRequestTopicData {
  topicName: string;
  partitions: DescribeQuorumRequestPartitionData[];
  unknownTags?: TaggedField[];
}

export interface DescribeQuorumRequestPartitionData {
  partitionIndex: number;
  unknownTags?: TaggedField[];
}

export function readDescribeQuorumRequest(reader: Reader, version: number): DescribeQuorumRequest {
  reader.what = "DescribeQuorumRequest";
  if (version < 0 || version > 2) throw versionError("DescribeQuorumRequest", version);
  let topics: DescribeQuorumRequestTopicData[];
  const topicsLength = reader.compactArrayLength(3);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: DescribeQuorumRequestTopicData[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDescribeQuorumRequestTopicData(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeQuorumRequest = {
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeQuorumRequest(writer: Writer, message: Draft<DescribeQuorumRequest>, version: number): void {
  if (version < 0 || version > 2) throw versionError("DescribeQuorumRequest", version);
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeDescribeQuorumRequestTopicData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeQuorumRequestTopicData(reader: Reader, version: number): DescribeQuorumRequestTopicData {
  const topicName: string = reader.compactString();
  let partitions: DescribeQuorumRequestPartitionData[];
  const partitionsLength = reader.compactArrayLength(5);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: DescribeQuorumRequestPartitionData[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readDescribeQuorumRequestPartitionData(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeQuorumRequestTopicData = {
    topicName,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeQuorumRequestTopicData(writer: Writer, message: Draft<DescribeQuorumRequestTopicData>, version: number): void {
  const topicName = message.topicName;
  writer.compactString(topicName ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeDescribeQuorumRequestPartitionData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeQuorumRequestPartitionData(reader: Reader, _version: number): DescribeQuorumRequestPartitionData {
  const partitionIndex: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeQuorumRequestPartitionData = {
    partitionIndex,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeQuorumRequestPartitionData(writer: Writer, message: Draft<DescribeQuorumRequestPartitionData>, _version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface DescribeQuorumResponse {
  errorCode: number;
  errorMessage: string | null;
  topics: DescribeQuorumResponseTopicData[];
  nodes: DescribeQuorumResponseNode[];
  unknownTags?: TaggedField[];
}

export interface DescribeQuorumResponseTopicData {
  topicName: string;
  partitions: DescribeQuorumResponsePartitionData[];
  unknownTags?: TaggedField[];
}

export interface DescribeQuorumResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  leaderId: number;
  leaderEpoch: number;
  highWatermark: number;
  currentVoters: DescribeQuorumResponseReplicaState[];
  observers: DescribeQuorumResponseReplicaState[];
  unknownTags?: TaggedField[];
}

export interface DescribeQuorumResponseReplicaState {
  replicaId: number;
  replicaDirectoryId: Uuid;
  logEndOffset: number;
  lastFetchTimestamp: number;
  lastCaughtUpTimestamp: number;
  unknownTags?: TaggedField[];
}

export interface DescribeQuorumResponseNode {
  nodeId: number;
  listeners: DescribeQuorumResponseListener[];
  unknownTags?: TaggedField[];
}

export interface DescribeQuorumResponseListener {
  name: string;
  host: string;
  port: number;
  unknownTags?: TaggedField[];
}

export function readDescribeQuorumResponse(reader: Reader, version: number): DescribeQuorumResponse {
  reader.what = "DescribeQuorumResponse";
  if (version < 0 || version > 2) throw versionError("DescribeQuorumResponse", version);
  const errorCode: number = reader.int16();
  const errorMessage: string | null = version >= 2 ? (version >= 2 ? reader.compactNullableString() : reader.compactString()) : "";
  let topics: DescribeQuorumResponseTopicData[];
  const topicsLength = reader.compactArrayLength(3);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: DescribeQuorumResponseTopicData[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readDescribeQuorumResponseTopicData(reader, version));
    topics = list;
  }
  let nodes: DescribeQuorumResponseNode[] = [];
  if (version >= 2) {
    const nodesLength = reader.compactArrayLength(1);
    if (nodesLength < 0) throw reader.nullError("nodes");
    {
      const list: DescribeQuorumResponseNode[] = [];
      for (let i = 0; i < nodesLength; i++) list.push(readDescribeQuorumResponseNode(reader, version));
      nodes = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeQuorumResponse = {
    errorCode,
    errorMessage,
    topics,
    nodes,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDescribeQuorumResponse(writer: Writer, message: Draft<DescribeQuorumResponse>, version: number): void {
  if (version < 0 || version > 2) throw versionError("DescribeQuorumResponse", version);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  if (version >= 2) {
    if (!(version >= 2) && (errorMessage === null)) throw nullIn("DescribeQuorumResponse.errorMessage", version);
    writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  }
  const topics = message.topics;
  if (topics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topics.length);
    for (const item of topics) writeDescribeQuorumResponseTopicData(writer, item, version);
  }
  const nodes = message.nodes;
  if (version >= 2) {
    if (nodes === undefined) {
      writer.compactLength(0);
    }
    else {
      writer.compactLength(nodes.length);
      for (const item of nodes) writeDescribeQuorumResponseNode(writer, item, version);
    }
  }
  if (!(version >= 2) && nodes !== undefined && nodes.length > 0) throw notInVersion("DescribeQuorumResponse.nodes", version);
  writer.unknownTags(message.unknownTags);
}

function readDescribeQuorumResponseTopicData(reader: Reader, version: number): DescribeQuorumResponseTopicData {
  const topicName: string = reader.compactString();
  let partitions: DescribeQuorumResponsePartitionData[];
  const partitionsLength = reader.compactArrayLength(25);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: DescribeQuorumResponsePartitionData[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readDescribeQuorumResponsePartitionData(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeQuorumResponseTopicData = {
    topicName,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeQuorumResponseTopicData(writer: Writer, message: Draft<DescribeQuorumResponseTopicData>, version: number): void {
  const topicName = message.topicName;
  writer.compactString(topicName ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(partitions.length);
    for (const item of partitions) writeDescribeQuorumResponsePartitionData(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeQuorumResponsePartitionData(reader: Reader, version: number): DescribeQuorumResponsePartitionData {
  const partitionIndex: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = version >= 2 ? (version >= 2 ? reader.compactNullableString() : reader.compactString()) : "";
  const leaderId: number = reader.int32();
  const leaderEpoch: number = reader.int32();
  const highWatermark: number = reader.int64();
  let currentVoters: DescribeQuorumResponseReplicaState[];
  const currentVotersLength = reader.compactArrayLength(13);
  if (currentVotersLength < 0) throw reader.nullError("currentVoters");
  {
    const list: DescribeQuorumResponseReplicaState[] = [];
    for (let i = 0; i < currentVotersLength; i++) list.push(readDescribeQuorumResponseReplicaState(reader, version));
    currentVoters = list;
  }
  let observers: DescribeQuorumResponseReplicaState[];
  const observersLength = reader.compactArrayLength(13);
  if (observersLength < 0) throw reader.nullError("observers");
  {
    const list: DescribeQuorumResponseReplicaState[] = [];
    for (let i = 0; i < observersLength; i++) list.push(readDescribeQuorumResponseReplicaState(reader, version));
    observers = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeQuorumResponsePartitionData = {
    partitionIndex,
    errorCode,
    errorMessage,
    leaderId,
    leaderEpoch,
    highWatermark,
    currentVoters,
    observers,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeQuorumResponsePartitionData(writer: Writer, message: Draft<DescribeQuorumResponsePartitionData>, version: number): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  if (version >= 2) {
    if (!(version >= 2) && (errorMessage === null)) throw nullIn("DescribeQuorumResponsePartitionData.errorMessage", version);
    writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  }
  const leaderId = message.leaderId;
  writer.int32(leaderId ?? 0);
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch ?? 0);
  const highWatermark = message.highWatermark;
  writer.int64(highWatermark ?? 0);
  const currentVoters = message.currentVoters;
  if (currentVoters === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(currentVoters.length);
    for (const item of currentVoters) writeDescribeQuorumResponseReplicaState(writer, item, version);
  }
  const observers = message.observers;
  if (observers === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(observers.length);
    for (const item of observers) writeDescribeQuorumResponseReplicaState(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeQuorumResponseReplicaState(reader: Reader, version: number): DescribeQuorumResponseReplicaState {
  const replicaId: number = reader.int32();
  const replicaDirectoryId: Uuid = version >= 2 ? reader.uuid() : ZERO_UUID;
  const logEndOffset: number = reader.int64();
  const lastFetchTimestamp: number = version >= 1 ? reader.int64() : -1;
  const lastCaughtUpTimestamp: number = version >= 1 ? reader.int64() : -1;
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeQuorumResponseReplicaState = {
    replicaId,
    replicaDirectoryId,
    logEndOffset,
    lastFetchTimestamp,
    lastCaughtUpTimestamp,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeQuorumResponseReplicaState(writer: Writer, message: Draft<DescribeQuorumResponseReplicaState>, version: number): void {
  const replicaId = message.replicaId;
  writer.int32(replicaId ?? 0);
  const replicaDirectoryId = message.replicaDirectoryId;
  if (version >= 2) {
    writer.uuid(replicaDirectoryId ?? ZERO_UUID);
  }
  if (!(version >= 2) && replicaDirectoryId !== undefined && replicaDirectoryId !== ZERO_UUID) throw notInVersion("DescribeQuorumResponseReplicaState.replicaDirectoryId", version);
  const logEndOffset = message.logEndOffset;
  writer.int64(logEndOffset ?? 0);
  const lastFetchTimestamp = message.lastFetchTimestamp;
  if (version >= 1) {
    writer.int64(lastFetchTimestamp ?? -1);
  }
  const lastCaughtUpTimestamp = message.lastCaughtUpTimestamp;
  if (version >= 1) {
    writer.int64(lastCaughtUpTimestamp ?? -1);
  }
  writer.unknownTags(message.unknownTags);
}

function readDescribeQuorumResponseNode(reader: Reader, version: number): DescribeQuorumResponseNode {
  const nodeId: number = version >= 2 ? reader.int32() : 0;
  let listeners: DescribeQuorumResponseListener[] = [];
  if (version >= 2) {
    const listenersLength = reader.compactArrayLength(1);
    if (listenersLength < 0) throw reader.nullError("listeners");
    {
      const list: DescribeQuorumResponseListener[] = [];
      for (let i = 0; i < listenersLength; i++) list.push(readDescribeQuorumResponseListener(reader, version));
      listeners = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeQuorumResponseNode = {
    nodeId,
    listeners,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeQuorumResponseNode(writer: Writer, message: Draft<DescribeQuorumResponseNode>, version: number): void {
  const nodeId = message.nodeId;
  if (version >= 2) {
    writer.int32(nodeId ?? 0);
  }
  if (!(version >= 2) && nodeId !== undefined && nodeId !== 0) throw notInVersion("DescribeQuorumResponseNode.nodeId", version);
  const listeners = message.listeners;
  if (version >= 2) {
    if (listeners === undefined) {
      writer.compactLength(0);
    }
    else {
      writer.compactLength(listeners.length);
      for (const item of listeners) writeDescribeQuorumResponseListener(writer, item, version);
    }
  }
  if (!(version >= 2) && listeners !== undefined && listeners.length > 0) throw notInVersion("DescribeQuorumResponseNode.listeners", version);
  writer.unknownTags(message.unknownTags);
}

function readDescribeQuorumResponseListener(reader: Reader, version: number): DescribeQuorumResponseListener {
  const name: string = version >= 2 ? reader.compactString() : "";
  const host: string = version >= 2 ? reader.compactString() : "";
  const port: number = version >= 2 ? reader.uint16() : 0;
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DescribeQuorumResponseListener = {
    name,
    host,
    port,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeDescribeQuorumResponseListener(writer: Writer, message: Draft<DescribeQuorumResponseListener>, version: number): void {
  const name = message.name;
  if (version >= 2) {
    writer.compactString(name ?? "");
  }
  if (!(version >= 2) && name !== undefined && name !== "") throw notInVersion("DescribeQuorumResponseListener.name", version);
  const host = message.host;
  if (version >= 2) {
    writer.compactString(host ?? "");
  }
  if (!(version >= 2) && host !== undefined && host !== "") throw notInVersion("DescribeQuorumResponseListener.host", version);
  const port = message.port;
  if (version >= 2) {
    writer.uint16(port ?? 0);
  }
  if (!(version >= 2) && port !== undefined && port !== 0) throw notInVersion("DescribeQuorumResponseListener.port", version);
  writer.unknownTags(message.unknownTags);
}

