// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface InitProducerIdRequest {
  transactionalId: string | null;
  transactionTimeoutMs: number;
  producerId: number;
  producerEpoch: number;
  unknownTags?: TaggedField[];
}

export function readInitProducerIdRequest(reader: Reader, version: number): InitProducerIdRequest {
  reader.what = "InitProducerIdRequest";
  if (version < 0 || version > 5) throw versionError("InitProducerIdRequest", version);
  const flexible = version >= 2;
  const transactionalId: string | null = flexible ? reader.compactNullableString() : reader.nullableString();
  const transactionTimeoutMs: number = reader.int32();
  const producerId: number = version >= 3 ? reader.int64() : -1;
  const producerEpoch: number = version >= 3 ? reader.int16() : -1;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: InitProducerIdRequest = {
    transactionalId,
    transactionTimeoutMs,
    producerId,
    producerEpoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeInitProducerIdRequest(writer: Writer, message: Draft<InitProducerIdRequest>, version: number): void {
  if (version < 0 || version > 5) throw versionError("InitProducerIdRequest", version);
  const flexible = version >= 2;
  const transactionalId = message.transactionalId;
  if (flexible) writer.compactNullableString(transactionalId === undefined ? "" : transactionalId);
  else writer.nullableString(transactionalId === undefined ? "" : transactionalId);
  const transactionTimeoutMs = message.transactionTimeoutMs;
  writer.int32(transactionTimeoutMs ?? 0);
  const producerId = message.producerId;
  if (version >= 3) {
    writer.int64(producerId ?? -1);
  }
  if (!(version >= 3) && producerId !== undefined && producerId !== -1) throw notInVersion("InitProducerIdRequest.producerId", version);
  const producerEpoch = message.producerEpoch;
  if (version >= 3) {
    writer.int16(producerEpoch ?? -1);
  }
  if (!(version >= 3) && producerEpoch !== undefined && producerEpoch !== -1) throw notInVersion("InitProducerIdRequest.producerEpoch", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("InitProducerIdRequest.unknownTags", version);
}

export interface InitProducerIdResponse {
  throttleTimeMs: number;
  errorCode: number;
  producerId: number;
  producerEpoch: number;
  ongoingTxnProducerId: number;
  ongoingTxnProducerEpoch: number;
  unknownTags?: TaggedField[];
}

export function readInitProducerIdResponse(reader: Reader, version: number): InitProducerIdResponse {
  reader.what = "InitProducerIdResponse";
  if (version < 0 || version > 6) throw versionError("InitProducerIdResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const producerId: number = reader.int64();
  const producerEpoch: number = reader.int16();
  const ongoingTxnProducerId: number = version >= 6 ? reader.int64() : -1;
  const ongoingTxnProducerEpoch: number = version >= 6 ? reader.int16() : -1;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: InitProducerIdResponse = {
    throttleTimeMs,
    errorCode,
    producerId,
    producerEpoch,
    ongoingTxnProducerId,
    ongoingTxnProducerEpoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeInitProducerIdResponse(writer: Writer, message: Draft<InitProducerIdResponse>, version: number): void {
  if (version < 0 || version > 6) throw versionError("InitProducerIdResponse", version);
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const producerId = message.producerId;
  writer.int64(producerId ?? -1);
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch ?? 0);
  const ongoingTxnProducerId = message.ongoingTxnProducerId;
  if (version >= 6) {
    writer.int64(ongoingTxnProducerId ?? -1);
  }
  if (!(version >= 6) && ongoingTxnProducerId !== undefined && ongoingTxnProducerId !== -1) throw notInVersion("InitProducerIdResponse.ongoingTxnProducerId", version);
  const ongoingTxnProducerEpoch = message.ongoingTxnProducerEpoch;
  if (version >= 6) {
    writer.int16(ongoingTxnProducerEpoch ?? -1);
  }
  if (!(version >= 6) && ongoingTxnProducerEpoch !== undefined && ongoingTxnProducerEpoch !== -1) throw notInVersion("InitProducerIdResponse.ongoingTxnProducerEpoch", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("InitProducerIdResponse.unknownTags", version);
}

