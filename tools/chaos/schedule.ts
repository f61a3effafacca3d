// Which fault comes when: a pure function of a seed. Whom "the leader" means is decided when the fault comes.
import { SeededRandom } from "@moldau/base";
import type { FaultClass } from "./options";
import { between, shuffle } from "./random";

export type RoleName = "controller" | "broker" | "coordinator" | "gateway";

/**
 * Whom a fault meets: `broker-2` by name, `leader:N` whoever leads partition N (counted over all topics of the run),
 * `active-controller`, or `all:broker`, `all` for every process of a role or of the cluster.
 */
export type Target = string;

/**
 * How a partition cuts. `isolate`: the targets hear nobody and nobody hears them. `deaf`: they hear nobody, others hear them.
 * `mute`: the other way round. `split`: the targets hear one another, and so do the rest. `pair`: the two targets lose
 * each other and nobody else. `lossy`: a fifth of the packets from and to them is lost.
 */
export const cuts = ["isolate", "deaf", "mute", "split", "pair", "lossy"] as const;
export type Cut = (typeof cuts)[number];

export type Fault =
  | { class: "kill"; targets: Target[]; forMs: number }
  | { class: "pause"; targets: Target[]; forMs: number }
  | { class: "partition"; cut: Cut; targets: Target[]; forMs: number }
  | { class: "disk-full"; targets: Target[]; forMs: number }
  | { class: "disk-error"; targets: Target[]; what: "write" | "sync" | "both"; forMs: number }
  | { class: "power-cut"; targets: Target[]; forMs: number }
  | { class: "clock"; targets: Target[]; stepMs: number; forMs: number }
  | { class: "client"; what: "kill" | "pause"; count: number; forMs: number }
  | { class: "membership"; what: "replicas" | "voters"; pick: number; forMs: number };

export interface Slot {
  /** Milliseconds after the beginning of the faults. */
  atMs: number;
  faults: Fault[];
}

export interface ScheduleOptions {
  seed: number;
  minutes: number;
  classes: readonly FaultClass[];
  /** Names of the cluster's processes: `broker-1`, `controller-201`, … */
  nodes: readonly string[];
  /** Partitions over all topics of the run. */
  partitions: number;
  /** With `os`, one storage node at a time may lose power: what the others hold in memory is what keeps it safe. */
  durability: "os" | "fsync";
}

/** Distance between the beginnings of two faults. */
export const slotMs = 15_000;
/** A fault is over before the next one begins: it lasts at most this long, and healing takes some time too. */
const faultMsMax = 11_000;
/** One slot in so many has two classes at once. */
const mixEvery = 3;

/** The faults of a run: one slot every 15 s, each of one class or a mix of two; equal seeds give equal schedules. */
export function schedule(options: ScheduleOptions): Slot[] {
  const random = new SeededRandom(options.seed);
  const slots: Slot[] = [];
  const endMs = options.minutes * 60_000;
  let deck: FaultClass[] = [];
  for (let atMs = 0; atMs + slotMs <= Math.max(slotMs, endMs); atMs += slotMs) {
    const count = options.classes.length > 1 && random.next() < 1 / mixEvery ? 2 : 1;
    const classes: FaultClass[] = [];
    while (classes.length < count) {
      // Dealt, not drawn: every class has its turn before one comes again.
      if (deck.length === 0) deck = shuffle(random, options.classes);
      const dealt = deck.pop()!;
      if (!classes.includes(dealt)) classes.push(dealt);
    }
    slots.push({ atMs, faults: classes.map((name) => makeFault(name, options, random)) });
  }
  return slots;
}

