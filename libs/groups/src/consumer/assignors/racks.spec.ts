import fc from "fast-check";
import { type Assignment, countPartitions, sameAssignment } from "../assignment";
import type { Assignor, AssignorMember } from "./assignor";
import type { PartitionRacks } from "./racks";
import { range } from "./range";
import { uniform } from "./uniform";

const TOPICS = ["a", "b", "c"].map((name) => name.repeat(22));
const RACKS = ["r1", "r2", "r3", "r4"];

interface Case {
  readonly racks: ReadonlyMap<string, PartitionRacks>;
  readonly members: readonly { memberId: string; rackId: string | null; topicIds: ReadonlySet<string> }[];
}

type Result = ReadonlyMap<string, Assignment>;

const rackId = fc.option(fc.constantFrom(...RACKS), { freq: 6 });
const topics = fc
  .array(fc.array(fc.subarray(RACKS, { maxLength: 2 }), { maxLength: 8 }), { minLength: 1, maxLength: TOPICS.length })
  .map((lists) => new Map(lists.map((partitions, i) => [TOPICS[i]!, partitions])));

/** Members that subscribe to whatever they like, or all to everything; all, or most, say where they are. */
const cases = (alike: boolean): fc.Arbitrary<Case> =>
  topics.chain((racks) =>
    fc
      .array(fc.record({ rackId, topicIds: fc.subarray([...racks.keys()]) }), { minLength: 1, maxLength: 7 })
      .map((list) => ({
        racks,
        members: list.map(({ rackId, topicIds }, i) => ({
          memberId: `m${i}`,
          rackId,
          topicIds: new Set(alike ? racks.keys() : topicIds),
        })),
      })),
  );

interface How {
  readonly previous?: Result;
  /** Racks are minded unless this says no. */
  readonly blind?: boolean;
}

function run(assignor: Assignor, { racks, members }: Case, { previous, blind = false }: How = {}): Result {
  const given = members.map((member): AssignorMember => {
    return { ...member, instanceId: null, previous: previous?.get(member.memberId) ?? new Map() };
  });
  return assignor({
    members: given,
    partitionCounts: new Map([...racks].map(([id, { length }]) => [id, length])),
    partitionRacks: blind ? undefined : racks,
  });
}

function local(result: Result, { racks, members }: Case): number {
  let count = 0;
  for (const { memberId, rackId } of members) {
    for (const [topicId, partitions] of result.get(memberId) ?? []) {
      for (const partition of partitions) {
        if (rackId !== null && racks.get(topicId)![partition]!.includes(rackId)) count++;
      }
    }
  }
  return count;
}

function loads(result: Result, { members }: Case): number[] {
  return members.map(({ memberId }) => countPartitions(result.get(memberId) ?? new Map()));
}

/** Less if loads are more even; by two for each partition that goes to a member with two fewer. */
function unevenness(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size * size, 0);
}

