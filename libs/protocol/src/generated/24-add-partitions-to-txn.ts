// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface AddPartitionsToTxnRequest {
  transactions: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[];
  v3AndBelowTransactionalId: string;
  v3AndBelowProducerId: number;
  v3AndBelowProducerEpoch: number;
  v3AndBelowTopics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[];
  unknownTags?: TaggedField[];
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTransaction {
  transactionalId: string;
  producerId: number;
  producerEpoch: number;
  verifyOnly: boolean;
  topics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[];
  unknownTags?: TaggedField[];
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTopic {
  name: string;
  partitions: number[];
  unknownTags?: TaggedField[];
}

export function readAddPartitionsToTxnRequest(reader: Reader, version: number): AddPartitionsToTxnRequest {
  reader.what = "AddPartitionsToTxnRequest";
  if (version < 0 || version > 5) throw versionError("AddPartitionsToTxnRequest", version);
  const flexible = version >= 3;
  let transactions: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[] = [];
  if (version >= 4) {
    const transactionsLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (transactionsLength < 0) throw reader.nullError("transactions");
    {
      const list: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[] = [];
      for (let i = 0; i < transactionsLength; i++) list.push(readAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(reader, version));
      transactions = list;
    }
  }
  const v3AndBelowTransactionalId: string = version <= 3 ? (flexible ? reader.compactString() : reader.string()) : "";
  const v3AndBelowProducerId: number = version <= 3 ? reader.int64() : 0;
  const v3AndBelowProducerEpoch: number = version <= 3 ? reader.int16() : 0;
  let v3AndBelowTopics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] = [];
  if (version <= 3) {
    const v3AndBelowTopicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
    if (v3AndBelowTopicsLength < 0) throw reader.nullError("v3AndBelowTopics");
    {
      const list: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] = [];
      for (let i = 0; i < v3AndBelowTopicsLength; i++) list.push(readAddPartitionsToTxnRequestAddPartitionsToTxnTopic(reader, version));
      v3AndBelowTopics = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AddPartitionsToTxnRequest = {
    transactions,
    v3AndBelowTransactionalId,
    v3AndBelowProducerId,
    v3AndBelowProducerEpoch,
    v3AndBelowTopics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAddPartitionsToTxnRequest(writer: Writer, message: Draft<AddPartitionsToTxnRequest>, version: number): void {
  if (version < 0 || version > 5) throw versionError("AddPartitionsToTxnRequest", version);
  const flexible = version >= 3;
  const transactions = message.transactions;
  if (version >= 4) {
    if (transactions === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(transactions.length);
      else writer.arrayLength(transactions.length);
      for (const item of transactions) writeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(writer, item, version);
    }
  }
  if (!(version >= 4) && transactions !== undefined && transactions.length > 0) throw notInVersion("AddPartitionsToTxnRequest.transactions", version);
  const v3AndBelowTransactionalId = message.v3AndBelowTransactionalId;
  if (version <= 3) {
    if (flexible) writer.compactString(v3AndBelowTransactionalId ?? "");
    else writer.string(v3AndBelowTransactionalId ?? "");
  }
  if (!(version <= 3) && v3AndBelowTransactionalId !== undefined && v3AndBelowTransactionalId !== "") throw notInVersion("AddPartitionsToTxnRequest.v3AndBelowTransactionalId", version);
  const v3AndBelowProducerId = message.v3AndBelowProducerId;
  if (version <= 3) {
    writer.int64(v3AndBelowProducerId ?? 0);
  }
  if (!(version <= 3) && v3AndBelowProducerId !== undefined && v3AndBelowProducerId !== 0) throw notInVersion("AddPartitionsToTxnRequest.v3AndBelowProducerId", version);
  const v3AndBelowProducerEpoch = message.v3AndBelowProducerEpoch;
  if (version <= 3) {
    writer.int16(v3AndBelowProducerEpoch ?? 0);
  }
  if (!(version <= 3) && v3AndBelowProducerEpoch !== undefined && v3AndBelowProducerEpoch !== 0) throw notInVersion("AddPartitionsToTxnRequest.v3AndBelowProducerEpoch", version);
  const v3AndBelowTopics = message.v3AndBelowTopics;
  if (version <= 3) {
    if (v3AndBelowTopics === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(v3AndBelowTopics.length);
      else writer.arrayLength(v3AndBelowTopics.length);
      for (const item of v3AndBelowTopics) writeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(writer, item, version);
    }
  }
  if (!(version <= 3) && v3AndBelowTopics !== undefined && v3AndBelowTopics.length > 0) throw notInVersion("AddPartitionsToTxnRequest.v3AndBelowTopics", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AddPartitionsToTxnRequest.unknownTags", version);
}

function readAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(reader: Reader, version: number): AddPartitionsToTxnRequestAddPartitionsToTxnTransaction {
  const flexible = version >= 3;
  const transactionalId: string = version >= 4 ? (flexible ? reader.compactString() : reader.string()) : "";
  const producerId: number = version >= 4 ? reader.int64() : 0;
  const producerEpoch: number = version >= 4 ? reader.int16() : 0;
  const verifyOnly: boolean = version >= 4 ? reader.bool() : false;
  let topics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] = [];
  if (version >= 4) {
    const topicsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
    if (topicsLength < 0) throw reader.nullError("topics");
    {
      const list: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] = [];
      for (let i = 0; i < topicsLength; i++) list.push(readAddPartitionsToTxnRequestAddPartitionsToTxnTopic(reader, version));
      topics = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction = {
    transactionalId,
    producerId,
    producerEpoch,
    verifyOnly,
    topics,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(writer: Writer, message: Draft<AddPartitionsToTxnRequestAddPartitionsToTxnTransaction>, version: number): void {
  const flexible = version >= 3;
  const transactionalId = message.transactionalId;
  if (version >= 4) {
    if (flexible) writer.compactString(transactionalId ?? "");
    else writer.string(transactionalId ?? "");
  }
  if (!(version >= 4) && transactionalId !== undefined && transactionalId !== "") throw notInVersion("AddPartitionsToTxnRequestAddPartitionsToTxnTransaction.transactionalId", version);
  const producerId = message.producerId;
  if (version >= 4) {
    writer.int64(producerId ?? 0);
  }
  if (!(version >= 4) && producerId !== undefined && producerId !== 0) throw notInVersion("AddPartitionsToTxnRequestAddPartitionsToTxnTransaction.producerId", version);
  const producerEpoch = message.producerEpoch;
  if (version >= 4) {
    writer.int16(producerEpoch ?? 0);
  }
  if (!(version >= 4) && producerEpoch !== undefined && producerEpoch !== 0) throw notInVersion("AddPartitionsToTxnRequestAddPartitionsToTxnTransaction.producerEpoch", version);
  const verifyOnly = message.verifyOnly;
  if (version >= 4) {
    writer.bool(verifyOnly ?? false);
  }
  if (!(version >= 4) && verifyOnly !== undefined && verifyOnly !== false) throw notInVersion("AddPartitionsToTxnRequestAddPartitionsToTxnTransaction.verifyOnly", version);
  const topics = message.topics;
  if (version >= 4) {
    if (topics === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(topics.length);
      else writer.arrayLength(topics.length);
      for (const item of topics) writeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(writer, item, version);
    }
  }
  if (!(version >= 4) && topics !== undefined && topics.length > 0) throw notInVersion("AddPartitionsToTxnRequestAddPartitionsToTxnTransaction.topics", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AddPartitionsToTxnRequestAddPartitionsToTxnTransaction.unknownTags", version);
}

function readAddPartitionsToTxnRequestAddPartitionsToTxnTopic(reader: Reader, version: number): AddPartitionsToTxnRequestAddPartitionsToTxnTopic {
  const flexible = version >= 3;
  const name: string = flexible ? reader.compactString() : reader.string();
  let partitions: number[];
  const partitionsLength = flexible ? reader.compactArrayLength(4) : reader.arrayLength(4);
  if (partitionsLength < 0) throw reader.nullError("partitions");
  {
    const list: number[] = [];
    for (let i = 0; i < partitionsLength; i++) list.push(reader.int32());
    partitions = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AddPartitionsToTxnRequestAddPartitionsToTxnTopic = {
    name,
    partitions,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(writer: Writer, message: Draft<AddPartitionsToTxnRequestAddPartitionsToTxnTopic>, version: number): void {
  const flexible = version >= 3;
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
    for (const item of partitions) writer.int32(item);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AddPartitionsToTxnRequestAddPartitionsToTxnTopic.unknownTags", version);
}

export interface AddPartitionsToTxnResponse {
  throttleTimeMs: number;
  errorCode: number;
  resultsByTransaction: AddPartitionsToTxnResponseAddPartitionsToTxnResult[];
  resultsByTopicV3AndBelow: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[];
  unknownTags?: TaggedField[];
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnResult {
  transactionalId: string;
  topicResults: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[];
  unknownTags?: TaggedField[];
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult {
  name: string;
  resultsByPartition: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[];
  unknownTags?: TaggedField[];
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult {
  partitionIndex: number;
  partitionErrorCode: number;
  unknownTags?: TaggedField[];
}

export function readAddPartitionsToTxnResponse(reader: Reader, version: number): AddPartitionsToTxnResponse {
  reader.what = "AddPartitionsToTxnResponse";
  if (version < 0 || version > 5) throw versionError("AddPartitionsToTxnResponse", version);
  const flexible = version >= 3;
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = version >= 4 ? reader.int16() : 0;
  let resultsByTransaction: AddPartitionsToTxnResponseAddPartitionsToTxnResult[] = [];
  if (version >= 4) {
    const resultsByTransactionLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
    if (resultsByTransactionLength < 0) throw reader.nullError("resultsByTransaction");
    {
      const list: AddPartitionsToTxnResponseAddPartitionsToTxnResult[] = [];
      for (let i = 0; i < resultsByTransactionLength; i++) list.push(readAddPartitionsToTxnResponseAddPartitionsToTxnResult(reader, version));
      resultsByTransaction = list;
    }
  }
  let resultsByTopicV3AndBelow: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] = [];
  if (version <= 3) {
    const resultsByTopicV3AndBelowLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
    if (resultsByTopicV3AndBelowLength < 0) throw reader.nullError("resultsByTopicV3AndBelow");
    {
      const list: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] = [];
      for (let i = 0; i < resultsByTopicV3AndBelowLength; i++) list.push(readAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(reader, version));
      resultsByTopicV3AndBelow = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AddPartitionsToTxnResponse = {
    throttleTimeMs,
    errorCode,
    resultsByTransaction,
    resultsByTopicV3AndBelow,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAddPartitionsToTxnResponse(writer: Writer, message: Draft<AddPartitionsToTxnResponse>, version: number): void {
  if (version < 0 || version > 5) throw versionError("AddPartitionsToTxnResponse", version);
  const flexible = version >= 3;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  if (version >= 4) {
    writer.int16(errorCode ?? 0);
  }
  const resultsByTransaction = message.resultsByTransaction;
  if (version >= 4) {
    if (resultsByTransaction === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(resultsByTransaction.length);
      else writer.arrayLength(resultsByTransaction.length);
      for (const item of resultsByTransaction) writeAddPartitionsToTxnResponseAddPartitionsToTxnResult(writer, item, version);
    }
  }
  if (!(version >= 4) && resultsByTransaction !== undefined && resultsByTransaction.length > 0) throw notInVersion("AddPartitionsToTxnResponse.resultsByTransaction", version);
  const resultsByTopicV3AndBelow = message.resultsByTopicV3AndBelow;
  if (version <= 3) {
    if (resultsByTopicV3AndBelow === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(resultsByTopicV3AndBelow.length);
      else writer.arrayLength(resultsByTopicV3AndBelow.length);
      for (const item of resultsByTopicV3AndBelow) writeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(writer, item, version);
    }
  }
  if (!(version <= 3) && resultsByTopicV3AndBelow !== undefined && resultsByTopicV3AndBelow.length > 0) throw notInVersion("AddPartitionsToTxnResponse.resultsByTopicV3AndBelow", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AddPartitionsToTxnResponse.unknownTags", version);
}

function readAddPartitionsToTxnResponseAddPartitionsToTxnResult(reader: Reader, version: number): AddPartitionsToTxnResponseAddPartitionsToTxnResult {
  const flexible = version >= 3;
  const transactionalId: string = version >= 4 ? (flexible ? reader.compactString() : reader.string()) : "";
  let topicResults: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] = [];
  if (version >= 4) {
    const topicResultsLength = flexible ? reader.compactArrayLength(2) : reader.arrayLength(2);
    if (topicResultsLength < 0) throw reader.nullError("topicResults");
    {
      const list: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] = [];
      for (let i = 0; i < topicResultsLength; i++) list.push(readAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(reader, version));
      topicResults = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AddPartitionsToTxnResponseAddPartitionsToTxnResult = {
    transactionalId,
    topicResults,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAddPartitionsToTxnResponseAddPartitionsToTxnResult(writer: Writer, message: Draft<AddPartitionsToTxnResponseAddPartitionsToTxnResult>, version: number): void {
  const flexible = version >= 3;
  const transactionalId = message.transactionalId;
  if (version >= 4) {
    if (flexible) writer.compactString(transactionalId ?? "");
    else writer.string(transactionalId ?? "");
  }
  if (!(version >= 4) && transactionalId !== undefined && transactionalId !== "") throw notInVersion("AddPartitionsToTxnResponseAddPartitionsToTxnResult.transactionalId", version);
  const topicResults = message.topicResults;
  if (version >= 4) {
    if (topicResults === undefined) {
      if (flexible) writer.compactLength(0);
      else writer.arrayLength(0);
    }
    else {
      if (flexible) writer.compactLength(topicResults.length);
      else writer.arrayLength(topicResults.length);
      for (const item of topicResults) writeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(writer, item, version);
    }
  }
  if (!(version >= 4) && topicResults !== undefined && topicResults.length > 0) throw notInVersion("AddPartitionsToTxnResponseAddPartitionsToTxnResult.topicResults", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AddPartitionsToTxnResponseAddPartitionsToTxnResult.unknownTags", version);
}

function readAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(reader: Reader, version: number): AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult {
  const flexible = version >= 3;
  const name: string = flexible ? reader.compactString() : reader.string();
  let resultsByPartition: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[];
  const resultsByPartitionLength = flexible ? reader.compactArrayLength(6) : reader.arrayLength(6);
  if (resultsByPartitionLength < 0) throw reader.nullError("resultsByPartition");
  {
    const list: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[] = [];
    for (let i = 0; i < resultsByPartitionLength; i++) list.push(readAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(reader, version));
    resultsByPartition = list;
  }
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult = {
    name,
    resultsByPartition,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(writer: Writer, message: Draft<AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult>, version: number): void {
  const flexible = version >= 3;
  const name = message.name;
  if (flexible) writer.compactString(name ?? "");
  else writer.string(name ?? "");
  const resultsByPartition = message.resultsByPartition;
  if (resultsByPartition === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(resultsByPartition.length);
    else writer.arrayLength(resultsByPartition.length);
    for (const item of resultsByPartition) writeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(writer, item, version);
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult.unknownTags", version);
}

function readAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(reader: Reader, version: number): AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult {
  const flexible = version >= 3;
  const partitionIndex: number = reader.int32();
  const partitionErrorCode: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult = {
    partitionIndex,
    partitionErrorCode,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(writer: Writer, message: Draft<AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult>, version: number): void {
  const flexible = version >= 3;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex ?? 0);
  const partitionErrorCode = message.partitionErrorCode;
  writer.int16(partitionErrorCode ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult.unknownTags", version);
}

