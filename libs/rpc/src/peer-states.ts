import { NO_NODE, type NodeId } from "@moldau/base";
import type { PeerEvent, PeerState } from "./service";

/**
 * Joins what several connections say of a node: connected while one of them is, silent while none is and one of them is
 * silent, gone with the last one. Tells its listeners of changes only.
 */
export class PeerStates {
  private readonly connections = new Map<NodeId, Map<object, "connected" | "silent">>();
  private readonly told = new Map<NodeId, "connected" | "silent">();
  private readonly listeners = new Set<(event: PeerEvent) => void>();

  /** Calls `listener` for the nodes known now, and at each change. */
  listen(listener: (event: PeerEvent) => void): () => void {
    this.listeners.add(listener);
    for (const [nodeId, state] of this.told) listener({ nodeId, state });
    return () => void this.listeners.delete(listener);
  }

  /** Nobody is told anything any more. */
  stop(): void {
    this.listeners.clear();
  }

  /** What `connection` says of the node. One that could not be opened was never there, and still says "gone". */
  set(nodeId: NodeId, connection: object, state: PeerState): void {
    if (nodeId === NO_NODE) return;
    let connections = this.connections.get(nodeId);
    if (state === "gone") {
      connections?.delete(connection);
      if (connections?.size === 0) this.connections.delete(nodeId);
    } else {
      if (connections === undefined) this.connections.set(nodeId, (connections = new Map()));
      connections.set(connection, state);
    }
    const joined = this.join(nodeId);
    // Nothing is kept of nodes that are gone: callers choose their ids, and must not fill this process's memory.
    if (joined === "gone") this.told.delete(nodeId);
    else if (this.told.get(nodeId) === joined) return;
    else this.told.set(nodeId, joined);
    for (const listener of this.listeners) listener({ nodeId, state: joined });
  }

  private join(nodeId: NodeId): PeerState {
    const states = this.connections.get(nodeId);
    if (states === undefined) return "gone";
    for (const state of states.values()) if (state === "connected") return "connected";
    return "silent";
  }
}
