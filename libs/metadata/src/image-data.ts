import type { NodeId, Uuid } from "@moldau/base";
import type { ClientQuotaImage } from "./client-quotas";
import type {
  ConfigResource,
  MetadataImage,
  NodeRegistration,
  PartitionImage,
  ProducerIdsImage,
  ShardOwner,
  TopicImage,
} from "./image";

/** The parts that an image is made of; the builder copies those that change and shares the others. */
export interface ImageParts {
  offset: number;
  epoch: number;
  clusterId: string;
  brokers: ReadonlyMap<NodeId, NodeRegistration>;
  topicsByName: ReadonlyMap<string, TopicImage>;
  topicsById: ReadonlyMap<Uuid, TopicImage>;
  /** By `configKey`. */
  configEntries: ReadonlyMap<string, ConfigEntry>;
  /** By topic id, then partition. */
  shardOwners: ReadonlyMap<Uuid, ReadonlyMap<number, ShardOwner>>;
  features: ReadonlyMap<string, number>;
  producerIds: ProducerIdsImage;
  /** By `quotaEntityKey`. */
  clientQuotas: ReadonlyMap<string, ClientQuotaImage>;
}

export interface ConfigEntry {
  readonly resource: ConfigResource;
  readonly values: ReadonlyMap<string, string>;
}

export function configKey(resource: ConfigResource): string {
  return `${resource.type}:${resource.name}`;
}

const noValues: ReadonlyMap<string, string> = new Map();

/** The only implementation of MetadataImage; `parts` is for this room's builder, diff and snapshot. */
export class ImageData implements MetadataImage {
  constructor(readonly parts: Readonly<ImageParts>) {}

  get offset(): number {
    return this.parts.offset;
  }
  get epoch(): number {
    return this.parts.epoch;
  }
  get clusterId(): string {
    return this.parts.clusterId;
  }
  get brokers(): ReadonlyMap<NodeId, NodeRegistration> {
    return this.parts.brokers;
  }
  get topicsByName(): ReadonlyMap<string, TopicImage> {
    return this.parts.topicsByName;
  }
  get topicsById(): ReadonlyMap<Uuid, TopicImage> {
    return this.parts.topicsById;
  }
  get features(): ReadonlyMap<string, number> {
    return this.parts.features;
  }
  get producerIds(): ProducerIdsImage {
    return this.parts.producerIds;
  }
  get clientQuotas(): ReadonlyMap<string, ClientQuotaImage> {
    return this.parts.clientQuotas;
  }

  configs(resourceType: number, name: string): ReadonlyMap<string, string> {
    return this.parts.configEntries.get(configKey({ type: resourceType, name }))?.values ?? noValues;
  }

  *configuredResources(): Iterable<ConfigResource> {
    for (const entry of this.parts.configEntries.values()) yield entry.resource;
  }

  partition(topicId: Uuid, partition: number): PartitionImage | undefined {
    return this.parts.topicsById.get(topicId)?.partitions[partition];
  }

  shardOwner(topicId: Uuid, partition: number): ShardOwner | undefined {
    return this.parts.shardOwners.get(topicId)?.get(partition);
  }
}

const nothing = new ImageData({
  offset: -1,
  epoch: 0,
  clusterId: "",
  brokers: new Map(),
  topicsByName: new Map(),
  topicsById: new Map(),
  configEntries: new Map(),
  shardOwners: new Map(),
  features: new Map(),
  producerIds: { nextProducerId: 0 },
  clientQuotas: new Map(),
});

/** The image before the first record. */
export function emptyImage(): MetadataImage {
  return nothing;
}
