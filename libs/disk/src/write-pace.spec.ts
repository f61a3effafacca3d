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
    pace.took(25, 100, nowMs);
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
  pace.took(19, 100, nowMs);
  expect(pace.mayWriteNow(100, nowMs)).toBe(true);
});

it("leaves writes to the thread pool while a copy takes longer than the way there, and probes", () => {
  const pace = new WritePace();
  pace.observe(undefined);
  const [block, dearMs, cheapMs] = [64 * 1024, 0.4, 0.03];
  // One that was interrupted says nothing of the others.
  pace.took(cheapMs, block, 0);
  pace.took(5, block, 0);
  expect(pace.mayWriteNow(block, 0)).toBe(true);
  for (let i = 0; i < 3; i++) pace.took(dearMs, block, 100);
  expect(pace.mayWriteNow(block, 101)).toBe(false);
  // What is small is cheaper at once even so, and says nothing of what a byte costs.
  expect(pace.mayWriteNow(4 * 1024, 101)).toBe(true);
  pace.took(0.02, 4 * 1024, 101);
  expect(pace.mayWriteNow(block, 102)).toBe(false);
  let nowMs = 102;
  let probes = 0;
  while (nowMs < 1_000) {
    if (!pace.mayWriteNow(block, nowMs)) nowMs++;
    else if (++probes === 20) break;
    else pace.took(probes < 5 ? dearMs : cheapMs, block, nowMs);
  }
  // Four dear probes and a few cheap ones, 25 ms apart; from then on there are no pauses.
  expect(probes).toBe(20);
  expect(nowMs).toBeGreaterThan(150);
  expect(nowMs).toBeLessThan(400);
});

it("reads the kernel's counters", () => {
  const vmstat =
    "nr_free_pages 1\nnr_dirty 59065\nnr_writeback 7\nnr_writeback_temp 3\nnr_dirty_threshold 973251\nnr_dirty_background_threshold 486031\n";
  expect(readDirtyPages(vmstat)).toEqual({ dirty: 59072, backgroundLimit: 486031, limit: 973251 });
  expect(readDirtyPages("nr_dirty 5\n")).toBeUndefined();
  expect(readDirtyPages("")).toBeUndefined();
});
