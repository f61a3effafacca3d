import type { GroupState } from "@moldau/groups";
import type { Cell, Metrics } from "@moldau/telemetry";

const states = ["PreparingRebalance", "CompletingRebalance", "Stable", "Empty"] as const;
const prefix = "kafka_coordinator_group_groupmetadatamanager";

/**
 * Metrics of this node's groups under the names that Kafka's JMX metrics have at a Prometheus exporter; read when somebody
 * scrapes, so they cost requests nothing. Returns the counter of completed rebalances.
 */
export function registerGroupMetrics(metrics: Metrics, current: () => Iterable<GroupState>): Cell {
  metrics.gauge(`${prefix}_numgroups`, "Groups of the shards that this node owns.", [], () => {
    let count = 0;
    for (const state of current()) count += state.groups.size;
    return [[[], count]];
  });
  for (const wanted of states) {
    const name = wanted.toLowerCase();
    metrics.gauge(`${prefix}_numgroups${name}`, `Groups in state ${wanted}.`, [], () => {
      let count = 0;
      for (const { groups } of current()) for (const group of groups.values()) if (group.state === wanted) count++;
      return [[[], count]];
    });
  }
  metrics.gauge(`${prefix}_numoffsets`, "Committed offsets of the shards that this node owns.", [], () => {
    let count = 0;
    for (const state of current()) {
      for (const groupId of state.groupsWithOffsets()) {
        for (const [, partitions] of state.offsetsOf(groupId)) for (const _ of partitions) count++;
      }
    }
    return [[[], count]];
  });
  return metrics
    .counter("kafka_server_group_coordinator_metrics_group_completed_rebalance_count", "Rebalances of classic groups.")
    .cell();
}
