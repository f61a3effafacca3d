import { buildBatch, buildControlBatch } from "@moldau/record-batch";
import type { ProducerSnapshotEntry } from "../producer-snapshot";
import type { AppendPart } from "../segment";
import type { AbortedTransaction } from "../transaction-index";

/** A batch of one producer: data of its transaction, or the transaction's end. */
export interface TransactionalBatch {
  producerId: number;
  kind: "data" | "commit" | "abort";
  baseOffset: number;
}

/** What a log holds, and which of its transactions are aborted and open: computed from scratch, as simply as can be. */
export function judge(log: readonly TransactionalBatch[]): {
  aborted: AbortedTransaction[];
  open: Map<number, number>;
} {
  const open = new Map<number, number>();
  const aborted: AbortedTransaction[] = [];
  for (const { producerId, kind, baseOffset } of log) {
    const firstOffset = open.get(producerId);
    if (kind === "data") open.set(producerId, firstOffset ?? baseOffset);
    else open.delete(producerId);
    if (kind !== "abort" || firstOffset === undefined) continue;
    const lastStableOffset = Math.min(...open.values(), baseOffset + 1);
    aborted.push({ producerId, firstOffset, lastOffset: baseOffset, lastStableOffset });
  }
  return { aborted, open };
}

/** The next batch of a log that holds `before`, as its owner would append it. */
export function partOf(batch: TransactionalBatch, before: readonly TransactionalBatch[], leaderEpoch = 0): AppendPart {
  const { producerId, kind, baseOffset } = batch;
  const timestamp = 1_700_000_000_000 + baseOffset;
  const place = { baseOffset, partitionLeaderEpoch: leaderEpoch };
  const bytes =
    kind === "data"
      ? buildBatch({
          records: [{ value: Buffer.alloc(20, 65 + (baseOffset % 26)), timestamp }],
          producerId,
          producerEpoch: 0,
          baseSequence: 0,
          transactional: true,
          ...place,
        })
      : buildControlBatch({ marker: { kind, producerId, producerEpoch: 0, coordinatorEpoch: 0 }, timestamp, ...place });
  const aborted = judge([...before, batch]).aborted.find(({ lastOffset }) => lastOffset === baseOffset);
  return { bytes, baseOffset, lastOffset: baseOffset, maxTimestamp: timestamp, leaderEpoch, aborted };
}

/** The producers' state as a snapshot keeps it, as far as transactions go. */
export function snapshotOf(log: readonly TransactionalBatch[]): ProducerSnapshotEntry[] {
  return [...judge(log).open].map(([producerId, currentTxnFirstOffset]) => ({
    producerId,
    producerEpoch: 0,
    lastSequence: 0,
    lastOffset: currentTxnFirstOffset,
    offsetDelta: 0,
    timestamp: 0,
    coordinatorEpoch: 0,
    currentTxnFirstOffset,
  }));
}
