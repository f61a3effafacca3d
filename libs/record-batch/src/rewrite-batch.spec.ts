import { gunzipSync, gzipSync } from "node:zlib";
import * as fc from "fast-check";
import {
  buildBatch,
  checkCrc,
  cursorOf,
  emptiedBatch,
  hasDeleteHorizon,
  isLogAppendTime,
  readBatchHeader,
  readRecords,
  rewriteBatch,
  type BatchDraft,
  type KeptRecord,
} from "./index";

const gzip = (_codec: number, bytes: Uint8Array): Uint8Array => gzipSync(bytes);
const gunzip = (_codec: number, bytes: Uint8Array, maxOutputLength: number): Uint8Array =>
  gunzipSync(bytes, { maxOutputLength });

const record = fc.record({
  key: fc.option(fc.uint8Array({ maxLength: 5 })),
  value: fc.option(fc.uint8Array({ maxLength: 5 })),
  timestamp: fc.integer({ min: -1, max: 2 ** 42 }),
  headers: fc.array(
    fc.record({ key: fc.string({ maxLength: 3 }), value: fc.option(fc.uint8Array({ maxLength: 3 })) }),
    {
      maxLength: 2,
    },
  ),
});

/** The batch with those of its records that `keep` names. */
function rewritten(bytes: Uint8Array, keep: (index: number) => boolean, deleteHorizonMs?: number): Uint8Array {
  const header = readBatchHeader(bytes, 0);
  const cursor = cursorOf(bytes, 0, { decompress: gunzip }, header);
  const kept: KeptRecord[] = [];
  while (cursor.next()) {
    const { timestamp, offsetDelta, tailStart, recordEnd } = cursor;
    if (keep(cursor.index)) kept.push({ timestamp, offsetDelta, tailStart, recordEnd });
  }
  return rewriteBatch(header, cursor.bytes, kept, { compress: gzip, ...(deleteHorizonMs ? { deleteHorizonMs } : {}) });
}

it("leaves the records that stay as they were, with offsets, timestamps and what producers go by", () => {
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 8 }),
      fc.nat(255),
      fc.constantFrom(0, 1),
      fc.option(fc.integer({ min: 1, max: 2 ** 42 })),
      fc.option(fc.integer({ min: 1, max: 2 ** 42 })),
      (records, mask, codec, horizon, logAppendTimeMs) => {
        const draft: BatchDraft = { records, codec, compress: gzip, baseOffset: 1_000, partitionLeaderEpoch: 7 };
        Object.assign(draft, { producerId: 5, producerEpoch: 2, baseSequence: 9, transactional: true });
        const bytes = buildBatch({ ...draft, ...(logAppendTimeMs === null ? {} : { logAppendTimeMs }) });
        const before = readBatchHeader(bytes, 0);
        const keep = (index: number): boolean => index === 0 || ((mask >> index) & 1) === 1;
        const result = rewritten(bytes, keep, horizon ?? undefined);
        const header = readBatchHeader(result, 0);
        expect(checkCrc(result, 0, header)).toBe(true);
        const expected = readRecords(bytes, 0, gunzip).filter((_, index) => keep(index));
        expect(readRecords(result, 0, gunzip)).toEqual(expected);
        const { baseOffset, lastOffsetDelta, partitionLeaderEpoch, producerId, producerEpoch, baseSequence } = before;
        const facts = { baseOffset, lastOffsetDelta, partitionLeaderEpoch, producerId, producerEpoch, baseSequence };
        expect(header).toMatchObject(facts);
        expect(hasDeleteHorizon(header.attributes)).toBe(horizon !== null);
        if (horizon !== null) expect(header.baseTimestamp).toBe(horizon);
        expect(header.attributes & ~0x40).toBe(before.attributes);
        expect(isLogAppendTime(header.attributes)).toBe(logAppendTimeMs !== null);
        expect(header.maxTimestamp).toBe(Math.max(...expected.map(({ timestamp }) => timestamp)));
        // A horizon that is there stays.
        const again = readBatchHeader(
          rewritten(result, (index) => index === 0, 77),
          0,
        );
        expect(again.baseTimestamp).toBe(horizon ?? 77);
      },
    ),
  );
});

it("says that a codec needs a compressor", () => {
  const bytes = buildBatch({ records: [{ value: Buffer.from("a") }], codec: 1, compress: gzip });
  const header = readBatchHeader(bytes, 0);
  const kept = [{ timestamp: 1, offsetDelta: 0, tailStart: 0, recordEnd: 1 }];
  expect(() => rewriteBatch(header, new Uint8Array(1), kept, {})).toThrow("compressor");
});

it("empties a batch to its header", () => {
  const records = [
    { value: Buffer.from("a"), timestamp: 5 },
    { value: Buffer.from("b"), timestamp: 9 },
  ];
  const draft = { records, codec: 1, compress: gzip, baseOffset: 40, producerId: 3, producerEpoch: 1, baseSequence: 6 };
  const bytes = emptiedBatch(readBatchHeader(buildBatch({ ...draft, transactional: true }), 0));
  const header = readBatchHeader(bytes, 0);
  expect(bytes).toHaveLength(61);
  expect(checkCrc(bytes, 0, header)).toBe(true);
  expect(readRecords(bytes, 0)).toEqual([]);
  expect(header).toMatchObject({
    baseOffset: 40,
    lastOffsetDelta: 1,
    producerId: 3,
    producerEpoch: 1,
    baseSequence: 6,
  });
  expect(header).toMatchObject({ recordCount: 0, baseTimestamp: -1, maxTimestamp: 9, attributes: 0x10 });
});
