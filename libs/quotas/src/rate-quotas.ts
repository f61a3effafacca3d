import { type Expiring, ExpiringClients } from "./expiring";
import type { QuotaClient, QuotaEntry } from "./quota-entry";
import { QuotaTable } from "./quota-table";
import { forPeople, type SampleOptions, SampledSum } from "./sampled-sum";
import { throttleTimeMs } from "./throttle-time";

interface RatedClient extends Expiring {
  limit: number | undefined;
  readonly rate: SampledSum;
  /** From the first time on that it was throttled. Unit: ms. */
  throttled: SampledSum | undefined;
}

/** What is known of a client, for metrics. */
export interface ClientReading {
  readonly user: string;
  readonly clientId: string;
  /** Unit: what is counted, a second. */
  readonly rate: number;
  /** Average of the throttle times of late. Unit: ms. */
  readonly throttleTimeMs: number;
}

export interface RateQuotasOptions extends SampleOptions {
  /** The quota key that sets the limits. */
  readonly key: string;
  /** A throttle time is never longer. Unit: ms. */
  readonly throttleMsMax?: number;
  readonly clientsMax?: number;
}

/**
 * Clients' rates against their quotas, for one quota key. Without any quota `enabled` is false, and whoever drives it records
 * nothing. Source: ClientQuotaManager, ClientRequestQuotaManager; KIP-13, 55, 124, 219.
 */
export class RateQuotas {
  private table: QuotaTable;
  private readonly clients: ExpiringClients<RatedClient>;
  /** Whether there is any quota of this key. */
  enabled = false;

  constructor(private readonly options: RateQuotasOptions) {
    this.table = new QuotaTable(options.key, []);
    this.clients = new ExpiringClients(options.clientsMax);
  }

  /** New quotas. What clients have done so far counts under them. */
  update(entries: Iterable<QuotaEntry>): void {
    this.table = new QuotaTable(this.options.key, entries);
    this.enabled = !this.table.empty;
  }

  /** Counts `value` and tells how long the client is to be quiet. Unit: ms. */
  record(client: QuotaClient, value: number, nowMs: number): number {
    const { limit, rate } = this.add(client, value, nowMs);
    if (limit === undefined) return 0;
    const { throttleMsMax = Infinity } = this.options;
    return Math.min(throttleTimeMs(rate, limit, nowMs), throttleMsMax);
  }

  /** Counts without looking at the quota; a negative value takes back what was counted before at the same time. */
  recordUnchecked(client: QuotaClient, value: number, nowMs: number): void {
    this.add(client, value, nowMs);
  }

  /** Remembers, for metrics, that a client was told to be quiet for so long. */
  throttled(client: QuotaClient, throttleMs: number, nowMs: number): void {
    const state = this.stateOf(client, nowMs);
    state.throttled ??= new SampledSum(forPeople);
    state.throttled.record(throttleMs, nowMs);
  }

  /** The most that a client can be given without being throttled for certain, even if it had nothing before. */
  windowMax(client: QuotaClient): number {
    const { limit } = this.table.of(client);
    const { samples, sampleMs } = this.options;
    return limit === undefined ? Infinity : (limit * (samples - 1) * sampleMs) / 1000;
  }

  *readings(nowMs: number): Generator<ClientReading> {
    if (!this.enabled) return;
    this.clients.sweep(nowMs);
    for (const [user, clientId, { rate, throttled }] of this.clients.entries()) {
      yield { user, clientId, rate: rate.rate(nowMs), throttleTimeMs: throttled?.average(nowMs) ?? 0 };
    }
  }

  private add(client: QuotaClient, value: number, nowMs: number): RatedClient {
    const state = this.stateOf(client, nowMs);
    state.rate.record(value, nowMs);
    return state;
  }

  private stateOf(client: QuotaClient, nowMs: number): RatedClient {
    const applied = this.table.of(client);
    const state = this.clients.get(applied, nowMs, () => new Rated(this.options));
    state.limit = applied.limit;
    return state;
  }
}

class Rated implements RatedClient {
  lastUsedMs = 0;
  limit: number | undefined;
  throttled: SampledSum | undefined;
  readonly rate: SampledSum;

  constructor(options: SampleOptions) {
    this.rate = new SampledSum(options);
  }

  get limited(): boolean {
    return this.limit !== undefined;
  }
}
