import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { KafkaError, kafkaErrorName } from "@moldau/base";
import {
  batchAttributes,
  buildBatch,
  buildControlBatch,
  computeBatchCrc,
  Layout,
  patchBatch,
  readBatchHeader,
  validateForAppend,
  type AppendRules,
  type BatchDraft,
} from "./index";
import { writeInt16, writeInt32, writeInt64 } from "./integers";

const nowMs = 1_800_000_000_000;
const rules: AppendRules = {
  produceVersion: 9,
  maxMessageBytes: 1_048_588,
  compacted: false,
  logAppendTime: false,
  timestampBeforeMaxMs: Number.MAX_SAFE_INTEGER,
  timestampAfterMaxMs: 3_600_000,
  nowMs,
};
const neverDecompress = (): Uint8Array => {
  throw new Error("nobody needs to see inside");
};
const gzipped = { codec: 1, compress: (_codec: number, input: Uint8Array): Uint8Array => gzipSync(input) };
const gunzip = (_codec: number, input: Uint8Array, maxBytes: number): Uint8Array =>
  gunzipSync(input, { maxOutputLength: maxBytes });

const value = Uint8Array.of(1, 2, 3);
const record = { key: value, value, timestamp: nowMs };

function verdict(bytes: Uint8Array, over: Partial<AppendRules> = {}): string {
  const result = validateForAppend(bytes, { ...rules, ...over });
  return result.ok ? "ok" : kafkaErrorName(result.error);
}

/** A batch with one field changed and the CRC made right again: only the rule in question can refuse it. */
function doctored(change: (batch: Uint8Array) => void, draft: Partial<BatchDraft> = {}): Uint8Array {
  const batch = buildBatch({ records: [record, record, record], ...draft });
  change(batch);
  writeInt32(batch, Layout.crc, computeBatchCrc(batch, 0, { sizeBytes: batch.length }));
  return batch;
}

it.each(["java-gzip.bin", "kcat-gzip.bin", "kafkajs-gzip.bin"])("takes %s without looking inside", (name) => {
  const batch = readFileSync(join(__dirname, "../testdata", name));
  const before = Buffer.from(batch);
  const result = validateForAppend(batch, { ...rules, decompress: neverDecompress });
  expect(result).toMatchObject({ ok: true, header: { recordCount: 5, sizeBytes: batch.length } });
  expect(batch.equals(before)).toBe(true);
});

describe("exactly one whole batch", () => {
  const batch = buildBatch({ records: [record] });
  it.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(0), "INVALID_RECORD"],
    ["a few bytes", batch.subarray(0, 30), "INVALID_RECORD"],
    ["all but the last byte", batch.subarray(0, batch.length - 1), "INVALID_RECORD"],
    ["two batches", Buffer.concat([batch, batch]), "INVALID_RECORD"],
    ["a batch and a byte", Buffer.concat([batch, Uint8Array.of(0)]), "INVALID_RECORD"],
    ["magic 0", doctored((b) => (b[Layout.magic] = 0)), "INVALID_RECORD"],
    ["magic 1", doctored((b) => (b[Layout.magic] = 1)), "INVALID_RECORD"],
    ["magic 3", doctored((b) => (b[Layout.magic] = 3)), "CORRUPT_MESSAGE"],
    ["a negative length", doctored((b) => writeInt32(b, Layout.batchLength, -5)), "CORRUPT_MESSAGE"],
    ["the batch", batch, "ok"],
  ])("%s: %s", (_what, bytes, expected) => expect(verdict(bytes)).toBe(expected));
});

