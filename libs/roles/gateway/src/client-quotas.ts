import type { Clock, Piece } from "@moldau/base";
import type { Config } from "@moldau/config";
import type { MetadataImage } from "@moldau/metadata";
import { ApiKey } from "@moldau/protocol";
import { type QuotaEntry, QuotaKey, RateQuotas, SampledSum } from "@moldau/quotas";
import type { Metrics } from "@moldau/telemetry";
import type { Answer, Call } from "./call";
import { throttleTimeIn, withThrottleTime } from "./throttle-time";

/** A request's working time of 1 ms in a second is so much of one thread. Unit: percent a ms. */
const PERCENT_PER_MS = 0.1;

/** APIs whose client the controller may tell to be quiet (KIP-599). */
const mutations: ReadonlySet<number> = new Set([ApiKey.CreateTopics, ApiKey.DeleteTopics, ApiKey.CreatePartitions]);

/**
 * What clients may take of this gateway, for as long as it runs: bytes produced and fetched, and working time. Who took too
 * much is answered at once, told for how long, and not listened to meanwhile (KIP-219), whatever its version. Without quotas
 * a request costs a comparison. Source: ClientQuotaManager, ClientRequestQuotaManager, RequestHandlerHelper.
 */
export class ClientQuotas {
  private readonly produce: RateQuotas;
  private readonly fetch: RateQuotas;
  private readonly request: RateQuotas;
  /** Working time that counts for nobody. */
  private readonly exempt: SampledSum;
  private known: ReadonlyMap<string, QuotaEntry> | undefined;
  /** Whether there is any quota that a request could go against. */
  enabled = false;

  constructor(
    config: Pick<Config, "number">,
    private readonly clock: Pick<Clock, "monotonicMs">,
  ) {
    const window = {
      samples: config.number("quota.window.num"),
      sampleMs: config.number("quota.window.size.seconds") * 1000,
    };
    this.produce = new RateQuotas({ ...window, key: QuotaKey.PRODUCER_BYTE_RATE });
    this.fetch = new RateQuotas({ ...window, key: QuotaKey.CONSUMER_BYTE_RATE });
    this.request = new RateQuotas({
      ...window,
      key: QuotaKey.REQUEST_PERCENTAGE,
      // Work is measured less exactly than bytes: one long request must not shut a client out for long.
      throttleMsMax: window.sampleMs,
    });
    this.exempt = new SampledSum(window);
  }

  /** Takes over the image's quotas where they are others than before. */
  follow({ clientQuotas }: Pick<MetadataImage, "clientQuotas">): void {
    if (clientQuotas === this.known) return;
    this.known = clientQuotas;
    const entries = [...clientQuotas.values()];
    for (const quotas of [this.produce, this.fetch, this.request]) quotas.update(entries);
    this.enabled = entries.some(({ entity }) => !entity.has("ip"));
  }

  /**
   * Counts a produce request that has arrived, and stops listening to a client that is too fast: what it has sent already
   * would come in otherwise. Returns the throttle time. Unit: ms.
   */
  produced(call: Call): number {
    if (!this.produce.enabled) return 0;
    const nowMs = this.clock.monotonicMs();
    const throttleMs = this.produce.record(call, call.body.length, nowMs);
    if (throttleMs > 0) mute(this.produce, call, throttleMs, nowMs);
    return throttleMs;
  }

  /** Counts the work of a produce request; returns the throttle time of its answer. Unit: ms. */
  producedBy(call: Call, throttleMs: number): number {
    return Math.max(throttleMs, this.worked(call));
  }

  /** The bytes that a fetch may return at most without being throttled for certain. */
  fetchBytesMax(call: Call): number {
    return this.fetch.enabled ? this.fetch.windowMax(call) : Infinity;
  }

  /**
   * Counts what a fetch would return. Where that is too much nothing is counted and the answer has to be empty. Returns the
   * throttle time. Unit: ms.
   */
  fetched(call: Call, bytes: number): number {
    const requestMs = this.worked(call);
    if (!this.fetch.enabled) return requestMs;
    const nowMs = this.clock.monotonicMs();
    const bandwidthMs = this.fetch.record(call, bytes, nowMs);
    if (bandwidthMs === 0 && requestMs === 0) return 0;
    this.fetch.recordUnchecked(call, -bytes, nowMs);
    if (bandwidthMs > requestMs) mute(this.fetch, call, bandwidthMs, nowMs);
    return Math.max(bandwidthMs, requestMs);
  }

  /** Counts what a fetch's answer has besides its records. */
  fetchedBesides(call: Call, answer: readonly Piece[], recordBytes: number): void {
    if (!this.fetch.enabled) return;
    const bytes = answer.reduce((sum, chunk) => sum + chunk.length, 0);
    this.fetch.recordUnchecked(call, bytes - recordBytes, this.clock.monotonicMs());
  }

  /** Counts the work of a request that is not throttled for it. */
  workedExempt(call: Call): void {
    if (this.request.enabled) this.exempt.record(call.workMs * PERCENT_PER_MS, this.clock.monotonicMs());
  }

  /** Counts the work of a request, and makes its answer say how long its client is to be quiet, where it is. */
  settle(call: Call, answer: Answer): Answer {
    const requestMs = this.worked(call);
    if (answer === null || !mutations.has(call.apiKey)) return withThrottleTime(call, answer, requestMs);
    // The controller's word is in the answer already.
    const controllerMs = throttleTimeIn(call, answer);
    if (controllerMs > requestMs) mute(this.request, call, controllerMs, this.clock.monotonicMs());
    return controllerMs > requestMs ? answer : withThrottleTime(call, answer, requestMs);
  }

  /** Tells rates and throttle times of clients while there are quotas, under the names of Kafka's. */
  register(metrics: Metrics): void {
    const labels = ["user", "client_id"];
    const client = (kind: string, rate: string, help: string, quotas: RateQuotas) => {
      const readings = () => [...quotas.readings(this.clock.monotonicMs())];
      metrics.gauge(`kafka_server_${kind}_${rate}`, help, labels, () =>
        readings().map((reading) => [[reading.user, reading.clientId], reading.rate]),
      );
      metrics.gauge(`kafka_server_${kind}_throttle_time`, "Throttle time on average. Unit: ms.", labels, () =>
        readings().map((reading) => [[reading.user, reading.clientId], reading.throttleTimeMs]),
      );
    };
    client("produce", "byte_rate", "Bytes a second that a client produces.", this.produce);
    client("fetch", "byte_rate", "Bytes a second that a client fetches.", this.fetch);
    client("request", "request_time", "Percent of one thread that a client's requests take.", this.request);
    metrics.gauge(
      "kafka_server_request_exempt_request_time",
      "Percent of one thread that requests take which no quota is for.",
      [],
      () => (this.request.enabled ? [[[], this.exempt.rate(this.clock.monotonicMs())]] : []),
    );
  }

  private worked(call: Call): number {
    if (!this.request.enabled) return 0;
    const nowMs = this.clock.monotonicMs();
    const throttleMs = this.request.record(call, call.workMs * PERCENT_PER_MS, nowMs);
    if (throttleMs > 0) mute(this.request, call, throttleMs, nowMs);
    return throttleMs;
  }
}

function mute(quotas: RateQuotas, call: Call, throttleMs: number, nowMs: number): void {
  quotas.throttled(call, throttleMs, nowMs);
  call.channel.mute(throttleMs);
}
