import { readDirtyPages, WritePace } from "./write-pace";

const room = { dirty: 100, backgroundLimit: 1000, limit: 2000 };

it("writes nothing at once before it has heard of the page cache, nor what is large", () => {
  const pace = new WritePace();
  expect(pace.mayWriteNow(100, 0)).toBe(false);
  pace.observe(room);
  expect(pace.mayWriteNow(100, 0)).toBe(true);
  expect(pace.mayWriteNow(128 * 1024, 0)).toBe(true);
  expect(pace.mayWriteNow(128 * 1024 + 1, 0)).toBe(false);
});

it("keeps away from where the kernel makes writers wait, and comes back", () => {
  const pace = new WritePace();
  pace.observe({ ...room, dirty: 899 });
  expect(pace.mayWriteNow(100, 0)).toBe(true);
  pace.observe({ ...room, dirty: 900 });
  expect(pace.mayWriteNow(100, 0)).toBe(false);
  pace.observe(room);
  expect(pace.mayWriteNow(100, 0)).toBe(true);
});

it("rests after a slow write, twice as long after the next one, and forgets", () => {
  const pace = new WritePace();
  pace.observe(undefined);
  let nowMs = 0;
  const restAfterSlow = (): number => {
    pace.took(25, nowMs);
    const from = nowMs;
    while (!pace.mayWriteNow(100, nowMs)) nowMs += 100;
    return nowMs - from;
  };
  expect(restAfterSlow()).toBe(1000);
  expect(restAfterSlow()).toBe(2000);
  for (let i = 0; i < 10; i++) restAfterSlow();
  expect(restAfterSlow()).toBe(60_000);
  nowMs += 200_000;
  expect(restAfterSlow()).toBe(1000);
  pace.took(19, nowMs);
  expect(pace.mayWriteNow(100, nowMs)).toBe(true);
});

it("reads the kernel's counters", () => {
  const vmstat =
    "nr_free_pages 1\nnr_dirty 59065\nnr_writeback 7\nnr_writeback_temp 3\nnr_dirty_threshold 973251\nnr_dirty_background_threshold 486031\n";
  expect(readDirtyPages(vmstat)).toEqual({ dirty: 59072, backgroundLimit: 486031, limit: 973251 });
  expect(readDirtyPages("nr_dirty 5\n")).toBeUndefined();
  expect(readDirtyPages("")).toBeUndefined();
});
