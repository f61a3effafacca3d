// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface EndTxnRequest {
  transactionalId: string;
  producerId: number;
  producerEpoch: number;
  committed: boolean;
  unknownTags?: TaggedField[];
}

export function readEndTxnRequest(reader: Reader, version: number): EndTxnRequest {
  reader.what = "EndTxnRequest";
  if (version < 0 || version > 5) throw versionError("EndTxnRequest", version);
  const flexible = version >= 3;
  const transactionalId: string = flexible ? reader.compactString() : reader.string();
  const producerId: number = reader.int64();
  const producerEpoch: number = reader.int16();
  const committed: boolean = reader.bool();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: EndTxnRequest = {
    transactionalId,
    producerId,
    producerEpoch,
    committed,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeEndTxnRequest(writer: Writer, message: Draft<EndTxnRequest>, version: number): void {
  if (version < 0 || version > 5) throw versionError("EndTxnRequest", version);
  const flexible = version >= 3;
  const transactionalId = message.transactionalId;
  if (flexible) writer.compactString(transactionalId ?? "");
  else writer.string(transactionalId ?? "");
  const producerId = message.producerId;
  writer.int64(producerId ?? 0);
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch ?? 0);
  const committed = message.committed;
  writer.bool(committed ?? false);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("EndTxnRequest.unknownTags", version);
}

export interface EndTxnResponse {
  throttleTimeMs: number;
  errorCode: number;
  producerId: number;
  producerEpoch: number;
  unknownTags?: TaggedField[];
}

export function readEndTxnResponse(reader: Reader, version: number): EndTxnResponse {
  reader.what = "EndTxnResponse";
  if (version < 0 || version > 5) throw versionError("EndTxnResponse", version);
  const flexible = version >= 3;
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const producerId: number = version >= 5 ? reader.int64() : -1;
  const producerEpoch: number = version >= 5 ? reader.int16() : -1;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: EndTxnResponse = {
    throttleTimeMs,
    errorCode,
    producerId,
    producerEpoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeEndTxnResponse(writer: Writer, message: Draft<EndTxnResponse>, version: number): void {
  if (version < 0 || version > 5) throw versionError("EndTxnResponse", version);
  const flexible = version >= 3;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const producerId = message.producerId;
  if (version >= 5) {
    writer.int64(producerId ?? -1);
  }
  const producerEpoch = message.producerEpoch;
  if (version >= 5) {
    writer.int16(producerEpoch ?? -1);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("EndTxnResponse.unknownTags", version);
}

