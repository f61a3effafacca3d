import fc from "fast-check";
import { type QuotaEntry } from "./quota-entry";
import { QuotaTable } from "./quota-table";

const KEY = "producer_byte_rate";

type Name = string | null | undefined;
const entry = (user: Name, clientId: Name, limit: number): QuotaEntry => ({
  entity: new Map([
    ...(user === undefined ? [] : [["user", user] as const]),
    ...(clientId === undefined ? [] : [["client-id", clientId] as const]),
  ]),
  values: new Map([[KEY, limit]]),
});

/** The order that KIP-55 lists, looked through one by one. */
function naive(entries: readonly QuotaEntry[], user: string, clientId: string): number | undefined {
  const levels: [Name, Name][] = [
    [user, clientId],
    [user, null],
    [user, undefined],
    [null, clientId],
    [null, null],
    [null, undefined],
    [undefined, clientId],
    [undefined, null],
  ];
  for (const [u, c] of levels) {
    const found = entries.find(
      ({ entity }) =>
        entity.size === Number(u !== undefined) + Number(c !== undefined) &&
        entity.get("user") === u &&
        entity.get("client-id") === c,
    );
    if (found !== undefined) return found.values.get(KEY);
  }
  return undefined;
}

const name = fc.constantFrom("a", "b", null, undefined);
const entries = fc
  .uniqueArray(fc.tuple(name, name), { selector: ([user, clientId]) => `${user}/${clientId}`, maxLength: 12 })
  .map((pairs) =>
    pairs.flatMap(([user, clientId], i) =>
      user === undefined && clientId === undefined ? [] : [entry(user, clientId, i + 1)],
    ),
  );
const who = fc.record({ user: fc.constantFrom("a", "b", "c"), clientId: fc.constantFrom("a", "b", "c") });

it("applies the most specific quota", () => {
  fc.assert(
    fc.property(entries, who, (all, client) => {
      const table = new QuotaTable(KEY, all);
      expect(table.of(client).limit).toBe(naive(all, client.user, client.clientId));
      expect(table.empty).toBe(all.length === 0);
    }),
    { numRuns: 2_000 },
  );
});

it("has those share a quota whom it does not tell apart", () => {
  fc.assert(
    fc.property(entries, who, who, (all, one, other) => {
      const table = new QuotaTable(KEY, all);
      const [a, b] = [table.of(one), table.of(other)];
      if (a.limit === undefined || a.user !== b.user || a.clientId !== b.clientId) return;
      expect(b.limit).toBe(a.limit);
      if (a.user !== "") expect(one.user).toBe(other.user);
      if (a.clientId !== "") expect(one.clientId).toBe(other.clientId);
    }),
    { numRuns: 2_000 },
  );
});

it("gives each client id its own share of a default, a user's client ids one between them", () => {
  const perClient = new QuotaTable(KEY, [entry(undefined, null, 5)]);
  expect(perClient.of({ user: "u", clientId: "x" })).toEqual({ user: "", clientId: "x", limit: 5 });
  const perUser = new QuotaTable(KEY, [entry("u", undefined, 7)]);
  expect(perUser.of({ user: "u", clientId: "x" })).toEqual({ user: "u", clientId: "", limit: 7 });
  expect(perUser.of({ user: "u", clientId: "y" })).toEqual({ user: "u", clientId: "", limit: 7 });
});

it("limits nobody by a client id that is not there", () => {
  const byClient = new QuotaTable(KEY, [entry(undefined, null, 5)]);
  expect(byClient.of({ user: "u", clientId: null }).limit).toBeUndefined();
  const byBoth = new QuotaTable(KEY, [entry("u", null, 5), entry(null, undefined, 9)]);
  expect(byBoth.of({ user: "u", clientId: "" })).toEqual({ user: "u", clientId: "", limit: 9 });
});

it("counts those without a quota by what quotas tell apart", () => {
  const client = { user: "u", clientId: "x" };
  expect(new QuotaTable(KEY, [entry("other", undefined, 1)]).of(client)).toMatchObject({ user: "u", clientId: "" });
  expect(new QuotaTable(KEY, [entry("other", "y", 1)]).of(client)).toMatchObject({ user: "u", clientId: "x" });
  expect(new QuotaTable(KEY, [entry(undefined, "y", 1)]).of(client)).toMatchObject({ user: "", clientId: "x" });
});

it("knows nothing of other keys and of addresses", () => {
  const other = { entity: new Map([["user", "u"]]), values: new Map([["consumer_byte_rate", 1]]) };
  const address = { entity: new Map([["ip", "127.0.0.1"]]), values: new Map([[KEY, 1]]) };
  expect(new QuotaTable(KEY, [other, address]).empty).toBe(true);
});
