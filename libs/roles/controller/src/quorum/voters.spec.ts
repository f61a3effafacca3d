import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KafkaError, ZERO_UUID } from "@moldau/base";
import type { Quorum } from "./quorum";
import { bytes, FakeCluster, type FakeNode, text, until } from "./testing/fake-cluster";
import { VoterChanges } from "./voter-changes";

let directory: string;
let cluster: FakeCluster;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "moldau-voters-"));
  cluster = new FakeCluster([1, 2, 3, 4], (id) => join(directory, String(id)), { initialVoters: [1] });
});
afterEach(async () => {
  await cluster.stopAll();
  await rm(directory, { recursive: true });
});

const changes = ({ quorum }: FakeNode) => new VoterChanges(quorum, () => Date.now());
const voterOf = ({ quorum }: FakeNode) => ({
  id: quorum.nodeId,
  directoryId: quorum.directoryId,
  endpoints: [{ name: "RPC", host: "127.0.0.1", port: 10_000 + quorum.nodeId }],
  ackWhenCommitted: true,
  timeoutMs: 5000,
});
const idsOf = (quorum: Quorum): number[] => quorum.describe().voters.map(({ id }) => id);
const active = () => until("an active controller", () => cluster.active());
const texts = (node: FakeNode): string[] => node.committed.map((entry) => text(entry.payload));

/** Node 1 with its disk in the log, leading alone. */
async function begin(): Promise<FakeNode> {
  const first = await cluster.start(1);
  await until("the voter's disk in the log", () => {
    const { kraftVersion, votersSettled } = first.quorum.describe();
    return kraftVersion === 1 && votersSettled;
  });
  return first;
}

async function observed(leader: FakeNode, id: number) {
  return until(`${id} as an observer`, () =>
    leader.quorum.describe().observers.find((each) => each.id === id && each.lag === 0),
  );
}

it("grows from one to three and shrinks again, the active controller included", async () => {
  const first = await begin();
  await first.quorum.propose(bytes("a"));
  const second = await cluster.start(2);
  const third = await cluster.start(3);
  await observed(first, 2);
  expect(await changes(first).add(voterOf(second))).toMatchObject({ errorCode: 0 });
  // The request waits until the new voter has caught up.
  expect(await changes(first).add(voterOf(third))).toMatchObject({ errorCode: 0 });
  expect(first.quorum.describe()).toMatchObject({ observers: [], votersSettled: true });
  await until("all know the voters", () => [first, second, third].every(({ quorum }) => idsOf(quorum).length === 3));

  const { directoryId } = first.quorum;
  expect(await changes(first).remove({ id: 1, directoryId }, 5000)).toMatchObject({ errorCode: 0 });
  const next = await until("another leader", () => {
    const found = cluster.active();
    return found !== first && found;
  });
  expect(idsOf(next.quorum)).toEqual([2, 3]);
  await next.quorum.propose(bytes("b"));
  // It follows on, and votes no more.
  await until("the former leader follows", () => texts(first).includes("b"));
  expect(texts(third)).toEqual(["a", "b"]);
});

it("wakes once a second while it leads nobody, and in time when somebody comes", async () => {
  const intervals = jest.spyOn(global, "setInterval");
  try {
    const first = await begin();
    await until("it sleeps", () => intervals.mock.calls.at(-1)?.[1] === 1_000);
    await first.quorum.propose(bytes("a"));
    expect(intervals.mock.calls.at(-1)?.[1]).toBe(1_000);
    const second = await cluster.start(2);
    await observed(first, 2);
    // Both tick as a quorum does: the observer, and now its leader again.
    expect(intervals.mock.calls.slice(-2).map(([, ms]) => ms)).toEqual([5, 5]);
    expect(await changes(first).add(voterOf(second))).toMatchObject({ errorCode: 0 });
  } finally {
    intervals.mockRestore();
  }
});

