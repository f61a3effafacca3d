import { Timeline } from "@moldau/timeline";
import fc from "fast-check";
import { Timers } from "./timers";

describe("Timers", () => {
  it("fires what a plain map of deadlines would fire", () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant("schedule" as const), key: fc.nat(6), at: fc.nat(50) }),
      fc.record({ do: fc.constant("cancel" as const), key: fc.nat(6), at: fc.constant(0) }),
      fc.record({ do: fc.constant("advance" as const), key: fc.constant(0), at: fc.nat(10) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const timers = new Timers(new Timeline());
        const model = new Map<string, number>();
        let nowMs = 0;
        for (const s of steps) {
          const key = `k${s.key}`;
          if (s.do === "schedule") {
            timers.schedule(key, s.at);
            model.set(key, s.at);
          } else if (s.do === "cancel") {
            timers.cancel(key);
            model.delete(key);
          } else {
            nowMs += s.at;
            for (;;) {
              const wanted = [...model]
                .filter(([, at]) => at <= nowMs)
                .sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))[0];
              expect(timers.takeDue(nowMs)).toBe(wanted?.[0]);
              if (wanted === undefined) break;
              model.delete(wanted[0]);
            }
          }
          expect(timers.nextDeadlineMs()).toBe(Math.min(...model.values()));
        }
      }),
    );
  });

  it("keeps one node a key however often a deadline is postponed", () => {
    const timers = new Timers(new Timeline());
    for (let i = 0; i < 10_000; i++) timers.schedule("member", 1000 + i);
    expect((timers as unknown as { heap: unknown[] }).heap.length).toBe(1);
    expect(timers.takeDue(5000)).toBeUndefined();
    expect(timers.takeDue(11_000)).toBe("member");
  });
});
