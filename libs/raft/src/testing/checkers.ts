import type { NodeId } from "@moldau/base";
import type { Entry, RaftState } from "../index";

/** A property of Raft that did not hold. The message begins with the property's name. */
export class Violation extends Error {
  override name = "Violation";
}

interface Committed {
  readonly term: number;
  readonly content: string;
  /** Newest term at which the entry can have been committed. */
  readonly committedIn: number;
}

/** The properties of figure 3 of the Raft paper, watched over a whole cluster while it runs. */
export class RaftCheckers {
  readonly #leaders = new Map<number, string>();
  readonly #committed = new Map<number, Committed>();
  /** Newest index that any node has applied. */
  highest = 0;

  /** OneLeaderPerTerm and LeaderCompleteness. `identity` names the node and its start. */
  onRole(identity: string, state: RaftState): void {
    if (state.role.kind !== "leader") return;
    const known = this.#leaders.get(state.term);
    if (known === identity) return;
    if (known !== undefined) throw new Violation(`OneLeaderPerTerm: ${known} and ${identity} lead term ${state.term}`);
    this.#leaders.set(state.term, identity);
    for (const [index, entry] of this.#committed) {
      if (entry.committedIn >= state.term || index <= state.log.baseIndex) continue;
      if (state.log.termAt(index) !== entry.term) {
        throw new Violation(
          `LeaderCompleteness: ${identity} leads term ${state.term} without committed entry ${index}`,
        );
      }
    }
  }

  /** StateMachineSafety. */
  onApplied(nodeId: NodeId, entry: Entry, term: number): void {
    const content = `${entry.type} ${entry.payload.join(",")}`;
    const known = this.#committed.get(entry.index);
    if (known === undefined) {
      this.#committed.set(entry.index, { term: entry.term, content, committedIn: term });
      this.highest = Math.max(this.highest, entry.index);
    } else if (known.term !== entry.term || known.content !== content) {
      throw new Violation(`StateMachineSafety: node ${nodeId} applies another entry at ${entry.index}`);
    }
  }

  /** LogMatching, of every pair of logs. */
  onLogs(states: readonly RaftState[]): void {
    for (const [i, a] of states.entries()) for (const b of states.slice(i + 1)) matchLogs(a, b);
  }
}

function matchLogs(a: RaftState, b: RaftState): void {
  const lowest = Math.max(a.log.baseIndex, b.log.baseIndex) + 1;
  let agreed = false;
  for (let index = Math.min(a.log.lastIndex, b.log.lastIndex); index >= lowest; index--) {
    const one = a.log.entryAt(index)!;
    const other = b.log.entryAt(index)!;
    agreed ||= one.term === other.term;
    if (agreed && (one.term !== other.term || one.payload.join() !== other.payload.join())) {
      throw new Violation(`LogMatching: nodes ${a.nodeId} and ${b.nodeId} differ at ${index}, yet agree behind it`);
    }
  }
}
