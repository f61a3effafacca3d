import { twoPassCodec } from "./codec";
import type {
  AppendPartition,
  AppendReply,
  AppendRequest,
  AppendResult,
  RecordError,
} from "./generated/moldau/v1/broker";
import {
  bytesFieldSize,
  delimitedSize,
  numberFieldSize,
  stringFieldSize,
  WireReader,
  writeBytesField,
  writeNumberField,
  writeStringField,
  writeVarint,
} from "./wire";

/** Append's request: the records are copied once, into the buffer that leaves. */
export const appendRequestCodec = twoPassCodec<AppendRequest>({
  size(message) {
    let size =
      numberFieldSize(message.acks) +
      numberFieldSize(message.timeoutMs) +
      stringFieldSize(message.transactionalId) +
      numberFieldSize(message.produceVersion) +
      (message.internal ? 2 : 0);
    for (const partition of message.partitions) size += delimitedSize(partitionSize(partition));
    return size;
  },
  write(message, target, position) {
    position = writeNumberField(target, position, 0x08, message.acks);
    position = writeNumberField(target, position, 0x10, message.timeoutMs);
    position = writeStringField(target, position, 0x1a, message.transactionalId);
    for (const partition of message.partitions) {
      target[position] = 0x22;
      position = writeVarint(target, position + 1, partitionSize(partition));
      position = writePartition(partition, target, position);
    }
    position = writeNumberField(target, position, 0x28, message.produceVersion);
    return writeNumberField(target, position, 0x30, message.internal ? 1 : 0);
  },
  decode(bytes) {
    const reader = new WireReader(bytes);
    const message: AppendRequest = {
      acks: 0,
      timeoutMs: 0,
      transactionalId: "",
      partitions: [],
      produceVersion: 0,
      internal: false,
    };
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === 0x08) message.acks = reader.int32();
      else if (tag === 0x10) message.timeoutMs = reader.int32();
      else if (tag === 0x1a) message.transactionalId = reader.string();
      else if (tag === 0x22) message.partitions.push(readPartition(reader));
      else if (tag === 0x28) message.produceVersion = reader.int32();
      else if (tag === 0x30) message.internal = reader.bool();
      else reader.skip(tag);
    }
    return message;
  },
});

function partitionSize(partition: AppendPartition): number {
  return (
    stringFieldSize(partition.topicId) +
    numberFieldSize(partition.partition) +
    numberFieldSize(partition.leaderEpoch) +
    numberFieldSize(partition.ownerEpoch) +
    bytesFieldSize(partition.records) +
    numberFieldSize(partition.claimOffset)
  );
}

function writePartition(partition: AppendPartition, target: Buffer, position: number): number {
  position = writeStringField(target, position, 0x0a, partition.topicId);
  position = writeNumberField(target, position, 0x10, partition.partition);
  position = writeNumberField(target, position, 0x18, partition.leaderEpoch);
  position = writeNumberField(target, position, 0x20, partition.ownerEpoch);
  position = writeBytesField(target, position, 0x2a, partition.records);
  return writeNumberField(target, position, 0x30, partition.claimOffset);
}

function readPartition(reader: WireReader): AppendPartition {
  const outer = reader.enter();
  const partition: AppendPartition = {
    topicId: "",
    partition: 0,
    leaderEpoch: 0,
    ownerEpoch: 0,
    records: new Uint8Array(0),
    claimOffset: 0,
  };
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x0a) partition.topicId = reader.string();
    else if (tag === 0x10) partition.partition = reader.int32();
    else if (tag === 0x18) partition.leaderEpoch = reader.int32();
    else if (tag === 0x20) partition.ownerEpoch = reader.int32();
    else if (tag === 0x2a) partition.records = reader.view();
    else if (tag === 0x30) partition.claimOffset = reader.int64();
    else reader.skip(tag);
  }
  reader.leave(outer);
  return partition;
}

