import { holdings, rereads, sharedHoldings, untouched } from "./group-log.mjs";

const assigned = (t, ...p) => ({ t, e: "assigned", p });
const revoked = (t, ...p) => ({ t, e: "revoked", p });
const record = (t, p, o) => ({ t, e: "record", p, o, v: `${p}-${o}` });
const logs = (a, b = []) =>
  new Map([
    ["a", a],
    ["b", b],
  ]);
const problems = (...args) => {
  const all = holdings(logs(...args));
  return [...sharedHoldings(all), ...rereads(all)];
};

it("finds nothing where partitions go from one to the other", () => {
  expect(
    problems(
      [assigned(0, 0, 1), record(5, 0, 0), revoked(10, 0)],
      [assigned(11, 0), record(12, 0, 0), record(13, 0, 1)],
    ),
  ).toEqual([]);
});

it("finds a partition that two hold at once", () => {
  expect(problems([assigned(0, 0), revoked(20, 0)], [assigned(11, 0)])).toEqual([
    "partition 0 was given to b at 11 ms while a held it from 0 ms to 20 ms",
  ]);
});

it("takes a member that closes for one that has given everything back", () => {
  expect(problems([assigned(0, 0), { t: 10, e: "closing" }], [assigned(11, 0)])).toEqual([]);
  expect(
    problems([assigned(0, 0), { t: 10, e: "closing" }, assigned(12, 1)], [assigned(11, 0), assigned(13, 1)]),
  ).toEqual([]);
  expect(problems([assigned(0, 0)], [assigned(11, 0)])).toHaveLength(1);
});

it("finds a record that is read twice under one holding, and allows it under the next", () => {
  expect(problems([assigned(0, 0), record(1, 0, 7), record(2, 0, 8), record(3, 0, 7)])).toEqual([
    "a read offset 7 of partition 0 after 8 within one generation",
  ]);
  expect(problems([assigned(0, 0), record(1, 0, 7), revoked(2, 0), assigned(3, 0), record(4, 0, 7)])).toEqual([]);
});

it("tells partitions that were kept from those taken away and given back", () => {
  const kept = untouched(holdings(logs([assigned(0, 0, 1), record(5, 0, 0), record(9, 1, 0)])), {
    fromMs: 2,
    toMs: 10,
  });
  expect(kept).toMatchObject({ revoked: [], silent: [], gapMs: 7 });
  expect(kept.kept.map(({ partition }) => partition)).toEqual([0, 1]);
  const eager = untouched(
    holdings(logs([assigned(0, 0, 1), revoked(4, 0, 1), assigned(6, 0), record(7, 0, 0)], [assigned(6, 1)])),
    { fromMs: 2, toMs: 10 },
  );
  expect(eager.kept.map(({ partition }) => partition)).toEqual([0]);
  expect(eager.revoked).toHaveLength(1);
});

it("finds a partition that was kept and not read, unless it has few records anyway", () => {
  const reading = (from, to, step) =>
    Array.from({ length: (to - from) / step }, (_, i) => record(from + i * step, 0, from + i * step));
  const silence = (step) =>
    untouched(holdings(logs([assigned(0, 0), ...reading(0, 1000, step), ...reading(1200, 2000, step)])), {
      fromMs: 1000,
      toMs: 1199,
    }).silent;
  expect(silence(10)).toHaveLength(1);
  expect(silence(200)).toEqual([]);
});
