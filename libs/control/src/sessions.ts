import type { NodeId } from "@moldau/base";
import type { MetadataImage } from "@moldau/metadata";

/** How a node was found dead before its session was over. */
export type CauseOfDeath =
  /** Its machine says that the process is no more. */
  | "ended"
  /** Nothing answers at its address, while other nodes do. */
  | "vanished";

interface Session {
  /** Epoch of the incarnation that this is about; another one's session does not count. */
  readonly epoch: number;
  /** Monotonic time from which on the node counts as dead. */
  expiresMs: number;
  state:
    /** Not heard since this controller became active; taken for alive. */
    | { at: "assumed" }
    /** A heartbeat or a registration came. */
    | { at: "heard" }
    /** Something casts doubt on it: its connection broke, or is silent, or never came. Somebody looks. */
    | { at: "suspected"; suspicion: number }
    | { at: "dead"; cause: CauseOfDeath };
}

/** What somebody who knocked at the node's address found; `unknown`: could not tell. */
export type Finding = "alive" | "dead" | "silent" | "unknown";

/**
 * When each node was last heard, and what is thought of those that are not. Not part of the replicated state: a controller
 * that becomes active begins anew and gives every unfenced node one whole timeout, as Kafka does. Times are monotonic
 * milliseconds of this controller.
 *
 * Transitions of a session:
 * - none -> assumed: this controller became active (`reset`), or looked for the node and knew nothing of this incarnation;
 * - any -> heard: a heartbeat or the registration came (`touch`); the timeout begins anew, doubts are void;
 * - assumed | heard -> suspected: a connection broke or is silent, or the node did not call a controller that has just
 *   become active (`suspect`). The timeout runs on: a rumour shortens nothing;
 * - suspected -> suspected: somebody knocked and was answered, so the process is there and slow, or it could not be told
 *   (`judge`). Only the timeout ends it;
 * - suspected -> dead: the process has ended, or nothing answers at its address while the network works for others
 *   (`judge`). The session is over at once. Findings about a suspicion that a heartbeat has ended since change nothing;
 * - any -> none: the node is no longer registered (`forget`).
 * A session that is over is `expired`, dead or not: the node is fenced, and what is thought of it is then of no use.
 */
export class NodeSessions {
  private readonly sessions = new Map<NodeId, Session>();
  private suspicions = 0;

  constructor(private readonly timeoutMs: number) {}

  /** Begins anew with every node of `image`. */
  reset(image: MetadataImage, nowMs: number): void {
    this.sessions.clear();
    for (const node of image.brokers.values()) this.assume(node.nodeId, node.epoch, nowMs);
  }

  /** A heartbeat or a registration came. */
  touch(nodeId: NodeId, epoch: number, nowMs: number): void {
    this.sessions.set(nodeId, { epoch, expiresMs: nowMs + this.timeoutMs, state: { at: "heard" } });
  }

  /**
   * Something says that this incarnation may be dead. Returns the name of the suspicion, with which `judge` tells what came
   * of it; undefined where it is suspected or dead already, or another incarnation is there.
   */
  suspect(nodeId: NodeId, epoch: number): number | undefined {
    const session = this.sessions.get(nodeId);
    if (session === undefined || session.epoch !== epoch) return undefined;
    if (session.state.at === "suspected" || session.state.at === "dead") return undefined;
    session.state = { at: "suspected", suspicion: ++this.suspicions };
    return this.suspicions;
  }

  /**
   * Takes what somebody found who looked after a suspected node. "dead": its session is over; "doubtful": look again later;
   * "void": it was heard meanwhile, or is gone. Nobody's silence is taken for death unless `networkWorks`, that is, others
   * are heard: else it is this controller that is cut off.
   */
  judge(
    nodeId: NodeId,
    suspicion: number,
    seen: { finding: Finding; networkWorks: boolean },
    nowMs: number,
  ): "dead" | "doubtful" | "void" {
    const session = this.sessions.get(nodeId);
    if (session?.state.at !== "suspected" || session.state.suspicion !== suspicion) return "void";
    const ended = seen.finding === "dead";
    if (!ended && !(seen.finding === "silent" && seen.networkWorks)) return "doubtful";
    session.state = { at: "dead", cause: ended ? "ended" : "vanished" };
    session.expiresMs = Math.min(session.expiresMs, nowMs);
    return "dead";
  }

  forget(nodeId: NodeId): void {
    this.sessions.delete(nodeId);
  }

  /** Whether this very incarnation was heard within the timeout, and nothing has cast doubt on it since. */
  isLive(nodeId: NodeId, epoch: number, nowMs: number): boolean {
    const session = this.sessions.get(nodeId);
    return session?.state.at === "heard" && session.epoch === epoch && nowMs < session.expiresMs;
  }

  /** Why the node counts as dead although its timeout may not be over; undefined where nobody found it dead. */
  causeOfDeath(nodeId: NodeId): CauseOfDeath | undefined {
    const state = this.sessions.get(nodeId)?.state;
    return state?.at === "dead" ? state.cause : undefined;
  }

  /** Unfenced nodes that nobody has heard of since this controller became active. */
  unheard(image: MetadataImage): NodeId[] {
    return [...image.brokers.values()]
      .filter(({ fenced, nodeId }) => !fenced && this.sessions.get(nodeId)?.state.at === "assumed")
      .map(({ nodeId }) => nodeId);
  }

  /** Unfenced nodes whose session is over. */
  expired(image: MetadataImage, nowMs: number): NodeId[] {
    const nodes: NodeId[] = [];
    for (const node of image.brokers.values()) {
      if (node.fenced) continue;
      const session = this.sessions.get(node.nodeId);
      if (session?.epoch !== node.epoch) this.assume(node.nodeId, node.epoch, nowMs);
      else if (nowMs >= session.expiresMs) nodes.push(node.nodeId);
    }
    return nodes;
  }

  /** When the next unfenced node may expire; undefined where there is none. Unit: monotonic ms. */
  nextExpiryMs(image: MetadataImage): number | undefined {
    let next: number | undefined;
    for (const node of image.brokers.values()) {
      const session = node.fenced ? undefined : this.sessions.get(node.nodeId);
      if (session !== undefined && (next === undefined || session.expiresMs < next)) next = session.expiresMs;
    }
    return next;
  }

  private assume(nodeId: NodeId, epoch: number, nowMs: number): void {
    this.sessions.set(nodeId, { epoch, expiresMs: nowMs + this.timeoutMs, state: { at: "assumed" } });
  }
}
