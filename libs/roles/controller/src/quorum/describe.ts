import { type NodeId, type Uuid, ZERO_UUID } from "@moldau/base";
import {
  configurationOf,
  isSame,
  observersOf,
  type RaftState,
  type Progress,
  type Voter,
  voterProgress,
} from "@moldau/raft";
import type { QuorumDescription, VoterState } from "./quorum";

/** When a member was last heard, and last seen with the whole log; wall time in ms, -1 for never. */
export interface Contact {
  lastMs: number;
  caughtUpMs: number;
}

/** The state of the quorum as this node knows it: all of it when it leads, itself alone when it does not. */
export function describeQuorum(
  state: RaftState,
  contacts: ReadonlyMap<NodeId, Contact>,
  nowMs: number,
): QuorumDescription {
  const { log, role } = state;
  const configuration = configurationOf(state);
  const leader = role.kind === "leader" ? role : undefined;
  const self = (directoryId: Uuid, endpoints: VoterState["endpoints"]): VoterState => ({
    id: state.nodeId,
    directoryId,
    endpoints,
    logEndOffset: log.lastIndex + 1,
    lag: leader ? 0 : Math.max(0, state.commit - log.lastIndex),
    lastContactMs: nowMs,
    lastCaughtUpMs: leader ? nowMs : -1,
  });
  const other = (id: NodeId, progress: Progress | undefined): Omit<VoterState, "directoryId" | "endpoints"> => {
    const contact = progress === undefined ? undefined : contacts.get(id);
    return {
      id,
      logEndOffset: progress === undefined ? -1 : progress.match + 1,
      lag: progress === undefined ? -1 : log.lastIndex - progress.match,
      lastContactMs: contact?.lastMs ?? -1,
      lastCaughtUpMs: contact?.caughtUpMs ?? -1,
    };
  };
  const describeVoter = (voter: Voter): VoterState => {
    const { id, directoryId, endpoints } = voter;
    if (isSame(voter, { id: state.nodeId, directoryId: state.directoryId })) return self(directoryId, endpoints);
    return { ...other(id, leader && voterProgress(state, leader, id)), directoryId, endpoints };
  };
  const describeObserver = (id: NodeId): VoterState => {
    const progress = leader?.progress.get(id);
    return { ...other(id, progress), directoryId: progress?.directoryId ?? ZERO_UUID, endpoints: [] };
  };
  const { voters } = configuration;
  return {
    leaderId: state.leaderId,
    leaderEpoch: state.term,
    highWatermark: state.commit + 1,
    logStartOffset: log.baseIndex + 1,
    logEndOffset: log.lastIndex + 1,
    snapshotIndex: state.snapshot?.index ?? 0,
    voters: voters.map(describeVoter),
    observers: leader ? observersOf(state, leader).map(describeObserver) : [],
    kraftVersion: voters.length > 0 && voters.every(({ directoryId }) => directoryId !== ZERO_UUID) ? 1 : 0,
    votersSettled: state.configurations[state.configurations.length - 1]!.index <= state.commit,
  };
}
