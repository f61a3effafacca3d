import { KafkaError, ZERO_UUID } from "@moldau/base";
import type { Admin, ConfigEntry, Reassignment, TopicDescription } from "@moldau/client";
import { hasCode } from "../../errors";

/** ConfigSource.DYNAMIC_TOPIC_CONFIG and what else is no default. Source: ConfigEntry.isDefault. */
const DEFAULT_CONFIG = 5;

export interface DescribeWishes {
  /** Partitions are shown that at least one of these is true of; all where there is none. */
  reports: readonly string[];
  /** Only topics with configurations of their own, without their partitions. */
  onlyOverrides: boolean;
}

type Partition = TopicDescription["partitions"][number];

/** The lines of `kafka-topics --describe`. */
export async function describeTopics(
  admin: Admin,
  topics: readonly TopicDescription[],
  { reports, onlyOverrides }: DescribeWishes,
): Promise<string[]> {
  if (topics.length === 0) return [];
  const [{ nodes }, reassignments, configs] = await Promise.all([
    admin.describeCluster(),
    ongoing(admin),
    Promise.all(topics.map(({ name }) => admin.describeConfigs({ type: "topic", name }))),
  ]);
  const live = new Set(nodes.map(({ nodeId }) => nodeId));
  const lines: string[] = [];
  for (const [index, topic] of topics.entries()) {
    const config = configs[index]!;
    const partitions = [...topic.partitions].sort((a, b) => a.partition - b.partition);
    const moving = (partition: Partition): Reassignment | undefined =>
      reassignments.get(`${topic.name}-${partition.partition}`);
    if (reports.length === 0) {
      const overrides = config.filter(({ source }) => source !== DEFAULT_CONFIG);
      if (!onlyOverrides || overrides.length > 0) {
        lines.push(topicLine(topic, overrides, replicationFactor(partitions[0]!, moving(partitions[0]!))));
      }
    }
    if (onlyOverrides) continue;
    const minIsr = Number(config.find(({ name }) => name === "min.insync.replicas")?.value ?? 1);
    for (const partition of partitions) {
      const move = moving(partition);
      if (reports.length === 0 || reports.some((report) => isTrue(report, partition, { move, minIsr, live }))) {
        lines.push(partitionLine(topic.name, partition, move));
      }
    }
  }
  return lines;
}

async function ongoing(admin: Admin): Promise<Map<string, Reassignment>> {
  try {
    const reassignments = await admin.listReassignments();
    return new Map(reassignments.map((move) => [`${move.topic}-${move.partition}`, move]));
  } catch (error) {
    if (hasCode(error, KafkaError.UNSUPPORTED_VERSION, KafkaError.CLUSTER_AUTHORIZATION_FAILED)) return new Map();
    throw error;
  }
}

/** Replicas that are being added do not count. A reassignment that ended since it was asked for is none. */
function replicationFactor({ replicas }: Partition, move: Reassignment | undefined): number {
  const changing = new Set([...(move?.adding ?? []), ...(move?.removing ?? [])]);
  const under = move !== undefined && replicas.some((id) => changing.has(id));
  return under ? move.replicas.length - move.adding.length : replicas.length;
}

function isTrue(
  report: string,
  partition: Partition,
  { move, minIsr, live }: { move: Reassignment | undefined; minIsr: number; live: ReadonlySet<number> },
): boolean {
  const { isr, leader } = partition;
  switch (report) {
    case "under-replicated-partitions":
      return replicationFactor(partition, move) > isr.length;
    case "unavailable-partitions":
      return leader < 0 || !live.has(leader);
    case "under-min-isr-partitions":
      return leader < 0 || isr.length < minIsr;
    case "at-min-isr-partitions":
      return isr.length === minIsr;
    default:
      return false;
  }
}

function topicLine(topic: TopicDescription, overrides: readonly ConfigEntry[], factor: number): string {
  const configs = overrides.map(({ name, value }) => `${name}=${value}`).join(",");
  return [
    `Topic: ${topic.name}`,
    ...(topic.topicId === ZERO_UUID ? [] : [`TopicId: ${topic.topicId}`]),
    `PartitionCount: ${topic.partitions.length}`,
    `ReplicationFactor: ${factor}`,
    `Configs: ${configs}`,
  ].join("\t");
}

function partitionLine(topic: string, partition: Partition, move: Reassignment | undefined): string {
  const list = (ids: readonly number[] | null | undefined): string => ids?.join(",") ?? "N/A";
  return [
    "",
    `Topic: ${topic}`,
    `Partition: ${partition.partition}`,
    `Leader: ${partition.leader < 0 ? "none" : partition.leader}`,
    `Replicas: ${list(partition.replicas)}`,
    `Isr: ${list(partition.isr)}`,
    ...(move === undefined
      ? []
      : [`Adding Replicas: ${list(move.adding)}`, `Removing Replicas: ${list(move.removing)}`]),
    `Elr: ${list(partition.eligibleLeaderReplicas)}`,
    `LastKnownElr: ${list(partition.lastKnownEligibleLeaderReplicas)}`,
  ].join("\t");
}
