import { PartitionReplica, type ProducerSnapshotEntry } from "@moldau/partition";
import type { BatchHeader } from "@moldau/record-batch";
import { headerOf } from "../../../libs/partition/src/testing/batches";
import type { HostedPartition } from "../../../libs/roles/broker/src/hosted-partition";
import { loadProducers } from "../../../libs/roles/broker/src/producer-snapshots";
import { expect, type Scenario } from "./scenario";

/** The batch at `offset` of a producer of its own. */
function batchAt(offset: number): BatchHeader {
  return headerOf({ baseOffset: offset, producerId: 100 + offset, producerEpoch: 0, baseSequence: 0 });
}

const snapshotEntry: ProducerSnapshotEntry = {
  producerId: 100,
  producerEpoch: 0,
  lastSequence: 0,
  lastOffset: 0,
  offsetDelta: 0,
  timestamp: 1_000,
  coordinatorEpoch: -1,
  currentTxnFirstOffset: -1,
};

/** A replica over a log of two batches, the first of them in a snapshot, after its broker was started again. */
async function reopened(): Promise<PartitionReplica> {
  const replica = new PartitionReplica({
    nodeId: 1,
    settings: { minInsyncReplicas: 1, replicaLagTimeMaxMs: 10_000, producerIdExpirationMs: 86_400_000 },
    logStartOffset: 0,
    logEndOffset: 2,
    highWatermark: 0,
  });
  const log = {
    logStartOffset: 0,
    logEndOffset: 2,
    latestProducerSnapshot: () => Promise.resolve({ offset: 1, entries: [snapshotEntry] }),
    forEachBatch: (range: { from: number }, visit: (batch: { header: BatchHeader }) => void) => {
      for (let offset = range.from; offset < 2; offset++) visit({ header: batchAt(offset) });
      return Promise.resolve();
    },
  };
  await loadProducers({ log, replica, snapshots: { noteLoaded: () => undefined } } as unknown as HostedPartition, 0);
  return replica;
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  "producers of the snapshot are known again": async () => {
    const { producers } = await reopened();
    expect(producers.check(batchAt(0)).kind === "duplicate", "what the snapshot holds is a duplicate");
  },

  "producers behind the snapshot are known again": async () => {
    const { producers } = await reopened();
    expect(producers.check(batchAt(1)).kind === "duplicate", "what the log holds behind it is a duplicate");
  },
};
