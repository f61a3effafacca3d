// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface AddOffsetsToTxnRequest {
  transactionalId: string;
  producerId: number;
  producerEpoch: number;
  groupId: string;
  unknownTags?: TaggedField[];
}

export function readAddOffsetsToTxnRequest(reader: Reader, version: number): AddOffsetsToTxnRequest {
  reader.what = "AddOffsetsToTxnRequest";
  if (version < 0 || version > 4) throw versionError("AddOffsetsToTxnRequest", version);
  const flexible = version >= 3;
  const transactionalId: string = flexible ? reader.compactString() : reader.string();
  const producerId: number = reader.int64();
  const producerEpoch: number = reader.int16();
  const groupId: string = flexible ? reader.compactString() : reader.string();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AddOffsetsToTxnRequest = {
    transactionalId,
    producerId,
    producerEpoch,
    groupId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAddOffsetsToTxnRequest(writer: Writer, message: Draft<AddOffsetsToTxnRequest>, version: number): void {
  if (version < 0 || version > 4) throw versionError("AddOffsetsToTxnRequest", version);
  const flexible = version >= 3;
  const transactionalId = message.transactionalId;
  if (flexible) writer.compactString(transactionalId ?? "");
  else writer.string(transactionalId ?? "");
  const producerId = message.producerId;
  writer.int64(producerId ?? 0);
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch ?? 0);
  const groupId = message.groupId;
  if (flexible) writer.compactString(groupId ?? "");
  else writer.string(groupId ?? "");
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AddOffsetsToTxnRequest.unknownTags", version);
}

export interface AddOffsetsToTxnResponse {
  throttleTimeMs: number;
  errorCode: number;
  unknownTags?: TaggedField[];
}

export function readAddOffsetsToTxnResponse(reader: Reader, version: number): AddOffsetsToTxnResponse {
  reader.what = "AddOffsetsToTxnResponse";
  if (version < 0 || version > 4) throw versionError("AddOffsetsToTxnResponse", version);
  const flexible = version >= 3;
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AddOffsetsToTxnResponse = {
    throttleTimeMs,
    errorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAddOffsetsToTxnResponse(writer: Writer, message: Draft<AddOffsetsToTxnResponse>, version: number): void {
  if (version < 0 || version > 4) throw versionError("AddOffsetsToTxnResponse", version);
  const flexible = version >= 3;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AddOffsetsToTxnResponse.unknownTags", version);
}