function owners(result: Result): Map<string, string> {
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

/** Partitions that were with somebody who is still there, and are with somebody else now. */
function moves(before: Result, after: Result, { members }: Case): number {
  const now = owners(after);
  let count = 0;
  for (const [name, memberId] of owners(before)) {
    const there = members.some((member) => member.memberId === memberId);
    if (there && now.has(name) && now.get(name) !== memberId) count++;
  }
  return count;
}

function expectSame(a: Result, b: Result): void {
  for (const memberId of new Set([...a.keys(), ...b.keys()])) {
    const [x, y] = [a, b].map((result) => result.get(memberId) ?? new Map());
    expect([memberId, sameAssignment(x!, y!)]).toEqual([memberId, true]);
  }
}

/** The most partitions that can be with a member in a rack of theirs, loads being even: every choice of who has one more. */
function optimum(racks: PartitionRacks, memberRacks: readonly (string | null)[]): number {
  const least = Math.floor(racks.length / memberRacks.length);
  let best = 0;
  for (const larger of choices(memberRacks.length, racks.length % memberRacks.length)) {
    const slots = memberRacks.flatMap((rack, i) =>
      new Array<string | null>(least + (larger.has(i) ? 1 : 0)).fill(rack),
    );
    best = Math.max(best, matching(racks, slots));
  }
  return best;
}

function* choices(of: number, count: number, from = 0): Generator<Set<number>> {
  if (count === 0) yield new Set();
  else
    for (let first = from; first <= of - count; first++)
      for (const rest of choices(of, count - 1, first + 1)) yield rest.add(first);
}

/** Kuhn's way: one partition after the other, each with all the others making room for it if they can. */
function matching(racks: PartitionRacks, slots: readonly (string | null)[]): number {
  const has = new Map<number, number>();
  const place = (partition: number, tried: Set<number>): boolean =>
    slots.some((rack, slot) => {
      if (rack === null || tried.has(slot) || !racks[partition]!.includes(rack)) return false;
      tried.add(slot);
      const other = has.get(slot);
      if (other !== undefined && !place(other, tried)) return false;
      has.set(slot, partition);
      return true;
    });
  return racks.filter((_, partition) => place(partition, new Set())).length;
}

describe.each([
  ["uniform", uniform],
  ["range", range],
])("assignor %s with racks", (_name, assignor) => {
  it("gives every partition of a subscribed topic to one subscriber, and no other", () => {
    fc.assert(
      fc.property(cases(false), cases(false), (earlier, now) => {
        const owner = owners(run(assignor, now, { previous: run(assignor, earlier) }));
        for (const [topicId, partitions] of now.racks) {
          const subscribers = now.members.filter(({ topicIds }) => topicIds.has(topicId)).map((each) => each.memberId);
          for (const partition of partitions.keys()) {
            const name = `${topicId[0]}${partition}`;
            if (subscribers.length > 0) expect(subscribers).toContain(owner.get(name));
            owner.delete(name);
          }
        }
        expect([...owner]).toEqual([]);
      }),
    );
  });

  it("has no fewer partitions in a rack of theirs than without, unless loads are more even", () => {
    fc.assert(
      fc.property(cases(false), cases(false), (earlier, now) => {
        const previous = run(assignor, earlier);
        const [seeing, blind] = [run(assignor, now, { previous }), run(assignor, now, { previous, blind: true })];
        if (assignor === uniform && unevenness(loads(seeing, now)) < unevenness(loads(blind, now))) return;
        expect(local(seeing, now)).toBeGreaterThanOrEqual(local(blind, now));
      }),
    );
  });

  it("does not mind racks that make no difference", () => {
    const nobody = (given: Case): Case => ({
      ...given,
      members: given.members.map((each) => ({ ...each, rackId: null })),
    });
    const one = (given: Case): Case => ({
      ...given,
      members: given.members.map((each) => ({ ...each, rackId: "r1" })),
    });
    const everywhere = (given: Case): Case => ({
      members: given.members.map((each) => ({ ...each, rackId: each.rackId ?? "r2" })),
      racks: new Map([...given.racks].map(([id, partitions]) => [id, partitions.map(() => RACKS)])),
    });
    fc.assert(
      fc.property(cases(false), cases(false), fc.constantFrom(nobody, one, everywhere), (earlier, given, how) => {
        const now = how(given);
        const previous = run(assignor, earlier);
        expectSame(run(assignor, now, { previous }), run(assignor, now, { previous, blind: true }));
      }),
    );
  });

  it("does not depend on the order in which members and topics come", () => {
    fc.assert(
      fc.property(cases(false), (given) => {
        const turned = { racks: new Map([...given.racks].reverse()), members: [...given.members].reverse() };
        expectSame(run(assignor, given), run(assignor, turned));
      }),
    );
  });
});

describe("uniform with racks", () => {
  it("is as even as without, and no even assignment has more partitions in a rack of theirs", () => {
    fc.assert(
      fc.property(cases(true), cases(true), (earlier, now) => {
        const result = run(uniform, now, { previous: run(uniform, earlier) });
        const sizes = loads(result, now);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        const memberRacks = now.members.map(({ rackId }) => rackId);
        expect(local(result, now)).toBe(optimum([...now.racks.values()].flat(), memberRacks));
      }),
    );
  });

  it("is as even as without where subscriptions differ", () => {
    fc.assert(
      fc.property(cases(false), cases(false), (earlier, now) => {
        const previous = run(uniform, earlier);
        const [seeing, blind] = [run(uniform, now, { previous }), run(uniform, now, { previous, blind: true })];
        expect(unevenness(loads(seeing, now))).toBeLessThanOrEqual(unevenness(loads(blind, now)));
      }),
    );
  });

  it("leaves no pair of partitions whose exchange would bring more of them into a rack of theirs", () => {
    fc.assert(
      fc.property(cases(false), (now) => {
        const result = run(uniform, now);
        const at = now.members.flatMap((member) =>
          [...(result.get(member.memberId) ?? [])].flatMap(([topicId, list]) =>
            list.map((partition) => ({ member, topicId, racks: now.racks.get(topicId)![partition]! })),
          ),
        );
        const isLocal = (racks: readonly string[], rackId: string | null) => Number(racks.includes(rackId ?? ""));
        for (const one of at) {
          for (const other of at) {
            if (!one.member.topicIds.has(other.topicId) || !other.member.topicIds.has(one.topicId)) continue;
            const here = isLocal(one.racks, one.member.rackId) + isLocal(other.racks, other.member.rackId);
            const there = isLocal(one.racks, other.member.rackId) + isLocal(other.racks, one.member.rackId);
            expect(there).toBeLessThanOrEqual(here);
          }
        }
      }),
    );
  });

  it("is as even again after partitions were brought home, so that the next assignment finds nothing to do", () => {
    const [a, b, c] = TOPICS as [string, string, string];
    const given: Case = {
      racks: new Map([
        [a, [["r3", "r4"], ["r2"], ["r2"]]],
        [b, [[], ["r3", "r4"]]],
        [c, [["r3", "r4"], ["r1"], ["r2", "r4"], ["r1", "r3"]]],
      ]),
      members: [
        { memberId: "m0", rackId: null, topicIds: new Set([a, b]) },
        { memberId: "m1", rackId: null, topicIds: new Set([c]) },
        { memberId: "m2", rackId: "r4", topicIds: new Set([b, c]) },
      ],
    };
    const first = run(uniform, given);
    expectSame(run(uniform, given, { previous: first }), first);
    expect(loads(first, given)).toEqual([3, 3, 3]);
  });

  it("moves nothing where nothing changed", () => {
    fc.assert(
      fc.property(fc.boolean().chain(cases), fc.boolean().chain(cases), (earlier, now) => {
        const first = run(uniform, now, { previous: run(uniform, earlier) });
        expectSame(run(uniform, now, { previous: first }), first);
      }),
    );
  });

  it("moves no more than without, but for what brings partitions into a rack of theirs", () => {
    fc.assert(
      fc.property(fc.boolean().chain(cases), fc.boolean().chain(cases), (earlier, now) => {
        const previous = run(uniform, earlier);
        const [seeing, blind] = [run(uniform, now, { previous }), run(uniform, now, { previous, blind: true })];
        // One partition comes, and in each rack at most one makes room for another. One that makes loads more even than they
        // can be without racks may leave its own.
        const evener = (unevenness(loads(blind, now)) - unevenness(loads(seeing, now))) / 2;
        const comes = local(seeing, now) - local(blind, now) + evener;
        const more = comes * (RACKS.length + 1);
        expect(moves(previous, seeing, now)).toBeLessThanOrEqual(moves(previous, blind, now) + more);
      }),
    );
  });
});

describe("range with racks", () => {
  it("divides each topic as evenly as without", () => {
    const sizes = (result: Result, { members }: Case, topicId: string): number[] =>
      members.map(({ memberId }) => result.get(memberId)?.get(topicId)?.length ?? 0).sort();
    fc.assert(
      fc.property(cases(false), (given) => {
        const [seeing, blind] = [run(range, given), run(range, given, { blind: true })];
        for (const topicId of TOPICS) expect(sizes(seeing, given, topicId)).toEqual(sizes(blind, given, topicId));
      }),
    );
  });

  it("has as many partitions of a single topic in a rack of theirs as even ranges can", () => {
    fc.assert(
      fc.property(cases(true), (given) => {
        const alone = { ...given, racks: new Map([[TOPICS[0]!, given.racks.get(TOPICS[0]!)!]]) };
        const memberRacks = given.members.map(({ rackId }) => rackId);
        expect(local(run(range, alone), alone)).toBe(optimum(alone.racks.get(TOPICS[0]!)!, memberRacks));
      }),
    );
  });

  it("gives partitions of one number to one member, so that topics with the same subscribers can be joined", () => {
    const equal = cases(true).map((given) => {
      const count = Math.min(...[...given.racks.values()].map(({ length }) => length));
      return { ...given, racks: new Map([...given.racks].map(([id, partitions]) => [id, partitions.slice(0, count)])) };
    });
    fc.assert(
      fc.property(equal, (given) => {
        for (const assignment of run(range, given).values()) {
          const [first] = assignment.values();
          for (const partitions of assignment.values()) expect(partitions).toEqual(first);
          expect(assignment.size).toBe(given.racks.size);
        }
      }),
    );
  });
});
