import type { RoleContext } from "./role";

/**
 * Whether the metadata are from after this start of the node. Older ones are about the life before: they may give it shards that
 * it lost with its memory, lack topics that were used since, or name it among the living before it is.
 */
export function knowsOwnStart({
  observer,
  nodeId,
  incarnationId,
}: Pick<RoleContext, "observer" | "nodeId" | "incarnationId">): boolean {
  return observer.caughtUp && observer.image.brokers.get(nodeId)?.incarnationId === incarnationId;
}
