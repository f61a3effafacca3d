// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface TransactionLogKey {
  transactionalId: string;
}

export function readTransactionLogKey(reader: Reader, version: number): TransactionLogKey {
  reader.what = "TransactionLogKey";
  if (version !== 0) throw versionError("TransactionLogKey", version);
  const transactionalId: string = reader.string();
  const message: TransactionLogKey = {
    transactionalId,
  };
  return message;
}

export function writeTransactionLogKey(writer: Writer, message: Draft<TransactionLogKey>, version: number): void {
  if (version !== 0) throw versionError("TransactionLogKey", version);
  const transactionalId = message.transactionalId;
  writer.string(transactionalId ?? "");
}

export interface TransactionLogValue {
  producerId: number;
  previousProducerId: number;
  nextProducerId: number;
  producerEpoch: number;
  nextProducerEpoch: number;
  transactionTimeoutMs: number;
  transactionStatus: number;
  transactionPartitions: TransactionLogValuePartitionsSchema[] | null;
  transactionLastUpdateTimestampMs: number;
  transactionStartTimestampMs: number;
  clientTransactionVersion: number;
  unknownTags?: TaggedField[];
}

export interface TransactionLogValuePartitionsSchema {
  topic: string;
  partitionIds: number[];
  unknownTags?: TaggedField[];
}

