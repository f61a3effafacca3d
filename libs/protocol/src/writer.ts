import { FileRange, type Piece, type Uuid, ZERO_UUID } from "@moldau/base";
import { ProtocolError } from "./protocol-error";
import type { TaggedField } from "./reader";

/** What a byte field may be written from: one piece, or several that follow each other. */
export type ByteSource = Piece | readonly Piece[];

/** Byte fields from this size on become a chunk of their own; smaller ones are cheaper to copy than to carry apart. */
const SPLICE_BYTES = 2048;
const INITIAL_BYTES = 512;

/**
 * Writes Kafka's primitive types into a growing buffer. Large byte fields are spliced in by reference: they must not
 * change until the chunks have been sent.
 */
export class Writer {
  private buffer: Buffer;
  private position = 0;
  /** Start of the part of `buffer` that no chunk holds yet. */
  private chunkStart = 0;
  private readonly done: Piece[] = [];
  private doneBytes = 0;
  /** Open tagged fields; inside one, bytes are copied, for its size is put in front of it afterwards. */
  private tagDepth = 0;

  constructor(initialBytes = INITIAL_BYTES) {
    this.buffer = Buffer.allocUnsafe(Math.max(16, initialBytes));
  }

  /** Bytes written so far. */
  get length(): number {
    return this.doneBytes + this.position - this.chunkStart;
  }

  /** All that was written, in order, without copying spliced fields. The writer must not be used afterwards. */
  pieces(): Piece[] {
    this.seal();
    return this.done;
  }

  /** The same where nothing of it lies in files. */
  chunks(): Uint8Array[] {
    this.seal();
    return chunksOf(this.done);
  }

  /** All that was written as one array; copies if something was spliced. Nothing of it may lie in files. */
  toBytes(): Uint8Array {
    if (this.done.length === 0) return this.buffer.subarray(this.chunkStart, this.position);
    const chunks = this.chunks();
    return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  }

  private seal(): void {
    if (this.position === this.chunkStart) return;
    this.done.push(this.buffer.subarray(this.chunkStart, this.position));
    this.doneBytes += this.position - this.chunkStart;
    this.chunkStart = this.position;
  }

  /** Reserves `length` bytes and returns where they begin. */
  private room(length: number): number {
    const at = this.position;
    if (at + length > this.buffer.length) return this.grow(length);
    this.position = at + length;
    return at;
  }

  private grow(length: number): number {
    const used = this.position - this.chunkStart;
    const larger = Buffer.allocUnsafe(Math.max(2 * used, used + length, INITIAL_BYTES));
    this.buffer.copy(larger, 0, this.chunkStart, this.position);
    this.buffer = larger;
    this.chunkStart = 0;
    this.position = used + length;
    return used;
  }

  int8(value: number): void {
    const at = this.room(1);
    this.buffer[at] = value;
  }

  bool(value: boolean): void {
    const at = this.room(1);
    this.buffer[at] = value ? 1 : 0;
  }

  int16(value: number): void {
    const at = this.room(2);
    const b = this.buffer;
    b[at] = value >> 8;
    b[at + 1] = value;
  }

  uint16(value: number): void {
    this.int16(value);
  }

  int32(value: number): void {
    const at = this.room(4);
    const b = this.buffer;
    b[at] = value >> 24;
    b[at + 1] = value >> 16;
    b[at + 2] = value >> 8;
    b[at + 3] = value;
  }

  uint32(value: number): void {
    this.int32(value | 0);
  }

  int64(value: number): void {
    if (!Number.isSafeInteger(value)) throw new ProtocolError(`not a 64-bit integer within 2^53 - 1: ${value}`);
    this.int32(Math.floor(value / 0x1_0000_0000));
    this.int32(value | 0);
  }

  /** See Reader.int64OrMax. */
  int64OrMax(value: number): void {
    if (value !== Number.MAX_SAFE_INTEGER) return this.int64(value);
    this.int32(0x7fff_ffff);
    this.int32(-1);
  }

  hash64(value: bigint): void {
    const at = this.room(8);
    this.buffer.writeBigInt64BE(BigInt.asIntN(64, value), at);
  }

  float64(value: number): void {
    const at = this.room(8);
    this.buffer.writeDoubleBE(value, at);
  }

  uuid(value: Uuid): void {
    const at = this.room(16);
    if (value === ZERO_UUID) {
      this.buffer.fill(0, at, at + 16);
      return;
    }
    if (value.length !== 22 || this.buffer.write(value, at, 16, "base64url") !== 16) {
      throw new ProtocolError(`not a uuid: ${JSON.stringify(value)}`);
    }
  }

