import { KafkaError, ZERO_UUID } from "@moldau/base";
import { record } from "@moldau/metadata";
import { alterPartition } from "./alter-partition";
import { assignReplicasToDirs } from "./assign-directories";
import { heartbeat } from "./heartbeat";
import { NodeSessions } from "./sessions";
import { on, World } from "./testing/world";

const dir = (name: string) => name.padEnd(22, "D");
let world: World;
const sessions = new NodeSessions(9_000);

/** Brokers 1 and 2 with two directories, 3 with one. */
beforeEach(() => {
  world = new World({ "min.insync.replicas": "2" });
  world.apply([record("FeatureLevelRecord", { name: "eligible.leader.replicas.version", featureLevel: 1 })]);
  for (const [nodeId, logDirs] of [
    [1, [dir("1a"), dir("1b")]],
    [2, [dir("2a"), dir("2b")]],
    [3, [dir("3a")]],
  ] as const) {
    world.node(nodeId);
    const { epoch } = world.image.brokers.get(nodeId)!;
    world.apply([record("BrokerRegistrationChangeRecord", { brokerId: nodeId, brokerEpoch: epoch, logDirs })]);
  }
  world.create({ name: "t", assignments: on([1, 2, 3], [1, 2, 3]) });
});

const partition = (id: number) => world.image.topicsByName.get("t")!.partitions[id]!;
const topicId = () => world.image.topicsByName.get("t")!.id;

function assign(brokerId: number, partitionId: number, directoryId: string) {
  const request = {
    brokerId,
    brokerEpoch: world.image.brokers.get(brokerId)!.epoch,
    replicas: [{ topicId: topicId(), partition: partitionId, directoryId }],
  };
  const { errorCode, results } = world.decide(assignReplicasToDirs(world.image, world.settings, request));
  return errorCode === KafkaError.NONE ? results[0]!.errorCode : errorCode;
}

function offline(nodeId: number, ...offlineLogDirs: string[]) {
  const nodeEpoch = world.image.brokers.get(nodeId)!.epoch;
  const request = {
    nodeId,
    nodeEpoch,
    metadataOffset: nodeEpoch,
    wantFence: false,
    wantShutDown: false,
    offlineLogDirs,
  };
  return world.decide(heartbeat(world.image, world.settings, sessions, request, 0));
}

it("knows the directory at once where a broker has only one", () => {
  expect(partition(0).directories).toEqual([ZERO_UUID, ZERO_UUID, dir("3a")]);
});

it("takes over where replicas lie, and refuses what makes no sense", () => {
  expect(assign(1, 0, dir("1a"))).toBe(0);
  expect(assign(2, 0, dir("2b"))).toBe(0);
  expect(partition(0).directories).toEqual([dir("1a"), dir("2b"), dir("3a")]);
  const { partitionEpoch, leaderEpoch } = partition(0);
  expect(assign(2, 0, dir("2b"))).toBe(0);
  expect(partition(0)).toMatchObject({ partitionEpoch, leaderEpoch, leader: 1 });
  expect(assign(1, 7, dir("1a"))).toBe(KafkaError.UNKNOWN_TOPIC_OR_PARTITION);
  world.node(4);
  expect(assign(4, 0, dir("4a"))).toBe(KafkaError.NOT_LEADER_OR_FOLLOWER);
  const ask = (brokerEpoch: number, id: string) =>
    assignReplicasToDirs(world.image, world.settings, {
      brokerId: 1,
      brokerEpoch,
      replicas: [{ topicId: id, partition: 0, directoryId: dir("1b") }],
    }).reply;
  expect(ask(999, topicId()).errorCode).toBe(KafkaError.STALE_BROKER_EPOCH);
  expect(ask(world.image.brokers.get(1)!.epoch, "x".repeat(22)).results[0]!.errorCode).toBe(
    KafkaError.UNKNOWN_TOPIC_ID,
  );
});

