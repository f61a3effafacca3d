import type { NodeId, Uuid } from "@moldau/base";
import type { ClientQuotaImage } from "./client-quotas";

/** Where a node listens under one listener name. */
export interface NodeEndpoint {
  readonly host: string;
  readonly port: number;
  /** Kafka's SecurityProtocol id: 0 PLAINTEXT, 1 SSL, 2 SASL_PLAINTEXT, 3 SASL_SSL. */
  readonly securityProtocol: number;
}

/** A registered node: a broker, a coordinator, or both. Source: KIP-631. */
export interface NodeRegistration {
  readonly nodeId: NodeId;
  /** Offset of the registration record; fences requests of earlier incarnations. */
  readonly epoch: number;
  readonly incarnationId: Uuid;
  /** "broker", "coordinator". */
  readonly roles: readonly string[];
  /** By listener name. `RPC` is the one that the other roles call. */
  readonly endpoints: ReadonlyMap<string, NodeEndpoint>;
  readonly rack: string | null;
  readonly fenced: boolean;
  readonly inControlledShutdown: boolean;
  readonly logDirs: readonly Uuid[];
}

/** Source: KIP-631, KIP-704 (recovery state), KIP-858 (directories), KIP-966 (elr, lastKnownElr). */
export interface PartitionImage {
  readonly partition: number;
  readonly replicas: readonly NodeId[];
  readonly isr: readonly NodeId[];
  readonly removing: readonly NodeId[];
  readonly adding: readonly NodeId[];
  /** -1: nobody leads. */
  readonly leader: NodeId;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  /** 0 recovered, 1 recovering from an unclean election. */
  readonly leaderRecoveryState: number;
  /** Eligible leader replicas: out of the ISR, but known to hold everything below the high watermark. */
  readonly elr: readonly NodeId[];
  readonly lastKnownElr: readonly NodeId[];
  /** Log directory of each replica, in the order of `replicas`; the zero UUID where not known. */
  readonly directories: readonly Uuid[];
}

export interface TopicImage {
  readonly name: string;
  readonly id: Uuid;
  /** `__consumer_offsets` and `__transaction_state`. */
  readonly internal: boolean;
  /** Index = partition id; ids are dense. */
  readonly partitions: readonly PartitionImage[];
}

/** Who may serve a coordinator shard. */
export interface ShardOwner {
  /** -1: no live coordinator could be found; the epoch still grows. */
  readonly ownerId: NodeId;
  readonly ownerEpoch: number;
}

export interface ConfigResource {
  /** Kafka's ConfigResource.Type: 2 topic, 4 broker, 16 client metrics, 32 group. */
  readonly type: number;
  /** Topic or group name, node id in decimals, "" for the cluster-wide broker default. */
  readonly name: string;
}

export interface ProducerIdsImage {
  /** First producer id of the next block. */
  readonly nextProducerId: number;
}

/**
 * The cluster's metadata at one offset of the metadata log. Never changed in place: a newer image shares what did not
 * change with the older one, so keeping one is cheap and comparing parts with `===` is meaningful.
 */
export interface MetadataImage {
  /** Offset of the last record batch applied; -1 for the empty image. Unit: raft index of the metadata log. */
  readonly offset: number;
  /** Controller epoch that wrote it. */
  readonly epoch: number;
  /** "" until the log said it. */
  readonly clusterId: string;
  /** All registered nodes, coordinators that stand apart and fenced ones included. */
  readonly brokers: ReadonlyMap<NodeId, NodeRegistration>;
  readonly topicsByName: ReadonlyMap<string, TopicImage>;
  readonly topicsById: ReadonlyMap<Uuid, TopicImage>;
  /** Finalized feature levels; a feature at level 0 is absent. */
  readonly features: ReadonlyMap<string, number>;
  readonly producerIds: ProducerIdsImage;
  /** By `quotaEntityKey`. */
  readonly clientQuotas: ReadonlyMap<string, ClientQuotaImage>;
  /** Dynamic configuration of one resource; empty where nothing is set. */
  configs(resourceType: number, name: string): ReadonlyMap<string, string>;
  /** Every resource that has dynamic configuration. */
  configuredResources(): Iterable<ConfigResource>;
  partition(topicId: Uuid, partition: number): PartitionImage | undefined;
  shardOwner(topicId: Uuid, partition: number): ShardOwner | undefined;
}

/** Topics whose partitions are coordinator shards; clients may not write to them. */
export const GROUP_METADATA_TOPIC = "__consumer_offsets";
export const TRANSACTION_STATE_TOPIC = "__transaction_state";

export function isInternalTopic(name: string): boolean {
  return name === GROUP_METADATA_TOPIC || name === TRANSACTION_STATE_TOPIC;
}

/** Whether a node may take on work now: registered, not fenced, not on its way out. */
export function isActive(node: NodeRegistration | undefined): boolean {
  return node !== undefined && !node.fenced && !node.inControlledShutdown;
}

export function hasRole(node: NodeRegistration, role: string): boolean {
  return node.roles.includes(role);
}
