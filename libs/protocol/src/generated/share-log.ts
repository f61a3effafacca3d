// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ShareSnapshotKey {
  groupId: string;
  topicId: Uuid;
  partition: number;
}

export function readShareSnapshotKey(reader: Reader, version: number): ShareSnapshotKey {
  reader.what = "ShareSnapshotKey";
  if (version !== 0) throw versionError("ShareSnapshotKey", version);
  const groupId: string = reader.string();
  const topicId: Uuid = reader.uuid();
  const partition: number = reader.int32();
  const message: ShareSnapshotKey = {
    groupId,
    topicId,
    partition,
  };
  return message;
}

export function writeShareSnapshotKey(writer: Writer, message: Draft<ShareSnapshotKey>, version: number): void {
  if (version !== 0) throw versionError("ShareSnapshotKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partition = message.partition;
  writer.int32(partition ?? 0);
}

export interface ShareSnapshotValue {
  snapshotEpoch: number;
  stateEpoch: number;
  leaderEpoch: number;
  startOffset: number;
  deliveryCompleteCount: number;
  createTimestamp: number;
  writeTimestamp: number;
  stateBatches: ShareSnapshotValueStateBatch[];
  unknownTags?: TaggedField[];
}

export interface ShareSnapshotValueStateBatch {
  firstOffset: number;
  lastOffset: number;
  deliveryState: number;
  deliveryCount: number;
  unknownTags?: TaggedField[];
}

export function readShareSnapshotValue(reader: Reader, version: number): ShareSnapshotValue {
  reader.what = "ShareSnapshotValue";
  if (version !== 0) throw versionError("ShareSnapshotValue", version);
  const snapshotEpoch: number = reader.int32();
  const stateEpoch: number = reader.int32();
  const leaderEpoch: number = reader.int32();
  const startOffset: number = reader.int64();
  let deliveryCompleteCount: number = -1;
  const createTimestamp: number = reader.int64();
  const writeTimestamp: number = reader.int64();
  let stateBatches: ShareSnapshotValueStateBatch[];
  const stateBatchesLength = reader.compactArrayLength(20);
  if (stateBatchesLength < 0) throw reader.nullError("stateBatches");
  {
    const list: ShareSnapshotValueStateBatch[] = [];
    for (let i = 0; i < stateBatchesLength; i++) list.push(readShareSnapshotValueStateBatch(reader, version));
    stateBatches = list;
  }
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      deliveryCompleteCount = reader.int32();
      reader.endTag(tagEnd, "deliveryCompleteCount");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: ShareSnapshotValue = {
    snapshotEpoch,
    stateEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
    createTimestamp,
    writeTimestamp,
    stateBatches,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShareSnapshotValue(writer: Writer, message: Draft<ShareSnapshotValue>, version: number): void {
  if (version !== 0) throw versionError("ShareSnapshotValue", version);
  const snapshotEpoch = message.snapshotEpoch;
  writer.int32(snapshotEpoch ?? 0);
  const stateEpoch = message.stateEpoch;
  writer.int32(stateEpoch ?? 0);
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch ?? 0);
  const startOffset = message.startOffset;
  writer.int64(startOffset ?? 0);
  const deliveryCompleteCount = message.deliveryCompleteCount;
  const createTimestamp = message.createTimestamp;
  writer.int64(createTimestamp ?? 0);
  const writeTimestamp = message.writeTimestamp;
  writer.int64(writeTimestamp ?? 0);
  const stateBatches = message.stateBatches;
  if (stateBatches === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(stateBatches.length);
    for (const item of stateBatches) writeShareSnapshotValueStateBatch(writer, item, version);
  }
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasDeliveryCompleteCount = deliveryCompleteCount !== undefined && deliveryCompleteCount !== -1;
  if (hasDeliveryCompleteCount) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasDeliveryCompleteCount) {
    const mark = writer.beginTag(0);
    writer.int32(deliveryCompleteCount ?? -1);
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

function readShareSnapshotValueStateBatch(reader: Reader, _version: number): ShareSnapshotValueStateBatch {
  const firstOffset: number = reader.int64();
  const lastOffset: number = reader.int64();
  const deliveryState: number = reader.int8();
  const deliveryCount: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareSnapshotValueStateBatch = {
    firstOffset,
    lastOffset,
    deliveryState,
    deliveryCount,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareSnapshotValueStateBatch(writer: Writer, message: Draft<ShareSnapshotValueStateBatch>, _version: number): void {
  const firstOffset = message.firstOffset;
  writer.int64(firstOffset ?? 0);
  const lastOffset = message.lastOffset;
  writer.int64(lastOffset ?? 0);
  const deliveryState = message.deliveryState;
  writer.int8(deliveryState ?? 0);
  const deliveryCount = message.deliveryCount;
  writer.int16(deliveryCount ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface ShareUpdateKey {
  groupId: string;
  topicId: Uuid;
  partition: number;
}

export function readShareUpdateKey(reader: Reader, version: number): ShareUpdateKey {
  reader.what = "ShareUpdateKey";
  if (version !== 0) throw versionError("ShareUpdateKey", version);
  const groupId: string = reader.string();
  const topicId: Uuid = reader.uuid();
  const partition: number = reader.int32();
  const message: ShareUpdateKey = {
    groupId,
    topicId,
    partition,
  };
  return message;
}

export function writeShareUpdateKey(writer: Writer, message: Draft<ShareUpdateKey>, version: number): void {
  if (version !== 0) throw versionError("ShareUpdateKey", version);
  const groupId = message.groupId;
  writer.string(groupId ?? "");
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partition = message.partition;
  writer.int32(partition ?? 0);
}

export interface ShareUpdateValue {
  snapshotEpoch: number;
  leaderEpoch: number;
  startOffset: number;
  deliveryCompleteCount: number;
  stateBatches: ShareUpdateValueStateBatch[];
  unknownTags?: TaggedField[];
}

export interface ShareUpdateValueStateBatch {
  firstOffset: number;
  lastOffset: number;
  deliveryState: number;
  deliveryCount: number;
  unknownTags?: TaggedField[];
}

export function readShareUpdateValue(reader: Reader, version: number): ShareUpdateValue {
  reader.what = "ShareUpdateValue";
  if (version !== 0) throw versionError("ShareUpdateValue", version);
  const snapshotEpoch: number = reader.int32();
  const leaderEpoch: number = reader.int32();
  const startOffset: number = reader.int64();
  let deliveryCompleteCount: number = -1;
  let stateBatches: ShareUpdateValueStateBatch[];
  const stateBatchesLength = reader.compactArrayLength(20);
  if (stateBatchesLength < 0) throw reader.nullError("stateBatches");
  {
    const list: ShareUpdateValueStateBatch[] = [];
    for (let i = 0; i < stateBatchesLength; i++) list.push(readShareUpdateValueStateBatch(reader, version));
    stateBatches = list;
  }
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      deliveryCompleteCount = reader.int32();
      reader.endTag(tagEnd, "deliveryCompleteCount");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: ShareUpdateValue = {
    snapshotEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
    stateBatches,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShareUpdateValue(writer: Writer, message: Draft<ShareUpdateValue>, version: number): void {
  if (version !== 0) throw versionError("ShareUpdateValue", version);
  const snapshotEpoch = message.snapshotEpoch;
  writer.int32(snapshotEpoch ?? 0);
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch ?? 0);
  const startOffset = message.startOffset;
  writer.int64(startOffset ?? 0);
  const deliveryCompleteCount = message.deliveryCompleteCount;
  const stateBatches = message.stateBatches;
  if (stateBatches === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(stateBatches.length);
    for (const item of stateBatches) writeShareUpdateValueStateBatch(writer, item, version);
  }
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasDeliveryCompleteCount = deliveryCompleteCount !== undefined && deliveryCompleteCount !== -1;
  if (hasDeliveryCompleteCount) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasDeliveryCompleteCount) {
    const mark = writer.beginTag(0);
    writer.int32(deliveryCompleteCount ?? -1);
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

function readShareUpdateValueStateBatch(reader: Reader, _version: number): ShareUpdateValueStateBatch {
  const firstOffset: number = reader.int64();
  const lastOffset: number = reader.int64();
  const deliveryState: number = reader.int8();
  const deliveryCount: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShareUpdateValueStateBatch = {
    firstOffset,
    lastOffset,
    deliveryState,
    deliveryCount,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeShareUpdateValueStateBatch(writer: Writer, message: Draft<ShareUpdateValueStateBatch>, _version: number): void {
  const firstOffset = message.firstOffset;
  writer.int64(firstOffset ?? 0);
  const lastOffset = message.lastOffset;
  writer.int64(lastOffset ?? 0);
  const deliveryState = message.deliveryState;
  writer.int8(deliveryState ?? 0);
  const deliveryCount = message.deliveryCount;
  writer.int16(deliveryCount ?? 0);
  writer.unknownTags(message.unknownTags);
}

