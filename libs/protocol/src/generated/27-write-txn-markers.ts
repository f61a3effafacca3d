// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface WriteTxnMarkersRequest {
  markers: WriteTxnMarkersRequestWritableTxnMarker[];
  unknownTags?: TaggedField[];
}

export interface WriteTxnMarkersRequestWritableTxnMarker {
  producerId: number;
  producerEpoch: number;
  transactionResult: boolean;
  topics: WriteTxnMarkersRequestWritableTxnMarkerTopic[];
  coordinatorEpoch: number;
  transactionVersion: number;
  unknownTags?: TaggedField[];
}

export interface WriteTxnMarkersRequestWritableTxnMarkerTopic {
  name: string;
  partitionIndexes: number[];
  unknownTags?: TaggedField[];
}

export function readWriteTxnMarkersRequest(reader: Reader, version: number): WriteTxnMarkersRequest {
  reader.what = "WriteTxnMarkersRequest";
  if (version < 0 || version > 2) throw versionError("WriteTxnMarkersRequest", version);
  const flexible = version >= 1;
  let markers: WriteTxnMarkersRequestWritableTxnMarker[];
  const markersLength = flexible ? reader.compactArrayLength(16) : reader.arrayLength(16);
  if (markersLength < 0) throw reader.nullError("markers");
  {
    const list: WriteTxnMarkersRequestWritableTxnMarker[] = [];
    for (let i = 0; i < markersLength; i++) list.push(readWriteTxnMarkersRequestWritableTxnMarker(reader, version));
    markers = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: WriteTxnMarkersRequest = {
    markers,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeWriteTxnMarkersRequest(writer: Writer, message: Draft<WriteTxnMarkersRequest>, version: number): void {
  if (version < 0 || version > 2) throw versionError("WriteTxnMarkersRequest", version);
  const flexible = version >= 1;
  const markers = message.markers;
  if (markers === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(markers.length);
    else writer.arrayLength(markers.length);
    for (const item of markers) writeWriteTxnMarkersRequestWritableTxnMarker(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("WriteTxnMarkersRequest.unknownTags", version);
}

function readWriteTxnMarkersRequestWritableTxnMarker(reader: Reader, version: number): WriteTxnMarkersRequestWritableTxnMarker {
  const flexible = version >= 1;
  const producerId: number = reader.int64();
  const producerEpoch: number = reader.int16();
  const transactionResult: boolean = reader.bool();
  let topics: WriteTxnMarkersRequestWritableTxnMarkerTopic[];
  const topicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: WriteTxnMarkersRequestWritableTxnMarkerTopic[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readWriteTxnMarkersRequestWritableTxnMarkerTopic(reader, version));
    topics = list;
  }
  const coordinatorEpoch: number = reader.int32();
  const transactionVersion: number = version >= 2 ? reader.int8() : 0;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: WriteTxnMarkersRequestWritableTxnMarker = {
    producerId,
    producerEpoch,
    transactionResult,
    topics,
    coordinatorEpoch,
    transactionVersion,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeWriteTxnMarkersRequestWritableTxnMarker(writer: Writer, message: Draft<WriteTxnMarkersRequestWritableTxnMarker>, version: number): void {
  const flexible = version >= 1;
  const producerId = message.producerId;
  writer.int64(producerId ?? 0);
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch ?? 0);
  const transactionResult = message.transactionResult;
  writer.bool(transactionResult ?? false);
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeWriteTxnMarkersRequestWritableTxnMarkerTopic(writer, item, version);
  }
  const coordinatorEpoch = message.coordinatorEpoch;
  writer.int32(coordinatorEpoch ?? 0);
  const transactionVersion = message.transactionVersion;
  if (version >= 2) {
    writer.int8(transactionVersion ?? 0);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("WriteTxnMarkersRequestWritableTxnMarker.unknownTags", version);
}

function readWriteTxnMarkersRequestWritableTxnMarkerTopic(reader: Reader, version: number): WriteTxnMarkersRequestWritableTxnMarkerTopic {
  const flexible = version >= 1;
  const name: string = flexible ? reader.compactString() : reader.string();
  let partitionIndexes: number[];
  const partitionIndexesLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
  if (partitionIndexesLength < 0) throw reader.nullError("partitionIndexes");
  {
    const list: number[] = [];
    for (let i = 0; i < partitionIndexesLength; i++) list.push(reader.int32());
    partitionIndexes = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: WriteTxnMarkersRequestWritableTxnMarkerTopic = {
    name,
    partitionIndexes,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeWriteTxnMarkersRequestWritableTxnMarkerTopic(writer: Writer, message: Draft<WriteTxnMarkersRequestWritableTxnMarkerTopic>, version: number): void {
  const flexible = version >= 1;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const partitionIndexes = message.partitionIndexes;
  if (partitionIndexes === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitionIndexes.length);
    else writer.arrayLength(partitionIndexes.length);
    for (const item of partitionIndexes) writer.int32(item);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("WriteTxnMarkersRequestWritableTxnMarkerTopic.unknownTags", version);
}

export interface WriteTxnMarkersResponse {
  markers: WriteTxnMarkersResponseWritableTxnMarkerResult[];
  unknownTags?: TaggedField[];
}

export interface WriteTxnMarkersResponseWritableTxnMarkerResult {
  producerId: number;
  topics: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[];
  unknownTags?: TaggedField[];
}

export interface WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  name: string;
  partitions: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[];
  unknownTags?: TaggedField[];
}

export interface WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  partitionIndex: number;
  errorCode: number;
  unknownTags?: TaggedField[];
}

export function readWriteTxnMarkersResponse(reader: Reader, version: number): WriteTxnMarkersResponse {
  reader.what = "WriteTxnMarkersResponse";
  if (version < 0 || version > 2) throw versionError("WriteTxnMarkersResponse", version);
  const flexible = version >= 1;
  let markers: WriteTxnMarkersResponseWritableTxnMarkerResult[];
  const markersLength = flexible ? reader.compactArrayLength(9) : reader.arrayLength(9);
  if (markersLength < 0) throw reader.nullError("markers");
  {
    const list: WriteTxnMarkersResponseWritableTxnMarkerResult[] = [];
    for (let i = 0; i < markersLength; i++) list.push(readWriteTxnMarkersResponseWritableTxnMarkerResult(reader, version));
    markers = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: WriteTxnMarkersResponse = {
    markers,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeWriteTxnMarkersResponse(writer: Writer, message: Draft<WriteTxnMarkersResponse>, version: number): void {
  if (version < 0 || version > 2) throw versionError("WriteTxnMarkersResponse", version);
  const flexible = version >= 1;
  const markers = message.markers;
  if (markers === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(markers.length);
    else writer.arrayLength(markers.length);
    for (const item of markers) writeWriteTxnMarkersResponseWritableTxnMarkerResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("WriteTxnMarkersResponse.unknownTags", version);
}

function readWriteTxnMarkersResponseWritableTxnMarkerResult(reader: Reader, version: number): WriteTxnMarkersResponseWritableTxnMarkerResult {
  const flexible = version >= 1;
  const producerId: number = reader.int64();
  let topics: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[];
  const topicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
  if (topicsLength < 0) throw reader.nullError("topics");
  {
    const list: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[] = [];
    for (let i = 0; i < topicsLength; i++) list.push(readWriteTxnMarkersResponseWritableTxnMarkerTopicResult(reader, version));
    topics = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: WriteTxnMarkersResponseWritableTxnMarkerResult = {
    producerId,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeWriteTxnMarkersResponseWritableTxnMarkerResult(writer: Writer, message: Draft<WriteTxnMarkersResponseWritableTxnMarkerResult>, version: number): void {
  const flexible = version >= 1;
  const producerId = message.producerId;
  writer.int64(producerId ?? 0);
  const topics = message.topics;
  if (topics === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(topics.length);
    else writer.arrayLength(topics.length);
    for (const item of topics) writeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("WriteTxnMarkersResponseWritableTxnMarkerResult.unknownTags", version);
}

function readWriteTxnMarkersResponseWritableTxnMarkerTopicResult(reader: Reader, version: number): WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  const flexible = version >= 1;
  const name: string = flexible ? reader.compactString() : reader.string();
  let partitions: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[];
  const partitionsLength = flexible ? reader.compactArrayLength(6) : reader.arrayLength(6);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(readWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(reader, version));
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: WriteTxnMarkersResponseWritableTxnMarkerTopicResult = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(writer: Writer, message: Draft<WriteTxnMarkersResponseWritableTxnMarkerTopicResult>, version: number): void {
  const flexible = version >= 1;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const partitions = message.partitions;
  if (partitions === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(partitions.length);
    else writer.arrayLength(partitions.length);
    for (const item of partitions) writeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("WriteTxnMarkersResponseWritableTxnMarkerTopicResult.unknownTags", version);
}

function readWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(reader: Reader, version: number): WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  const flexible = version >= 1;
  const partitionIndex: number = reader.int32();
  const errorCode: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult = {
    partitionIndex,
    errorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(writer: Writer, message: Draft<WriteTxnMarkersResponseWritableTxnMarkerPartitionResult>, version: number): void {
  const flexible = version >= 1;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("WriteTxnMarkersResponseWritableTxnMarkerPartitionResult.unknownTags", version);
}

