import { NO_NODE, type NodeId } from "@moldau/base";
import { hasRole, type MetadataImage } from "@moldau/metadata";
import type { GaugeReading, Metrics } from "@moldau/telemetry";
import type { ControllerQueue } from "./controller-queue";
import type { MetadataLog } from "./metadata-log";
import type { Quorum } from "./quorum";

export interface ControllerMetricsOptions {
  metrics: Metrics;
  nodeId: NodeId;
  metadata: Pick<MetadataLog, "image">;
  quorum: Pick<Quorum, "isActive" | "leaderId" | "epoch" | "describe">;
  queue: Pick<ControllerQueue, "commitLatencyMs">;
}

interface Counts {
  activeBrokers: number;
  fencedBrokers: number;
  topics: number;
  partitions: number;
  offline: number;
  notPreferred: number;
}

/**
 * The controller's metrics under the names that dashboards know. What counts the cluster is told by the active controller
 * alone, so that a sum over all of them is right; what tells a quorum member has its node id as a label.
 */
export function registerControllerMetrics(options: ControllerMetricsOptions): void {
  const { metrics, nodeId, metadata, quorum, queue } = options;
  const controller = (name: string, help: string, count: (counts: Counts) => number) =>
    metrics.gauge(`kafka_controller_kafkacontroller_${name}`, help, [], () =>
      quorum.isActive ? [[[], count(countsOf(metadata.image))]] : [],
    );
  metrics.gauge(
    "kafka_controller_kafkacontroller_activecontrollercount",
    "1 on the active controller, 0 on the others.",
    [],
    () => [[[], quorum.isActive ? 1 : 0]],
  );
  controller("activebrokercount", "Brokers that take part.", (counts) => counts.activeBrokers);
  controller("fencedbrokercount", "Registered brokers that do not take part.", (counts) => counts.fencedBrokers);
  controller("globaltopiccount", "Topics of the cluster.", (counts) => counts.topics);
  controller("globalpartitioncount", "Partitions of the cluster.", (counts) => counts.partitions);
  controller("offlinepartitionscount", "Partitions without a leader.", (counts) => counts.offline);
  controller(
    "preferredreplicaimbalancecount",
    "Partitions led by another replica than the preferred one.",
    (counts) => counts.notPreferred,
  );

  const member = (name: string, help: string, read: () => number) =>
    metrics.gauge(`kafka_server_raftmetrics_${name}`, help, ["node_id"], (): GaugeReading[] => [
      [[String(nodeId)], read()],
    ]);
  member("current_leader", "Node id of the metadata quorum's leader, -1 unknown.", () => quorum.leaderId);
  member("current_epoch", "Epoch of the metadata quorum.", () => quorum.epoch);
  member("high_watermark", "Offset below which the metadata log is committed.", () => quorum.describe().highWatermark);
  member("log_end_offset", "End of this member's metadata log.", () => quorum.describe().logEndOffset);
  member("commit_latency_avg", "From a proposal to its commit, on average. Unit: ms.", () => queue.commitLatencyMs);
  member("number_of_voters", "Voters of the metadata quorum.", () => quorum.describe().voters.length);
}

/** Counted once an image, however many metrics ask. */
const counted = new WeakMap<MetadataImage, Counts>();

function countsOf(image: MetadataImage): Counts {
  const known = counted.get(image);
  if (known !== undefined) return known;
  const counts: Counts = {
    activeBrokers: 0,
    fencedBrokers: 0,
    topics: image.topicsById.size,
    partitions: 0,
    offline: 0,
    notPreferred: 0,
  };
  for (const node of image.brokers.values()) {
    if (!hasRole(node, "broker")) continue;
    if (node.fenced) counts.fencedBrokers++;
    else counts.activeBrokers++;
  }
  for (const topic of image.topicsById.values()) {
    for (const partition of topic.partitions) {
      counts.partitions++;
      if (partition.leader === NO_NODE) counts.offline++;
      if (partition.leader !== partition.replicas[0]) counts.notPreferred++;
    }
  }
  counted.set(image, counts);
  return counts;
}
