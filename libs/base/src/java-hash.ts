/** Java's String.hashCode: 32-bit, over UTF-16 units. Kafka places groups and transactional ids by it. */
export function javaHashCode(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

/**
 * The coordinator shard of a group or transactional id.
 * Source: kafka.coordinator.group.GroupMetadataManager.partitionFor (Utils.abs clears the sign bit, so MIN_VALUE is 0).
 */
export function shardOf(id: string, shardCount: number): number {
  return (javaHashCode(id) & 0x7fffffff) % shardCount;
}
