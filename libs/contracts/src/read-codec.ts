import { assert } from "@moldau/base";
import { twoPassCodec } from "./codec";
import type {
  AbortedTransaction,
  ReadPartition,
  ReadReply,
  ReadRequest,
  ReadResult,
} from "./generated/moldau/v1/broker";
import type { LocalReadResult } from "./local-read-result";
import {
  delimitedSize,
  numberFieldSize,
  stringFieldSize,
  WireReader,
  writeDelimited,
  writeNumberField,
  writeStringField,
  writeVarint,
} from "./wire";

/** Read's request: small, but every fetch and every replica sends one after the other. */
export const readRequestCodec = twoPassCodec<ReadRequest>({
  size(message) {
    let size =
      numberFieldSize(message.replicaId) +
      numberFieldSize(message.replicaEpoch) +
      numberFieldSize(message.maxWaitMs) +
      numberFieldSize(message.minBytes) +
      numberFieldSize(message.maxBytes) +
      numberFieldSize(message.isolationLevel) +
      stringFieldSize(message.rackId);
    for (const partition of message.partitions) size += delimitedSize(partitionSize(partition));
    return size;
  },
  write(message, target, position) {
    position = writeNumberField(target, position, 0x08, message.replicaId);
    position = writeNumberField(target, position, 0x10, message.replicaEpoch);
    position = writeNumberField(target, position, 0x18, message.maxWaitMs);
    position = writeNumberField(target, position, 0x20, message.minBytes);
    position = writeNumberField(target, position, 0x28, message.maxBytes);
    position = writeNumberField(target, position, 0x30, message.isolationLevel);
    for (const partition of message.partitions) {
      target[position] = 0x3a;
      position = writeVarint(target, position + 1, partitionSize(partition));
      position = writePartition(partition, target, position);
    }
    return writeStringField(target, position, 0x42, message.rackId);
  },
  decode(bytes) {
    const reader = new WireReader(bytes);
    const message: ReadRequest = {
      replicaId: 0,
      replicaEpoch: 0,
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: 0,
      isolationLevel: 0,
      partitions: [],
      rackId: "",
    };
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === 0x08) message.replicaId = reader.int32();
      else if (tag === 0x10) message.replicaEpoch = reader.int64();
      else if (tag === 0x18) message.maxWaitMs = reader.int32();
      else if (tag === 0x20) message.minBytes = reader.int32();
      else if (tag === 0x28) message.maxBytes = reader.int32();
      else if (tag === 0x30) message.isolationLevel = reader.int32();
      else if (tag === 0x3a) message.partitions.push(readPartition(reader));
      else if (tag === 0x42) message.rackId = reader.string();
      else reader.skip(tag);
    }
    return message;
  },
});

function partitionSize(partition: ReadPartition): number {
  return (
    stringFieldSize(partition.topicId) +
    numberFieldSize(partition.partition) +
    numberFieldSize(partition.currentLeaderEpoch) +
    numberFieldSize(partition.fetchOffset) +
    numberFieldSize(partition.lastFetchedEpoch) +
    numberFieldSize(partition.logStartOffset) +
    numberFieldSize(partition.maxBytes) +
    numberFieldSize(partition.highWatermark)
  );
}

function writePartition(partition: ReadPartition, target: Buffer, position: number): number {
  position = writeStringField(target, position, 0x0a, partition.topicId);
  position = writeNumberField(target, position, 0x10, partition.partition);
  position = writeNumberField(target, position, 0x18, partition.currentLeaderEpoch);
  position = writeNumberField(target, position, 0x20, partition.fetchOffset);
  position = writeNumberField(target, position, 0x28, partition.lastFetchedEpoch);
  position = writeNumberField(target, position, 0x30, partition.logStartOffset);
  position = writeNumberField(target, position, 0x38, partition.maxBytes);
  return writeNumberField(target, position, 0x40, partition.highWatermark);
}

function readPartition(reader: WireReader): ReadPartition {
  const outer = reader.enter();
  const partition: ReadPartition = {
    topicId: "",
    partition: 0,
    currentLeaderEpoch: 0,
    fetchOffset: 0,
    lastFetchedEpoch: 0,
    logStartOffset: 0,
    maxBytes: 0,
    highWatermark: 0,
  };
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x0a) partition.topicId = reader.string();
    else if (tag === 0x10) partition.partition = reader.int32();
    else if (tag === 0x18) partition.currentLeaderEpoch = reader.int32();
    else if (tag === 0x20) partition.fetchOffset = reader.int64();
    else if (tag === 0x28) partition.lastFetchedEpoch = reader.int32();
    else if (tag === 0x30) partition.logStartOffset = reader.int64();
    else if (tag === 0x38) partition.maxBytes = reader.int32();
    else if (tag === 0x40) partition.highWatermark = reader.int64();
    else reader.skip(tag);
  }
  reader.leave(outer);
  return partition;
}

