import type { NodeId } from "@moldau/base";
import type { MetadataImage } from "@moldau/metadata";

interface Session {
  /** Epoch of the incarnation that was heard; another one's session does not count. */
  epoch: number;
  /** Monotonic time after which the node counts as dead. */
  expiresMs: number;
  /** False while this controller only assumes that the node lives, because it became active a moment ago. */
  heard: boolean;
}

/**
 * When each node was last heard. Not part of the replicated state: a controller that becomes active begins anew and
 * gives every unfenced node one whole timeout, as Kafka does. Times are monotonic milliseconds of this controller.
 */
export class NodeSessions {
  private readonly sessions = new Map<NodeId, Session>();

  constructor(private readonly timeoutMs: number) {}

  /** Begins anew with every node of `image`. */
  reset(image: MetadataImage, nowMs: number): void {
    this.sessions.clear();
    for (const node of image.brokers.values()) {
      this.sessions.set(node.nodeId, { epoch: node.epoch, expiresMs: nowMs + this.timeoutMs, heard: false });
    }
  }

  /** A heartbeat or a registration came. */
  touch(nodeId: NodeId, epoch: number, nowMs: number): void {
    this.sessions.set(nodeId, { epoch, expiresMs: nowMs + this.timeoutMs, heard: true });
  }

  /**
   * Something says that the node may be dead (its connection broke): unless it is heard within `graceMs`, it counts as
   * dead. A node that is only slow has time to answer.
   */
  suspect(nodeId: NodeId, nowMs: number, graceMs: number): void {
    const session = this.sessions.get(nodeId);
    if (session === undefined) return;
    session.expiresMs = Math.min(session.expiresMs, nowMs + graceMs);
    session.heard = false;
  }

  forget(nodeId: NodeId): void {
    this.sessions.delete(nodeId);
  }

  /** Whether this very incarnation was heard within the timeout, and nothing has cast doubt on it since. */
  isLive(nodeId: NodeId, epoch: number, nowMs: number): boolean {
    const session = this.sessions.get(nodeId);
    return session !== undefined && session.heard && session.epoch === epoch && nowMs < session.expiresMs;
  }

  /** Unfenced nodes that have not been heard in time. */
  expired(image: MetadataImage, nowMs: number): NodeId[] {
    const nodes: NodeId[] = [];
    for (const node of image.brokers.values()) {
      if (node.fenced) continue;
      const session = this.sessions.get(node.nodeId);
      if (session === undefined) this.touch(node.nodeId, node.epoch, nowMs);
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
}
