// Which points are measured: never the whole cross product, but one thing varied at a time around the base point.
import { javaPerf } from "./clients/java-perf";
import { kafkajs } from "./clients/kafkajs";
import { rdkafkaPerf } from "./clients/rdkafka-perf";
import { points, workloads } from "./points";
import type { Kind } from "./systems/catalog";
import { consume, FilledTopic } from "./workloads/consume";
import { atPartOfPeak, atRate, peak } from "./workloads/end-to-end";
import { idle } from "./workloads/idle";
import { memoryNow } from "./workloads/memory";
import { otherClient } from "./workloads/other-clients";
import { consumeFrom, PartitionGrowth } from "./workloads/partitions";
import { base, produce, type ProducePoint } from "./workloads/produce";
import { start } from "./workloads/start";
import type { Amounts, Step } from "./workloads/step";
import { firstBytes, warmUp } from "./workloads/warm-up";

export type Scale = "quick" | "full";

const MB = 1e6;
export const amountsOf: Readonly<Record<Scale, Amounts>> = {
  quick: {
    durationMs: 1_200,
    bytesMax: 400 * MB,
    warmUpBytes: 1_000 * MB,
    consumeBytes: 500 * MB,
    idlePartitions: 1_000,
    idleConnections: 1_000,
    idleMs: 4_000,
    clientRecords: 100_000,
  },
  full: {
    durationMs: 1_500,
    bytesMax: 500 * MB,
    warmUpBytes: 1_000 * MB,
    consumeBytes: 800 * MB,
    idlePartitions: 5_000,
    idleConnections: 1_000,
    idleMs: 8_000,
    clientRecords: 300_000,
  },
};

const everyKind: readonly Kind[] = ["one", "ports", "self", "kafka"];
const pair: readonly Kind[] = ["one", "kafka"];

/** 1 MB with its records' own bytes would be above message.max.bytes. */
const largeBatches: ProducePoint = { ...base, batchBytes: 1_000_000 };
const single: ProducePoint = { ...base, recordBytes: 100, batchBytes: 100 };

/** One thing varied at a time. */
const variations: readonly (readonly [string, ProducePoint])[] = [
  ["100 B records", { ...base, recordBytes: 100 }],
  ["10 KB records", { ...base, recordBytes: 10_000 }],
  ["1 partition", { ...base, partitions: 1 }],
  ["100 partitions", { ...base, partitions: 100 }],
  ["1000 partitions", { ...base, partitions: 1_000 }],
  ["acks=0", { ...base, acks: 0 }],
  ["acks=1", { ...base, acks: 1 }],
  ["lz4", { ...base, codec: "lz4" }],
  ["zstd", { ...base, codec: "zstd" }],
];

type Draft = Omit<Step, "brokers" | "rounds" | "kinds"> & Partial<Pick<Step, "rounds" | "kinds">>;

export function planOf(scale: Scale, rounds: number): Step[] {
  const isFull = scale === "full";
  const few = isFull ? Math.min(3, rounds) : Math.min(2, rounds);
  const one = (draft: Draft): Step => ({ brokers: 1, rounds, kinds: pair, ...draft });
  const three = (draft: Draft): Step => ({ ...one(draft), brokers: 3 });
  return [...oneBroker(isFull, few).map(one), ...threeBrokers(isFull).map(three)];
}

function warmUps(): Draft[] {
  return [
    {
      workload: "first bytes",
      point: "1 GB, cold",
      kinds: everyKind,
      rounds: 1,
      seconds: 6,
      always: true,
      run: firstBytes,
    },
    { workload: "warm-up", point: "page cache", kinds: everyKind, rounds: 2, seconds: 5, always: true, run: warmUp },
  ];
}

function consuming(filled: FilledTopic, kinds: readonly Kind[]): Draft {
  const drop = (bench: Parameters<Step["run"]>[0]) => filled.drop(bench);
  return {
    workload: workloads.consume,
    point: points.pageCache,
    kinds,
    seconds: 1.5,
    run: consume(filled),
    after: drop,
  };
}

