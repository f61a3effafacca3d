/** Somebody who waits for room. */
export interface BudgetWaiter {
  /** Bytes to reserve; 0 waits only until there is room at all. */
  readonly wantedBytes: number;
  /** Called once, with the bytes reserved. */
  granted(): void;
}

/**
 * Bytes that all connections together may hold. A large frame reserves its length before its body is read, in the order
 * of asking; small ones are counted when they are there, so that the sum goes over the limit by one read per connection
 * at most.
 */
export class ByteBudget {
  private used = 0;
  private waiting: BudgetWaiter[] = [];

  constructor(private readonly maxBytes: number) {}

  get usedBytes(): number {
    return this.used;
  }

  get full(): boolean {
    return this.used >= this.maxBytes;
  }

  /** Reserves if there is room; a frame longer than the whole budget goes alone. */
  tryReserve(bytes: number): boolean {
    if (this.waiting.length > 0 || (this.used > 0 && this.used + bytes > this.maxBytes)) return false;
    this.used += bytes;
    return true;
  }

  add(bytes: number): void {
    this.used += bytes;
  }

  wait(waiter: BudgetWaiter): void {
    this.waiting.push(waiter);
  }

  forget(waiter: BudgetWaiter): void {
    const index = this.waiting.indexOf(waiter);
    if (index >= 0) this.waiting.splice(index, 1);
    this.grant();
  }

  release(bytes: number): void {
    this.used -= bytes;
    this.grant();
  }

  private grant(): void {
    while (this.waiting.length > 0) {
      const next = this.waiting[0]!;
      if (this.used > 0 && (this.full || this.used + next.wantedBytes > this.maxBytes)) return;
      this.waiting.shift();
      this.used += next.wantedBytes;
      next.granted();
    }
  }
}