function makeFault(name: FaultClass, options: ScheduleOptions, random: SeededRandom): Fault {
  const forMs = Math.round(between(random, 1_500, faultMsMax));
  switch (name) {
    case "kill":
      return { class: name, targets: someTargets(options, random), forMs: Math.round(between(random, 300, 8_000)) };
    case "pause":
      return { class: name, targets: someTargets(options, random), forMs };
    case "partition":
      return partition(options, random, forMs);
    case "disk-full":
      return { class: name, targets: [storageTarget(options, random)], forMs };
    case "disk-error":
      return {
        class: name,
        targets: [storageTarget(options, random)],
        what: random.pick(["write", "sync", "both"] as const),
        forMs: Math.round(between(random, 500, 5_000)),
      };
    case "power-cut":
      return { class: name, targets: powerTargets(options, random), forMs: Math.round(between(random, 500, 6_000)) };
    case "clock": {
      const magnitude = 10 ** between(random, 2, 6.5);
      const stepMs = Math.round(random.chance(0.5) ? magnitude : -magnitude);
      return { class: name, targets: [oneTarget(options, random)], stepMs, forMs };
    }
    case "client":
      return {
        class: name,
        what: random.pick(["kill", "pause"] as const),
        count: random.chance(0.3) ? 3 : 1,
        forMs,
      };
    case "membership":
      return {
        class: name,
        what: random.chance(0.6) ? "replicas" : "voters",
        pick: random.below(options.partitions),
        forMs,
      };
  }
}

function partition(options: ScheduleOptions, random: SeededRandom, forMs: number): Fault {
  const cut = random.pick(cuts);
  if (cut === "split" || cut === "pair") {
    const nodes = shuffle(
      random,
      options.nodes.filter((name) => !name.startsWith("gateway")),
    );
    const count = cut === "pair" ? 2 : Math.floor(between(random, 1, nodes.length / 2 + 1));
    return { class: "partition", cut, targets: nodes.slice(0, count), forMs };
  }
  return { class: "partition", cut, targets: [oneTarget(options, random)], forMs };
}

/** One process; half of the time the one whose loss costs most. */
function oneTarget(options: ScheduleOptions, random: SeededRandom): Target {
  const draw = random.next();
  if (draw < 0.35) return `leader:${random.below(options.partitions)}`;
  if (draw < 0.5) return "active-controller";
  return random.pick(options.nodes);
}

/** Mostly one process, now and then two, a whole role, everything. */
function someTargets(options: ScheduleOptions, random: SeededRandom): Target[] {
  const draw = random.next();
  if (draw < 0.65) return [oneTarget(options, random)];
  if (draw < 0.85) return [oneTarget(options, random), random.pick(options.nodes)];
  if (draw < 0.95) return [`all:${random.pick(["broker", "controller", "coordinator", "gateway"] as const)}`];
  return ["all"];
}

function storageTarget(options: ScheduleOptions, random: SeededRandom): Target {
  const draw = random.next();
  if (draw < 0.5) return `leader:${random.below(options.partitions)}`;
  if (draw < 0.7) return "active-controller";
  return random.pick(storageNodes(options));
}

function powerTargets(options: ScheduleOptions, random: SeededRandom): Target[] {
  if (options.durability === "os" || random.chance(0.5)) return [storageTarget(options, random)];
  if (random.chance(0.5)) return [random.pick(["all:broker", "all:broker", "all:controller", "all"])];
  return shuffle(random, storageNodes(options)).slice(0, 3);
}

const storageNodes = (options: ScheduleOptions) => options.nodes.filter((name) => /^(broker|controller)-/.test(name));

/** One line for a person. */
export function describe(fault: Fault): string {
  const seconds = `${(fault.forMs / 1000).toFixed(1)} s`;
  switch (fault.class) {
    case "kill":
    case "pause":
    case "disk-full":
    case "power-cut":
      return `${fault.class} ${fault.targets.join("+")} for ${seconds}`;
    case "disk-error":
      return `disk-error (${fault.what}) ${fault.targets.join("+")} for ${seconds}`;
    case "partition":
      return `partition (${fault.cut}) ${fault.targets.join("+")} for ${seconds}`;
    case "clock":
      return `clock ${fault.targets.join("+")} ${fault.stepMs > 0 ? "+" : ""}${(fault.stepMs / 1000).toFixed(1)} s for ${seconds}`;
    case "client":
      return `client ${fault.what} ×${fault.count}${fault.what === "pause" ? ` for ${seconds}` : ""}`;
    case "membership":
      return fault.what === "voters"
        ? `membership (a controller leaves the quorum) for ${seconds}`
        : `membership (partition ${fault.pick} moves) for ${seconds}`;
  }
}
