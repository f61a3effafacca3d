import { KafkaError } from "@moldau/base";
import { record } from "@moldau/metadata";
import { buildBatch } from "@moldau/record-batch";
import { FakeCluster, ORDERS_ID, until } from "./testing/fake-cluster";
import { apis, commit, fetched, joinAlone } from "./testing/group-client";

const { NONE, NOT_COORDINATOR, COORDINATOR_NOT_AVAILABLE, COORDINATOR_LOAD_IN_PROGRESS } = KafkaError;

describe("the coordinator role", () => {
  let cluster: FakeCluster;
  beforeEach(() => {
    cluster = new FakeCluster(3);
  });
  afterEach(() => cluster.stop());

  it("answers only for the shards that the metadata gives it", async () => {
    const one = await cluster.startCoordinator(1);
    expect(await commit(one, "g", 5)).toBe(NOT_COORDINATOR);
    cluster.assignAll(1, 1);
    await one.ready();
    expect(await commit(one, "g", 5)).toBe(NONE);
    expect(await fetched(one, "g")).toBe(5);
    cluster.assignAll(2, 2);
    expect(await commit(one, "g", 6)).toBe(NOT_COORDINATOR);
  });

  it("tells nobody what metadata from before its start say (simulation, seed 128)", async () => {
    const one = await cluster.startCoordinator(1, {}, { caughtUp: false });
    cluster.assignAll(1, 1);
    await expect(commit(one, "g", 5)).rejects.toThrow("NOT_COORDINATOR");
  });

  it("refuses while it loads, and says so", async () => {
    cluster.shardOf("g").claimFaults = Array.from({ length: 3 }, () => KafkaError.NOT_ENOUGH_REPLICAS);
    const one = await cluster.startCoordinator(1);
    cluster.assignAll(1, 1);
    expect(await commit(one, "g", 5)).toBe(COORDINATOR_LOAD_IN_PROGRESS);
    expect((await one.call(apis.list, {})).errorCode).toBe(COORDINATOR_LOAD_IN_PROGRESS);
    expect(one.role.notReady().join()).toContain("loading");
    await one.ready();
    expect(await commit(one, "g", 5)).toBe(NONE);
  });

  it("hands groups and offsets over when a coordinator dies: the next one claims and replays", async () => {
    const one = await cluster.startCoordinator(1);
    cluster.assignAll(1, 1);
    await one.ready();
    const member = await joinAlone(one, "g");
    for (const groupId of ["a", "b", "c", "d", "e"]) expect(await commit(one, groupId, 7)).toBe(NONE);
    for (let offset = 8; offset < 40; offset++) expect(await commit(one, "a", offset)).toBe(NONE);
    await one.role.stop();

    for (const partition of cluster.partitions) partition.batchesPerRead = 4;
    cluster.assignAll(2, 2);
    const two = await cluster.startCoordinator(2);
    await two.ready();
    expect(await fetched(two, "a")).toBe(39);
    for (const groupId of ["b", "c", "d", "e"]) expect(await fetched(two, groupId)).toBe(7);
    const { memberId, generationId } = member;
    expect((await two.call(apis.heartbeat, { groupId: "g", memberId, generationId })).errorCode).toBe(NONE);
    const again = await two.call(apis.sync, {
      groupId: "g",
      memberId,
      generationId,
      protocolType: "test",
      protocolName: "p",
    });
    expect(Buffer.from(again.assignment).toString()).toBe("all of it");
    const { groups } = await two.call(apis.list, {});
    expect(groups.map(({ groupId }) => groupId).sort()).toEqual(["a", "b", "c", "d", "e", "g"]);
  });

  it("fences a zombie: its append is refused, its clients are sent away, nothing of it is seen", async () => {
    const zombie = await cluster.startCoordinator(1);
    cluster.assignAll(1, 1);
    await zombie.ready();
    expect(await commit(zombie, "g", 5)).toBe(NONE);
    zombie.goDeaf();
    cluster.assignAll(2, 2);
    const two = await cluster.startCoordinator(2);
    await two.ready();
    expect(await commit(two, "g", 6)).toBe(NONE);
    expect(await commit(zombie, "g", 1)).toBe(NOT_COORDINATOR);
    expect(await fetched(zombie, "g")).toBe(-100 - NOT_COORDINATOR);
    expect(await fetched(two, "g")).toBe(6);
  });

  it("claims a shard again that is still its own: an older claim of its own came late (simulation, seed 411)", async () => {
    const one = await cluster.startCoordinator(1);
    cluster.assignAll(1, 1);
    await one.ready();
    expect(await commit(one, "g", 5)).toBe(NONE);
    cluster.shardOf("g").claim(1, 1);
    expect(await commit(one, "g", 6)).toBe(NOT_COORDINATOR);
    await until(async () => (await commit(one, "g", 7)) === NONE);
    expect(await fetched(one, "g")).toBe(7);
  });

  it("answers everybody who waits when a shard moves away", async () => {
    const one = await cluster.startCoordinator(1, { "group.initial.rebalance.delay.ms": "60000" });
    cluster.assignAll(1, 1);
    await one.ready();
    const waiting = one.call(
      { ...apis.join, version: 3 },
      {
        groupId: "g",
        sessionTimeoutMs: 10_000,
        rebalanceTimeoutMs: 10_000,
        protocolType: "test",
        protocols: [{ name: "p" }],
      },
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    cluster.assignAll(2, 2);
    expect((await waiting).errorCode).toBe(NOT_COORDINATOR);
  });

  it("lets a caller go that gave up", async () => {
    const one = await cluster.startCoordinator(1, { "group.initial.rebalance.delay.ms": "60000" });
    cluster.assignAll(1, 1);
    await one.ready();
    const giveUp = new AbortController();
    const waiting = one.call(
      { ...apis.join, version: 3 },
      {
        groupId: "g",
        sessionTimeoutMs: 10_000,
        rebalanceTimeoutMs: 10_000,
        protocolType: "test",
        protocols: [{ name: "p" }],
      },
      giveUp.signal,
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    giveUp.abort(new Error("the client is gone"));
    await expect(waiting).rejects.toThrow("the client is gone");
    // Its member is in the group all the same, as a client is that lost its connection.
    const { groups } = await one.call(apis.list, {});
    expect(groups[0]?.groupState).toBe("PreparingRebalance");
  });

  describe("when an append fails", () => {
    it("sends it again where it certainly was not written", async () => {
      const one = await cluster.startCoordinator(1);
      cluster.assignAll(1, 1);
      await one.ready();
      cluster.shardOf("g").faults = ["unreachable", KafkaError.NOT_LEADER_OR_FOLLOWER, KafkaError.NOT_ENOUGH_REPLICAS];
      expect(await commit(one, "g", 5)).toBe(NONE);
      expect(cluster.shardOf("g").keys()).toHaveLength(1);
      expect(cluster.shardOf("g").appends).toBe(4);
    });

    it("takes it back when nobody accepts it in time", async () => {
      const one = await cluster.startCoordinator(1);
      cluster.assignAll(1, 1);
      await one.ready();
      expect(await commit(one, "g", 5)).toBe(NONE);
      cluster.shardOf("g").faults = Array.from({ length: 20 }, () => KafkaError.NOT_ENOUGH_REPLICAS);
      expect(await commit(one, "g", 6)).toBe(COORDINATOR_NOT_AVAILABLE);
      cluster.shardOf("g").faults = [];
      expect(await fetched(one, "g")).toBe(5);
      expect(cluster.shardOf("g").ownerEpoch).toBe(1);
    });

    it.each([
      ["was written and the answer is lost", "lost reply", 6],
      ["was lost on its way", "lost request", 5],
      ["may be written by too few replicas", KafkaError.NOT_ENOUGH_REPLICAS_AFTER_APPEND, 5],
    ] as const)("asks the log when nobody knows: it %s", async (_what, fault, expected) => {
      const one = await cluster.startCoordinator(1);
      cluster.assignAll(1, 1);
      await one.ready();
      expect(await commit(one, "g", 5)).toBe(NONE);
      const { memberId, generationId } = await joinAlone(one, "other");
      const claims = cluster.shardOf("g").batches.length;
      cluster.shardOf("g").faults = [fault];
      expect(await commit(one, "g", 6)).toBe(COORDINATOR_NOT_AVAILABLE);
      await one.ready();
      expect(await fetched(one, "g")).toBe(expected);
      expect(cluster.shardOf("g").batches.length).toBeGreaterThan(claims);
      // Members of the recorded generation do not notice.
      expect((await one.call(apis.heartbeat, { groupId: "other", memberId, generationId })).errorCode).toBe(NONE);
    });

    it("never shows what it cannot promise: a read waits for the append before it", async () => {
      const one = await cluster.startCoordinator(1);
      cluster.assignAll(1, 1);
      await one.ready();
      expect(await commit(one, "g", 5)).toBe(NONE);
      cluster.shardOf("g").faults = ["hang"];
      const hanging = commit(one, "g", 6);
      const reading = fetched(one, "g");
      const first = await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 50, "waits"))]);
      expect(first).toBe("waits");
      cluster.assignAll(2, 2);
      expect(await hanging).toBe(NOT_COORDINATOR);
      expect(await reading).toBe(-100 - NOT_COORDINATOR);
    });

    it("tells a client that its commit is too large, and goes on", async () => {
      const one = await cluster.startCoordinator(1);
      cluster.assignAll(1, 1);
      await one.ready();
      cluster.shardOf("g").faults = [KafkaError.MESSAGE_TOO_LARGE];
      expect(await commit(one, "g", 5)).toBe(KafkaError.UNKNOWN_SERVER_ERROR);
      expect(await commit(one, "g", 6)).toBe(NONE);
    });
  });

  it("writes what waits in one batch", async () => {
    const one = await cluster.startCoordinator(1);
    cluster.assignAll(1, 1);
    await one.ready();
    const before = cluster.shardOf("g").appends;
    const results = await Promise.all(Array.from({ length: 100 }, (_, i) => commit(one, "g", i)));
    expect(new Set(results)).toEqual(new Set([NONE]));
    expect(cluster.shardOf("g").appends - before).toBeLessThanOrEqual(3);
    expect(await fetched(one, "g")).toBe(99);
  });

  it("reads a compressed log", async () => {
    const one = await cluster.startCoordinator(1, { "offsets.topic.compression.codec": "1" });
    cluster.assignAll(1, 1);
    await one.ready();
    expect(await commit(one, "g", 5)).toBe(NONE);
    cluster.assignAll(2, 2);
    const two = await cluster.startCoordinator(2);
    await two.ready();
    expect(await fetched(two, "g")).toBe(5);
  });

  it("refuses commits for what does not exist, partition by partition", async () => {
    const one = await cluster.startCoordinator(1);
    cluster.assignAll(1, 1);
    await one.ready();
    const reply = await one.call(apis.commit, {
      groupId: "g",
      topics: [
        { name: "orders", partitions: [{ partitionIndex: 9 }, { partitionIndex: 1, committedOffset: 3 }] },
        { name: "unknown", partitions: [{ partitionIndex: 0 }] },
      ],
    });
    const codes = reply.topics.map(({ partitions }) => partitions.map(({ errorCode }) => errorCode));
    expect(codes).toEqual([[KafkaError.UNKNOWN_TOPIC_OR_PARTITION, NONE], [KafkaError.UNKNOWN_TOPIC_OR_PARTITION]]);
  });

  it("forgets the offsets of a topic that was deleted", async () => {
    const one = await cluster.startCoordinator(1);
    cluster.assignAll(1, 1);
    await one.ready();
    expect(await commit(one, "g", 5)).toBe(NONE);
    cluster.write([record("RemoveTopicRecord", { topicId: ORDERS_ID })]);
    await until(async () => (await fetched(one, "g")) === -1);
  });

  it("does not serve a shard whose log it cannot read, and tries again", async () => {
    const log = cluster.shardOf("g");
    const malformed = { key: Uint8Array.from([0, 1, 0, 9, 9]), value: Uint8Array.from([0, 3]) };
    log.append(buildBatch({ records: [malformed] }));
    const one = await cluster.startCoordinator(1);
    cluster.assignAll(1, 1);
    await until(() => log.reads > 0);
    expect(await commit(one, "g", 5)).not.toBe(NONE);
    // Somebody repairs it.
    log.batches.shift();
    log.logStartOffset = 1;
    await one.ready();
    expect(await commit(one, "g", 5)).toBe(NONE);
  });

  it("counts groups for the dashboards", async () => {
    const one = await cluster.startCoordinator(1);
    cluster.assignAll(1, 1);
    await one.ready();
    await commit(one, "g", 5);
    await joinAlone(one, "h");
    const text = await cluster.telemetry.metrics.render();
    expect(text).toMatch(/^kafka_coordinator_group_groupmetadatamanager_numgroups 2$/m);
    expect(text).toMatch(/^kafka_coordinator_group_groupmetadatamanager_numgroupsstable 1$/m);
    expect(text).toMatch(/^kafka_coordinator_group_groupmetadatamanager_numoffsets 1$/m);
    expect(text).toMatch(/^kafka_server_group_coordinator_metrics_group_completed_rebalance_count 1$/m);
  });
});
