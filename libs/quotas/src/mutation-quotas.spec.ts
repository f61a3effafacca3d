import { MutationQuotas } from "./mutation-quotas";
import { QuotaKey } from "./quota-keys";

const client = { user: "ANONYMOUS", clientId: "c" };

function quotas(limit: number): MutationQuotas {
  const made = new MutationQuotas({ samples: 10, sampleMs: 1000 });
  made.update([
    { entity: new Map([["client-id", "c"]]), values: new Map([[QuotaKey.CONTROLLER_MUTATION_RATE, limit]]) },
  ]);
  return made;
}

it("strictly: admits whatever is asked while nothing is owed, and then nothing until it is paid back", () => {
  const all = quotas(2);
  const first = all.of(client, { strict: true, nowMs: 0 });
  // The bucket holds 20.
  expect([first.admits(15, 0), first.admits(15, 0), first.admits(1, 0)]).toEqual([true, true, false]);
  expect(first.throttleTimeMs(0)).toBe(5_000);
  expect(first.throttleTimeMs(2_000)).toBe(3_000);
  const later = all.of(client, { strict: true, nowMs: 4_999 });
  expect(later.admits(1, 4_999)).toBe(false);
  const paid = all.of(client, { strict: true, nowMs: 5_001 });
  expect([paid.admits(1, 5_001), paid.throttleTimeMs(5_001)]).toEqual([true, 0]);
});

it("permissively: admits everything and makes the client wait", () => {
  const all = quotas(2);
  const request = all.of(client, { strict: false, nowMs: 0 });
  expect([request.admits(20, 0), request.throttleTimeMs(0)]).toEqual([true, 0]);
  expect([request.admits(10, 0), request.admits(10, 0)]).toEqual([true, true]);
  expect(request.throttleTimeMs(0)).toBe(10_000);
});

it("leaves others alone, and everybody where there is no quota", () => {
  const all = quotas(1);
  const other = all.of({ user: "ANONYMOUS", clientId: "d" }, { strict: true, nowMs: 0 });
  expect([other.admits(1000, 0), other.admits(1000, 0), other.throttleTimeMs(0)]).toEqual([true, true, 0]);
  all.update([]);
  expect(all.enabled).toBe(false);
  const free = all.of(client, { strict: true, nowMs: 0 });
  expect([free.admits(1000, 0), free.admits(1000, 0), free.throttleTimeMs(0)]).toEqual([true, true, 0]);
});

it("tells rates and what is left in the bucket", () => {
  const all = quotas(2);
  all.of(client, { strict: true, nowMs: 0 }).admits(27, 0);
  all.of({ user: "u", clientId: "d" }, { strict: true, nowMs: 0 }).admits(9, 0);
  expect([...all.readings(1_000)]).toEqual([
    { user: "", clientId: "c", rate: 3, tokens: -5 },
    { user: "", clientId: "d", rate: 1, tokens: undefined },
  ]);
});
