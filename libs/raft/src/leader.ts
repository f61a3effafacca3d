import type { NodeId } from "@moldau/base";
import { configurationProblem, normalizeConfiguration } from "./configuration";
import { encodeConfiguration } from "./encoding";
import type { Configuration } from "./messages";
import { followConfiguration, voterProgress } from "./members";
import { advanceCommit, appendAsLeader, broadcastAppend } from "./replication";
import { configurationOf, send, type ProposalOutcome, type RaftState } from "./state";

type Refusal = Extract<ProposalOutcome, { ok: false }>;

function refuse(reason: Refusal["reason"], detail: string): Refusal {
  return { ok: false, reason, detail };
}

export function propose(state: RaftState, payload: Uint8Array): ProposalOutcome {
  const { role, settings } = state;
  if (role.kind !== "leader") return refuse("not-leader", "this node does not lead");
  if (role.transfer !== undefined) return refuse("transferring", `leadership is on its way to ${role.transfer.to}`);
  if (payload.length > settings.entryBytesMax) {
    return refuse("too-large", `${payload.length} bytes in an entry, at most ${settings.entryBytesMax}`);
  }
  if (role.uncommittedBytes > 0 && role.uncommittedBytes + payload.length > settings.uncommittedBytesMax) {
    return refuse("busy", `${role.uncommittedBytes} bytes wait to be committed`);
  }
  const entry = appendAsLeader(state, role, "data", payload);
  broadcastAppend(state, role);
  return { ok: true, index: entry.index, term: entry.term };
}

/**
 * Appends a new configuration; it is in force from then on, committed or not. One at a time, and only once this term has
 * committed something: else two leaders could each take a step from the same configuration (Ongaro, raft-dev 2015).
 */
export function changeConfiguration(state: RaftState, wanted: Configuration): ProposalOutcome {
  const { role } = state;
  if (role.kind !== "leader") return refuse("not-leader", "this node does not lead");
  if (role.transfer !== undefined) return refuse("transferring", `leadership is on its way to ${role.transfer.to}`);
  if (state.commit < role.firstIndex) return refuse("busy", "this term has not committed anything yet");
  if (state.configurations[state.configurations.length - 1]!.index > state.commit) {
    return refuse("busy", "another change of the voters is not committed yet");
  }
  const next = normalizeConfiguration(wanted);
  const problem = configurationProblem(configurationOf(state), next);
  if (problem !== undefined) return refuse("invalid", problem);
  const entry = appendAsLeader(state, role, "configuration", encodeConfiguration(next));
  followConfiguration(state, role);
  broadcastAppend(state, role);
  advanceCommit(state, role);
  return { ok: true, index: entry.index, term: entry.term };
}

/** Hands leadership to a voter once it holds the whole log; given up after an election timeout. */
export function transferLeadership(state: RaftState, to: NodeId): void {
  const { role } = state;
  if (role.kind !== "leader" || to === state.nodeId) return;
  const progress = voterProgress(state, role, to);
  if (progress === undefined || progress.recovering) return;
  role.transfer = { to, sinceTick: state.now };
  if (progress.match === state.log.lastIndex) {
    send(state, { type: "timeout-now", from: state.nodeId, to, term: state.term });
  } else {
    broadcastAppend(state, role);
  }
}
