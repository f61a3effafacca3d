// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface StreamsGroupDescribeRequest {
  groupIds: string[];
  includeAuthorizedOperations: boolean;
  unknownTags?: TaggedField[];
}

export function readStreamsGroupDescribeRequest(reader: Reader, version: number): StreamsGroupDescribeRequest {
  reader.what = "StreamsGroupDescribeRequest";
  if (version !== 0) throw versionError("StreamsGroupDescribeRequest", version);
  let groupIds: string[];
  const groupIdsLength = reader.compactArrayLength(1);
  if (groupIdsLength < 0) throw reader.nullError("groupIds");
  {
    const list: string[] = [];
    for (let i = 0; i < groupIdsLength; i++) list.push(reader.compactString());
    groupIds = list;
  }
  const includeAuthorizedOperations: boolean = reader.bool();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupDescribeRequest = {
    groupIds,
    includeAuthorizedOperations,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeStreamsGroupDescribeRequest(writer: Writer, message: Draft<StreamsGroupDescribeRequest>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupDescribeRequest", version);
  const groupIds = message.groupIds;
  if (groupIds === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(groupIds.length);
    for (const item of groupIds) {
      writer.compactString(item);
    }
  }
  const includeAuthorizedOperations = message.includeAuthorizedOperations;
  writer.bool(includeAuthorizedOperations ?? false);
  writer.unknownTags(message.unknownTags);
}

export interface StreamsGroupDescribeResponse {
  throttleTimeMs: number;
  groups: StreamsGroupDescribeResponseDescribedGroup[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupDescribeResponseDescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  groupEpoch: number;
  assignmentEpoch: number;
  topology: StreamsGroupDescribeResponseTopology | null;
  members: StreamsGroupDescribeResponseMember[];
  authorizedOperations: number;
  unknownTags?: TaggedField[];
}

export interface StreamsGroupDescribeResponseTopology {
  epoch: number;
  subtopologies: StreamsGroupDescribeResponseSubtopology[] | null;
  unknownTags?: TaggedField[];
}

export interface StreamsGroupDescribeResponseSubtopology {
  subtopologyId: string;
  sourceTopics: string[];
  repartitionSinkTopics: string[];
  stateChangelogTopics: StreamsGroupDescribeResponseTopicInfo[];
  repartitionSourceTopics: StreamsGroupDescribeResponseTopicInfo[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupDescribeResponseTopicInfo {
  name: string;
  partitions: number;
  replicationFactor: number;
  topicConfigs: StreamsGroupDescribeResponseKeyValue[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupDescribeResponseMember {
  memberId: string;
  memberEpoch: number;
  instanceId: string | null;
  rackId: string | null;
  clientId: string;
  clientHost: string;
  topologyEpoch: number;
  processId: string;
  userEndpoint: StreamsGroupDescribeResponseEndpoint | null;
  clientTags: StreamsGroupDescribeResponseKeyValue[];
  taskOffsets: StreamsGroupDescribeResponseTaskOffset[];
  taskEndOffsets: StreamsGroupDescribeResponseTaskOffset[];
  assignment: StreamsGroupDescribeResponseAssignment;
  targetAssignment: StreamsGroupDescribeResponseAssignment;
  isClassic: boolean;
  unknownTags?: TaggedField[];
}

export interface StreamsGroupDescribeResponseEndpoint {
  host: string;
  port: number;
  unknownTags?: TaggedField[];
}

export interface StreamsGroupDescribeResponseKeyValue {
  key: string;
  value: string;
  unknownTags?: TaggedField[];
}

export interface StreamsGroupDescribeResponseTaskOffset {
  subtopologyId: string;
  partition: number;
  offset: number;
  unknownTags?: TaggedField[];
}

export interface StreamsGroupDescribeResponseAssignment {
  activeTasks: StreamsGroupDescribeResponseTaskIds[];
  standbyTasks: StreamsGroupDescribeResponseTaskIds[];
  warmupTasks: StreamsGroupDescribeResponseTaskIds[];
  unknownTags?: TaggedField[];
}

export interface StreamsGroupDescribeResponseTaskIds {
  subtopologyId: string;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readStreamsGroupDescribeResponse(reader: Reader, version: number): StreamsGroupDescribeResponse {
  reader.what = "StreamsGroupDescribeResponse";
  if (version !== 0) throw versionError("StreamsGroupDescribeResponse", version);
  const throttleTimeMs: number = reader.int32();
  let groups: StreamsGroupDescribeResponseDescribedGroup[];
  const groupsLength = reader.compactArrayLength(20);
  if (groupsLength < 0) throw reader.nullError("groups");
  {
    const list: StreamsGroupDescribeResponseDescribedGroup[] = [];
    for (let i = 0; i < groupsLength; i++) list.push(readStreamsGroupDescribeResponseDescribedGroup(reader, version));
    groups = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupDescribeResponse = {
    throttleTimeMs,
    groups,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeStreamsGroupDescribeResponse(writer: Writer, message: Draft<StreamsGroupDescribeResponse>, version: number): void {
  if (version !== 0) throw versionError("StreamsGroupDescribeResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const groups = message.groups;
  if (groups === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(groups.length);
    for (const item of groups) writeStreamsGroupDescribeResponseDescribedGroup(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupDescribeResponseDescribedGroup(reader: Reader, version: number): StreamsGroupDescribeResponseDescribedGroup {
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  const groupId: string = reader.compactString();
  const groupState: string = reader.compactString();
  const groupEpoch: number = reader.int32();
  const assignmentEpoch: number = reader.int32();
  let topology: StreamsGroupDescribeResponseTopology | null = null;
  topology = reader.int8() < 0 ? null : readStreamsGroupDescribeResponseTopology(reader, version);
  let members: StreamsGroupDescribeResponseMember[];
  const membersLength = reader.compactArrayLength(28);
  if (membersLength < 0) throw reader.nullError("members");
  {
    const list: StreamsGroupDescribeResponseMember[] = [];
    for (let i = 0; i < membersLength; i++) list.push(readStreamsGroupDescribeResponseMember(reader, version));
    members = list;
  }
  const authorizedOperations: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupDescribeResponseDescribedGroup = {
    errorCode,
    errorMessage,
    groupId,
    groupState,
    groupEpoch,
    assignmentEpoch,
    topology,
    members,
    authorizedOperations,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupDescribeResponseDescribedGroup(writer: Writer, message: Draft<StreamsGroupDescribeResponseDescribedGroup>, version: number): void {
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage ?? null);
  const groupId = message.groupId;
  writer.compactString(groupId ?? "");
  const groupState = message.groupState;
  writer.compactString(groupState ?? "");
  const groupEpoch = message.groupEpoch;
  writer.int32(groupEpoch ?? 0);
  const assignmentEpoch = message.assignmentEpoch;
  writer.int32(assignmentEpoch ?? 0);
  const topology = message.topology;
  if (topology === null || topology === undefined) {
    writer.int8(-1);
  }
  else {
    writer.int8(1);
    writeStreamsGroupDescribeResponseTopology(writer, topology, version);
  }
  const members = message.members;
  if (members === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(members.length);
    for (const item of members) writeStreamsGroupDescribeResponseMember(writer, item, version);
  }
  const authorizedOperations = message.authorizedOperations;
  writer.int32(authorizedOperations ?? -2147483648);
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupDescribeResponseTopology(reader: Reader, version: number): StreamsGroupDescribeResponseTopology {
  const epoch: number = reader.int32();
  let subtopologies: StreamsGroupDescribeResponseSubtopology[] | null = null;
  const subtopologiesLength = reader.compactArrayLength(6);
  if (subtopologiesLength < 0) {
    subtopologies = null;
  }
  else {
    const list: StreamsGroupDescribeResponseSubtopology[] = [];
    for (let i = 0; i < subtopologiesLength; i++) list.push(readStreamsGroupDescribeResponseSubtopology(reader, version));
    subtopologies = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupDescribeResponseTopology = {
    epoch,
    subtopologies,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupDescribeResponseTopology(writer: Writer, message: Draft<StreamsGroupDescribeResponseTopology>, version: number): void {
  const epoch = message.epoch;
  writer.int32(epoch ?? 0);
  const subtopologies = message.subtopologies;
  if (subtopologies === null || subtopologies === undefined) {
    writer.compactLength(-1);
  }
  else {
    writer.compactLength(subtopologies.length);
    for (const item of subtopologies) writeStreamsGroupDescribeResponseSubtopology(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupDescribeResponseSubtopology(reader: Reader, version: number): StreamsGroupDescribeResponseSubtopology {
  const subtopologyId: string = reader.compactString();
  let sourceTopics: string[];
  const sourceTopicsLength = reader.compactArrayLength(1);
  if (sourceTopicsLength < 0) throw reader.nullError("sourceTopics");
  {
    const list: string[] = [];
    for (let i = 0; i < sourceTopicsLength; i++) list.push(reader.compactString());
    sourceTopics = list;
  }
  let repartitionSinkTopics: string[];
  const repartitionSinkTopicsLength = reader.compactArrayLength(1);
  if (repartitionSinkTopicsLength < 0) throw reader.nullError("repartitionSinkTopics");
  {
    const list: string[] = [];
    for (let i = 0; i < repartitionSinkTopicsLength; i++) list.push(reader.compactString());
    repartitionSinkTopics = list;
  }
  let stateChangelogTopics: StreamsGroupDescribeResponseTopicInfo[];
  const stateChangelogTopicsLength = reader.compactArrayLength(9);
  if (stateChangelogTopicsLength < 0) throw reader.nullError("stateChangelogTopics");
  {
    const list: StreamsGroupDescribeResponseTopicInfo[] = [];
    for (let i = 0; i < stateChangelogTopicsLength; i++) list.push(readStreamsGroupDescribeResponseTopicInfo(reader, version));
    stateChangelogTopics = list;
  }
  let repartitionSourceTopics: StreamsGroupDescribeResponseTopicInfo[];
  const repartitionSourceTopicsLength = reader.compactArrayLength(9);
  if (repartitionSourceTopicsLength < 0) throw reader.nullError("repartitionSourceTopics");
  {
    const list: StreamsGroupDescribeResponseTopicInfo[] = [];
    for (let i = 0; i < repartitionSourceTopicsLength; i++) list.push(readStreamsGroupDescribeResponseTopicInfo(reader, version));
    repartitionSourceTopics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupDescribeResponseSubtopology = {
    subtopologyId,
    sourceTopics,
    repartitionSinkTopics,
    stateChangelogTopics,
    repartitionSourceTopics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupDescribeResponseSubtopology(writer: Writer, message: Draft<StreamsGroupDescribeResponseSubtopology>, version: number): void {
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
  const stateChangelogTopics = message.stateChangelogTopics;
  if (stateChangelogTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(stateChangelogTopics.length);
    for (const item of stateChangelogTopics) writeStreamsGroupDescribeResponseTopicInfo(writer, item, version);
  }
  const repartitionSourceTopics = message.repartitionSourceTopics;
  if (repartitionSourceTopics === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(repartitionSourceTopics.length);
    for (const item of repartitionSourceTopics) writeStreamsGroupDescribeResponseTopicInfo(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupDescribeResponseTopicInfo(reader: Reader, version: number): StreamsGroupDescribeResponseTopicInfo {
  const name: string = reader.compactString();
  const partitions: number = reader.int32();
  const replicationFactor: number = reader.int16();
  let topicConfigs: StreamsGroupDescribeResponseKeyValue[];
  const topicConfigsLength = reader.compactArrayLength(3);
  if (topicConfigsLength < 0) throw reader.nullError("topicConfigs");
  {
    const list: StreamsGroupDescribeResponseKeyValue[] = [];
    for (let i = 0; i < topicConfigsLength; i++) list.push(readStreamsGroupDescribeResponseKeyValue(reader, version));
    topicConfigs = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupDescribeResponseTopicInfo = {
    name,
    partitions,
    replicationFactor,
    topicConfigs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupDescribeResponseTopicInfo(writer: Writer, message: Draft<StreamsGroupDescribeResponseTopicInfo>, version: number): void {
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
    for (const item of topicConfigs) writeStreamsGroupDescribeResponseKeyValue(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupDescribeResponseMember(reader: Reader, version: number): StreamsGroupDescribeResponseMember {
  const memberId: string = reader.compactString();
  const memberEpoch: number = reader.int32();
  const instanceId: string | null = reader.compactNullableString();
  const rackId: string | null = reader.compactNullableString();
  const clientId: string = reader.compactString();
  const clientHost: string = reader.compactString();
  const topologyEpoch: number = reader.int32();
  const processId: string = reader.compactString();
  let userEndpoint: StreamsGroupDescribeResponseEndpoint | null = null;
  userEndpoint = reader.int8() < 0 ? null : readStreamsGroupDescribeResponseEndpoint(reader, version);
  let clientTags: StreamsGroupDescribeResponseKeyValue[];
  const clientTagsLength = reader.compactArrayLength(3);
  if (clientTagsLength < 0) throw reader.nullError("clientTags");
  {
    const list: StreamsGroupDescribeResponseKeyValue[] = [];
    for (let i = 0; i < clientTagsLength; i++) list.push(readStreamsGroupDescribeResponseKeyValue(reader, version));
    clientTags = list;
  }
  let taskOffsets: StreamsGroupDescribeResponseTaskOffset[];
  const taskOffsetsLength = reader.compactArrayLength(14);
  if (taskOffsetsLength < 0) throw reader.nullError("taskOffsets");
  {
    const list: StreamsGroupDescribeResponseTaskOffset[] = [];
    for (let i = 0; i < taskOffsetsLength; i++) list.push(readStreamsGroupDescribeResponseTaskOffset(reader, version));
    taskOffsets = list;
  }
  let taskEndOffsets: StreamsGroupDescribeResponseTaskOffset[];
  const taskEndOffsetsLength = reader.compactArrayLength(14);
  if (taskEndOffsetsLength < 0) throw reader.nullError("taskEndOffsets");
  {
    const list: StreamsGroupDescribeResponseTaskOffset[] = [];
    for (let i = 0; i < taskEndOffsetsLength; i++) list.push(readStreamsGroupDescribeResponseTaskOffset(reader, version));
    taskEndOffsets = list;
  }
  const assignment: StreamsGroupDescribeResponseAssignment = readStreamsGroupDescribeResponseAssignment(reader, version);
  const targetAssignment: StreamsGroupDescribeResponseAssignment = readStreamsGroupDescribeResponseAssignment(reader, version);
  const isClassic: boolean = reader.bool();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupDescribeResponseMember = {
    memberId,
    memberEpoch,
    instanceId,
    rackId,
    clientId,
    clientHost,
    topologyEpoch,
    processId,
    userEndpoint,
    clientTags,
    taskOffsets,
    taskEndOffsets,
    assignment,
    targetAssignment,
    isClassic,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupDescribeResponseMember(writer: Writer, message: Draft<StreamsGroupDescribeResponseMember>, version: number): void {
  const memberId = message.memberId;
  writer.compactString(memberId ?? "");
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch ?? 0);
  const instanceId = message.instanceId;
  writer.compactNullableString(instanceId ?? null);
  const rackId = message.rackId;
  writer.compactNullableString(rackId ?? null);
  const clientId = message.clientId;
  writer.compactString(clientId ?? "");
  const clientHost = message.clientHost;
  writer.compactString(clientHost ?? "");
  const topologyEpoch = message.topologyEpoch;
  writer.int32(topologyEpoch ?? 0);
  const processId = message.processId;
  writer.compactString(processId ?? "");
  const userEndpoint = message.userEndpoint;
  if (userEndpoint === null || userEndpoint === undefined) {
    writer.int8(-1);
  }
  else {
    writer.int8(1);
    writeStreamsGroupDescribeResponseEndpoint(writer, userEndpoint, version);
  }
  const clientTags = message.clientTags;
  if (clientTags === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(clientTags.length);
    for (const item of clientTags) writeStreamsGroupDescribeResponseKeyValue(writer, item, version);
  }
  const taskOffsets = message.taskOffsets;
  if (taskOffsets === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(taskOffsets.length);
    for (const item of taskOffsets) writeStreamsGroupDescribeResponseTaskOffset(writer, item, version);
  }
  const taskEndOffsets = message.taskEndOffsets;
  if (taskEndOffsets === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(taskEndOffsets.length);
    for (const item of taskEndOffsets) writeStreamsGroupDescribeResponseTaskOffset(writer, item, version);
  }
  const assignment = message.assignment;
  writeStreamsGroupDescribeResponseAssignment(writer, assignment ?? {}, version);
  const targetAssignment = message.targetAssignment;
  writeStreamsGroupDescribeResponseAssignment(writer, targetAssignment ?? {}, version);
  const isClassic = message.isClassic;
  writer.bool(isClassic ?? false);
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupDescribeResponseEndpoint(reader: Reader, _version: number): StreamsGroupDescribeResponseEndpoint {
  const host: string = reader.compactString();
  const port: number = reader.uint16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupDescribeResponseEndpoint = {
    host,
    port,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupDescribeResponseEndpoint(writer: Writer, message: Draft<StreamsGroupDescribeResponseEndpoint>, _version: number): void {
  const host = message.host;
  writer.compactString(host ?? "");
  const port = message.port;
  writer.uint16(port ?? 0);
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupDescribeResponseKeyValue(reader: Reader, _version: number): StreamsGroupDescribeResponseKeyValue {
  const key: string = reader.compactString();
  const value: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupDescribeResponseKeyValue = {
    key,
    value,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupDescribeResponseKeyValue(writer: Writer, message: Draft<StreamsGroupDescribeResponseKeyValue>, _version: number): void {
  const key = message.key;
  writer.compactString(key ?? "");
  const value = message.value;
  writer.compactString(value ?? "");
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupDescribeResponseTaskOffset(reader: Reader, _version: number): StreamsGroupDescribeResponseTaskOffset {
  const subtopologyId: string = reader.compactString();
  const partition: number = reader.int32();
  const offset: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupDescribeResponseTaskOffset = {
    subtopologyId,
    partition,
    offset,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupDescribeResponseTaskOffset(writer: Writer, message: Draft<StreamsGroupDescribeResponseTaskOffset>, _version: number): void {
  const subtopologyId = message.subtopologyId;
  writer.compactString(subtopologyId ?? "");
  const partition = message.partition;
  writer.int32(partition ?? 0);
  const offset = message.offset;
  writer.int64(offset ?? 0);
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupDescribeResponseAssignment(reader: Reader, version: number): StreamsGroupDescribeResponseAssignment {
  let activeTasks: StreamsGroupDescribeResponseTaskIds[];
  const activeTasksLength = reader.compactArrayLength(3);
  if (activeTasksLength < 0) throw reader.nullError("activeTasks");
  {
    const list: StreamsGroupDescribeResponseTaskIds[] = [];
    for (let i = 0; i < activeTasksLength; i++) list.push(readStreamsGroupDescribeResponseTaskIds(reader, version));
    activeTasks = list;
  }
  let standbyTasks: StreamsGroupDescribeResponseTaskIds[];
  const standbyTasksLength = reader.compactArrayLength(3);
  if (standbyTasksLength < 0) throw reader.nullError("standbyTasks");
  {
    const list: StreamsGroupDescribeResponseTaskIds[] = [];
    for (let i = 0; i < standbyTasksLength; i++) list.push(readStreamsGroupDescribeResponseTaskIds(reader, version));
    standbyTasks = list;
  }
  let warmupTasks: StreamsGroupDescribeResponseTaskIds[];
  const warmupTasksLength = reader.compactArrayLength(3);
  if (warmupTasksLength < 0) throw reader.nullError("warmupTasks");
  {
    const list: StreamsGroupDescribeResponseTaskIds[] = [];
    for (let i = 0; i < warmupTasksLength; i++) list.push(readStreamsGroupDescribeResponseTaskIds(reader, version));
    warmupTasks = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: StreamsGroupDescribeResponseAssignment = {
    activeTasks,
    standbyTasks,
    warmupTasks,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupDescribeResponseAssignment(writer: Writer, message: Draft<StreamsGroupDescribeResponseAssignment>, version: number): void {
  const activeTasks = message.activeTasks;
  if (activeTasks === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(activeTasks.length);
    for (const item of activeTasks) writeStreamsGroupDescribeResponseTaskIds(writer, item, version);
  }
  const standbyTasks = message.standbyTasks;
  if (standbyTasks === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(standbyTasks.length);
    for (const item of standbyTasks) writeStreamsGroupDescribeResponseTaskIds(writer, item, version);
  }
  const warmupTasks = message.warmupTasks;
  if (warmupTasks === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(warmupTasks.length);
    for (const item of warmupTasks) writeStreamsGroupDescribeResponseTaskIds(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readStreamsGroupDescribeResponseTaskIds(reader: Reader, _version: number): StreamsGroupDescribeResponseTaskIds {
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
  const message: StreamsGroupDescribeResponseTaskIds = {
    subtopologyId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeStreamsGroupDescribeResponseTaskIds(writer: Writer, message: Draft<StreamsGroupDescribeResponseTaskIds>, _version: number): void {
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

