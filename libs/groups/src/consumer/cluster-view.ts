import type { Uuid } from "@moldau/base";
import type { TopicRacks } from "./topic-racks";

/** A topic as far as groups care. */
export interface TopicFacts {
  readonly id: Uuid;
  readonly partitionCount: number;
}

/** What an administrator has set for one group; undefined: the broker's value holds. */
export interface GroupOverrides {
  readonly consumerSessionTimeoutMs?: number | undefined;
  readonly consumerHeartbeatIntervalMs?: number | undefined;
}

/**
 * The cluster as a shard of groups sees it while it decides: the driver answers from its newest metadata image. Whatever
 * follows from it is recorded, so replaying a log never asks.
 */
export interface ClusterView {
  /** Another number whenever a topic came, went or got partitions, or replicas of some topic are in other racks. */
  readonly topicsVersion: number;
  topic(name: string): TopicFacts | undefined;
  topicName(id: Uuid): string | undefined;
  /** Undefined where there is no such topic. */
  topicRacks(name: string): TopicRacks | undefined;
  /** Names that the expression (RE2) matches as a whole, in order; undefined where it is not a valid expression. */
  topicsMatching(expression: string): readonly string[] | undefined;
  overrides(groupId: string): GroupOverrides;
}

/** No topics, for shards of classic groups only. */
export const emptyCluster: ClusterView = {
  topicsVersion: 0,
  topic: () => undefined,
  topicName: () => undefined,
  topicRacks: () => undefined,
  topicsMatching: () => [],
  overrides: () => ({}),
};
