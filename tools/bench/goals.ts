// The goals, as figures: what is divided by what, and where it has to be.
import { medianAt, type Place, ratioAt, series } from "./figures/select";
import { median } from "./figures/statistics";
import type { Measurement } from "./measurement";
import { partitionsPoint, points, workloads } from "./points";

/** A goal and what was measured of it. */
export interface GoalResult {
  group: string;
  goal: string;
  /** `≥ 1.0`, `≤ 20 KB` */
  wanted: string;
  /** Undefined where it was not measured. */
  measured: number | undefined;
  /** The measured value and, of a ratio, the pairs' range. */
  shown: string;
  met: boolean | undefined;
}

interface Goal {
  group: string;
  goal: string;
  compare: "≥" | "≤" | "<";
  limit: number;
  unit: string;
  of(
    measurements: readonly Measurement[],
  ): { value: number; range?: readonly [number, number]; details?: string } | undefined;
}

const at = (workload: string, point: string, system: string, figure: string): Place => ({
  workload,
  point,
  system,
  figure,
});

/** A ratio of two systems' figures, pair by pair. */
function ratio(
  group: string,
  goal: string,
  compare: "≥" | "≤",
  limit: number,
  place: Place,
  other: Partial<Place>,
): Goal {
  return {
    group,
    goal,
    compare,
    limit,
    unit: "",
    of(measurements) {
      const found = ratioAt(measurements, place, other);
      if (found === undefined) return undefined;
      const show = (value: number | undefined) =>
        value === undefined ? "?" : value >= 100 ? value.toFixed(0) : value.toPrecision(3);
      const details = `${show(medianAt(measurements, place))} : ${show(medianAt(measurements, { ...place, ...other }))}`;
      return { value: found.median, range: [found.low, found.high], details };
    },
  };
}

/** A figure as it is: the largest over these places, since each of them has to keep it. */
function figure(
  group: string,
  goal: string,
  compare: "≤" | "<",
  limit: number,
  unit: string,
  places: readonly Place[] | ((all: readonly Measurement[]) => Place[]),
): Goal {
  return {
    group,
    goal,
    compare,
    limit,
    unit,
    of(measurements) {
      const list = typeof places === "function" ? places(measurements) : places;
      const values = list.flatMap((place) => medianAt(measurements, place) ?? []);
      return values.length === 0 ? undefined : { value: Math.max(...values) };
    },
  };
}

/** Every point of a workload that has this figure. */
const wherever = (workload: string, system: string, name: string) => (all: readonly Measurement[]) =>
  [
    ...new Set(all.filter((each) => each.workload === workload && each.system === system).map(({ point }) => point)),
  ].map((point) => at(workload, point, system, name));

function threeBrokers(system: string, group: string): Goal[] {
  const kafka = { system: "kafka-3" };
  return [
    ratio(group, "produce, MB/s", "≥", 0.8, at(workloads.produce, points.base, system, "mbPerSecond"), kafka),
    ratio(group, "consume, MB/s", "≥", 0.8, at(workloads.consume, points.pageCache, system, "mbPerSecond"), kafka),
    ratio(
      group,
      "end-to-end p99 at the same half load",
      "≤",
      1,
      at(workloads.endToEnd, points.half, system, "p99Ms"),
      kafka,
    ),
  ];
}

const one = "One process, to Apache Kafka";
const apart = "Gateway apart, to one process";
const growth = "Growth, one process";
const kafka = { system: "kafka" };
const toOne = { system: "one" };

