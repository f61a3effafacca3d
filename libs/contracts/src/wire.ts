/**
 * The few parts of protobuf's wire format that the hand-made codecs need. Written for Buffers: strings and bytes go
 * through their native methods, and a bytes field decodes to a view of the input.
 * Source: https://protobuf.dev/programming-guides/encoding/
 */

const TWO_32 = 4294967296;
const EMPTY = Buffer.alloc(0);

/** Malformed protobuf (a peer that sends it is broken; its connection is closed), or a message that cannot be encoded. */
export class WireError extends Error {
  override name = "WireError";
}

/** Bytes a varint field's value takes; a negative number is sign-extended to 64 bits and takes ten. */
export function varintSize(value: number): number {
  if (value < 0) return 10;
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x200000) return 3;
  if (value < 0x10000000) return 4;
  if (!(value <= Number.MAX_SAFE_INTEGER)) throw new WireError(`not an integer that the wire carries: ${value}`);
  let size = 5;
  for (let rest = Math.floor(value / 0x800000000); rest > 0; rest = Math.floor(rest / 0x80)) size++;
  return size;
}

/** Writes a safe integer as protobuf's int32 or int64 does. Returns the position behind it. */
export function writeVarint(target: Buffer, position: number, value: number): number {
  if (value < 0) return writeNegative(target, position, value);
  while (value >= 0x80000000) {
    target[position++] = (value % 0x80) | 0x80;
    value = Math.floor(value / 0x80);
  }
  while (value >= 0x80) {
    target[position++] = (value & 0x7f) | 0x80;
    value >>>= 7;
  }
  target[position++] = value;
  return position;
}

function writeNegative(target: Buffer, position: number, value: number): number {
  let low = value >>> 0;
  let high = Math.floor(value / TWO_32) >>> 0;
  for (let i = 0; i < 9; i++) {
    target[position++] = (low & 0x7f) | 0x80;
    low = ((low >>> 7) | (high << 25)) >>> 0;
    high >>>= 7;
  }
  target[position++] = low;
  return position;
}

/** Size of a varint field whose tag takes one byte; proto3 leaves zero out. */
export function numberFieldSize(value: number): number {
  return value === 0 ? 0 : 1 + varintSize(value);
}

export function writeNumberField(target: Buffer, position: number, tag: number, value: number): number {
  if (value === 0) return position;
  target[position] = tag;
  return writeVarint(target, position + 1, value);
}

/** Size of a length-delimited field of `length` bytes whose tag takes one byte, present even when empty. */
export function delimitedSize(length: number): number {
  return 1 + varintSize(length) + length;
}

export function stringFieldSize(value: string): number {
  return value === "" ? 0 : delimitedSize(Buffer.byteLength(value));
}

export function writeStringField(target: Buffer, position: number, tag: number, value: string): number {
  if (value === "") return position;
  target[position++] = tag;
  // A short string of ASCII, which is what nearly all of them are, has its length in one byte and as many bytes as units.
  if (value.length < 0x80) {
    const written = target.write(value, position + 1);
    if (written < 0x80) {
      target[position] = written;
      return position + 1 + written;
    }
  }
  position = writeVarint(target, position, Buffer.byteLength(value));
  return position + target.write(value, position);
}

export function bytesFieldSize(value: Uint8Array): number {
  return value.length === 0 ? 0 : delimitedSize(value.length);
}

/** Writes a bytes field even when it is empty, as repeated fields want it. */
export function writeDelimited(target: Buffer, position: number, tag: number, value: Uint8Array): number {
  target[position] = tag;
  position = writeVarint(target, position + 1, value.length);
  target.set(value, position);
  return position + value.length;
}

export function writeBytesField(target: Buffer, position: number, tag: number, value: Uint8Array): number {
  return value.length === 0 ? position : writeDelimited(target, position, tag, value);
}

/** Walks one message's bytes. `end` is moved by the codecs of embedded messages. */
export class WireReader {
  position = 0;
  end: number;
  private readonly bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.length;
  }

  /** The next field's tag, 0 behind the last one. */
  tag(): number {
    return this.position < this.end ? this.uint32() : 0;
  }

  uint32(): number {
    const bytes = this.bytes;
    let position = this.position;
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (position >= this.end) throw new WireError("varint runs past the end of its message");
      const byte = bytes[position++]!;
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.position = position;
        return value >>> 0;
      }
    }
    throw new WireError("varint of more than ten bytes");
  }

  int32(): number {
    return this.uint32() | 0;
  }

  /** A 64-bit integer; throws where it is not a safe one. */
  int64(): number {
    const bytes = this.bytes;
    let low = 0;
    let high = 0;
    for (let index = 0; index < 10; index++) {
      if (this.position >= this.end) throw new WireError("varint runs past the end of its message");
      const byte = bytes[this.position++]!;
      const bits = byte & 0x7f;
      if (index < 4) low |= bits << (7 * index);
      else if (index === 4) {
        low |= bits << 28;
        high |= bits >> 4;
      } else high |= bits << (7 * index - 32);
      if (byte < 0x80) {
        const value = (high | 0) * TWO_32 + (low >>> 0);
        if (!Number.isSafeInteger(value)) throw new WireError("64-bit integer is beyond 2^53");
        return value;
      }
    }
    throw new WireError("varint of more than ten bytes");
  }

  bool(): boolean {
    return this.uint32() !== 0;
  }

  string(): string {
    const length = this.length();
    const start = this.position;
    this.position = start + length;
    return this.bytes.toString("utf8", start, start + length);
  }

  /** A view: valid as long as nobody reuses the message's memory, which it keeps alive. */
  view(): Uint8Array {
    const length = this.length();
    const start = this.position;
    this.position = start + length;
    return length === 0 ? EMPTY : this.bytes.subarray(start, start + length);
  }

  /** Steps into an embedded message; returns the end to give back to `leave`. */
  enter(): number {
    const length = this.length();
    const outer = this.end;
    this.end = this.position + length;
    return outer;
  }

  leave(outer: number): void {
    this.position = this.end;
    this.end = outer;
  }

  skip(tag: number): void {
    switch (tag & 7) {
      case 0:
        this.uint32();
        return;
      case 1:
        this.advance(8);
        return;
      case 2:
        this.advance(this.length());
        return;
      case 5:
        this.advance(4);
        return;
      default:
        throw new WireError(`field ${tag >>> 3} has wire type ${tag & 7}, which these contracts do not use`);
    }
  }

  private length(): number {
    const length = this.uint32();
    if (length > this.end - this.position) throw new WireError("field runs past the end of its message");
    return length;
  }

  private advance(length: number): void {
    if (length > this.end - this.position) throw new WireError("field runs past the end of its message");
    this.position += length;
  }
}
