import { type Timeline, TimelineMap } from "@moldau/timeline";

interface Guard {
  readonly id: string;
  readonly producerEpoch: number;
  readonly sinceMs: number;
}

/** A guard that nobody has come back with for this long is forgotten; its caller has given up. */
const GUARD_KEPT_MS = 300_000;

/**
 * Whether a transaction that was found to be ongoing still is when its first offsets are written: between the question and
 * the write its marker may come, after which nobody would ever end what was written. A guard is handed out before the
 * question and void once a marker of its producer was written. Soft state.
 * Source: VerificationGuard, ProducerStateManager.maybeCreateVerificationStateEntry (KIP-890).
 */
export class TransactionGuards {
  private readonly guards: TimelineMap<number, Guard>;
  private drawn = 0;

  constructor(timeline: Timeline) {
    this.guards = new TimelineMap(timeline);
  }

  /** The producer's guard; those that ask at the same time get the same one. */
  take(producerId: number, producerEpoch: number, nowMs: number): string {
    const present = this.guards.get(producerId);
    if (present !== undefined && present.producerEpoch === producerEpoch) {
      this.guards.set(producerId, { ...present, sinceMs: nowMs });
      return present.id;
    }
    const guard = { id: `${nowMs}/${++this.drawn}`, producerEpoch, sinceMs: nowMs };
    this.guards.set(producerId, guard);
    return guard.id;
  }

  holds(producerId: number, producerEpoch: number, id: string): boolean {
    const guard = this.guards.get(producerId);
    return guard !== undefined && guard.id === id && guard.producerEpoch === producerEpoch;
  }

  drop(producerId: number): void {
    this.guards.delete(producerId);
  }

  dropOld(nowMs: number): void {
    for (const [producerId, { sinceMs }] of [...this.guards]) {
      if (nowMs - sinceMs >= GUARD_KEPT_MS) this.guards.delete(producerId);
    }
  }
}
