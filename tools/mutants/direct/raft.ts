import { NO_NODE, SeededRandom } from "@moldau/base";
import {
  configurationOf,
  createRaft,
  staticVoter,
  step,
  type Effects,
  type Entry,
  type HardState,
  type RaftMessage,
  type RaftState,
} from "@moldau/raft";
import { expect, type Scenario } from "./scenario";

const random = new SeededRandom(1);

/** Node `nodeId` of three static voters, started. */
function start(nodeId: number, disk: { hardState?: HardState; terms?: readonly number[] } = {}): RaftState {
  const entries = (disk.terms ?? []).map((term, i) => entry(i + 1, term));
  const state = createRaft({
    nodeId,
    initialVoters: [1, 2, 3].map(staticVoter),
    hardState: disk.hardState,
    snapshot: undefined,
    entries,
    random: 0.5,
  });
  step(state, { type: "start" });
  return state;
}

function entry(index: number, term: number): Entry {
  return { index, term, type: "data", payload: Uint8Array.of(index, term) };
}

function receive(state: RaftState, message: RaftMessage): Effects {
  return step(state, { type: "message", message });
}

/** All that was handed to the disk is on it. */
function persist(state: RaftState): Effects {
  return step(state, { type: "persisted", sequence: state.nextSequence - 1 });
}

/** Node 1, whose log has these terms, elected by node 2's vote for the term after them. */
function elected(terms: readonly number[]): { leader: RaftState; term: number } {
  const last = terms.at(-1)!;
  const leader = start(1, { hardState: { term: last, vote: NO_NODE, recovering: false }, terms });
  const isStanding = (): boolean => leader.role.kind === "pre-candidate";
  while (!isStanding()) step(leader, { type: "tick", random: random.next() });
  const term = last + 1;
  receive(leader, { type: "pre-vote-ack", from: 2, to: 1, term, granted: true });
  persist(leader);
  receive(leader, { type: "vote-ack", from: 2, to: 1, term, granted: true });
  return { leader, term };
}

function granted(effects: Effects): boolean {
  const messages = [...effects.messages, ...(effects.write?.messagesAfter ?? [])];
  return messages.some((message) => message.type === "vote-ack" && message.granted);
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  "a voter that restarts within a term remembers its vote": () => {
    const vote = (from: number): RaftMessage => ({
      type: "vote",
      from,
      to: 3,
      term: 1,
      lastIndex: 0,
      lastTerm: 0,
      transfer: false,
    });
    const before = start(3);
    const effects = receive(before, vote(1));
    expect(granted(effects), "the first candidate gets the vote");
    const after = start(3, { hardState: effects.write?.hardState });
    expect(!granted(receive(after, vote(2))), "the second candidate of the term does not");
    expect(granted(receive(after, vote(1))), "the first one, who asks again, does");
  },

  "an entry of an earlier term is not committed by being on a majority": () => {
    const { leader, term } = elected([1, 2]);
    persist(leader);
    const ack = (index: number): RaftMessage => ({
      type: "append-ack",
      from: 2,
      to: 1,
      term,
      accepted: true,
      index,
      hintIndex: 0,
      hintTerm: 0,
    });
    receive(leader, ack(2));
    expect(leader.commit === 0, "entry 2 of term 2 on two of three nodes could still be replaced");
    receive(leader, ack(3));
    expect(leader.commit === 3, "with an entry of the leader's own term everything before it is committed");
  },

  "the write of an entry that was replaced meanwhile makes nothing persisted": () => {
    const follower = start(3);
    const append = (term: number, from: number): RaftMessage => ({
      type: "append",
      from,
      to: 3,
      term,
      previousIndex: 0,
      previousTerm: 0,
      commit: term === 2 ? 1 : 0,
      entries: [entry(1, term)],
    });
    const first = receive(follower, append(1, 1)).write!;
    const second = receive(follower, append(2, 2)).write!;
    const early = step(follower, { type: "persisted", sequence: first.sequence });
    expect(early.committed.length === 0, "entry 1 of term 2 is committed, and not yet on this disk");
    const late = step(follower, { type: "persisted", sequence: second.sequence });
    expect(late.committed[0]?.term === 2, "now it is");
  },

  "a follower commits no further than the leader's append reaches": () => {
    const follower = start(3, { hardState: { term: 1, vote: NO_NODE, recovering: false }, terms: [1, 1, 1, 1, 1] });
    receive(follower, {
      type: "append",
      from: 2,
      to: 3,
      term: 2,
      previousIndex: 2,
      previousTerm: 1,
      commit: 4,
      entries: [],
    });
    expect(follower.commit === 2, "what this log holds behind entry 2 need not be the leader's");
  },

  "a new leader answers no read before it has committed something of its own": () => {
    const { leader, term } = elected([1]);
    step(leader, { type: "read", id: 7 });
    const round = leader.role.kind === "leader" ? leader.role.round : -1;
    const answer = receive(leader, { type: "heartbeat-ack", from: 2, to: 1, term, round, lastIndex: 1 });
    expect(answer.reads.length === 0, "entry 1 may be committed, and this leader does not know");
  },

  "a leader's own entry counts when it is on its disk": () => {
    const { leader, term } = elected([1]);
    const ack = {
      type: "append-ack",
      from: 2,
      to: 1,
      term,
      accepted: true,
      index: 2,
      hintIndex: 0,
      hintTerm: 0,
    } as const;
    receive(leader, ack);
    expect(leader.commit === 0, "entry 2 is on one disk of three");
    persist(leader);
    expect(leader.commit === 2, "now it is on two");
  },

  "a new leader changes no voters before it has committed something of its own": () => {
    const { leader } = elected([1]);
    const [first, second] = configurationOf(leader).voters;
    const configuration = { voters: [first!, second!] };
    const { proposal } = step(leader, { type: "change-configuration", configuration });
    expect(proposal?.ok === false, "a change that its predecessor began may be committed yet");
  },
};
