import type { NodeId } from "@moldau/base";
import type { PeerEvent, Peers, RpcAddress, ServiceRegistry } from "@moldau/rpc";

/** A process that dies closes its connections a moment before its port, or after it. */
const PROBES_MAX = 5;
const PROBE_PAUSE_MS = 30;
const PROBE_TIMEOUT_MS = 1000;

export interface LeaderWatchOptions {
  peers: Partial<Pick<Peers, "onPeer" | "probe">>;
  services: Partial<Pick<ServiceRegistry, "onCaller">>;
  addressOf(nodeId: NodeId): RpcAddress | undefined;
  leaderId(): NodeId;
  /** The leader's machine refuses connections to its port: its process has ended. */
  lost(leaderId: NodeId): void;
}

/**
 * Finds out that the leader has died sooner than an election timeout does. A broken connection is a rumour; the leader is
 * knocked at, and only a refusal counts: one that is slow or stopped keeps its leadership until its time is over.
 */
export function watchLeader(options: LeaderWatchOptions): { stop(): void } {
  const { peers, services } = options;
  const probing = new Set<NodeId>();
  let stopped = false;

  const probe = async (nodeId: NodeId): Promise<void> => {
    for (let i = 0; i < PROBES_MAX; i++) {
      const address = options.addressOf(nodeId);
      if (stopped || address === undefined || options.leaderId() !== nodeId) return;
      // A probe that cannot be made proves nothing.
      const outcome = await peers.probe?.(nodeId, address, PROBE_TIMEOUT_MS).catch(() => undefined);
      if (outcome === "dead") {
        if (!stopped) options.lost(nodeId);
        return;
      }
      if (outcome !== "alive") return;
      await new Promise((resolve) => setTimeout(resolve, PROBE_PAUSE_MS));
    }
  };
  const hear = ({ nodeId, state }: PeerEvent): void => {
    if (stopped || state !== "gone" || nodeId !== options.leaderId() || probing.has(nodeId)) return;
    probing.add(nodeId);
    void probe(nodeId).finally(() => probing.delete(nodeId));
  };
  const ends = [peers.onPeer?.(hear), services.onCaller?.(hear)];
  return {
    stop() {
      stopped = true;
      for (const end of ends) end?.();
    },
  };
}
