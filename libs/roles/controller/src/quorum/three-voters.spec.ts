import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NotLeaderError, SupersededError } from "./quorum";
import { bytes, FakeCluster, text, until, type FakeNode } from "./testing/fake-cluster";

let directory: string;
let cluster: FakeCluster;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "moldau-quorum-"));
  const raft = { trailingEntries: 3, snapshotChunkBytes: 1000 };
  cluster = new FakeCluster([1, 2, 3], (id) => join(directory, String(id)), { tickMs: 5, raft, segmentBytes: 2000 });
  await Promise.all([1, 2, 3].map((id) => cluster.start(id)));
});
afterEach(async () => {
  await cluster.stopAll();
  await rm(directory, { recursive: true, maxRetries: 5 });
});

const active = (): Promise<FakeNode> => until("an active controller", () => cluster.active());

/** Proposes until it is committed, as a controller's caller does; the text may then be there more than once. */
async function commit(value: string): Promise<void> {
  for (;;) {
    const node = await active();
    try {
      await node.quorum.propose(bytes(value));
      return;
    } catch (error) {
      if (!(error instanceof NotLeaderError || error instanceof SupersededError)) throw error;
    }
  }
}

const texts = (node: FakeNode): string[] => node.committed.map((entry) => text(entry.payload));

it("elects one controller, which commits on all", async () => {
  const leader = await active();
  const outcomes = await Promise.all(Array.from({ length: 200 }, (_, i) => leader.quorum.propose(bytes(`entry ${i}`))));
  expect(outcomes.map((outcome) => outcome.epoch)).toEqual(outcomes.map(() => leader.quorum.epoch));
  for (const node of cluster.nodes.values()) {
    await until("all entries", () => node.committed.length === 200);
    expect(node.committed).toEqual(leader.committed);
    expect(node.quorum.leaderId).toBe(leader.quorum.nodeId);
  }
  const description = leader.quorum.describe();
  expect(description.voters.map((voter) => voter.id)).toEqual([1, 2, 3]);
  expect(description.highWatermark).toBe(outcomes.at(-1)!.index + 1);
  await until("no lag", () => leader.quorum.describe().voters.every((voter) => voter.lag === 0));
});

it("refuses proposals and reads where it does not lead", async () => {
  const leader = await active();
  const follower = [...cluster.nodes.values()].find((node) => node !== leader)!;
  await until("the follower's knowledge", () => follower.quorum.leaderId === leader.quorum.nodeId);
  await expect(follower.quorum.propose(bytes("x"))).rejects.toThrow(
    `controller ${leader.quorum.nodeId} leads the quorum`,
  );
  await expect(follower.quorum.readBarrier()).rejects.toThrow(NotLeaderError);
  await leader.quorum.readBarrier();
});

it("loses nothing that was committed when the leader is killed, again and again", async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < 4; round++) {
    for (let i = 0; i < 10; i++) {
      await commit(`${round}.${i}`);
      acknowledged.push(`${round}.${i}`);
    }
    const leader = await active();
    await cluster.kill(leader.quorum.nodeId);
    await commit(`after ${round}`);
    acknowledged.push(`after ${round}`);
    await cluster.start(leader.quorum.nodeId);
  }
  await commit("last");
  for (const node of cluster.nodes.values()) await until("the last entry", () => texts(node).includes("last"));
  const [one, ...others] = [...cluster.nodes.values()];
  for (const other of others) expect(other.committed).toEqual(one!.committed);
  expect(texts(one!)).toEqual(expect.arrayContaining(acknowledged));
});

it("rejects what a leader that is cut off has pending, and makes it step down", async () => {
  const leader = await active();
  cluster.cut(leader.quorum.nodeId);
  const pending = leader.quorum.propose(bytes("never")).catch((error: unknown) => error);
  const read = leader.quorum.readBarrier().catch((error: unknown) => error);
  expect(await pending).toBeInstanceOf(SupersededError);
  expect(await read).toBeInstanceOf(NotLeaderError);
  expect(leader.quorum.isActive).toBe(false);
  await commit("elsewhere");
  cluster.heal(leader.quorum.nodeId);
  await until("the entry of the next leader", () => texts(leader).includes("elsewhere"));
  expect(texts(leader)).not.toContain("never");
});

it("sends a snapshot in pieces to one who was away too long, and the entries behind it", async () => {
  const leader = await active();
  const away = [1, 2, 3].find((id) => id !== leader.quorum.nodeId)!;
  await cluster.kill(away);
  for (let i = 0; i < 60; i++) await leader.quorum.propose(bytes(`entry ${i}`.padEnd(100)));
  const state = bytes("state ".repeat(2000));
  await leader.quorum.saveSnapshot(leader.committed[49]!.index, state);
  expect(leader.quorum.describe().logStartOffset).toBeGreaterThan(10);

  const back = await cluster.start(away);
  await until("the newest entries", () => back.committed.at(-1)?.index === leader.committed.at(-1)!.index);
  expect(back.snapshots.map((snapshot) => snapshot.index)).toEqual([leader.committed[49]!.index]);
  expect(text(back.snapshots[0]!.bytes)).toBe(text(state));
  expect(back.committed).toEqual(leader.committed.slice(50));

  // And it is its own from now on.
  await cluster.kill(away);
  const again = await cluster.start(away);
  await until("the newest entries again", () => again.committed.at(-1)?.index === leader.committed.at(-1)!.index);
  expect(again.snapshots.map((snapshot) => snapshot.index)).toEqual([leader.committed[49]!.index]);
});

it("hands leadership over when it stops cleanly, faster than an election timeout", async () => {
  const leader = await active();
  await commit("before");
  const others = [...cluster.nodes.values()].filter((node) => node !== leader);
  await leader.quorum.resign();
  expect(leader.quorum.isActive).toBe(false);
  const next = await active();
  expect(others).toContain(next);
  await leader.quorum.stop();
  cluster.nodes.delete(leader.quorum.nodeId);
  await commit("after");
});

it("drops messages of another cluster and damaged ones", async () => {
  const leader = await active();
  const epoch = leader.quorum.epoch;
  const foreign = { from: 2, to: 1, clusterId: "another", message: Uint8Array.of(1, 11, 0, 0, 0, 0, 0, 0, 0, 99) };
  await cluster.deliver(1, foreign);
  await cluster.deliver(1, { ...foreign, from: 77, clusterId: "test-cluster" });
  await cluster.deliver(1, { ...foreign, clusterId: "test-cluster", message: Uint8Array.of(1, 2, 3) });
  expect(cluster.nodes.get(1)!.logged.filter((line) => line.startsWith("dropped"))).toEqual([
    "dropped a quorum message that is not for this node",
    "dropped a quorum message that is not for this node",
    "dropped a damaged quorum message",
  ]);
  await commit("still here");
  expect(leader.quorum.epoch).toBe(epoch);
});
