import { join } from "node:path";
import * as fc from "fast-check";
import { MemoryDisk } from "@moldau/disk";
import type { PartitionLog } from "./partition-log";
import { createLog, openStore, smallSegments, TOPIC_ID, type TestStore } from "./testing/harness";
import { judge, partOf, snapshotOf, type TransactionalBatch } from "./testing/transactional";

const FOLDER = "/data/orders-0";
const fileOf = (baseOffset: number, suffix: string) => join(FOLDER, String(baseOffset).padStart(20, "0") + suffix);

/** A log with its model: all batches that it ever held and that were not cut off. */
class Transactional {
  batches: TransactionalBatch[] = [];
  appending = false;
  snapshotOffset = -1;

  constructor(
    public opened: TestStore,
    public log: PartitionLog,
  ) {
    this.attach();
  }

  static async create(config = smallSegments): Promise<Transactional> {
    const opened = await openStore({ configOf: () => config });
    return new Transactional(opened, await createLog(opened.store, config));
  }

  attach(): void {
    this.log.onRoll = (baseOffset) => {
      if (!this.appending) return this.snapshot();
      expect(baseOffset).toBe(this.snapshotOffset);
    };
  }

  /** Appends, and writes a snapshot where a new segment begins, as the broker does. */
  async append(some: readonly Omit<TransactionalBatch, "baseOffset">[], wait = true): Promise<void> {
    const writes: Promise<void>[] = [];
    for (const one of some) {
      const batch = { ...one, baseOffset: this.log.logEndOffset };
      const part = partOf(batch, this.batches);
      if (this.log.wouldRoll({ ...part, sizeBytes: part.bytes.length })) writes.push(this.snapshot());
      this.appending = true;
      writes.push(this.log.append([part]));
      this.appending = false;
      this.batches.push(batch);
    }
    if (wait) await Promise.all(writes);
    else for (const write of writes) write.catch(() => undefined);
  }

  async snapshot(): Promise<void> {
    const { logEndOffset } = this.log;
    const entries = snapshotOf(this.batches);
    this.snapshotOffset = logEndOffset;
    await this.log.append([]);
    await this.log.writeProducerSnapshot(logEndOffset, entries);
  }

  cut(): void {
    this.batches = this.batches.filter(({ baseOffset }) => baseOffset < this.log.logEndOffset);
  }

  async reopen(disk: MemoryDisk, config = smallSegments): Promise<void> {
    this.opened = await openStore({ configOf: () => config, disk });
    this.log = this.opened.store.log(TOPIC_ID, 0) ?? (await createLog(this.opened.store, config));
    this.attach();
    this.cut();
  }

  async check(ranges: readonly [number, number][] = []): Promise<void> {
    const { logStartOffset, logEndOffset } = this.log;
    const { aborted } = judge(this.batches);
    for (const [a, b] of [[0, 1] as const, ...ranges]) {
      const from = logStartOffset + Math.floor(a * (logEndOffset - logStartOffset));
      const to = from + Math.ceil(b * (logEndOffset - from));
      const expected = aborted.filter(({ firstOffset, lastOffset }) => lastOffset >= from && firstOffset < to);
      expect({ from, to, found: await this.log.abortedTransactions({ from, to }) }).toEqual({
        from,
        to,
        found: expected,
      });
    }
  }
}

const batch = fc.record({
  producerId: fc.integer({ min: 1, max: 4 }),
  kind: fc.constantFrom("data" as const, "data" as const, "data" as const, "commit" as const, "abort" as const),
});
const batches = fc.array(batch, { minLength: 1, maxLength: 12 });
const part = fc.double({ min: 0, max: 1, noNaN: true });
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("append" as const), batches }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("truncate" as const), at: part }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("flush" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("checkpoint" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("roll" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("snapshot" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("deleteRecords" as const), at: part }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("startAnew" as const), ahead: fc.integer({ min: 0, max: 9 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("crash" as const),
      batches,
      turns: fc.nat(12),
      survival: fc.oneof(
        fc.constant("process" as const),
        fc.constant("onlySynced" as const),
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 8, maxLength: 8 }),
      ),
    }),
  },
);

