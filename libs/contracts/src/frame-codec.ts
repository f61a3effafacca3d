import { asBuffer, twoPassCodec, type Codec, type Outgoing } from "./codec";
import { Frame, FrameKind } from "./generated/moldau/v1/common";
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

/** A frame without what it carries. */
export type FrameHead = Omit<Frame, "payload">;

export const frameCodec: Codec<Frame> = twoPassCodec<Frame>({
  size: (frame) => headSize(frame) + bytesFieldSize(frame.payload),
  write: (frame, target, position) =>
    writeBytesField(target, writeHead(frame, target, position), PAYLOAD_TAG, frame.payload),
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
      else if (tag === PAYLOAD_TAG) frame.payload = reader.view();
      else reader.skip(tag);
    }
    return frame;
  },
});

const PAYLOAD_TAG = 0x42;
const NO_PAYLOAD = new Uint8Array(0);

/**
 * A frame around `message`, without a buffer for the payload alone: both are written together. The bytes are those of
 * `frameCodec`.
 */
export function frameAround<T>(head: FrameHead, codec: Codec<T>, message: T): Outgoing {
  return new FrameAround(head, codec.prepare(message));
}

class FrameAround implements Outgoing {
  readonly length: number;

  constructor(
    private readonly head: FrameHead,
    private readonly payload: Outgoing,
  ) {
    this.length = headSize(head) + (payload.length === 0 ? 0 : delimitedSize(payload.length));
  }

  get byteLength(): number {
    return this.length;
  }

  copy(target: Uint8Array, position: number): void {
    const buffer = asBuffer(target);
    position = writeHead(this.head, buffer, position);
    if (this.payload.length === 0) return;
    buffer[position] = PAYLOAD_TAG;
    this.payload.copy(buffer, writeVarint(buffer, position + 1, this.payload.length));
  }
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
