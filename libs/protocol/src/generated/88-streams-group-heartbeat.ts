// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface StreamsGroupHeartbeatRequest {
  groupId: string;
  memberId: string;
  memberEpoch: number;
  endpointInformationEpoch: number;
  instanceId: string | null;
  rackId: string | null;
  rebalanceTimeoutMs: number;
  topology: StreamsGroupHeartbeatRequestTopology | null;
  activeTasks: StreamsGroupHeartbeatRequestTaskIds[] | null;
  standbyTasks: StreamsGroupHeartbeatRequestTaskIds[] | null;
  warmupTasks: StreamsGroupHeartbeatRequestTaskIds[] | null;
  processId: string | null;
  userEndpoint: StreamsGroupHeartbeatRequestEndpoint | null;
  clientTags: StreamsGroupHeartbeatRequestKeyValue[] | null;
  taskOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null;
  taskEndOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null;
  shutdownApplication: boolean;
  unknownTags?: TaggedField[];
}

export interface StreamsGroupHeartbeatRequestTopology {
  epoch: number;
  subtopologies: StreamsGroupHeartbeatRequestSubtopology[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupHeartbeatRequestSubtopology {
  subtopologyId: string;
  sourceTopics: string[];
  sourceTopicRegex: string[];
  stateChangelogTopics: StreamsGroupHeartbeatRequestTopicInfo[];
  repartitionSinkTopics: string[];
  repartitionSourceTopics: StreamsGroupHeartbeatRequestTopicInfo[];
  copartitionGroups: StreamsGroupHeartbeatRequestCopartitionGroup[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupHeartbeatRequestTopicInfo {
  name: string;
  partitions: number;
  replicationFactor: number;
  topicConfigs: StreamsGroupHeartbeatRequestKeyValue[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupHeartbeatRequestCopartitionGroup {
  sourceTopics: number[];
  sourceTopicRegex: number[];
  repartitionSourceTopics: number[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupHeartbeatRequestTaskIds {
  subtopologyId: string;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupHeartbeatRequestEndpoint {
  host: string;
  port: number;
  unknownTags?: TaggedField[];
}

export interface StreamsGroupHeartbeatRequestKeyValue {
  key: string;
  value: string;
  unknownTags?: TaggedField[];
}

export interface StreamsGroupHeartbeatRequestTaskOffset {
  subtopologyId: string;
  partition: number;
  offset: number;
  unknownTags?: TaggedField[];
}

export function readStreamsGroupHeartbeatRequest(reader: Reader, version: number): StreamsGroupHeartbeatRequest {
  reader.what = "StreamsGroupHeartbeatRequest";
  if (version !== 0) throw versionError("StreamsGroupHeartbeatRequest", version);
  const groupId: string = reader.compactString();
  const memberId: string = reader.compactString();
  const memberEpoch: number = reader.int32();
  const endpointInformationEpoch: number = reader.int32();
  const instanceId: string | null = reader.compactNullableString();
  const rackId: string | null = reader.compactNullableString();
  const rebalanceTimeoutMs: number = reader.int32();
  let topology: StreamsGroupHeartbeatRequestTopology | null = null;
  topology = reader.int8() < 0 ? null : readStreamsGroupHeartbeatRequestTopology(reader, version);
  let activeTasks: StreamsGroupHeartbeatRequestTaskIds[] | null = null;
  const activeTasksLength = reader.compactArrayLength(3);
  if (activeTasksLength < 0) {
    activeTasks = null;
  }
  else {
    const list: StreamsGroupHeartbeatRequestTaskIds[] = [];
    for (let i = 0; i < activeTasksLength; i++) list.push(readStreamsGroupHeartbeatRequestTaskIds(reader, version));
    activeTasks = list;
  }
  let standbyTasks: StreamsGroupHeartbeatRequestTaskIds[] | null = null;
  const standbyTasksLength = reader.compactArrayLength(3);
  if (standbyTasksLength < 0) {
    standbyTasks = null;
  }
  else {
    const list: StreamsGroupHeartbeatRequestTaskIds[] = [];
    for (let i = 0; i < standbyTasksLength; i++) list.push(readStreamsGroupHeartbeatRequestTaskIds(reader, version));
    standbyTasks = list;
  }
  let warmupTasks: StreamsGroupHeartbeatRequestTaskIds[] | null = null;
  const warmupTasksLength = reader.compactArrayLength(3);
  if (warmupTasksLength < 0) {
    warmupTasks = null;
  }
  else {
    const list: StreamsGroupHeartbeatRequestTaskIds[] = [];
    for (let i = 0; i < warmupTasksLength; i++) list.push(readStreamsGroupHeartbeatRequestTaskIds(reader, version));
    warmupTasks = list;
  }
  const processId: string | null = reader.compactNullableString();
  let userEndpoint: StreamsGroupHeartbeatRequestEndpoint | null = null;
  userEndpoint = reader.int8() < 0 ? null : readStreamsGroupHeartbeatRequestEndpoint(reader, version);
  let clientTags: StreamsGroupHeartbeatRequestKeyValue[] | null = null;
  const clientTagsLength = reader.compactArrayLength(3);
  if (clientTagsLength < 0) {
    clientTags = null;
  }
  else {
    const list: StreamsGroupHeartbeatRequestKeyValue[] = [];
    for (let i = 0; i < clientTagsLength; i++) list.push(readStreamsGroupHeartbeatRequestKeyValue(reader, version));
    clientTags = list;
  }
  let taskOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null = null;
  const taskOffsetsLength = reader.compactArrayLength(14);
  if (taskOffsetsLength < 0) {
    taskOffsets = null;
  }
  else {
    const list: StreamsGroupHeartbeatRequestTaskOffset[] = [];
    for (let i = 0; i < taskOffsetsLength; i++) list.push(readStreamsGroupHeartbeatRequestTaskOffset(reader, version));
    taskOffsets = list;
  }
  let taskEndOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null = null;
  const taskEndOffsetsLength = reader.compactArrayLength(14);
  if (taskEndOffsetsLength < 0) {
    taskEndOffsets = null;
  }
  else {
    const list: StreamsGroupHeartbeatRequestTaskOffset[] = [];
    for (let i = 0; i < taskEndOffsetsLength; i++) list.push(readStreamsGroupHeartbeatRequestTaskOffset(reader, version));
    taskEndOffsets = list;
  }
  const shutdownApplication: boolean = reader.bool();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupHeartbeatRequest = {
    groupId,
    memberId,
    memberEpoch,
    endpointInformationEpoch,
    instanceId,
    rackId,
    rebalanceTimeoutMs,
    topology,
    activeTasks,
    standbyTasks,
    warmupTasks,
    processId,
    userEndpoint,
    clientTags,
    taskOffsets,
    taskEndOffsets,
    shutdownApplication,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeStreamsGroupHeartbeatRequest(writer: Writer, message: Draft<StreamsGroupHeartbeatRequest>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupHeartbeatRequest", version);
  const groupId = message.groupId;
  writer.compactString(groupId ?? "");
  const memberId = message.memberId;
  writer.compactString(memberId ?? "");
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch ?? 0);
  const endpointInformationEpoch = message.endpointInformationEpoch;
  writer.int32(endpointInformationEpoch ?? 0);
  const instanceId = message.instanceId;
  writer.compactNullableString(instanceId ?? null);
  const rackId = message.rackId;
  writer.compactNullableString(rackId ?? null);
  const rebalanceTimeoutMs = message.rebalanceTimeoutMs;
  writer.int32(rebalanceTimeoutMs ?? -1);
  const topology = message.topology;
  if (topology === null || topology === undefined) {
    writer.int8(-1);
  }
  else {
    writer.int8(1);
    writeStreamsGroupHeartbeatRequestTopology(writer, topology, version);
  }
  const activeTasks = message.activeTasks;
  if (activeTasks === null || activeTasks === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(activeTasks.length);
    for (const item of activeTasks) writeStreamsGroupHeartbeatRequestTaskIds(writer, item, version);
  }
  const standbyTasks = message.standbyTasks;
  if (standbyTasks === null || standbyTasks === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(standbyTasks.length);
    for (const item of standbyTasks) writeStreamsGroupHeartbeatRequestTaskIds(writer, item, version);
  }
  const warmupTasks = message.warmupTasks;
  if (warmupTasks === null || warmupTasks === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(warmupTasks.length);
    for (const item of warmupTasks) writeStreamsGroupHeartbeatRequestTaskIds(writer, item, version);
  }
  const processId = message.processId;
  writer.compactNullableString(processId ?? null);
  const userEndpoint = message.userEndpoint;
  if (userEndpoint === null || userEndpoint === undefined) {
    writer.int8(-1);
  }
  else {
    writer.int8(1);
    writeStreamsGroupHeartbeatRequestEndpoint(writer, userEndpoint, version);
  }
  const clientTags = message.clientTags;
  if (clientTags === null || clientTags === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(clientTags.length);
    for (const item of clientTags) writeStreamsGroupHeartbeatRequestKeyValue(writer, item, version);
  }
  const taskOffsets = message.taskOffsets;
  if (taskOffsets === null || taskOffsets === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(taskOffsets.length);
    for (const item of taskOffsets) writeStreamsGroupHeartbeatRequestTaskOffset(writer, item, version);
  }
  const taskEndOffsets = message.taskEndOffsets;
  if (taskEndOffsets === null || taskEndOffsets === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(taskEndOffsets.length);
    for (const item of taskEndOffsets) writeStreamsGroupHeartbeatRequestTaskOffset(writer, item, version);
  }
  const shutdownApplication = message.shutdownApplication;
  writer.bool(shutdownApplication ?? false);
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupHeartbeatRequestTopology(reader: Reader, version: number): StreamsGroupHeartbeatRequestTopology {
  const epoch: number = reader.int32();
  let subtopologies: StreamsGroupHeartbeatRequestSubtopology[];
  const subtopologiesLength = reader.compactArrayLength(8);
  if (subtopologiesLength < 0) throw reader.nullError("subtopologies");
  {
    const list: StreamsGroupHeartbeatRequestSubtopology[] = [];
    for (let i = 0; i < subtopologiesLength; i++) list.push(readStreamsGroupHeartbeatRequestSubtopology(reader, version));
    subtopologies = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupHeartbeatRequestTopology = {
    epoch,
    subtopologies,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupHeartbeatRequestTopology(writer: Writer, message: Draft<StreamsGroupHeartbeatRequestTopology>, version: number): void {
  const epoch = message.epoch;
  writer.int32(epoch ?? 0);
  const subtopologies = message.subtopologies;
  if (subtopologies === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(subtopologies.length);
    for (const item of subtopologies) writeStreamsGroupHeartbeatRequestSubtopology(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupHeartbeatRequestSubtopology(reader: Reader, version: number): StreamsGroupHeartbeatRequestSubtopology {
  const subtopologyId: string = reader.compactString();
  let sourceTopics: string[];
  const sourceTopicsLength = reader.compactArrayLength(1);
  if (sourceTopicsLength < 0) throw reader.nullError("sourceTopics");
  {
    const list: string[] = [];
    for (let i = 0; i < sourceTopicsLength; i++) list.push(reader.compactString());
    sourceTopics = list;
  }
  let sourceTopicRegex: string[];
  const sourceTopicRegexLength = reader.compactArrayLength(1);
  if (sourceTopicRegexLength < 0) throw reader.nullError("sourceTopicRegex");
  {
    const list: string[] = [];
    for (let i = 0; i < sourceTopicRegexLength; i++) list.push(reader.compactString());
    sourceTopicRegex = list;
  }
  let stateChangelogTopics: StreamsGroupHeartbeatRequestTopicInfo[];
  const stateChangelogTopicsLength = reader.compactArrayLength(9);
  if (stateChangelogTopicsLength < 0) throw reader.nullError("stateChangelogTopics");
  {
    const list: StreamsGroupHeartbeatRequestTopicInfo[] = [];
    for (let i = 0; i < stateChangelogTopicsLength; i++) list.push(readStreamsGroupHeartbeatRequestTopicInfo(reader, version));
    stateChangelogTopics = list;
  }
  let repartitionSinkTopics: string[];
  const repartitionSinkTopicsLength = reader.compactArrayLength(1);
  if (repartitionSinkTopicsLength < 0) throw reader.nullError("repartitionSinkTopics");
  {
    const list: string[] = [];
    for (let i = 0; i < repartitionSinkTopicsLength; i++) list.push(reader.compactString());
    repartitionSinkTopics = list;
  }
  let repartitionSourceTopics: StreamsGroupHeartbeatRequestTopicInfo[];
  const repartitionSourceTopicsLength = reader.compactArrayLength(9);
  if (repartitionSourceTopicsLength < 0) throw reader.nullError("repartitionSourceTopics");
  {
    const list: StreamsGroupHeartbeatRequestTopicInfo[] = [];
    for (let i = 0; i < repartitionSourceTopicsLength; i++) list.push(readStreamsGroupHeartbeatRequestTopicInfo(reader, version));
    repartitionSourceTopics = list;
  }
  let copartitionGroups: StreamsGroupHeartbeatRequestCopartitionGroup[];
  const copartitionGroupsLength = reader.compactArrayLength(4);
  if (copartitionGroupsLength < 0) throw reader.nullError("copartitionGroups");
  {
    const list: StreamsGroupHeartbeatRequestCopartitionGroup[] = [];
    for (let i = 0; i < copartitionGroupsLength; i++) list.push(readStreamsGroupHeartbeatRequestCopartitionGroup(reader, version));
    copartitionGroups = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupHeartbeatRequestSubtopology = {
    subtopologyId,
    sourceTopics,
    sourceTopicRegex,
    stateChangelogTopics,
    repartitionSinkTopics,
    repartitionSourceTopics,
    copartitionGroups,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupHeartbeatRequestSubtopology(writer: Writer, message: Draft<StreamsGroupHeartbeatRequestSubtopology>, version: number): void {
  const subtopologyId = message.subtopologyId;
  writer.compactString(subtopologyId ?? "");
  const sourceTopics = message.sourceTopics;
  if (sourceTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(sourceTopics.length);
    for (const item of sourceTopics) {
      writer.compactString(item);
    }
  }
  const sourceTopicRegex = message.sourceTopicRegex;
  if (sourceTopicRegex === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(sourceTopicRegex.length);
    for (const item of sourceTopicRegex) {
      writer.compactString(item);
    }
  }
  const stateChangelogTopics = message.stateChangelogTopics;
  if (stateChangelogTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(stateChangelogTopics.length);
    for (const item of stateChangelogTopics) writeStreamsGroupHeartbeatRequestTopicInfo(writer, item, version);
  }
  const repartitionSinkTopics = message.repartitionSinkTopics;
  if (repartitionSinkTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(repartitionSinkTopics.length);
    for (const item of repartitionSinkTopics) {
      writer.compactString(item);
    }
  }
  const repartitionSourceTopics = message.repartitionSourceTopics;
  if (repartitionSourceTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(repartitionSourceTopics.length);
    for (const item of repartitionSourceTopics) writeStreamsGroupHeartbeatRequestTopicInfo(writer, item, version);
  }
  const copartitionGroups = message.copartitionGroups;
  if (copartitionGroups === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(copartitionGroups.length);
    for (const item of copartitionGroups) writeStreamsGroupHeartbeatRequestCopartitionGroup(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupHeartbeatRequestTopicInfo(reader: Reader, version: number): StreamsGroupHeartbeatRequestTopicInfo {
  const name: string = reader.compactString();
  const partitions: number = reader.int32();
  const replicationFactor: number = reader.int16();
  let topicConfigs: StreamsGroupHeartbeatRequestKeyValue[];
  const topicConfigsLength = reader.compactArrayLength(3);
  if (topicConfigsLength < 0) throw reader.nullError("topicConfigs");
  {
    const list: StreamsGroupHeartbeatRequestKeyValue[] = [];
    for (let i = 0; i < topicConfigsLength; i++) list.push(readStreamsGroupHeartbeatRequestKeyValue(reader, version));
    topicConfigs = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupHeartbeatRequestTopicInfo = {
    name,
    partitions,
    replicationFactor,
    topicConfigs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupHeartbeatRequestTopicInfo(writer: Writer, message: Draft<StreamsGroupHeartbeatRequestTopicInfo>, version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const partitions = message.partitions;
  writer.int32(partitions ?? 0);
  const replicationFactor = message.replicationFactor;
  writer.int16(replicationFactor ?? 0);
  const topicConfigs = message.topicConfigs;
  if (topicConfigs === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topicConfigs.length);
    for (const item of topicConfigs) writeStreamsGroupHeartbeatRequestKeyValue(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupHeartbeatRequestCopartitionGroup(reader: Reader, _version: number): StreamsGroupHeartbeatRequestCopartitionGroup {
  let sourceTopics: number[];
  const sourceTopicsLength = reader.compactArrayLength(2);
  if (sourceTopicsLength < 0) throw reader.nullError("sourceTopics");
  {
    const list: number[] = [];
    for (let i = 0; i < sourceTopicsLength; i++) list.push(reader.int16());
    sourceTopics = list;
  }
  let sourceTopicRegex: number[];
  const sourceTopicRegexLength = reader.compactArrayLength(2);
  if (sourceTopicRegexLength < 0) throw reader.nullError("sourceTopicRegex");
  {
    const list: number[] = [];
    for (let i = 0; i < sourceTopicRegexLength; i++) list.push(reader.int16());
    sourceTopicRegex = list;
  }
  let repartitionSourceTopics: number[];
  const repartitionSourceTopicsLength = reader.compactArrayLength(2);
  if (repartitionSourceTopicsLength < 0) throw reader.nullError("repartitionSourceTopics");
  {
    const list: number[] = [];
    for (let i = 0; i < repartitionSourceTopicsLength; i++) list.push(reader.int16());
    repartitionSourceTopics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupHeartbeatRequestCopartitionGroup = {
    sourceTopics,
    sourceTopicRegex,
    repartitionSourceTopics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupHeartbeatRequestCopartitionGroup(writer: Writer, message: Draft<StreamsGroupHeartbeatRequestCopartitionGroup>, _version: number): void {
  const sourceTopics = message.sourceTopics;
  if (sourceTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(sourceTopics.length);
    for (const item of sourceTopics) writer.int16(item);
  }
  const sourceTopicRegex = message.sourceTopicRegex;
  if (sourceTopicRegex === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(sourceTopicRegex.length);
    for (const item of sourceTopicRegex) writer.int16(item);
  }
  const repartitionSourceTopics = message.repartitionSourceTopics;
  if (repartitionSourceTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(repartitionSourceTopics.length);
    for (const item of repartitionSourceTopics) writer.int16(item);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupHeartbeatRequestTaskIds(reader: Reader, _version: number): StreamsGroupHeartbeatRequestTaskIds {
  const subtopologyId: string = reader.compactString();
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
  const message: StreamsGroupHeartbeatRequestTaskIds = {
    subtopologyId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupHeartbeatRequestTaskIds(writer: Writer, message: Draft<StreamsGroupHeartbeatRequestTaskIds>, _version: number): void {
  const subtopologyId = message.subtopologyId;
  writer.compactString(subtopologyId ?? "");
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

function readStreamsGroupHeartbeatRequestEndpoint(reader: Reader, _version: number): StreamsGroupHeartbeatRequestEndpoint {
  const host: string = reader.compactString();
  const port: number = reader.uint16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupHeartbeatRequestEndpoint = {
    host,
    port,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupHeartbeatRequestEndpoint(writer: Writer, message: Draft<StreamsGroupHeartbeatRequestEndpoint>, _version: number): void {
  const host = message.host;
  writer.compactString(host ?? "");
  const port = message.port;
  writer.uint16(port ?? 0);
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupHeartbeatRequestKeyValue(reader: Reader, _version: number): StreamsGroupHeartbeatRequestKeyValue {
  const key: string = reader.compactString();
  const value: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupHeartbeatRequestKeyValue = {
    key,
    value,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupHeartbeatRequestKeyValue(writer: Writer, message: Draft<StreamsGroupHeartbeatRequestKeyValue>, _version: number): void {
  const key = message.key;
  writer.compactString(key ?? "");
  const value = message.value;
  writer.compactString(value ?? "");
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupHeartbeatRequestTaskOffset(reader: Reader, _version: number): StreamsGroupHeartbeatRequestTaskOffset {
  const subtopologyId: string = reader.compactString();
  const partition: number = reader.int32();
  const offset: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupHeartbeatRequestTaskOffset = {
    subtopologyId,
    partition,
    offset,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupHeartbeatRequestTaskOffset(writer: Writer, message: Draft<StreamsGroupHeartbeatRequestTaskOffset>, _version: number): void {
  const subtopologyId = message.subtopologyId;
  writer.compactString(subtopologyId ?? "");
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const offset = message.offset;
  writer.int64(offset ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface StreamsGroupHeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  memberId: string;
  memberEpoch: number;
  heartbeatIntervalMs: number;
  acceptableRecoveryLag: number;
  taskOffsetIntervalMs: number;
  status: StreamsGroupHeartbeatResponseStatus[] | null;
  activeTasks: StreamsGroupHeartbeatResponseTaskIds[] | null;
  standbyTasks: StreamsGroupHeartbeatResponseTaskIds[] | null;
  warmupTasks: StreamsGroupHeartbeatResponseTaskIds[] | null;
  endpointInformationEpoch: number;
  partitionsByUserEndpoint: StreamsGroupHeartbeatResponseEndpointToPartitions[] | null;
  unknownTags?: TaggedField[];
}

export interface StreamsGroupHeartbeatResponseStatus {
  statusCode: number;
  statusDetail: string;
  unknownTags?: TaggedField[];
}

export interface StreamsGroupHeartbeatResponseTaskIds {
  subtopologyId: string;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupHeartbeatResponseEndpointToPartitions {
  userEndpoint: StreamsGroupHeartbeatResponseEndpoint;
  activePartitions: StreamsGroupHeartbeatResponseTopicPartition[];
  standbyPartitions: StreamsGroupHeartbeatResponseTopicPartition[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupHeartbeatResponseEndpoint {
  host: string;
  port: number;
  unknownTags?: TaggedField[];
}

export interface StreamsGroupHeartbeatResponseTopicPartition {
  topic: string;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readStreamsGroupHeartbeatResponse(reader: Reader, version: number): StreamsGroupHeartbeatResponse {
  reader.what = "StreamsGroupHeartbeatResponse";
  if (version !== 0) throw versionError("StreamsGroupHeartbeatResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  const memberId: string = reader.compactString();
  const memberEpoch: number = reader.int32();
  const heartbeatIntervalMs: number = reader.int32();
  const acceptableRecoveryLag: number = reader.int32();
  const taskOffsetIntervalMs: number = reader.int32();
  let status: StreamsGroupHeartbeatResponseStatus[] | null = null;
  const statusLength = reader.compactArrayLength(3);
  if (statusLength < 0) {
    status = null;
  }
  else {
    const list: StreamsGroupHeartbeatResponseStatus[] = [];
    for (let i = 0; i < statusLength; i++) list.push(readStreamsGroupHeartbeatResponseStatus(reader, version));
    status = list;
  }
  let activeTasks: StreamsGroupHeartbeatResponseTaskIds[] | null = null;
  const activeTasksLength = reader.compactArrayLength(3);
  if (activeTasksLength < 0) {
    activeTasks = null;
  }
  else {
    const list: StreamsGroupHeartbeatResponseTaskIds[] = [];
    for (let i = 0; i < activeTasksLength; i++) list.push(readStreamsGroupHeartbeatResponseTaskIds(reader, version));
    activeTasks = list;
  }
  let standbyTasks: StreamsGroupHeartbeatResponseTaskIds[] | null = null;
  const standbyTasksLength = reader.compactArrayLength(3);
  if (standbyTasksLength < 0) {
    standbyTasks = null;
  }
  else {
    const list: StreamsGroupHeartbeatResponseTaskIds[] = [];
    for (let i = 0; i < standbyTasksLength; i++) list.push(readStreamsGroupHeartbeatResponseTaskIds(reader, version));
    standbyTasks = list;
  }
  let warmupTasks: StreamsGroupHeartbeatResponseTaskIds[] | null = null;
  const warmupTasksLength = reader.compactArrayLength(3);
  if (warmupTasksLength < 0) {
    warmupTasks = null;
  }
  else {
    const list: StreamsGroupHeartbeatResponseTaskIds[] = [];
    for (let i = 0; i < warmupTasksLength; i++) list.push(readStreamsGroupHeartbeatResponseTaskIds(reader, version));
    warmupTasks = list;
  }
  const endpointInformationEpoch: number = reader.int32();
  let partitionsByUserEndpoint: StreamsGroupHeartbeatResponseEndpointToPartitions[] | null = null;
  const partitionsByUserEndpointLength = reader.compactArrayLength(7);
  if (partitionsByUserEndpointLength < 0) {
    partitionsByUserEndpoint = null;
  }
  else {
    const list: StreamsGroupHeartbeatResponseEndpointToPartitions[] = [];
    for (let i = 0; i < partitionsByUserEndpointLength; i++) list.push(readStreamsGroupHeartbeatResponseEndpointToPartitions(reader, version));
    partitionsByUserEndpoint = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupHeartbeatResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
    memberId,
    memberEpoch,
    heartbeatIntervalMs,
    acceptableRecoveryLag,
    taskOffsetIntervalMs,
    status,
    activeTasks,
    standbyTasks,
    warmupTasks,
    endpointInformationEpoch,
    partitionsByUserEndpoint,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeStreamsGroupHeartbeatResponse(writer: Writer, message: Draft<StreamsGroupHeartbeatResponse>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupHeartbeatResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  const memberId = message.memberId;
  writer.compactString(memberId ?? "");
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch ?? 0);
  const heartbeatIntervalMs = message.heartbeatIntervalMs;
  writer.int32(heartbeatIntervalMs ?? 0);
  const acceptableRecoveryLag = message.acceptableRecoveryLag;
  writer.int32(acceptableRecoveryLag ?? 0);
  const taskOffsetIntervalMs = message.taskOffsetIntervalMs;
  writer.int32(taskOffsetIntervalMs ?? 0);
  const status = message.status;
  if (status === null) {
    writer.compactLength(-1);
  }
  else if (status === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(status.length);
    for (const item of status) writeStreamsGroupHeartbeatResponseStatus(writer, item, version);
  }
  const activeTasks = message.activeTasks;
  if (activeTasks === null || activeTasks === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(activeTasks.length);
    for (const item of activeTasks) writeStreamsGroupHeartbeatResponseTaskIds(writer, item, version);
  }
  const standbyTasks = message.standbyTasks;
  if (standbyTasks === null || standbyTasks === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(standbyTasks.length);
    for (const item of standbyTasks) writeStreamsGroupHeartbeatResponseTaskIds(writer, item, version);
  }
  const warmupTasks = message.warmupTasks;
  if (warmupTasks === null || warmupTasks === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(warmupTasks.length);
    for (const item of warmupTasks) writeStreamsGroupHeartbeatResponseTaskIds(writer, item, version);
  }
  const endpointInformationEpoch = message.endpointInformationEpoch;
  writer.int32(endpointInformationEpoch ?? 0);
  const partitionsByUserEndpoint = message.partitionsByUserEndpoint;
  if (partitionsByUserEndpoint === null || partitionsByUserEndpoint === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(partitionsByUserEndpoint.length);
    for (const item of partitionsByUserEndpoint) writeStreamsGroupHeartbeatResponseEndpointToPartitions(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupHeartbeatResponseStatus(reader: Reader, _version: number): StreamsGroupHeartbeatResponseStatus {
  const statusCode: number = reader.int8();
  const statusDetail: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupHeartbeatResponseStatus = {
    statusCode,
    statusDetail,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupHeartbeatResponseStatus(writer: Writer, message: Draft<StreamsGroupHeartbeatResponseStatus>, _version: number): void {
  const statusCode = message.statusCode;
  writer.int8(statusCode ?? 0);
  const statusDetail = message.statusDetail;
  writer.compactString(statusDetail ?? "");
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupHeartbeatResponseTaskIds(reader: Reader, _version: number): StreamsGroupHeartbeatResponseTaskIds {
  const subtopologyId: string = reader.compactString();
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
  const message: StreamsGroupHeartbeatResponseTaskIds = {
    subtopologyId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupHeartbeatResponseTaskIds(writer: Writer, message: Draft<StreamsGroupHeartbeatResponseTaskIds>, _version: number): void {
  const subtopologyId = message.subtopologyId;
  writer.compactString(subtopologyId ?? "");
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

function readStreamsGroupHeartbeatResponseEndpointToPartitions(reader: Reader, version: number): StreamsGroupHeartbeatResponseEndpointToPartitions {
  const userEndpoint: StreamsGroupHeartbeatResponseEndpoint = readStreamsGroupHeartbeatResponseEndpoint(reader, version);
  let activePartitions: StreamsGroupHeartbeatResponseTopicPartition[];
  const activePartitionsLength = reader.compactArrayLength(3);
  if (activePartitionsLength < 0) throw reader.nullError("activePartitions");
  {
    const list: StreamsGroupHeartbeatResponseTopicPartition[] = [];
    for (let i = 0; i < activePartitionsLength; i++) list.push(readStreamsGroupHeartbeatResponseTopicPartition(reader, version));
    activePartitions = list;
  }
  let standbyPartitions: StreamsGroupHeartbeatResponseTopicPartition[];
  const standbyPartitionsLength = reader.compactArrayLength(3);
  if (standbyPartitionsLength < 0) throw reader.nullError("standbyPartitions");
  {
    const list: StreamsGroupHeartbeatResponseTopicPartition[] = [];
    for (let i = 0; i < standbyPartitionsLength; i++) list.push(readStreamsGroupHeartbeatResponseTopicPartition(reader, version));
    standbyPartitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupHeartbeatResponseEndpointToPartitions = {
    userEndpoint,
    activePartitions,
    standbyPartitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupHeartbeatResponseEndpointToPartitions(writer: Writer, message: Draft<StreamsGroupHeartbeatResponseEndpointToPartitions>, version: number): void {
  const userEndpoint = message.userEndpoint;
  writeStreamsGroupHeartbeatResponseEndpoint(writer, userEndpoint ?? {}, version);
  const activePartitions = message.activePartitions;
  if (activePartitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(activePartitions.length);
    for (const item of activePartitions) writeStreamsGroupHeartbeatResponseTopicPartition(writer, item, version);
  }
  const standbyPartitions = message.standbyPartitions;
  if (standbyPartitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(standbyPartitions.length);
    for (const item of standbyPartitions) writeStreamsGroupHeartbeatResponseTopicPartition(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupHeartbeatResponseEndpoint(reader: Reader, _version: number): StreamsGroupHeartbeatResponseEndpoint {
  const host: string = reader.compactString();
  const port: number = reader.uint16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupHeartbeatResponseEndpoint = {
    host,
    port,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupHeartbeatResponseEndpoint(writer: Writer, message: Draft<StreamsGroupHeartbeatResponseEndpoint>, _version: number): void {
  const host = message.host;
  writer.compactString(host ?? "");
  const port = message.port;
  writer.uint16(port ?? 0);
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupHeartbeatResponseTopicPartition(reader: Reader, _version: number): StreamsGroupHeartbeatResponseTopicPartition {
  const topic: string = reader.compactString();
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
  const message: StreamsGroupHeartbeatResponseTopicPartition = {
    topic,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupHeartbeatResponseTopicPartition(writer: Writer, message: Draft<StreamsGroupHeartbeatResponseTopicPartition>, _version: number): void {
  const topic = message.topic;
  writer.compactString(topic ?? "");
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

