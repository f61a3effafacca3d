import { KafkaError, kafkaErrorName, type Uuid } from "@moldau/base";
import { decompress } from "@moldau/compression";
import type { TransactionMarker } from "@moldau/contracts";
import { batchesOf, buildBatch, isControl, readControlMarker, readRecords } from "@moldau/record-batch";
import { appendOf, noContext, readOf, type TestCluster } from "./test-cluster";

const text = new TextEncoder();
const plain = new TextDecoder();

/** A batch of one record of a transaction (or of none). */
export function transactionalBatch(
  value: string,
  batch: {
    producerId: number;
    producerEpoch?: number;
    baseSequence: number;
    transactional?: boolean;
    /** Milliseconds; now. */
    timestamp?: number;
  },
): Uint8Array {
  const { timestamp = Date.now(), ...producer } = batch;
  return buildBatch({
    records: [{ value: text.encode(value), timestamp }],
    producerEpoch: 0,
    transactional: true,
    ...producer,
  });
}

/** Appends one batch; the offset, or the error's name. */
export async function appendTo(
  cluster: TestCluster,
  nodeId: number,
  ...args: Parameters<typeof appendOf>
): Promise<number | string> {
  const reply = await cluster.broker(nodeId).append(appendOf(...args), noContext);
  const { errorCode, baseOffset } = reply.partitions[0]!;
  return errorCode === KafkaError.NONE ? baseOffset : kafkaErrorName(errorCode);
}

/** Ends a transaction in partition 0 of a topic; the error's name. */
export async function endTransaction(
  cluster: TestCluster,
  nodeId: number,
  topicId: Uuid,
  marker: Partial<TransactionMarker> & { producerId: number; commit: boolean },
): Promise<string> {
  const whole = {
    producerEpoch: 0,
    coordinatorEpoch: 1,
    transactionVersion: 1,
    partitions: [{ topicId, partition: 0 }],
    ...marker,
  };
  const reply = await cluster.broker(nodeId).writeMarkers({ markers: [whole], timeoutMs: 2_000 }, noContext);
  return kafkaErrorName(reply.markers[0]!.partitions[0]!.errorCode);
}

/** What a consumer of committed data makes of the partition: it reads to the end, and skips what was aborted. */
export async function consumeCommitted(
  cluster: TestCluster,
  nodeId: number,
  topicId: Uuid,
  options: { from?: number; maxBytes?: number } = {},
): Promise<{ values: string[]; end: number }> {
  const values: string[] = [];
  let fetchOffset = options.from ?? 0;
  for (;;) {
    const { maxBytes = 1024 * 1024 } = options;
    const request = { ...readOf(topicId, { fetchOffset, isolationLevel: 1 }), maxBytes };
    const result = (await cluster.broker(nodeId).read(request, noContext)).partitions[0]!;
    if (result.errorCode !== KafkaError.NONE) throw new Error(kafkaErrorName(result.errorCode));
    const bytes = Buffer.concat(result.records);
    if (bytes.length === 0) return { values, end: fetchOffset };
    // Source: CompletedFetch.nextFetchedRecord: aborted from its first offset on, until its marker.
    const upcoming = [...result.aborted].sort((a, b) => a.firstOffset - b.firstOffset);
    const aborting = new Set<number>();
    for (const { header, position } of batchesOf(bytes)) {
      const last = header.baseOffset + header.lastOffsetDelta;
      while (upcoming.length > 0 && upcoming[0]!.firstOffset <= last) aborting.add(upcoming.shift()!.producerId);
      if (isControl(header.attributes)) {
        if (readControlMarker(bytes, position, header)?.kind === "abort") aborting.delete(header.producerId);
      } else if (!aborting.has(header.producerId)) {
        for (const { value, offset } of readRecords(bytes, position, decompress)) {
          if (offset >= fetchOffset) values.push(plain.decode(value ?? undefined));
        }
      }
      if (last >= fetchOffset) fetchOffset = last + 1;
    }
  }
}
