/** Java's String.hashCode: 32-bit, over UTF-16 units. Kafka places groups and transactional ids by it. */
export function javaHashCode(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

/**
 * The coordinator shard of a group or transactional id: the hash's absolute value, which is not its lower 31 bits (those are
 * Kafka's way for keys of records). Source: GroupCoordinatorService.partitionFor, TransactionStateManager.partitionFor, Utils.abs.
 */
export function shardOf(id: string, shardCount: number): number {
  const hash = javaHashCode(id);
  return hash === -(2 ** 31) ? 0 : Math.abs(hash) % shardCount;
}
