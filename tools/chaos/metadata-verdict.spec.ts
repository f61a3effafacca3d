import { judgeMetadata, type MetadataChange } from "./metadata-verdict";

let number = 0;
const change = (what: MetadataChange["what"], topic: string, invokeMs: number, endMs?: number, value?: string) =>
  ({
    type: "metadata-change",
    process: "m1.0",
    number: number++,
    what,
    topic,
    value,
    invokeMs,
    outcome: endMs === undefined ? { kind: "unknown" } : { kind: "acked", endMs },
  }) satisfies MetadataChange;
const end = (topics: Record<string, string | null>) => ({ type: "metadata-end" as const, topics });

it("holds where everything acknowledged is there", () => {
  const changes = [change("create", "a", 1, 2), change("config", "a", 3, 4, "7"), change("delete", "b", 5, 6)];
  expect(judgeMetadata(changes, end({ a: "7" }))).toMatchObject({ checked: 3, violations: 0, verdict: "held" });
});

it("misses a topic that was acknowledged", () => {
  const { messages } = judgeMetadata([change("create", "a", 1, 2)], end({}));
  expect(messages).toEqual([
    "a is not there, although it was acknowledged as made (m1.0 " + (number - 1) + ", asked at 1 ms)",
  ]);
});

it("sees a topic that was deleted come back", () => {
  const changes = [change("create", "a", 1, 2), change("delete", "a", 3, 4)];
  expect(judgeMetadata(changes, end({ a: null }))).toMatchObject({ violations: 1, verdict: "VIOLATED" });
  expect(judgeMetadata(changes, end({}))).toMatchObject({ violations: 0 });
});

it("takes either end of a change that nobody knows of", () => {
  const changes = [change("create", "a", 1, 2), change("delete", "a", 3)];
  expect(judgeMetadata(changes, end({ a: null })).violations).toBe(0);
  expect(judgeMetadata(changes, end({})).violations).toBe(0);
});

it("counts a change once, as it ended", () => {
  const asked = change("create", "a", 1);
  const acked = { ...asked, outcome: { kind: "acked" as const, endMs: 2 } };
  expect(judgeMetadata([asked, acked], end({})).violations).toBe(1);
});

it("sees a configuration that went back", () => {
  const changes = [change("create", "a", 1, 2), change("config", "a", 3, 4, "1"), change("config", "a", 5, 6, "2")];
  expect(judgeMetadata(changes, end({ a: "2" })).violations).toBe(0);
  expect(judgeMetadata(changes, end({ a: "1" })).violations).toBe(1);
  expect(judgeMetadata([...changes, change("config", "a", 7, undefined, "3")], end({ a: "3" })).violations).toBe(0);
});

it("has not looked where there is no end to look at", () => {
  expect(judgeMetadata([change("create", "a", 1, 2)], undefined).verdict).toBe("not looked at");
});
