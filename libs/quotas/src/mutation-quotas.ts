import { type Expiring, ExpiringClients } from "./expiring";
import type { QuotaClient, QuotaEntry } from "./quota-entry";
import { QuotaKey } from "./quota-keys";
import { QuotaTable } from "./quota-table";
import { type SampleOptions, SampledSum } from "./sampled-sum";
import { TokenBucket } from "./token-bucket";

interface Mutator extends Expiring {
  limit: number | undefined;
  readonly bucket: TokenBucket;
  readonly rate: SampledSum;
}

/** The quota on changes of the cluster, as one request sees it. */
export interface MutationQuota {
  /** Whether a change of so many partitions may be made; counts it if so. */
  admits(partitions: number, nowMs: number): boolean;
  /** How long the client is to be quiet after this request. Unit: ms. */
  throttleTimeMs(nowMs: number): number;
}

/** Where there is no quota. */
export const unlimitedMutations: MutationQuota = { admits: () => true, throttleTimeMs: () => 0 };

/**
 * Partitions that clients create and delete, against `controller_mutation_rate`. Each client has a bucket of tokens.
 * Source: ControllerMutationQuotaManager, KIP-599.
 */
export class MutationQuotas {
  private table = new QuotaTable(QuotaKey.CONTROLLER_MUTATION_RATE, []);
  private readonly clients = new ExpiringClients<Mutator>();
  enabled = false;

  constructor(private readonly options: SampleOptions) {}

  update(entries: Iterable<QuotaEntry>): void {
    this.table = new QuotaTable(QuotaKey.CONTROLLER_MUTATION_RATE, entries);
    this.enabled = !this.table.empty;
  }

  /**
   * The quota for a request. A strict one refuses changes while tokens are owed; the client is told by an error. Clients that
   * do not know that error get a permissive one: it admits everything and makes them wait.
   */
  of(client: QuotaClient, { strict, nowMs }: { strict: boolean; nowMs: number }): MutationQuota {
    if (!this.enabled) return unlimitedMutations;
    const applied = this.table.of(client);
    const mutator = this.clients.get(applied, nowMs, () => new MutatorState(this.options));
    const { limit } = applied;
    mutator.limit = limit;
    if (limit === undefined) {
      return {
        admits(count, atMs) {
          mutator.rate.record(count, atMs);
          return true;
        },
        throttleTimeMs: () => 0,
      };
    }
    return strict ? new StrictQuota(mutator, limit) : new PermissiveQuota(mutator, limit);
  }

  *readings(nowMs: number): Generator<{ user: string; clientId: string; rate: number; tokens: number | undefined }> {
    if (!this.enabled) return;
    this.clients.sweep(nowMs);
    for (const [user, clientId, { rate, bucket, limit }] of this.clients.entries()) {
      const tokens = limit === undefined ? undefined : bucket.tokens(limit, nowMs);
      yield { user, clientId, rate: rate.rate(nowMs), tokens };
    }
  }
}

class MutatorState implements Mutator {
  lastUsedMs = 0;
  limit: number | undefined;
  readonly bucket: TokenBucket;
  readonly rate: SampledSum;

  constructor(options: SampleOptions) {
    this.bucket = new TokenBucket(options);
    this.rate = new SampledSum(options);
  }

  get limited(): boolean {
    return this.limit !== undefined;
  }
}

/** What both have in common: the throttle time goes down while the request is worked on. */
abstract class BucketQuota implements MutationQuota {
  private untilMs = 0;

  constructor(
    protected readonly mutator: Mutator,
    protected readonly limit: number,
  ) {}

  abstract admits(partitions: number, nowMs: number): boolean;

  throttleTimeMs(nowMs: number): number {
    return Math.max(0, Math.round(this.untilMs - nowMs));
  }

  protected take(partitions: number, nowMs: number): void {
    this.mutator.bucket.take(partitions, this.limit, nowMs);
    this.mutator.rate.record(partitions, nowMs);
  }

  /** Whether tokens are owed. */
  protected owes(nowMs: number): boolean {
    const waitMs = this.mutator.bucket.throttleTimeMs(this.limit, nowMs);
    if (waitMs > 0) this.untilMs = nowMs + waitMs;
    return this.mutator.bucket.tokens(this.limit, nowMs) < 0;
  }
}

class StrictQuota extends BucketQuota {
  admits(partitions: number, nowMs: number): boolean {
    if (this.owes(nowMs)) return false;
    this.take(partitions, nowMs);
    return true;
  }
}

class PermissiveQuota extends BucketQuota {
  admits(partitions: number, nowMs: number): boolean {
    this.take(partitions, nowMs);
    this.owes(nowMs);
    return true;
  }
}
