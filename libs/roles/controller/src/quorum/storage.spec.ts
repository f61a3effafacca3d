import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeDisk } from "@moldau/disk";
import { staticVoter, type Entry, type SnapshotMetadata, type Write } from "@moldau/raft";
import { QuorumStorage, type OpenedStorage, type StorageOptions } from "./storage";
import { bytes } from "./testing/fake-cluster";

let directory: string;
let sequence = 1;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "moldau-quorum-storage-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function open(options: Partial<StorageOptions> = {}): Promise<OpenedStorage> {
  return QuorumStorage.open({
    disk: nodeDisk,
    directory,
    nodeId: 1,
    clusterId: "c",
    segmentBytes: 10_000,
    newDirectoryId: () => "directory_____________",
    guarded: false,
    ...options,
  });
}

function entries(from: number, to: number, term = 1, size = 20): Entry[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    index: from + i,
    term,
    type: "data",
    payload: bytes(`entry ${from + i} of ${term} `.padEnd(size, ".")),
  }));
}

function write(parts: Partial<Write>): Write {
  return { sequence: sequence++, entries: [], messagesAfter: [], ...parts };
}

const snapshotAt = (index: number, term = 1): SnapshotMetadata => ({
  index,
  term,
  configuration: { voters: [1, 2, 3].map(staticVoter) },
});

const plain = (read: readonly Entry[]): Entry[] =>
  read.map((entry) => ({ ...entry, payload: new Uint8Array(entry.payload) }));

it("keeps term, vote and entries over a restart, in as many files as it takes", async () => {
  const { storage } = await open({ segmentBytes: 500 });
  await storage.write([write({ hardState: { term: 3, vote: 2, recovering: false }, entries: entries(1, 30) })]);
  await storage.write([
    write({ entries: entries(31, 40, 3) }),
    write({ hardState: { term: 4, vote: -1, recovering: false } }),
  ]);
  await storage.close();
  expect((await readdir(directory)).filter((name) => name.endsWith(".raftlog")).length).toBeGreaterThan(3);
  const again = await open({ segmentBytes: 500 });
  expect(again.hardState).toEqual({ term: 4, vote: -1, recovering: false });
  expect(plain(again.entries)).toEqual([...entries(1, 30), ...entries(31, 40, 3)]);
  await again.storage.close();
});

it("gives a new directory its id, and a state of an older version one too", async () => {
  const first = await open({ guarded: true });
  expect(first.hardState).toEqual({ term: 0, vote: -1, recovering: true });
  await first.storage.close();
  // What is there counts, whatever the start wants: the promises are unknown until somebody says otherwise.
  const again = await open({ newDirectoryId: () => "another_______________" });
  expect(again).toMatchObject({ hardState: { recovering: true }, directoryId: "directory_____________" });
  await again.storage.close();

  const former = { clusterId: "c", nodeId: 1, leaderEpoch: 7, votedId: 2, data_version: 1 };
  await writeFile(join(directory, "quorum-state"), JSON.stringify(former));
  const opened = await open({ guarded: true });
  expect(opened).toMatchObject({
    hardState: { term: 7, vote: 2, recovering: false },
    directoryId: "directory_____________",
  });
  await opened.storage.close();
});

it("replaces a tail, within a file and over several", async () => {
  const { storage } = await open({ segmentBytes: 500 });
  await storage.write([write({ entries: entries(1, 40) })]);
  await storage.write([write({ truncateFrom: 38, entries: entries(38, 39, 2) })]);
  // Two writes that waited together: the second takes back what the first one adds.
  await storage.write([
    write({ entries: entries(40, 45, 2) }),
    write({ truncateFrom: 7, entries: entries(7, 9, 3) }),
    write({ entries: entries(10, 11, 3) }),
  ]);
  await storage.close();
  const again = await open({ segmentBytes: 500 });
  expect(plain(again.entries)).toEqual([...entries(1, 6), ...entries(7, 11, 3)]);
  await again.storage.close();
});

it("cuts the last write off wherever a crash stopped it, and keeps all that was synced before", async () => {
  const { storage } = await open();
  await storage.write([write({ entries: entries(1, 3) })]);
  const path = join(directory, "00000000000000000001.raftlog");
  const synced = (await stat(path)).size;
  await storage.write([write({ entries: entries(4, 6) })]);
  await storage.close();
  const whole = (await stat(path)).size;
  const frame = (whole - synced) / 3;
  for (let size = synced; size < whole; size += 5) {
    const copy = await mkdtemp(join(tmpdir(), "moldau-quorum-torn-"));
    await cp(directory, copy, { recursive: true });
    await truncate(join(copy, "00000000000000000001.raftlog"), size);
    const again = await open({ directory: copy });
    const kept = 3 + Math.floor((size - synced) / frame);
    expect(plain(again.entries)).toEqual(entries(1, kept));
    expect(again.tornBytes).toBe(size - synced - (kept - 3) * frame);
    // What follows takes the place of what was cut off.
    await again.storage.write([write({ entries: entries(kept + 1, kept + 1, 2) })]);
    await again.storage.close();
    const third = await open({ directory: copy });
    expect(plain(third.entries)).toEqual([...entries(1, kept), ...entries(kept + 1, kept + 1, 2)]);
    await third.storage.close();
    await rm(copy, { recursive: true });
  }
});

