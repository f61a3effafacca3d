import { TimerWheel } from "./timer-wheel";

describe("TimerWheel", () => {
  let nowMs = 0;
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
  beforeEach(() => {
    nowMs = 12_345;
    jest.useFakeTimers({ doNotFake: ["performance"] });
  });
  afterEach(() => jest.useRealTimers());
  const pass = (ms: number) => {
    for (let left = ms; left > 0; left -= 10) {
      nowMs += 10;
      jest.advanceTimersByTime(10);
    }
  };

  it("fires each once, never early, in order of their deadlines", () => {
    const wheel = new TimerWheel(clock);
    const fired: number[] = [];
    for (const delayMs of [5, 50, 5_200, 12_000, 100]) wheel.after(delayMs, () => fired.push(delayMs));
    pass(40);
    expect(fired).toEqual([5]);
    pass(5_000);
    expect(fired).toEqual([5, 50, 100]);
    pass(7_200);
    expect(fired).toEqual([5, 50, 100, 5_200, 12_000]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it("does not fire what was cancelled, and stops ticking when nothing is left", () => {
    const wheel = new TimerWheel(clock);
    let fired = 0;
    wheel.after(100, () => fired++).cancel();
    pass(200);
    expect(fired).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
  });

  it("is woken when something is due, and not before", () => {
    const wheel = new TimerWheel(clock);
    const set = jest.spyOn(global, "setTimeout");
    const fired: number[] = [];
    wheel.after(4_000, () => fired.push(4_000));
    wheel.after(500, () => fired.push(500));
    wheel.after(900, () => fired.push(900)).cancel();
    pass(5_000);
    expect(fired).toEqual([500, 4_000]);
    expect(set.mock.calls.length).toBeLessThan(8);
  });

  it("catches up after the process stood still", () => {
    const wheel = new TimerWheel(clock);
    const fired: string[] = [];
    wheel.after(100, () => fired.push("a"));
    wheel.after(20_000, () => fired.push("b"));
    nowMs += 10_000;
    jest.advanceTimersByTime(100);
    expect(fired).toEqual(["a"]);
    nowMs += 60_000;
    jest.advanceTimersByTime(20_000);
    expect(fired).toEqual(["a", "b"]);
  });
});
