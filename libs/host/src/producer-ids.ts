import type { RoleContext } from "./role";

/** A run of producer ids that the controller gave to this process alone. */
export interface ProducerIdBlock {
  first: number;
  count: number;
}

/**
 * Hands out producer ids from blocks that the controller allocates. What is left of a block when the process stops is never
 * used: ids are plenty (2^63).
 */
export class ProducerIds {
  private next = 0;
  private end = 0;
  private refill: Promise<void> | undefined;

  constructor(private readonly allocate: () => Promise<ProducerIdBlock>) {}

  /** A producer id that nobody else has. Rejects where the controller cannot be asked. */
  async take(): Promise<number> {
    while (this.next >= this.end) {
      // One request to the controller serves every producer that waits.
      this.refill ??= this.allocate()
        .then(({ first, count }) => {
          this.next = first;
          this.end = first + count;
        })
        .finally(() => (this.refill = undefined));
      await this.refill;
    }
    return this.next++;
  }
}

/** Producer ids for a role, from the active controller. */
export function startProducerIds({ peers, nodeId }: Pick<RoleContext, "peers" | "nodeId">): ProducerIds {
  return new ProducerIds(async () => {
    const reply = await peers
      .controller()
      .allocateProducerIds({ nodeId, nodeEpoch: -1 }, { traceparent: "", deadlineMs: 10_000, callerNodeId: nodeId });
    if (reply.errorCode !== 0) throw new Error(`the controller gave no producer ids: error ${reply.errorCode}`);
    return { first: reply.firstProducerId, count: reply.count };
  });
}
