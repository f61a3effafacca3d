import { type Uuid, ZERO_UUID } from "@moldau/base";
import { ProtocolError } from "./protocol-error";

/** A tagged field that the schema of this build does not know; kept as it came and written back. */
export interface TaggedField {
  tag: number;
  data: Uint8Array;
}

/** Below this many bytes a string of ASCII is put together here; calling into the runtime's decoder costs more. */
const SHORT_STRING_BYTES = 24;

/**
 * Reads Kafka's primitive types from a frame. Every read is bounds-checked, every length is compared with what is left of
 * the frame before anything is allocated, and malformed input throws ProtocolError. Byte fields are views of the frame.
 */
export class Reader {
  /** Position of the next byte, counted from the start of the bytes given. */
  offset: number;
  /** Message being read; goes into error texts. Generated code sets it. */
  what = "message";
  private readonly buffer: Buffer;
  private readonly end: number;

  constructor(bytes: Uint8Array, offset = 0) {
    this.buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.byteLength;
    this.offset = offset;
  }

  /** Bytes not read yet. */
  get remaining(): number {
    return this.end - this.offset;
  }

  /** An error at the present position; not thrown, so that the caller's control flow stays visible. */
  error(problem: string): ProtocolError {
    return new ProtocolError(`${this.what}: ${problem} (at byte ${this.offset} of ${this.end})`);
  }

  private take(length: number): number {
    const at = this.offset;
    if (length > this.end - at) throw this.error(`${length} bytes wanted, ${this.end - at} left`);
    this.offset = at + length;
    return at;
  }

  int8(): number {
    return (this.buffer[this.take(1)]! << 24) >> 24;
  }

  bool(): boolean {
    return this.buffer[this.take(1)] !== 0;
  }

  int16(): number {
    const at = this.take(2);
    return ((this.buffer[at]! << 24) >> 16) | this.buffer[at + 1]!;
  }

  uint16(): number {
    const at = this.take(2);
    return (this.buffer[at]! << 8) | this.buffer[at + 1]!;
  }

