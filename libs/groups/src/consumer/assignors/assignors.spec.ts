import fc from "fast-check";
import { type Assignment, countPartitions, sameAssignment } from "../assignment";
import { range } from "./range";
import { type Assignor, type AssignorMember } from "./assignor";
import { uniform } from "./uniform";

const TOPICS = ["a", "b", "c", "d"].map((name) => name.repeat(22));

interface Case {
  readonly counts: ReadonlyMap<string, number>;
  /** Topics of each member, by member id. */
  readonly subscriptions: ReadonlyMap<string, ReadonlySet<string>>;
}

const counts = fc
  .array(fc.nat({ max: 9 }), { minLength: 1, maxLength: TOPICS.length })
  .map((sizes) => new Map(sizes.map((size, i) => [TOPICS[i]!, size])));

/** Members that subscribe to whatever they like, or all to everything. */
const cases = (alike: boolean): fc.Arbitrary<Case> =>
  counts.chain((sizes) =>
    fc.array(fc.subarray([...sizes.keys()]), { minLength: 1, maxLength: 8 }).map((lists) => ({
      counts: sizes,
      subscriptions: new Map(lists.map((list, i) => [`m${i}`, new Set(alike ? sizes.keys() : list)])),
    })),
  );

function run(assignor: Assignor, { counts, subscriptions }: Case, previous?: ReadonlyMap<string, Assignment>) {
  const members: AssignorMember[] = [...subscriptions].map(([memberId, topicIds]) => ({
    memberId,
    instanceId: null,
    rackId: null,
    topicIds,
    previous: previous?.get(memberId) ?? new Map(),
  }));
  return assignor({ members, partitionCounts: counts });
}

function owners(result: ReadonlyMap<string, Assignment>): Map<string, string> {
  const owner = new Map<string, string>();
  for (const [memberId, assignment] of result) {
    for (const [topicId, partitions] of assignment) {
      for (const partition of partitions) {
        const name = `${topicId[0]}${partition}`;
        expect([name, owner.get(name)]).toEqual([name, undefined]);
        owner.set(name, memberId);
      }
    }
  }
  return owner;
}

function loads(result: ReadonlyMap<string, Assignment>, { subscriptions }: Case): number[] {
  return [...subscriptions.keys()].map((memberId) => countPartitions(result.get(memberId) ?? new Map()));
}

function without<V>(map: ReadonlyMap<string, V>, key: string): Map<string, V> {
  return new Map([...map].filter(([name]) => name !== key));
}

describe.each([
  ["uniform", uniform],
  ["range", range],
])("assignor %s", (_name, assignor) => {
  it("gives every partition of a subscribed topic to one subscriber, and no other", () => {
    fc.assert(
      fc.property(cases(false), cases(false), (before, now) => {
        const owner = owners(run(assignor, now, run(assignor, before)));
        for (const [topicId, count] of now.counts) {
          const subscribers = [...now.subscriptions].filter(([, topics]) => topics.has(topicId)).map(([id]) => id);
          for (let partition = 0; partition < count; partition++) {
            const name = `${topicId[0]}${partition}`;
            const has = owner.get(name);
            if (subscribers.length > 0) expect(subscribers).toContain(has);
            else expect(has).toBeUndefined();
            owner.delete(name);
          }
        }
        expect([...owner]).toEqual([]);
      }),
    );
  });

  it("does not depend on the order in which members and topics come", () => {
    fc.assert(
      fc.property(cases(false), (given) => {
        const turned = {
          counts: new Map([...given.counts].reverse()),
          subscriptions: new Map([...given.subscriptions].reverse()),
        };
        const [a, b] = [run(assignor, given), run(assignor, turned)];
        for (const memberId of given.subscriptions.keys()) {
          expect(sameAssignment(a.get(memberId) ?? new Map(), b.get(memberId) ?? new Map())).toBe(true);
        }
      }),
    );
  });
});

describe("uniform", () => {
  it("gives members with the same subscription as many partitions as any other, or one more", () => {
    fc.assert(
      fc.property(cases(true), cases(true), (before, now) => {
        const sizes = loads(run(uniform, now, run(uniform, before)), now);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("moves nothing where nothing changed", () => {
    fc.assert(
      fc.property(fc.boolean().chain(cases), (given) => {
        const first = run(uniform, given);
        const second = run(uniform, given, first);
        for (const [memberId, assignment] of first) {
          expect(sameAssignment(assignment, second.get(memberId) ?? new Map())).toBe(true);
        }
      }),
    );
  });

  it("moves only the partitions of a member that leaves", () => {
    fc.assert(
      fc.property(cases(true), cases(true), (earlier, given) => {
        fc.pre(given.subscriptions.size > 1);
        // Any balanced state, not only that of an assignment from nothing.
        const before = run(uniform, given, run(uniform, earlier));
        const left = { ...given, subscriptions: without(given.subscriptions, "m0") };
        const after = owners(run(uniform, left, without(before, "m0")));
        for (const [name, memberId] of owners(before))
          if (memberId !== "m0") expect([name, after.get(name)]).toEqual([name, memberId]);
      }),
    );
  });

  it("takes from each no more than a new member is to have", () => {
    fc.assert(
      fc.property(cases(true), (given) => {
        const before = run(uniform, given);
        const grown = {
          ...given,
          subscriptions: new Map([...given.subscriptions, ["new", new Set(given.counts.keys())]]),
        };
        const result = run(uniform, grown, before);
        const after = owners(result);
        let moved = 0;
        for (const [name, memberId] of owners(before)) if (after.get(name) !== memberId) moved++;
        expect(moved).toBe(countPartitions(result.get("new") ?? new Map()));
      }),
    );
  });

  it("evens out what different subscriptions allow: no partition's move to another subscriber would help", () => {
    fc.assert(
      fc.property(cases(false), cases(false), (before, now) => {
        const result = run(uniform, now, run(uniform, before));
        const load = new Map(
          [...now.subscriptions.keys()].map((id) => [id, countPartitions(result.get(id) ?? new Map())]),
        );
        for (const [memberId, assignment] of result) {
          for (const topicId of assignment.keys()) {
            for (const [other, topics] of now.subscriptions) {
              if (topics.has(topicId)) expect(load.get(memberId)! - load.get(other)!).toBeLessThanOrEqual(1);
            }
          }
        }
      }),
    );
  });
});

describe("range", () => {
  it("divides topics of one size alike, so that they can be joined, and keeps static members in their places", () => {
    const topicIds = new Set(TOPICS.slice(0, 2));
    const member = (memberId: string, instanceId: string | null): AssignorMember => ({
      memberId,
      instanceId,
      rackId: null,
      topicIds,
      previous: new Map(),
    });
    const result = range({
      members: [member("a", null), member("x", "i2"), member("y", "i1")],
      partitionCounts: new Map([...topicIds].map((id) => [id, 7])),
    });
    const of = (memberId: string): unknown => [...(result.get(memberId)?.values() ?? [])];
    expect(of("y")).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(of("x")).toEqual([
      [3, 4],
      [3, 4],
    ]);
    expect(of("a")).toEqual([
      [5, 6],
      [5, 6],
    ]);
  });
});
