import type { GroupState } from "@moldau/groups";
import type { Cell, Metrics } from "@moldau/telemetry";

const states = ["PreparingRebalance", "CompletingRebalance", "Stable", "Empty"] as const;
const consumerStates = ["Empty", "Assigning", "Reconciling", "Stable"] as const;
const prefix = "kafka_coordinator_group_groupmetadatamanager";

/**
 * Metrics of this node's groups under the names that Kafka's JMX metrics have at a Prometheus exporter; read when somebody
 * scrapes, so they cost requests nothing. Returns the counter of completed rebalances.
 */
export function registerGroupMetrics(metrics: Metrics, current: () => Iterable<GroupState>): Cell {
  metrics.gauge(`${prefix}_numgroups`, "Groups of the shards that this node owns.", [], () => {
    let count = 0;
    for (const state of current()) count += state.groups.size + state.consumerGroups.size;
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
  metrics.gauge(
    "kafka_server_group_coordinator_metrics_consumer_group_count",
    "Groups of the consumer protocol (KIP-848) by state.",
    ["state"],
    () => {
      const counts = new Map<string, number>(consumerStates.map((state) => [state.toLowerCase(), 0]));
      for (const { consumerGroups } of current()) {
        for (const { state } of consumerGroups.values()) {
          const name = state.toLowerCase();
          counts.set(name, (counts.get(name) ?? 0) + 1);
        }
      }
      return [...counts].map(([state, count]) => [[state], count]);
    },
  );
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
    .counter("kafka_server_group_coordinator_metrics_group_completed_rebalance_count", "Rebalances that are over.")
    .cell();
}
