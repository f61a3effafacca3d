import type { NodeId } from "@moldau/base";

/** How a gateway names the nodes of the cluster to clients (key `moldau.advertise`). */
export type AdvertisePolicy =
  /** Each broker process is its own gateway: a node is found at the listener that it registered. */
  | { kind: "self"; listener: string }
  /** Gateways stand apart: this one answers for every node, at one port per node id. */
  | { kind: "ports"; host: string; bootstrapPort: number };

/** What the policy needs to know of a registered node. */
export interface AdvertisedNode {
  readonly nodeId: NodeId;
  readonly roles: readonly string[];
  readonly fenced: boolean;
  readonly rack: string | null;
  readonly endpoints: ReadonlyMap<string, { readonly host: string; readonly port: number }>;
}

/** A node as clients see it. */
export interface Door {
  nodeId: NodeId;
  host: string;
  port: number;
  rack: string | null;
}

/** The doors of a cluster under a policy: the one source of every address that an answer carries. */
export interface Doors {
  /** Every live node that clients can reach, ascending by node id. */
  all(): readonly Door[];
  /** The door of a node; undefined where it is unknown, fenced, or has none under this policy. */
  of(nodeId: NodeId): Door | undefined;
  /**
   * The door behind which requests for `nodeId` are answered: its own, else (a coordinator that stands apart among
   * brokers which are their own gateways) that of a broker, always the same one for the same node.
   */
  standInFor(nodeId: NodeId): Door | undefined;
}

/**
 * Turns the registered nodes and a policy into addresses; pure, made anew for each image. It serves all responses that
 * carry an address: Metadata, DescribeCluster, FindCoordinator, and the leader hints of Produce and Fetch (KIP-951).
 */
export function advertise(nodes: Iterable<AdvertisedNode>, policy: AdvertisePolicy): Doors {
  const doors = new Map<NodeId, Door>();
  const sorted = [...nodes].sort((a, b) => a.nodeId - b.nodeId);
  for (const { nodeId, fenced, rack, endpoints } of sorted) {
    if (fenced) continue;
    if (policy.kind === "ports") {
      doors.set(nodeId, { nodeId, host: policy.host, port: policy.bootstrapPort + nodeId, rack });
    } else {
      const endpoint = endpoints.get(policy.listener);
      if (endpoint) doors.set(nodeId, { nodeId, host: endpoint.host, port: endpoint.port, rack });
    }
  }
  const all = [...doors.values()];
  const live = new Set(sorted.filter((node) => !node.fenced).map((node) => node.nodeId));
  return {
    all: () => all,
    of: (nodeId) => doors.get(nodeId),
    standInFor: (nodeId) => doors.get(nodeId) ?? (live.has(nodeId) ? all[nodeId % all.length] : undefined),
  };
}

/** The port that stands for a node at a gateway, or undefined for the bootstrap port and under `self`. */
export function nodeOfPort(policy: AdvertisePolicy, localPort: number): NodeId | undefined {
  return policy.kind === "ports" && localPort > policy.bootstrapPort ? localPort - policy.bootstrapPort : undefined;
}
