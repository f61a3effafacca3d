import { KafkaError } from "@moldau/base";
import { record } from "@moldau/metadata";
import type { ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse, Draft } from "@moldau/protocol";
import { FakeCluster, type FakeCoordinator, ORDERS_ID } from "./testing/fake-cluster";
import { apis } from "./testing/group-client";

const PAYMENTS_ID = "cGF5bWVudHNBQUFBQUFBQQ";
const GROUP_RESOURCE = 32;

describe("groups of the consumer protocol", () => {
  let cluster: FakeCluster;
  beforeEach(() => {
    cluster = new FakeCluster(2);
    setGroupVersion(1);
  });
  afterEach(() => cluster.stop());

  const setGroupVersion = (featureLevel: number): void =>
    cluster.write([record("FeatureLevelRecord", { name: "group.version", featureLevel })]);

  async function start(nodeId = 1, options: Record<string, string> = {}): Promise<FakeCoordinator> {
    const coordinator = await cluster.startCoordinator(nodeId, options);
    cluster.assignAll(nodeId, nodeId);
    await coordinator.ready();
    return coordinator;
  }

  const beat = (
    at: FakeCoordinator,
    body: Draft<ConsumerGroupHeartbeatRequest>,
  ): Promise<ConsumerGroupHeartbeatResponse> =>
    at.call(apis.consumerHeartbeat, { groupId: "g", memberId: "a", rebalanceTimeoutMs: -1, ...body });

  const join = (at: FakeCoordinator, body: Draft<ConsumerGroupHeartbeatRequest> = {}) =>
    beat(at, {
      memberEpoch: 0,
      rebalanceTimeoutMs: 10_000,
      subscribedTopicNames: ["orders"],
      topicPartitions: [],
      ...body,
    });

  it("go on at the next coordinator", async () => {
    const one = await start();
    const joined = await join(one);
    expect(joined).toMatchObject({ errorCode: 0, memberId: "a", memberEpoch: 1 });
    expect(joined.assignment?.topicPartitions).toMatchObject([{ topicId: ORDERS_ID, partitions: [0, 1] }]);
    await one.role.stop();
    const two = await start(2);
    expect(await beat(two, { memberEpoch: 1, topicPartitions: null })).toMatchObject({ errorCode: 0, memberEpoch: 1 });
    const { groups } = await two.call(apis.consumerDescribe, {
      groupIds: ["g", "h"],
      includeAuthorizedOperations: true,
    });
    expect(groups[0]).toMatchObject({
      errorCode: 0,
      groupState: "Stable",
      groupEpoch: 1,
      assignorName: "uniform",
      members: [{ memberId: "a", assignment: { topicPartitions: [{ topicName: "orders", partitions: [0, 1] }] } }],
    });
    expect(groups[0]?.authorizedOperations).toBeGreaterThan(0);
    expect(groups[1]).toMatchObject({ groupId: "h", errorCode: KafkaError.GROUP_ID_NOT_FOUND });
  });

  it("see topics come and go, by expression as well", async () => {
    const one = await start();
    const subscription = { subscribedTopicNames: null, subscribedTopicRegex: "pay.*|orders" };
    expect((await join(one, subscription)).assignment?.topicPartitions).toHaveLength(1);
    cluster.write([
      record("TopicRecord", { name: "payments", topicId: PAYMENTS_ID }),
      record("PartitionRecord", {
        partitionId: 0,
        topicId: PAYMENTS_ID,
        replicas: [1],
        isr: [1],
        removingReplicas: [],
        addingReplicas: [],
        leader: 1,
        leaderRecoveryState: 0,
        leaderEpoch: 0,
        partitionEpoch: 0,
        directories: [],
      }),
    ]);
    const grown = await beat(one, { memberEpoch: 1, topicPartitions: null });
    expect(grown.memberEpoch).toBe(2);
    expect(grown.assignment?.topicPartitions.map(({ topicId }) => topicId).sort()).toEqual(
      [ORDERS_ID, PAYMENTS_ID].sort(),
    );
    cluster.write([record("RemoveTopicRecord", { topicId: PAYMENTS_ID })]);
    const shrunk = await beat(one, { memberEpoch: 2, topicPartitions: null });
    expect(shrunk.assignment?.topicPartitions).toMatchObject([{ topicId: ORDERS_ID, partitions: [0, 1] }]);
    const wrong = await beat(one, { memberEpoch: 2, subscribedTopicRegex: "a(b" });
    expect(wrong.errorCode).toBe(KafkaError.INVALID_REGULAR_EXPRESSION);
  });

  it("share partitions by racks, and anew when replicas are in other racks", async () => {
    const registered = (brokerId: number, rack: string) =>
      record("RegisterBrokerRecord", {
        brokerId,
        incarnationId: PAYMENTS_ID,
        brokerEpoch: brokerId,
        endPoints: [],
        rack,
        fenced: false,
        inControlledShutdown: false,
        logDirs: [],
      });
    const placed = (partitionId: number, replicas: number[]) =>
      record("PartitionChangeRecord", {
        topicId: ORDERS_ID,
        partitionId,
        replicas,
        isr: replicas,
        leader: replicas[0]!,
      });
    const one = await start();
    cluster.write([registered(11, "east"), registered(12, "west"), placed(0, [12]), placed(1, [11])]);
    await join(one, { rackId: "east" });
    const owns = async (memberId: string, memberEpoch: number): Promise<[epoch: number, partitions: number[]]> => {
      const body = { memberId, memberEpoch, rebalanceTimeoutMs: 10_000, subscribedTopicNames: ["orders"] };
      const reply = await beat(one, { ...body, topicPartitions: [] });
      return [reply.memberEpoch, reply.assignment!.topicPartitions.flatMap(({ partitions }) => partitions)];
    };
    await join(one, { memberId: "b", rackId: "west" });
    expect(await owns("a", 1)).toEqual([2, [1]]);
    expect(await owns("b", 2)).toEqual([2, [0]]);
    // An ISR that shrinks is no reason.
    cluster.write([record("PartitionChangeRecord", { topicId: ORDERS_ID, partitionId: 0, isr: [], leader: -1 })]);
    expect(await owns("a", 2)).toEqual([2, [1]]);
    cluster.write([placed(0, [11]), placed(1, [12])]);
    expect(await owns("a", 2)).toEqual([3, []]);
    expect(await owns("b", 2)).toEqual([3, [1]]);
    expect(await owns("a", 3)).toEqual([3, [0]]);
    cluster.write([registered(11, "west"), registered(12, "east")]);
    expect(await owns("a", 3)).toEqual([4, []]);
  });

  it("have intervals of their own", async () => {
    const one = await start(1, { "group.consumer.heartbeat.interval.ms": "7000" });
    expect((await join(one)).heartbeatIntervalMs).toBe(7_000);
    cluster.write([
      record("ConfigRecord", {
        resourceType: GROUP_RESOURCE,
        resourceName: "g",
        name: "consumer.heartbeat.interval.ms",
        value: "9000",
      }),
    ]);
    expect((await beat(one, { memberEpoch: 1 })).heartbeatIntervalMs).toBe(9_000);
  });

  it("fetch offsets with the epoch they have", async () => {
    const one = await start();
    await join(one);
    const fetch = async (memberId: string | null, memberEpoch: number): Promise<number> => {
      const topics = [{ name: "orders", partitionIndexes: [0] }];
      const { groups } = await one.call(apis.fetch, { groups: [{ groupId: "g", memberId, memberEpoch, topics }] });
      return groups[0]!.errorCode;
    };
    expect(await fetch("a", 1)).toBe(KafkaError.NONE);
    expect(await fetch("a", 0)).toBe(KafkaError.STALE_MEMBER_EPOCH);
    expect(await fetch("b", 1)).toBe(KafkaError.UNKNOWN_MEMBER_ID);
    expect(await fetch(null, -1)).toBe(KafkaError.NONE);
  });

  it("are not served where group.version or the configured protocols do not have them", async () => {
    const one = await start(1, { "group.coordinator.rebalance.protocols": "classic" });
    expect((await join(one)).errorCode).toBe(KafkaError.UNSUPPORTED_VERSION);
    await one.role.stop();
    const two = await start(2);
    setGroupVersion(0);
    expect((await join(two)).errorCode).toBe(KafkaError.UNSUPPORTED_VERSION);
    const { groups } = await two.call(apis.consumerDescribe, { groupIds: ["g"] });
    expect(groups[0]?.errorCode).toBe(KafkaError.UNSUPPORTED_VERSION);
  });

  it("do not start with an assignor that does not exist", async () => {
    await expect(cluster.startCoordinator(1, { "group.consumer.assignors": "nearest" })).rejects.toThrow(
      "group.consumer.assignors: there is no assignor nearest, but uniform, range",
    );
  });
});
