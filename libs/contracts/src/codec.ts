import type { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";

/** How one message type becomes bytes and back; the bytes are protobuf's whoever wrote the codec. */
export interface Codec<T> {
  /**
   * The message in one buffer, behind `headroom` bytes that the caller fills (a frame's header goes there, so that
   * records are copied once on their way out).
   */
  encode(message: T, headroom?: number): Uint8Array;
  /** Bytes fields of the result are views of `bytes`. Throws on malformed input. */
  decode(bytes: Uint8Array): T;
}

/** A message type as ts-proto generates it. */
export interface GeneratedType<T> {
  encode(message: T, writer?: BinaryWriter): BinaryWriter;
  decode(input: BinaryReader | Uint8Array, length?: number): T;
}

/** A codec in two passes: what the message takes, then writing it there. */
export function twoPassCodec<T>(parts: {
  size(message: T): number;
  write(message: T, target: Buffer, position: number): number;
  decode(bytes: Uint8Array): T;
}): Codec<T> {
  return {
    encode(message, headroom = 0) {
      const target = Buffer.allocUnsafe(headroom + parts.size(message));
      parts.write(message, target, headroom);
      return target;
    },
    decode: (bytes) => parts.decode(bytes),
  };
}

/** The generated codec behind the same interface: two copies more, fine for what is small or rare. */
export function generatedCodec<T>(type: GeneratedType<T>): Codec<T> {
  return {
    encode(message, headroom = 0) {
      const bytes = type.encode(message).finish();
      if (headroom === 0) return bytes;
      const target = Buffer.allocUnsafe(headroom + bytes.length);
      target.set(bytes, headroom);
      return target;
    },
    decode: (bytes) => type.decode(bytes),
  };
}
