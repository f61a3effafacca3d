import type { Clock, NodeId } from "@moldau/base";
import type { DynamicConfig } from "@moldau/config";
import { type ProducerIds, type RoleContext, startProducerIds } from "@moldau/host";
import type { MetadataImage } from "@moldau/metadata";
import { type AdvertisePolicy, advertise, type Doors } from "./advertise";
import type { ClientMetrics } from "./client-metrics/client-metrics";
import { gatewayClientMetrics } from "./client-metrics/gateway-client-metrics";
import type { Cell } from "@moldau/telemetry";
import { ClientQuotas } from "./client-quotas";
import { FetchSessions } from "./fetch-sessions";
import { NodeDescriptions } from "./node-descriptions";

/** What every API handler works with. Holds nothing that could not be made again. */
export class Gateway {
  readonly sessions: FetchSessions;
  readonly producerIds: ProducerIds;
  readonly nodes = new NodeDescriptions();
  /** Undefined where nobody wants to hear what clients report about themselves. */
  readonly clientMetrics: ClientMetrics | undefined;
  readonly quotas: ClientQuotas;
  readonly sentFromFiles: Cell;
  private doorsOf: { image: MetadataImage; byListener: Map<string, Doors> } | undefined;

  constructor(
    readonly context: RoleContext,
    readonly policy: AdvertisePolicy,
    random: () => number,
  ) {
    this.sessions = new FetchSessions(
      { slots: context.config.number("max.incremental.fetch.session.cache.slots"), evictionMs: 120_000 },
      random,
    );
    this.quotas = new ClientQuotas(context.config, context.clock);
    this.sentFromFiles = context.telemetry.metrics
      .counter("moldau_gateway_sent_from_files_bytes_total", "Bytes of records that left straight out of log files")
      .cell();
    this.producerIds = startProducerIds(context);
    this.clientMetrics = gatewayClientMetrics(context, { next: random });
  }

  get image(): MetadataImage {
    return this.context.observer.image;
  }

  get config(): DynamicConfig {
    return this.context.config;
  }

  get clock(): Clock {
    return this.context.clock;
  }

  /** The nodes behind this gateway, with their addresses for clients of its first listener. */
  get doors(): Doors {
    return this.doorsFor(this.policy.listener);
  }

  /**
   * The cluster's addresses under this gateway's policy, for the newest image, as clients of a listener are told them: they find
   * each node by the listener of that name.
   */
  doorsFor(listener: string): Doors {
    const { image } = this;
    if (this.doorsOf?.image !== image) this.doorsOf = { image, byListener: new Map() };
    const { byListener } = this.doorsOf;
    let doors = byListener.get(listener);
    if (doors === undefined) {
      doors = advertise(image.brokers.values(), { ...this.policy, listener });
      byListener.set(listener, doors);
    }
    return doors;
  }

  /** The node that a request without a target is answered for: this node where it stores data, else the first door. */
  homeNode(): NodeId {
    return this.doors.of(this.context.nodeId)?.nodeId ?? this.doors.all()[0]?.nodeId ?? -1;
  }
}
