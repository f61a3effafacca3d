// Which plots there are: each of what was measured, none of what was not.
import { medianAt, series } from "../figures/select";
import type { Measurement } from "../measurement";
import { partitionsPoint, points, workloads } from "../points";
import { bars, lines, type Plot, type Series } from "./svg";

export interface DrawnPlot {
  file: string;
  title: string;
  svg: string;
}

interface Wanted {
  file: string;
  title: string;
  unit: string;
  kind: "bars" | "lines";
  log?: boolean;
  figure: string;
  systems: readonly string[];
  /** Heading, workload and point of each category. */
  categories: readonly (readonly [string, string, string])[];
}

const short: Readonly<Record<string, string>> = {
  one: "Moldau",
  self: "Moldau split, self",
  ports: "Moldau split, gateway apart",
  kafka: "Apache Kafka",
  "one-3": "Moldau, one process",
  "self-3": "Moldau split, self",
  "ports-3": "Moldau split, gateway apart",
  "kafka-3": "Apache Kafka",
};
const shapes = ["one", "self", "ports", "kafka"];
/** A system has one colour in all plots. */
const colourOf = (system: string): number => shapes.indexOf(system.replace(/-3$/, ""));
const floorColour = shapes.length;
const threes = shapes.map((name) => `${name}-3`);
const pair = ["one", "kafka"];

const sizes = [
  ["100 B", workloads.produce, "100 B records"],
  ["1 KB", workloads.produce, points.base],
  ["10 KB", workloads.produce, "10 KB records"],
] as const;
const axes = [
  ["1 part.", workloads.produce, "1 partition"],
  ["100 part.", workloads.produce, "100 partitions"],
  ["1000 part.", workloads.produce, "1000 partitions"],
  ["acks=0", workloads.produce, "acks=0"],
  ["acks=1", workloads.produce, "acks=1"],
  ["lz4", workloads.produce, "lz4"],
  ["zstd", workloads.produce, "zstd"],
] as const;
const moving = [
  ["produce 64 KB", workloads.produce, points.base],
  ["produce 1 MB", workloads.produce, points.largeBatches],
  ["consume", workloads.consume, points.pageCache],
] as const;
const three = [moving[0], moving[2]];
const loads = [10, 50, 80].map((percent) => [`${percent} %`, workloads.endToEnd, `${percent} % of its peak`] as const);
const counts = [10, 100, 1_000, 5_000].map((n) => [String(n), workloads.partitions, partitionsPoint(n)] as const);
const starts = [
  ["on an empty folder", workloads.start, points.emptyFolder],
  ["again", workloads.start, points.restart],
] as const;
const memory = [["after the run", workloads.memory, points.afterAll]] as const;

const more = "more is better";
const less = "less is better";
const wanted: readonly Wanted[] = [
  {
    file: "throughput",
    title: "Throughput, one broker",
    unit: `MB/s, ${more}`,
    kind: "bars",
    figure: "mbPerSecond",
    systems: shapes,
    categories: moving,
  },
  {
    file: "cpu",
    title: "CPU of the system, one broker",
    unit: `CPU-seconds per GB, ${less}`,
    kind: "bars",
    figure: "cpuSecondsPerGb",
    systems: shapes,
    categories: moving,
  },
  {
    file: "record-size",
    title: "Produce, 64 KB batches of records of this size",
    unit: `MB/s, ${more}`,
    kind: "bars",
    figure: "mbPerSecond",
    systems: pair,
    categories: sizes,
  },
  {
    file: "axes",
    title: "Produce, one thing varied",
    unit: `MB/s, ${more}`,
    kind: "bars",
    figure: "mbPerSecond",
    systems: pair,
    categories: axes,
  },
  {
    file: "latency-p50",
    title: "End-to-end p50 over load (part of its own peak)",
    unit: `ms, logarithmic, ${less}`,
    kind: "lines",
    log: true,
    figure: "p50Ms",
    systems: pair,
    categories: loads,
  },
  {
    file: "latency-p99",
    title: "End-to-end p99 over load (part of its own peak)",
    unit: `ms, logarithmic, ${less}`,
    kind: "lines",
    log: true,
    figure: "p99Ms",
    systems: pair,
    categories: loads,
  },
  {
    file: "partitions",
    title: "CPU per record over partitions, 16 KB batches",
    unit: `µs, logarithmic, ${less}`,
    kind: "lines",
    log: true,
    figure: "cpuUsPerRecord",
    systems: pair,
    categories: counts,
  },
  {
    file: "start",
    title: "From start to the first acknowledged record",
    unit: `ms, ${less}`,
    kind: "bars",
    figure: "toFirstAckMs",
    systems: pair,
    categories: starts,
  },
  {
    file: "memory",
    title: "Resident memory",
    unit: `MB, ${less}`,
    kind: "bars",
    figure: "rssMb",
    systems: shapes,
    categories: memory,
  },
  {
    file: "three-brokers",
    title: "Three brokers, three replicas, acks=all",
    unit: `MB/s, ${more}`,
    kind: "bars",
    figure: "mbPerSecond",
    systems: threes,
    categories: three,
  },
  {
    file: "three-brokers-cpu",
    title: "Three brokers: CPU of the system",
    unit: `CPU-seconds per GB, ${less}`,
    kind: "bars",
    figure: "cpuSecondsPerGb",
    systems: threes,
    categories: three,
  },
];

/** The physical floor's place beside a figure of these workloads. */
const floors: Readonly<Record<string, string>> = {
  [`${workloads.produce} ${points.base}`]: "socket to file, 64 KB",
  [`${workloads.produce} ${points.largeBatches}`]: "socket to file, 1 MB",
  [`${workloads.consume} ${points.pageCache}`]: points.bareFetches,
};

function plotOf(measurements: readonly Measurement[], want: Wanted): Plot | undefined {
  const { figure, title, unit, log } = want;
  const measured = want.categories.filter(([, workload, point]) =>
    want.systems.some((system) => medianAt(measurements, { workload, point, system, figure }) !== undefined),
  );
  if (measured.length === 0) return undefined;
  const all: Series[] = want.systems.map((system) => {
    const places = measured.map(([, workload, point]) => ({ workload, point, system, figure }));
    const ranges = places.map((place) => {
      const values = [...series(measurements, place).values()];
      return values.length < 2 ? undefined : ([Math.min(...values), Math.max(...values)] as const);
    });
    const values = places.map((place) => medianAt(measurements, place));
    return { name: short[system] ?? system, colour: colourOf(system), values, ranges };
  });
  if (want.file === "throughput" || want.file === "cpu") {
    const values = measured.map(([, workload, point]) =>
      medianAt(measurements, {
        workload: workloads.floor,
        point: floors[`${workload} ${point}`] ?? "",
        system: "floor",
        figure,
      }),
    );
    all.push({ name: "bare socket and file", colour: floorColour, values });
  }
  const drawn = all.filter(({ values }) => values.some((value) => value !== undefined));
  return { title, unit, log, categories: measured.map(([heading]) => heading), series: drawn };
}

/** Every plot that something was measured for. */
export function drawPlots(measurements: readonly Measurement[]): DrawnPlot[] {
  return wanted.flatMap((want) => {
    const plot = plotOf(measurements, want);
    if (plot === undefined) return [];
    return [{ file: `${want.file}.svg`, title: want.title, svg: want.kind === "bars" ? bars(plot) : lines(plot) }];
  });
}
