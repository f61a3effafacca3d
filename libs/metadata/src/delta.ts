import type { NodeId, Uuid } from "@moldau/base";
import type { ConfigResource, MetadataImage } from "./image";

/** What happened to one topic between two images. A topic deleted and created again under its name appears twice. */
export interface TopicDelta {
  readonly id: Uuid;
  readonly name: string;
  readonly kind: "created" | "changed" | "deleted";
  /** Partition ids that are new or differ; all of them for a created topic, all former ones for a deleted topic. */
  readonly partitions: ReadonlySet<number>;
}

/**
 * What changed between two images, so that a listener's work is proportional to the change and not to the cluster.
 * Values are read from `after` (or `before`, for what is gone).
 */
export interface MetadataDelta {
  readonly before: MetadataImage;
  readonly after: MetadataImage;
  /** By topic id. */
  readonly topics: ReadonlyMap<Uuid, TopicDelta>;
  /** Nodes that registered, changed or were unregistered. */
  readonly nodes: ReadonlySet<NodeId>;
  /** Resources whose dynamic configuration changed. */
  readonly configs: readonly ConfigResource[];
  /** Coordinator shards whose owner or owner epoch changed, by topic id; those of deleted topics are not listed. */
  readonly shards: ReadonlyMap<Uuid, ReadonlySet<number>>;
  readonly featuresChanged: boolean;
  readonly producerIdsChanged: boolean;
  readonly clientQuotasChanged: boolean;
}