export const goals: readonly Goal[] = [
  ratio(one, "produce, MB/s", "≥", 1, at(workloads.produce, points.base, "one", "mbPerSecond"), kafka),
  ratio(one, "consume, MB/s", "≥", 1, at(workloads.consume, points.pageCache, "one", "mbPerSecond"), kafka),
  ratio(one, "produce, CPU-s/GB", "≤", 1, at(workloads.produce, points.base, "one", "cpuSecondsPerGb"), kafka),
  ratio(one, "consume, CPU-s/GB", "≤", 1, at(workloads.consume, points.pageCache, "one", "cpuSecondsPerGb"), kafka),
  ratio(
    one,
    "end-to-end p99 at the same half load",
    "≤",
    0.5,
    at(workloads.endToEnd, points.half, "one", "p99Ms"),
    kafka,
  ),
  ratio(
    one,
    "start to first acknowledged record",
    "≤",
    0.2,
    at(workloads.start, points.emptyFolder, "one", "toFirstAckMs"),
    kafka,
  ),
  ratio(
    one,
    "start again to first acknowledged record",
    "≤",
    0.2,
    at(workloads.start, points.restart, "one", "toFirstAckMs"),
    kafka,
  ),
  ratio(one, "RSS after the run", "≤", 0.3, at(workloads.memory, points.afterAll, "one", "rssMb"), kafka),
  ...threeBrokers("self-3", "Three brokers in three processes, replication 3, acks=all, to Apache Kafka"),
  ratio(
    apart,
    "produce, 64 KB batches, MB/s",
    "≥",
    0.5,
    at(workloads.produce, points.base, "ports", "mbPerSecond"),
    toOne,
  ),
  ratio(
    apart,
    "produce, 1 MB batches, MB/s",
    "≥",
    0.6,
    at(workloads.produce, points.largeBatches, "ports", "mbPerSecond"),
    toOne,
  ),
  ratio(
    apart,
    "consume, 1 MB of a partition at a time, MB/s",
    "≥",
    0.6,
    at(workloads.consume, points.pageCache, "ports", "mbPerSecond"),
    toOne,
  ),
  {
    group: apart,
    goal: "p50 at low load, more than one process",
    compare: "≤",
    limit: 1,
    unit: " ms",
    of(measurements) {
      const place = at(workloads.small, points.lowLoad, "ports", "ackP50Ms");
      const direct = series(measurements, { ...place, system: "one" });
      const more = [...series(measurements, place)].flatMap(([round, ms]) =>
        direct.has(round) ? [ms - direct.get(round)!] : [],
      );
      return more.length === 0 ? undefined : { value: median(more), range: [Math.min(...more), Math.max(...more)] };
    },
  },
  ratio(
    growth,
    "CPU per record, 1,000 partitions to 10",
    "≤",
    1.2,
    at(workloads.partitions, partitionsPoint(1_000), "one", "cpuUsPerRecord"),
    { point: partitionsPoint(10) },
  ),
  figure(growth, "memory of an idle partition", "≤", 20, " KB", wherever(workloads.idle, "one", "kbPerPartition")),
  figure(growth, "memory of an idle connection", "≤", 30, " KB", wherever(workloads.idle, "one", "kbPerConnection")),
  figure(growth, "CPU of an idle cluster", "<", 1, " % of a core", [
    at(workloads.idle, points.empty, "one", "idleCorePercent"),
  ]),
];

/** Each goal with what was measured of it. */
export function goalResults(measurements: readonly Measurement[]): GoalResult[] {
  return goals.map(({ group, goal, compare, limit, unit, of }) => {
    const wanted = `${compare} ${limit}${unit}`;
    const found = of(measurements);
    if (found === undefined) return { group, goal, wanted, measured: undefined, shown: "not measured", met: undefined };
    const { value, range, details } = found;
    const met = compare === "≥" ? value >= limit : compare === "≤" ? value <= limit : value < limit;
    const show = (number: number) => number.toFixed(2);
    const spread =
      range === undefined ? "" : ` (${show(range[0])} to ${show(range[1])}${details ? `; ${details}` : ""})`;
    return { group, goal, wanted, measured: value, shown: `${show(value)}${unit}${spread}`, met };
  });
}

/** As rows of a table, the head first. */
export function goalRows(results: readonly GoalResult[]): string[][] {
  const said = (met: boolean | undefined) => (met === undefined ? "–" : met ? "met" : "NOT MET");
  const rows = results.map(({ group, goal, wanted, shown, met }, i) => [
    results[i - 1]?.group === group ? "" : group,
    goal,
    wanted,
    shown,
    said(met),
  ]);
  return [["", "goal", "wanted", "measured (pairs from … to; medians)", ""], ...rows];
}
