import { KafkaError } from "@moldau/base";
import { record } from "@moldau/metadata";
import { alterPartition } from "./alter-partition";
import { balanceLeaders, electLeaders } from "./elect-leaders";
import { bootstrapRecords, updateFeatures } from "./features";
import { heartbeat, type HeartbeatRequest } from "./heartbeat";
import { allocateProducerIds, PRODUCER_ID_BLOCK } from "./producer-ids";
import { registerNode, type RegistrationRequest } from "./registration";
import { NodeSessions } from "./sessions";
import { on, World } from "./testing/world";

const sessionMs = 9_000;
let world: World;
let sessions: NodeSessions;
beforeEach(() => {
  world = new World();
  sessions = new NodeSessions(sessionMs);
});

const epochOf = (nodeId: number) => world.image.brokers.get(nodeId)!.epoch;

function register(nodeId: number, change: Partial<RegistrationRequest> = {}, nowMs = 0) {
  return world.decide(
    registerNode(
      world.image,
      world.settings,
      sessions,
      {
        nodeId,
        clusterId: "",
        incarnationId: `${nodeId}`.padStart(22, "A"),
        roles: ["broker"],
        endpoints: [{ name: "RPC", host: "h", port: 1000 + nodeId, securityProtocol: 0 }],
        logDirs: [],
        previousNodeEpoch: -1,
        previousIncarnationIds: [],
        ...change,
      },
      nowMs,
    ),
  );
}

function beat(nodeId: number, change: Partial<HeartbeatRequest> = {}, nowMs = 0) {
  const nodeEpoch = world.image.brokers.get(nodeId)?.epoch ?? -1;
  const request = { nodeId, nodeEpoch, metadataOffset: nodeEpoch, wantFence: false, wantShutDown: false };
  return world.decide(
    heartbeat(world.image, world.settings, sessions, { ...request, offlineLogDirs: [], ...change }, nowMs),
  );
}

describe("a node's life", () => {
  it("is fenced until it has applied its own registration", () => {
    register(1);
    expect(beat(1, { metadataOffset: epochOf(1) - 1 })).toMatchObject({ isFenced: true, isCaughtUp: false });
    expect(beat(1)).toMatchObject({ errorCode: 0, isFenced: false, isCaughtUp: true });
    expect(beat(1, { nodeEpoch: epochOf(1) - 1 }).errorCode).toBe(KafkaError.STALE_BROKER_EPOCH);
    expect(beat(7).errorCode).toBe(KafkaError.BROKER_ID_NOT_REGISTERED);
  });

  it("has one live incarnation an id", () => {
    register(1);
    const epoch = epochOf(1);
    expect(register(1)).toMatchObject({ errorCode: 0, nodeEpoch: epoch });
    beat(1, {}, 100);
    const other = { incarnationId: "B".repeat(22), endpoints: [] };
    expect(register(1, other, 200).errorCode).toBe(KafkaError.DUPLICATE_BROKER_REGISTRATION);
    expect(register(1, other, 100 + sessionMs).errorCode).toBe(0);
    expect(epochOf(1)).toBeGreaterThan(epoch);
    // One that listens where the former one listened takes its place at once.
    beat(1, {}, 200 + sessionMs);
    register(1, { incarnationId: "C".repeat(22) }, 3 * sessionMs);
    beat(1, {}, 3 * sessionMs);
    expect(register(1, { incarnationId: "D".repeat(22) }, 3 * sessionMs + 1).errorCode).toBe(0);
  });

  it("is refused with the wrong cluster, no role, or endpoints that make no sense", () => {
    world.apply(bootstrapRecords(world.image, world.settings, "A".repeat(22)));
    expect(bootstrapRecords(world.image, world.settings, "B".repeat(22))).toEqual([]);
    expect(register(1, { clusterId: "B".repeat(22) }).errorCode).toBe(KafkaError.INCONSISTENT_CLUSTER_ID);
    expect(register(1, { roles: [] }).errorCode).toBe(KafkaError.INVALID_REGISTRATION);
    const twice = [1, 2].map((port) => ({ name: "RPC", host: "h", port, securityProtocol: 0 }));
    expect(register(1, { endpoints: twice }).errorCode).toBe(KafkaError.INVALID_REGISTRATION);
  });

  it("leaves with its leaders moved and its session may end", () => {
    for (const id of [1, 2]) {
      register(id);
      beat(id);
    }
    world.create({ name: "a", assignments: on([1, 2]) });
    expect(beat(1, { wantShutDown: true })).toMatchObject({ shouldShutDown: true, isFenced: true });
    expect(world.partition("a")).toBe("2/2/");
    expect(sessions.expired(world.image, sessionMs)).toEqual([2]);
    expect(sessions.nextExpiryMs(world.image)).toBe(sessionMs);
  });
});