  int32(): number {
    const at = this.take(4);
    const b = this.buffer;
    return (b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!;
  }

  uint32(): number {
    return this.int32() >>> 0;
  }

  /** Unit: whatever the field's is; throws outside ±(2^53 - 1), because no offset, time or producer id lives there. */
  int64(): number {
    const high = this.int32();
    const low = this.uint32();
    const value = high * 0x1_0000_0000 + low;
    if (high >= 0x20_0000 || high < -0x20_0000 || value === -0x20_0000_0000_0000) {
      throw this.error("64-bit integer beyond 2^53 - 1");
    }
    return value;
  }

  /** For the fields whose "none" is the largest 64-bit integer: that one value reads as Number.MAX_SAFE_INTEGER. */
  int64OrMax(): number {
    const at = this.offset;
    const high = this.int32();
    const low = this.int32();
    if (high === 0x7fff_ffff && low === -1) return Number.MAX_SAFE_INTEGER;
    this.offset = at;
    return this.int64();
  }

  /** A 64-bit hash: the one use of all 64 bits. */
  hash64(): bigint {
    return this.buffer.readBigInt64BE(this.take(8));
  }

  float64(): number {
    return this.buffer.readDoubleBE(this.take(8));
  }

  uuid(): Uuid {
    const at = this.take(16);
    const b = this.buffer;
    if (b[at] === 0 && b[at + 15] === 0 && isZero(b, at, at + 16)) return ZERO_UUID;
    return b.toString("base64url", at, at + 16);
  }

  /** Unsigned LEB128 of at most 32 bits; a fifth byte may carry four bits only. */
  uvarint(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.buffer[this.take(1)]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    const last = this.buffer[this.take(1)]!;
    if (last > 0x0f) throw this.error("varint longer than 32 bits");
    return (value | (last << 28)) >>> 0;
  }

  /** Zigzag varint of 32 bits, as records use it. */
  varint(): number {
    const raw = this.uvarint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** Zigzag varint of 64 bits; throws outside the safe integers. */
  varlong(): number {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.buffer[this.take(1)]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        const signed = Number(BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n)));
        if (value >> 64n !== 0n || !Number.isSafeInteger(signed)) throw this.error("64-bit varint out of range");
        return signed;
      }
    }
    throw this.error("varint longer than 64 bits");
  }

  /** Length of an array, or -1 for null. `elementBytes`: the least an element can take; bounds the length. */
  arrayLength(elementBytes: number): number {
    return this.checkArray(this.int32(), elementBytes);
  }

  compactArrayLength(elementBytes: number): number {
    return this.checkArray(this.uvarint() - 1, elementBytes);
  }

  private checkArray(length: number, elementBytes: number): number {
    if (length < -1) throw this.error(`negative array length ${length}`);
    if (length * elementBytes > this.end - this.offset) {
      throw this.error(`array of ${length} does not fit in the ${this.end - this.offset} bytes left`);
    }
    return length;
  }

  nullableString(): string | null {
    const length = this.int16();
    return length < 0 ? this.nullIf(length, "string") : this.text(length);
  }

  string(): string {
    const length = this.int16();
    if (length < 0) throw this.nullError("string");
    return this.text(length);
  }

  compactNullableString(): string | null {
    const length = this.uvarint() - 1;
    return length < 0 ? null : this.text(length);
  }

  compactString(): string {
    const length = this.uvarint() - 1;
    if (length < 0) throw this.nullError("string");
    return this.text(length);
  }

  private text(length: number): string {
    const at = this.take(length);
    const end = at + length;
    const b = this.buffer;
    if (length <= SHORT_STRING_BYTES) {
      let text = "";
      for (let i = at; i < end; i++) {
        const byte = b[i]!;
        if (byte >= 0x80) return b.toString("utf8", at, end);
        text += String.fromCharCode(byte);
      }
      return text;
    }
    return b.toString("utf8", at, end);
  }

  nullableBytes(): Uint8Array | null {
    const length = this.int32();
    return length < 0 ? this.nullIf(length, "bytes") : this.view(length);
  }

  bytes(): Uint8Array {
    const length = this.int32();
    if (length < 0) throw this.nullError("bytes");
    return this.view(length);
  }

  compactNullableBytes(): Uint8Array | null {
    const length = this.uvarint() - 1;
    return length < 0 ? null : this.view(length);
  }

  compactBytes(): Uint8Array {
    const length = this.uvarint() - 1;
    if (length < 0) throw this.nullError("bytes");
    return this.view(length);
  }

  /** The next `length` bytes, as a view. */
  view(length: number): Uint8Array {
    const at = this.take(length);
    return this.buffer.subarray(at, at + length);
  }

  /** Everything that is left, as a view. */
  rest(): Uint8Array {
    return this.view(this.remaining);
  }

  /** One tagged field whose tag was read and is not known. */
  unknownTag(tag: number): TaggedField {
    return { tag, data: this.view(this.uvarint()) };
  }

  /** The tagged section of a structure that knows no tags. Null when it is empty, as it nearly always is. */
  unknownTags(): TaggedField[] | null {
    const count = this.uvarint();
    if (count === 0) return null;
    const fields: TaggedField[] = [];
    let previous = -1;
    for (let i = 0; i < count; i++) {
      const tag = this.tag(previous);
      previous = tag;
      fields.push(this.unknownTag(tag));
    }
    return fields;
  }

  /** Reads a tag; tags come in ascending order. */
  tag(previous: number): number {
    const tag = this.uvarint();
    if (tag <= previous) throw this.error(`tag ${tag} after tag ${previous}`);
    return tag;
  }

  /** After a known tagged field: its declared size must be what the field took. */
  endTag(end: number, field: string): void {
    if (this.offset !== end) throw this.error(`tagged field ${field} has a wrong size`);
  }

  /** Start of a known tagged field: its size. Returns where it ends. */
  beginTag(): number {
    const size = this.uvarint();
    if (size > this.end - this.offset) throw this.error(`tagged field of ${size} bytes, ${this.remaining} left`);
    return this.offset + size;
  }

  /** Error for a null where the version does not allow one. */
  nullError(field: string): ProtocolError {
    return this.error(`${field} must not be null`);
  }

  private nullIf(length: number, what: string): null {
    if (length !== -1) throw this.error(`negative ${what} length ${length}`);
    return null;
  }
}

function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 0) return false;
  return true;
}
