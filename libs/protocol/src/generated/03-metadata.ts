// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface MetadataRequest {
  topics: MetadataRequestTopic[] | null;
  allowAutoTopicCreation: boolean;
  includeClusterAuthorizedOperations: boolean;
  includeTopicAuthorizedOperations: boolean;
  unknownTags?: TaggedField[];
}

export interface MetadataRequestTopic {
  topicId: Uuid;
  name: string | null;
  unknownTags?: TaggedField[];
}

export function readMetadataRequest(reader: Reader, version: number): MetadataRequest {
  reader.what = "MetadataRequest";
  if (version < 0 || version > 13) throw versionError("MetadataRequest", version);
  const flexible = version >= 9;
  let topics: MetadataRequestTopic[] | null = null;
  const topicsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
  if (topicsLength < 0) {
    if (!(version >= 1)) throw reader.nullError("topics");
    topics = null;
  }
  else {
    const list: MetadataRequestTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readMetadataRequestTopic(reader, version));
    topics = list;
  }
  const allowAutoTopicCreation: boolean = version >= 4 ? reader.bool() : true;
  const includeClusterAuthorizedOperations: boolean = version >= 8 && version <= 10 ? reader.bool() : false;
  const includeTopicAuthorizedOperations: boolean = version >= 8 ? reader.bool() : false;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: MetadataRequest = {
    topics,
    allowAutoTopicCreation,
    includeClusterAuthorizedOperations,
    includeTopicAuthorizedOperations,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeMetadataRequest(writer: Writer, message: Draft<MetadataRequest>, version: number): void {
  if (version < 0 || version > 13) throw versionError("MetadataRequest", version);
  const flexible = version >= 9;
  const topics = message.topics;
  if (topics === null) {
    if (!(version >= 1)) throw nullIn("MetadataRequest.topics", version);
    if (flexible) writer.compactLength(-1);
    else writer.arrayLength(-1);
  }
  else if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeMetadataRequestTopic(writer, item, version);
  }
  const allowAutoTopicCreation = message.allowAutoTopicCreation;
  if (version >= 4) {
    writer.bool(allowAutoTopicCreation ?? true);
  }
  if (!(version >= 4) && allowAutoTopicCreation !== undefined && allowAutoTopicCreation !== true) throw notInVersion("MetadataRequest.allowAutoTopicCreation", version);
  const includeClusterAuthorizedOperations = message.includeClusterAuthorizedOperations;
  if (version >= 8 && version <= 10) {
    writer.bool(includeClusterAuthorizedOperations ?? false);
  }
  if (!(version >= 8 && version <= 10) && includeClusterAuthorizedOperations !== undefined && includeClusterAuthorizedOperations !== false) throw notInVersion("MetadataRequest.includeClusterAuthorizedOperations", version);
  const includeTopicAuthorizedOperations = message.includeTopicAuthorizedOperations;
  if (version >= 8) {
    writer.bool(includeTopicAuthorizedOperations ?? false);
  }
  if (!(version >= 8) && includeTopicAuthorizedOperations !== undefined && includeTopicAuthorizedOperations !== false) throw notInVersion("MetadataRequest.includeTopicAuthorizedOperations", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("MetadataRequest.unknownTags", version);
}

function readMetadataRequestTopic(reader: Reader, version: number): MetadataRequestTopic {
  const flexible = version >= 9;
  const topicId: Uuid = version >= 10 ? reader.uuid() : ZERO_UUID;
  const name: string | null = version >= 10 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string());
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: MetadataRequestTopic = {
    topicId,
    name,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeMetadataRequestTopic(writer: Writer, message: Draft<MetadataRequestTopic>, version: number): void {
  const flexible = version >= 9;
  const topicId = message.topicId;
  if (version >= 10) {
    writer.uuid(topicId ?? ZERO_UUID);
  }
  const name = message.name;
  if (!(version >= 10) && (name === null)) throw nullIn("MetadataRequestTopic.name", version);
  if (flexible) writer.compactNullableString(name === undefined ? "" : name);
  else writer.nullableString(name === undefined ? "" : name);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("MetadataRequestTopic.unknownTags", version);
}

export interface MetadataResponse {
  throttleTimeMs: number;
  brokers: MetadataResponseBroker[];
  clusterId: string | null;
  controllerId: number;
  topics: MetadataResponseTopic[];
  clusterAuthorizedOperations: number;
  errorCode: number;
  unknownTags?: TaggedField[];
}

export interface MetadataResponseBroker {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
  unknownTags?: TaggedField[];
}

export interface MetadataResponseTopic {
  errorCode: number;
  name: string | null;
  topicId: Uuid;
  isInternal: boolean;
  partitions: MetadataResponsePartition[];
  topicAuthorizedOperations: number;
  unknownTags?: TaggedField[];
}

export interface MetadataResponsePartition {
  errorCode: number;
  partitionIndex: number;
  leaderId: number;
  leaderEpoch: number;
  replicaNodes: number[];
  isrNodes: number[];
  offlineReplicas: number[];
  unknownTags?: TaggedField[];
}

export function readMetadataResponse(reader: Reader, version: number): MetadataResponse {
  reader.what = "MetadataResponse";
  if (version < 0 || version > 13) throw versionError("MetadataResponse", version);
  const flexible = version >= 9;
  const throttleTimeMs: number = version >= 3 ? reader.int32() : 0;
  let brokers: MetadataResponseBroker[];
  const brokersLength = flexible ? reader.compactArrayLength(9) : reader.arrayLength(9);
  if (brokersLength < 0) throw reader.nullError("brokers");
  {
    const list: MetadataResponseBroker[] = [];
    for (let i = 0; i < brokersLength; i++) list.push(readMetadataResponseBroker(reader, version));
    brokers = list;
  }
  const clusterId: string | null = version >= 2 ? (version >= 2 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const controllerId: number = version >= 1 ? reader.int32() : -1;
  let topics: MetadataResponseTopic[];
  const topicsLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: MetadataResponseTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readMetadataResponseTopic(reader, version));
    topics = list;
  }
  const clusterAuthorizedOperations: number = version >= 8 && version <= 10 ? reader.int32() : -2147483648;
  const errorCode: number = version >= 13 ? reader.int16() : 0;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: MetadataResponse = {
    throttleTimeMs,
    brokers,
    clusterId,
    controllerId,
    topics,
    clusterAuthorizedOperations,
    errorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeMetadataResponse(writer: Writer, message: Draft<MetadataResponse>, version: number): void {
  if (version < 0 || version > 13) throw versionError("MetadataResponse", version);
  const flexible = version >= 9;
  const throttleTimeMs = message.throttleTimeMs;
  if (version >= 3) {
    writer.int32(throttleTimeMs ?? 0);
  }
  const brokers = message.brokers;
  if (brokers === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(brokers.length);
    else writer.arrayLength(brokers.length);
    for (const item of brokers) writeMetadataResponseBroker(writer, item, version);
  }
  const clusterId = message.clusterId;
  if (version >= 2) {
    if (!(version >= 2) && (clusterId === undefined || clusterId === null)) throw nullIn("MetadataResponse.clusterId", version);
    if (flexible) writer.compactNullableString(clusterId ?? null);
    else writer.nullableString(clusterId ?? null);
  }
  const controllerId = message.controllerId;
  if (version >= 1) {
    writer.int32(controllerId ?? -1);
  }
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeMetadataResponseTopic(writer, item, version);
  }
  const clusterAuthorizedOperations = message.clusterAuthorizedOperations;
  if (version >= 8 && version <= 10) {
    writer.int32(clusterAuthorizedOperations ?? -2147483648);
  }
  if (!(version >= 8 && version <= 10) && clusterAuthorizedOperations !== undefined && clusterAuthorizedOperations !== -2147483648) throw notInVersion("MetadataResponse.clusterAuthorizedOperations", version);
  const errorCode = message.errorCode;
  if (version >= 13) {
    writer.int16(errorCode ?? 0);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("MetadataResponse.unknownTags", version);
}

function readMetadataResponseBroker(reader: Reader, version: number): MetadataResponseBroker {
  const flexible = version >= 9;
  const nodeId: number = reader.int32();
  const host: string = flexible ? reader.compactString() : reader.string();
  const port: number = reader.int32();
  const rack: string | null = version >= 1 ? (version >= 1 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: MetadataResponseBroker = {
    nodeId,
    host,
    port,
    rack,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeMetadataResponseBroker(writer: Writer, message: Draft<MetadataResponseBroker>, version: number): void {
  const flexible = version >= 9;
  const nodeId = message.nodeId;
  writer.int32(nodeId ?? 0);
  const host = message.host;
  if (flexible) writer.compactString(host ?? "");
  else writer.string(host ?? "");
  const port = message.port;
  writer.int32(port ?? 0);
  const rack = message.rack;
  if (version >= 1) {
    if (!(version >= 1) && (rack === undefined || rack === null)) throw nullIn("MetadataResponseBroker.rack", version);
    if (flexible) writer.compactNullableString(rack ?? null);
    else writer.nullableString(rack ?? null);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("MetadataResponseBroker.unknownTags", version);
}

function readMetadataResponseTopic(reader: Reader, version: number): MetadataResponseTopic {
  const flexible = version >= 9;
  const errorCode: number = reader.int16();
  const name: string | null = version >= 12 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string());
  const topicId: Uuid = version >= 10 ? reader.uuid() : ZERO_UUID;
  const isInternal: boolean = version >= 1 ? reader.bool() : false;
  let partitions: MetadataResponsePartition[];
  const partitionsLength = flexible ? reader.compactArrayLength(12) : reader.arrayLength(12);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: MetadataResponsePartition[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readMetadataResponsePartition(reader, version));
    partitions = list;
  }
  const topicAuthorizedOperations: number = version >= 8 ? reader.int32() : -2147483648;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: MetadataResponseTopic = {
    errorCode,
    name,
    topicId,
    isInternal,
    partitions,
    topicAuthorizedOperations,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeMetadataResponseTopic(writer: Writer, message: Draft<MetadataResponseTopic>, version: number): void {
  const flexible = version >= 9;
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const name = message.name;
  if (!(version >= 12) && (name === null)) throw nullIn("MetadataResponseTopic.name", version);
  if (flexible) writer.compactNullableString(name === undefined ? "" : name);
  else writer.nullableString(name === undefined ? "" : name);
  const topicId = message.topicId;
  if (version >= 10) {
    writer.uuid(topicId ?? ZERO_UUID);
  }
  const isInternal = message.isInternal;
  if (version >= 1) {
    writer.bool(isInternal ?? false);
  }
  const partitions = message.partitions;
  if (partitions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitions.length);
    else writer.arrayLength(partitions.length);
    for (const item of partitions) writeMetadataResponsePartition(writer, item, version);
  }
  const topicAuthorizedOperations = message.topicAuthorizedOperations;
  if (version >= 8) {
    writer.int32(topicAuthorizedOperations ?? -2147483648);
  }
  if (!(version >= 8) && topicAuthorizedOperations !== undefined && topicAuthorizedOperations !== -2147483648) throw notInVersion("MetadataResponseTopic.topicAuthorizedOperations", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("MetadataResponseTopic.unknownTags", version);
}

function readMetadataResponsePartition(reader: Reader, version: number): MetadataResponsePartition {
  const flexible = version >= 9;
  const errorCode: number = reader.int16();
  const partitionIndex: number = reader.int32();
  const leaderId: number = reader.int32();
  const leaderEpoch: number = version >= 7 ? reader.int32() : -1;
  let replicaNodes: number[];
  const replicaNodesLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
  if (replicaNodesLength < 0) throw reader.nullError("replicaNodes");
  {
    const list: number[] = [];
    for (let i = 0; i < replicaNodesLength; i++) list.push(reader.int32());
    replicaNodes = list;
  }
  let isrNodes: number[];
  const isrNodesLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
  if (isrNodesLength < 0) throw reader.nullError("isrNodes");
  {
    const list: number[] = [];
    for (let i = 0; i < isrNodesLength; i++) list.push(reader.int32());
    isrNodes = list;
  }
  let offlineReplicas: number[] = [];
  if (version >= 5) {
    const offlineReplicasLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
    if (offlineReplicasLength < 0) throw reader.nullError("offlineReplicas");
    {
      const list: number[] = [];
      for (let i = 0; i < offlineReplicasLength; i++) list.push(reader.int32());
      offlineReplicas = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: MetadataResponsePartition = {
    errorCode,
    partitionIndex,
    leaderId,
    leaderEpoch,
    replicaNodes,
    isrNodes,
    offlineReplicas,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeMetadataResponsePartition(writer: Writer, message: Draft<MetadataResponsePartition>, version: number): void {
  const flexible = version >= 9;
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const leaderId = message.leaderId;
  writer.int32(leaderId ?? 0);
  const leaderEpoch = message.leaderEpoch;
  if (version >= 7) {
    writer.int32(leaderEpoch ?? -1);
  }
  const replicaNodes = message.replicaNodes;
  if (replicaNodes === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(replicaNodes.length);
    else writer.arrayLength(replicaNodes.length);
    for (const item of replicaNodes) writer.int32(item);
  }
  const isrNodes = message.isrNodes;
  if (isrNodes === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(isrNodes.length);
    else writer.arrayLength(isrNodes.length);
    for (const item of isrNodes) writer.int32(item);
  }
  const offlineReplicas = message.offlineReplicas;
  if (version >= 5) {
    if (offlineReplicas === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(offlineReplicas.length);
      else writer.arrayLength(offlineReplicas.length);
      for (const item of offlineReplicas) writer.int32(item);
    }
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("MetadataResponsePartition.unknownTags", version);
}

