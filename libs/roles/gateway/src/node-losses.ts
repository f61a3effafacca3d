import type { NodeId } from "@moldau/base";
import type { MetadataDelta } from "@moldau/metadata";
import { PeerUnavailable } from "@moldau/rpc";

/**
 * Ends the waiting for nodes that the metadata declare dead: a machine that vanished breaks no connection, and what waits for
 * it would wait until its deadline. A node is lost when it is fenced, unregistered, or another incarnation takes its place;
 * one that shuts down in order still answers what it was asked. Costs a set entry for each request under way, whatever
 * the number of its partitions.
 */
export class NodeLosses {
  private readonly waiting = new Map<NodeId, Set<(error: Error) => void>>();

  /** To be called with each change of the metadata. */
  follow({ nodes, before, after }: Pick<MetadataDelta, "nodes" | "before" | "after">): void {
    for (const nodeId of nodes) {
      const was = before.brokers.get(nodeId);
      const is = after.brokers.get(nodeId);
      if (was === undefined) continue;
      const fenced = is !== undefined && is.fenced && !was.fenced && !is.inControlledShutdown;
      if (is === undefined || fenced || is.epoch !== was.epoch) this.lose(nodeId);
    }
  }

  /** `answer`, unless the node is lost before it comes: then it rejects, as possibly done. */
  orLost<T>(nodeId: NodeId, answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let waiting = this.waiting.get(nodeId);
      if (waiting === undefined) this.waiting.set(nodeId, (waiting = new Set()));
      const here = waiting;
      here.add(reject);
      const end = (settle: () => void): void => {
        here.delete(reject);
        settle();
      };
      answer.then(
        (value) => end(() => resolve(value)),
        (error: unknown) => end(() => reject(error instanceof Error ? error : new Error(String(error)))),
      );
    });
  }

  private lose(nodeId: NodeId): void {
    const waiting = this.waiting.get(nodeId);
    this.waiting.delete(nodeId);
    for (const reject of waiting ?? []) reject(new PeerUnavailable(`node ${nodeId} was declared dead`, true));
  }
}
