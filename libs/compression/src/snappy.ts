import { createRequire } from "node:module";
import { asBuffer } from "./bytes";
import { CompressionError } from "./compression-error";

/**
 * Snappy as Kafka knows it. The Java client (xerial's snappy-java) writes a stream: an 8-byte magic, two int32 versions, then
 * blocks of int32 length and raw snappy. librdkafka and kafkajs write one raw snappy block. Brokers and every client read
 * both; here the Java stream is written, since its 32 KB blocks are what the oldest readers expect.
 */
type Snappy = Pick<typeof import("snappy"), "compressSync" | "uncompressSync">;

let loaded: Snappy | undefined;
function snappy(): Snappy {
  return (loaded ??= createRequire(__filename)("snappy") as Snappy);
}

const MAGIC = Uint8Array.of(0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00);
/** The first four bytes of the magic as an int32: no block length, since it is negative. */
const MAGIC_WORD = 0x82534e41 | 0;
const STREAM_HEADER_BYTES = 16;
const BLOCK_BYTES = 32 * 1024;
/** A copy element of three bytes gives at most 64: nothing grows more than this. */
const RATIO_MAX = 22;

export function snappyCompress(bytes: Uint8Array): Uint8Array {
  const header = Buffer.alloc(STREAM_HEADER_BYTES);
  header.set(MAGIC);
  header.writeInt32BE(1, 8);
  header.writeInt32BE(1, 12);
  const chunks: Buffer[] = [header];
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    const block = snappy().compressSync(bytes.subarray(at, at + BLOCK_BYTES));
    const length = Buffer.allocUnsafe(4);
    length.writeInt32BE(block.length);
    chunks.push(length, block);
  }
  return Buffer.concat(chunks);
}

export function snappyDecompress(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const input = asBuffer(bytes);
  if (!startsWithMagic(input)) return block(input, maxBytes, maxBytes);
  const chunks: Uint8Array[] = [];
  let total = 0;
  let at = STREAM_HEADER_BYTES;
  if (input.length < at) throw new CompressionError("snappy: the stream ends inside its header");
  while (at < input.length) {
    if (input.length - at < 4) throw new CompressionError("snappy: the stream ends inside a block length");
    const length = input.readInt32BE(at);
    if (length === MAGIC_WORD) {
      // Streams may follow one another.
      at += STREAM_HEADER_BYTES;
      continue;
    }
    at += 4;
    if (length < 0 || length > input.length - at) {
      throw new CompressionError(`snappy: a block of ${length} bytes, ${input.length - at} are left`);
    }
    const chunk = block(input.subarray(at, at + length), maxBytes - total, maxBytes);
    total += chunk.length;
    chunks.push(chunk);
    at += length;
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, total);
}

function startsWithMagic(input: Buffer): boolean {
  return input.length >= MAGIC.length && input.compare(MAGIC, 0, MAGIC.length, 0, MAGIC.length) === 0;
}

function block(input: Buffer, room: number, maxBytes: number): Uint8Array {
  // The native module allocates what the block claims before it reads on, so the claim is judged first.
  const claimed = claimedLength(input);
  if (claimed > room) throw CompressionError.tooLarge("snappy", maxBytes);
  if (claimed > input.length * RATIO_MAX + 64) {
    throw new CompressionError(`snappy: ${input.length} bytes claim to hold ${claimed}`);
  }
  try {
    return snappy().uncompressSync(input, { asBuffer: true }) as Buffer;
  } catch (error) {
    throw CompressionError.corrupt("snappy", error);
  }
}

function claimedLength(input: Buffer): number {
  let value = 0;
  for (let i = 0, scale = 1; i < 5 && i < input.length; i++, scale *= 128) {
    value += (input[i]! & 0x7f) * scale;
    if (input[i]! < 0x80) return value;
  }
  throw new CompressionError("snappy: no length at the start of a block");
}
