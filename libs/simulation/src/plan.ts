import { type NodeId, SeededRandom } from "@moldau/base";
import type { Weather } from "./network";
import { drawSchedule, type Fault, type FaultKind } from "./schedule";
import type { NodeSpec } from "./simulated-node";

/** Everything about a run that is decided before it begins; it follows from the seed. Times in virtual ms. */
export interface Plan {
  readonly seed: number;
  readonly controllers: readonly NodeId[];
  readonly nodes: readonly NodeSpec[];
  readonly partitions: number;
  readonly shards: number;
  readonly producers: number;
  readonly committers: number;
  /** Transactional producers: whether they speak transactions v1 or v2, one each. */
  readonly transactors: readonly (1 | 2)[];
  /** Members of one group. */
  readonly members: number;
  /** So many of them are static. */
  readonly staticMembers: number;
  /** They speak KIP-848's protocol. */
  readonly consumerProtocol: boolean;
  /** In that, they say in which rack they are. */
  readonly memberRacks: boolean;
  readonly inFlightMax: number;
  readonly pauseMs: number;
  readonly fsync: boolean;
  readonly throughTheWire: boolean;
  readonly weather: Partial<Weather>;
  /** Of the coordinators' topics, which are compacted as soon as a segment is full. */
  readonly compactedSegmentBytes: number;
  readonly chaosMs: number;
  readonly schedule: readonly Fault[];
}

/** What kinds of faults a profile draws from; "all" mixes them. */
export const profiles: Readonly<Record<string, readonly FaultKind[]>> = {
  calm: [],
  kill: ["kill", "client-kill", "clean-restart"],
  pause: ["pause", "clock-step"],
  partition: ["cut"],
  weather: ["weather"],
  disk: ["slow-disk", "disk-error"],
  power: ["power-cut", "power-cut-all"],
  membership: ["reassign", "elect-preferred", "clean-restart", "kill"],
  groups: [
    "member-replaced",
    "member-replaced",
    "member-replaced",
    "member-pause",
    "member-pause",
    "coordinator-gone",
    "coordinator-gone",
    "reassign",
    "kill",
    "pause",
    "cut",
    "weather",
  ],
  transactions: ["transactor-replaced", "transactor-replaced", "kill", "pause", "cut", "weather", "client-kill"],
  all: [
    "kill",
    "kill",
    "power-cut",
    "power-cut-all",
    "pause",
    "clean-restart",
    "cut",
    "cut",
    "weather",
    "slow-disk",
    "disk-error",
    "clock-step",
    "client-kill",
    "transactor-replaced",
    "member-replaced",
    "elect-preferred",
    "reassign",
  ],
};

