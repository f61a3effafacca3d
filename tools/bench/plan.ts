// Which points are measured: never the whole cross product, but one thing varied at a time around the base point.
import { javaPerf } from "./clients/java-perf";
import { kafkajs } from "./clients/kafkajs";
import { rdkafkaPerf } from "./clients/rdkafka-perf";
import { points, workloads } from "./points";
import type { Kind } from "./systems/catalog";
import { consume, FilledTopic } from "./workloads/consume";
import { atPartOfPeak, atPartOfSlowestPeak, atRate, peak } from "./workloads/end-to-end";
import { idle, produceBesideConnections } from "./workloads/idle";
import { memoryNow } from "./workloads/memory";
import { otherClient } from "./workloads/other-clients";
import { consumeFrom, PartitionGrowth } from "./workloads/partitions";
import { base, produce, type ProducePoint } from "./workloads/produce";
import { start } from "./workloads/start";
import type { Amounts, Step } from "./workloads/step";
import { firstBytes, warmUp } from "./workloads/warm-up";

/** `smoke`: every step of the full plan once and tiny, to see that the instrument works; its figures mean nothing. */
export type Scale = "smoke" | "quick" | "full";

const MB = 1e6;
export const amountsOf: Readonly<Record<Scale, Amounts>> = {
  smoke: {
    durationMs: 300,
    bytesMax: 10 * MB,
    latencyMs: 300,
    warmUpBytes: 5 * MB,
    consumeBytes: 10 * MB,
    idlePartitions: 50,
    idleConnections: 50,
    idleMs: 400,
    clientRecords: 2_000,
  },
  quick: {
    durationMs: 1_000,
    bytesMax: 250 * MB,
    latencyMs: 2_000,
    warmUpBytes: 300 * MB,
    consumeBytes: 300 * MB,
    idlePartitions: 1_000,
    idleConnections: 1_000,
    idleMs: 2_000,
    clientRecords: 100_000,
  },
  full: {
    durationMs: 1_500,
    bytesMax: 500 * MB,
    latencyMs: 3_000,
    warmUpBytes: 1_000 * MB,
    consumeBytes: 800 * MB,
    idlePartitions: 5_000,
    idleConnections: 1_000,
    idleMs: 8_000,
    clientRecords: 300_000,
  },
};

/** What a cluster of so many brokers is given. A quick run gives each byte once to every replica: three are three times the work. */
export function amountsFor(scale: Scale, brokers: 1 | 3): Amounts {
  const amounts = amountsOf[scale];
  if (scale !== "quick" || brokers === 1) return amounts;
  const { warmUpBytes, consumeBytes } = amounts;
  return { ...amounts, warmUpBytes: warmUpBytes / brokers, consumeBytes: consumeBytes / brokers };
}

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

/** @param rounds pairs of each point; some that take long, or vary little, have fewer */
export function planOf(scale: Scale, rounds: number): Step[] {
  const isFull = scale === "full";
  const few = Math.min(isFull ? 3 : 2, rounds);
  const one = (draft: Draft): Step => ({ brokers: 1, rounds, kinds: pair, ...draft });
  const three = (draft: Draft): Step => ({ ...one(draft), brokers: 3 });
  if (scale === "quick")
    return [...quickOneBroker(few).map(one), ...threeBrokers(scale, ["self", "kafka"], few, 1).map(three)];
  const counts = isFull ? [10, 100, 1_000, 5_000] : [10, 50];
  return [...fullOneBroker(scale, few, counts).map(one), ...threeBrokers(scale, everyKind, rounds, few).map(three)];
}

function warmUps(kinds: readonly Kind[], scale: Scale, brokers: 1 | 3): Draft[] {
  const always = true;
  return [
    {
      workload: "first bytes",
      point: `${amountsFor(scale, brokers).warmUpBytes / MB} MB, cold`,
      kinds,
      rounds: 1,
      seconds: 4,
      always,
      run: firstBytes,
    },
    { workload: "warm-up", point: points.pageCache, kinds, rounds: 2, seconds: 3, always, run: warmUp },
  ];
}

function consuming(filled: FilledTopic, kinds: readonly Kind[], isLast: boolean): Draft {
  // The topic is dropped behind the last step that reads it.
  const after: Step["after"] = isLast ? (bench) => filled.drop(bench) : undefined;
  return { workload: workloads.consume, point: points.pageCache, kinds, seconds: 1.2, run: consume(filled), after };
}

const producing = (point: string, how: ProducePoint, kinds: readonly Kind[] = pair): Draft => ({
  workload: workloads.produce,
  point,
  kinds,
  seconds: 2,
  run: produce(how),
});

const peaking = (few: number, kinds: readonly Kind[] = pair): Draft => ({
  workload: workloads.endToEnd,
  point: "peak",
  kinds,
  rounds: few,
  seconds: 2,
  run: peak(base),
});

