import { type Expiring, ExpiringClients } from "./expiring";
import { IP, type QuotaEntry } from "./quota-entry";
import { QuotaKey } from "./quota-keys";
import { forPeople, type SampleOptions, SampledSum } from "./sampled-sum";
import { throttleTimeMs } from "./throttle-time";

/** What is to become of a new connection. */
export type Admission =
  /** Taken up after that long; those behind it on its listener wait as well. */
  | { readonly kind: "accept"; readonly afterMs: number }
  /** Held without a word and closed after that long, so that a client that tries again at once is slowed down. */
  | { readonly kind: "close"; readonly afterMs: number };

const atOnce: Admission = { kind: "accept", afterMs: 0 };

interface Address extends Expiring {
  readonly rate: SampledSum;
}

interface Listener {
  readonly rate: SampledSum;
  /** Waits for the rate of the process or the listener, and for that of an address. Unit: ms. */
  readonly throttled: SampledSum;
  readonly throttledByIp: SampledSum;
}

/** What is known of a listener, for metrics. */
export interface ListenerReading {
  readonly listener: string;
  /** Connections a second. */
  readonly rate: number;
  /** Averages of late, of those that had to wait. Unit: ms. */
  readonly throttleTimeMs: number;
  readonly ipThrottleTimeMs: number;
}

/**
 * How fast connections may be made: in all, on a listener (`max.connection.creation.rate`), and from one address
 * (`connection_creation_rate`). Source: ConnectionQuotas, KIP-402, KIP-612.
 */
export class ConnectionRates {
  private readonly broker: SampledSum;
  private readonly listeners = new Map<string, Listener>();
  private readonly addresses: ExpiringClients<Address>;
  private readonly limitOf = new Map<string, number>();
  private defaultLimit: number | undefined;

  /** `listenerLimit`: connections a second in all and on one listener, now. */
  constructor(
    private readonly options: SampleOptions,
    private readonly limits: { broker(): number; listener(name: string): number },
    addressesMax?: number,
  ) {
    this.broker = new SampledSum(options);
    this.addresses = new ExpiringClients(addressesMax);
  }

  /** New quotas of addresses. `canonical` gives an address as sockets tell it, undefined where a name is not known. */
  update(entries: Iterable<QuotaEntry>, canonical: (ip: string) => string | undefined): void {
    this.limitOf.clear();
    this.defaultLimit = undefined;
    for (const { entity, values } of entries) {
      const ip = entity.get(IP);
      const limit = values.get(QuotaKey.CONNECTION_CREATION_RATE);
      if (ip === undefined || limit === undefined) continue;
      if (ip === null) this.defaultLimit = limit;
      else {
        const address = canonical(ip);
        if (address !== undefined) this.limitOf.set(address, limit);
      }
    }
  }

  /** Counts a new connection and decides. */
  arrived({ address, listener }: { address: string; listener: string }, nowMs: number): Admission {
    const ofListener = this.listener(listener);
    this.broker.record(1, nowMs);
    ofListener.rate.record(1, nowMs);
    const afterMs = Math.max(
      this.throttle(this.broker, this.limits.broker(), nowMs),
      this.throttle(ofListener.rate, this.limits.listener(listener), nowMs),
    );
    if (afterMs > 0) ofListener.throttled.record(afterMs, nowMs);
    const limit = this.limitOf.get(address) ?? this.defaultLimit;
    if (limit !== undefined) {
      // The wait for the listener comes first.
      const thenMs = nowMs + afterMs;
      const { rate } = this.addresses.get({ user: "", clientId: address }, thenMs, () => newAddress(this.options));
      rate.record(1, thenMs);
      const closeAfterMs = this.throttle(rate, limit, thenMs);
      if (closeAfterMs > 0) {
        // It will not be one, so it does not count.
        rate.record(-1, thenMs);
        this.broker.record(-1, nowMs);
        ofListener.rate.record(-1, nowMs);
        ofListener.throttledByIp.record(closeAfterMs, nowMs);
        return { kind: "close", afterMs: afterMs + closeAfterMs };
      }
    }
    return afterMs > 0 ? { kind: "accept", afterMs } : atOnce;
  }

  /** Connections a second. */
  brokerRate(nowMs: number): number {
    return this.broker.rate(nowMs);
  }

  *listenerReadings(nowMs: number): Generator<ListenerReading> {
    for (const [listener, { rate, throttled, throttledByIp }] of this.listeners) {
      const throttleTimeMs = throttled.average(nowMs);
      yield { listener, rate: rate.rate(nowMs), throttleTimeMs, ipThrottleTimeMs: throttledByIp.average(nowMs) };
    }
  }

  *addressRates(nowMs: number): Generator<[address: string, rate: number]> {
    this.addresses.sweep(nowMs);
    for (const [, address, { rate }] of this.addresses.entries()) yield [address, rate.rate(nowMs)];
  }

  /** Never longer than a sample, so that an acceptor is not stopped for long. */
  private throttle(rate: SampledSum, limit: number, nowMs: number): number {
    return Math.min(throttleTimeMs(rate, limit, nowMs), this.options.sampleMs);
  }

  private listener(name: string): Listener {
    let listener = this.listeners.get(name);
    if (listener === undefined) {
      listener = {
        rate: new SampledSum(this.options),
        throttled: new SampledSum(forPeople),
        throttledByIp: new SampledSum(forPeople),
      };
      this.listeners.set(name, listener);
    }
    return listener;
  }
}

function newAddress(options: SampleOptions): Address {
  return { rate: new SampledSum(options), lastUsedMs: 0, limited: true };
}
