import type { Config } from "@moldau/config";
import { assignors, type GroupConfig, type MigrationPolicy } from "@moldau/groups";

/** The rules of groups as an administrator has set them. */
export function groupConfigOf(config: Config): GroupConfig {
  return {
    groupMinSessionTimeoutMs: config.number("group.min.session.timeout.ms"),
    groupMaxSessionTimeoutMs: config.number("group.max.session.timeout.ms"),
    groupInitialRebalanceDelayMs: config.number("group.initial.rebalance.delay.ms"),
    groupMaxSize: config.number("group.max.size"),
    groupConsumerSessionTimeoutMs: config.number("group.consumer.session.timeout.ms"),
    groupConsumerHeartbeatIntervalMs: config.number("group.consumer.heartbeat.interval.ms"),
    groupConsumerMaxSize: config.number("group.consumer.max.size"),
    groupConsumerAssignors: assignorNames(config.list("group.consumer.assignors")),
    groupConsumerMigrationPolicy: config.string("group.consumer.migration.policy").toLowerCase() as MigrationPolicy,
    offsetMetadataMaxBytes: config.number("offset.metadata.max.bytes"),
    offsetsRetentionMs: config.number("offsets.retention.minutes") * 60_000,
    offsetsRetentionCheckIntervalMs: config.number("offsets.retention.check.interval.ms"),
  };
}

/** Kafka also takes the class names of its own assignors. */
function assignorNames(configured: readonly string[]): string[] {
  return configured.map((name) => {
    const known =
      /^org\.apache\.kafka\.coordinator\.group\.assignor\.(\w+)Assignor$/.exec(name)?.[1]?.toLowerCase() ?? name;
    if (!assignors.has(known)) {
      throw new Error(
        `group.consumer.assignors: there is no assignor ${name}, but ${[...assignors.keys()].join(", ")}`,
      );
    }
    return known;
  });
}
