import { FakeCluster, ORDERS_ID, until } from "../testing/fake-cluster";
import { commit } from "../testing/group-client";

describe("the lag of groups", () => {
  it("is measured at the leaders, one request each, and shown as metrics", async () => {
    const cluster = new FakeCluster(2);
    cluster.ends.set(`${ORDERS_ID}:0`, 100);
    const one = await cluster.startCoordinator(1, { "moldau.group.lag.interval.ms": "20" });
    cluster.assignAll(1, 1);
    await one.ready();
    await commit(one, "billing", 60);
    await commit(one, "audit", 100);
    const asked = cluster.offsetsAsked.length;
    await until(() => cluster.offsetsAsked.length > asked + 1);
    const latest = cluster.offsetsAsked.at(-1)!;
    expect(latest.partitions).toEqual([{ topicId: ORDERS_ID, partition: 0, currentLeaderEpoch: 0, timestamp: -1 }]);

    const text = await cluster.telemetry.metrics.render();
    const labels = (group: string): string => `{group="${group}",topic="orders",partition="0"}`;
    expect(text).toContain(`\nkafka_consumergroup_current_offset${labels("billing")} 60\n`);
    expect(text).toContain(`\nkafka_consumergroup_lag${labels("billing")} 40\n`);
    expect(text).toContain(`\nkafka_consumergroup_lag${labels("audit")} 0\n`);
    expect(text).toContain(`\nkafka_consumergroup_lag_seconds${labels("audit")} 0\n`);
    const seconds = Number(/kafka_consumergroup_lag_seconds\{group="billing".*\} (\S+)/.exec(text)?.[1]);
    expect(seconds).toBeGreaterThan(0);
    await cluster.stop();
  });

  it("is not measured where that is switched off", async () => {
    const cluster = new FakeCluster(1);
    const one = await cluster.startCoordinator(1, { "moldau.group.lag.interval.ms": "0" });
    cluster.assignAll(1, 1);
    await one.ready();
    await commit(one, "billing", 60);
    const text = await cluster.telemetry.metrics.render();
    expect(text).toContain(`kafka_consumergroup_current_offset{group="billing",topic="orders",partition="0"} 60`);
    expect(text).not.toContain(`kafka_consumergroup_lag{`);
    expect(cluster.offsetsAsked).toEqual([]);
    await cluster.stop();
  });
});
