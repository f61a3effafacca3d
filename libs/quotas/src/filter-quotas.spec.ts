import { KafkaError } from "@moldau/base";
import { filterQuotas, QuotaMatch } from "./filter-quotas";

const of = (...names: [string, string | null][]) => ({ entity: new Map(names), values: new Map([["k", 1]]) });
const all = [
  of(["user", "u"]),
  of(["user", null]),
  of(["client-id", "c"]),
  of(["user", "u"], ["client-id", "c"]),
  of(["user", "u"], ["client-id", null]),
  of(["ip", "127.0.0.1"]),
  of(["ip", null]),
];

function found(strict: boolean, ...components: [string, number, string | null][]) {
  const filter = {
    strict,
    components: components.map(([entityType, matchType, match]) => ({ entityType, matchType, match })),
  };
  const result = filterQuotas(all, filter);
  return "entries" in result ? result.entries.map((each) => all.indexOf(each)) : result.errorCode;
}

it("finds by name, default and kind; strictly only what has no other kind", () => {
  expect(found(false)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(found(true)).toEqual([]);
  expect(found(false, ["user", QuotaMatch.EXACT, "u"])).toEqual([0, 3, 4]);
  expect(found(true, ["user", QuotaMatch.EXACT, "u"])).toEqual([0]);
  expect(found(false, ["user", QuotaMatch.DEFAULT, null])).toEqual([1]);
  expect(found(true, ["user", QuotaMatch.ANY, null])).toEqual([0, 1]);
  expect(found(false, ["client-id", QuotaMatch.ANY, null])).toEqual([2, 3, 4]);
  expect(found(true, ["user", QuotaMatch.EXACT, "u"], ["client-id", QuotaMatch.DEFAULT, null])).toEqual([4]);
  expect(found(true, ["ip", QuotaMatch.ANY, null])).toEqual([5, 6]);
  expect(found(true, ["ip", QuotaMatch.EXACT, "10.0.0.1"])).toEqual([]);
});

it("refuses what makes no sense", () => {
  const invalid = KafkaError.INVALID_REQUEST;
  expect(found(false, ["", QuotaMatch.ANY, null])).toBe(invalid);
  expect(found(false, ["user", QuotaMatch.ANY, null], ["user", QuotaMatch.DEFAULT, null])).toBe(invalid);
  expect(found(false, ["user", QuotaMatch.EXACT, null])).toBe(invalid);
  expect(found(false, ["user", QuotaMatch.DEFAULT, "u"])).toBe(invalid);
  expect(found(false, ["user", QuotaMatch.ANY, "u"])).toBe(invalid);
  expect(found(false, ["user", 7, null])).toBe(invalid);
  expect(found(false, ["ip", QuotaMatch.ANY, null], ["client-id", QuotaMatch.ANY, null])).toBe(invalid);
  expect(found(false, ["group", QuotaMatch.ANY, null])).toBe(KafkaError.UNSUPPORTED_VERSION);
});
