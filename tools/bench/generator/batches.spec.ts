import { batchOf } from "./batches";

test("a batch holds as many records as fit, and counts their values only", () => {
  const { records, payloadBytes, bytes } = batchOf({ recordBytes: 1_000, batchBytes: 64_000, codec: "none" });
  expect({ records, payloadBytes }).toEqual({ records: 64, payloadBytes: 64_000 });
  expect(bytes.length).toBeGreaterThan(payloadBytes);
  expect(bytes.length).toBeLessThan(1.02 * payloadBytes);
});

test("1 MB of batch is within Kafka's default message.max.bytes", () => {
  expect(batchOf({ recordBytes: 1_000, batchBytes: 1_000_000, codec: "none" }).bytes.length).toBeLessThan(1_048_588);
});

test("codecs find in the records what they find in life: neither nothing nor nearly everything", () => {
  for (const codec of ["lz4", "zstd"] as const) {
    const { bytes, payloadBytes } = batchOf({ recordBytes: 1_000, batchBytes: 64_000, codec });
    const ratio = payloadBytes / bytes.length;
    expect(ratio).toBeGreaterThan(1.5);
    expect(ratio).toBeLessThan(6);
  }
});
