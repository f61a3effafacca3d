import * as fc from "fast-check";
import { MemoryDisk } from "@moldau/disk";
import { buildBatch } from "@moldau/record-batch";
import type { LogConfig } from "../log-config";
import type { PartitionLog } from "../partition-log";
import { batchesIn, clean, codecs, compacting, mark, put } from "../testing/compacting";
import { createLog, openStore, TOPIC_ID, type TestStore } from "../testing/harness";

/**
 * What a log holds by the rules alone, without any table of keys, group or file: everything that was appended, and for each
 * record whether it is to be there, may be there, or must not be.
 */
interface ModelRecord {
  offset: number;
  key: string;
  value: string | null;
  /** Of a transaction: who writes it, until it is decided. */
  aborted: boolean;
}

class Model {
  records: ModelRecord[] = [];
  /** producer id -> offsets of its open transaction. */
  readonly open = new Map<number, ModelRecord[]>();
  cleanOffset = 0;
  /** Up to here rounds may have come, told or not: nothing below is cut in a cluster, where it is committed. */
  committedOffset = 0;

  cut(offset: number): void {
    this.records = this.records.filter((record) => record.offset < offset);
    this.open.clear();
    this.cleanOffset = Math.min(this.cleanOffset, offset);
  }

  /** The newest committed value of each key; a tombstone is no value. */
  newest(): Map<string, { offset: number; value: string }> {
    const newest = new Map<string, { offset: number; value: string }>();
    for (const { offset, key, value, aborted } of this.records) {
      if (aborted) continue;
      if (value === null) newest.delete(key);
      else newest.set(key, { offset, value });
    }
    return newest;
  }

  /** Offsets below the end of the last round that it left nothing of: older than the newest of their key, or aborted. */
  isGone({ offset, key, aborted }: ModelRecord): boolean {
    if (offset >= this.cleanOffset) return false;
    if (aborted) return true;
    return this.records.some(
      (other) => other.key === key && !other.aborted && other.offset > offset && other.offset < this.cleanOffset,
    );
  }
}

const key = fc.integer({ min: 0, max: 5 }).map((i) => `k${i}`);
const record = fc.record({ key, value: fc.option(fc.string({ maxLength: 4 }), { freq: 4 }) });
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("put" as const),
      records: fc.array(record, { minLength: 1, maxLength: 4 }),
      codec: fc.constantFrom(0, 1),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("transactional" as const),
      producerId: fc.integer({ min: 1, max: 2 }),
      records: fc.array(record, { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("end" as const),
      producerId: fc.integer({ min: 1, max: 2 }),
      commit: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("roll" as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("clean" as const),
      keys: fc.constantFrom(2, 5, 1_000),
      laterMs: fc.nat(900),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("truncate" as const), back: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("crash" as const),
      operations: fc.nat(60),
      dice: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 8, maxLength: 8 }),
    }),
  },
);

const config: LogConfig = { ...compacting, segmentBytes: 500 };

async function check(log: PartitionLog, model: Model): Promise<void> {
  const batches = await batchesIn(log);
  const aborted = await log.abortedTransactions({ from: log.logStartOffset, to: log.logEndOffset });
  // As a consumer of committed data does it.
  const isSkipped = (producerId: number, offset: number): boolean =>
    aborted.some((one) => one.producerId === producerId && one.firstOffset <= offset && offset < one.lastOffset);
  const known = new Map(model.records.map((one) => [one.offset, one]));
  const seen = new Map<string, { offset: number; value: string }>();
  let before = -1;
  for (const { control, producerId, baseOffset, lastOffset, records } of batches) {
    expect(baseOffset).toBeGreaterThan(before);
    before = lastOffset;
    if (control) continue;
    for (const { offset, key, value } of records) {
      const origin = known.get(offset)!;
      expect({ offset, key, value }).toEqual({ offset, key: origin.key, value: origin.value });
      expect({ offset, gone: model.isGone(origin) }).toEqual({ offset, gone: false });
      if (isSkipped(producerId, offset)) {
        expect({ offset, aborted: origin.aborted }).toEqual({ offset, aborted: true });
        continue;
      }
      expect({ offset, aborted: origin.aborted }).toEqual({ offset, aborted: false });
      if (value === null) seen.delete(key!);
      else seen.set(key!, { offset, value });
    }
  }
  expect(seen).toEqual(model.newest());
}

