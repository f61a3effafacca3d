import { ZERO_UUID } from "@moldau/base";
import { configurationProblem, createRaft, observersOf, standsAlone, staticVoter, step } from "./index";
import type { Leader, RaftState, Voter } from "./index";

const disk = (letter: string): string => letter.padEnd(22, "_");
const voter = (id: number, letter: string): Voter => ({ id, directoryId: disk(letter), endpoints: [] });

/** The only voter, leading. */
function alone(): { state: RaftState; leader: Leader } {
  const state = createRaft({
    nodeId: 1,
    directoryId: disk("a"),
    initialVoters: [voter(1, "a")],
    hardState: undefined,
    snapshot: undefined,
    entries: [],
    random: 0,
  });
  let { write } = step(state, { type: "start" });
  while (write !== undefined) write = step(state, { type: "persisted", sequence: write.sequence }).write;
  expect(state.role.kind).toBe("leader");
  return { state, leader: state.role as Leader };
}

const observe = (state: RaftState, from: number, letter = "a") =>
  step(state, { type: "message", message: { type: "observe", from, fromDirectory: disk(letter), to: 1, term: 0 } });

it("takes observers as they come, a bounded number of them, and forgets those that fall silent", () => {
  const { state, leader } = alone();
  expect(observe(state, 9).messages).toMatchObject([{ type: "append", to: 9 }]);
  expect(observersOf(state, leader)).toEqual([9]);
  for (let id = 10; id < 100; id++) observe(state, id);
  expect(observersOf(state, leader).length).toBeLessThan(20);

  for (let i = 0; i < 150; i++) step(state, { type: "tick", random: 0 });
  observe(state, 9);
  for (let i = 0; i < 150; i++) step(state, { type: "tick", random: 0 });
  expect(observersOf(state, leader)).toEqual([9]);
});

it("stands alone until somebody is heard of, and again when that one has fallen silent", () => {
  const { state } = alone();
  expect(standsAlone(state)).toBe(true);
  observe(state, 9);
  expect(standsAlone(state)).toBe(false);
  for (let i = 0; i < 300; i++) step(state, { type: "tick", random: 0 });
  expect(standsAlone(state)).toBe(true);
});

it("begins anew with one who comes on another disk", () => {
  const { state, leader } = alone();
  observe(state, 9);
  const held = {
    type: "append-ack",
    from: 9,
    to: 1,
    term: 1,
    accepted: true,
    index: 1,
    hintIndex: 0,
    hintTerm: 0,
  } as const;
  step(state, { type: "message", message: { ...held, fromDirectory: disk("a") } });
  expect(leader.progress.get(9)).toMatchObject({ match: 1, directoryId: disk("a") });
  observe(state, 9, "b");
  expect(leader.progress.get(9)).toMatchObject({ match: 0, directoryId: disk("b") });
});

describe("a change of the voters", () => {
  const three = { voters: [voter(1, "a"), voter(2, "b"), voter(3, "c")] };
  it.each([
    ["one more", [...three.voters, voter(4, "d")], undefined],
    ["one less", three.voters.slice(1), undefined],
    ["two more", [...three.voters, voter(4, "d"), voter(5, "e")], /one at a time/],
    ["one for another", [...three.voters.slice(1), voter(4, "d")], /one at a time/],
    ["another disk", [...three.voters.slice(1), voter(1, "z")], /one at a time/],
    [
      "another address",
      [{ ...voter(1, "a"), endpoints: [{ name: "RPC", host: "h", port: 1 }] }, ...three.voters.slice(1)],
      undefined,
    ],
    ["one twice", [...three.voters, voter(1, "a")], /twice/],
    ["nobody", [], /at least one/],
  ])("%s", (_what, voters, problem) => {
    const found = configurationProblem(three, { voters });
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(problem);
  });

  it("may name the disks of static voters all at once", () => {
    const ids = { voters: [1, 2, 3].map(staticVoter) };
    expect(configurationProblem(ids, three)).toBeUndefined();
    expect(ids.voters.every(({ directoryId }) => directoryId === ZERO_UUID)).toBe(true);
  });
});
