import type { NodeId } from "@moldau/base";
import type { Call } from "./call";
import type { Gateway } from "./gateway";

/**
 * The coordinators whose shards belong into an answer at this port: a client asks every node and puts the answers together. A
 * bootstrap port stands for no node, so there it is all of them.
 */
export function coordinatorsBehind(call: Call, gateway: Gateway): NodeId[] {
  const live = [...gateway.image.brokers.values()].filter((node) => !node.fenced && node.roles.includes("coordinator"));
  const here = call.targetNode ?? (gateway.policy.kind === "self" ? gateway.context.nodeId : undefined);
  return live
    .map((node) => node.nodeId)
    .filter((nodeId) => here === undefined || gateway.doors.standInFor(nodeId)?.nodeId === here)
    .sort((a, b) => a - b);
}
