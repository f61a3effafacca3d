// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ListTransactionsRequest {
  stateFilters: string[];
  producerIdFilters: number[];
  durationFilter: number;
  transactionalIdPattern: string | null;
  unknownTags?: TaggedField[];
}

export function readListTransactionsRequest(reader: Reader, version: number): ListTransactionsRequest {
  reader.what = "ListTransactionsRequest";
  if (version < 0 || version > 2) throw versionError("ListTransactionsRequest", version);
  let stateFilters: string[];
  const stateFiltersLength = reader.compactArrayLength(1);
  if (stateFiltersLength < 0) throw reader.nullError("stateFilters");
  {
    const list: string[] = [];
    for (let i = 0; i < stateFiltersLength; i++) list.push(reader.compactString());
    stateFilters = list;
  }
  let producerIdFilters: number[];
  const producerIdFiltersLength = reader.compactArrayLength(8);
  if (producerIdFiltersLength < 0) throw reader.nullError("producerIdFilters");
  {
    const list: number[] = [];
    for (let i = 0; i < producerIdFiltersLength; i++) list.push(reader.int64());
    producerIdFilters = list;
  }
  const durationFilter: number = version >= 1 ? reader.int64() : -1;
  const transactionalIdPattern: string | null = version >= 2 ? (version >= 2 ? reader.compactNullableString() : reader.compactString()) : null;
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ListTransactionsRequest = {
    stateFilters,
    producerIdFilters,
    durationFilter,
    transactionalIdPattern,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeListTransactionsRequest(writer: Writer, message: Draft<ListTransactionsRequest>, version: number): void {
  if (version < 0 || version > 2) throw versionError("ListTransactionsRequest", version);
  const stateFilters = message.stateFilters;
  if (stateFilters === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(stateFilters.length);
    for (const item of stateFilters) {
      writer.compactString(item);
    }
  }
  const producerIdFilters = message.producerIdFilters;
  if (producerIdFilters === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(producerIdFilters.length);
    for (const item of producerIdFilters) writer.int64(item);
  }
  const durationFilter = message.durationFilter;
  if (version >= 1) {
    writer.int64(durationFilter ?? -1);
  }
  if (!(version >= 1) && durationFilter !== undefined && durationFilter !== -1) throw notInVersion("ListTransactionsRequest.durationFilter", version);
  const transactionalIdPattern = message.transactionalIdPattern;
  if (version >= 2) {
    if (!(version >= 2) && (transactionalIdPattern === undefined || transactionalIdPattern === null)) throw nullIn("ListTransactionsRequest.transactionalIdPattern", version);
    writer.compactNullableString(transactionalIdPattern ?? null);
  }
  if (!(version >= 2) && transactionalIdPattern !== undefined && transactionalIdPattern !== null) throw notInVersion("ListTransactionsRequest.transactionalIdPattern", version);
  writer.unknownTags(message.unknownTags);
}

export interface ListTransactionsResponse {
  throttleTimeMs: number;
  errorCode: number;
  unknownStateFilters: string[];
  transactionStates: ListTransactionsResponseTransactionState[];
  unknownTags?: TaggedField[];
}

export interface ListTransactionsResponseTransactionState {
  transactionalId: string;
  producerId: number;
  transactionState: string;
  unknownTags?: TaggedField[];
}

export function readListTransactionsResponse(reader: Reader, version: number): ListTransactionsResponse {
  reader.what = "ListTransactionsResponse";
  if (version < 0 || version > 2) throw versionError("ListTransactionsResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  let unknownStateFilters: string[];
  const unknownStateFiltersLength = reader.compactArrayLength(1);
  if (unknownStateFiltersLength < 0) throw reader.nullError("unknownStateFilters");
  {
    const list: string[] = [];
    for (let i = 0; i < unknownStateFiltersLength; i++) list.push(reader.compactString());
    unknownStateFilters = list;
  }
  let transactionStates: ListTransactionsResponseTransactionState[];
  const transactionStatesLength = reader.compactArrayLength(11);
  if (transactionStatesLength < 0) throw reader.nullError("transactionStates");
  {
    const list: ListTransactionsResponseTransactionState[] = [];
    for (let i = 0; i < transactionStatesLength; i++) list.push(readListTransactionsResponseTransactionState(reader, version));
    transactionStates = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ListTransactionsResponse = {
    throttleTimeMs,
    errorCode,
    unknownStateFilters,
    transactionStates,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeListTransactionsResponse(writer: Writer, message: Draft<ListTransactionsResponse>, version: number): void {
  if (version < 0 || version > 2) throw versionError("ListTransactionsResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const unknownStateFilters = message.unknownStateFilters;
  if (unknownStateFilters === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(unknownStateFilters.length);
    for (const item of unknownStateFilters) {
      writer.compactString(item);
    }
  }
  const transactionStates = message.transactionStates;
  if (transactionStates === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(transactionStates.length);
    for (const item of transactionStates) writeListTransactionsResponseTransactionState(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readListTransactionsResponseTransactionState(reader: Reader, _version: number): ListTransactionsResponseTransactionState {
  const transactionalId: string = reader.compactString();
  const producerId: number = reader.int64();
  const transactionState: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ListTransactionsResponseTransactionState = {
    transactionalId,
    producerId,
    transactionState,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeListTransactionsResponseTransactionState(writer: Writer, message: Draft<ListTransactionsResponseTransactionState>, _version: number): void {
  const transactionalId = message.transactionalId;
  writer.compactString(transactionalId ?? "");
  const producerId = message.producerId;
  writer.int64(producerId ?? 0);
  const transactionState = message.transactionState;
  writer.compactString(transactionState ?? "");
  writer.unknownTags(message.unknownTags);
}

