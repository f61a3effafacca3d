import { NO_NODE, type NodeId, type Uuid, ZERO_UUID } from "@moldau/base";
import {
  hasRole,
  isActive,
  type MetadataImage,
  type MetadataRecord,
  type PartitionImage,
  type TopicImage,
} from "@moldau/metadata";
import { changePartition, type Election } from "./partition-change";
import { type ControlSettings, configuredMinIsr, elrEnabled, uncleanElectionEnabled } from "./settings";

/** Why leaders and ISRs are looked at again. */
export type NodeEvent =
  /** Fenced, leaving, unregistered, or back as a new incarnation after a clean stop. */
  | { kind: "gone"; nodeId: NodeId }
  /** Gone, and it may have lost records that were only in memory. */
  | { kind: "lost-unclean"; nodeId: NodeId }
  /** May lead from now on. */
  | { kind: "back"; nodeId: NodeId };

type LeadershipSettings = Pick<ControlSettings, "topicDefaults">;

/** A node that may lead partitions. */
export function isActiveBroker(image: MetadataImage, nodeId: NodeId): boolean {
  const node = image.brokers.get(nodeId);
  return node !== undefined && isActive(node) && hasRole(node, "broker");
}

/** Whether a node may lead this partition now: it is active, and the directory of its replica works (KIP-858). */
export function mayLead(image: MetadataImage, partition: PartitionImage, nodeId: NodeId): boolean {
  return isActiveBroker(image, nodeId) && hasOnlineDirectory(image, partition, nodeId);
}

/** A directory that nobody told, or a node that tells of none, counts as working. Source: Kafka's DirectoryId.isOnline. */
export function hasOnlineDirectory(image: MetadataImage, partition: PartitionImage, nodeId: NodeId): boolean {
  const directory = partition.directories[partition.replicas.indexOf(nodeId)] ?? ZERO_UUID;
  const online = image.brokers.get(nodeId)?.logDirs ?? [];
  return directory === ZERO_UUID || online.length === 0 || online.includes(directory);
}

/** The directory that a new replica on this node will surely get: the only one it has; else the zero UUID. */
export function onlyDirectory(image: MetadataImage, nodeId: NodeId): Uuid {
  const directories = image.brokers.get(nodeId)?.logDirs ?? [];
  return directories.length === 1 ? directories[0]! : ZERO_UUID;
}

/** How a leader is looked for that nobody asked for: at the price of records only where the topic's configuration says so. */
export function electionByConfig(image: MetadataImage, settings: LeadershipSettings, topic: string): Election {
  return uncleanElectionEnabled(image, settings, topic) ? "unclean" : "online";
}

/**
 * Leader and ISR changes that follow from a node's coming or going, for every partition that it touches. `image` is the
 * one before the event. A partition whose only in-sync replica goes away keeps the memory of it (ISR or ELR) and is led
 * by it again when it comes back.
 */
export function partitionsAfter(
  image: MetadataImage,
  settings: LeadershipSettings,
  event: NodeEvent,
): MetadataRecord[] {
  const { nodeId } = event;
  const back = event.kind === "back";
  const unclean = event.kind === "lost-unclean";
  const elr = elrEnabled(image);
  const records: MetadataRecord[] = [];
  for (const topic of image.topicsById.values()) {
    for (const partition of topic.partitions) {
      const touched = back
        ? partition.leader === NO_NODE
        : partition.isr.includes(nodeId) || partition.leader === nodeId || (unclean && partition.elr.includes(nodeId));
      if (!touched) continue;
      const change = changePartition({
        topicId: topic.id,
        partition,
        isAcceptableLeader: (id) =>
          id === nodeId ? back && hasOnlineDirectory(image, partition, id) : mayLead(image, partition, id),
        minIsr: configuredMinIsr(image, settings, topic.name),
        elrEnabled: elr,
        election: electionByConfig(image, settings, topic.name),
        targetIsr: back ? partition.isr : partition.isr.filter((each) => each !== nodeId),
        ...(unclean && { uncleanShutdown: [nodeId] }),
      });
      if (change !== undefined) records.push(change);
    }
  }
  return records;
}

/** Whether a node leads any partition. */
export function leadsAny(image: MetadataImage, nodeId: NodeId): boolean {
  for (const [, partition] of partitionsOf(image)) if (partition.leader === nodeId) return true;
  return false;
}

export function* partitionsOf(image: MetadataImage): Generator<readonly [TopicImage, PartitionImage], void> {
  for (const topic of image.topicsById.values()) for (const partition of topic.partitions) yield [topic, partition];
}
