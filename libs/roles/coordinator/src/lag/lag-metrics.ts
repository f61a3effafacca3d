import type { GroupState } from "@moldau/groups";
import type { MetadataImage } from "@moldau/metadata";
import type { GaugeReading, Metrics } from "@moldau/telemetry";
import type { Lag, LagTracker } from "./lag-tracker";

export interface LagMetricsContext {
  image(): MetadataImage;
  nowMs(): number;
  states(): Iterable<GroupState>;
}

const LABELS = ["group", "topic", "partition"];

/** The lag of every group under the names of the exporters that people run beside Kafka; made when somebody scrapes. */
export function registerLagMetrics(metrics: Metrics, tracker: LagTracker, context: LagMetricsContext): void {
  function* each(value: (offset: number, lag: Lag | undefined) => number | undefined): Generator<GaugeReading> {
    const { topicsByName } = context.image();
    const nowMs = context.nowMs();
    for (const state of context.states()) {
      for (const groupId of state.groupsWithOffsets()) {
        for (const [name, partitions] of state.offsetsOf(groupId)) {
          const topicId = topicsByName.get(name)?.id;
          if (topicId === undefined) continue;
          for (const [partition, { offset }] of partitions) {
            const reading = value(offset, tracker.lagOf({ topicId, partition }, offset, nowMs));
            if (reading !== undefined) yield [[groupId, name, String(partition)], reading];
          }
        }
      }
    }
  }
  metrics.gauge("kafka_consumergroup_current_offset", "Committed offset.", LABELS, () => each((offset) => offset));
  metrics.gauge("kafka_consumergroup_lag", "Records behind the partition's end.", LABELS, () =>
    each((_, lag) => lag?.records),
  );
  metrics.gauge(
    "kafka_consumergroup_lag_seconds",
    "Age of the oldest record that is not committed; at least, where it is older than what this coordinator remembers.",
    LABELS,
    () => each((_, lag) => lag?.seconds),
  );
}