function oneBroker(isFull: boolean, few: number): Draft[] {
  const filled = new FilledTopic();
  const growth = new PartitionGrowth(isFull ? [10, 100, 1_000, 5_000] : [10, 1_000]);
  const cached = consuming(filled, everyKind);
  const steps: Draft[] = [
    ...warmUps(),
    { workload: workloads.produce, point: points.base, kinds: everyKind, seconds: 2, run: produce(base) },
    {
      workload: workloads.produce,
      point: points.largeBatches,
      kinds: isFull ? everyKind : ["one", "ports"],
      seconds: 2,
      run: produce(largeBatches),
    },
  ];
  if (isFull)
    for (const [point, at] of variations)
      steps.push({ workload: workloads.produce, point, seconds: 2.2, run: produce(at) });
  // The topic is dropped behind the last step that reads it.
  steps.push({ ...cached, after: isFull ? undefined : cached.after });
  if (isFull) {
    steps.push(
      { workload: workloads.consume, point: "cold files", seconds: 2.5, run: consume(filled, { cold: true }) },
      {
        workload: "fan-out",
        point: "10 groups",
        rounds: few,
        seconds: 6,
        run: consume(filled, { groups: 10 }),
        after: cached.after,
      },
      { workload: workloads.consume, point: "1000 partitions", rounds: few, seconds: 4, run: consumeFrom(1_000) },
    );
  }
  steps.push({ workload: workloads.endToEnd, point: "peak", seconds: 2, rounds: few, run: peak(base) });
  for (const percent of isFull ? [10, 50, 80] : [50]) {
    steps.push({
      workload: workloads.endToEnd,
      point: `${percent} % of its peak`,
      seconds: 3,
      run: atPartOfPeak(base, percent / 100),
    });
  }
  if (isFull) {
    steps.push({
      workload: workloads.endToEnd,
      point: "100 MB/s",
      seconds: 3,
      run: (bench) => atRate(bench, base, (100 * MB) / base.batchBytes),
    });
    for (const inFlight of [1, 8]) {
      steps.push({
        workload: workloads.small,
        point: `100 B, 3 × ${inFlight} in flight`,
        seconds: 2,
        run: produce({ ...single, inFlight }),
      });
    }
  }
  steps.push({
    workload: workloads.small,
    point: points.lowLoad,
    kinds: everyKind,
    seconds: 3,
    run: (bench) => atRate(bench, single, 500),
  });
  steps.push({
    workload: workloads.memory,
    point: points.afterAll,
    kinds: everyKind,
    rounds: 1,
    seconds: 0,
    run: memoryNow,
  });
  const clients = isFull ? [javaPerf, rdkafkaPerf, kafkajs] : [javaPerf];
  for (const client of clients) {
    // kafkajs moves a tenth of what the others do in a second.
    const run = otherClient(client, client === kafkajs ? 0.2 : 1);
    steps.push({
      workload: client.name,
      point: "produce, consume",
      rounds: few,
      seconds: 12,
      whyNot: () => client.whyNot(),
      run,
    });
  }
  steps.push(
    {
      workload: workloads.partitions,
      point: "produce, 16 KB batches",
      seconds: isFull ? 8 : 4,
      before: (bench) => growth.before(bench),
      run: (bench) => growth.run(bench),
      after: (bench) => growth.after(bench),
    },
    { workload: workloads.start, point: "to the first acknowledged record", seconds: 8, run: start },
    { workload: workloads.idle, point: "memory and CPU", rounds: isFull ? 2 : 1, seconds: isFull ? 50 : 25, run: idle },
  );
  return steps;
}

function threeBrokers(isFull: boolean): Draft[] {
  const kinds: readonly Kind[] = isFull ? everyKind : ["one", "self", "kafka"];
  const filled = new FilledTopic();
  return [
    ...warmUps().map((step) => ({ ...step, kinds, rounds: 1 })),
    { workload: workloads.produce, point: points.base, kinds, seconds: 3, run: produce(base) },
    consuming(filled, kinds),
    { workload: workloads.endToEnd, point: "peak", kinds, rounds: 2, seconds: 3, run: peak(base) },
    { workload: workloads.endToEnd, point: points.half, kinds, seconds: 4, run: atPartOfPeak(base, 0.5) },
    { workload: workloads.memory, point: points.afterAll, kinds, rounds: 1, seconds: 0, run: memoryNow },
  ];
}
