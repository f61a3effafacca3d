import { ConfigResourceType, type MetadataImage, type MetadataRecord, record } from "@moldau/metadata";
import { mayLead, partitionsOf } from "./leadership";
import { changePartition } from "./partition-change";
import { configuredMinIsr, type ControlSettings } from "./settings";

/** The key on which the eligible leader replicas depend. */
export const MIN_ISR = "min.insync.replicas";

type ElrSettings = Pick<ControlSettings, "topicDefaults">;

/**
 * What a changed min.insync.replicas does to the ELRs; `image` has the new value. Where the ISR has enough members now, its
 * leader commits without those in the ELR from here on, so they may lead no more. Kafka 4.1 clears every ELR that the
 * change concerns (ClearElrRecord); here those that still hold everything stay. Source: KIP-966.
 */
export function elrAfterMinIsrChange(image: MetadataImage, settings: ElrSettings): MetadataRecord[] {
  const records: MetadataRecord[] = [];
  for (const [topic, partition] of partitionsOf(image)) {
    if (partition.elr.length === 0) continue;
    const change = changePartition({
      topicId: topic.id,
      partition,
      isAcceptableLeader: (nodeId) => mayLead(image, partition, nodeId),
      minIsr: configuredMinIsr(image, settings, topic.name),
      elrEnabled: true,
    });
    if (change !== undefined) records.push(change);
  }
  return records;
}

/**
 * What must hold before ELRs are kept: one minimum for the whole cluster, known to all. Nodes may have been started with
 * different files; a leader that counts with less than the controller commits what an ELR member lacks. Source: KIP-966.
 */
export function elrSafetyRecords(image: MetadataImage, settings: ElrSettings): MetadataRecord[] {
  const records: MetadataRecord[] = [];
  const set = (resourceName: string, value: string | null) =>
    record("ConfigRecord", { resourceType: ConfigResourceType.BROKER, resourceName, name: MIN_ISR, value });
  if (!image.configs(ConfigResourceType.BROKER, "").has(MIN_ISR)) {
    records.push(set("", settings.topicDefaults.get(MIN_ISR) ?? "1"));
  }
  for (const { type, name } of image.configuredResources()) {
    if (type !== ConfigResourceType.BROKER || name === "") continue;
    if (image.configs(type, name).has(MIN_ISR)) records.push(set(name, null));
  }
  return records;
}

/** Without ELRs the ISR alone says who may lead: where it is empty, those of the ELR return to it. */
export function withoutElr(image: MetadataImage): MetadataRecord[] {
  const records: MetadataRecord[] = [];
  for (const [topic, partition] of partitionsOf(image)) {
    const { partition: partitionId, isr, elr, lastKnownElr } = partition;
    if (elr.length === 0 && lastKnownElr.length === 0) continue;
    records.push(
      record("PartitionChangeRecord", {
        topicId: topic.id,
        partitionId,
        ...(elr.length > 0 && { eligibleLeaderReplicas: [] }),
        ...(lastKnownElr.length > 0 && { lastKnownElr: [] }),
        ...(isr.length === 0 && elr.length > 0 && { isr: elr }),
      }),
    );
  }
  return records;
}
