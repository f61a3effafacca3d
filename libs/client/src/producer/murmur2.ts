const SEED = 0x9747b28c | 0;
const M = 0x5bd1e995;

/**
 * The hash by which Java's producer spreads keys: 32-bit Murmur2, signed. Other clients agree with it on purpose.
 * Source: org.apache.kafka.common.utils.Utils.murmur2.
 */
export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes;
  let hash = SEED ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    let word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    word = Math.imul(word, M);
    word ^= word >>> 24;
    hash = Math.imul(hash, M) ^ Math.imul(word, M);
  }
  const left = length - at;
  if (left > 0) {
    if (left === 3) hash ^= bytes[at + 2]! << 16;
    if (left >= 2) hash ^= bytes[at + 1]! << 8;
    hash = Math.imul(hash ^ bytes[at]!, M);
  }
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}

/** The partition of a key: never moves while the number of partitions stays. */
export function partitionOfKey(key: Uint8Array, partitionCount: number): number {
  return (murmur2(key) & 0x7fff_ffff) % partitionCount;
}
