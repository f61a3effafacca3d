import { configurationOf, observersOf, type RaftState } from "@moldau/raft";
import type { NodeId } from "@moldau/base";
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
  const describe = (id: NodeId): VoterState => {
    if (id === state.nodeId) {
      const leads = role.kind === "leader";
      return {
        id,
        logEndOffset: log.lastIndex + 1,
        lag: leads ? 0 : Math.max(0, state.commit - log.lastIndex),
        lastContactMs: nowMs,
        lastCaughtUpMs: leads ? nowMs : -1,
      };
    }
    const match = role.kind === "leader" ? role.progress.get(id)?.match : undefined;
    const contact = contacts.get(id);
    return {
      id,
      logEndOffset: match === undefined ? -1 : match + 1,
      lag: match === undefined ? -1 : log.lastIndex - match,
      lastContactMs: contact?.lastMs ?? -1,
      lastCaughtUpMs: match === undefined ? -1 : (contact?.caughtUpMs ?? -1),
    };
  };
  return {
    leaderId: state.leaderId,
    leaderEpoch: state.term,
    highWatermark: state.commit + 1,
    logStartOffset: log.baseIndex + 1,
    logEndOffset: log.lastIndex + 1,
    snapshotIndex: state.snapshot?.index ?? 0,
    voters: configuration.voters.map(({ id }) => describe(id)),
    observers: role.kind === "leader" ? observersOf(state, role).map(describe) : [],
  };
}