  uvarint(value: number): void {
    let rest = value >>> 0;
    let at = this.room(5);
    const b = this.buffer;
    while (rest > 0x7f) {
      b[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    b[at++] = rest;
    this.position = at;
  }

  /** Zigzag varint of 32 bits. */
  varint(value: number): void {
    this.uvarint((value << 1) ^ (value >> 31));
  }

  /** Zigzag varint of 64 bits. */
  varlong(value: number): void {
    if (!Number.isSafeInteger(value)) throw new ProtocolError(`not a 64-bit integer within 2^53 - 1: ${value}`);
    if (value >= -0x4000_0000 && value < 0x4000_0000) return this.varint(value);
    let rest = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
    while (rest > 0x7fn) {
      this.int8(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.int8(Number(rest));
  }

  arrayLength(length: number): void {
    this.int32(length);
  }

  /** Compact array, string and bytes lengths: one more than the length, 0 for null. */
  compactLength(length: number): void {
    this.uvarint(length + 1);
  }

  string(value: string): void {
    const length = Buffer.byteLength(value);
    if (length > 0x7fff) throw new ProtocolError(`string of ${length} bytes; the limit is 32767`);
    this.int16(length);
    this.text(value, length);
  }

  nullableString(value: string | null): void {
    if (value === null) this.int16(-1);
    else this.string(value);
  }

  compactString(value: string): void {
    const length = Buffer.byteLength(value);
    if (length > 0x7fff) throw new ProtocolError(`string of ${length} bytes; the limit is 32767`);
    this.uvarint(length + 1);
    this.text(value, length);
  }

  compactNullableString(value: string | null): void {
    if (value === null) this.uvarint(0);
    else this.compactString(value);
  }

  private text(value: string, length: number): void {
    const at = this.room(length);
    if (length === value.length && length <= 32) {
      const b = this.buffer;
      for (let i = 0; i < length; i++) b[at + i] = value.charCodeAt(i);
    } else {
      this.buffer.write(value, at, length, "utf8");
    }
  }

  bytes(value: ByteSource): void {
    this.int32(byteLengthOf(value));
    this.source(value);
  }

  nullableBytes(value: ByteSource | null): void {
    if (value === null) this.int32(-1);
    else this.bytes(value);
  }

  compactBytes(value: ByteSource): void {
    this.uvarint(byteLengthOf(value) + 1);
    this.source(value);
  }

  compactNullableBytes(value: ByteSource | null): void {
    if (value === null) this.uvarint(0);
    else this.compactBytes(value);
  }

  private source(value: ByteSource): void {
    if (Array.isArray(value)) for (const piece of value as readonly Piece[]) this.raw(piece);
    else this.raw(value as Piece);
  }

  /** Bytes as they are, without a length. Those in a file are spliced in whatever their length, and never inside a tagged field. */
  raw(piece: Piece): void {
    const isInFile = piece instanceof FileRange;
    if (isInFile || (piece.length >= SPLICE_BYTES && this.tagDepth === 0)) {
      if (isInFile && this.tagDepth > 0) throw new ProtocolError("bytes in a file inside a tagged field");
      this.seal();
      this.done.push(piece);
      this.doneBytes += piece.length;
      return;
    }
    const at = this.room(piece.length);
    this.buffer.set(piece, at);
  }

  /**
   * Starts a tagged field and returns a mark for endTag. One byte is kept for its size; a field of 128 bytes or more
   * is moved up when it ends.
   */
  beginTag(tag: number): number {
    this.uvarint(tag);
    this.tagDepth++;
    return this.room(1) - this.chunkStart;
  }

  endTag(mark: number): void {
    this.tagDepth--;
    const at = this.chunkStart + mark;
    const size = this.position - at - 1;
    if (size < 0x80) {
      this.buffer[at] = size;
      return;
    }
    const extra = size < 0x4000 ? 1 : size < 0x20_0000 ? 2 : size < 0x1000_0000 ? 3 : 4;
    this.room(extra);
    const start = this.chunkStart + mark;
    this.buffer.copyWithin(start + 1 + extra, start + 1, start + 1 + size);
    let rest = size;
    for (let i = start; i < start + extra; i++) {
      this.buffer[i] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.buffer[start + extra] = rest;
  }

  /** The tagged section of a structure that knows no tags. */
  unknownTags(fields: readonly TaggedField[] | undefined): void {
    if (fields === undefined) {
      this.uvarint(0);
      return;
    }
    this.uvarint(fields.length);
    this.unknownTagsBelow(fields, 0, Infinity);
  }

  /** Writes the kept fields from index `from` on whose tag is below `limit`; returns the index of the next one. */
  unknownTagsBelow(fields: readonly TaggedField[], from: number, limit: number): number {
    let index = from;
    for (; index < fields.length && fields[index]!.tag < limit; index++) {
      const field = fields[index]!;
      this.uvarint(field.tag);
      this.uvarint(field.data.length);
      this.raw(field.data);
    }
    return index;
  }
}

function byteLengthOf(value: ByteSource): number {
  if (!Array.isArray(value)) return (value as Piece).length;
  let length = 0;
  for (const piece of value as readonly Piece[]) length += piece.length;
  return length;
}

/** The pieces where all of them lie in memory. Throws ProtocolError for one in a file. */
export function chunksOf(pieces: readonly Piece[]): Uint8Array[] {
  for (const piece of pieces) {
    if (piece instanceof FileRange) throw new ProtocolError("bytes in a file, where there have to be bytes in memory");
  }
  return pieces as Uint8Array[];
}