/** Append's reply: no records, but one for each request. */
export const appendReplyCodec = twoPassCodec<AppendReply>({
  size(message) {
    let size = 0;
    for (const result of message.partitions) size += delimitedSize(resultSize(result));
    return size;
  },
  write(message, target, position) {
    for (const result of message.partitions) {
      target[position] = 0x0a;
      position = writeVarint(target, position + 1, resultSize(result));
      position = writeResult(result, target, position);
    }
    return position;
  },
  decode(bytes) {
    const reader = new WireReader(bytes);
    const message: AppendReply = { partitions: [] };
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === 0x0a) message.partitions.push(readResult(reader));
      else reader.skip(tag);
    }
    return message;
  },
});

function resultSize(result: AppendResult): number {
  let size =
    stringFieldSize(result.topicId) +
    numberFieldSize(result.partition) +
    numberFieldSize(result.errorCode) +
    stringFieldSize(result.errorMessage) +
    numberFieldSize(result.baseOffset) +
    numberFieldSize(result.logAppendTimeMs) +
    numberFieldSize(result.logStartOffset) +
    numberFieldSize(result.currentLeaderId) +
    numberFieldSize(result.currentLeaderEpoch);
  for (const error of result.recordErrors) size += delimitedSize(recordErrorSize(error));
  return size;
}

function recordErrorSize(error: RecordError): number {
  return numberFieldSize(error.batchIndex) + stringFieldSize(error.message);
}

function writeResult(result: AppendResult, target: Buffer, position: number): number {
  position = writeStringField(target, position, 0x0a, result.topicId);
  position = writeNumberField(target, position, 0x10, result.partition);
  position = writeNumberField(target, position, 0x18, result.errorCode);
  position = writeStringField(target, position, 0x22, result.errorMessage);
  position = writeNumberField(target, position, 0x28, result.baseOffset);
  position = writeNumberField(target, position, 0x30, result.logAppendTimeMs);
  position = writeNumberField(target, position, 0x38, result.logStartOffset);
  for (const error of result.recordErrors) {
    target[position] = 0x42;
    position = writeVarint(target, position + 1, recordErrorSize(error));
    position = writeNumberField(target, position, 0x08, error.batchIndex);
    position = writeStringField(target, position, 0x12, error.message);
  }
  position = writeNumberField(target, position, 0x48, result.currentLeaderId);
  return writeNumberField(target, position, 0x50, result.currentLeaderEpoch);
}

function readResult(reader: WireReader): AppendResult {
  const outer = reader.enter();
  const result: AppendResult = {
    topicId: "",
    partition: 0,
    errorCode: 0,
    errorMessage: "",
    baseOffset: 0,
    logAppendTimeMs: 0,
    logStartOffset: 0,
    recordErrors: [],
    currentLeaderId: 0,
    currentLeaderEpoch: 0,
  };
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x0a) result.topicId = reader.string();
    else if (tag === 0x10) result.partition = reader.int32();
    else if (tag === 0x18) result.errorCode = reader.int32();
    else if (tag === 0x22) result.errorMessage = reader.string();
    else if (tag === 0x28) result.baseOffset = reader.int64();
    else if (tag === 0x30) result.logAppendTimeMs = reader.int64();
    else if (tag === 0x38) result.logStartOffset = reader.int64();
    else if (tag === 0x42) result.recordErrors.push(readRecordError(reader));
    else if (tag === 0x48) result.currentLeaderId = reader.int32();
    else if (tag === 0x50) result.currentLeaderEpoch = reader.int32();
    else reader.skip(tag);
  }
  reader.leave(outer);
  return result;
}

function readRecordError(reader: WireReader): RecordError {
  const outer = reader.enter();
  const error: RecordError = { batchIndex: 0, message: "" };
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x08) error.batchIndex = reader.int32();
    else if (tag === 0x12) error.message = reader.string();
    else reader.skip(tag);
  }
  reader.leave(outer);
  return error;
}
