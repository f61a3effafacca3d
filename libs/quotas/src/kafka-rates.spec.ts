import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SampledSum } from "./sampled-sum";
import { throttleTimeMs } from "./throttle-time";
import { TokenBucket } from "./token-bucket";

/** Values, and what Kafka's own classes made of them. */
const lines = readFileSync(join(__dirname, "../testdata/kafka-rates.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

it("measures as Kafka's Rate and TokenBucket do, and throttles for as long", () => {
  let limit = 0;
  let rate = new SampledSum({ samples: 1, sampleMs: 1 });
  let bucket = new TokenBucket({ samples: 1, sampleMs: 1 });
  let compared = 0;
  for (const line of lines) {
    const [first, ...rest] = line.split(" ");
    const numbers = rest.map(Number);
    if (first === "case") {
      const [samples, sampleMs] = numbers as [number, number, number];
      limit = numbers[2]!;
      rate = new SampledSum({ samples, sampleMs });
      bucket = new TokenBucket({ samples, sampleMs });
      continue;
    }
    const nowMs = Number(first);
    const [value, measured, windowMs, throttle, tokens] = numbers as [number, number, number, number, number];
    rate.record(value, nowMs);
    bucket.take(value, limit, nowMs);
    expect(rate.rate(nowMs)).toBeCloseTo(measured, 6);
    expect(rate.windowMs(nowMs)).toBe(windowMs);
    expect(throttleTimeMs(rate, limit, nowMs)).toBe(throttle);
    expect(bucket.tokens(limit, nowMs)).toBeCloseTo(tokens, 6);
    compared++;
  }
  expect(compared).toBe(480);
});

it("gives the throttle times that are worked out in Kafka's own description of them", () => {
  // Ten samples of 400 and half a second later 2300: 6300 in 10.5 s are 600 a second where 500 are allowed.
  const rate = new SampledSum({ samples: 11, sampleMs: 1000 });
  let nowMs = 0;
  for (let i = 0; i < 10; i++, nowMs += 1000) {
    rate.record(400, nowMs);
    expect(throttleTimeMs(rate, 500, nowMs)).toBe(0);
  }
  nowMs += 500;
  rate.record(2300, nowMs);
  expect(throttleTimeMs(rate, 500, nowMs)).toBe(2100);
  // 5 a second in 100 samples: a burst of 560 owes 60, which come back in 12 s.
  const bucket = new TokenBucket({ samples: 100, sampleMs: 1000 });
  bucket.take(560, 5, 0);
  expect(bucket.throttleTimeMs(5, 0)).toBe(12_000);
  expect(bucket.throttleTimeMs(5, 11_000)).toBe(1_000);
  expect(bucket.throttleTimeMs(5, 12_000)).toBe(0);
});

it("never asks for more ms than an answer has room for", () => {
  const rate = new SampledSum({ samples: 11, sampleMs: 1000 });
  rate.record(1e12, 0);
  expect(throttleTimeMs(rate, 0.001, 0)).toBe(2 ** 31 - 1);
  const bucket = new TokenBucket({ samples: 1, sampleMs: 1000 });
  bucket.take(1e12, 0.001, 0);
  expect(bucket.throttleTimeMs(0.001, 0)).toBe(2 ** 31 - 1);
});

it("averages what it was told, and 0 where there is nothing", () => {
  const sum = new SampledSum({ samples: 2, sampleMs: 1000 });
  expect(sum.average(0)).toBe(0);
  sum.record(100, 0);
  sum.record(300, 500);
  expect(sum.average(900)).toBe(200);
  expect(sum.average(10_000)).toBe(0);
});
