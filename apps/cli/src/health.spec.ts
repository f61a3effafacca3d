import type { TopicDescription } from "@moldau/client";
import { assessHealth, type HealthFacts } from "./health";

function topic(name: string, ...partitions: { leader: number; replicas: number[]; isr: number[] }[]): TopicDescription {
  return {
    name,
    topicId: "",
    internal: false,
    partitions: partitions.map((facts, partition) => ({ ...facts, partition, leaderEpoch: 0, offline: [] })),
  };
}

const well: HealthFacts = {
  nodes: [1, 2],
  controllerId: 1,
  quorum: undefined,
  topics: [topic("a", { leader: 1, replicas: [1, 2], isr: [2, 1] })],
  minInSync: new Map(),
};

const after = (change: Partial<HealthFacts>) => {
  const { status, problems } = assessHealth({ ...well, ...change });
  return { status, problems };
};

it("finds nothing wrong with a cluster that is well", () => {
  expect(after({})).toEqual({ status: "healthy", problems: [] });
});

it("calls it degraded while everything can still be written", () => {
  expect(after({ topics: [topic("a", { leader: 1, replicas: [1, 2], isr: [1] })] })).toEqual({
    status: "degraded",
    problems: ["1 partition under-replicated: a-0"],
  });
  expect(after({ nodes: [1] })).toEqual({ status: "degraded", problems: ["1 node with replicas not there: 2"] });
  const voters = [
    { id: 201, logEndOffset: 5 },
    { id: 202, logEndOffset: -1 },
  ];
  expect(after({ quorum: { leaderId: 201, highWatermark: 5, voters } })).toEqual({
    status: "degraded",
    problems: ["1 controller not heard of: 202"],
  });
  const heard = [
    { id: 201, logEndOffset: 5, lastFetchTimestamp: 100_000 },
    { id: 202, logEndOffset: 5, lastFetchTimestamp: 94_000 },
    { id: 203, logEndOffset: 5, lastFetchTimestamp: 99_900 },
  ];
  expect(after({ quorum: { leaderId: 201, highWatermark: 5, voters: heard } }).problems).toEqual([
    "1 controller not heard of: 202",
  ]);
});

it("calls it unhealthy when something cannot be read or written", () => {
  const lacking = [topic("a", { leader: 1, replicas: [1, 2], isr: [1] })];
  expect(after({ topics: lacking, minInSync: new Map([["a", 2]]) }).problems).toEqual([
    "1 partition below min.insync.replicas: a-0",
    "1 partition under-replicated: a-0",
  ]);
  expect(after({ controllerId: -1 })).toEqual({ status: "unhealthy", problems: ["no controller is active"] });
  expect(after({ nodes: [] }).problems[0]).toBe("no node is up");
  const offline = Array.from({ length: 7 }, () => ({ leader: -1, replicas: [1], isr: [1] }));
  expect(after({ topics: [topic("b", ...offline)] })).toEqual({
    status: "unhealthy",
    problems: ["7 partitions offline: b-0, b-1, b-2, b-3, b-4 and 2 more"],
  });
});

it("a quorum with a leader is a controller, whatever the brokers say", () => {
  const quorum = { leaderId: 201, highWatermark: 5, voters: [{ id: 201, logEndOffset: 3 }] };
  expect(assessHealth({ ...well, controllerId: -1, quorum })).toMatchObject({
    status: "healthy",
    quorum: { leaderId: 201, voters: [{ id: 201, behind: 2, silentMs: 0 }] },
  });
  expect(after({ quorum: { ...quorum, leaderId: -1 } }).problems).toEqual(["the controller quorum has no leader"]);
});

it("does not count a replica that is being added as one that lags, only one that was there", () => {
  const topics = [topic("a", { leader: 1, replicas: [1, 2, 3], isr: [1] })];
  const moving = (...adding: number[]) =>
    after({ nodes: [1, 2, 3], topics, reassigning: [{ topic: "a", partition: 0, adding }] });
  expect(moving(2, 3)).toEqual({ status: "healthy", problems: [] });
  expect(moving(3)).toEqual({ status: "degraded", problems: ["1 partition under-replicated: a-0"] });
});
