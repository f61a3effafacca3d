/** Counts work that is not waited for one by one, so that it does not become too much, and all of it can be waited for. */
export class UnderWay {
  private count = 0;
  private wake: (() => void) | undefined;

  /** `max`: so much may be under way. The client's buffer bounds the bytes; promises of records cost more than those. */
  constructor(private readonly max = 20_000) {}

  /** Takes work in that never rejects; undefined where there is room for more, else a promise of room. */
  add(work: Promise<void>): Promise<void> | undefined {
    this.count++;
    void work.then(() => {
      this.count--;
      if (this.count === 0 || this.count <= this.max / 2) this.wake?.();
    });
    return this.count < this.max ? undefined : this.changed();
  }

  async all(): Promise<void> {
    while (this.count > 0) await this.changed();
  }

  private async changed(): Promise<void> {
    await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = undefined;
  }
}
