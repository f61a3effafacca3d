import type { NodeId, Uuid } from "@moldau/base";

/**
 * The records of the metadata log as this room reads and writes them: Kafka's own fields under Kafka's own names, and
 * three records that Kafka has no words for (`NodeRolesRecord`, `ShardOwnerRecord`, `ClusterIdRecord`).
 * Optional fields may be left out when writing; the schema's default is written then.
 * Source: Kafka's metadata/src/main/resources/common/metadata (KIP-631, KIP-858, KIP-966).
 */
export interface MetadataRecordValues {
  RegisterBrokerRecord: {
    brokerId: NodeId;
    incarnationId: Uuid;
    /** -1: the offset at which this record is committed. */
    brokerEpoch: number;
    endPoints: readonly { name: string; host: string; port: number; securityProtocol: number }[];
    rack: string | null;
    fenced: boolean;
    inControlledShutdown: boolean;
    logDirs: readonly Uuid[];
  };
  UnregisterBrokerRecord: { brokerId: NodeId; brokerEpoch: number };
  /** `fenced`, `inControlledShutdown`: 1 sets, -1 clears (`fenced` only), 0 leaves. `logDirs`: empty leaves. */
  BrokerRegistrationChangeRecord: {
    brokerId: NodeId;
    brokerEpoch: number;
    fenced?: number;
    inControlledShutdown?: number;
    logDirs?: readonly Uuid[];
  };
  FenceBrokerRecord: { id: NodeId; epoch: number };
  UnfenceBrokerRecord: { id: NodeId; epoch: number };
  TopicRecord: { name: string; topicId: Uuid };
  RemoveTopicRecord: { topicId: Uuid };
  PartitionRecord: {
    partitionId: number;
    topicId: Uuid;
    replicas: readonly NodeId[];
    isr: readonly NodeId[];
    removingReplicas: readonly NodeId[];
    addingReplicas: readonly NodeId[];
    leader: NodeId;
    leaderRecoveryState: number;
    leaderEpoch: number;
    partitionEpoch: number;
    directories: readonly Uuid[];
    eligibleLeaderReplicas?: readonly NodeId[] | null;
    lastKnownElr?: readonly NodeId[] | null;
  };
  /** Absent, null, -2 (leader) and -1 (recovery state) leave a field as it is. The partition epoch grows by one. */
  PartitionChangeRecord: {
    partitionId: number;
    topicId: Uuid;
    isr?: readonly NodeId[] | null;
    leader?: NodeId;
    replicas?: readonly NodeId[] | null;
    removingReplicas?: readonly NodeId[] | null;
    addingReplicas?: readonly NodeId[] | null;
    leaderRecoveryState?: number;
    directories?: readonly Uuid[] | null;
    eligibleLeaderReplicas?: readonly NodeId[] | null;
    lastKnownElr?: readonly NodeId[] | null;
  };
  /** A null value deletes the key. */
  ConfigRecord: { resourceType: number; resourceName: string; name: string; value: string | null };
  /** Level 0 removes the feature. */
  FeatureLevelRecord: { name: string; featureLevel: number };
  ProducerIdsRecord: { brokerId: NodeId; brokerEpoch: number; nextProducerId: number };
  /** Without `remove` sets the quota `key` of an entity; a null name is the default of its kind. */
  ClientQuotaRecord: {
    entity: readonly { entityType: string; entityName: string | null }[];
    key: string;
    value: number;
    remove: boolean;
  };
  NoOpRecord: object;
  /** Roles of a registered node, written right after its RegisterBrokerRecord. Without one a node is a broker. */
  NodeRolesRecord: { nodeId: NodeId; roles: readonly string[] };
  /** Owner of a coordinator shard; `ownerId` -1: nobody may serve it now. */
  ShardOwnerRecord: { topicId: Uuid; partition: number; ownerId: NodeId; ownerEpoch: number };
  /** Which cluster this log belongs to; the first record that the first active controller ever writes. */
  ClusterIdRecord: { clusterId: Uuid };
}

export type MetadataRecordName = keyof MetadataRecordValues;

/** One metadata record: its Kafka name and its fields. */
export type MetadataRecord = {
  [N in MetadataRecordName]: { readonly name: N; readonly value: Readonly<MetadataRecordValues[N]> };
}[MetadataRecordName];

/** Builds a record with its fields checked against its name. */
export function record<N extends MetadataRecordName>(name: N, value: MetadataRecordValues[N]): MetadataRecord {
  return { name, value } as unknown as MetadataRecord;
}

/** `leader` of a PartitionChangeRecord that leaves the leader, and so its epoch, as it is. */
export const NO_LEADER_CHANGE = -2;

/** Kafka's LeaderRecoveryState: whether the leader was elected outside of the ISR and has not yet recovered (KIP-704). */
export const LeaderRecoveryState = { RECOVERED: 0, RECOVERING: 1, NO_CHANGE: -1 } as const;

/** Kafka's ConfigResource.Type. */
export const ConfigResourceType = { TOPIC: 2, BROKER: 4, BROKER_LOGGER: 8, CLIENT_METRICS: 16, GROUP: 32 } as const;
