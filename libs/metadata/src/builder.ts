import { assert, type NodeId, unreachable, type Uuid } from "@moldau/base";
import { type ClientQuotaImage, quotaEntityKey } from "./client-quotas";
import type { MetadataDelta, TopicDelta } from "./delta";
import {
  type ConfigResource,
  isInternalTopic,
  type MetadataImage,
  type NodeRegistration,
  type PartitionImage,
  type ShardOwner,
  type TopicImage,
} from "./image";
import { type ConfigEntry, configKey, emptyImage, ImageData, type ImageParts } from "./image-data";
import { LeaderRecoveryState, type MetadataRecord, type MetadataRecordValues, NO_LEADER_CHANGE } from "./records";

/** Offset and controller epoch that an image reaches with the records just applied. */
export interface ImagePosition {
  offset: number;
  epoch: number;
}

interface TopicChange {
  kind: TopicDelta["kind"];
  name: string;
  partitions: Set<number>;
}

/** Takes the value as mutable: the builder made it in this round, nobody else has seen it. */
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Applies records to an image and yields the next image with what changed. Copies a top-level map when the first record
 * of a round touches it, a topic's partition list when the first record touches that topic, and nothing else; so a
 * round costs the size of its change plus one shallow copy of the maps involved.
 */
export class ImageBuilder {
  private readonly before: ImageData;
  private readonly parts: Mutable<ImageParts>;
  /** Maps and lists that this round already copied and may write to. */
  private readonly owned = new Set<object>();
  private readonly topics = new Map<Uuid, TopicChange>();
  private readonly nodes = new Set<NodeId>();
  private readonly configs = new Map<string, ConfigResource>();
  private readonly shards = new Map<Uuid, Set<number>>();
  private featuresChanged = false;
  private producerIdsChanged = false;
  private clientQuotasChanged = false;

  /** `position`: what the image reaches with the records of this round. */
  constructor(
    before: MetadataImage,
    private readonly position: ImagePosition,
  ) {
    assert(before instanceof ImageData, "image was not made by this room");
    this.before = before;
    this.parts = { ...before.parts };
  }

  /** Applies one record. Throws InvariantError where it contradicts the image: the log is broken or newer than this code. */
  apply(record: MetadataRecord): void {
    switch (record.name) {
      case "RegisterBrokerRecord":
        return this.registerNode(record.value);
      case "NodeRolesRecord":
        return this.changeNode(record.value.nodeId, undefined, { roles: [...record.value.roles] });
      case "UnregisterBrokerRecord":
        this.nodeAt(record.value.brokerId, record.value.brokerEpoch);
        this.ownBrokers().delete(record.value.brokerId);
        this.nodes.add(record.value.brokerId);
        return;
      case "BrokerRegistrationChangeRecord":
        return this.changeRegistration(record.value);
      case "FenceBrokerRecord":
        return this.changeNode(record.value.id, record.value.epoch, { fenced: true });
      case "UnfenceBrokerRecord":
        return this.changeNode(record.value.id, record.value.epoch, { fenced: false });
      case "TopicRecord":
        return this.createTopic(record.value);
      case "RemoveTopicRecord":
        return this.removeTopic(record.value.topicId);
      case "PartitionRecord":
        return this.setPartition(record.value);
      case "PartitionChangeRecord":
        return this.changePartition(record.value);
      case "ConfigRecord":
        return this.setConfig(record.value);
      case "FeatureLevelRecord":
        this.featuresChanged = true;
        if (record.value.featureLevel === 0) this.ownFeatures().delete(record.value.name);
        else this.ownFeatures().set(record.value.name, record.value.featureLevel);
        return;
      case "ProducerIdsRecord":
        this.producerIdsChanged = true;
        this.parts.producerIds = { nextProducerId: record.value.nextProducerId };
        return;
      case "ClientQuotaRecord":
        return this.setClientQuota(record.value);
      case "ShardOwnerRecord":
        return this.setShardOwner(record.value);
      case "ClusterIdRecord":
        assert(
          this.parts.clusterId === "" || this.parts.clusterId === record.value.clusterId,
          `the metadata log names two clusters: ${this.parts.clusterId} and ${record.value.clusterId}`,
        );
        this.parts.clusterId = record.value.clusterId;
        return;
      case "NoOpRecord":
        return;
      default:
        return unreachable(record, "metadata record");
    }
  }

