import fc from "fast-check";
import { type Finding, NodeSessions } from "./sessions";
import { World } from "./testing/world";

const timeoutMs = 9_000;
let world: World;
let sessions: NodeSessions;
beforeEach(() => {
  world = new World();
  for (const nodeId of [1, 2, 3]) world.node(nodeId);
  sessions = new NodeSessions(timeoutMs);
  sessions.reset(world.image, 0);
});

const epochOf = (nodeId: number) => world.image.brokers.get(nodeId)!.epoch;
const found = (finding: Finding, networkWorks = true) => ({ finding, networkWorks });
const expired = (nowMs: number) => sessions.expired(world.image, nowMs);

it("gives every node one whole timeout, and no more", () => {
  expect(expired(timeoutMs - 1)).toEqual([]);
  sessions.touch(2, epochOf(2), 5_000);
  expect(expired(timeoutMs)).toEqual([1, 3]);
  expect(sessions.causeOfDeath(1)).toBeUndefined();
});

it("a rumour shortens nothing", () => {
  sessions.touch(1, epochOf(1), 0);
  expect(sessions.isLive(1, epochOf(1), 1)).toBe(true);
  expect(sessions.suspect(1, epochOf(1))).toBeDefined();
  expect(sessions.isLive(1, epochOf(1), 1)).toBe(false);
  expect(expired(timeoutMs - 1)).toEqual([]);
  expect(sessions.nextExpiryMs(world.image)).toBe(timeoutMs);
});

it.each([
  ["dead", true, "ended"],
  ["dead", false, "ended"],
  ["silent", true, "vanished"],
] as const)("a node found %s (network works: %s) has %s, at once", (finding, networkWorks, cause) => {
  const suspicion = sessions.suspect(1, epochOf(1))!;
  expect(sessions.judge(1, suspicion, found(finding, networkWorks), 100)).toBe("dead");
  expect(expired(100)).toEqual([1]);
  expect(sessions.nextExpiryMs(world.image)).toBe(100);
  expect(sessions.causeOfDeath(1)).toBe(cause);
});

it.each([
  ["alive", true],
  ["unknown", true],
  ["silent", false],
] as const)("a node found %s (network works: %s) keeps its session and its suspicion", (finding, networkWorks) => {
  const suspicion = sessions.suspect(1, epochOf(1))!;
  expect(sessions.judge(1, suspicion, found(finding, networkWorks), 100)).toBe("doubtful");
  expect(expired(timeoutMs - 1)).toEqual([]);
  expect(expired(timeoutMs)).toEqual([1, 2, 3]);
  expect(sessions.judge(1, suspicion, found("dead"), 200)).toBe("dead");
});

it("what was found before a heartbeat came is void", () => {
  const suspicion = sessions.suspect(1, epochOf(1))!;
  sessions.touch(1, epochOf(1), 50);
  expect(sessions.judge(1, suspicion, found("dead"), 100)).toBe("void");
  const again = sessions.suspect(1, epochOf(1))!;
  expect(sessions.judge(1, suspicion, found("dead"), 100)).toBe("void");
  expect(sessions.judge(1, again, found("dead"), 100)).toBe("dead");
});

it("a heartbeat ends even a death that has no consequence yet", () => {
  const suspicion = sessions.suspect(1, epochOf(1))!;
  sessions.judge(1, suspicion, found("silent"), 100);
  sessions.touch(1, epochOf(1), 110);
  expect(expired(120)).toEqual([]);
  expect(sessions.isLive(1, epochOf(1), 120)).toBe(true);
});

it("is suspected once at a time, and only the incarnation that is registered", () => {
  expect(sessions.suspect(1, epochOf(1) - 1)).toBeUndefined();
  expect(sessions.suspect(9, 0)).toBeUndefined();
  expect(sessions.suspect(1, epochOf(1))).toBeDefined();
  expect(sessions.suspect(1, epochOf(1))).toBeUndefined();
});

it("one incarnation's death is not its successor's", () => {
  const suspicion = sessions.suspect(1, epochOf(1))!;
  sessions.judge(1, suspicion, found("dead"), 100);
  world.node(1);
  expect(expired(100)).toEqual([]);
  expect(expired(100 + timeoutMs)).toContain(1);
});

it("knows whom nobody has heard of since the beginning", () => {
  sessions.touch(2, epochOf(2), 10);
  sessions.suspect(3, epochOf(3));
  expect(sessions.unheard(world.image)).toEqual([1]);
});

it("never ends a session early without a finding about the present suspicion", () => {
  const event = fc.oneof(
    fc.record({ type: fc.constant("touch" as const) }),
    fc.record({ type: fc.constant("suspect" as const) }),
    fc.record({
      type: fc.constant("judge" as const),
      finding: fc.constantFrom<Finding>("alive", "dead", "silent", "unknown"),
      networkWorks: fc.boolean(),
      stale: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      const one = new NodeSessions(timeoutMs);
      one.reset(world.image, 0);
      let now = 0;
      let lastHeard = 0;
      let current: number | undefined;
      let condemned = false;
      for (const each of events) {
        now += 100;
        if (each.type === "touch") {
          one.touch(1, epochOf(1), now);
          [lastHeard, current, condemned] = [now, undefined, false];
        } else if (each.type === "suspect") {
          current = one.suspect(1, epochOf(1)) ?? current;
        } else if (current !== undefined) {
          const proof = each.finding === "dead" || (each.finding === "silent" && each.networkWorks);
          one.judge(1, each.stale ? current - 1 : current, each, now);
          condemned ||= proof && !each.stale;
        }
        expect(one.expired(world.image, now).includes(1)).toBe(condemned || now >= lastHeard + timeoutMs);
      }
    }),
  );
});