it("holds what the rules say, through rounds, transactions, cuts, restarts and crashes", async () => {
  let rounds = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60, size: "max" }), async (steps) => {
      const quick = (disk: MemoryDisk): MemoryDisk => {
        disk.latency = () => Promise.resolve();
        return disk;
      };
      let opened: TestStore = await openStore({ configOf: () => config, disk: quick(new MemoryDisk()), ...codecs });
      let log = await createLog(opened.store, config);
      const model = new Model();
      let nowMs = opened.clock.ms;
      const endAll = async (): Promise<void> => {
        for (const producerId of [...model.open.keys()]) await end(producerId, true);
      };
      const end = async (producerId: number, commit: boolean): Promise<void> => {
        const records = model.open.get(producerId);
        if (!records) return;
        const firstOffset = records[0]!.offset;
        model.open.delete(producerId);
        const oldestOpen = Math.min(...[...model.open.values()].map(([first]) => first!.offset));
        await mark(log, commit ? "commit" : "abort", producerId, commit ? {} : { firstOffset, oldestOpen });
        if (!commit) for (const one of records) one.aborted = true;
      };
      const note = (baseOffset: number, records: readonly { key: string; value: string | null }[]): ModelRecord[] => {
        const added = records.map((one, i) => ({ ...one, offset: baseOffset + i, aborted: false }));
        model.records.push(...added);
        return added;
      };
      const round = async (keys: number): Promise<void> => {
        const lastStableOffset = Math.min(
          log.logEndOffset,
          ...[...model.open.values()].map(([first]) => first!.offset),
        );
        model.committedOffset = Math.max(model.committedOffset, lastStableOffset);
        const stats = await clean(log, { nowMs, lastStableOffset, memoryBytes: 24 * (keys + 1) });
        if (stats) rounds += 1;
        if (stats) model.cleanOffset = stats.endOffset;
      };
      for (const one of steps) {
        switch (one.kind) {
          case "put":
            note(await put(log, one.records, { codec: one.codec }), one.records);
            break;
          case "transactional": {
            const { producerId } = one;
            const baseOffset = log.logEndOffset;
            const records = one.records.map(({ key, value }) => ({
              key: Buffer.from(key),
              value: value === null ? null : Buffer.from(value),
              timestamp: 1_700_000_000_000,
            }));
            const batch = {
              records,
              baseOffset,
              partitionLeaderEpoch: 0,
              producerId,
              producerEpoch: 0,
              baseSequence: 0,
            };
            const lastOffset = baseOffset + records.length - 1;
            const part = { baseOffset, lastOffset, maxTimestamp: 1_700_000_000_000, leaderEpoch: 0 };
            await log.append([{ bytes: buildBatch({ ...batch, transactional: true }), ...part }]);
            model.open.set(producerId, [...(model.open.get(producerId) ?? []), ...note(baseOffset, one.records)]);
            break;
          }
          case "end":
            await end(one.producerId, one.commit);
            break;
          case "roll":
            log.roll();
            break;
          case "clean":
            nowMs += one.laterMs;
            log.roll();
            note(await put(log, [{ key: "active", value: "" }]), [{ key: "active", value: "" }]);
            await round(one.keys);
            break;
          case "truncate": {
            // Committed records are never cut in a cluster: what is open goes with the cut, what is decided stays.
            await endAll();
            const offset = Math.max(model.committedOffset, log.logEndOffset - one.back);
            const marks = (await batchesIn(log)).filter(({ control, baseOffset }) => control && baseOffset >= offset);
            if (marks.length > 0) break;
            await log.truncateTo(offset);
            model.cut(log.logEndOffset);
            break;
          }
          case "restart":
            await endAll();
            await opened.store.close();
            opened = await openStore({ configOf: () => config, disk: opened.disk, ...codecs });
            log = opened.store.log(TOPIC_ID, 0)!;
            break;
          case "crash": {
            await endAll();
            log.roll();
            await log.flush();
            await opened.store.writeCheckpoints();
            // In the midst of a round.
            let operations = 0;
            const { disk } = opened;
            const stopped = new Promise<void>((resolve) => {
              disk.latency = () => {
                if (operations++ < one.operations) return Promise.resolve();
                resolve();
                return new Promise(() => undefined);
              };
            });
            const lastStableOffset = log.logEndOffset;
            model.committedOffset = lastStableOffset;
            await Promise.race([stopped, clean(log, { nowMs, lastStableOffset }).then(() => undefined)]);
            let die = 0;
            const next = quick(disk.crash(() => one.dice[die++ % one.dice.length]!));
            opened = await openStore({ configOf: () => config, disk: next, ...codecs });
            log = await createLog(opened.store, config);
            // How far the round came only the checkpoint says.
            model.cleanOffset = log.cleanOffset ?? 0;
            break;
          }
        }
        await check(log, model);
      }
      await opened.store.close();
    }),
    { numRuns: 40 },
  );
  expect(rounds).toBeGreaterThan(50);
}, 300_000);
