import { KafkaError, type KafkaErrorCode, type Random, randomUuid, type Uuid, ZERO_UUID } from "@moldau/base";
import type { ClientAttributes } from "@moldau/config";
import type { MetadataImage } from "@moldau/metadata";
import { Subscriptions, type Wanted } from "./subscriptions";

/** Clients whose reports are followed at the same time; the one that was silent longest makes room. As in Kafka. */
const INSTANCES_MAX = 16_384;
/** A client that says nothing for so long, or for three of its intervals, is forgotten. */
const EXPIRY_MS = 60_000;
/** How often forgotten ones are looked for. */
const SWEEP_MS = 10_000;
const CODECS = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 } as const;
/** In order of preference. Source: ClientMetricsManager. */
const ACCEPTED_CODECS: readonly number[] = [CODECS.zstd, CODECS.lz4, CODECS.gzip, CODECS.snappy];
/** Kafka reserves the ids 0 and 1. */
const RESERVED: ReadonlySet<Uuid> = new Set([ZERO_UUID, "AAAAAAAAAAAAAAAAAAAAAQ"]);

interface Instance {
  wanted: Wanted;
  /** Of the subscriptions that `wanted` follows from. */
  version: number;
  lastGetMs: number;
  lastPushMs: number;
  /** It was told what to report and has not reported since. */
  told: boolean;
  lastHeardMs: number;
  lastError: KafkaErrorCode;
  terminating: boolean;
  /** The connection that it was made for. */
  owner: object;
}

/** A client that talks to us: what it is, and the connection it does so on. */
export interface ReportingClient {
  attributes: ClientAttributes;
  connection: object;
}

export interface Push {
  clientInstanceId: Uuid;
  subscriptionId: number;
  terminating: boolean;
  compressionType: number;
  metrics: Uint8Array;
}

/** What a client is to report under which id, or why it is not told now. */
export type Told = ({ clientInstanceId: Uuid; error?: undefined } & Offer) | { error: KafkaErrorCode };
interface Offer extends Wanted {
  acceptedCompressionTypes: readonly number[];
}

/** What came of it, for the metrics. */
export interface ClientMetricsCounts {
  throttled: number;
  unknownSubscription: number;
  exported: number;
  failed: number;
}

export interface ClientMetricsOptions {
  image(): MetadataImage;
  nowMs(): number;
  random: Random;
  /** telemetry.max.bytes, of a report as it comes. */
  maxBytes(): number;
  /** Takes a report; throws where it is none. */
  receive(push: Push, client: ReportingClient): void;
}

/**
 * What this gateway knows of clients that report their own metrics: when each may do so, and whether it does as it was told.
 * Nothing of it is worth keeping: a client that another gateway does not know is taken up there.
 * Source: KIP-714, org.apache.kafka.server.ClientMetricsManager.
 */
export class ClientMetrics {
  readonly counts: ClientMetricsCounts = { throttled: 0, unknownSubscription: 0, exported: 0, failed: 0 };
  readonly #options: ClientMetricsOptions;
  readonly #subscriptions = new Subscriptions();
  /** In order of the last word. */
  readonly #instances = new Map<Uuid, Instance>();
  #sweptMs = 0;

  constructor(options: ClientMetricsOptions) {
    this.#options = options;
  }

  get instances(): number {
    return this.#instances.size;
  }

  /** What the client is to report. A client without an id gets one. */
  get(clientInstanceId: Uuid, client: ReportingClient): Told {
    const id = clientInstanceId === ZERO_UUID ? this.#newId() : clientInstanceId;
    const nowMs = this.#options.nowMs();
    const instance = this.#instance(id, client, nowMs);
    const early = nowMs - Math.max(instance.lastGetMs, instance.lastPushMs) < instance.wanted.intervalMs;
    // Whoever was told that what it knows is wrong has to ask at once.
    const corrected =
      instance.lastError === KafkaError.UNKNOWN_SUBSCRIPTION_ID ||
      instance.lastError === KafkaError.UNSUPPORTED_COMPRESSION_TYPE;
    if (early && !corrected) {
      this.counts.throttled++;
      return { error: KafkaError.THROTTLING_QUOTA_EXCEEDED };
    }
    instance.lastGetMs = nowMs;
    instance.told = true;
    instance.lastError = KafkaError.NONE;
    return { clientInstanceId: id, ...instance.wanted, acceptedCompressionTypes: ACCEPTED_CODECS };
  }

