import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SeededRandom } from "@moldau/base";
import { replaceGlobals } from "./virtual-globals";
import { NOBODY, type Owner, VirtualTime } from "./virtual-time";

const someone = (): Owner => ({ alive: true, pausedUntilMs: 0 });

it("carries events out in the order of their times, and of their making where those are equal", async () => {
  const time = new VirtualTime();
  const seen: string[] = [];
  time.after(5, () => seen.push(`b ${time.nowMs}`));
  time.after(1, () => {
    seen.push(`a ${time.nowMs}`);
    time.after(4, () => seen.push(`c ${time.nowMs}`));
  });
  time.cancel(time.after(2, () => seen.push("cancelled")));
  await time.run(100);
  expect(seen).toEqual(["a 1", "b 5", "c 5"]);
  expect(time.nowMs).toBe(100);
});

it("runs every promise that an event settled before the next event", async () => {
  const time = new VirtualTime();
  const seen: string[] = [];
  const chain = async () => {
    for (let i = 0; i < 5; i++) await Promise.resolve();
    seen.push("promises");
  };
  time.after(1, () => void chain());
  time.after(1, () => seen.push("next event"));
  await time.run(10);
  expect(seen).toEqual(["promises", "next event"]);
});

it("the dead do nothing; the paused do it late, in the old order", async () => {
  const time = new VirtualTime();
  const [dead, paused] = [someone(), someone()];
  const seen: string[] = [];
  time.after(1, () => seen.push("dead"), dead);
  time.after(2, () => seen.push(`first ${time.nowMs}`), paused);
  time.after(3, () => seen.push(`second ${time.nowMs}`), paused);
  time.after(4, () => seen.push("other"), NOBODY);
  dead.alive = false;
  paused.pausedUntilMs = 50;
  await time.run(100);
  expect(seen).toEqual(["other", "first 50", "second 50"]);
});

it("what an event plans belongs to its owner", async () => {
  const time = new VirtualTime();
  const owner = someone();
  let fired = 0;
  time.after(
    1,
    () => {
      time.after(5, () => fired++);
      time.after(1, () => (owner.alive = false), NOBODY);
    },
    owner,
  );
  await time.run(100);
  expect(fired).toBe(0);
});

it("puts itself in the place of timers, clocks and chance, and takes itself away again", async () => {
  const time = new VirtualTime();
  const real = [setTimeout, performance.now, Date.now, Math.random];
  const restore = replaceGlobals(time, new SeededRandom(1));
  const seen: string[] = [];
  try {
    const began = performance.now();
    const ticker = setInterval(() => seen.push(`tick ${performance.now() - began}`), 10);
    setTimeout(() => clearInterval(ticker), 35).unref();
    setImmediate(() => seen.push("immediate"));
    const day = Date.now();
    setTimeout(() => seen.push(`day ${Date.now() - day}`), 1_000);
    await time.run(5_000);
    expect(Math.random()).toBe(new SeededRandom(1).next());
  } finally {
    restore();
  }
  expect(seen).toEqual(["immediate", "tick 10", "tick 20", "tick 30", "day 1000"]);
  expect([setTimeout, performance.now, Date.now, Math.random]).toEqual(real);
});

// 2 GB after two hundred seeds: jest remembers whatever was put into its globals.
it("is forgotten with all that it had planned when its run is over", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const run = async (): Promise<WeakRef<VirtualTime>> => {
    const time = new VirtualTime();
    const restore = replaceGlobals(time, new SeededRandom(1));
    try {
      setInterval(() => undefined, 10);
      await time.run(50);
    } finally {
      restore();
    }
    return new WeakRef(time);
  };
  const over = await run();
  for (let turn = 0; turn < 10 && over.deref() !== undefined; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  expect(over.deref()).toBeUndefined();
});