it("moves leaders and ISR members off a directory that fails, and leaves those elsewhere alone", () => {
  assign(1, 0, dir("1a"));
  assign(1, 1, dir("1b"));
  expect(offline(1, dir("1a"))).toMatchObject({ isFenced: false });
  expect([world.partition("t", 0), world.partition("t", 1)]).toEqual(["2/2,3/", "1/1,2,3/"]);
  expect(world.image.brokers.get(1)!.logDirs).toEqual([dir("1b")]);
  // Said again, it changes nothing.
  const before = world.image;
  offline(1, dir("1a"));
  expect(world.image).toBe(before);
});

it("lets nobody back into the ISR whose directory is gone", () => {
  assign(2, 0, dir("2a"));
  offline(2, dir("2a"));
  const wish = (partitionId: number, ...isr: number[]) => {
    const { leaderEpoch, partitionEpoch } = partition(partitionId);
    return world.decide(
      alterPartition(world.image, world.settings, {
        brokerId: 1,
        brokerEpoch: world.image.brokers.get(1)!.epoch,
        partitions: [
          {
            topicId: topicId(),
            partition: partitionId,
            leaderEpoch,
            partitionEpoch,
            newIsr: isr.map((brokerId) => ({ brokerId, brokerEpoch: -1 })),
            leaderRecoveryState: 0,
          },
        ],
      }),
    ).partitions[0]!.errorCode;
  };
  expect(wish(0, 1, 3, 2)).toBe(KafkaError.INELIGIBLE_REPLICA);
  expect(assign(2, 0, dir("2b"))).toBe(0);
  expect(wish(0, 1, 3, 2)).toBe(0);
});

it("elects nobody whose directory is gone, not even from the ELR", () => {
  assign(2, 0, dir("2a"));
  world.fence(3);
  offline(2, dir("2a"));
  expect(world.partition("t", 0)).toBe("1/1/2");
  world.fence(1);
  expect(world.partition("t", 0)).toBe("-1//2,1");
  world.unfence(3);
  expect(world.partition("t", 0)).toBe("-1//2,1");
  world.unfence(1);
  expect(world.partition("t", 0)).toBe("1/1/2");
});

it("takes a replica that begins anew in another directory out of the ELR", () => {
  assign(2, 0, dir("2a"));
  world.fence(3);
  offline(2, dir("2a"));
  expect(world.partition("t", 0)).toBe("1/1/2");
  expect(assign(2, 0, dir("2b"))).toBe(0);
  expect(world.partition("t", 0)).toBe("1/1/");
});

it("treats a replica that is told to lie in a failed directory as failed", () => {
  offline(1, dir("1a"));
  expect(world.partition("t", 0)).toBe("1/1,2,3/");
  assign(1, 0, dir("1a"));
  expect(world.partition("t", 0)).toBe("2/2,3/");
});

it("leads a partition again that waited for its only replica's new directory", () => {
  world.create({ name: "one", assignments: on([3]) });
  world.fence(3);
  const { epoch } = world.image.brokers.get(3)!;
  world.apply([record("BrokerRegistrationChangeRecord", { brokerId: 3, brokerEpoch: epoch, logDirs: [dir("3b")] })]);
  world.unfence(3);
  expect(world.image.topicsByName.get("one")!.partitions[0]!.leader).toBe(-1);
  const replicas = [{ topicId: world.image.topicsByName.get("one")!.id, partition: 0, directoryId: dir("3b") }];
  world.decide(assignReplicasToDirs(world.image, world.settings, { brokerId: 3, brokerEpoch: epoch, replicas }));
  expect(world.image.topicsByName.get("one")!.partitions[0]).toMatchObject({ leader: 3, leaderRecoveryState: 1 });
});

it("fences a node without a directory left", () => {
  expect(offline(3, dir("3a"))).toMatchObject({ isFenced: true });
  expect(world.partition("t", 0)).toBe("1/1,2/");
});