it("names the aborted transactions of every range, through rolls, cuts, restarts and crashes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 30 }),
      fc.array(fc.tuple(part, part), { minLength: 3, maxLength: 3 }),
      async (steps, ranges) => {
        const model = await Transactional.create();
        for (const one of steps) {
          const { log, opened } = model;
          const at = (share: number) =>
            log.logStartOffset + Math.floor(share * (log.logEndOffset - log.logStartOffset));
          switch (one.kind) {
            case "append":
              await model.append(one.batches);
              break;
            case "truncate":
              await log.truncateTo(at(one.at));
              model.cut();
              break;
            case "flush":
              await log.flush();
              break;
            case "checkpoint":
              await opened.store.writeCheckpoints();
              break;
            case "roll":
              log.roll();
              break;
            case "snapshot":
              await model.snapshot();
              break;
            case "deleteRecords":
              await log.advanceLogStartOffset(at(one.at));
              log.highWatermark = log.logEndOffset;
              await opened.store.runRetention(opened.clock.ms);
              await opened.store.runDeletions(Infinity);
              break;
            case "startAnew":
              await log.truncateFullyAndStartAt(log.logEndOffset + one.ahead);
              model.batches = [];
              break;
            case "restart":
              await opened.store.close();
              expect(opened.disk.openCount).toBe(0);
              await model.reopen(opened.disk);
              break;
            case "crash": {
              await model.append(one.batches, false);
              for (let turn = 0; turn < one.turns; turn++) await new Promise((resolve) => setImmediate(resolve));
              let die = 0;
              const { survival } = one;
              const dice = () => survival[die++ % survival.length] as number;
              await model.reopen(opened.disk.crash(typeof survival === "string" ? survival : dice));
              break;
            }
          }
          await model.check(ranges);
        }
        await model.opened.store.close();
      },
    ),
    { numRuns: 200 },
  );
}, 60_000);

/** Two transactions that span segments, an aborted one within one, a committed one; some of them end late. */
const story: readonly Omit<TransactionalBatch, "baseOffset">[] = [
  { producerId: 1, kind: "data" },
  { producerId: 2, kind: "data" },
  { producerId: 3, kind: "data" },
  { producerId: 3, kind: "abort" },
  { producerId: 1, kind: "data" },
  { producerId: 4, kind: "data" },
  { producerId: 4, kind: "commit" },
  { producerId: 1, kind: "abort" },
  { producerId: 2, kind: "data" },
  { producerId: 2, kind: "abort" },
];
const oneSegment = { ...smallSegments, segmentBytes: 1e6 };

it("knows after a kill what was aborted in a tail that is torn at any byte", async () => {
  const model = await Transactional.create(oneSegment);
  await model.append(story);
  const { disk } = model.opened;
  const whole = Buffer.from(disk.contentOf(fileOf(0, ".log")));
  const sizes = story.map((one, i) => partOf({ ...one, baseOffset: i }, []).bytes.length);
  expect(whole.length).toBe(sizes.reduce((sum, size) => sum + size));
  const firstTorn = sizes.slice(0, 3).reduce((sum, size) => sum + size);
  for (let size = firstTorn; size <= whole.length; size++) {
    const torn = disk.crash("process");
    torn.setContent(fileOf(0, ".log"), whole.subarray(0, size));
    const again = new Transactional(model.opened, model.log);
    again.batches = [...model.batches];
    await again.reopen(torn, oneSegment);
    let end = 0;
    for (let bytes = 0; end < sizes.length && bytes + sizes[end]! <= size; end++) bytes += sizes[end]!;
    expect({ size, end: again.log.logEndOffset }).toEqual({ size, end });
    await again.check([
      [0.3, 1],
      [0.9, 1],
    ]);
    await again.opened.store.close();
  }
}, 60_000);

