import type { NodeId } from "@moldau/base";
import type { MetadataDelta } from "@moldau/metadata";

/**
 * The nodes that a change of the metadata declares dead: fenced, unregistered, or replaced by another incarnation. Not those
 * that shut down in order; they still answer what they were asked.
 */
export function lostNodes({ nodes, before, after }: Pick<MetadataDelta, "nodes" | "before" | "after">): NodeId[] {
  return [...nodes].filter((nodeId) => {
    const was = before.brokers.get(nodeId);
    const is = after.brokers.get(nodeId);
    if (was === undefined) return false;
    if (is === undefined || is.epoch !== was.epoch) return true;
    return is.fenced && !was.fenced && !is.inControlledShutdown;
  });
}
