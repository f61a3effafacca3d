import type { Clock, NodeId } from "@moldau/base";
import type { Config } from "@moldau/config";
import type { RoleContext } from "@moldau/host";
import type { MetadataImage } from "@moldau/metadata";
import { type AdvertisePolicy, advertise, type Doors } from "./advertise";
import { FetchSessions } from "./fetch-sessions";
import { ProducerIds } from "./producer-ids";

/** What every API handler works with. Holds nothing that could not be made again. */
export class Gateway {
  readonly sessions: FetchSessions;
  readonly producerIds: ProducerIds;
  private doorsOf: { image: MetadataImage; doors: Doors } | undefined;

  constructor(
    readonly context: RoleContext,
    readonly policy: AdvertisePolicy,
    random: () => number,
  ) {
    this.sessions = new FetchSessions(
      { slots: context.config.number("max.incremental.fetch.session.cache.slots"), evictionMs: 120_000 },
      random,
    );
    this.producerIds = new ProducerIds(() => this.allocateProducerIds());
  }

  get image(): MetadataImage {
    return this.context.observer.image;
  }

  get config(): Config {
    return this.context.config;
  }

  get clock(): Clock {
    return this.context.clock;
  }

  /** The cluster's addresses under this gateway's policy, for the newest image. */
  get doors(): Doors {
    const { image } = this;
    if (this.doorsOf?.image !== image) this.doorsOf = { image, doors: advertise(image.brokers.values(), this.policy) };
    return this.doorsOf.doors;
  }

  /** The node that a request without a target is answered for: this node where it stores data, else the first door. */
  homeNode(): NodeId {
    return this.doors.of(this.context.nodeId)?.nodeId ?? this.doors.all()[0]?.nodeId ?? -1;
  }

  private async allocateProducerIds() {
    const reply = await this.context.peers
      .controller()
      .allocateProducerIds(
        { nodeId: this.context.nodeId, nodeEpoch: -1 },
        { traceparent: "", deadlineMs: 10_000, callerNodeId: this.context.nodeId },
      );
    if (reply.errorCode !== 0) throw new Error(`the controller gave no producer ids: error ${reply.errorCode}`);
    return { first: reply.firstProducerId, count: reply.count };
  }
}
