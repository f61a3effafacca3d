/** Counts records by the flush that has to wait for them: what was handed over before it, however long others go on. */
export class Outstanding {
  private epoch = 0;
  private readonly counts = new Map<number, { records: number; failure: Error | undefined }>();
  private readonly waiters: { epoch: number; done(failure: Error | undefined): void }[] = [];

  begin(): number {
    const count = this.counts.get(this.epoch);
    if (count === undefined) this.counts.set(this.epoch, { records: 1, failure: undefined });
    else count.records++;
    return this.epoch;
  }

  end(epoch: number, failure?: Error): void {
    const count = this.counts.get(epoch)!;
    count.failure ??= failure;
    if (--count.records > 0) return;
    for (const waiter of this.waiters.filter((candidate) => !this.isOpen(candidate.epoch))) {
      this.waiters.splice(this.waiters.indexOf(waiter), 1);
      waiter.done(this.failureUpTo(waiter.epoch));
    }
    // Failures are kept for a flush that is under way; one that comes later is not about these records.
    for (const [other, { records }] of this.counts) {
      if (records === 0 && !this.waiters.some((waiter) => waiter.epoch >= other)) this.counts.delete(other);
    }
  }

  /** Resolves when all records that have begun have ended; rejects with the first failure among them. */
  settled(): Promise<void> {
    const { epoch } = this;
    if (!this.isOpen(epoch)) return Promise.resolve();
    this.epoch++;
    return new Promise((resolve, reject) => {
      this.waiters.push({ epoch, done: (failure) => (failure === undefined ? resolve() : reject(failure)) });
    });
  }

  private isOpen(epoch: number): boolean {
    for (const [other, { records }] of this.counts) if (other <= epoch && records > 0) return true;
    return false;
  }

  private failureUpTo(epoch: number): Error | undefined {
    for (const [other, { failure }] of this.counts) if (other <= epoch && failure !== undefined) return failure;
    return undefined;
  }
}