it("tells a torn write, of which a later part reached the disk, from damage to what was synced", async () => {
  const { storage } = await open();
  await storage.write([write({ entries: entries(1, 3) })]);
  await storage.write([write({ entries: entries(4, 6) })]);
  await storage.close();
  const path = join(directory, "00000000000000000001.raftlog");
  const content = await readFile(path);
  const damagedAt = async (needle: string): Promise<OpenedStorage> => {
    const damaged = Buffer.from(content);
    damaged.fill(0, damaged.indexOf(needle), damaged.indexOf(needle) + 5);
    await writeFile(path, damaged);
    return open();
  };
  // Entries 4 to 6 are one write: 5 may be missing although 6 is there.
  const torn = await damagedAt("entry 5");
  expect(plain(torn.entries)).toEqual(entries(1, 4));
  await torn.storage.close();
  // Entry 2 was synced before 4 was written.
  await expect(damagedAt("entry 2")).rejects.toThrow(/raftlog: damaged at byte \d+/);
});

it("refuses damage in a file that is not the last", async () => {
  const { storage } = await open({ segmentBytes: 100 });
  await storage.write([write({ entries: entries(1, 10) })]);
  await storage.close();
  const first = (await readdir(directory)).filter((name) => name.endsWith(".raftlog")).sort()[0]!;
  await truncate(join(directory, first), 20);
  await expect(open({ segmentBytes: 100 })).rejects.toThrow(/damaged at byte 0/);
});

it("starts anew behind a snapshot that came in pieces", async () => {
  const { storage } = await open();
  await storage.write([write({ entries: entries(1, 5) })]);
  const snapshot = snapshotAt(20, 3);
  await storage.write([
    write({ snapshotChunk: { snapshot, offset: 0, bytes: bytes("the state"), done: false } }),
    write({ snapshotChunk: { snapshot, offset: 9, bytes: bytes(" at twenty"), done: true } }),
    write({ entries: entries(21, 22, 3) }),
  ]);
  await storage.close();
  const again = await open();
  expect(again.snapshot?.metadata).toEqual(snapshot);
  expect(Buffer.from(again.snapshot!.bytes).toString()).toBe("the state at twenty");
  expect(plain(again.entries)).toEqual(entries(21, 22, 3));
  expect(await again.storage.readChunk(snapshot, 10, 5)).toEqual({ bytes: Buffer.from("at tw"), done: false });
  expect(await again.storage.readChunk(snapshot, 15, 100)).toEqual({ bytes: Buffer.from("enty"), done: true });
  expect(await again.storage.readChunk(snapshotAt(19), 0, 5)).toBeUndefined();
  await again.storage.close();
});

it("drops a log that a snapshot made void just before the crash, and keeps one that goes on behind it", async () => {
  const cases: [snapshot: SnapshotMetadata, kept: Entry[]][] = [
    [snapshotAt(8), []], // beyond the log
    [snapshotAt(3, 2), []], // the log says otherwise at 3: it is of another history
    [snapshotAt(3), entries(4, 5)],
    [snapshotAt(5), []],
  ];
  for (const [snapshot, kept] of cases) {
    const at = join(directory, `${snapshot.index}-${snapshot.term}`);
    const { storage } = await open({ directory: at });
    await storage.write([write({ entries: entries(1, 5) })]);
    await storage.saveSnapshot(snapshot, bytes("state"));
    await storage.close();
    const again = await open({ directory: at });
    expect(plain(again.entries)).toEqual(kept);
    const next = kept.at(-1)?.index ?? snapshot.index;
    await again.storage.write([write({ entries: entries(next + 1, next + 1, 5) })]);
    await again.storage.close();
    const third = await open({ directory: at });
    expect(plain(third.entries)).toEqual([...kept, ...entries(next + 1, next + 1, 5)]);
    await third.storage.close();
  }
});

it("refuses a damaged snapshot and forgets a half-written one", async () => {
  const { storage } = await open();
  await storage.write([
    write({ snapshotChunk: { snapshot: snapshotAt(9), offset: 0, bytes: bytes("half"), done: false } }),
  ]);
  await storage.saveSnapshot(snapshotAt(5), bytes("whole"));
  await storage.close();
  const again = await open();
  expect(again.snapshot?.metadata.index).toBe(5);
  expect((await readdir(directory)).filter((name) => name.endsWith(".part"))).toEqual([]);
  await again.storage.close();
  const path = join(directory, "00000000000000000005-0000000001.checkpoint");
  const content = await readFile(path);
  content[2]! ^= 1;
  await writeFile(path, content);
  await expect(open()).rejects.toThrow(/checkpoint: damaged snapshot/);
});

it("keeps two snapshots and deletes the log files that hold nothing behind an index", async () => {
  const { storage } = await open({ segmentBytes: 200 });
  await storage.write([write({ entries: entries(1, 30) })]);
  for (const index of [10, 20, 30]) await storage.saveSnapshot(snapshotAt(index), bytes(`at ${index}`));
  await storage.deleteUpTo(25);
  await storage.close();
  const names = await readdir(directory);
  expect(names.filter((name) => name.endsWith(".checkpoint")).map((name) => Number(name.slice(0, 20)))).toEqual([
    20, 30,
  ]);
  const first = Math.min(...names.filter((name) => name.endsWith(".raftlog")).map((name) => Number(name.slice(0, 20))));
  expect(first).toBeGreaterThan(20);
  expect(first).toBeLessThanOrEqual(26);
});

it("refuses a state file that is damaged, or of another node", async () => {
  const { storage } = await open();
  await storage.write([write({ hardState: { term: 1, vote: 1, recovering: false } })]);
  await storage.close();
  await expect(open({ nodeId: 2 })).rejects.toThrow(/belongs to node 1, this is 2\. Use another metadata\.log\.dir/);
  await writeFile(join(directory, "quorum-state"), "{");
  await expect(open()).rejects.toThrow(/quorum-state: damaged/);
});
