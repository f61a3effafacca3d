import fc from "fast-check";
import { ConsumerWorld, type WorldMember } from "../testing/consumer-world";

type Action =
  | {
      do: "join";
      topics: readonly string[];
      regex: string | null;
      instanceId: string | null;
      rackId: string | null;
    }
  | { do: "heartbeat"; member: number; lose: "nothing" | "request" | "answer" }
  | { do: "reconcile" | "leave" | "crash"; member: number }
  | { do: "subscribe"; member: number; topics: readonly string[]; regex: string | null }
  | { do: "append"; outcome: "committed" | "refused" | "written, in doubt" | "not written, in doubt" }
  | { do: "die" }
  | { do: "round" }
  | { do: "topic"; name: string; count: number }
  | { do: "racks"; name: string; racks: readonly string[][] };

const TOPICS = ["orders", "payments", "returns"];
const member = fc.nat({ max: 5 });
const subscription = {
  topics: fc.subarray(TOPICS),
  regex: fc.constantFrom(null, null, "", "(orders|pay.*)", "re.*"),
};
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("join" as const),
      ...subscription,
      instanceId: fc.constantFrom(null, null, "i1", "i2"),
      rackId: fc.constantFrom(null, "r1", "r2"),
    }),
  },
  {
    weight: 16,
    arbitrary: fc.record({
      do: fc.constant("heartbeat" as const),
      member,
      lose: fc.constantFrom(
        "nothing" as const,
        "nothing" as const,
        "nothing" as const,
        "request" as const,
        "answer" as const,
      ),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("reconcile" as const), member }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("leave" as const, "crash" as const), member }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("subscribe" as const), member, ...subscription }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant("append" as const),
      outcome: fc.constantFrom(
        "committed" as const,
        "committed" as const,
        "committed" as const,
        "refused" as const,
        "written, in doubt" as const,
        "not written, in doubt" as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("die" as const, "round" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("topic" as const),
      name: fc.constantFrom(...TOPICS),
      count: fc.nat({ max: 6 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("racks" as const),
      name: fc.constantFrom(...TOPICS),
      racks: fc.array(fc.subarray(["r1", "r2"]), { maxLength: 6 }),
    }),
  },
);

function act(world: ConsumerWorld, step: Action): void {
  const { living } = world;
  const one = (index: number): WorldMember | undefined => living[index % Math.max(living.length, 1)];
  switch (step.do) {
    case "join":
      if (living.length < 6) world.join(step.topics, step.regex, step);
      return;
    case "append":
      return world.append(step.outcome);
    case "die":
      return world.die();
    case "round":
      return world.round();
    case "topic":
      return world.topics.set(step.name, step.count);
    case "racks":
      return world.topics.setRacks(step.name, step.racks);
    default: {
      const who = one(step.member);
      if (who === undefined) return;
      if (step.do === "heartbeat") world.heartbeat(who, step.lose);
      else if (step.do === "reconcile") who.reconcile();
      else if (step.do === "leave") world.leave(who);
      else if (step.do === "subscribe") who.subscribe(step.topics, step.regex);
      else world.crash(who);
    }
  }
}

/** Nobody works on what another one works on, and nobody is thought to. */
function expectOneHand(world: ConsumerWorld): void {
  const hands = new Map<string, string>();
  for (const { memberId, owned } of world.living) {
    for (const name of owned) {
      expect([name, hands.get(name)]).toEqual([name, undefined]);
      hands.set(name, memberId);
    }
  }
  const held = new Map<string, string>();
  for (const { memberId, assigned, pendingRevocation } of world.group?.members.values() ?? []) {
    for (const [topicId, partitions] of [...assigned, ...pendingRevocation]) {
      for (const partition of partitions) {
        const name = `${topicId}${partition}`;
        expect([name, held.get(name)]).toEqual([name, undefined]);
        held.set(name, memberId);
      }
    }
  }
}

/** Actions between two comparisons of the state with what the log makes of it: a replay of everything each time. */
const COMPARE_EVERY = 7;
const RUNS = Number(process.env["RUNS"] ?? 100);

describe("a consumer group whose network loses, whose appends fail and whose coordinators die", () => {
  it("has no partition in two hands, and the log always says what the coordinator knows", () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 20, maxLength: 120 }), (actions) => {
        const world = new ConsumerWorld({ orders: 4, payments: 3 });
        for (const [i, step] of actions.entries()) {
          act(world, step);
          expectOneHand(world);
          if (!world.quiet || i % COMPARE_EVERY !== 0) continue;
          const { live, replayed } = world.images();
          expect(live).toEqual(replayed);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("settles once all is well again: every partition is worked on by one subscriber", () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 20, maxLength: 80 }), (actions) => {
        const world = new ConsumerWorld({ orders: 4, payments: 3 });
        for (const step of actions) act(world, step);
        // Long enough for the sessions of those who are gone, and for those who have to join again.
        for (let round = 0; round < 40; round++) world.round();
        expect(world.group?.state ?? "Empty").toBe(world.living.length === 0 ? "Empty" : "Stable");
        for (const who of world.living) expect([who.memberId, who.settled]).toEqual([who.memberId, true]);
        const hands = world.living.flatMap(({ owned }) => [...owned]).sort();
        expect(new Set(hands).size).toBe(hands.length);
        expect(hands).toEqual(subscribedPartitions(world));
        expectOneHand(world);
      }),
      { numRuns: RUNS },
    );
  });
});

function subscribedPartitions(world: ConsumerWorld): string[] {
  const names = new Set<string>();
  for (const { topics, regex } of world.living) {
    for (const name of topics) names.add(name);
    if (regex) for (const name of world.topics.topicsMatching(regex) ?? []) names.add(name);
  }
  return [...names]
    .flatMap((name) => Array.from({ length: world.topics.topic(name)?.partitionCount ?? 0 }, (_, p) => `${name}-${p}`))
    .sort();
}