export function readTransactionLogValue(reader: Reader, version: number): TransactionLogValue {
  reader.what = "TransactionLogValue";
  if (version < 0 || version > 1) throw versionError("TransactionLogValue", version);
  const flexible = version >= 1;
  const producerId: number = reader.int64();
  let previousProducerId: number = -1;
  let nextProducerId: number = -1;
  const producerEpoch: number = reader.int16();
  let nextProducerEpoch: number = -1;
  const transactionTimeoutMs: number = reader.int32();
  const transactionStatus: number = reader.int8();
  let transactionPartitions: TransactionLogValuePartitionsSchema[] | null = null;
  const transactionPartitionsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (transactionPartitionsLength < 0) {
    transactionPartitions = null;
  }
  else {
    const list: TransactionLogValuePartitionsSchema[] = [];
    for (let i = 0; i < transactionPartitionsLength; i++) list.push(readTransactionLogValuePartitionsSchema(reader, version));
    transactionPartitions = list;
  }
  const transactionLastUpdateTimestampMs: number = reader.int64();
  const transactionStartTimestampMs: number = reader.int64();
  let clientTransactionVersion: number = 0;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    const tagCount = reader.uvarint();
    let tag = -1;
    for (let i = 0; i < tagCount; i++) {
      tag = reader.tag(tag);
      if (tag === 0) {
        const tagEnd = reader.beginTag();
        previousProducerId = reader.int64();
        reader.endTag(tagEnd, "previousProducerId");
      }
      else if (tag === 1) {
        const tagEnd = reader.beginTag();
        nextProducerId = reader.int64();
        reader.endTag(tagEnd, "nextProducerId");
      }
      else if (tag === 2) {
        const tagEnd = reader.beginTag();
        clientTransactionVersion = reader.int16();
        reader.endTag(tagEnd, "clientTransactionVersion");
      }
      else if (tag === 3) {
        const tagEnd = reader.beginTag();
        nextProducerEpoch = reader.int16();
        reader.endTag(tagEnd, "nextProducerEpoch");
      }
      else (unknownTags ??= []).push(reader.unknownTag(tag));
    }
  }
  const message: TransactionLogValue = {
    producerId,
    previousProducerId,
    nextProducerId,
    producerEpoch,
    nextProducerEpoch,
    transactionTimeoutMs,
    transactionStatus,
    transactionPartitions,
    transactionLastUpdateTimestampMs,
    transactionStartTimestampMs,
    clientTransactionVersion,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeTransactionLogValue(writer: Writer, message: Draft<TransactionLogValue>, version: number): void {
  if (version < 0 || version > 1) throw versionError("TransactionLogValue", version);
  const flexible = version >= 1;
  const producerId = message.producerId;
  writer.int64(producerId ?? 0);
  const previousProducerId = message.previousProducerId;
  if (!(version >= 1) && previousProducerId !== undefined && previousProducerId !== -1) throw notInVersion("TransactionLogValue.previousProducerId", version);
  const nextProducerId = message.nextProducerId;
  if (!(version >= 1) && nextProducerId !== undefined && nextProducerId !== -1) throw notInVersion("TransactionLogValue.nextProducerId", version);
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch ?? 0);
  const nextProducerEpoch = message.nextProducerEpoch;
  if (!(version >= 1) && nextProducerEpoch !== undefined && nextProducerEpoch !== -1) throw notInVersion("TransactionLogValue.nextProducerEpoch", version);
  const transactionTimeoutMs = message.transactionTimeoutMs;
  writer.int32(transactionTimeoutMs ?? 0);
  const transactionStatus = message.transactionStatus;
  writer.int8(transactionStatus ?? 0);
  const transactionPartitions = message.transactionPartitions;
  if (transactionPartitions === null) {
    if (flexible) writer.compactLength(-1);
    else writer.arrayLength(-1);
  }
  else if (transactionPartitions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(transactionPartitions.length);
    else writer.arrayLength(transactionPartitions.length);
    for (const item of transactionPartitions) writeTransactionLogValuePartitionsSchema(writer, item, version);
  }
  const transactionLastUpdateTimestampMs = message.transactionLastUpdateTimestampMs;
  writer.int64(transactionLastUpdateTimestampMs ?? 0);
  const transactionStartTimestampMs = message.transactionStartTimestampMs;
  writer.int64(transactionStartTimestampMs ?? 0);
  const clientTransactionVersion = message.clientTransactionVersion;
  if (!(version >= 1) && clientTransactionVersion !== undefined && clientTransactionVersion !== 0) throw notInVersion("TransactionLogValue.clientTransactionVersion", version);
  if (flexible) {
    const kept = message.unknownTags;
    let tagCount = kept === undefined ? 0 : kept.length;
    const hasPreviousProducerId = previousProducerId !== undefined && previousProducerId !== -1;
    if (hasPreviousProducerId) tagCount++;
    const hasNextProducerId = nextProducerId !== undefined && nextProducerId !== -1;
    if (hasNextProducerId) tagCount++;
    const hasClientTransactionVersion = clientTransactionVersion !== undefined && clientTransactionVersion !== 0;
    if (hasClientTransactionVersion) tagCount++;
    const hasNextProducerEpoch = nextProducerEpoch !== undefined && nextProducerEpoch !== -1;
    if (hasNextProducerEpoch) tagCount++;
    writer.uvarint(tagCount);
    let keptAt = 0;
    if (hasPreviousProducerId) {
      const mark = writer.beginTag(0);
      writer.int64(previousProducerId ?? -1);
      writer.endTag(mark);
    }
    if (hasNextProducerId) {
      if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 1);
      const mark = writer.beginTag(1);
      writer.int64(nextProducerId ?? -1);
      writer.endTag(mark);
    }
    if (hasClientTransactionVersion) {
      if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 2);
      const mark = writer.beginTag(2);
      writer.int16(clientTransactionVersion ?? 0);
      writer.endTag(mark);
    }
    if (hasNextProducerEpoch) {
      if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 3);
      const mark = writer.beginTag(3);
      writer.int16(nextProducerEpoch ?? -1);
      writer.endTag(mark);
    }
    if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("TransactionLogValue.unknownTags", version);
}

function readTransactionLogValuePartitionsSchema(reader: Reader, version: number): TransactionLogValuePartitionsSchema {
  const flexible = version >= 1;
  const topic: string = flexible ? reader.compactString() : reader.string();
  let partitionIds: number[];
  const partitionIdsLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
  if (partitionIdsLength < 0) throw reader.nullError("partitionIds");
  {
    const list: number[] = [];
    for (let i = 0; i < partitionIdsLength; i++) list.push(reader.int32());
    partitionIds = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: TransactionLogValuePartitionsSchema = {
    topic,
    partitionIds,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeTransactionLogValuePartitionsSchema(writer: Writer, message: Draft<TransactionLogValuePartitionsSchema>, version: number): void {
  const flexible = version >= 1;
  const topic = message.topic;
  if (flexible) writer.compactString(topic ?? "");
  else writer.string(topic ?? "");
  const partitionIds = message.partitionIds;
  if (partitionIds === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitionIds.length);
    else writer.arrayLength(partitionIds.length);
    for (const item of partitionIds) writer.int32(item);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("TransactionLogValuePartitionsSchema.unknownTags", version);
}

