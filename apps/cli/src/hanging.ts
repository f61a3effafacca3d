// Transactions that no coordinator will ever end: they keep read_committed consumers waiting. Source: KIP-664.
import type { ActiveProducer, TransactionDescription } from "@moldau/client";

/** Open for longer than any transaction may be. */
export function openForLong(
  producers: readonly ActiveProducer[],
  olderThanMs: number,
  nowMs: number,
): ActiveProducer[] {
  return producers.filter(
    ({ transactionStartOffset, lastTimestampMs }) =>
      transactionStartOffset >= 0 && nowMs - lastTimestampMs > olderThanMs,
  );
}

/** Those that their coordinator does not know of, or does not count the partition in. */
export function hangingOf(
  candidates: readonly ActiveProducer[],
  known: readonly TransactionDescription[],
): ActiveProducer[] {
  return candidates.filter(({ topic, partition, producerId }) => {
    const transaction = known.find((each) => each.producerId === producerId);
    return !transaction?.partitions.some((at) => at.topic === topic && at.partition === partition);
  });
}
