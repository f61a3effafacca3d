import { batchAttributes, type BatchHeader } from "@moldau/record-batch";

/** A header as validation would have read it; the core looks at nothing else. */
export function headerOf(fields: Partial<BatchHeader> & { records?: number; transactional?: boolean }): BatchHeader {
  const records = fields.records ?? 1;
  return {
    baseOffset: 0,
    batchLength: 88,
    partitionLeaderEpoch: -1,
    magic: 2,
    crc: 0,
    attributes: batchAttributes({ transactional: fields.transactional }),
    lastOffsetDelta: records - 1,
    baseTimestamp: 1000,
    maxTimestamp: 1000,
    producerId: -1,
    producerEpoch: -1,
    baseSequence: -1,
    recordCount: records,
    sizeBytes: 100,
    ...fields,
  };
}
