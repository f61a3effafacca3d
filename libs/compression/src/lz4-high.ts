/**
 * LZ4's thorough side: a compressor that follows hash chains, at the levels of `compression.lz4.level`, because lz4-napi has
 * the fast one alone. What it writes any LZ4 decompressor reads; only the search for matches is longer.
 *
 * As Kafka's own writer does it: blocks of 64 KB that are independent, no checksums, a block that does not become smaller
 * stored as it is. Each position is compared with 4 earlier places at level 1, twice as many at each further one, 1024 at most:
 * a process compresses on the thread that serves everybody, and above that megabytes would take seconds for a part in a
 * thousand.
 * Source: KIP-390; LZ4 block format 1.6.3 and frame format 1.6.
 */

const BLOCK_BYTES = 65_536;
/** Magic, version 1 with independent blocks, 64 KB, and the checksum of these two bytes. */
const HEADER = Uint8Array.of(0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82);
const STORED = 0x80000000;
const MATCH_MIN = 4;
/** A block ends with at least so many literals, */
const LAST_LITERALS = 5;
/** and its last match begins at least so far before the end. */
const LAST_MATCH_DISTANCE = 12;
const ATTEMPTS_MAX = 1024;
const HASH_BITS = 15;

/** Scratch of one block: the latest position of each hash, plus one, and for each position the one before of the same hash. */
const heads = new Uint32Array(1 << HASH_BITS);
const before = new Uint32Array(BLOCK_BYTES);

/** `bytes` as one LZ4 frame, searched as hard as `level` (1–17) says. */
export function lz4CompressHigh(bytes: Uint8Array, level: number): Uint8Array {
  const attempts = Math.min(2 ** (level + 1), ATTEMPTS_MAX);
  const blocks = Math.ceil(bytes.length / BLOCK_BYTES);
  const out = Buffer.allocUnsafe(HEADER.length + bytes.length + 4 * (blocks + 1));
  out.set(HEADER);
  let at = HEADER.length;
  for (let start = 0; start < bytes.length; start += BLOCK_BYTES) {
    const block = bytes.subarray(start, start + BLOCK_BYTES);
    const target = out.subarray(at + 4, at + 4 + block.length);
    const size = compressBlock(block, target, attempts);
    if (size === undefined) target.set(block);
    out.writeUInt32LE(size ?? (block.length | STORED) >>> 0, at);
    at += 4 + (size ?? block.length);
  }
  out.writeUInt32LE(0, at);
  return out.subarray(0, at + 4);
}

/** The size of the compressed block in `target`; undefined where it would not be smaller than `target`. */
function compressBlock(block: Uint8Array, target: Uint8Array, attempts: number): number | undefined {
  heads.fill(0);
  const matchesEnd = block.length - LAST_LITERALS;
  const searchEnd = block.length - LAST_MATCH_DISTANCE;
  let literals = 0;
  let at = 0;
  let written: number | undefined = 0;
  let found = { length: 0, from: 0 };
  let next = { length: 0, from: 0 };
  while (at <= searchEnd) {
    search(block, at, matchesEnd, attempts, found);
    if (found.length < MATCH_MIN) {
      at++;
      continue;
    }
    // A longer match that begins one byte later is worth the literal.
    while (at < searchEnd) {
      search(block, at + 1, matchesEnd, attempts, next, found.length);
      if (next.length <= found.length) break;
      [found, next] = [next, found];
      at++;
    }
    written = writeSequence(block, literals, at, target, written, found);
    if (written === undefined) return undefined;
    for (let inside = at + 2; inside < at + found.length && inside <= searchEnd; inside++) remember(block, inside);
    at += found.length;
    literals = at;
  }
  const size = writeSequence(block, literals, block.length, target, written);
  return size !== undefined && size < block.length ? size : undefined;
}

/** Puts the longest match for what begins at `at` into `found` if it is longer than `atLeast`, and remembers `at`. */
function search(
  block: Uint8Array,
  at: number,
  end: number,
  attempts: number,
  found: { length: number; from: number },
  atLeast = 0,
): void {
  let length = Math.max(atLeast, MATCH_MIN - 1);
  found.length = 0;
  let candidate = remember(block, at);
  for (let left = attempts; candidate > 0 && left > 0; left--) {
    const from = candidate - 1;
    if (block[from + length] === block[at + length]) {
      let same = 0;
      while (at + same < end && block[from + same] === block[at + same]) same++;
      if (same > length) {
        length = found.length = same;
        found.from = from;
        if (at + same >= end) return;
      }
    }
    candidate = before[from]!;
  }
}

/** Enters `at` into its chain, and gives the place before it in the chain, plus one; 0 for none. */
function remember(block: Uint8Array, at: number): number {
  const word = block[at]! | (block[at + 1]! << 8) | (block[at + 2]! << 16) | (block[at + 3]! << 24);
  const hash = Math.imul(word, 0x9e3779b1) >>> (32 - HASH_BITS);
  const previous = heads[hash]!;
  heads[hash] = at + 1;
  before[at] = previous;
  return previous;
}

/** Literals from `start` to `end`, then the match, if there is one. Gives where the output ends, undefined when it is full. */
function writeSequence(
  block: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
  match?: { length: number; from: number },
): number | undefined {
  const literals = end - start;
  const more = match ? match.length - MATCH_MIN : 0;
  const room = 1 + lengthBytes(literals) + literals + (match ? 2 + lengthBytes(more) : 0);
  if (at + room > target.length) return undefined;
  target[at++] = (Math.min(literals, 15) << 4) | Math.min(more, 15);
  at = writeLength(target, at, literals);
  target.set(block.subarray(start, end), at);
  at += literals;
  if (!match) return at;
  const distance = end - match.from;
  target[at++] = distance & 0xff;
  target[at++] = distance >> 8;
  return writeLength(target, at, more);
}

/** How many bytes say a length beside the four bits of the token. */
function lengthBytes(length: number): number {
  return length < 15 ? 0 : Math.floor((length - 15) / 255) + 1;
}

function writeLength(target: Uint8Array, at: number, length: number): number {
  if (length < 15) return at;
  for (length -= 15; length >= 255; length -= 255) target[at++] = 255;
  target[at++] = length;
  return at;
}