  push(push: Push, client: ReportingClient): KafkaErrorCode {
    if (RESERVED.has(push.clientInstanceId)) return KafkaError.INVALID_REQUEST;
    const nowMs = this.#options.nowMs();
    const instance = this.#instance(push.clientInstanceId, client, nowMs);
    instance.lastError = this.#judge(push, instance, nowMs);
    instance.terminating = push.terminating;
    if (instance.lastError !== KafkaError.NONE || push.metrics.length === 0) return instance.lastError;
    try {
      this.#options.receive(push, client);
      this.counts.exported++;
    } catch {
      this.counts.failed++;
      instance.lastError = KafkaError.INVALID_RECORD;
    }
    return instance.lastError;
  }

  /** The client's connection is over. */
  disconnected(connection: object): void {
    for (const [id, { owner }] of this.#instances) if (owner === connection) this.#instances.delete(id);
  }

  #judge(push: Push, instance: Instance, nowMs: number): KafkaErrorCode {
    if (instance.terminating) return KafkaError.INVALID_REQUEST;
    // The first report may come at any time: clients spread it over the interval by chance.
    const due = instance.told || nowMs - instance.lastPushMs >= instance.wanted.intervalMs;
    if (due) {
      instance.lastPushMs = nowMs;
      instance.told = false;
    } else if (!push.terminating) {
      this.counts.throttled++;
      return KafkaError.THROTTLING_QUOTA_EXCEEDED;
    }
    if (push.subscriptionId !== instance.wanted.subscriptionId) {
      this.counts.unknownSubscription++;
      return KafkaError.UNKNOWN_SUBSCRIPTION_ID;
    }
    if (push.compressionType < CODECS.none || push.compressionType > CODECS.zstd) {
      return KafkaError.UNSUPPORTED_COMPRESSION_TYPE;
    }
    return push.metrics.length > this.#options.maxBytes() ? KafkaError.TELEMETRY_TOO_LARGE : KafkaError.NONE;
  }

  #instance(id: Uuid, client: ReportingClient, nowMs: number): Instance {
    this.#subscriptions.follow(this.#options.image());
    this.#sweep(nowMs);
    const { version } = this.#subscriptions;
    let instance = this.#instances.get(id);
    if (instance?.version !== version) {
      instance = {
        wanted: this.#subscriptions.wantedOf(id, { ...client.attributes, client_instance_id: id }),
        version,
        lastGetMs: -Infinity,
        lastPushMs: -Infinity,
        told: false,
        lastHeardMs: nowMs,
        lastError: KafkaError.NONE,
        terminating: false,
        owner: client.connection,
      };
    }
    instance.lastHeardMs = nowMs;
    this.#instances.delete(id);
    this.#instances.set(id, instance);
    if (this.#instances.size > INSTANCES_MAX) {
      const [oldest] = this.#instances.keys();
      this.#instances.delete(oldest!);
    }
    return instance;
  }

  #sweep(nowMs: number): void {
    if (nowMs - this.#sweptMs < SWEEP_MS) return;
    this.#sweptMs = nowMs;
    for (const [id, { lastHeardMs, wanted }] of this.#instances) {
      if (nowMs - lastHeardMs >= Math.max(EXPIRY_MS, 3 * wanted.intervalMs)) this.#instances.delete(id);
    }
  }

  #newId(): Uuid {
    let id = randomUuid(this.#options.random);
    while (this.#instances.has(id) || RESERVED.has(id)) id = randomUuid(this.#options.random);
    return id;
  }
}
