/** What one replica of a partition has from the offset on that all were asked for. */
export interface ReplicaAnswer {
  brokerId: number;
  /** -1 where the broker could not be asked. */
  highWatermark: number;
  batches: readonly { lastOffset: number; checksum: number }[];
}

export interface Comparison {
  /** Up to here all replicas have been compared: where to go on. */
  nextOffset: number;
  /** Batches with the same last offset and other contents. */
  unmatched: {
    lastOffset: number;
    first: { brokerId: number; checksum: number };
    other: { brokerId: number; checksum: number };
  }[];
  /** Replicas whose batches do not lie at the same offsets: nothing behind can be compared. */
  misplaced?: { first: { brokerId: number; lastOffset: number }; other: { brokerId: number; lastOffset: number } };
}

/**
 * Compares a partition's replicas batch by batch, as far as all of them have one below their high watermark.
 * Source: org.apache.kafka.tools.ReplicaVerificationTool.
 */
export function compareReplicas(offset: number, replicas: readonly ReplicaAnswer[]): Comparison {
  const comparison: Comparison = { nextOffset: offset, unmatched: [] };
  for (let at = 0; ; at++) {
    let first: { brokerId: number; lastOffset: number; checksum: number } | undefined;
    let isEverywhere = replicas.length > 0;
    for (const { brokerId, highWatermark, batches } of replicas) {
      const batch = batches[at];
      if (batch === undefined || batch.lastOffset >= highWatermark) {
        isEverywhere = false;
        continue;
      }
      const { lastOffset, checksum } = batch;
      if (first === undefined) {
        first = { brokerId, lastOffset, checksum };
      } else if (first.lastOffset !== lastOffset) {
        return { ...comparison, misplaced: { first, other: { brokerId, lastOffset } } };
      } else if (first.checksum !== checksum) {
        comparison.unmatched.push({ lastOffset, first, other: { brokerId, checksum } });
      }
    }
    if (!isEverywhere) return comparison;
    comparison.nextOffset = first!.lastOffset + 1;
  }
}
