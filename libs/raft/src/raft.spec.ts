import { configurationOf, createRaft, encodeConfiguration, staticVoter, step } from "./index";
import type { Effects, Entry, RaftEvent, RaftMessage, RaftState } from "./index";

function follower(settings = {}): RaftState {
  const start = {
    nodeId: 1,
    initialVoters: [1, 2, 3].map(staticVoter),
    hardState: undefined,
    snapshot: undefined,
    entries: [],
  };
  return createRaft({ ...start, random: 0, settings });
}

const voterIds = (state: RaftState): number[] => configurationOf(state).voters.map(({ id }) => id);

/** Steps an event and lets its write reach the disk at once. */
function stepAndSync(state: RaftState, event: RaftEvent): Effects {
  const effects = step(state, event);
  if (effects.write !== undefined) step(state, { type: "persisted", sequence: effects.write.sequence });
  return effects;
}

/** Makes node 1 the leader of `term`, with the vote of 2. */
function elect(state: RaftState, term: number): void {
  for (let i = 0; i < 40 && state.role.kind === "follower"; i++) stepAndSync(state, { type: "tick", random: 0 });
  stepAndSync(state, { type: "message", message: { type: "pre-vote-ack", from: 2, to: 1, term, granted: true } });
  stepAndSync(state, { type: "message", message: { type: "vote-ack", from: 2, to: 1, term, granted: true } });
  expect(state.role.kind).toBe("leader");
  expect(state.term).toBe(term);
}

/** Node 1 as the leader of term 1, its opening entry on disk everywhere. */
function leader(settings = {}): RaftState {
  const state = follower(settings);
  elect(state, 1);
  for (const from of [2, 3]) stepAndSync(state, { type: "message", message: accepted(from, 1) });
  expect(state.applied).toBe(1);
  return state;
}

function accepted(from: number, index: number): Extract<RaftMessage, { type: "append-ack" }> {
  return { type: "append-ack", from, to: 1, term: 1, accepted: true, index, hintIndex: 0, hintTerm: 0 };
}

const propose = (state: RaftState, size: number): Effects =>
  step(state, { type: "propose", payload: new Uint8Array(size) });

it("sends ahead of the answers only as much as the limits let it", () => {
  const state = leader({ appendBytesMax: 1000, inflightBytesMax: 3000, inflightMessagesMax: 100 });
  const sent = Array.from({ length: 10 }, () => propose(state, 1000).messages.filter((message) => message.to === 2));
  expect(sent.map((messages) => messages.length)).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
  // One answer frees its share; what waited goes in full messages.
  const freed = step(state, { type: "message", message: accepted(2, 3) }).messages.filter(
    (message) => message.to === 2,
  );
  expect(freed.map((message) => message.type === "append" && message.entries.map((entry) => entry.index))).toEqual([
    [5],
    [6],
  ]);
});

it("puts many small entries that waited into one message", () => {
  const state = leader({ inflightMessagesMax: 1 });
  for (let i = 0; i < 50; i++) propose(state, 10);
  const freed = step(state, { type: "message", message: accepted(2, 2) }).messages.filter(
    (message) => message.to === 2,
  );
  expect(freed.map((message) => message.type === "append" && message.entries.length)).toEqual([49]);
});

it("refuses proposals when too much waits to be committed, and takes them again afterwards", () => {
  const state = leader({ uncommittedBytesMax: 5000 });
  const outcomes = Array.from({ length: 8 }, () => propose(state, 1000).proposal!.ok);
  expect(outcomes).toEqual([true, true, true, true, false, false, false, false]);
  for (const from of [2, 3]) step(state, { type: "message", message: accepted(from, 5) });
  expect(propose(state, 1000).proposal).toEqual({ ok: true, index: 6, term: 1 });
});

it("refuses an entry that is too large for ever", () => {
  const state = leader({ entryBytesMax: 100 });
  expect(propose(state, 101).proposal).toMatchObject({ ok: false, reason: "too-large" });
  expect(propose(state, 100).proposal).toMatchObject({ ok: true });
});

