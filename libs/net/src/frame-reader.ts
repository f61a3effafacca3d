import { type BufferPool, FileRange, type Piece } from "@moldau/base";

/** A stream that is not Kafka's protocol or breaks a limit; the connection is closed. The message is for a person. */
export class FrameError extends Error {
  override name = "FrameError";
}

export interface FrameReaderOptions {
  /** Longest frame taken (socket.request.max.bytes), without the four bytes of its length. */
  maxFrameBytes: number;
  /** Called with each whole frame. The frame owns its memory: it and views of it stay good until it is given back to `memory`. */
  onFrame(frame: Uint8Array): void;
  /** Where frames that are not small lie in; without it, in memory of their own. */
  memory?: BufferPool | undefined;
}

/** From here on a frame is read straight into its own memory; below, it is copied out of a shared piece of memory. */
const DIRECT_BYTES = 32 * 1024;
/** Most that is set aside because of a length alone; what a longer frame takes more grows with what really arrived. */
const AHEAD_BYTES = 2 * 1024 * 1024;
/** Up to here Node's own pool is cheaper. */
const SMALL_BYTES = 4 * 1024;

/** Where every reader of the process reads small frames into: nothing stays in it when `filled` returns. */
const shared = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * Cuts a stream into Kafka's frames: four bytes of length, big-endian, and as many bytes. Either hand it what arrived
 * (`push`), or let the socket read into `space()` and say how much (`filled`): then a large frame is copied nowhere. After
 * a large frame it expects another one and reads the next length alone, so that the body again lands in place.
 */
export class FrameReader {
  private readonly options: FrameReaderOptions;
  private readonly head = Buffer.allocUnsafe(4);
  private headBytes = 0;
  /** The frame under way, as long as it is (known to be); undefined between frames. */
  private frame: Buffer | undefined;
  private length = 0;
  private filledBytes = 0;
  private bulk = false;
  private given: Buffer = shared;

  constructor(options: FrameReaderOptions) {
    this.options = options;
  }

  /** Length of the frame that has begun to arrive, 0 between frames. */
  get frameLength(): number {
    return this.frame === undefined ? 0 : this.length;
  }

  /** Whether a frame, or its length, has arrived in part. */
  get midFrame(): boolean {
    return this.frame !== undefined || this.headBytes > 0;
  }

  /** Memory for the next bytes of the stream. Good until the next call of `filled`. */
  space(): Uint8Array {
    if (this.frame !== undefined && this.length - this.filledBytes >= DIRECT_BYTES / 2) {
      if (this.filledBytes === this.frame.length) this.grow();
      this.given = this.frame.subarray(this.filledBytes);
    } else if (this.frame === undefined && this.bulk) {
      this.given = this.head.subarray(this.headBytes);
    } else {
      this.given = shared;
    }
    return this.given;
  }

  /** Says that `bytes` more bytes are in `space()`. Throws FrameError. */
  filled(bytes: number): void {
    const given = this.given;
    if (given === shared) {
      this.take(shared.subarray(0, bytes));
    } else if (this.frame === undefined) {
      this.headBytes += bytes;
      if (this.headBytes === 4) this.begin();
    } else {
      this.filledBytes += bytes;
      if (this.filledBytes === this.length) this.complete();
    }
  }

  /** Takes what arrived; nothing of `chunk` is kept. Throws FrameError. */
  push(chunk: Uint8Array): void {
    this.take(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }

  private take(chunk: Buffer): void {
    let position = 0;
    while (position < chunk.length) {
      if (this.frame === undefined) {
        const wanted = Math.min(4 - this.headBytes, chunk.length - position);
        chunk.copy(this.head, this.headBytes, position, position + wanted);
        this.headBytes += wanted;
        position += wanted;
        if (this.headBytes === 4) this.begin();
      } else {
        if (this.filledBytes === this.frame.length) this.grow();
        const room = this.frame.length - this.filledBytes;
        const wanted = Math.min(room, chunk.length - position);
        chunk.copy(this.frame, this.filledBytes, position, position + wanted);
        this.filledBytes += wanted;
        position += wanted;
        if (this.filledBytes === this.length) this.complete();
      }
    }
  }

  private begin(): void {
    const length = this.head.readInt32BE(0);
    if (length < 0 || length > this.options.maxFrameBytes) throw new FrameError(this.refusal(length));
    this.headBytes = 0;
    this.length = length;
    this.filledBytes = 0;
    this.frame = this.allocate(Math.min(length, AHEAD_BYTES));
    if (length === 0) this.complete();
  }

  /** Twice as much room for a frame longer than what was set aside at first. */
  private grow(): void {
    const smaller = this.frame!;
    const larger = this.allocate(Math.min(this.length, smaller.length * 2));
    smaller.copy(larger, 0, 0, this.filledBytes);
    this.frame = larger;
    this.options.memory?.give(smaller);
  }

  private allocate(bytes: number): Buffer {
    const { memory } = this.options;
    if (memory === undefined || bytes <= SMALL_BYTES) return Buffer.allocUnsafe(bytes);
    return Buffer.from(memory.take(bytes).buffer, 0, bytes);
  }

  private complete(): void {
    const frame = this.frame!;
    this.frame = undefined;
    this.bulk = this.length >= DIRECT_BYTES;
    this.options.onFrame(frame);
  }

  private refusal(length: number): string {
    const text = this.head.toString("latin1");
    if (/^(GET |POST|PUT |HEAD|OPTI|DELE|PRI )/.test(text)) return "an HTTP client on a Kafka port";
    if (this.head[0] === 0x16 && this.head[1] === 0x03) return "a TLS client on a plaintext port";
    if (/^(PROX|SSH-)/.test(text)) return `not the Kafka protocol: begins with ${JSON.stringify(text)}`;
    if (length < 0) return `frame with a negative length (${length})`;
    return `frame of ${length} bytes; at most ${this.options.maxFrameBytes} are allowed (socket.request.max.bytes)`;
  }
}

/** Small messages are joined into one buffer; from here on the chunks go to the socket as they are. */
const JOIN_BYTES = 16 * 1024;

/** A message as pieces to write in this order, its length in front. They must not change until they are written. */
export function framed<P extends Piece>(pieces: readonly P[]): (P | Uint8Array)[] {
  let length = 0;
  let isInMemory = true;
  for (const piece of pieces) {
    length += piece.length;
    if (piece instanceof FileRange) isInMemory = false;
  }
  if (length > JOIN_BYTES || !isInMemory) {
    const head = Buffer.allocUnsafe(4);
    head.writeInt32BE(length, 0);
    return [head, ...pieces];
  }
  const whole = Buffer.allocUnsafe(4 + length);
  whole.writeInt32BE(length, 0);
  let position = 4;
  for (const piece of pieces as readonly Uint8Array[]) {
    whole.set(piece, position);
    position += piece.length;
  }
  return [whole];
}
