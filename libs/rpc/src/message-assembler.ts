import type { BufferPool } from "@moldau/base";

/** What stands in front of a gRPC message: a flag for compression, and the length. */
export const HEAD_BYTES = 5;
/** A smaller message is not worth a buffer of its own. Unit: bytes. */
export const LARGE_BYTES = 32 * 1024;

/**
 * Puts gRPC messages together that come in pieces, each with its head. A large one is copied as it comes into memory that was
 * used before, where `memory` is given; whoever has done with it gives it back there, or leaves it to be collected.
 */
export class MessageAssembler {
  readonly #head = Buffer.alloc(HEAD_BYTES);
  #headBytes = 0;
  #message: Buffer | undefined;
  #filled = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly memory: BufferPool | undefined,
  ) {}

  /** The messages that are whole with this piece; no views of it. Throws where one is longer than it may be. */
  push(piece: Buffer): Buffer[] {
    const whole: Buffer[] = [];
    let at = 0;
    while (at < piece.length) {
      if (this.#message === undefined) {
        const count = Math.min(HEAD_BYTES - this.#headBytes, piece.length - at);
        piece.copy(this.#head, this.#headBytes, at, at + count);
        at += count;
        this.#headBytes += count;
        if (this.#headBytes < HEAD_BYTES) break;
        this.#headBytes = 0;
        this.#begin(this.#head.readUInt32BE(1));
      }
      const message: Buffer = this.#message!;
      const count = Math.min(message.length - this.#filled, piece.length - at);
      piece.copy(message, this.#filled, at, at + count);
      at += count;
      this.#filled += count;
      if (this.#filled < message.length) break;
      this.#message = undefined;
      whole.push(message);
    }
    return whole;
  }

  #begin(bodyBytes: number): void {
    if (this.maxBytes >= 0 && bodyBytes > this.maxBytes) {
      throw new Error(`Received message larger than max (${bodyBytes} vs ${this.maxBytes})`);
    }
    const message = messageBuffer(this.memory, HEAD_BYTES + bodyBytes);
    this.#head.copy(message, 0);
    this.#message = message;
    this.#filled = HEAD_BYTES;
  }
}

/** Memory for a message with its head, out of `memory` where it is large. */
export function messageBuffer(memory: BufferPool | undefined, sizeBytes: number): Buffer {
  if (memory === undefined || sizeBytes < LARGE_BYTES) return Buffer.allocUnsafe(sizeBytes);
  return Buffer.from(memory.take(sizeBytes).buffer, 0, sizeBytes);
}