it("does not commit an entry of an older term by counting copies (Raft, figure 8)", () => {
  const entries = [{ index: 1, term: 1, type: "data" as const, payload: new Uint8Array(1) }];
  const start = { nodeId: 1, initialVoters: [1, 2, 3].map(staticVoter), snapshot: undefined, entries, random: 0 };
  const state = createRaft({ ...start, hardState: { term: 1, vote: 1, recovering: false } });
  for (let i = 0; i < 40 && state.role.kind === "follower"; i++) step(state, { type: "tick", random: 0 });
  step(state, { type: "message", message: { type: "pre-vote-ack", from: 2, to: 1, term: 2, granted: true } });
  step(state, { type: "persisted", sequence: 1 });
  step(state, { type: "message", message: { type: "vote-ack", from: 2, to: 1, term: 2, granted: true } });
  step(state, { type: "persisted", sequence: 2 });
  const ack = accepted(2, 1);
  step(state, { type: "message", message: { ...ack, term: 2 } });
  expect(state.role.kind).toBe("leader");
  expect(state.commit).toBe(0);
  step(state, { type: "message", message: { ...accepted(2, 2), term: 2 } });
  expect(state.commit).toBe(2);
});

it("stops when another node claims to lead its term", () => {
  const state = leader();
  const message: RaftMessage = { type: "heartbeat", from: 2, to: 1, term: 1, commit: 0, round: 0 };
  expect(() => step(state, { type: "message", message })).toThrow(/term 1 has two leaders/);
});

it("keeps a leader that steps down from promising what it cannot know", () => {
  const state = leader();
  step(state, { type: "read", id: 5 });
  const effects = step(state, { type: "message", message: { ...accepted(2, 1), term: 9, accepted: false } });
  expect(state.role.kind).toBe("follower");
  expect(effects.readsRefused).toEqual([5]);
  expect(effects.leadership).toEqual({ leaderId: -1, term: 9, active: false });
  expect(propose(state, 1).proposal).toMatchObject({ ok: false, reason: "not-leader" });
});

const entry = (index: number, term: number): Entry => ({ index, term, type: "data", payload: Uint8Array.of(index) });

function append(term: number, previous: [index: number, term: number], entries: Entry[], commit: number): RaftEvent {
  const [previousIndex, previousTerm] = previous;
  const message: RaftMessage = { type: "append", from: 2, to: 1, term, previousIndex, previousTerm, commit, entries };
  return { type: "message", message };
}

it("commits of its own tail only what the leader has confirmed", () => {
  const state = follower();
  step(state, append(1, [0, 0], [entry(1, 1), entry(2, 1), entry(3, 1)], 0));
  step(state, append(2, [1, 1], [], 3));
  expect(state.commit).toBe(1);
  step(state, append(2, [1, 1], [entry(2, 2)], 3));
  expect([state.commit, state.log.lastIndex]).toEqual([2, 2]);
});

it("goes back to the former voters when the change of them is replaced", () => {
  const state = follower();
  const change = {
    ...entry(2, 1),
    type: "configuration",
    payload: encodeConfiguration({ voters: [1, 2].map(staticVoter) }),
  };
  step(state, append(1, [0, 0], [entry(1, 1), change as Entry, entry(3, 1)], 1));
  expect(voterIds(state)).toEqual([1, 2]);
  step(state, append(2, [1, 1], [entry(2, 2)], 1));
  expect(voterIds(state)).toEqual([1, 2, 3]);
});

it("does not count an acceptance of an older term", () => {
  const state = leader();
  step(state, { type: "message", message: { type: "heartbeat", from: 2, to: 1, term: 2, commit: 0, round: 0 } });
  expect(state.role.kind).toBe("follower");
  elect(state, 3);
  const commit = state.commit;
  for (const from of [2, 3]) step(state, { type: "message", message: accepted(from, state.log.lastIndex) });
  expect(state.commit).toBe(commit);
});

it("does not change the voters before its own term has committed something", () => {
  const state = follower();
  elect(state, 1);
  const change: RaftEvent = { type: "change-configuration", configuration: { voters: [1, 2].map(staticVoter) } };
  expect(step(state, change).proposal).toMatchObject({ ok: false, reason: "busy" });
  for (const from of [2, 3]) step(state, { type: "message", message: accepted(from, 1) });
  expect(step(state, change).proposal).toMatchObject({ ok: true });
  expect(step(state, change).proposal).toMatchObject({ ok: false, reason: "busy" });
});
