// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ShareGroupDescribeRequest {
  groupIds: string[];
  includeAuthorizedOperations: boolean;
  unknownTags?: TaggedField[];
}

export function readShareGroupDescribeRequest(reader: Reader, version: number): ShareGroupDescribeRequest {
  reader.what = "ShareGroupDescribeRequest";
  if (version !== 1) throw versionError("ShareGroupDescribeRequest", version);
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
  const message: ShareGroupDescribeRequest = {
    groupIds,
    includeAuthorizedOperations,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShareGroupDescribeRequest(writer: Writer, message: Draft<ShareGroupDescribeRequest>, version: number): void {
  if (version !== 1) throw versionError("ShareGroupDescribeRequest", version);
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

export interface ShareGroupDescribeResponse {
  throttleTimeMs: number;
  groups: ShareGroupDescribeResponseDescribedGroup[];
  unknownTags?: TaggedField[];
}

export interface ShareGroupDescribeResponseDescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  groupEpoch: number;
  assignmentEpoch: number;
  assignorName: string;
  members: ShareGroupDescribeResponseMember[];
  authorizedOperations: number;
  unknownTags?: TaggedField[];
}

export interface ShareGroupDescribeResponseMember {
  memberId: string;
  rackId: string | null;
  memberEpoch: number;
  clientId: string;
  clientHost: string;
  subscribedTopicNames: string[];
  assignment: ShareGroupDescribeResponseAssignment;
  unknownTags?: TaggedField[];
}

export interface ShareGroupDescribeResponseAssignment {
  topicPartitions: ShareGroupDescribeResponseTopicPartitions[];
  unknownTags?: TaggedField[];
}

export interface ShareGroupDescribeResponseTopicPartitions {
  topicId: Uuid;
  topicName: string;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readShareGroupDescribeResponse(reader: Reader, version: number): ShareGroupDescribeResponse {
  reader.what = "ShareGroupDescribeResponse";
  if (version !== 1) throw versionError("ShareGroupDescribeResponse", version);
  const throttleTimeMs: number = reader.int32();
  let groups: ShareGroupDescribeResponseDescribedGroup[];
  const groupsLength = reader.compactArrayLength(20);
  if (groupsLength < 0) throw reader.nullError("groups");
  {
    const list: ShareGroupDescribeResponseDescribedGroup[] = [];
    for (let i = 0; i < groupsLength; i++) list.push(readShareGroupDescribeResponseDescribedGroup(reader, version));
    groups = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupDescribeResponse = {
    throttleTimeMs,
    groups,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShareGroupDescribeResponse(writer: Writer, message: Draft<ShareGroupDescribeResponse>, version: number): void {
  if (version !== 1) throw versionError("ShareGroupDescribeResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const groups = message.groups;
  if (groups === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(groups.length);
    for (const item of groups) writeShareGroupDescribeResponseDescribedGroup(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareGroupDescribeResponseDescribedGroup(reader: Reader, version: number): ShareGroupDescribeResponseDescribedGroup {
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  const groupId: string = reader.compactString();
  const groupState: string = reader.compactString();
  const groupEpoch: number = reader.int32();
  const assignmentEpoch: number = reader.int32();
  const assignorName: string = reader.compactString();
  let members: ShareGroupDescribeResponseMember[];
  const membersLength = reader.compactArrayLength(12);
  if (membersLength < 0) throw reader.nullError("members");
  {
    const list: ShareGroupDescribeResponseMember[] = [];
    for (let i = 0; i < membersLength; i++) list.push(readShareGroupDescribeResponseMember(reader, version));
    members = list;
  }
  const authorizedOperations: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupDescribeResponseDescribedGroup = {
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

function writeShareGroupDescribeResponseDescribedGroup(writer: Writer, message: Draft<ShareGroupDescribeResponseDescribedGroup>, version: number): void {
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
    for (const item of members) writeShareGroupDescribeResponseMember(writer, item, version);
  }
  const authorizedOperations = message.authorizedOperations;
  writer.int32(authorizedOperations ?? -2147483648);
  writer.unknownTags(message.unknownTags);
}

function readShareGroupDescribeResponseMember(reader: Reader, version: number): ShareGroupDescribeResponseMember {
  const memberId: string = reader.compactString();
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
  const assignment: ShareGroupDescribeResponseAssignment = readShareGroupDescribeResponseAssignment(reader, version);
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupDescribeResponseMember = {
    memberId,
    rackId,
    memberEpoch,
    clientId,
    clientHost,
    subscribedTopicNames,
    assignment,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareGroupDescribeResponseMember(writer: Writer, message: Draft<ShareGroupDescribeResponseMember>, version: number): void {
  const memberId = message.memberId;
  writer.compactString(memberId ?? "");
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
  const assignment = message.assignment;
  writeShareGroupDescribeResponseAssignment(writer, assignment ?? {}, version);
  writer.unknownTags(message.unknownTags);
}

function readShareGroupDescribeResponseAssignment(reader: Reader, version: number): ShareGroupDescribeResponseAssignment {
  let topicPartitions: ShareGroupDescribeResponseTopicPartitions[];
  const topicPartitionsLength = reader.compactArrayLength(19);
  if (topicPartitionsLength < 0) throw reader.nullError("topicPartitions");
  {
    const list: ShareGroupDescribeResponseTopicPartitions[] = [];
    for (let i = 0; i < topicPartitionsLength; i++) list.push(readShareGroupDescribeResponseTopicPartitions(reader, version));
    topicPartitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareGroupDescribeResponseAssignment = {
    topicPartitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareGroupDescribeResponseAssignment(writer: Writer, message: Draft<ShareGroupDescribeResponseAssignment>, version: number): void {
  const topicPartitions = message.topicPartitions;
  if (topicPartitions === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(topicPartitions.length);
    for (const item of topicPartitions) writeShareGroupDescribeResponseTopicPartitions(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readShareGroupDescribeResponseTopicPartitions(reader: Reader, _version: number): ShareGroupDescribeResponseTopicPartitions {
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
  const message: ShareGroupDescribeResponseTopicPartitions = {
    topicId,
    topicName,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareGroupDescribeResponseTopicPartitions(writer: Writer, message: Draft<ShareGroupDescribeResponseTopicPartitions>, _version: number): void {
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

