import type { Codec } from "./codec";
import { Frame, FrameKind } from "./generated/moldau/v1/common";
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

/** A frame without what it carries. */
export type FrameHead = Omit<Frame, "payload">;

export const frameCodec: Codec<Frame> = {
  encode(frame, headroom = 0) {
    const head = headSize(frame);
    const target = Buffer.allocUnsafe(headroom + head + bytesFieldSize(frame.payload));
    writeHead(frame, target, headroom);
    writeBytesField(target, headroom + head, 0x42, frame.payload);
    return target;
  },
  decode(bytes) {
    const reader = new WireReader(bytes);
    const frame: Frame = {
      correlationId: 0,
      kind: FrameKind.FRAME_KIND_UNSPECIFIED,
      method: "",
      deadlineMs: 0,
      traceparent: "",
      creditBytes: 0,
      error: "",
      payload: NO_PAYLOAD,
    };
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === 0x08) frame.correlationId = reader.uint32();
      else if (tag === 0x10) frame.kind = reader.int32();
      else if (tag === 0x1a) frame.method = reader.string();
      else if (tag === 0x20) frame.deadlineMs = reader.uint32();
      else if (tag === 0x2a) frame.traceparent = reader.string();
      else if (tag === 0x30) frame.creditBytes = reader.uint32();
      else if (tag === 0x3a) frame.error = reader.string();
      else if (tag === 0x42) frame.payload = reader.view();
      else reader.skip(tag);
    }
    return frame;
  },
};

const NO_PAYLOAD = new Uint8Array(0);

/** Tag and length of the payload at their widest. */
const PAYLOAD_PREFIX_MAX = 6;

/**
 * A whole frame around `message`, encoded in one go: the message is written behind room for the head, then the head
 * right in front of it. The bytes are those of `frameCodec`, without a buffer for the payload alone.
 */
export function encodeFramed<T>(head: FrameHead, codec: Codec<T>, message: T): Uint8Array {
  const headBytes = headSize(head);
  const headroom = headBytes + PAYLOAD_PREFIX_MAX;
  const bytes = codec.encode(message, headroom);
  const target = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const payloadBytes = target.length - headroom;
  const prefixBytes = payloadBytes === 0 ? 0 : 1 + varintSize(payloadBytes);
  const start = headroom - prefixBytes - headBytes;
  const behindHead = writeHead(head, target, start);
  if (payloadBytes === 0) return target.subarray(start, behindHead);
  target[behindHead] = 0x42;
  writeVarint(target, behindHead + 1, payloadBytes);
  return target.subarray(start);
}

/** Size of the fields in front of the payload. */
function headSize(head: FrameHead): number {
  return (
    numberFieldSize(head.correlationId) +
    numberFieldSize(head.kind) +
    stringFieldSize(head.method) +
    numberFieldSize(head.deadlineMs) +
    stringFieldSize(head.traceparent) +
    numberFieldSize(head.creditBytes) +
    stringFieldSize(head.error)
  );
}

function writeHead(head: FrameHead, target: Buffer, position: number): number {
  position = writeNumberField(target, position, 0x08, head.correlationId);
  position = writeNumberField(target, position, 0x10, head.kind);
  position = writeStringField(target, position, 0x1a, head.method);
  position = writeNumberField(target, position, 0x20, head.deadlineMs);
  position = writeStringField(target, position, 0x2a, head.traceparent);
  position = writeNumberField(target, position, 0x30, head.creditBytes);
  return writeStringField(target, position, 0x3a, head.error);
}