it("refuses what KIP-853 refuses", async () => {
  const first = await begin();
  const second = await cluster.start(2);
  const voter = voterOf(second);
  const add = (parts: object) => changes(first).add({ ...voter, timeoutMs: 0, ...parts });
  expect(await add({ id: 9 })).toMatchObject({ errorCode: KafkaError.REQUEST_TIMED_OUT });
  await observed(first, 2);
  expect(await add({ directoryId: "another_______________" })).toMatchObject({
    errorCode: KafkaError.REQUEST_TIMED_OUT,
    errorMessage: expect.stringContaining("directory.id") as string,
  });
  expect(await add({ endpoints: [{ name: "CONTROLLER", host: "a", port: 1 }] })).toMatchObject({
    errorCode: KafkaError.INVALID_REQUEST,
  });
  expect(await add({ id: 1 })).toMatchObject({ errorCode: KafkaError.DUPLICATE_VOTER });
  const remove = (id: number, directoryId: string) => changes(first).remove({ id, directoryId }, 5000);
  expect(await remove(1, voter.directoryId)).toMatchObject({ errorCode: KafkaError.VOTER_NOT_FOUND });
  expect(await remove(1, first.quorum.directoryId)).toMatchObject({ errorCode: KafkaError.INVALID_REQUEST });
});

it("changes voters one at a time", async () => {
  const first = await begin();
  const second = await cluster.start(2);
  await observed(first, 2);
  cluster.cut(2);
  // Written, but not committed without the new voter.
  const one = changes(first);
  expect(await one.add({ ...voterOf(second), timeoutMs: 20 })).toMatchObject({
    errorCode: KafkaError.REQUEST_TIMED_OUT,
    errorMessage: expect.stringContaining("not committed") as string,
  });
  expect(await one.remove({ id: 2, directoryId: second.quorum.directoryId }, 50)).toMatchObject({
    errorCode: KafkaError.REQUEST_TIMED_OUT,
    errorMessage: expect.stringContaining("Another change") as string,
  });
  cluster.heal(2);
  await until("the change is committed", () => second.quorum.describe().votersSettled && idsOf(second.quorum)[1] === 2);
});

it("takes a voter that lost its disk back as another one, and never counts it before", async () => {
  const first = await begin();
  for (const id of [2, 3]) {
    const node = await cluster.start(id);
    await observed(first, id);
    expect(await changes(first).add(voterOf(node))).toMatchObject({ errorCode: 0 });
  }
  const { quorum: lost } = cluster.nodes.get(3)!;
  await lost.stop();
  await rm(join(directory, "3"), { recursive: true });
  const back = await cluster.start(3);
  expect(back.quorum.directoryId).not.toBe(lost.directoryId);
  const leader = await active();
  expect(await observed(leader, 3)).toMatchObject({ directoryId: back.quorum.directoryId });
  expect(await changes(leader).add(voterOf(back))).toMatchObject({ errorCode: KafkaError.DUPLICATE_VOTER });
  const former = { id: 3, directoryId: lost.directoryId };
  expect(await changes(leader).remove(former, 5000)).toMatchObject({ errorCode: 0 });
  expect(await changes(leader).add(voterOf(back))).toMatchObject({ errorCode: 0 });
  // Now it counts: with it, one of the others may go.
  cluster.cut(leader.quorum.nodeId === 1 ? 2 : 1);
  await leader.quorum.propose(bytes("c"));
  await until("the entry", () => texts(back).includes("c"));
});

it("finds the cluster again when the one who began it lost its disk", async () => {
  const first = await begin();
  const second = await cluster.start(2);
  await observed(first, 2);
  await changes(first).add(voterOf(second));
  await changes(first).remove({ id: 1, directoryId: first.quorum.directoryId }, 5000);
  const next = await until("another leader", () => (cluster.active() === second ? second : undefined));
  await next.quorum.propose(bytes("kept"));
  await first.quorum.stop();
  await rm(join(directory, "1"), { recursive: true });
  cluster.bootstrap = 2;
  const again = await cluster.start(1);
  await until("what was kept", () => texts(again).includes("kept"));
  expect(idsOf(again.quorum)).toEqual([2]);
});

it("names static voters with their disks when it is told to, all or none", async () => {
  cluster = new FakeCluster([1, 2, 3], (id) => join(directory, `static-${id}`));
  for (const id of [1, 2, 3]) await cluster.start(id);
  const leader = await active();
  expect(leader.quorum.describe()).toMatchObject({ kraftVersion: 0 });
  const key = { id: 2, directoryId: ZERO_UUID };
  expect(await changes(leader).remove(key, 5000)).toMatchObject({ errorCode: KafkaError.UNSUPPORTED_VERSION });
  await until("all are heard of", () => leader.quorum.nameVoters() === undefined);
  await until("their disks", () => leader.quorum.describe().kraftVersion === 1);
  const disks = [...cluster.nodes.values()].map(({ quorum }) => quorum.directoryId);
  expect(leader.quorum.describe().voters.map((voter) => voter.directoryId)).toEqual(disks);
});
