// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ConsumerGroupDescribeRequest {
  groupIds: string[];
  includeAuthorizedOperations: boolean;
  unknownTags?: TaggedField[];
}

export function readConsumerGroupDescribeRequest(reader: Reader, version: number): ConsumerGroupDescribeRequest {
  reader.what = "ConsumerGroupDescribeRequest";
  if (version < 0 || version > 1) throw versionError("ConsumerGroupDescribeRequest", version);
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
  const message: ConsumerGroupDescribeRequest = {
    groupIds,
    includeAuthorizedOperations,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeConsumerGroupDescribeRequest(writer: Writer, message: Draft<ConsumerGroupDescribeRequest>, version: number): void {
  if (version < 0 || version > 1) throw versionError("ConsumerGroupDescribeRequest", version);
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

export interface ConsumerGroupDescribeResponse {
  throttleTimeMs: number;
  groups: ConsumerGroupDescribeResponseDescribedGroup[];
  unknownTags?: TaggedField[];
}

export interface ConsumerGroupDescribeResponseDescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  groupEpoch: number;
  assignmentEpoch: number;
  assignorName: string;
  members: ConsumerGroupDescribeResponseMember[];
  authorizedOperations: number;
  unknownTags?: TaggedField[];
}

export interface ConsumerGroupDescribeResponseMember {
  memberId: string;
  instanceId: string | null;
  rackId: string | null;
  memberEpoch: number;
  clientId: string;
  clientHost: string;
  subscribedTopicNames: string[];
  subscribedTopicRegex: string | null;
  assignment: ConsumerGroupDescribeResponseAssignment;
  targetAssignment: ConsumerGroupDescribeResponseAssignment;
  memberType: number;
  unknownTags?: TaggedField[];
}

export interface ConsumerGroupDescribeResponseAssignment {
  topicPartitions: ConsumerGroupDescribeResponseTopicPartitions[];
  unknownTags?: TaggedField[];
}

export interface ConsumerGroupDescribeResponseTopicPartitions {
  topicId: Uuid;
  topicName: string;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readConsumerGroupDescribeResponse(reader: Reader, version: number): ConsumerGroupDescribeResponse {
  reader.what = "ConsumerGroupDescribeResponse";
  if (version < 0 || version > 1) throw versionError("ConsumerGroupDescribeResponse", version);
  const throttleTimeMs: number = reader.int32();
  let groups: ConsumerGroupDescribeResponseDescribedGroup[];
  const groupsLength = reader.compactArrayLength(20);
  if (groupsLength < 0) throw reader.nullError("groups");
  {
    const list: ConsumerGroupDescribeResponseDescribedGroup[] = [];
    for (let i = 0; i < groupsLength; i++) list.push(readConsumerGroupDescribeResponseDescribedGroup(reader, version));
    groups = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupDescribeResponse = {
    throttleTimeMs,
    groups,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeConsumerGroupDescribeResponse(writer: Writer, message: Draft<ConsumerGroupDescribeResponse>, version: number): void {
  if (version < 0 || version > 1) throw versionError("ConsumerGroupDescribeResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const groups = message.groups;
  if (groups === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(groups.length);
    for (const item of groups) writeConsumerGroupDescribeResponseDescribedGroup(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readConsumerGroupDescribeResponseDescribedGroup(reader: Reader, version: number): ConsumerGroupDescribeResponseDescribedGroup {
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  const groupId: string = reader.compactString();
  const groupState: string = reader.compactString();
  const groupEpoch: number = reader.int32();
  const assignmentEpoch: number = reader.int32();
  const assignorName: string = reader.compactString();
  let members: ConsumerGroupDescribeResponseMember[];
  const membersLength = reader.compactArrayLength(16);
  if (membersLength < 0) throw reader.nullError("members");
  {
    const list: ConsumerGroupDescribeResponseMember[] = [];
    for (let i = 0; i < membersLength; i++) list.push(readConsumerGroupDescribeResponseMember(reader, version));
    members = list;
  }
  const authorizedOperations: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupDescribeResponseDescribedGroup = {
    errorCode,
    errorMessage,
    groupId,
    groupState,
    groupEpoch,
    assignmentEpoch,
    assignorName,
    members,
    authorizedOperations,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeConsumerGroupDescribeResponseDescribedGroup(writer: Writer, message: Draft<ConsumerGroupDescribeResponseDescribedGroup>, version: number): void {
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
  const assignorName = message.assignorName;
  writer.compactString(assignorName ?? "");
  const members = message.members;
  if (members === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(members.length);
    for (const item of members) writeConsumerGroupDescribeResponseMember(writer, item, version);
  }
  const authorizedOperations = message.authorizedOperations;
  writer.int32(authorizedOperations ?? -2147483648);
  writer.unknownTags(message.unknownTags);
}

function readConsumerGroupDescribeResponseMember(reader: Reader, version: number): ConsumerGroupDescribeResponseMember {
  const memberId: string = reader.compactString();
  const instanceId: string | null = reader.compactNullableString();
  const rackId: string | null = reader.compactNullableString();
  const memberEpoch: number = reader.int32();
  const clientId: string = reader.compactString();
  const clientHost: string = reader.compactString();
  let subscribedTopicNames: string[];
  const subscribedTopicNamesLength = reader.compactArrayLength(1);
  if (subscribedTopicNamesLength < 0) throw reader.nullError("subscribedTopicNames");
  {
    const list: string[] = [];
    for (let i = 0; i < subscribedTopicNamesLength; i++) list.push(reader.compactString());
    subscribedTopicNames = list;
  }
  const subscribedTopicRegex: string | null = reader.compactNullableString();
  const assignment: ConsumerGroupDescribeResponseAssignment = readConsumerGroupDescribeResponseAssignment(reader, version);
  const targetAssignment: ConsumerGroupDescribeResponseAssignment = readConsumerGroupDescribeResponseAssignment(reader, version);
  const memberType: number = version >= 1 ? reader.int8() : -1;
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupDescribeResponseMember = {
    memberId,
    instanceId,
    rackId,
    memberEpoch,
    clientId,
    clientHost,
    subscribedTopicNames,
    subscribedTopicRegex,
    assignment,
    targetAssignment,
    memberType,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeConsumerGroupDescribeResponseMember(writer: Writer, message: Draft<ConsumerGroupDescribeResponseMember>, version: number): void {
  const memberId = message.memberId;
  writer.compactString(memberId ?? "");
  const instanceId = message.instanceId;
  writer.compactNullableString(instanceId ?? null);
  const rackId = message.rackId;
  writer.compactNullableString(rackId ?? null);
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch ?? 0);
  const clientId = message.clientId;
  writer.compactString(clientId ?? "");
  const clientHost = message.clientHost;
  writer.compactString(clientHost ?? "");
  const subscribedTopicNames = message.subscribedTopicNames;
  if (subscribedTopicNames === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(subscribedTopicNames.length);
    for (const item of subscribedTopicNames) {
      writer.compactString(item);
    }
  }
  const subscribedTopicRegex = message.subscribedTopicRegex;
  writer.compactNullableString(subscribedTopicRegex ?? null);
  const assignment = message.assignment;
  writeConsumerGroupDescribeResponseAssignment(writer, assignment ?? {}, version);
  const targetAssignment = message.targetAssignment;
  writeConsumerGroupDescribeResponseAssignment(writer, targetAssignment ?? {}, version);
  const memberType = message.memberType;
  if (version >= 1) {
    writer.int8(memberType ?? -1);
  }
  writer.unknownTags(message.unknownTags);
}

function readConsumerGroupDescribeResponseAssignment(reader: Reader, version: number): ConsumerGroupDescribeResponseAssignment {
  let topicPartitions: ConsumerGroupDescribeResponseTopicPartitions[];
  const topicPartitionsLength = reader.compactArrayLength(19);
  if (topicPartitionsLength < 0) throw reader.nullError("topicPartitions");
  {
    const list: ConsumerGroupDescribeResponseTopicPartitions[] = [];
    for (let i = 0; i < topicPartitionsLength; i++) list.push(readConsumerGroupDescribeResponseTopicPartitions(reader, version));
    topicPartitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConsumerGroupDescribeResponseAssignment = {
    topicPartitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeConsumerGroupDescribeResponseAssignment(writer: Writer, message: Draft<ConsumerGroupDescribeResponseAssignment>, version: number): void {
  const topicPartitions = message.topicPartitions;
  if (topicPartitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topicPartitions.length);
    for (const item of topicPartitions) writeConsumerGroupDescribeResponseTopicPartitions(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readConsumerGroupDescribeResponseTopicPartitions(reader: Reader, _version: number): ConsumerGroupDescribeResponseTopicPartitions {
  const topicId: Uuid = reader.uuid();
  const topicName: string = reader.compactString();
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
  const message: ConsumerGroupDescribeResponseTopicPartitions = {
    topicId,
    topicName,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeConsumerGroupDescribeResponseTopicPartitions(writer: Writer, message: Draft<ConsumerGroupDescribeResponseTopicPartitions>, _version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const topicName = message.topicName;
  writer.compactString(topicName ?? "");
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

