import { NO_NODE, type NodeId } from "@moldau/base";
import {
  hasRole,
  isActive,
  type MetadataImage,
  type MetadataRecord,
  type PartitionImage,
  type TopicImage,
} from "@moldau/metadata";
import { changePartition } from "./partition-change";
import { type ControlSettings, effectiveMinIsr, elrEnabled, uncleanElectionEnabled } from "./settings";

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
  const isAcceptableLeader = (id: NodeId) => (id === nodeId ? back : isActiveBroker(image, id));
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
        isAcceptableLeader,
        minIsr: effectiveMinIsr(image, settings, topic),
        elrEnabled: elr,
        election: uncleanElectionEnabled(image, settings, topic.name) ? "unclean" : "online",
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
