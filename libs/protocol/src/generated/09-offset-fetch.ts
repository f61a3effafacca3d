// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface OffsetFetchRequest {
  groupId: string;
  topics: OffsetFetchRequestTopic[] | null;
  groups: OffsetFetchRequestGroup[];
  requireStable: boolean;
  unknownTags?: TaggedField[];
}

export interface OffsetFetchRequestTopic {
  name: string;
  partitionIndexes: number[];
  unknownTags?: TaggedField[];
}

export interface OffsetFetchRequestGroup {
  groupId: string;
  memberId: string | null;
  memberEpoch: number;
  topics: OffsetFetchRequestTopics[] | null;
  unknownTags?: TaggedField[];
}

export interface OffsetFetchRequestTopics {
  name: string;
  topicId: Uuid;
  partitionIndexes: number[];
  unknownTags?: TaggedField[];
}

export function readOffsetFetchRequest(reader: Reader, version: number): OffsetFetchRequest {
  reader.what = "OffsetFetchRequest";
  if (version < 0 || version > 10) throw versionError("OffsetFetchRequest", version);
  const flexible = version >= 6;
  const groupId: string = version <= 7 ? (flexible ? reader.compactString() : reader.string()) : "";
  let topics: OffsetFetchRequestTopic[] | null = [];
  if (version <= 7) {
    const topicsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (topicsLength < 0) {
      if (!(version >= 2 && version <= 7)) throw reader.nullError("topics");
      topics = null;
    }
    else {
      const list: OffsetFetchRequestTopic[] = [];
      for (let i = 0; i < topicsLength; i++) list.push(readOffsetFetchRequestTopic(reader, version));
      topics = list;
    }
  }
  let groups: OffsetFetchRequestGroup[] = [];
  if (version >= 8) {
    const groupsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (groupsLength < 0) throw reader.nullError("groups");
    {
      const list: OffsetFetchRequestGroup[] = [];
      for (let i = 0; i < groupsLength; i++) list.push(readOffsetFetchRequestGroup(reader, version));
      groups = list;
    }
  }
  const requireStable: boolean = version >= 7 ? reader.bool() : false;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetFetchRequest = {
    groupId,
    topics,
    groups,
    requireStable,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeOffsetFetchRequest(writer: Writer, message: Draft<OffsetFetchRequest>, version: number): void {
  if (version < 0 || version > 10) throw versionError("OffsetFetchRequest", version);
  const flexible = version >= 6;
  const groupId = message.groupId;
  if (version <= 7) {
    if (flexible) writer.compactString(groupId ?? "");
    else writer.string(groupId ?? "");
  }
  if (!(version <= 7) && groupId !== undefined && groupId !== "") throw notInVersion("OffsetFetchRequest.groupId", version);
  const topics = message.topics;
  if (version <= 7) {
    if (topics === null) {
      if (!(version >= 2 && version <= 7)) throw nullIn("OffsetFetchRequest.topics", version);
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
      for (const item of topics) writeOffsetFetchRequestTopic(writer, item, version);
    }
  }
  if (!(version <= 7) && topics !== undefined && (topics === null || topics.length > 0)) throw notInVersion("OffsetFetchRequest.topics", version);
  const groups = message.groups;
  if (version >= 8) {
    if (groups === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(groups.length);
      else writer.arrayLength(groups.length);
      for (const item of groups) writeOffsetFetchRequestGroup(writer, item, version);
    }
  }
  if (!(version >= 8) && groups !== undefined && groups.length > 0) throw notInVersion("OffsetFetchRequest.groups", version);
  const requireStable = message.requireStable;
  if (version >= 7) {
    writer.bool(requireStable ?? false);
  }
  if (!(version >= 7) && requireStable !== undefined && requireStable !== false) throw notInVersion("OffsetFetchRequest.requireStable", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetFetchRequest.unknownTags", version);
}

function readOffsetFetchRequestTopic(reader: Reader, version: number): OffsetFetchRequestTopic {
  const flexible = version >= 6;
  const name: string = version <= 7 ? (flexible ? reader.compactString() : reader.string()) : "";
  let partitionIndexes: number[] = [];
  if (version <= 7) {
    const partitionIndexesLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
    if (partitionIndexesLength < 0) throw reader.nullError("partitionIndexes");
    {
      const list: number[] = [];
      for (let i = 0; i < partitionIndexesLength; i++) list.push(reader.int32());
      partitionIndexes = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetFetchRequestTopic = {
    name,
    partitionIndexes,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetFetchRequestTopic(writer: Writer, message: Draft<OffsetFetchRequestTopic>, version: number): void {
  const flexible = version >= 6;
  const name = message.name;
  if (version <= 7) {
    if (flexible) writer.compactString(name ?? "");
    else writer.string(name ?? "");
  }
  if (!(version <= 7) && name !== undefined && name !== "") throw notInVersion("OffsetFetchRequestTopic.name", version);
  const partitionIndexes = message.partitionIndexes;
  if (version <= 7) {
    if (partitionIndexes === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(partitionIndexes.length);
      else writer.arrayLength(partitionIndexes.length);
      for (const item of partitionIndexes) writer.int32(item);
    }
  }
  if (!(version <= 7) && partitionIndexes !== undefined && partitionIndexes.length > 0) throw notInVersion("OffsetFetchRequestTopic.partitionIndexes", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetFetchRequestTopic.unknownTags", version);
}

function readOffsetFetchRequestGroup(reader: Reader, version: number): OffsetFetchRequestGroup {
  const flexible = version >= 6;
  const groupId: string = version >= 8 ? (flexible ? reader.compactString() : reader.string()) : "";
  const memberId: string | null = version >= 9 ? (version >= 9 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : null;
  const memberEpoch: number = version >= 9 ? reader.int32() : -1;
  let topics: OffsetFetchRequestTopics[] | null = [];
  if (version >= 8) {
    const topicsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (topicsLength < 0) {
      if (!(version >= 8)) throw reader.nullError("topics");
      topics = null;
    }
    else {
      const list: OffsetFetchRequestTopics[] = [];
      for (let i = 0; i < topicsLength; i++) list.push(readOffsetFetchRequestTopics(reader, version));
      topics = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetFetchRequestGroup = {
    groupId,
    memberId,
    memberEpoch,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetFetchRequestGroup(writer: Writer, message: Draft<OffsetFetchRequestGroup>, version: number): void {
  const flexible = version >= 6;
  const groupId = message.groupId;
  if (version >= 8) {
    if (flexible) writer.compactString(groupId ?? "");
    else writer.string(groupId ?? "");
  }
  if (!(version >= 8) && groupId !== undefined && groupId !== "") throw notInVersion("OffsetFetchRequestGroup.groupId", version);
  const memberId = message.memberId;
  if (version >= 9) {
    if (!(version >= 9) && (memberId === undefined || memberId === null)) throw nullIn("OffsetFetchRequestGroup.memberId", version);
    if (flexible) writer.compactNullableString(memberId ?? null);
    else writer.nullableString(memberId ?? null);
  }
  const memberEpoch = message.memberEpoch;
  if (version >= 9) {
    writer.int32(memberEpoch ?? -1);
  }
  const topics = message.topics;
  if (version >= 8) {
    if (topics === null) {
      if (!(version >= 8)) throw nullIn("OffsetFetchRequestGroup.topics", version);
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
      for (const item of topics) writeOffsetFetchRequestTopics(writer, item, version);
    }
  }
  if (!(version >= 8) && topics !== undefined && (topics === null || topics.length > 0)) throw notInVersion("OffsetFetchRequestGroup.topics", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetFetchRequestGroup.unknownTags", version);
}

function readOffsetFetchRequestTopics(reader: Reader, version: number): OffsetFetchRequestTopics {
  const flexible = version >= 6;
  const name: string = version >= 8 && version <= 9 ? (flexible ? reader.compactString() : reader.string()) : "";
  const topicId: Uuid = version >= 10 ? reader.uuid() : ZERO_UUID;
  let partitionIndexes: number[] = [];
  if (version >= 8) {
    const partitionIndexesLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
    if (partitionIndexesLength < 0) throw reader.nullError("partitionIndexes");
    {
      const list: number[] = [];
      for (let i = 0; i < partitionIndexesLength; i++) list.push(reader.int32());
      partitionIndexes = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetFetchRequestTopics = {
    name,
    topicId,
    partitionIndexes,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetFetchRequestTopics(writer: Writer, message: Draft<OffsetFetchRequestTopics>, version: number): void {
  const flexible = version >= 6;
  const name = message.name;
  if (version >= 8 && version <= 9) {
    if (flexible) writer.compactString(name ?? "");
    else writer.string(name ?? "");
  }
  const topicId = message.topicId;
  if (version >= 10) {
    writer.uuid(topicId ?? ZERO_UUID);
  }
  const partitionIndexes = message.partitionIndexes;
  if (version >= 8) {
    if (partitionIndexes === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(partitionIndexes.length);
      else writer.arrayLength(partitionIndexes.length);
      for (const item of partitionIndexes) writer.int32(item);
    }
  }
  if (!(version >= 8) && partitionIndexes !== undefined && partitionIndexes.length > 0) throw notInVersion("OffsetFetchRequestTopics.partitionIndexes", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetFetchRequestTopics.unknownTags", version);
}

export interface OffsetFetchResponse {
  throttleTimeMs: number;
  topics: OffsetFetchResponseTopic[];
  errorCode: number;
  groups: OffsetFetchResponseGroup[];
  unknownTags?: TaggedField[];
}

export interface OffsetFetchResponseTopic {
  name: string;
  partitions: OffsetFetchResponsePartition[];
  unknownTags?: TaggedField[];
}

export interface OffsetFetchResponsePartition {
  partitionIndex: number;
  committedOffset: number;
  committedLeaderEpoch: number;
  metadata: string | null;
  errorCode: number;
  unknownTags?: TaggedField[];
}

export interface OffsetFetchResponseGroup {
  groupId: string;
  topics: OffsetFetchResponseTopics[];
  errorCode: number;
  unknownTags?: TaggedField[];
}

export interface OffsetFetchResponseTopics {
  name: string;
  topicId: Uuid;
  partitions: OffsetFetchResponsePartitions[];
  unknownTags?: TaggedField[];
}

export interface OffsetFetchResponsePartitions {
  partitionIndex: number;
  committedOffset: number;
  committedLeaderEpoch: number;
  metadata: string | null;
  errorCode: number;
  unknownTags?: TaggedField[];
}

export function readOffsetFetchResponse(reader: Reader, version: number): OffsetFetchResponse {
  reader.what = "OffsetFetchResponse";
  if (version < 0 || version > 10) throw versionError("OffsetFetchResponse", version);
  const flexible = version >= 6;
  const throttleTimeMs: number = version >= 3 ? reader.int32() : 0;
  let topics: OffsetFetchResponseTopic[] = [];
  if (version <= 7) {
    const topicsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (topicsLength < 0) throw reader.nullError("topics");
    {
      const list: OffsetFetchResponseTopic[] = [];
      for (let i = 0; i < topicsLength; i++) list.push(readOffsetFetchResponseTopic(reader, version));
      topics = list;
    }
  }
  const errorCode: number = version >= 2 && version <= 7 ? reader.int16() : 0;
  let groups: OffsetFetchResponseGroup[] = [];
  if (version >= 8) {
    const groupsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (groupsLength < 0) throw reader.nullError("groups");
    {
      const list: OffsetFetchResponseGroup[] = [];
      for (let i = 0; i < groupsLength; i++) list.push(readOffsetFetchResponseGroup(reader, version));
      groups = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetFetchResponse = {
    throttleTimeMs,
    topics,
    errorCode,
    groups,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeOffsetFetchResponse(writer: Writer, message: Draft<OffsetFetchResponse>, version: number): void {
  if (version < 0 || version > 10) throw versionError("OffsetFetchResponse", version);
  const flexible = version >= 6;
  const throttleTimeMs = message.throttleTimeMs;
  if (version >= 3) {
    writer.int32(throttleTimeMs ?? 0);
  }
  const topics = message.topics;
  if (version <= 7) {
    if (topics === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(topics.length);
      else writer.arrayLength(topics.length);
      for (const item of topics) writeOffsetFetchResponseTopic(writer, item, version);
    }
  }
  if (!(version <= 7) && topics !== undefined && topics.length > 0) throw notInVersion("OffsetFetchResponse.topics", version);
  const errorCode = message.errorCode;
  if (version >= 2 && version <= 7) {
    writer.int16(errorCode ?? 0);
  }
  const groups = message.groups;
  if (version >= 8) {
    if (groups === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(groups.length);
      else writer.arrayLength(groups.length);
      for (const item of groups) writeOffsetFetchResponseGroup(writer, item, version);
    }
  }
  if (!(version >= 8) && groups !== undefined && groups.length > 0) throw notInVersion("OffsetFetchResponse.groups", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetFetchResponse.unknownTags", version);
}

function readOffsetFetchResponseTopic(reader: Reader, version: number): OffsetFetchResponseTopic {
  const flexible = version >= 6;
  const name: string = version <= 7 ? (flexible ? reader.compactString() : reader.string()) : "";
  let partitions: OffsetFetchResponsePartition[] = [];
  if (version <= 7) {
    const partitionsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (partitionsLength < 0) throw reader.nullError("partitions");
    {
      const list: OffsetFetchResponsePartition[] = [];
      for (let i = 0; i < partitionsLength; i++) list.push(readOffsetFetchResponsePartition(reader, version));
      partitions = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetFetchResponseTopic = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetFetchResponseTopic(writer: Writer, message: Draft<OffsetFetchResponseTopic>, version: number): void {
  const flexible = version >= 6;
  const name = message.name;
  if (version <= 7) {
    if (flexible) writer.compactString(name ?? "");
    else writer.string(name ?? "");
  }
  if (!(version <= 7) && name !== undefined && name !== "") throw notInVersion("OffsetFetchResponseTopic.name", version);
  const partitions = message.partitions;
  if (version <= 7) {
    if (partitions === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(partitions.length);
      else writer.arrayLength(partitions.length);
      for (const item of partitions) writeOffsetFetchResponsePartition(writer, item, version);
    }
  }
  if (!(version <= 7) && partitions !== undefined && partitions.length > 0) throw notInVersion("OffsetFetchResponseTopic.partitions", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetFetchResponseTopic.unknownTags", version);
}

function readOffsetFetchResponsePartition(reader: Reader, version: number): OffsetFetchResponsePartition {
  const flexible = version >= 6;
  const partitionIndex: number = version <= 7 ? reader.int32() : 0;
  const committedOffset: number = version <= 7 ? reader.int64() : 0;
  const committedLeaderEpoch: number = version >= 5 && version <= 7 ? reader.int32() : -1;
  const metadata: string | null = version <= 7 ? (version <= 7 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : "";
  const errorCode: number = version <= 7 ? reader.int16() : 0;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetFetchResponsePartition = {
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    metadata,
    errorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetFetchResponsePartition(writer: Writer, message: Draft<OffsetFetchResponsePartition>, version: number): void {
  const flexible = version >= 6;
  const partitionIndex = message.partitionIndex;
  if (version <= 7) {
    writer.int32(partitionIndex ?? 0);
  }
  if (!(version <= 7) && partitionIndex !== undefined && partitionIndex !== 0) throw notInVersion("OffsetFetchResponsePartition.partitionIndex", version);
  const committedOffset = message.committedOffset;
  if (version <= 7) {
    writer.int64(committedOffset ?? 0);
  }
  if (!(version <= 7) && committedOffset !== undefined && committedOffset !== 0) throw notInVersion("OffsetFetchResponsePartition.committedOffset", version);
  const committedLeaderEpoch = message.committedLeaderEpoch;
  if (version >= 5 && version <= 7) {
    writer.int32(committedLeaderEpoch ?? -1);
  }
  const metadata = message.metadata;
  if (version <= 7) {
    if (!(version <= 7) && (metadata === null)) throw nullIn("OffsetFetchResponsePartition.metadata", version);
    if (flexible) writer.compactNullableString(metadata === undefined ? "" : metadata);
    else writer.nullableString(metadata === undefined ? "" : metadata);
  }
  if (!(version <= 7) && metadata !== undefined && (metadata === null || metadata !== "")) throw notInVersion("OffsetFetchResponsePartition.metadata", version);
  const errorCode = message.errorCode;
  if (version <= 7) {
    writer.int16(errorCode ?? 0);
  }
  if (!(version <= 7) && errorCode !== undefined && errorCode !== 0) throw notInVersion("OffsetFetchResponsePartition.errorCode", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetFetchResponsePartition.unknownTags", version);
}

function readOffsetFetchResponseGroup(reader: Reader, version: number): OffsetFetchResponseGroup {
  const flexible = version >= 6;
  const groupId: string = version >= 8 ? (flexible ? reader.compactString() : reader.string()) : "";
  let topics: OffsetFetchResponseTopics[] = [];
  if (version >= 8) {
    const topicsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (topicsLength < 0) throw reader.nullError("topics");
    {
      const list: OffsetFetchResponseTopics[] = [];
      for (let i = 0; i < topicsLength; i++) list.push(readOffsetFetchResponseTopics(reader, version));
      topics = list;
    }
  }
  const errorCode: number = version >= 8 ? reader.int16() : 0;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetFetchResponseGroup = {
    groupId,
    topics,
    errorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetFetchResponseGroup(writer: Writer, message: Draft<OffsetFetchResponseGroup>, version: number): void {
  const flexible = version >= 6;
  const groupId = message.groupId;
  if (version >= 8) {
    if (flexible) writer.compactString(groupId ?? "");
    else writer.string(groupId ?? "");
  }
  if (!(version >= 8) && groupId !== undefined && groupId !== "") throw notInVersion("OffsetFetchResponseGroup.groupId", version);
  const topics = message.topics;
  if (version >= 8) {
    if (topics === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(topics.length);
      else writer.arrayLength(topics.length);
      for (const item of topics) writeOffsetFetchResponseTopics(writer, item, version);
    }
  }
  if (!(version >= 8) && topics !== undefined && topics.length > 0) throw notInVersion("OffsetFetchResponseGroup.topics", version);
  const errorCode = message.errorCode;
  if (version >= 8) {
    writer.int16(errorCode ?? 0);
  }
  if (!(version >= 8) && errorCode !== undefined && errorCode !== 0) throw notInVersion("OffsetFetchResponseGroup.errorCode", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetFetchResponseGroup.unknownTags", version);
}

function readOffsetFetchResponseTopics(reader: Reader, version: number): OffsetFetchResponseTopics {
  const flexible = version >= 6;
  const name: string = version >= 8 && version <= 9 ? (flexible ? reader.compactString() : reader.string()) : "";
  const topicId: Uuid = version >= 10 ? reader.uuid() : ZERO_UUID;
  let partitions: OffsetFetchResponsePartitions[] = [];
  if (version >= 8) {
    const partitionsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (partitionsLength < 0) throw reader.nullError("partitions");
    {
      const list: OffsetFetchResponsePartitions[] = [];
      for (let i = 0; i < partitionsLength; i++) list.push(readOffsetFetchResponsePartitions(reader, version));
      partitions = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetFetchResponseTopics = {
    name,
    topicId,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetFetchResponseTopics(writer: Writer, message: Draft<OffsetFetchResponseTopics>, version: number): void {
  const flexible = version >= 6;
  const name = message.name;
  if (version >= 8 && version <= 9) {
    if (flexible) writer.compactString(name ?? "");
    else writer.string(name ?? "");
  }
  const topicId = message.topicId;
  if (version >= 10) {
    writer.uuid(topicId ?? ZERO_UUID);
  }
  const partitions = message.partitions;
  if (version >= 8) {
    if (partitions === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(partitions.length);
      else writer.arrayLength(partitions.length);
      for (const item of partitions) writeOffsetFetchResponsePartitions(writer, item, version);
    }
  }
  if (!(version >= 8) && partitions !== undefined && partitions.length > 0) throw notInVersion("OffsetFetchResponseTopics.partitions", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetFetchResponseTopics.unknownTags", version);
}

function readOffsetFetchResponsePartitions(reader: Reader, version: number): OffsetFetchResponsePartitions {
  const flexible = version >= 6;
  const partitionIndex: number = version >= 8 ? reader.int32() : 0;
  const committedOffset: number = version >= 8 ? reader.int64() : 0;
  const committedLeaderEpoch: number = version >= 8 ? reader.int32() : -1;
  const metadata: string | null = version >= 8 ? (version >= 8 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : (flexible ? reader.compactString() : reader.string())) : "";
  const errorCode: number = version >= 8 ? reader.int16() : 0;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: OffsetFetchResponsePartitions = {
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    metadata,
    errorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeOffsetFetchResponsePartitions(writer: Writer, message: Draft<OffsetFetchResponsePartitions>, version: number): void {
  const flexible = version >= 6;
  const partitionIndex = message.partitionIndex;
  if (version >= 8) {
    writer.int32(partitionIndex ?? 0);
  }
  if (!(version >= 8) && partitionIndex !== undefined && partitionIndex !== 0) throw notInVersion("OffsetFetchResponsePartitions.partitionIndex", version);
  const committedOffset = message.committedOffset;
  if (version >= 8) {
    writer.int64(committedOffset ?? 0);
  }
  if (!(version >= 8) && committedOffset !== undefined && committedOffset !== 0) throw notInVersion("OffsetFetchResponsePartitions.committedOffset", version);
  const committedLeaderEpoch = message.committedLeaderEpoch;
  if (version >= 8) {
    writer.int32(committedLeaderEpoch ?? -1);
  }
  const metadata = message.metadata;
  if (version >= 8) {
    if (!(version >= 8) && (metadata === null)) throw nullIn("OffsetFetchResponsePartitions.metadata", version);
    if (flexible) writer.compactNullableString(metadata === undefined ? "" : metadata);
    else writer.nullableString(metadata === undefined ? "" : metadata);
  }
  if (!(version >= 8) && metadata !== undefined && (metadata === null || metadata !== "")) throw notInVersion("OffsetFetchResponsePartitions.metadata", version);
  const errorCode = message.errorCode;
  if (version >= 8) {
    writer.int16(errorCode ?? 0);
  }
  if (!(version >= 8) && errorCode !== undefined && errorCode !== 0) throw notInVersion("OffsetFetchResponsePartitions.errorCode", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("OffsetFetchResponsePartitions.unknownTags", version);
}