describe("header rules", () => {
  it.each<[string, Uint8Array, string]>([
    ["base offset other than 0", doctored((b) => writeInt64(b, 0, 7)), "INVALID_RECORD"],
    ["offsets beyond the count", doctored((b) => writeInt32(b, Layout.lastOffsetDelta, 9)), "INVALID_RECORD"],
    ["a count of 0", doctored((b) => writeInt32(b, Layout.recordCount, 0)), "INVALID_RECORD"],
    ["a negative count", doctored((b) => writeInt32(b, Layout.recordCount, -1)), "INVALID_RECORD"],
    ["a producer without a sequence", doctored(() => {}, { producerId: 4, producerEpoch: 0 }), "INVALID_RECORD"],
    ["a producer without an epoch", doctored(() => {}, { producerId: 4, baseSequence: 0 }), "INVALID_RECORD"],
    ["a transaction without a producer", doctored(() => {}, { transactional: true }), "INVALID_RECORD"],
    ["an idempotent producer", doctored(() => {}, { producerId: 4, producerEpoch: 0, baseSequence: 0 }), "ok"],
    ["codec 5", doctored((b) => writeInt16(b, Layout.attributes, 5)), "UNSUPPORTED_COMPRESSION_TYPE"],
    ["a delete horizon", doctored((b) => writeInt16(b, Layout.attributes, 0x40)), "INVALID_RECORD"],
    ["its own LogAppendTime", doctored((b) => writeInt16(b, Layout.attributes, 0x08)), "INVALID_TIMESTAMP"],
  ])("%s: %s", (_what, bytes, expected) => expect(verdict(bytes)).toBe(expected));

  it("a wrong CRC is CORRUPT_MESSAGE, and says both values", () => {
    const batch = buildBatch({ records: [record] });
    batch[batch.length - 1]! ^= 0xff;
    const result = validateForAppend(batch, rules);
    expect(result).toMatchObject({ ok: false, error: KafkaError.CORRUPT_MESSAGE });
    expect(result.ok ? "" : result.message).toContain(String(readBatchHeader(batch, 0).crc));
  });

  it("size counts compressed bytes", () => {
    const batch = buildBatch({ records: [{ ...record, value: new Uint8Array(100_000) }], ...gzipped });
    expect(verdict(batch, { maxMessageBytes: batch.length })).toBe("ok");
    expect(verdict(batch, { maxMessageBytes: batch.length - 1 })).toBe("MESSAGE_TOO_LARGE");
  });

  it("zstd needs Produce v7", () => {
    const zstd = doctored((b) => writeInt16(b, Layout.attributes, batchAttributes({ codec: 4 })));
    expect(verdict(zstd, { produceVersion: 6 })).toBe("UNSUPPORTED_COMPRESSION_TYPE");
    expect(verdict(zstd, { produceVersion: 7 })).toBe("ok");
  });

  it("control batches are for those who may", () => {
    const marker = buildControlBatch({ marker: { kind: "claim", ownerId: 1, ownerEpoch: 1 }, timestamp: nowMs });
    expect(verdict(marker)).toBe("INVALID_RECORD");
    expect(verdict(marker, { allowControl: true, compacted: true })).toBe("ok");
    const commit = buildControlBatch({
      marker: { kind: "commit", producerId: 1, producerEpoch: 0, coordinatorEpoch: 0 },
      timestamp: nowMs,
    });
    expect(verdict(commit, { allowControl: true })).toBe("ok");
    const offsets = doctored(() => {}, { producerId: 4, producerEpoch: 0, transactional: true });
    expect(verdict(offsets)).toBe("INVALID_RECORD");
    expect(verdict(offsets, { allowControl: true })).toBe("ok");
  });
});

