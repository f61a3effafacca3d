import { mkdtemp, readdir, rm, stat, truncate, writeFile, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NotLeaderError } from "./quorum";
import { bytes, FakeCluster, text, until, type FakeNode } from "./testing/fake-cluster";

let directory: string;
let running: FakeNode[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "moldau-quorum-"));
});
afterEach(async () => {
  await Promise.all(running.map((node) => node.quorum.stop()));
  running = [];
  await rm(directory, { recursive: true });
});

async function start(settings: { segmentBytes?: number; clusterId?: string } = {}): Promise<FakeNode> {
  const raft = { trailingEntries: 2 };
  const node = await new FakeCluster([201], () => directory, { tickMs: 50, raft, ...settings }).start(201);
  running.push(node);
  return node;
}

async function stop(node: FakeNode): Promise<void> {
  await node.quorum.stop();
  running = running.filter((each) => each !== node);
}

const logDirectory = (): string => join(directory, "__cluster_metadata-0");

it("leads at once, without waiting for an election timeout", async () => {
  const node = await start();
  let ticks = 0;
  const ticker = setInterval(() => ticks++, 50);
  await until("leadership", () => node.quorum.isActive);
  clearInterval(ticker);
  expect(ticks).toBeLessThan(20); // an election timeout of 20 ticks, seen by the same event loop
  expect(node.leadership.at(-1)).toEqual({ active: true, leaderId: 201, epoch: 1 });
});

it("commits what is proposed, in order, and gives all of it again after a restart, once", async () => {
  const first = await start();
  await until("leadership", () => first.quorum.isActive);
  const outcomes = await Promise.all(Array.from({ length: 100 }, (_, i) => first.quorum.propose(bytes(`entry ${i}`))));
  expect(first.committed.map((entry) => text(entry.payload))).toEqual(outcomes.map((_, i) => `entry ${i}`));
  expect(first.committed.map(({ index, epoch }) => ({ index, epoch }))).toEqual(outcomes);
  await first.quorum.readBarrier();
  await stop(first);
  await expect(first.quorum.propose(bytes("too late"))).rejects.toThrow(NotLeaderError);

  const second = await start();
  await until("leadership", () => second.quorum.isActive);
  expect(second.quorum.epoch).toBe(2);
  expect(second.committed).toEqual(first.committed);
});

it("starts from a snapshot and deletes the log behind it", async () => {
  const first = await start({ segmentBytes: 1000 });
  await until("leadership", () => first.quorum.isActive);
  for (let i = 0; i < 60; i++) await first.quorum.propose(bytes(`entry ${i}`.padEnd(50)));
  const at = first.committed[49]!;
  const before = (await readdir(logDirectory())).filter((name) => name.endsWith(".raftlog")).length;
  await first.quorum.saveSnapshot(at.index, bytes("the state after fifty"));
  await first.quorum.propose(bytes("one more"));
  const after = (await readdir(logDirectory())).filter((name) => name.endsWith(".raftlog")).length;
  expect(after).toBeLessThan(before);
  expect(first.quorum.describe()).toMatchObject({ snapshotIndex: at.index, leaderId: 201 });
  await stop(first);

  const second = await start({ segmentBytes: 1000 });
  await until("leadership", () => second.quorum.isActive);
  expect(second.snapshots.map((snapshot) => [snapshot.index, snapshot.epoch, text(snapshot.bytes)])).toEqual([
    [at.index, at.epoch, "the state after fifty"],
  ]);
  expect(second.committed).toEqual(first.committed.slice(50));
});

it("cuts off a torn tail and keeps everything before it", async () => {
  const first = await start();
  await until("leadership", () => first.quorum.isActive);
  for (let i = 0; i < 5; i++) await first.quorum.propose(bytes(`entry ${i}`));
  await stop(first);
  const path = join(logDirectory(), "00000000000000000001.raftlog");
  await truncate(path, (await stat(path)).size - 3);

  const second = await start();
  await until("leadership", () => second.quorum.isActive);
  expect(second.logged).toContain("cut off an incomplete write at the end of the metadata log");
  expect(second.committed.map((entry) => text(entry.payload))).toEqual(["entry 0", "entry 1", "entry 2", "entry 3"]);
});

it("refuses a log that is damaged where it was once on disk", async () => {
  const first = await start();
  await until("leadership", () => first.quorum.isActive);
  for (let i = 0; i < 5; i++) await first.quorum.propose(bytes(`entry ${i}`));
  await stop(first);
  const path = join(logDirectory(), "00000000000000000001.raftlog");
  const content = await readFile(path);
  content[content.indexOf("entry 1")]! ^= 0xff;
  await writeFile(path, content);
  await expect(start()).rejects.toThrow(/damaged at byte \d+.*empty this directory|backup/);
});

it("refuses the directory of another cluster", async () => {
  const first = await start();
  await until("leadership", () => first.quorum.isActive);
  await stop(first);
  await expect(start({ clusterId: "another" })).rejects.toThrow(/belongs to cluster test-cluster, this is another/);
});

it("says so when a listener comes too late", async () => {
  const node = await start();
  await until("leadership", () => node.quorum.isActive);
  expect(() => node.quorum.onCommitted(() => undefined)).toThrow(/at once after startQuorum/);
});

it("stops for good when the state machine breaks an invariant", async () => {
  const cluster = new FakeCluster([201], () => directory, {});
  const node = await cluster.start(201);
  running.push(node);
  node.quorum.onCommitted(() => {
    throw new Error("the image is inconsistent");
  });
  await until("leadership", () => node.quorum.isActive);
  await expect(node.quorum.propose(bytes("x"))).rejects.toThrow();
  expect(node.failures.map((failure) => failure.message)).toEqual(["the image is inconsistent"]);
  expect(node.quorum.isActive).toBe(false);
});
