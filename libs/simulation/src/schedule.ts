import type { NodeId, SeededRandom } from "@moldau/base";

/** A fault, and when it begins. Durations end it; what is not ended by then is when the run heals. Times in virtual ms. */
export type Fault = { readonly atMs: number } & (
  | { kind: "kill"; node: NodeId; downMs: number }
  /** The machine loses power: what was not synced goes, all but `keep` of it. */
  | { kind: "power-cut"; node: NodeId; downMs: number; keep: number }
  | { kind: "power-cut-all"; downMs: number; keep: number }
  | { kind: "pause"; node: NodeId; forMs: number }
  | { kind: "clean-restart"; node: NodeId; downMs: number }
  /** Messages from `from` to `to` go nowhere. */
  | { kind: "cut"; from: readonly NodeId[]; to: readonly NodeId[]; bothWays: boolean; forMs: number }
  | { kind: "weather"; lossChance: number; replayChance: number; latencyMaxMs: number; forMs: number }
  | { kind: "slow-disk"; node: NodeId; latencyMaxMs: number; forMs: number }
  /** The disk fails, by chance; the process gives up and is started again on a disk that works. */
  | { kind: "disk-error"; node: NodeId; errno: "EIO" | "ENOSPC"; chance: number; forMs: number }
  | { kind: "clock-step"; node: NodeId; byMs: number }
  | { kind: "client-kill"; client: number }
  /** A transactional producer's successor begins; the old one dies, or goes on until it is told. */
  | { kind: "transactor-replaced"; pick: number; dies: boolean }
  /** A member of a group dies, or leaves, and another one comes; a static one may go on until it is told. */
  | { kind: "member-replaced"; pick: number; dies: boolean }
  /** A member of a group stands still, beyond its session or not. */
  | { kind: "member-pause"; pick: number; forMs: number }
  /** Another coordinator owns its shards; it is dead, or does not know it yet. */
  | { kind: "coordinator-gone"; pick: number; forMs: number; dies: boolean }
  | { kind: "elect-preferred" }
  | { kind: "reassign"; pick: number; cancelAfterMs: number }
);

export type FaultKind = Fault["kind"];

export interface ClusterSize {
  readonly controllers: readonly NodeId[];
  readonly brokers: readonly NodeId[];
  readonly coordinators: readonly NodeId[];
  readonly clients: number;
}

export interface ScheduleOptions {
  readonly fromMs: number;
  readonly untilMs: number;
  /** Mean time between the beginnings of faults. */
  readonly everyMs: number;
  readonly kinds: readonly FaultKind[];
}

/** Faults at random times on random nodes. The whole schedule is known before the run, so that it can be made smaller. */
export function drawSchedule(random: SeededRandom, size: ClusterSize, options: ScheduleOptions): Fault[] {
  const faults: Fault[] = [];
  const { fromMs, untilMs, everyMs, kinds } = options;
  for (let atMs = fromMs + random.below(everyMs); atMs < untilMs; atMs += 1 + random.below(2 * everyMs)) {
    faults.push(drawFault(random, size, random.pick(kinds), atMs));
  }
  return faults;
}

function drawFault(random: SeededRandom, size: ClusterSize, kind: FaultKind, atMs: number): Fault {
  const nodes = [...size.controllers, ...size.brokers, ...size.coordinators];
  // Brokers hold the data: they get the larger share.
  const node = random.chance(0.5) ? random.pick(size.brokers) : random.pick(nodes);
  const downMs = 50 + random.below(random.chance(0.3) ? 6_000 : 1_500);
  const forMs = 100 + random.below(random.chance(0.3) ? 8_000 : 2_000);
  const keep = 0.2 * random.next();
  switch (kind) {
    case "kill":
    case "clean-restart":
      return { atMs, kind, node, downMs };
    case "power-cut":
      return { atMs, kind, node, downMs, keep };
    case "power-cut-all":
      return { atMs, kind, downMs, keep };
    case "pause":
      return { atMs, kind, node, forMs };
    case "cut": {
      const { from, to } = drawCut(random, nodes, node);
      return { atMs, kind, from, to, bothWays: random.chance(0.6), forMs };
    }
    case "weather": {
      const lossChance = random.chance(0.5) ? 0 : 0.3 * random.next();
      const replayChance = random.chance(0.3) ? 0 : 0.5 * random.next();
      return { atMs, kind, lossChance, replayChance, latencyMaxMs: 1 + random.below(80), forMs };
    }
    case "slow-disk":
      return { atMs, kind, node, latencyMaxMs: 5 + random.below(400), forMs };
    case "disk-error":
      return {
        atMs,
        kind,
        node,
        errno: random.chance(0.5) ? "EIO" : "ENOSPC",
        chance: 0.02 + 0.3 * random.next(),
        forMs,
      };
    case "clock-step":
      return { atMs, kind, node, byMs: (random.next() - 0.5) * 20_000 };
    case "client-kill":
      return { atMs, kind, client: random.below(size.clients) };
    case "transactor-replaced":
    case "member-replaced":
      return { atMs, kind, pick: random.below(1_000_000), dies: random.chance(0.6) };
    case "member-pause":
      return { atMs, kind, pick: random.below(1_000_000), forMs };
    case "coordinator-gone":
      return { atMs, kind, pick: random.below(1_000_000), forMs, dies: random.chance(0.5) };
    case "elect-preferred":
      return { atMs, kind };
    case "reassign":
      return { atMs, kind, pick: random.below(1_000_000), cancelAfterMs: random.chance(0.3) ? random.below(800) : -1 };
  }
}

/** One node from the others, one from one other, or the nodes in two parts. */
function drawCut(random: SeededRandom, nodes: readonly NodeId[], node: NodeId): { from: NodeId[]; to: NodeId[] } {
  const others = nodes.filter((each) => each !== node);
  const dice = random.next();
  if (dice < 0.4) return { from: [node], to: others };
  if (dice < 0.7) return { from: [node], to: [random.pick(others)] };
  const from = nodes.filter(() => random.chance(0.4));
  return { from, to: nodes.filter((each) => !from.includes(each)) };
}

/** For a person. */
export function describeFault(fault: Fault): string {
  const { atMs, kind, ...rest } = fault;
  const facts = Object.entries(rest).map(
    ([key, value]) => `${key}=${typeof value === "object" ? value.join("+") : round(value)}`,
  );
  return `${(atMs / 1000).toFixed(3)} s ${kind} ${facts.join(" ")}`.trimEnd();
}

function round(value: unknown): string {
  return typeof value === "number" && !Number.isInteger(value) ? value.toFixed(3) : String(value);
}