  /** The next image and what changed. The builder may not be used afterwards. */
  finish(): { image: MetadataImage; delta: MetadataDelta } {
    this.parts.offset = this.position.offset;
    this.parts.epoch = this.position.epoch;
    const image = new ImageData(this.parts);
    const topics = new Map<Uuid, TopicDelta>();
    for (const [id, change] of this.topics) topics.set(id, { id, ...change });
    const delta: MetadataDelta = {
      before: this.before,
      after: image,
      topics,
      nodes: this.nodes,
      configs: [...this.configs.values()],
      shards: this.shards,
      featuresChanged: this.featuresChanged,
      producerIdsChanged: this.producerIdsChanged,
      clientQuotasChanged: this.clientQuotasChanged,
    };
    return { image, delta };
  }

  private registerNode(value: MetadataRecordValues["RegisterBrokerRecord"]): void {
    this.ownBrokers().set(value.brokerId, {
      nodeId: value.brokerId,
      // The writer cannot know the offset that its record will get, so it leaves it to whoever applies.
      epoch: value.brokerEpoch < 0 ? this.position.offset : value.brokerEpoch,
      incarnationId: value.incarnationId,
      roles: ["broker"],
      endpoints: new Map(
        value.endPoints.map(({ name, host, port, securityProtocol }) => [name, { host, port, securityProtocol }]),
      ),
      rack: value.rack,
      fenced: value.fenced,
      inControlledShutdown: value.inControlledShutdown,
      logDirs: [...value.logDirs],
    });
    this.nodes.add(value.brokerId);
  }

  private changeRegistration(value: MetadataRecordValues["BrokerRegistrationChangeRecord"]): void {
    const change: Partial<Mutable<NodeRegistration>> = {};
    if (value.fenced === 1) change.fenced = true;
    if (value.fenced === -1) change.fenced = false;
    if (value.inControlledShutdown === 1) change.inControlledShutdown = true;
    if (value.logDirs !== undefined && value.logDirs.length > 0) change.logDirs = [...value.logDirs];
    this.changeNode(value.brokerId, value.brokerEpoch, change);
  }

  private changeNode(nodeId: NodeId, epoch: number | undefined, change: Partial<NodeRegistration>): void {
    const node = this.nodeAt(nodeId, epoch);
    this.ownBrokers().set(nodeId, { ...node, ...change });
    this.nodes.add(nodeId);
  }

  private nodeAt(nodeId: NodeId, epoch: number | undefined): NodeRegistration {
    const node = this.parts.brokers.get(nodeId);
    assert(node !== undefined, `a metadata record changes node ${nodeId}, which is not registered`);
    assert(
      epoch === undefined || epoch === node.epoch,
      `a metadata record changes node ${nodeId} at epoch ${epoch}, but it registered with ${node.epoch}`,
    );
    return node;
  }

  private createTopic(value: MetadataRecordValues["TopicRecord"]): void {
    assert(!this.parts.topicsByName.has(value.name), `topic ${value.name} is created twice`);
    assert(!this.parts.topicsById.has(value.topicId), `topic id ${value.topicId} is used twice`);
    this.putTopic({ name: value.name, id: value.topicId, internal: isInternalTopic(value.name), partitions: [] });
    this.topics.set(value.topicId, { kind: "created", name: value.name, partitions: new Set() });
  }