const loaded = (percent: number, kinds: readonly Kind[] = pair): Draft => ({
  workload: workloads.endToEnd,
  point: `${percent} % of its peak`,
  kinds,
  seconds: 4,
  run: atPartOfPeak(base, percent / 100),
});

const atSameHalf = (kinds: readonly Kind[] = pair): Draft => ({
  workload: workloads.endToEnd,
  point: points.half,
  kinds,
  seconds: 4,
  run: atPartOfSlowestPeak(base, 0.5),
});

const atLowLoad = (kinds: readonly Kind[]): Draft => ({
  workload: workloads.small,
  point: points.lowLoad,
  kinds,
  seconds: 2.5,
  run: (bench) => atRate(bench, single, 500),
});

const remembering = (kinds: readonly Kind[]): Draft => ({
  workload: workloads.memory,
  point: points.afterAll,
  kinds,
  rounds: 1,
  seconds: 0,
  run: memoryNow,
});

function overPartitions(counts: readonly number[], kinds: readonly Kind[], seconds: number): Draft {
  const growth = new PartitionGrowth(counts);
  return {
    workload: workloads.partitions,
    point: "produce, 16 KB batches",
    kinds,
    seconds,
    before: (bench) => growth.before(bench),
    run: (bench) => growth.run(bench),
    after: (bench) => growth.after(bench),
  };
}

const starting = (few: number): Draft => ({
  workload: workloads.start,
  point: "to the first acknowledged record",
  rounds: few,
  seconds: 7,
  run: start,
});

const idling = (kinds: readonly Kind[], seconds: number): Draft => ({
  workload: workloads.idle,
  point: "memory and CPU",
  kinds,
  rounds: 1,
  seconds,
  run: idle,
});

/** What the goals ask for. */
function quickOneBroker(few: number): Draft[] {
  const shapes: readonly Kind[] = ["one", "ports", "kafka"];
  return [
    ...warmUps(shapes, "quick", 1).map((step) => ({ ...step, rounds: 1 })),
    producing(points.base, base, shapes),
    { ...producing(points.largeBatches, largeBatches, ["one", "ports"]), rounds: few },
    consuming(new FilledTopic(), shapes, true),
    peaking(few),
    { ...atSameHalf(), rounds: few },
    { ...atLowLoad(shapes), rounds: few },
    remembering(shapes),
    { ...overPartitions([10, 1_000], ["one"], 6), rounds: few },
    starting(few),
    idling(["one"], 22),
  ];
}

function fullOneBroker(scale: Scale, few: number, counts: readonly number[]): Draft[] {
  const filled = new FilledTopic();
  const { consume: reading } = workloads;
  const ten = {
    workload: "fan-out",
    point: "10 groups",
    rounds: few,
    seconds: 5,
    run: consume(filled, { groups: 10 }),
  };
  return [
    ...warmUps(everyKind, scale, 1),
    producing(points.base, base, everyKind),
    producing(points.largeBatches, largeBatches, everyKind),
    ...variations.map(([point, how]) => producing(point, how)),
    { ...producing("1000 idle connections", base), seconds: 2.5, run: produceBesideConnections },
    consuming(filled, everyKind, false),
    { workload: reading, point: "cold files", seconds: 2.5, run: consume(filled, { cold: true }) },
    { ...ten, after: (bench) => filled.drop(bench) },
    { workload: reading, point: "1000 partitions", rounds: few, seconds: 4, run: consumeFrom(1_000) },
    peaking(few),
    atSameHalf(),
    ...[10, 50, 80].map((percent) => loaded(percent)),
    ...[1, 8].map((inFlight) => ({
      workload: workloads.small,
      point: `100 B, 3 × ${inFlight} in flight`,
      seconds: 2,
      run: produce({ ...single, inFlight }),
    })),
    atLowLoad(everyKind),
    remembering(everyKind),
    ...[javaPerf, rdkafkaPerf, kafkajs].map((client) => ({
      workload: client.name,
      point: "produce, consume",
      rounds: few,
      seconds: 8,
      whyNot: () => client.whyNot(),
      // kafkajs moves in a second a part of what the others do.
      run: otherClient(client, client === kafkajs ? 0.3 : 1),
    })),
    overPartitions(counts, pair, 12),
    starting(few),
    idling(pair, 60),
  ];
}

function threeBrokers(scale: Scale, kinds: readonly Kind[], rounds: number, few: number): Draft[] {
  return [
    ...warmUps(kinds, scale, 3).map((step) => ({ ...step, rounds: 1 })),
    { ...producing(points.base, base, kinds), rounds, seconds: 3 },
    { ...consuming(new FilledTopic(), kinds, true), rounds },
    { ...peaking(Math.min(2, few), kinds), seconds: 3 },
    { ...atSameHalf(kinds), rounds },
    remembering(kinds),
  ];
}
