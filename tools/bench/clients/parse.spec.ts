import { javaConsumer, javaProducer, rdkafka } from "./parse";

// As the tools printed it: Apache Kafka 4.1.1, librdkafka 2.12.0.
const producer = `7375 records sent, 1455.5 records/sec (1.39 MB/sec), 979.9 ms avg latency, 3200.0 ms max latency.
50000 records sent, 4348.6 records/sec (4.15 MB/sec), 1440.32 ms avg latency, 3200.00 ms max latency, 1142 ms 50th, 2394 ms 95th, 2519 ms 99th, 2544 ms 99.9th.
`;
const consumer = `start.time, end.time, data.consumed.in.MB, MB.sec, data.consumed.in.nMsg, nMsg.sec, rebalance.time.ms, fetch.time.ms, fetch.MB.sec, fetch.nMsg.sec
2026-11-21 18:00:15:359, 2026-11-21 18:00:23:679, 47.6837, 5.7312, 50000, 6009.6154, 5012, 3308, 14.4147, 15114.8730
`;

test("kafka-producer-perf-test: the line of all records, in MB of 10^6", () => {
  const { mbPerSecond, ...rest } = javaProducer(producer);
  expect(rest).toEqual({ records: 50_000, recordsPerSecond: 4_348.6, queueP50Ms: 1_142, queueP99Ms: 2_519 });
  expect(mbPerSecond).toBeCloseTo(4.3516, 3);
});

test("kafka-consumer-perf-test: without the time that joining took", () => {
  const { mbPerSecond, ...rest } = javaConsumer(consumer);
  expect(rest).toEqual({ records: 50_000, recordsPerSecond: 15_114.873 });
  expect(mbPerSecond).toBeCloseTo(15.115, 2);
});

test("rdkafka_performance: producer and consumer", () => {
  const produced = `% Sending 50000 messages of size 1000 bytes
% 50000 messages produced (50000000 bytes), 50000 delivered (offset 45401, 0 failed) in 1654ms: 30215 msgs/s and 30.22 MB/s, 0 produce failures, 0 in queue, no compression`;
  const consumed = `% 50000 messages (50000000 bytes) consumed in 454ms: 110036 msgs/s (110.04 MB/s)
% Average application fetch latency: 72us`;
  expect(rdkafka(produced)).toEqual({ records: 50_000, recordsPerSecond: 30_215, mbPerSecond: 30.22 });
  expect(rdkafka(consumed)).toEqual({ records: 50_000, recordsPerSecond: 110_036, mbPerSecond: 110.04 });
});

test("a tool that says nothing is an error that shows what it said", () => {
  for (const parse of [javaProducer, javaConsumer, rdkafka]) expect(() => parse("broker down")).toThrow(/broker down/);
});
