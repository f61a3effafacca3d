import fc from "fast-check";
import { Timeline, TimelineMap, TimelineSet, TimelineValue } from "./index";

describe("Timeline", () => {
  it("returns to a named moment, across several collections", () => {
    const timeline = new Timeline();
    const offsets = new TimelineMap<string, number>(timeline);
    const members = new TimelineSet<string>(timeline);
    const state = new TimelineValue(timeline, "Empty");
    offsets.set("orders-0", 5);
    members.add("a");

    timeline.snapshot(1);
    offsets.set("orders-0", 6);
    offsets.set("orders-1", 1);
    members.delete("a");
    members.add("b");
    state.value = "Stable";
    timeline.snapshot(2);
    offsets.delete("orders-0");
    state.value = "Dead";

    timeline.revertTo(2);
    const now = (): unknown[] => [Object.fromEntries(offsets), [...members], state.value];
    expect(now()).toEqual([{ "orders-0": 6, "orders-1": 1 }, ["b"], "Stable"]);
    timeline.revertTo(1);
    expect(now()).toEqual([{ "orders-0": 5 }, ["a"], "Empty"]);
    expect(timeline.epochs).toEqual([1]);
  });

  it("keeps nothing while no moment is named", () => {
    const timeline = new Timeline();
    const map = new TimelineMap<number, number>(timeline);
    for (let i = 0; i < 100; i++) map.set(i % 10, i);
    expect(timeline.journalLength).toBe(0);
    timeline.snapshot(1);
    map.set(1, 1);
    expect(timeline.journalLength).toBe(1);
    timeline.forgetAll();
    map.set(1, 2);
    expect(timeline.journalLength).toBe(0);
  });

  it("frees the journal of what is final and can still revert the rest", () => {
    const timeline = new Timeline();
    const map = new TimelineMap<string, number>(timeline);
    for (let epoch = 1; epoch <= 5; epoch++) {
      timeline.snapshot(epoch);
      map.set("x", epoch);
    }
    timeline.forgetBefore(4);
    expect(timeline.epochs).toEqual([4, 5]);
    expect(timeline.journalLength).toBe(2);
    expect(() => timeline.revertTo(2)).toThrow("no snapshot of epoch 2");
    timeline.revertTo(4);
    expect(map.get("x")).toBe(3);
  });

  it("moves the newest moment when it is named again", () => {
    const timeline = new Timeline();
    const value = new TimelineValue(timeline, 0);
    timeline.snapshot(7);
    value.value = 1;
    timeline.snapshot(7);
    expect(timeline.journalLength).toBe(0);
    value.value = 2;
    timeline.revertTo(7);
    expect(value.value).toBe(1);
  });

  it("refuses to name the past", () => {
    const timeline = new Timeline();
    timeline.snapshot(3);
    expect(() => timeline.snapshot(2)).toThrow("snapshot 2 is not after 3");
  });

  it("holds undefined as a value", () => {
    const timeline = new Timeline();
    const map = new TimelineMap<string, undefined>(timeline);
    map.set("a", undefined);
    timeline.snapshot(1);
    map.delete("a");
    timeline.revertTo(1);
    expect(map.has("a")).toBe(true);
  });

  it("agrees with copies of the whole state, whatever happens", () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant("set" as const), key: fc.nat(5), value: fc.nat(100) }),
      fc.record({ do: fc.constant("delete" as const), key: fc.nat(5) }),
      fc.record({ do: fc.constant("clear" as const) }),
      fc.record({ do: fc.constant("snapshot" as const) }),
      fc.record({ do: fc.constant("revert" as const), pick: fc.nat(10) }),
      fc.record({ do: fc.constant("forget" as const), pick: fc.nat(10) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const timeline = new Timeline();
        const map = new TimelineMap<number, number>(timeline);
        const set = new TimelineSet<number>(timeline);
        let copies: { epoch: number; map: [number, number][]; set: number[] }[] = [];
        let epoch = 0;
        const sorted = (): { map: [number, number][]; set: number[] } => ({
          map: [...map].sort(([a], [b]) => a - b),
          set: [...set].sort(),
        });
        for (const s of steps) {
          if (s.do === "set") {
            map.set(s.key, s.value);
            set.add(s.key);
          } else if (s.do === "delete") {
            map.delete(s.key);
            set.delete(s.key);
          } else if (s.do === "clear") {
            map.clear();
            set.clear();
          } else if (s.do === "snapshot") {
            timeline.snapshot(++epoch);
            copies.push({ epoch, ...sorted() });
          } else if (copies.length > 0) {
            const copy = copies[s.pick % copies.length]!;
            if (s.do === "revert") {
              timeline.revertTo(copy.epoch);
              expect(sorted()).toEqual({ map: copy.map, set: copy.set });
              copies = copies.filter((other) => other.epoch <= copy.epoch);
            } else {
              timeline.forgetBefore(copy.epoch);
              copies = copies.filter((other) => other.epoch >= copy.epoch);
            }
          }
        }
        expect(timeline.epochs).toEqual(copies.map((copy) => copy.epoch));
      }),
    );
  });
});
