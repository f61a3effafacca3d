// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader } from "../reader";
import type { Writer } from "../writer";

export interface ConsumerProtocolSubscription {
  topics: string[];
  userData: Uint8Array | null;
  ownedPartitions: ConsumerProtocolSubscriptionTopicPartition[];
  generationId: number;
  rackId: string | null;
}

export interface ConsumerProtocolSubscriptionTopicPartition {
  topic: string;
  partitions: number[];
}

export function readConsumerProtocolSubscription(reader: Reader, version: number): ConsumerProtocolSubscription {
  reader.what = "ConsumerProtocolSubscription";
  if (version < 0 || version > 3) throw versionError("ConsumerProtocolSubscription", version);
  let topics: string[];
  const topicsLength = reader.arrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: string[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(reader.string());
    topics = list;
  }
  const userData: Uint8Array | null = reader.nullableBytes();
  let ownedPartitions: ConsumerProtocolSubscriptionTopicPartition[] = [];
  if (version >= 1) {
    const ownedPartitionsLength = reader.arrayLength(1);
    if (ownedPartitionsLength < 0) throw reader.nullError("ownedPartitions");
    {
      const list: ConsumerProtocolSubscriptionTopicPartition[] = [];
      for (let i = 0; i < ownedPartitionsLength; i++) list.push(readConsumerProtocolSubscriptionTopicPartition(reader, version));
      ownedPartitions = list;
    }
  }
  const generationId: number = version >= 2 ? reader.int32() : -1;
  const rackId: string | null = version >= 3 ? (version >= 3 ? reader.nullableString() : reader.string()) : null;
  const message: ConsumerProtocolSubscription = {
    topics,
    userData,
    ownedPartitions,
    generationId,
    rackId,
  };
  return message;
}

export function writeConsumerProtocolSubscription(writer: Writer, message: Draft<ConsumerProtocolSubscription>, version: number): void {
  if (version < 0 || version > 3) throw versionError("ConsumerProtocolSubscription", version);
  const topics = message.topics;
  if (topics === undefined) {
    writer.arrayLength(0);
  }
  else {
    writer.arrayLength(topics.length);
    for (const item of topics) {
      writer.string(item);
    }
  }
  const userData = message.userData;
  writer.nullableBytes(userData ?? null);
  const ownedPartitions = message.ownedPartitions;
  if (version >= 1) {
    if (ownedPartitions === undefined) {
      writer.arrayLength(0);
    }
    else {
      writer.arrayLength(ownedPartitions.length);
      for (const item of ownedPartitions) writeConsumerProtocolSubscriptionTopicPartition(writer, item, version);
    }
  }
  const generationId = message.generationId;
  if (version >= 2) {
    writer.int32(generationId ?? -1);
  }
  const rackId = message.rackId;
  if (version >= 3) {
    if (!(version >= 3) && (rackId === undefined || rackId === null)) throw nullIn("ConsumerProtocolSubscription.rackId", version);
    writer.nullableString(rackId ?? null);
  }
}

function readConsumerProtocolSubscriptionTopicPartition(reader: Reader, version: number): ConsumerProtocolSubscriptionTopicPartition {
  const topic: string = version >= 1 ? reader.string() : "";
  let partitions: number[] = [];
  if (version >= 1) {
    const partitionsLength = reader.arrayLength(4);
    if (partitionsLength < 0) throw reader.nullError("partitions");
    {
      const list: number[] = [];
      for (let i = 0; i < partitionsLength; i++) list.push(reader.int32());
      partitions = list;
    }
  }
  const message: ConsumerProtocolSubscriptionTopicPartition = {
    topic,
    partitions,
  };
  return message;
}

function writeConsumerProtocolSubscriptionTopicPartition(writer: Writer, message: Draft<ConsumerProtocolSubscriptionTopicPartition>, version: number): void {
  const topic = message.topic;
  if (version >= 1) {
    writer.string(topic ?? "");
  }
  if (!(version >= 1) && topic !== undefined && topic !== "") throw notInVersion("ConsumerProtocolSubscriptionTopicPartition.topic", version);
  const partitions = message.partitions;
  if (version >= 1) {
    if (partitions === undefined) {
      writer.arrayLength(0);
    }
    else {
      writer.arrayLength(partitions.length);
      for (const item of partitions) writer.int32(item);
    }
  }
  if (!(version >= 1) && partitions !== undefined && partitions.length > 0) throw notInVersion("ConsumerProtocolSubscriptionTopicPartition.partitions", version);
}

export interface ConsumerProtocolAssignment {
  assignedPartitions: ConsumerProtocolAssignmentTopicPartition[];
  userData: Uint8Array | null;
}

export interface ConsumerProtocolAssignmentTopicPartition {
  topic: string;
  partitions: number[];
}

export function readConsumerProtocolAssignment(reader: Reader, version: number): ConsumerProtocolAssignment {
  reader.what = "ConsumerProtocolAssignment";
  if (version < 0 || version > 3) throw versionError("ConsumerProtocolAssignment", version);
  let assignedPartitions: ConsumerProtocolAssignmentTopicPartition[];
  const assignedPartitionsLength = reader.arrayLength(6);
  if (assignedPartitionsLength < 0) throw reader.nullError("assignedPartitions");
  {
    const list: ConsumerProtocolAssignmentTopicPartition[] = [];
    for (let i = 0; i < assignedPartitionsLength; i++) list.push(readConsumerProtocolAssignmentTopicPartition(reader, version));
    assignedPartitions = list;
  }
  const userData: Uint8Array | null = reader.nullableBytes();
  const message: ConsumerProtocolAssignment = {
    assignedPartitions,
    userData,
  };
  return message;
}

export function writeConsumerProtocolAssignment(writer: Writer, message: Draft<ConsumerProtocolAssignment>, version: number): void {
  if (version < 0 || version > 3) throw versionError("ConsumerProtocolAssignment", version);
  const assignedPartitions = message.assignedPartitions;
  if (assignedPartitions === undefined) {
    writer.arrayLength(0);
  }
  else {
    writer.arrayLength(assignedPartitions.length);
    for (const item of assignedPartitions) writeConsumerProtocolAssignmentTopicPartition(writer, item, version);
  }
  const userData = message.userData;
  writer.nullableBytes(userData ?? null);
}

function readConsumerProtocolAssignmentTopicPartition(reader: Reader, _version: number): ConsumerProtocolAssignmentTopicPartition {
  const topic: string = reader.string();
  let partitions: number[];
  const partitionsLength = reader.arrayLength(4);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: number[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(reader.int32());
    partitions = list;
  }
  const message: ConsumerProtocolAssignmentTopicPartition = {
    topic,
    partitions,
  };
  return message;
}

function writeConsumerProtocolAssignmentTopicPartition(writer: Writer, message: Draft<ConsumerProtocolAssignmentTopicPartition>, _version: number): void {
  const topic = message.topic;
  writer.string(topic ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    writer.arrayLength(0);
  }
  else {
    writer.arrayLength(partitions.length);
    for (const item of partitions) writer.int32(item);
  }
}

