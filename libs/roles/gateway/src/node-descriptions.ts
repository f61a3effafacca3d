import type { NodeId } from "@moldau/base";
import type { DescribeNodeReply } from "@moldau/contracts";
import type { Call } from "./call";
import { callContext } from "./forward";
import type { Gateway } from "./gateway";

/** How long a node may take to say what it was started with. */
const timeoutMs = 5_000;

/**
 * What nodes were started with. A node's file cannot change before it starts again, with a new epoch, so each start of each node
 * is asked once.
 */
export class NodeDescriptions {
  private readonly known = new Map<NodeId, { epoch: number; given: ReadonlyMap<string, string> }>();

  /** The node's static configuration; secrets are there without their values. Rejects where it cannot be reached. */
  async givenTo(nodeId: NodeId, call: Call, gateway: Gateway): Promise<ReadonlyMap<string, string>> {
    if (nodeId === gateway.context.nodeId) return gateway.config.given();
    const epoch = gateway.image.brokers.get(nodeId)?.epoch ?? -1;
    const known = this.known.get(nodeId);
    if (known?.epoch === epoch) return known.given;
    const { given: settings } = await describeNode(nodeId, call, gateway);
    const given = new Map(settings.map(({ key, value }) => [key, value ?? ""] as const));
    this.known.set(nodeId, { epoch, given });
    for (const id of this.known.keys()) if (!gateway.image.brokers.has(id)) this.known.delete(id);
    return given;
  }
}

/** Asks a node what it was started with and how its loggers are set. */
export function describeNode(nodeId: NodeId, call: Call, gateway: Gateway): Promise<DescribeNodeReply> {
  return gateway.context.peers.node(nodeId).describe({}, callContext(call, gateway, timeoutMs));
}
