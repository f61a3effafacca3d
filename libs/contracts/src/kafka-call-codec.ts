import { twoPassCodec } from "./codec";
import type { KafkaAnswer, KafkaCall } from "./generated/moldau/v1/common";
import {
  bytesFieldSize,
  numberFieldSize,
  stringFieldSize,
  varintSize,
  WireReader,
  writeBytesField,
  writeNumberField,
  writeStringField,
  writeVarint,
} from "./wire";

/** A client's request on its way to the role that answers it. */
export const kafkaCallCodec = twoPassCodec<KafkaCall>({
  size(message) {
    return (
      numberFieldSize(message.apiKey) +
      numberFieldSize(message.apiVersion) +
      stringFieldSize(message.clientId) +
      stringFieldSize(message.principal) +
      stringFieldSize(message.clientHost) +
      stringFieldSize(message.listener) +
      bytesFieldSize(message.body) +
      numberFieldSize(message.targetNodeId)
    );
  },
  write(message, target, position) {
    position = writeNumberField(target, position, 0x08, message.apiKey);
    position = writeNumberField(target, position, 0x10, message.apiVersion);
    position = writeStringField(target, position, 0x1a, message.clientId);
    position = writeStringField(target, position, 0x22, message.principal);
    position = writeStringField(target, position, 0x2a, message.clientHost);
    position = writeStringField(target, position, 0x32, message.listener);
    position = writeBytesField(target, position, 0x3a, message.body);
    return writeNumberField(target, position, 0x40, message.targetNodeId);
  },
  decode(bytes) {
    const reader = new WireReader(bytes);
    const message: KafkaCall = {
      apiKey: 0,
      apiVersion: 0,
      clientId: "",
      principal: "",
      clientHost: "",
      listener: "",
      body: new Uint8Array(0),
      targetNodeId: 0,
    };
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === 0x08) message.apiKey = reader.int32();
      else if (tag === 0x10) message.apiVersion = reader.int32();
      else if (tag === 0x1a) message.clientId = reader.string();
      else if (tag === 0x22) message.principal = reader.string();
      else if (tag === 0x2a) message.clientHost = reader.string();
      else if (tag === 0x32) message.listener = reader.string();
      else if (tag === 0x3a) message.body = reader.view();
      else if (tag === 0x40) message.targetNodeId = reader.int32();
      else reader.skip(tag);
    }
    return message;
  },
});

/** The answer, in the client's own version. Its optional fields are on the wire whenever they are set, zero or not. */
export const kafkaAnswerCodec = twoPassCodec<KafkaAnswer>({
  size(message) {
    return (
      bytesFieldSize(message.body) +
      optionalSize(message.errorCode) +
      optionalSize(message.leaderId) +
      optionalSize(message.metadataOffset)
    );
  },
  write(message, target, position) {
    position = writeBytesField(target, position, 0x0a, message.body);
    position = writeOptional(target, position, 0x10, message.errorCode);
    position = writeOptional(target, position, 0x18, message.leaderId);
    return writeOptional(target, position, 0x20, message.metadataOffset);
  },
  decode(bytes) {
    const reader = new WireReader(bytes);
    const message: KafkaAnswer = {
      body: new Uint8Array(0),
      errorCode: undefined,
      leaderId: undefined,
      metadataOffset: undefined,
    };
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === 0x0a) message.body = reader.view();
      else if (tag === 0x10) message.errorCode = reader.int32();
      else if (tag === 0x18) message.leaderId = reader.int32();
      else if (tag === 0x20) message.metadataOffset = reader.int64();
      else reader.skip(tag);
    }
    return message;
  },
});

function optionalSize(value: number | undefined): number {
  return value === undefined ? 0 : 1 + varintSize(value);
}

function writeOptional(target: Buffer, position: number, tag: number, value: number | undefined): number {
  if (value === undefined) return position;
  target[position] = tag;
  return writeVarint(target, position + 1, value);
}
