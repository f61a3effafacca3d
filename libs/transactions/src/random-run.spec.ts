import fc from "fast-check";
import { type Happening, RandomRun } from "./testing/random-run";
import type { TransactionVersion } from "./index";

const weights: [Happening["what"], number][] = [
  ["init", 1],
  ["recover", 1],
  ["add", 12],
  ["end", 8],
  ["repeat", 3],
  ["ghost", 4],
  ["markers", 8],
  ["time", 2],
  ["append", 14],
  ["refuse", 1],
  ["doubt", 1],
  ["restart", 1],
];
const happening = fc.record({
  what: fc.oneof(...weights.map(([what, weight]) => ({ weight, arbitrary: fc.constant(what) }))),
  who: fc.nat(255),
  how: fc.nat(255),
});

/** What a run should have seen, over all seeds together; a test of nothing would pass as well. */
const SEEN_IN_EACH = [
  "commits",
  "aborts",
  "calls of fenced producers",
  "ghosts",
  "refused appends",
  "doubts",
  "transaction fenced",
];

describe("transactions, whatever happens", () => {
  it.each([0, 1, 2] as TransactionVersion[])("keep their promises under transaction.version %s", (version) => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(happening, { minLength: 100, maxLength: 400, size: "max" }), (happenings) => {
        const run = new RandomRun(version);
        for (const each of happenings) run.happen(each);
        run.settle();
        for (const [what, count] of run.seen) seen.set(what, (seen.get(what) ?? 0) + count);
      }),
      { numRuns: 60, interruptAfterTimeLimit: 20_000 },
    );
    const wanted = [...SEEN_IN_EACH, "needs a producer id", "retries of an end answered alike"];
    expect(wanted.filter((what) => (seen.get(what) ?? 0) === 0)).toEqual([]);
  });
});
