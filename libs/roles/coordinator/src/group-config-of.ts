import type { Config } from "@moldau/config";
import type { GroupConfig } from "@moldau/groups";

/** The rules of groups as an administrator has set them. */
export function groupConfigOf(config: Config): GroupConfig {
  return {
    groupMinSessionTimeoutMs: config.number("group.min.session.timeout.ms"),
    groupMaxSessionTimeoutMs: config.number("group.max.session.timeout.ms"),
    groupInitialRebalanceDelayMs: config.number("group.initial.rebalance.delay.ms"),
    groupMaxSize: config.number("group.max.size"),
    offsetMetadataMaxBytes: config.number("offset.metadata.max.bytes"),
    offsetsRetentionMs: config.number("offsets.retention.minutes") * 60_000,
    offsetsRetentionCheckIntervalMs: config.number("offsets.retention.check.interval.ms"),
  };
}
