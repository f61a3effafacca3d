import type { MigrationPolicy } from "./consumer/migrate";

/** What an administrator may set about groups. Names are Kafka's keys in camel case; durations in milliseconds. */
export interface GroupConfig {
  groupMinSessionTimeoutMs: number;
  groupMaxSessionTimeoutMs: number;
  groupInitialRebalanceDelayMs: number;
  groupMaxSize: number;
  groupConsumerSessionTimeoutMs: number;
  groupConsumerHeartbeatIntervalMs: number;
  groupConsumerMaxSize: number;
  /** `group.consumer.assignors`: names; the first one is for groups whose members name none. */
  groupConsumerAssignors: readonly string[];
  groupConsumerMigrationPolicy: MigrationPolicy;
  /** `offset.metadata.max.bytes`: longest metadata string of a committed offset, in UTF-16 units as in Kafka. */
  offsetMetadataMaxBytes: number;
  /** `offsets.retention.minutes`, in milliseconds. */
  offsetsRetentionMs: number;
  offsetsRetentionCheckIntervalMs: number;
}

/** Defaults of Kafka 4.0. */
export const defaultGroupConfig: GroupConfig = {
  groupMinSessionTimeoutMs: 6_000,
  groupMaxSessionTimeoutMs: 1_800_000,
  groupInitialRebalanceDelayMs: 3_000,
  groupMaxSize: 2_147_483_647,
  groupConsumerSessionTimeoutMs: 45_000,
  groupConsumerHeartbeatIntervalMs: 5_000,
  groupConsumerMaxSize: 2_147_483_647,
  groupConsumerAssignors: ["uniform", "range"],
  groupConsumerMigrationPolicy: "bidirectional",
  offsetMetadataMaxBytes: 4_096,
  offsetsRetentionMs: 7 * 24 * 3_600_000,
  offsetsRetentionCheckIntervalMs: 600_000,
};

/**
 * How long a new member may wait in its first JoinGroup before it is dropped: it cannot send heartbeats yet, and a
 * client that gave up would otherwise stay in the group as a ghost. Source: KAFKA-7610, GroupCoordinatorConfig.
 */
export const NEW_MEMBER_JOIN_TIMEOUT_MS = 300_000;

/** Tombstones that one step of a cleanup writes at most, so that they fit one batch; the rest follows at once. */
export const TOMBSTONES_A_STEP = 1_000;
