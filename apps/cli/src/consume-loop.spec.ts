import { KafkaError } from "@moldau/base";
import type { IncomingRecord } from "@moldau/client";
import { consumeLoop, type ConsumeRun } from "./consume-loop";
import { run } from "./run";
import { FakeClientError, FakeCluster } from "./testing/fake-cluster";
import { fakeTerminal } from "./testing/fake-terminal";

function clusterOf(...values: string[]): FakeCluster {
  const cluster = new FakeCluster();
  cluster.addTopic("t", 1);
  for (const value of values) cluster.append({ topic: "t", value });
  return cluster;
}

function loop(cluster: FakeCluster, change: Partial<ConsumeRun> = {}) {
  const consumer = cluster.client().createConsumer({ bootstrap: [], groupId: "g", offsetReset: "earliest" });
  const written: IncomingRecord[] = [];
  const never = new AbortController().signal;
  const start = async () => {
    await consumer.subscribe(["t"]);
    return consumeLoop({
      consumer,
      write: async (records) => void written.push(...records),
      end: { kind: "caught-up" },
      interrupted: never,
      gone: never,
      nowMs: () => 0,
      ...change,
    });
  };
  return { start, written, consumer };
}

it("a member interrupted commits what was printed and ends well", async () => {
  const cluster = clusterOf("a", "b", "c");
  const terminal = fakeTerminal(cluster, {
    onWrite: (written) => {
      if (written.toString().includes("c")) terminal.interrupt();
    },
  });
  expect(await run(["consume", "t", "-g", "g"], terminal)).toBe(0);
  expect(terminal.out().toString()).toBe("a\nb\nc\n");
  expect(cluster.committed.get("g")?.get("t-0")?.offset).toBe(3);
});

it("a reader that goes away ends the command quietly, and what it did not take is not committed", async () => {
  const cluster = clusterOf("a", "b", "c");
  const terminal = fakeTerminal(cluster, { onWrite: () => terminal.hangUp() });
  expect(await run(["consume", "t", "-g", "g"], terminal)).toBe(0);
  expect(terminal.err()).toBe("");
  expect(cluster.committed.get("g")).toBeUndefined();
});

it("takes exactly so many, so that the next member goes on behind them", async () => {
  const cluster = clusterOf("a", "b", "c", "d");
  const first = fakeTerminal(cluster);
  expect(await run(["consume", "t", "-g", "g", "-c", "3"], first)).toBe(0);
  expect(first.out().toString()).toBe("a\nb\nc\n");
  const second = fakeTerminal(cluster);
  expect(await run(["consume", "t", "-g", "g", "-e"], second)).toBe(0);
  expect(second.out().toString()).toBe("d\n");
});

it("ends at what was there at the start, however much is written meanwhile", async () => {
  const cluster = clusterOf("a", "b", "c");
  const terminal = fakeTerminal(cluster, { onWrite: () => cluster.append({ topic: "t", value: "more" }) });
  expect(await run(["consume", "t", "-e"], terminal)).toBe(0);
  expect(terminal.out().toString()).toBe("a\nb\nc\n");
});

it("commits as time goes by, not with every poll", async () => {
  const cluster = clusterOf("a", "b", "c", "d", "e", "f", "g", "h");
  let nowMs = 0;
  const { start, consumer } = loop(cluster, { commitIntervalMs: 1000, nowMs: () => (nowMs += 300) });
  const commit = jest.spyOn(consumer, "commit");
  expect(await start()).toEqual({ records: 8, ended: "end" });
  expect(commit).toHaveBeenCalledTimes(1);
});

it("gets over a commit that a rebalance refused, not over one that is forbidden", async () => {
  let nowMs = 0;
  const change = { commitIntervalMs: 1, nowMs: () => (nowMs += 10) };
  const moving = loop(clusterOf("a"), change);
  jest.spyOn(moving.consumer, "commit").mockRejectedValue(new FakeClientError(KafkaError.REBALANCE_IN_PROGRESS));
  expect(await moving.start()).toEqual({ records: 1, ended: "end" });
  const forbidden = loop(clusterOf("a", "b", "c"), change);
  jest
    .spyOn(forbidden.consumer, "commit")
    .mockRejectedValue(new FakeClientError(KafkaError.GROUP_AUTHORIZATION_FAILED));
  await expect(forbidden.start()).rejects.toThrow("GROUP_AUTHORIZATION_FAILED");
});

it("waits for the group's word before it believes that there is nothing to read", async () => {
  let polls = 0;
  const { start } = loop(clusterOf(), { joined: () => ++polls > 3 });
  expect(await start()).toEqual({ records: 0, ended: "end" });
  expect(polls).toBeGreaterThan(3);
});
