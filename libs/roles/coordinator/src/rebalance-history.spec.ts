import { RebalanceHistory } from "./rebalance-history";

const started = (groupId: string, reason: string) =>
  ({ event: "rebalance started", groupId, generation: 1, reason }) as const;
const completed = (groupId: string, generation: number) =>
  ({ event: "rebalance completed", groupId, generation, memberCount: 1, reason: "", tookMs: 30 }) as const;

describe("the history of rebalances", () => {
  it("says why, how long, and who took how long", () => {
    const history = new RebalanceHistory();
    history.add(started("g", "member a joins"), 1_000);
    history.add(started("g", "member b joins"), 1_010);
    expect(history.of("g")).toMatchObject([{ reason: "member a joins", tookMs: null, generation: null }]);
    history.add(
      {
        event: "members joined",
        groupId: "g",
        generation: 2,
        protocol: "range",
        leaderId: "a",
        members: [
          { memberId: "b", tookMs: 20 },
          { memberId: "a", tookMs: 1 },
        ],
        removed: ["c"],
      },
      1_020,
    );
    history.add(completed("g", 2), 1_030);
    expect(history.of("g")).toEqual([
      {
        startedAtMs: 1_000,
        reason: "member a joins",
        generation: 2,
        tookMs: 30,
        members: [
          { memberId: "a", tookMs: 1 },
          { memberId: "b", tookMs: 20 },
        ],
        removed: ["c"],
      },
    ]);
    history.add(started("g", "left: a, b"), 2_000);
    history.add({ event: "group is empty", groupId: "g", generation: 3 }, 2_005);
    expect(history.of("g").at(-1)).toMatchObject({ reason: "left: a, b", generation: 3, tookMs: 5 });
    expect(history.of("other")).toEqual([]);
  });

  it("is bounded", () => {
    const history = new RebalanceHistory();
    for (let i = 0; i < 20; i++) {
      history.add(started("g", `cause ${i}`), i);
      history.add(completed("g", i), i);
    }
    expect(history.of("g").map(({ reason }) => reason)).toEqual([15, 16, 17, 18, 19].map((i) => `cause ${i}`));
    for (let i = 0; i < 2_000; i++) history.add(started(`h${i}`, "x"), 0);
    expect([history.of("g").length, history.of("h0").length, history.of("h1999").length]).toEqual([0, 1, 1]);
  });

  it("knows those that began under another owner by their end, and members of consumer groups by theirs", () => {
    const history = new RebalanceHistory();
    const members = [
      { memberId: "b", tookMs: 30 },
      { memberId: "a", tookMs: 2 },
    ];
    history.add({ ...completed("g", 4), reason: "member b joins", members }, 1_000);
    expect(history.of("g")).toEqual([
      {
        startedAtMs: 970,
        reason: "member b joins",
        generation: 4,
        tookMs: 30,
        members: [members[1], members[0]],
        removed: [],
      },
    ]);
  });

  it("passes over what is no rebalance", () => {
    const history = new RebalanceHistory();
    history.add({ event: "offsets expired", groupId: "g", count: 1 }, 0);
    history.add({ event: "group is empty", groupId: "g", generation: 1 }, 0);
    expect(history.of("g")).toEqual([]);
  });
});