describe("a registration of the same start", () => {
  const endpoint = (port: number, name = "PLAINTEXT") => ({ name, host: "h", port, securityProtocol: 0 });

  it("changes nothing when it says the same, and the addresses alone when the process listens elsewhere", () => {
    for (const nodeId of [1, 2]) register(nodeId, { endpoints: [endpoint(1)], rack: "r" });
    for (const nodeId of [1, 2]) beat(nodeId);
    world.create({ name: "a", assignments: on([1, 2]) });
    const before = world.image.brokers.get(1)!;
    expect(before.fenced).toBe(false);
    expect(register(1, { endpoints: [endpoint(1)] })).toMatchObject({ errorCode: 0, nodeEpoch: before.epoch });
    expect(world.image.brokers.get(1)).toBe(before);
    const moved = { endpoints: [endpoint(2), endpoint(3, "OUT")], rack: "other" };
    expect(register(1, moved)).toMatchObject({ errorCode: 0, nodeEpoch: before.epoch });
    const endpoints = new Map(moved.endpoints.map(({ name, ...rest }) => [name, rest]));
    expect(world.image.brokers.get(1)).toEqual({ ...before, endpoints });
    expect(world.partition("a")).toBe("1/1,2/");
  });
});

describe("leaders", () => {
  beforeEach(() => {
    for (const nodeId of [1, 2, 3]) world.node(nodeId);
    world.create({ name: "a", assignments: on([1, 2, 3]) });
  });

  it("move with fencing; the last in-sync replica is remembered and leads again", () => {
    world.fence(1);
    expect(world.partition("a")).toBe("2/2,3/");
    world.fence(2);
    world.fence(3);
    expect(world.partition("a")).toBe("-1/3/");
    world.unfence(2);
    expect(world.partition("a")).toBe("-1/3/");
    world.unfence(3);
    expect(world.partition("a")).toBe("3/3/");
  });

  it("may come from eligible replicas where those are kept (KIP-966)", () => {
    world = new World({ "min.insync.replicas": "2" });
    world.apply([record("FeatureLevelRecord", { name: "eligible.leader.replicas.version", featureLevel: 1 })]);
    for (const nodeId of [1, 2, 3]) world.node(nodeId);
    world.create({ name: "a", assignments: on([1, 2, 3]) });
    world.fence(1);
    expect(world.partition("a")).toBe("2/2,3/");
    world.fence(2);
    expect(world.partition("a")).toBe("3/3/2");
    world.fence(3);
    expect(world.partition("a")).toBe("-1//2,3");
    // Replica 1 left while enough others were in sync: it may lack records.
    world.unfence(1);
    expect(world.partition("a")).toBe("-1//2,3");
    world.unfence(2);
    expect(world.partition("a")).toBe("2/2/3");
  });

  it("may come from a replica that was killed before it heard of its epoch: it lost nothing (simulation, seed 1032618)", () => {
    world = new World({ "min.insync.replicas": "2" });
    world.apply([record("FeatureLevelRecord", { name: "eligible.leader.replicas.version", featureLevel: 1 })]);
    for (const nodeId of [1, 2]) world.node(nodeId);
    world.create({ name: "a", assignments: on([1, 2]) });
    world.fence(2);
    expect(world.partition("a")).toBe("1/1/2");
    const previousNodeEpoch = epochOf(2);
    // The answer to this one never came: the process was killed again.
    register(2, { incarnationId: "B".repeat(22), previousNodeEpoch });
    expect(world.partition("a")).toBe("1/1/2");
    const next = { incarnationId: "C".repeat(22), previousNodeEpoch, previousIncarnationIds: ["B".repeat(22)] };
    register(2, next);
    expect(world.partition("a")).toBe("1/1/2");
    register(2, { incarnationId: "D".repeat(22), previousNodeEpoch, previousIncarnationIds: [] });
    expect(world.partition("a")).toBe("1/1/");
  });

  it("come from outside the ISR only where that is asked for or configured", () => {
    for (const nodeId of [1, 2, 3]) world.fence(nodeId);
    world.unfence(1);
    expect(world.partition("a")).toBe("-1/3/");
    const elect = (electionType: number) =>
      world.decide(
        electLeaders(world.image, world.settings, {
          electionType,
          topicPartitions: [{ topic: "a", partitions: [0] }],
          timeoutMs: 0,
        }),
      ).replicaElectionResults[0]!.partitionResult[0]!.errorCode;
    expect(elect(0)).toBe(KafkaError.PREFERRED_LEADER_NOT_AVAILABLE);
    expect(elect(1)).toBe(0);
    expect(world.partition("a")).toBe("1/1/");
    expect(world.image.topicsByName.get("a")!.partitions[0]!.leaderRecoveryState).toBe(1);
    expect(elect(1)).toBe(KafkaError.ELECTION_NOT_NEEDED);
  });

  it("go back to the preferred replica by themselves once it is in sync", () => {
    const leave = (isr: number[], leader: number) => {
      const partition = world.image.topicsByName.get("a")!.partitions[0]!;
      return world.decide(
        alterPartition(world.image, world.settings, {
          brokerId: leader,
          brokerEpoch: epochOf(leader),
          partitions: [
            {
              topicId: world.image.topicsByName.get("a")!.id,
              partition: 0,
              leaderEpoch: partition.leaderEpoch,
              partitionEpoch: partition.partitionEpoch,
              newIsr: isr.map((brokerId) => ({ brokerId, brokerEpoch: -1 })),
              leaderRecoveryState: 0,
            },
          ],
        }),
      ).partitions[0]!;
    };
    world.fence(1);
    expect(leave([2, 3, 1], 2).errorCode).toBe(KafkaError.INELIGIBLE_REPLICA);
    world.unfence(1);
    const balance = () => world.decide(balanceLeaders(world.image, world.settings, { imbalancePercent: 0, limit: 10 }));
    balance();
    expect(world.partition("a")).toBe("2/2,3/");
    expect(leave([2, 3, 1], 2)).toMatchObject({ errorCode: 0, isr: [2, 3, 1] });
    expect(leave([2], 3).errorCode).toBe(KafkaError.INVALID_REQUEST);
    balance();
    expect(world.partition("a")).toBe("1/2,3,1/");
  });

  it("change their ISR only with the newest epochs (rule 21)", () => {
    const topicId = world.image.topicsByName.get("a")!.id;
    const ask = (change: object, brokerEpoch = epochOf(1)) => {
      const reply = world.decide(
        alterPartition(world.image, world.settings, {
          brokerId: 1,
          brokerEpoch,
          partitions: [
            {
              topicId,
              partition: 0,
              leaderEpoch: 0,
              partitionEpoch: 0,
              newIsr: [1, 2].map((brokerId) => ({ brokerId, brokerEpoch: epochOf(brokerId) })),
              leaderRecoveryState: 0,
              ...change,
            },
          ],
        }),
      );
      return reply.partitions[0]?.errorCode ?? reply.errorCode;
    };
    expect(ask({}, 999)).toBe(KafkaError.STALE_BROKER_EPOCH);
    expect(ask({ leaderEpoch: 1 })).toBe(KafkaError.NOT_CONTROLLER);
    expect(ask({ topicId: "X".repeat(22) })).toBe(KafkaError.UNKNOWN_TOPIC_ID);
    expect(ask({ newIsr: [{ brokerId: 2, brokerEpoch: -1 }] })).toBe(KafkaError.INVALID_REQUEST);
    expect(ask({ newIsr: [1, 2].map((brokerId) => ({ brokerId, brokerEpoch: 999 })) })).toBe(
      KafkaError.INELIGIBLE_REPLICA,
    );
    expect(ask({})).toBe(0);
    expect(world.partition("a")).toBe("1/1,2/");
    expect(ask({})).toBe(KafkaError.INVALID_UPDATE_VERSION);
  });
});

