/** A run of producer ids that the controller gave to this gateway alone. */
export interface ProducerIdBlock {
  first: number;
  count: number;
}

/**
 * Hands out producer ids for idempotent producers without a transactional id (InitProducerId), from blocks that the
 * controller allocates. What is left of a block when the gateway stops is never used: ids are plenty (2^63).
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