  private removeTopic(topicId: Uuid): void {
    const topic = this.topicAt(topicId);
    this.ownTopicsByName().delete(topic.name);
    this.ownTopicsById().delete(topicId);
    if (this.parts.shardOwners.has(topicId)) this.ownShardOwners().delete(topicId);
    this.shards.delete(topicId);
    const resource = { type: 2, name: topic.name };
    if (this.parts.configEntries.has(configKey(resource))) {
      this.ownConfigEntries().delete(configKey(resource));
      this.configs.set(configKey(resource), resource);
    }
    const former = this.before.parts.topicsById.get(topicId);
    if (former === undefined) this.topics.delete(topicId);
    else {
      const partitions = new Set(former.partitions.map((each) => each.partition));
      this.topics.set(topicId, { kind: "deleted", name: topic.name, partitions });
    }
  }

  private setPartition(value: MetadataRecordValues["PartitionRecord"]): void {
    const partitions = this.ownPartitions(value.topicId);
    assert(value.partitionId <= partitions.length, `partition ${value.topicId}:${value.partitionId} leaves a gap`);
    partitions[value.partitionId] = {
      partition: value.partitionId,
      replicas: [...value.replicas],
      isr: [...value.isr],
      removing: copyOf(value.removingReplicas),
      adding: copyOf(value.addingReplicas),
      leader: value.leader,
      leaderEpoch: value.leaderEpoch,
      partitionEpoch: value.partitionEpoch,
      leaderRecoveryState: value.leaderRecoveryState,
      elr: copyOf(value.eligibleLeaderReplicas),
      lastKnownElr: copyOf(value.lastKnownElr),
      directories: [...value.directories],
    };
    this.touched(value.topicId, value.partitionId);
  }

  private changePartition(value: MetadataRecordValues["PartitionChangeRecord"]): void {
    const partitions = this.ownPartitions(value.topicId);
    const was = partitions[value.partitionId];
    assert(was !== undefined, `partition ${value.topicId}:${value.partitionId} is changed but does not exist`);
    const leaderSet = value.leader !== undefined && value.leader !== NO_LEADER_CHANGE;
    const recovery = value.leaderRecoveryState ?? LeaderRecoveryState.NO_CHANGE;
    const next: PartitionImage = {
      partition: was.partition,
      replicas: value.replicas ?? was.replicas,
      isr: value.isr ?? was.isr,
      removing: value.removingReplicas ?? was.removing,
      adding: value.addingReplicas ?? was.adding,
      leader: leaderSet ? value.leader! : was.leader,
      // Naming the leader, even the same one, starts a new leader epoch.
      leaderEpoch: leaderSet ? was.leaderEpoch + 1 : was.leaderEpoch,
      partitionEpoch: was.partitionEpoch + 1,
      leaderRecoveryState: recovery === LeaderRecoveryState.NO_CHANGE ? was.leaderRecoveryState : recovery,
      elr: value.eligibleLeaderReplicas ?? was.elr,
      lastKnownElr: value.lastKnownElr ?? was.lastKnownElr,
      directories: value.directories ?? was.directories,
    };
    partitions[value.partitionId] = next;
    this.touched(value.topicId, value.partitionId);
  }

  private setConfig(value: MetadataRecordValues["ConfigRecord"]): void {
    const resource = { type: value.resourceType, name: value.resourceName };
    const key = configKey(resource);
    const values = new Map(this.parts.configEntries.get(key)?.values);
    if (value.value === null) values.delete(value.name);
    else values.set(value.name, value.value);
    if (values.size === 0) this.ownConfigEntries().delete(key);
    else this.ownConfigEntries().set(key, { resource, values });
    this.configs.set(key, resource);
  }

  private setClientQuota(value: MetadataRecordValues["ClientQuotaRecord"]): void {
    const entity = new Map(value.entity.map(({ entityType, entityName }) => [entityType, entityName]));
    const id = quotaEntityKey(entity);
    const values = new Map(this.parts.clientQuotas.get(id)?.values);
    if (value.remove) values.delete(value.key);
    else values.set(value.key, value.value);
    if (values.size === 0) this.ownClientQuotas().delete(id);
    else this.ownClientQuotas().set(id, { entity, values });
    this.clientQuotasChanged = true;
  }

