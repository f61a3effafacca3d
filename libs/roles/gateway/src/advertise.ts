import type { NodeId } from "@moldau/base";

/** How a gateway names the nodes of the cluster to clients (key `moldau.advertise`). */
export type AdvertisePolicy =
  /** Each broker process is its own gateway: a node is found at the listener that it registered. */
  | { kind: "self"; listener: string }
  /** Gateways stand apart: each answers for every node, at one port per node id above its bootstrap port. */
  | { kind: "ports"; listener: string; own: Address };

/** Where a gateway is reached; under `ports` its bootstrap port. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** What the policy needs to know of a registered node. */
export interface AdvertisedNode {
  readonly nodeId: NodeId;
  readonly roles: readonly string[];
  readonly fenced: boolean;
  readonly inControlledShutdown: boolean;
  readonly rack: string | null;
  readonly endpoints: ReadonlyMap<string, Address>;
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
  /** Every node that has a door, ascending by node id. */
  all(): readonly Door[];
  /** The door of a node; undefined where it is unknown, a dead broker, or has none under this policy. */
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
 *
 * Under `ports` all gateways name the same door for a node, at one of the live gateways: a client that asks another gateway must not
 * find that every address has changed, and one that knows nothing but these doors must not lose all of them with one gateway.
 * A dead broker has no door, as in Kafka. A coordinator keeps its own, because a gateway answers there whoever owns its shards
 * now: librdkafka (2.10 and later, its issue 5511) waits for ever for a coordinator that Metadata no longer lists.
 */
export function advertise(nodes: Iterable<AdvertisedNode>, policy: AdvertisePolicy): Doors {
  const doors = new Map<NodeId, Door>();
  const sorted = [...nodes].sort((a, b) => a.nodeId - b.nodeId);
  const addressOf = policy.kind === "self" ? ownListener(policy.listener) : gatewayDoors(sorted, policy);
  for (const node of sorted) {
    const { nodeId, rack } = node;
    if (!isBehindDoors(node)) continue;
    if (node.fenced && (policy.kind === "self" || node.roles.includes("broker"))) continue;
    const address = addressOf(node);
    if (address) doors.set(nodeId, { nodeId, host: address.host, port: address.port, rack });
  }
  const all = [...doors.values()];
  const live = new Set(sorted.filter((node) => !node.fenced).map((node) => node.nodeId));
  return {
    all: () => all,
    of: (nodeId) => doors.get(nodeId),
    standInFor: (nodeId) => doors.get(nodeId) ?? (live.has(nodeId) ? all[nodeId % all.length] : undefined),
  };
}

/** Whether clients know the node as one of the cluster's: a gateway that stands apart is a way to nodes, not one of them. */
export function isBehindDoors({ roles }: Pick<AdvertisedNode, "roles">): boolean {
  return roles.includes("broker") || roles.includes("coordinator");
}

function ownListener(listener: string) {
  return ({ endpoints }: AdvertisedNode): Address | undefined => endpoints.get(listener);
}

/** Each node's door is at the gateway that draws the highest lot for it: when gateways come and go, few doors move. */
function gatewayDoors(nodes: readonly AdvertisedNode[], policy: { listener: string; own: Address }) {
  const gateways = nodes.flatMap(({ nodeId, roles, fenced, inControlledShutdown, endpoints }) => {
    const address = endpoints.get(policy.listener);
    if (!address || !roles.includes("gateway") || fenced || inControlledShutdown) return [];
    return [{ nodeId, ...address }];
  });
  return ({ nodeId }: AdvertisedNode): Address => {
    let chosen: { lot: number; address: Address } | undefined;
    for (const gateway of gateways) {
      const lot = lotOf(nodeId, gateway.nodeId);
      if (chosen === undefined || lot > chosen.lot) chosen = { lot, address: gateway };
    }
    const { host, port } = chosen?.address ?? policy.own;
    return { host, port: port + nodeId };
  };
}

/** Spreads pairs of node ids over 32 bits; the same in every process. */
function lotOf(nodeId: NodeId, gatewayId: NodeId): number {
  let lot = Math.imul(nodeId, 0x9e3779b1) ^ Math.imul(gatewayId, 0x85ebca77);
  lot = Math.imul(lot ^ (lot >>> 15), 0x2c1b3c6d);
  lot = Math.imul(lot ^ (lot >>> 12), 0x297a2d39);
  return (lot ^ (lot >>> 15)) >>> 0;
}

/** The node that a port of this gateway stands for; undefined for the bootstrap port and under `self`. */
export function nodeOfPort(bootstrapPort: number, localPort: number): NodeId | undefined {
  return localPort > bootstrapPort ? localPort - bootstrapPort : undefined;
}