/** Read's reply: the segments' slices are copied once on the way out and are views on the way in. */
export const readReplyCodec = twoPassCodec<ReadReply>({
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
    const message: ReadReply = { partitions: [] };
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === 0x0a) message.partitions.push(readResult(reader));
      else reader.skip(tag);
    }
    return message;
  },
});

function resultSize(result: LocalReadResult): number {
  // Left out in silence, the reader would take it for the end of the log.
  assert(result.recordsInFile === undefined, "records that lie in a file cannot go to another process");
  let size =
    stringFieldSize(result.topicId) +
    numberFieldSize(result.partition) +
    numberFieldSize(result.errorCode) +
    numberFieldSize(result.highWatermark) +
    numberFieldSize(result.lastStableOffset) +
    numberFieldSize(result.logStartOffset) +
    numberFieldSize(result.divergingEpoch) +
    numberFieldSize(result.divergingEndOffset) +
    numberFieldSize(result.currentLeaderId) +
    numberFieldSize(result.currentLeaderEpoch) +
    numberFieldSize(result.preferredReadReplica);
  for (const aborted of result.aborted) size += delimitedSize(abortedSize(aborted));
  for (const chunk of result.records) size += delimitedSize(chunk.length);
  return size;
}

function abortedSize(aborted: AbortedTransaction): number {
  return numberFieldSize(aborted.producerId) + numberFieldSize(aborted.firstOffset);
}

function writeResult(result: ReadResult, target: Buffer, position: number): number {
  position = writeStringField(target, position, 0x0a, result.topicId);
  position = writeNumberField(target, position, 0x10, result.partition);
  position = writeNumberField(target, position, 0x18, result.errorCode);
  position = writeNumberField(target, position, 0x20, result.highWatermark);
  position = writeNumberField(target, position, 0x28, result.lastStableOffset);
  position = writeNumberField(target, position, 0x30, result.logStartOffset);
  position = writeNumberField(target, position, 0x38, result.divergingEpoch);
  position = writeNumberField(target, position, 0x40, result.divergingEndOffset);
  position = writeNumberField(target, position, 0x48, result.currentLeaderId);
  position = writeNumberField(target, position, 0x50, result.currentLeaderEpoch);
  for (const aborted of result.aborted) {
    target[position] = 0x5a;
    position = writeVarint(target, position + 1, abortedSize(aborted));
    position = writeNumberField(target, position, 0x08, aborted.producerId);
    position = writeNumberField(target, position, 0x10, aborted.firstOffset);
  }
  position = writeNumberField(target, position, 0x60, result.preferredReadReplica);
  for (const chunk of result.records) position = writeDelimited(target, position, 0x6a, chunk);
  return position;
}

function readResult(reader: WireReader): ReadResult {
  const outer = reader.enter();
  const result: ReadResult = {
    topicId: "",
    partition: 0,
    errorCode: 0,
    highWatermark: 0,
    lastStableOffset: 0,
    logStartOffset: 0,
    divergingEpoch: 0,
    divergingEndOffset: 0,
    currentLeaderId: 0,
    currentLeaderEpoch: 0,
    aborted: [],
    preferredReadReplica: 0,
    records: [],
  };
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x0a) result.topicId = reader.string();
    else if (tag === 0x10) result.partition = reader.int32();
    else if (tag === 0x18) result.errorCode = reader.int32();
    else if (tag === 0x20) result.highWatermark = reader.int64();
    else if (tag === 0x28) result.lastStableOffset = reader.int64();
    else if (tag === 0x30) result.logStartOffset = reader.int64();
    else if (tag === 0x38) result.divergingEpoch = reader.int32();
    else if (tag === 0x40) result.divergingEndOffset = reader.int64();
    else if (tag === 0x48) result.currentLeaderId = reader.int32();
    else if (tag === 0x50) result.currentLeaderEpoch = reader.int32();
    else if (tag === 0x5a) result.aborted.push(readAborted(reader));
    else if (tag === 0x60) result.preferredReadReplica = reader.int32();
    else if (tag === 0x6a) result.records.push(reader.view());
    else reader.skip(tag);
  }
  reader.leave(outer);
  return result;
}

function readAborted(reader: WireReader): AbortedTransaction {
  const outer = reader.enter();
  const aborted: AbortedTransaction = { producerId: 0, firstOffset: 0 };
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x08) aborted.producerId = reader.int64();
    else if (tag === 0x10) aborted.firstOffset = reader.int64();
    else reader.skip(tag);
  }
  reader.leave(outer);
  return aborted;
}
