import type { Heartbeat } from "./messages";
import { followLeader, rejectStale } from "./roles";
import { commitTo, send, standing, type Leader, type RaftState } from "./state";

/** "I lead": keeps followers from standing for election and tells what is committed of what they hold. */
export function broadcastHeartbeat(state: RaftState, leader: Leader): void {
  state.heartbeatElapsed = 0;
  for (const [to, progress] of leader.progress) {
    send(state, {
      type: "heartbeat",
      from: state.nodeId,
      to,
      term: state.term,
      commit: Math.min(progress.match, state.commit),
      round: leader.round,
    });
  }
}

export function onHeartbeat(state: RaftState, message: Heartbeat): void {
  if (message.term < state.term) return rejectStale(state, message.from);
  followLeader(state, message.term, message.from);
  commitTo(state, message.commit);
  send(state, {
    type: "heartbeat-ack",
    from: state.nodeId,
    to: message.from,
    term: state.term,
    round: message.round,
    lastIndex: state.log.lastIndex,
    ...standing(state),
  });
}
