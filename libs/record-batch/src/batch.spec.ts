import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import * as fc from "fast-check";
import {
  batchesOf,
  batchSizeAt,
  buildBatch,
  buildControlBatch,
  checkCrc,
  CorruptBatchError,
  crc32c,
  crc32cIsNative,
  crc32cPortable,
  isLogAppendTime,
  patchBatch,
  readBatchHeader,
  readControlMarker,
  readRecords,
  recordsOf,
  type RecordDraft,
} from "./index";
import { readInt64, varintSize, writeInt64, writeVarint } from "./integers";

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString("utf8"));
const bytes = (value: string): Uint8Array => Buffer.from(value, "utf8");
const captured = (name: string): Uint8Array => readFileSync(join(__dirname, "../testdata", name));
const gunzip = (_codec: number, input: Uint8Array, maxBytes: number): Uint8Array =>
  gunzipSync(input, { maxOutputLength: maxBytes });

describe("batches that other clients made", () => {
  it.each(["java-gzip.bin", "kcat-gzip.bin", "kafkajs-gzip.bin"])("%s: header, CRC and records", (name) => {
    const batch = captured(name);
    const header = readBatchHeader(batch, 0);
    expect(header).toMatchObject({ baseOffset: 0, magic: 2, lastOffsetDelta: 4, recordCount: 5 });
    expect(header.sizeBytes).toBe(batch.length);
    expect(checkCrc(batch, 0, header)).toBe(true);
    const records = readRecords(batch, 0, gunzip);
    expect(records.map((r) => [r.offset, text(r.key), text(r.value)])).toEqual([
      [0, "a", "first"],
      [1, null, "no key"],
      [2, "gone", null],
      [3, "ě", "moldau ".repeat(2000)],
      [4, "e", "last"],
    ]);
    for (const record of records) {
      expect(record.headers.map((h) => [h.key, text(h.value)])).toEqual([["h", "1"]]);
      expect(record.timestamp).toBeGreaterThanOrEqual(header.baseTimestamp);
      expect(record.timestamp).toBeLessThanOrEqual(header.maxTimestamp);
    }
  });

  it("one flipped bit anywhere behind the CRC is found", () => {
    const batch = Uint8Array.from(captured("java-gzip.bin"));
    for (let at = 21; at < batch.length; at += 7) {
      batch[at]! ^= 1;
      expect(checkCrc(batch, 0, { sizeBytes: batch.length, crc: readBatchHeader(batch, 0).crc })).toBe(false);
      batch[at]! ^= 1;
    }
  });
});

describe("CRC-32C", () => {
  it("gives the published check value, in hardware too", () => {
    expect(crc32cIsNative()).toBe(true);
    expect(crc32cPortable(bytes("123456789"), 0, 9)).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(1024))).toBe(crc32cPortable(new Uint8Array(1024), 0, 1024));
  });

  it("is the same in both implementations, whole and in pieces", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), fc.nat(), (data, cut) => {
        const at = data.length === 0 ? 0 : cut % data.length;
        const whole = crc32cPortable(data, 0, data.length);
        expect(crc32c(data)).toBe(whole);
        expect(crc32c(data, at, data.length, crc32c(data, 0, at))).toBe(whole);
      }),
    );
  });
});

describe("integers", () => {
  it("64-bit values round-trip within 2^53", () => {
    const at = new Uint8Array(8);
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        writeInt64(at, 0, value);
        expect(readInt64(at, 0)).toBe(value);
        expect(Buffer.from(at).readBigInt64BE()).toBe(BigInt(value));
      }),
    );
  });

  it("varints take the bytes that varintSize says, at every length", () => {
    const room = new Uint8Array(10);
    for (let power = 0; power < 52; power++) {
      for (const value of [2 ** power, 2 ** power - 1, -(2 ** power), -(2 ** power) - 1]) {
        expect([value, writeVarint(room, 0, value)]).toEqual([value, varintSize(value)]);
      }
    }
  });
});

const anyBytes = fc.option(fc.uint8Array({ maxLength: 300 }), { nil: null });
const anyRecord: fc.Arbitrary<RecordDraft> = fc.record({
  key: anyBytes,
  value: anyBytes,
  timestamp: fc.integer({ min: 0, max: 2 ** 43 }),
  headers: fc.array(fc.record({ key: fc.string({ unit: "grapheme" }), value: anyBytes }), { maxLength: 3 }),
});