/** Draws a run. Sizes, settings, weather and faults all follow from the seed. */
export function drawPlan(seed: number, profile: string): Plan {
  const kinds = profiles[profile];
  if (kinds === undefined) {
    throw new Error(
      `--profile ${profile}: there is no such profile; choose one of ${Object.keys(profiles).join(", ")}`,
    );
  }
  const random = new SeededRandom(seed);
  const groups = profile === "groups";
  const controllers = idsFrom(201, random.pick([1, 3, 3]));
  const brokers = idsFrom(1, random.pick([3, 3, 4]));
  const coordinators = idsFrom(101, random.pick(groups ? [2, 2, 3] : [1, 2]));
  const producers = random.chance(0.7) ? 1 : 2;
  const fsync = random.chance(0.3);
  const transactors = Array.from({ length: random.pick(profile === "transactions" ? [1, 2] : [0, 0, 1, 2]) }, () =>
    random.pick([1, 2] as const),
  );
  // Most bugs need little time: short runs are many, long ones go deep.
  // Groups need a session's time for what happens after one.
  const chaosMs = random.chance(groups ? 0.5 : 0.9) ? 200 + random.below(1_000) : 2_000 + random.below(5_000);
  const size = { controllers, brokers, coordinators, clients: producers };
  const members = random.pick(groups ? [2, 3, 4] : [0, 0, 0, 2, 3]);
  const consumerProtocol = random.chance(groups ? 0.7 : 0.5);
  const allowed = kinds.filter(
    (kind) =>
      (fsync || kind !== "power-cut-all") &&
      (transactors.length > 0 || kind !== "transactor-replaced") &&
      (members > 0 || kind !== "member-replaced"),
  );
  const schedule =
    allowed.length === 0
      ? []
      : drawSchedule(random, size, {
          fromMs: 0,
          untilMs: chaosMs,
          everyMs: random.pick(groups ? [100, 200, 400] : [150, 300, 700, 1_500]),
          kinds: allowed,
        });
  const shared = sharedConfig(random, controllers, fsync);
  const ofMembers = new SeededRandom(seed ^ 0x2545f491);
  const spec = (role: NodeSpec["role"], own: [string, string][]) => (nodeId: NodeId) => ({
    nodeId,
    role,
    voters: controllers,
    config: new Map([
      ["node.id", String(nodeId)],
      ["process.roles", role],
      ["listeners", `${role === "broker" ? `PLAINTEXT://sim:${9_000 + nodeId},` : ""}RPC://sim:${19_000 + nodeId}`],
      ...shared,
      ...own,
      ...(role === "broker" ? ([["broker.rack", rackOf(nodeId)]] as const) : []),
    ]),
  });
  return {
    seed,
    controllers,
    nodes: [
      ...controllers.map(spec("controller", [["metadata.log.dir", "/metadata"]])),
      ...brokers.map(spec("broker", [["log.dirs", "/data"]])),
      ...coordinators.map(spec("coordinator", [])),
    ],
    partitions: groups ? 2 + random.below(4) : 1 + random.below(2),
    shards: 1 + random.below(2),
    producers,
    committers: 1,
    transactors,
    members,
    staticMembers: groups ? ofMembers.below(members + 1) : 0,
    consumerProtocol,
    memberRacks: groups && ofMembers.chance(0.5),
    inFlightMax: 1 + random.below(4),
    pauseMs: random.pick([40, 100, 250]),
    fsync,
    throughTheWire: random.chance(0.15),
    weather: { latencyMaxMs: random.pick([1, 3, 10]) },
    compactedSegmentBytes: random.pick([500, 3_000, 1_048_576]),
    chaosMs,
    schedule,
  };
}

/** Shorter times than by default, so that what they are for happens within a run; some drawn, since bugs live at both ends. */
function sharedConfig(random: SeededRandom, controllers: readonly NodeId[], fsync: boolean): [string, string][] {
  return [
    ["controller.quorum.voters", controllers.map((id) => `${id}@sim:${19_000 + id}`).join(",")],
    ["moldau.durability", fsync ? "fsync" : "buffer"],
    ["broker.session.timeout.ms", String(random.pick([1_500, 3_000, 9_000]))],
    ["broker.heartbeat.interval.ms", String(random.pick([200, 500]))],
    ["replica.lag.time.max.ms", String(random.pick([600, 2_000, 10_000]))],
    ["replica.fetch.wait.max.ms", String(random.pick([50, 300]))],
    ["metadata.log.max.record.bytes.between.snapshots", String(random.pick([2_000, 20_000, 1_000_000]))],
    ["unclean.leader.election.enable", "false"],
    ["log.segment.bytes", String(random.pick([16_384, 1_048_576]))],
    ["group.initial.rebalance.delay.ms", "0"],
    ["group.min.session.timeout.ms", "1000"],
    ["group.consumer.min.session.timeout.ms", "1000"],
    ["group.consumer.session.timeout.ms", "1500"],
    ["group.consumer.min.heartbeat.interval.ms", "100"],
    ["group.consumer.heartbeat.interval.ms", "200"],
    ["log.cleaner.backoff.ms", "150"],
    ["log.cleaner.dedupe.buffer.size", "1200"],
    ["leader.imbalance.check.interval.seconds", String(random.pick([1, 5, 300]))],
  ];
}

/** Of a broker, or of a client. */
export function rackOf(nodeId: NodeId): string {
  return `rack-${nodeId % 3}`;
}

function idsFrom(first: NodeId, count: number): NodeId[] {
  return Array.from({ length: count }, (_, i) => first + i);
}