it("writes an index that is torn, damaged or not its own anew, after a clean stop as well", async () => {
  const model = await Transactional.create(oneSegment);
  await model.append(story);
  await model.opened.store.close();
  const { disk } = model.opened;
  const path = fileOf(0, ".txnindex");
  const right = Buffer.from(disk.contentOf(path));
  expect(right.length).toBe(3 * 34);
  const foreign = Buffer.from(right);
  foreign.writeBigInt64BE(99n, 34 + 18);
  const wrong = [...Array.from({ length: right.length }, (_, size) => right.subarray(0, size)), foreign];
  for (const content of wrong) {
    if (content.length % 34 === 0 && content !== foreign) continue;
    const next = disk.crash("process");
    next.setContent(path, content);
    await model.reopen(next, oneSegment);
    expect(model.opened.events).toContainEqual(expect.objectContaining({ type: "indexRebuilt" }));
    await model.check([[0.5, 0.7]]);
    await model.opened.store.close();
    expect(Buffer.from(next.contentOf(path)).equals(right)).toBe(true);
  }
});

it("has no file where nothing was aborted, and one per segment where something was, gone with the segment", async () => {
  const model = await Transactional.create({ ...smallSegments, segmentBytes: 250 });
  const names = async () =>
    (await model.opened.disk.list(FOLDER)).map(({ name }) => name).filter((name) => /txn/.test(name));
  await model.append([
    { producerId: 1, kind: "data" },
    { producerId: 1, kind: "commit" },
  ]);
  await model.append(story.map((one) => ({ ...one, kind: one.kind === "abort" ? "commit" : one.kind })));
  await model.log.flush();
  expect(await names()).toEqual([]);
  expect(model.log.abortedTransactions({ from: 0, to: 99 })).toEqual([]);
  await model.append([...story, ...story, { producerId: 1, kind: "data" }]);
  await model.log.flush();
  const indexed = await names();
  expect(indexed.length).toBeGreaterThan(3);
  const last = Number(indexed.at(-1)!.slice(0, 20));
  await model.log.advanceLogStartOffset(last);
  model.log.highWatermark = model.log.logEndOffset;
  await model.opened.store.runRetention(model.opened.clock.ms);
  expect((await names()).filter((name) => !name.endsWith(".deleted"))).toEqual([indexed.at(-1)]);
  await model.opened.store.runDeletions(Infinity);
  expect(await names()).toEqual([indexed.at(-1)]);
  await model.check([[0, 0.5]]);
  await model.log.truncateFullyAndStartAt(last);
  expect((await names()).filter((name) => !name.endsWith(".deleted"))).toEqual([]);
  await model.opened.store.close();
});

it("begins a new segment when the index of aborted transactions is as large as indexes may be", async () => {
  const model = await Transactional.create({
    ...smallSegments,
    segmentBytes: 1e6,
    segmentIndexBytes: 34 * 2,
    indexIntervalBytes: 1e6,
  });
  await model.append([...story, ...story]);
  const bases = (await model.log.segments()).map(({ baseOffset }) => baseOffset);
  expect(bases).toEqual([0, 8, 14]);
  expect(model.opened.events).toContainEqual(
    expect.objectContaining({ type: "segmentRolled", reason: "transactionIndexFull" }),
  );
  await model.check([[0.2, 0.4]]);
  await model.opened.store.close();
});

it("keeps the snapshot that a recovery of the active segment begins with, however many follow", async () => {
  const model = await Transactional.create({ ...smallSegments, segmentBytes: 250 });
  await model.append([...story, { producerId: 1, kind: "data" }]);
  await model.log.flush();
  const base = (await model.log.segments()).at(-1)!.baseOffset;
  model.log.config = { ...smallSegments, segmentBytes: 1e6 };
  for (let i = 0; i < 8; i++) {
    await model.append([{ producerId: 2, kind: "data" }]);
    await model.snapshot();
  }
  const offsets = (await model.opened.disk.list(FOLDER))
    .filter(({ name }) => name.endsWith(".snapshot"))
    .map(({ name }) => Number(name.slice(0, 20)));
  expect(offsets.filter((offset) => offset <= base)).toHaveLength(1);
  expect(offsets).toHaveLength(5);
  await model.opened.store.close();
});
