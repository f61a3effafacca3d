import type { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";

/**
 * A message on its way out: its size is known, its bytes are written once, straight to where they leave from. Until then
 * the message must not change. A Buffer is one as well.
 */
export interface Outgoing {
  readonly length: number;
  readonly byteLength: number;
  /** Writes all of it to `target` from `position` on. */
  copy(target: Uint8Array, position: number): unknown;
}

/** How one message type becomes bytes and back; the bytes are protobuf's whoever wrote the codec. */
export interface Codec<T> {
  /** Measures the message. Throws where it cannot be encoded. */
  prepare(message: T): Outgoing;
  encode(message: T): Uint8Array;
  /** Bytes fields of the result are views of `bytes`. Throws on malformed input. */
  decode(bytes: Uint8Array): T;
}

/** A message type as ts-proto generates it. */
export interface GeneratedType<T> {
  encode(message: T, writer?: BinaryWriter): BinaryWriter;
  decode(input: BinaryReader | Uint8Array, length?: number): T;
}

interface TwoPasses<T> {
  size(message: T): number;
  write(message: T, target: Buffer, position: number): number;
  decode(bytes: Uint8Array): T;
}

/** A codec in two passes: what the message takes, then writing it there. */
export function twoPassCodec<T>(passes: TwoPasses<T>): Codec<T> {
  return {
    prepare: (message) => new Prepared(passes, message),
    encode(message) {
      const target = Buffer.allocUnsafe(passes.size(message));
      passes.write(message, target, 0);
      return target;
    },
    decode: (bytes) => passes.decode(bytes),
  };
}

class Prepared<T> implements Outgoing {
  readonly length: number;

  constructor(
    private readonly passes: TwoPasses<T>,
    private readonly message: T,
  ) {
    this.length = passes.size(message);
  }

  get byteLength(): number {
    return this.length;
  }

  copy(target: Uint8Array, position: number): void {
    this.passes.write(this.message, asBuffer(target), position);
  }
}

/** The generated codec behind the same interface: two copies more, fine for what is small or rare. */
export function generatedCodec<T>(type: GeneratedType<T>): Codec<T> {
  return {
    prepare: (message) => asBuffer(type.encode(message).finish()),
    encode: (message) => type.encode(message).finish(),
    decode: (bytes) => type.decode(bytes),
  };
}

/** The same memory as a Buffer. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
