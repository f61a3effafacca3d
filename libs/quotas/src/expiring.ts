/** What is kept of one client. */
export interface Expiring {
  lastUsedMs: number;
  /** Whether it is worth keeping when others have to go: a client without a limit loses nothing. */
  readonly limited: boolean;
}

/** Kafka's InactiveSensorExpirationTimeSeconds. */
const IDLE_MS_MAX = 3_600_000;
/** Clients kept at the same time. Those that go when there are more are the ones unused for longest. */
const CLIENTS_MAX = 10_000;
const SWEEP_MS = 30_000;
/** Share of the clients that goes when there are too many, so that it is not looked for at each newcomer. */
const SHARE_DROPPED = 0.1;

/**
 * What is kept of clients, by two names. Clients come and go, and a client may call itself what it likes: who has not been seen
 * for an hour is forgotten, and there is a limit to how many are known.
 */
export class ExpiringClients<T extends Expiring> {
  private readonly byNames = new Map<string, Map<string, T>>();
  private known = 0;
  private nextSweepMs: number | undefined;

  constructor(private readonly max = CLIENTS_MAX) {}

  get size(): number {
    return this.known;
  }

  find(user: string, clientId: string): T | undefined {
    return this.byNames.get(user)?.get(clientId);
  }

  /** Finds or makes; who is found is young again. */
  get(names: { user: string; clientId: string }, nowMs: number, make: () => T): T {
    const { user, clientId } = names;
    let ofUser = this.byNames.get(user);
    let found = ofUser?.get(clientId);
    if (found === undefined) {
      this.sweep(nowMs);
      if (this.known >= this.max) this.dropOldest();
      ofUser = this.byNames.get(user);
      if (ofUser === undefined) this.byNames.set(user, (ofUser = new Map()));
      ofUser.set(clientId, (found = make()));
      this.known++;
    }
    found.lastUsedMs = nowMs;
    return found;
  }

  *entries(): Generator<[user: string, clientId: string, value: T]> {
    for (const [user, ofUser] of this.byNames) {
      for (const [clientId, value] of ofUser) yield [user, clientId, value];
    }
  }

  /** Forgets who was not seen for long; looks now and then only. */
  sweep(nowMs: number): void {
    this.nextSweepMs ??= nowMs + SWEEP_MS;
    if (nowMs < this.nextSweepMs) return;
    this.nextSweepMs = nowMs + SWEEP_MS;
    for (const [user, clientId, { lastUsedMs }] of this.entries()) {
      if (nowMs - lastUsedMs >= IDLE_MS_MAX) this.forget(user, clientId);
    }
  }

  private dropOldest(): void {
    const all = [...this.entries()].sort(
      ([, , a], [, , b]) => Number(a.limited) - Number(b.limited) || a.lastUsedMs - b.lastUsedMs,
    );
    for (const [user, clientId] of all.slice(0, Math.ceil(this.max * SHARE_DROPPED))) this.forget(user, clientId);
  }

  private forget(user: string, clientId: string): void {
    const ofUser = this.byNames.get(user);
    if (ofUser?.delete(clientId) !== true) return;
    this.known--;
    if (ofUser.size === 0) this.byNames.delete(user);
  }
}
