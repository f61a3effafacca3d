import { NodeSessions } from "@moldau/control";
import type { ProbeOutcome, RpcAddress } from "@moldau/rpc";
import { MetadataLog } from "./metadata-log";
import { NodeProbes } from "./node-probes";
import { FakeQuorum, registration, settle } from "./testing/fake-quorum";

const sessionTimeoutMs = 9_000;
let quorum: FakeQuorum;
let metadata: MetadataLog;
let sessions: NodeSessions;
let probes: NodeProbes;
let knocks: number[];
let dead: number;
/** What a knock finds; a node that is not here answers. */
let found: Map<number, ProbeOutcome | Error>;

beforeEach(() => {
  jest.useFakeTimers();
  quorum = new FakeQuorum();
  metadata = new MetadataLog();
  metadata.follow(quorum);
  sessions = new NodeSessions(sessionTimeoutMs);
  knocks = [];
  dead = 0;
  found = new Map();
  for (const nodeId of [1, 2, 3]) quorum.commitOthers(registration(nodeId, false, 1000 + nodeId));
  sessions.reset(metadata.image, performance.now());
  probes = new NodeProbes({
    peers: {
      probe(nodeId: number, address: RpcAddress) {
        expect(address).toMatchObject({ host: "h", port: 1000 + nodeId });
        knocks.push(nodeId);
        const outcome = found.get(nodeId) ?? "alive";
        return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
      },
    },
    image: () => metadata.image,
    isActive: () => quorum.isActive,
    sessions,
    clock: { monotonicMs: () => performance.now() },
    log: { info: () => undefined, debug: () => undefined } as never,
    onDead: () => dead++,
  });
  for (const nodeId of [1, 2, 3]) {
    hear(nodeId);
    probes.onCaller({ nodeId, state: "connected" });
  }
});
afterEach(() => {
  probes.stop();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

function hear(nodeId: number): void {
  sessions.touch(nodeId, metadata.image.brokers.get(nodeId)!.epoch, performance.now());
}
const expired = () => sessions.expired(metadata.image, performance.now());

it.each(["dead", "silent"] as const)(
  "a node whose connection broke and that is found %s is dead at once",
  async (how) => {
    found.set(1, how);
    probes.onCaller({ nodeId: 1, state: "gone" });
    await settle();
    expect([dead, expired()]).toEqual([1, [1]]);
  },
);

it("a silent one that is there is left to its session, and looked at until it is heard", async () => {
  probes.onCaller({ nodeId: 1, state: "silent" });
  await jest.advanceTimersByTimeAsync(4_000);
  expect(knocks.length).toBeGreaterThan(4);
  expect(knocks.length).toBeLessThan(12);
  expect([dead, expired()]).toEqual([0, []]);
  hear(1);
  await jest.advanceTimersByTimeAsync(2_000);
  const before = knocks.length;
  await jest.advanceTimersByTimeAsync(10_000);
  expect(knocks.length).toBe(before);
});

it("a slow one that dies without a connection left is found all the same", async () => {
  probes.onCaller({ nodeId: 1, state: "gone" });
  await jest.advanceTimersByTimeAsync(1_500);
  found.set(1, "dead");
  await jest.advanceTimersByTimeAsync(1_000);
  expect([dead, expired()]).toEqual([1, [1]]);
});

it("nobody's silence is death while nobody is heard at all", async () => {
  for (const nodeId of [1, 2, 3]) {
    found.set(nodeId, "silent");
    probes.onCaller({ nodeId, state: "silent" });
  }
  await jest.advanceTimersByTimeAsync(5_000);
  expect(dead).toBe(0);
  probes.onCaller({ nodeId: 3, state: "connected" });
  hear(3);
  await jest.advanceTimersByTimeAsync(1_500);
  expect(expired()).toEqual([1, 2]);
});

it("looks after those who do not call a controller that became active", async () => {
  sessions.reset(metadata.image, performance.now());
  probes.onCaller({ nodeId: 2, state: "gone" });
  await settle();
  knocks = [];
  sessions.reset(metadata.image, performance.now());
  found.set(2, "dead");
  probes.begin();
  hear(3);
  await jest.advanceTimersByTimeAsync(99);
  expect(knocks).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect([knocks, expired()]).toEqual([[2], [2]]);
});

it("asks nobody while another controller is active, and takes no late answer", async () => {
  quorum.isActive = false;
  probes.onCaller({ nodeId: 1, state: "gone" });
  await settle();
  expect(knocks).toEqual([]);
  quorum.isActive = true;
  found.set(1, "dead");
  probes.onCaller({ nodeId: 1, state: "gone" });
  quorum.isActive = false;
  await settle();
  expect([knocks, dead]).toEqual([[1], 0]);
});

it("a probe that cannot tell decides nothing", async () => {
  found.set(1, new Error("no descriptors"));
  probes.onCaller({ nodeId: 1, state: "gone" });
  await jest.advanceTimersByTimeAsync(2_000);
  expect([dead, expired()]).toEqual([0, []]);
});