  private setShardOwner(value: MetadataRecordValues["ShardOwnerRecord"]): void {
    this.topicAt(value.topicId);
    const former = this.parts.shardOwners.get(value.topicId);
    let owners: Map<number, ShardOwner>;
    if (former !== undefined && this.owned.has(former)) owners = former as Map<number, ShardOwner>;
    else {
      owners = new Map(former);
      this.owned.add(owners);
      this.ownShardOwners().set(value.topicId, owners);
    }
    owners.set(value.partition, { ownerId: value.ownerId, ownerEpoch: value.ownerEpoch });
    const changed = this.shards.get(value.topicId);
    if (changed === undefined) this.shards.set(value.topicId, new Set([value.partition]));
    else changed.add(value.partition);
  }

  private topicAt(topicId: Uuid): TopicImage {
    const topic = this.parts.topicsById.get(topicId);
    assert(topic !== undefined, `a metadata record changes topic id ${topicId}, which does not exist`);
    return topic;
  }

  private putTopic(topic: TopicImage): void {
    this.ownTopicsByName().set(topic.name, topic);
    this.ownTopicsById().set(topic.id, topic);
    this.owned.add(topic.partitions);
  }

  /** The partition list of a topic as one that this round may write to. */
  private ownPartitions(topicId: Uuid): PartitionImage[] {
    const topic = this.topicAt(topicId);
    if (!this.owned.has(topic.partitions)) this.putTopic({ ...topic, partitions: [...topic.partitions] });
    return this.topicAt(topicId).partitions as PartitionImage[];
  }

  private touched(topicId: Uuid, partition: number): void {
    const change = this.topics.get(topicId);
    if (change !== undefined) change.partitions.add(partition);
    else {
      const { name } = this.topicAt(topicId);
      this.topics.set(topicId, { kind: "changed", name, partitions: new Set([partition]) });
    }
  }

  private own<K, V>(map: ReadonlyMap<K, V>, keep: (copy: Map<K, V>) => void): Map<K, V> {
    if (this.owned.has(map)) return map as Map<K, V>;
    const copy = new Map(map);
    this.owned.add(copy);
    keep(copy);
    return copy;
  }
  private ownBrokers(): Map<NodeId, NodeRegistration> {
    return this.own(this.parts.brokers, (copy) => (this.parts.brokers = copy));
  }
  private ownTopicsByName(): Map<string, TopicImage> {
    return this.own(this.parts.topicsByName, (copy) => (this.parts.topicsByName = copy));
  }
  private ownTopicsById(): Map<Uuid, TopicImage> {
    return this.own(this.parts.topicsById, (copy) => (this.parts.topicsById = copy));
  }
  private ownConfigEntries(): Map<string, ConfigEntry> {
    return this.own(this.parts.configEntries, (copy) => (this.parts.configEntries = copy));
  }
  private ownShardOwners(): Map<Uuid, ReadonlyMap<number, ShardOwner>> {
    return this.own(this.parts.shardOwners, (copy) => (this.parts.shardOwners = copy));
  }
  private ownClientQuotas(): Map<string, ClientQuotaImage> {
    return this.own(this.parts.clientQuotas, (copy) => (this.parts.clientQuotas = copy));
  }
  private ownFeatures(): Map<string, number> {
    return this.own(this.parts.features, (copy) => (this.parts.features = copy));
  }
}

/** Applies `records` to `image` in one round. */
export function applyRecords(
  image: MetadataImage,
  records: Iterable<MetadataRecord>,
  position: ImagePosition,
): { image: MetadataImage; delta: MetadataDelta } {
  const builder = new ImageBuilder(image, position);
  for (const record of records) builder.apply(record);
  return builder.finish();
}

/** An image of `records` alone, e.g. of a snapshot. */
export function imageOf(records: Iterable<MetadataRecord>, position: ImagePosition): MetadataImage {
  return applyRecords(emptyImage(), records, position).image;
}

const NOBODY: readonly NodeId[] = [];

/** Of lists that are empty as a rule all partitions share one. */
function copyOf(nodes: readonly NodeId[] | null | undefined): readonly NodeId[] {
  return nodes && nodes.length > 0 ? [...nodes] : NOBODY;
}