describe("timestamps", () => {
  const late = { ...record, timestamp: nowMs + 3_600_001 };
  const early = { ...record, timestamp: nowMs - 10_001 };

  it("names the records that are out of range", () => {
    expect(validateForAppend(buildBatch({ records: [record, late, record, late] }), rules)).toMatchObject({
      ok: false,
      error: KafkaError.INVALID_TIMESTAMP,
      recordErrors: [{ batchIndex: 1 }, { batchIndex: 3 }],
    });
    const past = buildBatch({ records: [record, early] });
    expect(verdict(past)).toBe("ok");
    expect(verdict(past, { timestampBeforeMaxMs: 10_000 })).toBe("INVALID_TIMESTAMP");
  });

  it("goes by the header of a compressed batch", () => {
    const batch = buildBatch({ records: [record, late], ...gzipped });
    expect(verdict(batch, { decompress: neverDecompress })).toBe("INVALID_TIMESTAMP");
  });

  it("does not look where the broker's time counts, nor at records without time", () => {
    expect(verdict(buildBatch({ records: [late] }), { logAppendTime: true })).toBe("ok");
    expect(verdict(buildBatch({ records: [{ value }] }), { timestampBeforeMaxMs: 1 })).toBe("ok");
  });

  it("finds a misstated maximum, and patching puts it right", () => {
    const batch = doctored((b) => writeInt64(b, Layout.maxTimestamp, nowMs - 5));
    const result = validateForAppend(batch, rules);
    expect(result).toMatchObject({ ok: true, maxTimestamp: nowMs });
    patchBatch(batch, 0, { baseOffset: 0, partitionLeaderEpoch: 0, maxTimestamp: nowMs });
    const again = validateForAppend(batch, rules);
    expect(again).toMatchObject({ ok: true, header: { maxTimestamp: nowMs } });
    expect(again).not.toHaveProperty("maxTimestamp");
  });

  it("refuses times that no number holds", () => {
    expect(verdict(doctored((b) => b.fill(0x7f, Layout.baseTimestamp, Layout.baseTimestamp + 8)))).toBe(
      "INVALID_TIMESTAMP",
    );
  });
});

describe("compacted topics", () => {
  const records = [record, { value, timestamp: nowMs }, record, { value, timestamp: nowMs }];

  it("refuse records without a key and name them", () => {
    for (const over of [{}, gzipped]) {
      const result = validateForAppend(buildBatch({ records, ...over }), {
        ...rules,
        compacted: true,
        decompress: gunzip,
      });
      expect(result).toMatchObject({
        ok: false,
        error: KafkaError.INVALID_RECORD,
        recordErrors: [{ batchIndex: 1 }, { batchIndex: 3 }],
      });
    }
  });

  it("bound what they decompress", () => {
    const bomb = buildBatch({ records: [{ ...record, value: new Uint8Array(5_000_000) }], ...gzipped });
    const over = { compacted: true, decompress: gunzip };
    expect(verdict(bomb, over)).toBe("ok");
    expect(verdict(bomb, { ...over, maxDecompressedBytes: 1_000_000 })).toBe("CORRUPT_MESSAGE");
  });

  it("name no more than 100 of them", () => {
    const batch = buildBatch({ records: Array.from({ length: 5000 }, () => ({ value, timestamp: nowMs })) });
    const result = validateForAppend(batch, { ...rules, compacted: true });
    expect(result.ok ? [] : result.recordErrors).toHaveLength(100);
  });
});

describe("uncompressed records", () => {
  it("offset deltas count 0, 1, 2", () => {
    const batch = buildBatch({ records: [record, { ...record, offsetDelta: 2 }, { ...record, offsetDelta: 2 }] });
    expect(verdict(batch)).toBe("INVALID_RECORD");
  });

  it("fill the batch exactly", () => {
    const fewer = doctored((b) => {
      writeInt32(b, Layout.recordCount, 2);
      writeInt32(b, Layout.lastOffsetDelta, 1);
    });
    expect(verdict(fewer)).toBe("CORRUPT_MESSAGE");
    const more = doctored((b) => {
      writeInt32(b, Layout.recordCount, 4);
      writeInt32(b, Layout.lastOffsetDelta, 3);
    });
    expect(verdict(more)).toBe("CORRUPT_MESSAGE");
  });
});

it("hostile bytes get a verdict, never an exception", () => {
  const good = buildBatch({ records: [record, record], producerId: 1, producerEpoch: 0, baseSequence: 0 });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 5 }), (edits) => {
      const bad = Uint8Array.from(good);
      for (const [at, byte] of edits) bad[at] = byte;
      writeInt32(bad, Layout.crc, computeBatchCrc(bad, 0, { sizeBytes: bad.length }));
      for (const compacted of [false, true]) {
        const result = validateForAppend(bad, { ...rules, compacted, decompress: gunzip });
        expect(typeof result.ok).toBe("boolean");
      }
    }),
    { numRuns: 2000 },
  );
});
