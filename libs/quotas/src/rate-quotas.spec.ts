import fc from "fast-check";
import { QuotaKey } from "./quota-keys";
import { RateQuotas } from "./rate-quotas";

const options = { key: QuotaKey.PRODUCER_BYTE_RATE, samples: 11, sampleMs: 1000 };
const client = { user: "ANONYMOUS", clientId: "c" };
const forClient = (limit: number, clientId: string | null = "c") => ({
  entity: new Map([["client-id", clientId]]),
  values: new Map([[QuotaKey.PRODUCER_BYTE_RATE, limit]]) as Map<string, number>,
});

it("holds a client that waits as long as it is told to its quota", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1_000, max: 10_000_000 }),
      fc.array(fc.double({ min: 0.001, max: 0.4, noNaN: true }), { minLength: 1, maxLength: 10 }),
      (limit, sizes) => {
        const quotas = new RateQuotas(options);
        quotas.update([forClient(limit)]);
        let nowMs = 1_000_000;
        const fromMs = nowMs;
        let bytes = 0;
        for (let i = 0; nowMs - fromMs < 120_000; i++) {
          const size = Math.ceil(limit * sizes[i % sizes.length]!);
          bytes += size;
          nowMs += 1 + quotas.record(client, size, nowMs);
        }
        // The window begins empty, so that the first ten seconds' worth may come at once.
        const rate = ((bytes - 10 * limit) * 1000) / (nowMs - fromMs);
        expect(rate).toBeLessThan(limit * 1.05);
        expect((bytes * 1000) / (nowMs - fromMs)).toBeGreaterThan(limit * 0.9);
      },
    ),
    { numRuns: 60 },
  );
});

it("never throttles who stays below, nor who has no quota", () => {
  const quotas = new RateQuotas(options);
  expect(quotas.enabled).toBe(false);
  quotas.update([forClient(1000)]);
  expect(quotas.enabled).toBe(true);
  for (let nowMs = 0; nowMs < 60_000; nowMs += 100) {
    expect(quotas.record(client, 95, nowMs)).toBe(0);
    expect(quotas.record({ user: "ANONYMOUS", clientId: "other" }, 1e9, nowMs)).toBe(0);
  }
  quotas.update([]);
  expect(quotas.enabled).toBe(false);
});

it("looks at what was done so far when a quota changes", () => {
  const quotas = new RateQuotas(options);
  quotas.update([forClient(1_000_000)]);
  expect(quotas.record(client, 100_000, 0)).toBe(0);
  quotas.update([forClient(1_000)]);
  // 100,000 in a window of 10 s are 10,000 a second: nine times too much.
  expect(quotas.record(client, 0, 0)).toBe(90_000);
});

it("takes back what was not given after all", () => {
  const quotas = new RateQuotas(options);
  quotas.update([forClient(1_000)]);
  expect(quotas.record(client, 20_000, 5)).toBeGreaterThan(0);
  quotas.recordUnchecked(client, -20_000, 5);
  expect(quotas.record(client, 10_000, 5)).toBe(0);
});

it("bounds the throttle time where it is told to", () => {
  const quotas = new RateQuotas({ ...options, throttleMsMax: 1000 });
  quotas.update([forClient(1)]);
  expect(quotas.record(client, 1e6, 0)).toBe(1000);
});

it("says how much can be given at most", () => {
  const quotas = new RateQuotas(options);
  expect(quotas.windowMax(client)).toBe(Infinity);
  quotas.update([forClient(1_000)]);
  expect(quotas.windowMax(client)).toBe(10_000);
  const { enabled } = quotas;
  expect([enabled, quotas.record(client, 10_000, 0)]).toEqual([true, 0]);
});

it("tells rates and throttle times, and nothing while there are no quotas", () => {
  const quotas = new RateQuotas(options);
  expect([...quotas.readings(0)]).toEqual([]);
  quotas.update([forClient(1_000)]);
  const throttleMs = quotas.record(client, 20_000, 0);
  quotas.throttled(client, throttleMs, 0);
  expect([...quotas.readings(0)]).toEqual([{ user: "", clientId: "c", rate: 2_000, throttleTimeMs: 10_000 }]);
});

describe("clients that come and go", () => {
  it("are forgotten after an hour", () => {
    const quotas = new RateQuotas(options);
    quotas.update([forClient(1_000, null)]);
    for (let i = 0; i < 500; i++) quotas.record({ user: "u", clientId: `c${i}` }, 1, i);
    expect([...quotas.readings(1_000)]).toHaveLength(500);
    expect([...quotas.readings(3_700_000)]).toHaveLength(0);
  });

  it("are never more than so many; those with a quota stay longest", () => {
    const quotas = new RateQuotas({ ...options, clientsMax: 100 });
    quotas.update([forClient(1_000)]);
    quotas.record(client, 50_000, 0);
    for (let i = 0; i < 10_000; i++) quotas.record({ user: "u", clientId: `guest-${i}` }, 1, i / 100);
    const known = [...quotas.readings(100)];
    expect(known.length).toBeLessThanOrEqual(100);
    expect(known.map(({ clientId }) => clientId)).toEqual(expect.arrayContaining(["c", "guest-9999"]));
    expect(quotas.record(client, 0, 100)).toBeGreaterThan(0);
  });
});
