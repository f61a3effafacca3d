import { createRequire } from "node:module";
import { asBuffer } from "./bytes";
import { CompressionError } from "./compression-error";
import { lz4CompressHigh } from "./lz4-high";

/**
 * LZ4 in its frame format. lz4-napi writes independent blocks without checksums, which is what Java's reader demands
 * (it refuses dependent blocks), and reads what librdkafka, Java and kafkajs codecs write.
 * Source: KIP-57; the LZ4 frame format description 1.6.
 */
type Lz4 = Pick<typeof import("lz4-napi"), "compressFrameSync" | "decompressFrameSync">;

let loaded: Lz4 | undefined;
function lz4(): Lz4 {
  return (loaded ??= createRequire(__filename)("lz4-napi") as Lz4);
}

const FRAME_MAGIC = 0x184d2204;
/** One byte of a match length adds at most 255 to the output. */
const RATIO_MAX = 255;

/** The level with which Kafka compresses fast; every other one, smaller ones as well, searches chains. */
const FAST_LEVEL = 9;

/** Source: KIP-390, Lz4BlockOutputStream: the default level means the fast compressor, for the sake of what was before. */
export function lz4Compress(bytes: Uint8Array, level = FAST_LEVEL): Uint8Array {
  return level === FAST_LEVEL ? lz4().compressFrameSync(asBuffer(bytes)) : lz4CompressHigh(bytes, level);
}

export function lz4Decompress(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const input = asBuffer(bytes);
  // The native module grows its output without a bound, so the size is known before it starts: a cheap bound from the
  // block headers first, the exact size from the blocks' tokens only where the bound does not suffice.
  if (outputSize(input, boundOfBlock) > maxBytes && outputSize(input, sizeOfBlock) > maxBytes) {
    throw CompressionError.tooLarge("lz4", maxBytes);
  }
  try {
    return lz4().decompressFrameSync(input);
  } catch (error) {
    throw CompressionError.corrupt("lz4", error);
  }
}

type BlockSize = (input: Buffer, start: number, end: number, blockMax: number) => number;

/** Walks the blocks of the frame and adds up what `blockSize` says about each compressed one. */
function outputSize(input: Buffer, blockSize: BlockSize): number {
  if (input.length < 7 || input.readUInt32LE(0) !== FRAME_MAGIC) throw new CompressionError("lz4: no frame");
  const flags = input[4]!;
  if (flags >> 6 !== 1) throw new CompressionError(`lz4: frame version ${flags >> 6}`);
  const sizeCode = (input[5]! >> 4) & 7;
  if (sizeCode < 4) throw new CompressionError(`lz4: block size code ${sizeCode}`);
  const blockMax = 1 << (8 + 2 * sizeCode);
  const blockChecksumBytes = flags & 0x10 ? 4 : 0;
  let at = 7 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0);
  let total = 0;
  for (;;) {
    if (input.length - at < 4) throw new CompressionError("lz4: the frame ends without an end mark");
    const word = input.readUInt32LE(at);
    at += 4;
    if (word === 0) return total;
    const size = word & 0x7fffffff;
    if (size > blockMax || size > input.length - at) {
      throw new CompressionError(
        `lz4: a block of ${size} bytes, ${input.length - at} are left and ${blockMax} allowed`,
      );
    }
    total += word >>> 31 ? size : blockSize(input, at, at + size, blockMax);
    at += size + blockChecksumBytes;
  }
}

function boundOfBlock(_input: Buffer, start: number, end: number, blockMax: number): number {
  return Math.min((end - start) * RATIO_MAX, blockMax);
}

/** The exact size of one block, from its sequences' lengths alone; not less than true where the block is corrupt. */
function sizeOfBlock(input: Buffer, start: number, end: number): number {
  let size = 0;
  let at = start;
  while (at < end) {
    const token = input[at++]!;
    let literals = token >> 4;
    if (literals === 15) {
      for (let byte = 255; byte === 255 && at < end; literals += byte) byte = input[at++]!;
    }
    size += literals;
    at += literals;
    if (at >= end) return size;
    at += 2;
    let match = token & 15;
    if (match === 15) {
      for (let byte = 255; byte === 255 && at < end; match += byte) byte = input[at++]!;
    }
    size += match + 4;
  }
  return size;
}