it("gives shards to live coordinators, evenly, and each new owner a new epoch", () => {
  world = new World({}, true);
  world.node(1);
  world.create({ name: "__consumer_offsets", numPartitions: 6, replicationFactor: 1 });
  const { id } = world.image.topicsByName.get("__consumer_offsets")!;
  const owners = () => [0, 1, 2, 3, 4, 5].map((partition) => world.image.shardOwner(id, partition));
  const loads = () => [101, 102].map((node) => owners().filter((each) => each?.ownerId === node).length);
  expect(owners().every((each) => each === undefined)).toBe(true);
  world.node(101, { roles: ["coordinator"] });
  expect(loads()).toEqual([6, 0]);
  world.node(102, { roles: ["coordinator"] });
  expect(loads()).toEqual([3, 3]);
  const before = owners();
  world.fence(102);
  expect(loads()).toEqual([6, 0]);
  for (const [partition, owner] of owners().entries()) {
    const was = before[partition]!;
    expect(owner!.ownerEpoch).toBe(was.ownerId === 101 ? was.ownerEpoch : was.ownerEpoch + 1);
  }
  world.fence(101);
  expect(owners().map((each) => each!.ownerId)).toEqual([-1, -1, -1, -1, -1, -1]);
});

it("hands out blocks of producer ids, each once", () => {
  const allocate = (nodeId: number, nodeEpoch: number) =>
    world.decide(allocateProducerIds(world.image, { nodeId, nodeEpoch }));
  expect(allocate(301, -1)).toEqual({ errorCode: 0, firstProducerId: 0, count: PRODUCER_ID_BLOCK });
  expect(allocate(301, -1).firstProducerId).toBe(PRODUCER_ID_BLOCK);
  expect(allocate(1, 5).errorCode).toBe(KafkaError.STALE_BROKER_EPOCH);
});

it("finalizes features all or none, and does not lower the metadata's version", () => {
  world.apply(bootstrapRecords(world.image, world.settings, "A".repeat(22)));
  const update = (...features: [string, number][]) =>
    world.decide(
      updateFeatures(world.image, world.settings, {
        timeoutMs: 0,
        validateOnly: false,
        featureUpdates: features.map(([feature, maxVersionLevel]) => ({
          feature,
          maxVersionLevel,
          allowDowngrade: false,
          upgradeType: 2,
        })),
      }),
    ).errorCode;
  const elr = "eligible.leader.replicas.version";
  expect(update([elr, 0], ["no.such", 1])).toBe(KafkaError.INVALID_UPDATE_VERSION);
  expect(world.image.features.get(elr)).toBe(1);
  expect(update([elr, 0])).toBe(0);
  expect(world.image.features.has(elr)).toBe(false);
  expect(update(["metadata.version", 7])).toBe(KafkaError.INVALID_UPDATE_VERSION);
});