describe("build and read", () => {
  it("gives back what was put in, plain and compressed", () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 20 }), fc.boolean(), (records, compressed) => {
        const batch = buildBatch({
          records,
          baseOffset: 77,
          producerId: 5,
          producerEpoch: 3,
          baseSequence: 9,
          codec: compressed ? 1 : 0,
          compress: (_codec, input) => gzipSync(input),
        });
        const header = readBatchHeader(batch, 0);
        expect(checkCrc(batch, 0, header)).toBe(true);
        expect(header).toMatchObject({ producerId: 5, producerEpoch: 3, baseSequence: 9, recordCount: records.length });
        expect(header.maxTimestamp).toBe(Math.max(...records.map((r) => r.timestamp!)));
        const plain = [...recordsOf(batch, 0, { decompress: gunzip })].map((r) => ({
          ...r,
          key: r.key && [...r.key],
          value: r.value && [...r.value],
          headers: r.headers.map((h) => ({ key: h.key, value: h.value && [...h.value] })),
        }));
        expect(plain).toEqual(
          records.map((r, i) => ({
            offset: 77 + i,
            timestamp: r.timestamp,
            key: r.key && [...r.key],
            value: r.value && [...r.value],
            headers: r.headers!.map((h) => ({ key: h.key, value: h.value && [...h.value] })),
          })),
        );
      }),
    );
  });

  it("gives views, not copies", () => {
    const batch = buildBatch({ records: [{ value: bytes("view") }] });
    expect(readRecords(batch)[0]!.value!.buffer).toBe(batch.buffer);
  });

  it("keeps holes and an empty range, as compaction leaves them", () => {
    const batch = buildBatch({
      records: [
        { value: bytes("a"), offsetDelta: 2 },
        { value: bytes("b"), offsetDelta: 7 },
      ],
      baseOffset: 10,
      lastOffsetDelta: 9,
    });
    expect(readRecords(batch).map((r) => r.offset)).toEqual([12, 17]);
    expect(readBatchHeader(batch, 0).lastOffsetDelta).toBe(9);
    const empty = buildBatch({ records: [], lastOffsetDelta: 4, codec: 2 });
    expect(readRecords(empty)).toEqual([]);
  });

  it("hops over several batches and stops before an incomplete one", () => {
    const one = buildBatch({ records: [{ value: bytes("1") }] });
    const two = buildBatch({ records: [{ value: bytes("22") }], baseOffset: 1 });
    const run = Buffer.concat([one, two, one.subarray(0, one.length - 1)]);
    expect([...batchesOf(run)].map((b) => [b.position, b.header.baseOffset])).toEqual([
      [0, 0],
      [one.length, 1],
    ]);
    expect(batchSizeAt(run, one.length)).toBe(two.length);
    expect(batchSizeAt(run, run.length - 5)).toBeUndefined();
  });

  it("bounds what a compressed batch may become", () => {
    const batch = buildBatch({
      records: [{ value: new Uint8Array(1_000_000) }],
      codec: 1,
      compress: (_codec, input) => gzipSync(input),
    });
    expect(() => readRecords(batch, 0, gunzip, 10_000)).toThrow();
    expect(() => readRecords(batch)).toThrow("no decompressor");
  });
});

describe("patching", () => {
  it("sets base offset and leader epoch outside the CRC", () => {
    const batch = buildBatch({ records: [{ value: bytes("x"), timestamp: 5 }] });
    const header = readBatchHeader(batch, 0);
    patchBatch(batch, 0, { baseOffset: 2 ** 40 + 3, partitionLeaderEpoch: 8 }, header);
    expect(header).toEqual(readBatchHeader(batch, 0));
    expect(header).toMatchObject({ baseOffset: 2 ** 40 + 3, partitionLeaderEpoch: 8 });
    expect(checkCrc(batch, 0, header)).toBe(true);
  });

  it("LogAppendTime gives every record the broker's time and a new CRC", () => {
    const batch = buildBatch({ records: [{ timestamp: 5 }, { timestamp: 9 }] });
    const header = readBatchHeader(batch, 0);
    const before = header.crc;
    patchBatch(batch, 0, { baseOffset: 1, partitionLeaderEpoch: 0, logAppendTimeMs: 1000 }, header);
    expect(header).toEqual(readBatchHeader(batch, 0));
    expect(header.crc).not.toBe(before);
    expect(checkCrc(batch, 0, header)).toBe(true);
    expect(isLogAppendTime(header.attributes)).toBe(true);
    expect(readRecords(batch).map((r) => r.timestamp)).toEqual([1000, 1000]);
  });
});

describe("control batches", () => {
  it.each([
    { kind: "commit" as const, producerId: 9, producerEpoch: 2, coordinatorEpoch: 7 },
    { kind: "abort" as const, producerId: 9, producerEpoch: 2, coordinatorEpoch: 7 },
    { kind: "claim" as const, ownerId: 101, ownerEpoch: 12 },
  ])("%j round-trips", (marker) => {
    const batch = buildControlBatch({ marker, timestamp: 3 });
    expect(readControlMarker(batch, 0, readBatchHeader(batch, 0))).toEqual(marker);
  });

  it("a data batch is none, an unknown type says nothing", () => {
    const data = buildBatch({ records: [{}] });
    expect(() => readControlMarker(data, 0, readBatchHeader(data, 0))).toThrow(CorruptBatchError);
    const unknown = buildBatch({ control: true, records: [{ key: Uint8Array.of(0, 0, 0, 55), value: null }] });
    expect(readControlMarker(unknown, 0, readBatchHeader(unknown, 0))).toBeUndefined();
  });
});

describe("hostile bytes", () => {
  it("end in CorruptBatchError and nothing else", () => {
    const good = buildBatch({
      records: [{ key: bytes("k"), value: bytes("v"), headers: [{ key: "h", value: bytes("1") }], timestamp: 7 }, {}],
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(),
        (edits, cut) => {
          const bad = Uint8Array.from(good);
          for (const [at, value] of edits) bad[at] = value;
          const input = cut % 3 === 0 ? bad.subarray(0, cut % bad.length) : bad;
          try {
            for (const { position } of batchesOf(input)) readRecords(input, position, () => new Uint8Array(0));
          } catch (error) {
            expect(error).toBeInstanceOf(CorruptBatchError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
