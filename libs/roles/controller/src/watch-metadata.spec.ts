import type { MetadataUpdate } from "@moldau/contracts";
import { MetadataLog } from "./metadata-log";
import { startSnapshots } from "./snapshots";
import { FakeQuorum, feature, settle } from "./testing/fake-quorum";
import { watchMetadata } from "./watch-metadata";

let quorum: FakeQuorum;
let metadata: MetadataLog;
let stopping: AbortController;

beforeEach(() => {
  quorum = new FakeQuorum();
  metadata = new MetadataLog({ tailEntriesMax: 5 });
  metadata.follow(quorum);
  stopping = new AbortController();
});
afterEach(() => {
  stopping.abort();
  metadata.wakeAll();
});

function watch(fromOffset: number, signal?: AbortSignal, heartbeatMs = 60_000) {
  const source = { metadata, quorum, stopping: stopping.signal, heartbeatMs, pieceBytes: 40 };
  const stream = watchMetadata(source, { fromOffset }, signal);
  return async (): Promise<MetadataUpdate> => (await stream.next()).value as MetadataUpdate;
}

const kindOf = (update: MetadataUpdate): string => {
  if (update.snapshotBegin || update.snapshotEnd) return `snapshot to ${update.lastOffset}`;
  return update.records.length > 0 ? `entry ${update.lastOffset}` : `nothing new at ${update.lastOffset}`;
};

it("has nothing but a heartbeat for one who knows nothing before there is anything, then a snapshot, then entries", async () => {
  const next = watch(0);
  expect(await next()).toMatchObject({ lastOffset: -1, highWatermark: -1, leaderId: 201, records: [] });
  const first = next();
  quorum.commitOthers(feature("a"));
  expect(await first).toMatchObject({ snapshotBegin: true, snapshotEnd: true, lastOffset: 1, highWatermark: 1 });
  quorum.commitOthers(feature("b"));
  quorum.commitOthers(feature("c"));
  expect(await next()).toMatchObject({ lastOffset: 2, highWatermark: 3, snapshotBegin: false });
  expect(kindOf(await next())).toBe("entry 3");
});

it("goes on behind what a watcher has, and says at once that it has everything", async () => {
  for (const name of ["a", "b", "c"]) quorum.commitOthers(feature(name));
  const next = watch(3);
  expect(kindOf(await next())).toBe("entry 3");
  const caughtUp = watch(4);
  expect(await caughtUp()).toMatchObject({ records: [], lastOffset: 3, highWatermark: 3 });
});

it("sends a snapshot in pieces", async () => {
  const names = ["a", "b", "c", "d", "e", "f"].map((name) => name.repeat(10));
  quorum.load(
    7,
    names.map((name) => feature(name)),
  );
  const next = watch(0);
  const updates: MetadataUpdate[] = [];
  do updates.push(await next());
  while (!updates.at(-1)!.snapshotEnd);
  expect(updates.length).toBeGreaterThan(1);
  expect(updates.map((each) => each.snapshotBegin)).toEqual(updates.map((_, i) => i === 0));
  expect(updates.flatMap((each) => each.records)).toHaveLength(names.length);
  expect(updates.every((each) => each.lastOffset === 7)).toBe(true);
});

it("lets a slow watcher start over where the log in memory no longer reaches back to it", async () => {
  quorum.commitOthers(feature("a"));
  const next = watch(2);
  expect(kindOf(await next())).toBe("nothing new at 1");
  for (let i = 0; i < 4; i++) quorum.commitOthers(feature(`b${i}`));
  expect(kindOf(await next())).toBe("entry 2");
  for (let i = 0; i < 10; i++) quorum.commitOthers(feature("c", i + 1));
  const begun = await next();
  expect(begun.snapshotBegin).toBe(true);
  let last = begun;
  while (!last.snapshotEnd) last = await next();
  expect(last.lastOffset).toBe(15);
  quorum.commitOthers(feature("d"));
  expect(kindOf(await next())).toBe("entry 16");
});

it("waits for one who is ahead, unless this controller is active: then that log is no more", async () => {
  quorum.isActive = false;
  quorum.commitOthers(feature("a"));
  const next = watch(3);
  expect(kindOf(await next())).toBe("nothing new at 2");
  const later = next();
  quorum.commitOthers(feature("b"));
  quorum.commitOthers(feature("c"));
  expect(kindOf(await later)).toBe("entry 3");
  quorum.isActive = true;
  expect((await watch(50)()).snapshotBegin).toBe(true);
});

it("speaks when nothing happens, and when the leader changes", async () => {
  quorum.commitOthers(feature("a"));
  const often = watch(2, undefined, 1);
  for (let i = 0; i < 3; i++) expect(kindOf(await often())).toBe("nothing new at 1");
  const seldom = watch(2);
  await seldom();
  const next = seldom();
  quorum.leaderId = 202;
  metadata.wakeAll();
  expect(await next).toMatchObject({ leaderId: 202, lastOffset: 1 });
});

it("sends its watchers elsewhere when it knows no leader for long, and not before", async () => {
  quorum.commitOthers(feature("a"));
  const next = watch(2, undefined, 1);
  await next();
  quorum.leaderId = -1;
  for (let i = 0; i < 2; i++) expect(await next()).toMatchObject({ leaderId: -1 });
  quorum.leaderId = 202;
  expect(await next()).toMatchObject({ leaderId: 202 });
  quorum.leaderId = -1;
  for (let i = 0; i < 6; i++) expect(await next()).toMatchObject({ leaderId: -1 });
  expect(await next()).toBeUndefined();
});

it("ends when the watcher goes, and when the controller stops", async () => {
  const aborter = new AbortController();
  const gone = watch(0, aborter.signal);
  const staying = watch(0);
  await gone();
  await staying();
  const ends = [gone(), staying()];
  aborter.abort();
  expect(await ends[0]).toBeUndefined();
  stopping.abort();
  metadata.wakeAll();
  expect(await ends[1]).toBeUndefined();
});

it("saves a snapshot after enough bytes of log, once at a time", async () => {
  const errors: string[] = [];
  const log = { error: (_: unknown, message: string) => void errors.push(message) } as never;
  const snapshots = startSnapshots({
    metadata,
    quorum,
    clock: { monotonicMs: () => 0 },
    bytesBetween: 60,
    intervalMs: 0,
    log,
  });
  const commit = async () => {
    void quorum.propose(metadataEntry()).catch(() => undefined);
    quorum.commit();
    await new Promise((resolve) => setImmediate(resolve));
    await settle();
  };
  await commit();
  await commit();
  expect(quorum.saved).toEqual([]);
  for (let i = 0; i < 4 && quorum.saved.length === 0; i++) await commit();
  expect(quorum.saved).toEqual([metadata.image.offset]);
  snapshots.stop();
  expect(errors).toEqual([]);
});

/** An entry of 30 bytes or so. */
function metadataEntry(): Uint8Array {
  const probe = new FakeQuorum();
  let payload = new Uint8Array();
  probe.onCommitted((entry) => (payload = entry.payload.slice()));
  probe.commitOthers(feature("abcdefghijklmnopqr"));
  return payload;
}
