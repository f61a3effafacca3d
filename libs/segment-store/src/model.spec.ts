import { MemoryDisk } from "@moldau/disk";
import * as fc from "fast-check";
import { batchesOf } from "@moldau/record-batch";
import { partsOf } from "./parts";
import type { PartitionLog } from "./partition-log";
import { batch, createLog, openStore, readAll, smallSegments, TOPIC_ID, type TestStore } from "./testing/harness";

/** What the log must hold: batches in order, and how much of it no crash may take. */
interface Model {
  batches: { baseOffset: number; endOffset: number; bytes: Uint8Array }[];
  logStartOffset: number;
  logEndOffset: number;
  /** Exclusive: flushed, so that even a power cut leaves it. */
  durableOffset: number;
}

const config = { ...smallSegments, segmentBytes: 700, indexIntervalBytes: 100 };

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("append" as const),
      batches: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }),
      newEpoch: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("truncate" as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("flush" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("checkpoint" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("roll" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("deleteRecords" as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("retain" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("startAnew" as const), ahead: fc.integer({ min: 0, max: 50 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("crash" as const),
      dice: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 8, maxLength: 8 }),
    }),
  },
);

async function check(log: PartitionLog, model: Model): Promise<void> {
  expect(log.logEndOffset).toBe(model.logEndOffset);
  expect(log.logStartOffset).toBe(model.logStartOffset);
  const expected = model.batches.filter((one) => one.endOffset > model.logStartOffset);
  const all = await readAll(log, model.logStartOffset, 300);
  expect(all.bytes.equals(Buffer.concat(expected.map((one) => one.bytes)))).toBe(true);
  for (const one of expected) {
    const fetchOffset = Math.max(model.logStartOffset, one.endOffset - 1);
    const read = await log.read({ fetchOffset, maxBytes: 1, upToOffset: Infinity, atLeastOne: true });
    expect(Buffer.concat(read.chunks).equals(one.bytes)).toBe(true);
    read.release();
    expect(log.epochForOffset(fetchOffset)).toBe([...batchesOf(one.bytes)][0]!.header.partitionLeaderEpoch);
  }
}

it("holds what a simple model holds, through cuts, restarts and crashes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), fc.boolean(), async (steps, hasRoom) => {
      /** With a page cache that has room two reads and writes of three are made at once. */
      const paced = (disk: MemoryDisk): MemoryDisk => {
        let count = 0;
        disk.isAtOnce = () => hasRoom && ++count % 3 > 0;
        return disk;
      };
      let opened: TestStore = await openStore({ configOf: () => config, disk: paced(new MemoryDisk()) });
      let log = await createLog(opened.store, config);
      const model: Model = { batches: [], logStartOffset: 0, logEndOffset: 0, durableOffset: 0 };
      let epoch = 0;
      const cut = (offset: number): void => {
        const gone = model.batches.find((one) => one.endOffset > offset);
        model.batches = model.batches.filter((one) => one.endOffset <= offset);
        model.logEndOffset = Math.min(offset, gone?.baseOffset ?? offset);
        model.durableOffset = Math.min(model.durableOffset, model.logEndOffset);
      };
      for (const one of steps) {
        switch (one.kind) {
          case "append": {
            if (one.newEpoch) epoch += 1;
            const parts = one.batches.map((records) => {
              const bytes = batch({ baseOffset: model.logEndOffset, records, epoch });
              const endOffset = model.logEndOffset + records;
              model.batches.push({ baseOffset: model.logEndOffset, endOffset, bytes });
              model.logEndOffset = endOffset;
              return bytes;
            });
            await Promise.all(parts.map((bytes) => log.append(partsOf(bytes))));
            break;
          }
          case "truncate": {
            const from = model.logStartOffset;
            const offset = from + Math.floor(one.at * (model.logEndOffset - from + 1));
            await log.truncateTo(offset);
            if (offset < model.logEndOffset) cut(offset);
            model.logStartOffset = Math.min(model.logStartOffset, model.logEndOffset);
            break;
          }
          case "flush":
            await log.flush();
            model.durableOffset = model.logEndOffset;
            break;
          case "checkpoint":
            await opened.store.writeCheckpoints();
            break;
          case "roll":
            log.roll();
            break;
          case "deleteRecords": {
            const from = model.logStartOffset;
            model.logStartOffset = from + Math.floor(one.at * (model.logEndOffset - from));
            await log.advanceLogStartOffset(model.logStartOffset);
            break;
          }
          case "retain":
            log.highWatermark = model.logEndOffset;
            await opened.store.runRetention(opened.clock.ms);
            await opened.store.runDeletions(Infinity);
            break;
          case "startAnew": {
            const offset = model.logEndOffset + one.ahead;
            await log.truncateFullyAndStartAt(offset);
            Object.assign(model, { batches: [], logStartOffset: offset, logEndOffset: offset, durableOffset: offset });
            break;
          }
          case "restart":
            await opened.store.close();
            expect(opened.disk.openCount).toBe(0);
            opened = await openStore({ configOf: () => config, disk: opened.disk });
            log = opened.store.log(TOPIC_ID, 0)!;
            model.durableOffset = model.logEndOffset;
            break;
          case "crash": {
            let die = 0;
            const disk = paced(opened.disk.crash(() => one.dice[die++ % one.dice.length]!));
            opened = await openStore({ configOf: () => config, disk });
            log = await createLog(opened.store, config);
            // What was not flushed may be gone, from the end; what was flushed may not.
            expect(log.logEndOffset).toBeGreaterThanOrEqual(model.durableOffset);
            expect(log.logEndOffset).toBeLessThanOrEqual(model.logEndOffset);
            model.batches = model.batches.filter((one) => one.endOffset <= log.logEndOffset);
            model.logEndOffset = log.logEndOffset;
            break;
          }
        }
        await check(log, model);
      }
      await opened.store.close();
    }),
    { numRuns: 150 },
  );
}, 60_000);
