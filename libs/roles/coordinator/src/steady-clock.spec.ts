import { steadyClock } from "./steady-clock";

describe("steadyClock", () => {
  function start(): { pass(ms: number): number; set(ms: number): void } {
    let wall = 1_000_000;
    let monotonic = 5;
    const now = steadyClock({ nowMs: () => wall, monotonicMs: () => monotonic });
    return {
      pass(ms) {
        wall += ms;
        monotonic += ms;
        return now();
      },
      set(ms) {
        wall += ms;
      },
    };
  }

  it("is the wall clock while that behaves", () => {
    const clock = start();
    expect(clock.pass(0)).toBe(1_000_000);
    expect(clock.pass(1234)).toBe(1_001_234);
  });

  it.each([3_600_000, -3_600_000])(
    "does not leap when the wall clock is set by %d ms, and follows it slowly",
    (step) => {
      const clock = start();
      clock.set(step);
      expect(clock.pass(0)).toBe(1_000_000);
      const drift = clock.pass(1000) - 1_001_000;
      expect(drift).toBe(Math.sign(step) * 100);
      for (let i = 0; i < 36_000; i++) clock.pass(1000);
      expect(clock.pass(1000)).toBe(1_000_000 + step + 36_002_000);
    },
  );
});
