// Producers and consumers at once. A record's way begins when its request was due and ends when a consumer has it.
import { batchOf } from "../generator/batches";
import { produceAtPeak } from "../generator/closed-loop";
import { Consumer } from "../generator/consumer";
import { closeLanes, openLanes } from "../generator/lanes";
import { newHistogram, percentiles, record } from "../generator/latencies";
import { produceAtRate } from "../generator/open-loop";
import { metered } from "../figures/meter";
import { withPages, withPagesAtPace } from "../figures/pages";
import { median } from "../figures/statistics";
import type { ProducePoint } from "./produce";
import { type Bench, GB, type Outcome } from "./step";
import { withTopic } from "./topic";

const peakOf = (point: ProducePoint) => `requests a second at peak, ${point.batchBytes}`;
const behindTimeoutMs = 30_000;

/** What producers and consumers together can move; remembered for the steps at a part of it. */
export function peak(point: ProducePoint): (bench: Bench) => Promise<Outcome> {
  return (bench) =>
    withTopic(bench, point.partitions, async (topic) => {
      const batch = batchOf(point);
      const { durationMs, bytesMax } = bench.amounts;
      let read = 0;
      let caughtUp: () => void = () => undefined;
      let expected = Infinity;
      const onBatch = () => {
        if (++read >= expected) caughtUp();
      };
      let fail: (error: Error) => void = () => undefined;
      const failure = new Promise<never>((_, reject) => (fail = reject));
      failure.catch(() => undefined);
      const consumer = await Consumer.open(topic, {
        connections: point.connections,
        onBatch,
        onFailure: (e) => fail(e),
      });
      const atPeak = async () => {
        const startedMs = performance.now();
        consumer.start();
        const load = await produceAtPeak(topic, batch, point, { inFlight: point.inFlight, durationMs, bytesMax });
        const all = new Promise<void>((resolve) => (caughtUp = resolve));
        expected = load.payloadBytes / batch.payloadBytes;
        if (read < expected)
          await within(Promise.race([all, failure]), () => `${expected - read} batches were not read`);
        return { load, seconds: (performance.now() - startedMs) / 1_000 };
      };
      const { result, systemCpuSeconds, generatorCpuSeconds, rssMb, processes } = await withPages(
        bench.system.dir,
        bytesMax * bench.replicationFactor,
        () => metered(bench.system, atPeak),
      );
      consumer.close();
      const requestsPerSecond = result.load.requests / result.seconds;
      const peaks = bench.remembered.get(peakOf(point)) ?? [];
      bench.remembered.set(peakOf(point), [...peaks, requestsPerSecond]);
      const gb = result.load.payloadBytes / GB;
      const figures = {
        mbPerSecond: (gb * 1_000) / result.seconds,
        requestsPerSecond,
        cpuSecondsPerGb: systemCpuSeconds / gb,
        generatorCpuSecondsPerGb: generatorCpuSeconds / gb,
        rssMb,
      };
      return { figures, processes };
    });
}

/** At a part of what it can do; without a peak of its own, it fails and says so. */
export function atPartOfPeak(point: ProducePoint, part: number): (bench: Bench) => Promise<Outcome> {
  return (bench) => {
    const peaks = bench.remembered.get(peakOf(point));
    if (peaks === undefined) throw new Error("its peak was not measured");
    return atRate(bench, point, median(peaks) * part);
  };
}

/** At a part of what the slowest of the systems measured in turn can do: the same load for all of them. */
export function atPartOfSlowestPeak(point: ProducePoint, part: number): (bench: Bench) => Promise<Outcome> {
  return (bench) => {
    const peaks = [...bench.group.values()].flatMap(({ remembered }) => {
      const own = remembered.get(peakOf(point));
      return own === undefined ? [] : [median(own)];
    });
    if (peaks.length === 0) throw new Error("no peak was measured");
    return atRate(bench, point, Math.min(...peaks) * part);
  };
}

/** End-to-end latencies at a fixed rate. */
export function atRate(bench: Bench, point: ProducePoint, requestsPerSecond: number): Promise<Outcome> {
  return withTopic(bench, point.partitions, async (topic) => {
    const batch = batchOf(point);
    const endToEnd = newHistogram();
    const warmUpMs = 500;
    const { latencyMs: durationMs } = bench.amounts;
    // A partition has one connection of one producer, so its batches come in the order they were sent.
    const due: { timesMs: number[]; next: number }[] = Array.from({ length: point.partitions }, () => ({
      timesMs: [],
      next: 0,
    }));
    let sent = 0;
    let read = 0;
    let recordFromMs = Infinity;
    let caughtUp: () => void = () => undefined;
    let fail: (error: Error) => void = () => undefined;
    const failure = new Promise<never>((_, reject) => (fail = reject));
    failure.catch(() => undefined);
    const onBatch = (partition: number) => {
      const queue = due[partition]!;
      const dueMs = queue.timesMs[queue.next++]!;
      if (dueMs >= recordFromMs) record(endToEnd, performance.now() - dueMs);
      if (++read === sent) caughtUp();
    };
    const onFailure = (error: Error) => fail(error);
    const consumer = await Consumer.open(topic, { connections: point.connections, onBatch, onFailure });
    const lanes = await openLanes(topic, batch, { ...point, onFailure });
    consumer.start();
    const onSent = (partitions: readonly number[], dueMs: number) => {
      if (sent === 0) recordFromMs = dueMs + warmUpMs;
      sent += partitions.length;
      for (const partition of partitions) due[partition]!.timesMs.push(dueMs);
    };
    const bytesPerSecond = requestsPerSecond * point.partitionsPerRequest * batch.payloadBytes;
    const writtenMs = warmUpMs + durationMs;
    const pages = { bytes: (bytesPerSecond * writtenMs * bench.replicationFactor) / 1_000, durationMs: writtenMs };
    const atThatRate = async () => {
      const plan = { requestsPerSecond, durationMs, warmUpMs, onSent };
      const load = await Promise.race([produceAtRate(lanes, plan), failure]);
      const all = new Promise<void>((resolve) => (caughtUp = resolve));
      if (read < sent) await within(Promise.race([all, failure]), () => `${sent - read} batches were not read`);
      return load;
    };
    try {
      const { result, systemCpuSeconds, generatorCpuSeconds, rssMb, processes } = await withPagesAtPace(
        bench.system.dir,
        pages,
        () => metered(bench.system, atThatRate),
      );
      const acknowledged = percentiles(result.acknowledged);
      const gb = (sent * batch.payloadBytes) / GB;
      const figures = {
        ...percentiles(endToEnd),
        ackP50Ms: acknowledged.p50Ms,
        ackP99Ms: acknowledged.p99Ms,
        ackP999Ms: acknowledged.p999Ms,
        generatorLateP99Ms: percentiles(result.late).p99Ms,
        requestsPerSecond,
        mbPerSecond: bytesPerSecond / 1e6,
        cpuSecondsPerGb: systemCpuSeconds / gb,
        generatorCpuSecondsPerGb: generatorCpuSeconds / gb,
        rssMb,
      };
      return { figures, processes };
    } finally {
      consumer.close();
      closeLanes(lanes);
    }
  });
}

function within<T>(work: Promise<T>, said: () => string): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${said()} after ${behindTimeoutMs / 1_000} s`)), behindTimeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
