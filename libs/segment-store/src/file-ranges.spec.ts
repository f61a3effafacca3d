import { batchesOf } from "@moldau/record-batch";
import fc from "fast-check";
import type { MemoryDisk } from "@moldau/disk";
import { defaultLogConfig } from "./log-config";
import type { ReadResult } from "./log-reader";
import type { ReadRequest } from "./log-reads";
import type { PartitionLog } from "./partition-log";
import { appendOne, createLog, openStore, TOPIC_ID, type TestStore } from "./testing/harness";

const KB = 1024;
const config = { ...defaultLogConfig, segmentBytes: 2_000 * KB, indexIntervalBytes: 4 * KB };

/** A log on a disk whose files are at hand; nothing of it is kept in memory. */
async function filled(
  sizes: readonly number[],
  segmentBytes = config.segmentBytes,
): Promise<TestStore & { log: PartitionLog }> {
  const opened = await openStore({ tailCacheBytes: 0 });
  opened.disk.isAtOnce = () => true;
  const log = await createLog(opened.store, { ...config, segmentBytes });
  for (const valueBytes of sizes) await appendOne(log, { valueBytes });
  return { ...opened, log };
}

const request = (more: Partial<ReadRequest> & { fetchOffset: number }): ReadRequest => ({
  maxBytes: 1_000 * KB,
  upToOffset: Infinity,
  atLeastOne: true,
  takesFiles: true,
  ...more,
});

async function bytesOf(disk: MemoryDisk, { chunks, inFile }: ReadResult): Promise<Buffer> {
  if (inFile === undefined) return Buffer.concat(chunks);
  const bytes = Buffer.alloc(inFile.length);
  expect(await disk.read(inFile.descriptor, bytes, inFile.position)).toBe(inFile.length);
  return bytes;
}

/** All of it as a reader that goes on where it stopped sees it, and how much of that lay in files. */
async function readThrough(
  log: PartitionLog,
  disk: MemoryDisk,
  more: Partial<ReadRequest> = {},
): Promise<{ bytes: Buffer; inFiles: number[] }> {
  const all: Buffer[] = [];
  const inFiles: number[] = [];
  for (let at = log.logStartOffset; at < Math.min(log.writtenOffset, more.upToOffset ?? Infinity);) {
    const read = await log.read(request({ fetchOffset: at, ...more }));
    if (read.sizeBytes === 0) break;
    const bytes = await bytesOf(disk, read);
    expect(bytes.length).toBe(read.sizeBytes);
    const headers = [...batchesOf(bytes)].map(({ header }) => header);
    expect(headers[0]!.baseOffset).toBe(read.baseOffset);
    expect(headers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBe(bytes.length);
    const { baseOffset, lastOffsetDelta } = headers.at(-1)!;
    at = baseOffset + lastOffsetDelta + 1;
    expect(read.nextOffset).toBe(at);
    if (read.inFile !== undefined) inFiles.push(read.sizeBytes);
    all.push(bytes);
    read.release();
  }
  return { bytes: Buffer.concat(all), inFiles };
}

it("gives a reader that goes through a log whole batches as ranges of its files, the same bytes as in memory", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 200, max: 3_000 }),
      fc.integer({ min: 1, max: 2_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (sizes, segmentKb, maxKb, upTo) => {
        const { log, disk, store } = await filled(sizes, segmentKb * KB);
        const more = { maxBytes: maxKb * KB, upToOffset: Math.ceil(upTo * log.logEndOffset) };
        const [inMemory, either] = [
          await readThrough(log, disk, { ...more, takesFiles: false }),
          await readThrough(log, disk, more),
        ];
        expect(inMemory.inFiles).toEqual([]);
        expect(either.bytes.equals(inMemory.bytes)).toBe(true);
        for (const sizeBytes of either.inFiles) {
          expect(sizeBytes).toBeGreaterThanOrEqual(128 * KB);
          expect(sizeBytes).toBeLessThanOrEqual(more.maxBytes);
        }
        await store.close();
      },
    ),
    { numRuns: 60 },
  );
});

const sixty = Array.from({ length: 60 }, () => 60_000);

it("does so for most of it, but for where a reader begins and where a segment ends", async () => {
  const { log, disk, store } = await filled(sixty, 10_000 * KB);
  const { bytes, inFiles } = await readThrough(log, disk);
  expect(inFiles.reduce((sum, sizeBytes) => sum + sizeBytes, 0) / bytes.length).toBeGreaterThan(0.5);
  await store.close();
});

it("reads where the bytes may have to come from the disk, and where the reader takes no files", async () => {
  const { log, disk, store } = await filled(sixty);
  expect((await readThrough(log, disk, { takesFiles: false })).inFiles).toEqual([]);
  disk.isAtHand = () => false;
  expect((await readThrough(log, disk)).inFiles).toEqual([]);
  await store.close();
});

it("keeps a file open that is lent, though the log is deleted, until it is given back", async () => {
  const { log, disk, store, clock } = await filled(sixty);
  const first = await log.read(request({ fetchOffset: 0 }));
  const lent = await log.read(request({ fetchOffset: first.nextOffset }));
  const expected = await log.read(request({ fetchOffset: first.nextOffset, takesFiles: false }));
  expect(lent.inFile).toBeDefined();
  await store.deleteLog(TOPIC_ID, 0);
  clock.ms += 10 * 60_000;
  expect((await bytesOf(disk, lent)).equals(Buffer.concat(expected.chunks).subarray(0, lent.sizeBytes))).toBe(true);
  lent.release();
  // Once more does nothing: others may have the descriptor by now.
  lent.release();
  await store.close();
  await expect(disk.read(lent.inFile!.descriptor, new Uint8Array(1), 0)).rejects.toMatchObject({ code: "EBADF" });
});

it("lends so many at once, and reads the others", async () => {
  const { log, store } = await filled(sixty);
  const { nextOffset } = await log.read(request({ fetchOffset: 0 }));
  const lent: ReadResult[] = [];
  for (let i = 0; i < 257; i++) lent.push(await log.read(request({ fetchOffset: nextOffset })));
  expect(lent.map(({ inFile }) => inFile !== undefined)).toEqual([...Array<boolean>(256).fill(true), false]);
  lent[7]!.release();
  expect((await log.read(request({ fetchOffset: nextOffset }))).inFile).toBeDefined();
  await store.close();
});

it("reads where the index is not what the batches say", async () => {
  const { log, disk, store } = await filled(sixty);
  const { nextOffset } = await log.read(request({ fetchOffset: 0 }));
  const { inFile } = await log.read(request({ fetchOffset: nextOffset }));
  const path = "/data/orders-0/00000000000000000000.log";
  // The header behind the range: not the batch any more that the index names.
  disk.contentOf(path).writeBigInt64BE(1_000n, inFile!.position + inFile!.length);
  expect((await log.read(request({ fetchOffset: nextOffset }))).inFile).toBeUndefined();
  await store.close();
});
