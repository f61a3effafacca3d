import { BufferPool, SeededRandom } from "@moldau/base";
import { TailCache, TailOfLog, type TailRead } from "./tail-cache";

/** Bytes that tell which batch they are of. */
const batchOf = (offset: number, sizeBytes: number): Uint8Array => Buffer.alloc(sizeBytes, `${offset};`);

it("uses its memory again, and never while somebody reads it", () => {
  const pool = new BufferPool(10_000_000);
  const cache = new TailCache(1_000_000, pool);
  const logs = [new TailOfLog(cache), new TailOfLog(cache)];
  const ends = [0, 0];
  const random = new SeededRandom(7);
  const held: { read: TailRead; expected: Buffer }[] = [];
  const check = ({ read, expected }: (typeof held)[number]) =>
    expect(Buffer.concat(read.chunks).equals(expected)).toBe(true);
  const sizes = new Map<string, number>();
  for (let step = 0; step < 4000; step++) {
    const which = random.below(2);
    const log = logs[which]!;
    const offset = ends[which]!++;
    const size = 1 + random.below(60_000);
    sizes.set(`${which}:${offset}`, size);
    log.noteTailRead();
    log.append(offset, offset, batchOf(offset, size));
    if (random.below(3) === 0) {
      const from = Math.max(0, offset - random.below(5));
      const read = log.read(from, offset + 1, 200_000, true);
      if (read) {
        const batches = [];
        for (let at = read.baseOffset; at < read.nextOffset; at++)
          batches.push(batchOf(at, sizes.get(`${which}:${at}`)!));
        held.push({ read, expected: Buffer.concat(batches) });
        check(held.at(-1)!);
      }
    }
    if (held.length > 5) {
      const [gone] = held.splice(random.below(held.length), 1);
      check(gone!);
      gone!.read.release();
      gone!.read.release();
    }
    if (random.below(200) === 0) log.clear();
  }
  for (const each of held) check(each);
  // 120 MB went through; what is kept, read and idle is a few blocks.
  expect(pool.idleBytes).toBeGreaterThan(0);
  expect(pool.idleBytes + cache.sizeBytes).toBeLessThan(5_000_000);
});
