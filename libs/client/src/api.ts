// What the client offers, agreed with its callers (the CLI, tests). Implementations: createAdmin, createProducer,
// createConsumer. Plain numbers and strings in public types; bytes are Uint8Array.
import type { KafkaErrorCode } from "@moldau/base";
import type { RebalanceSummary } from "@moldau/protocol";

export type { RebalanceSummary };

export interface ClientOptions {
  /** `host:port`, several for resilience. */
  bootstrap: readonly string[];
  clientId?: string;
  /** How long a call may take altogether, retries included; 30 s. */
  timeoutMs?: number;
}

/** What a cluster refused. `name` is "KafkaClientError"; the message says what was asked and what to do where known. */
export interface KafkaClientErrorShape extends Error {
  readonly code: KafkaErrorCode;
  readonly retriable: boolean;
  /** The broker's own text, null where it gave none. */
  readonly detail: string | null;
  /**
   * Of a transactional producer's errors, what helps. "abort": abortTransaction, then begin another one. "again": the same call
   * once more, for nobody knows yet what became of it. "close": this producer can do nothing any more. Source: KIP-1050.
   */
  readonly remedy?: "abort" | "again" | "close";
}

export interface TopicPartitionName {
  topic: string;
  partition: number;
}

/** What became of one partition in a request for several. */
export type PartitionOutcome = TopicPartitionName & { error: KafkaClientErrorShape | null };

export interface TopicDescription {
  name: string;
  topicId: string;
  internal: boolean;
  partitions: {
    partition: number;
    leader: number;
    leaderEpoch: number;
    replicas: number[];
    isr: number[];
    offline: number[];
    /** KIP-966: replicas that may lead though they are not in sync; null or left out where the cluster does not tell. */
    eligibleLeaderReplicas?: number[] | null;
    lastKnownEligibleLeaderReplicas?: number[] | null;
  }[];
}

/** A partition that is on its way to other replicas. Those to come and those to go are all among `replicas`. */
export interface Reassignment {
  topic: string;
  partition: number;
  replicas: number[];
  adding: number[];
  removing: number[];
}

export type ConfigResourceType = "topic" | "broker" | "broker-logger" | "client-metrics" | "group";

export interface ConfigResourceName {
  type: ConfigResourceType;
  /** A broker's or broker logger's is its node id; a broker's empty name is all brokers. */
  name: string;
}

export interface ConfigEntry {
  name: string;
  value: string | null;
  /** `DescribeConfigsResponse.ConfigSource`: 1 topic, 2 broker, 3 all brokers, 4 static, 5 default, 6 logger, 7 metrics, 8 group. */
  source: number;
  readOnly: boolean;
  sensitive: boolean;
  isDefault: boolean;
  documentation: string | null;
  /** `DescribeConfigsResponse.ConfigType`; 0 where the cluster is too old to tell. */
  type: number;
  /** All places where it is set, the one in force first. Empty where they were not asked for. */
  synonyms: { name: string; value: string | null; source: number }[];
}

export interface GroupDescription {
  groupId: string;
  /** `classic`, or `consumer` for groups of KIP-848. */
  type: "classic" | "consumer";
  state: string;
  protocolType: string;
  /** The assignor, for groups of consumers. */
  protocol: string;
  coordinator: number;
  /** Of groups of KIP-848: how often the group changed, and which change the assignment answers to. */
  groupEpoch?: number;
  targetAssignmentEpoch?: number;
  members: {
    memberId: string;
    instanceId: string | null;
    clientId: string;
    host: string;
    /** From the consumer protocol; empty for other protocol types. */
    assignment: { topic: string; partitions: number[] }[];
    /** Of groups of KIP-848. `upgraded`: whether this member speaks the new protocol; left out where it is not told. */
    memberEpoch?: number;
    targetAssignment?: { topic: string; partitions: number[] }[];
    upgraded?: boolean;
  }[];
  /** The last rebalances, oldest first; empty where the cluster does not tell, as Apache Kafka does not. */
  rebalances: readonly RebalanceSummary[];
}

/** Where a transaction stands. */
export interface TransactionDescription {
  transactionalId: string;
  coordinator: number;
  /** Empty, Ongoing, PrepareCommit, PrepareAbort, CompleteCommit, CompleteAbort, … */
  state: string;
  producerId: number;
  producerEpoch: number;
  timeoutMs: number;
  /** Milliseconds since the epoch, -1 while none runs. */
  startedAtMs: number;
  partitions: { topic: string; partition: number }[];
}

/** A producer that a partition's leader remembers. */
export interface ActiveProducer {
  topic: string;
  partition: number;
  producerId: number;
  producerEpoch: number;
  lastSequence: number;
  /** Of its last batch, as the batch says. */
  lastTimestampMs: number;
  /** Of the last marker, -1 for none. */
  coordinatorEpoch: number;
  /** First offset of its open transaction, -1 where none is open. */
  transactionStartOffset: number;
}

export interface CommittedOffset {
  topic: string;
  partition: number;
  /** -1 where nothing was committed. */
  offset: number;
  leaderEpoch: number;
  metadata: string;
}

export interface Admin {
  describeCluster(): Promise<{
    clusterId: string;
    controllerId: number;
    nodes: { nodeId: number; host: string; port: number; rack: string | null }[];
  }>;
  listTopics(): Promise<{ name: string; internal: boolean; partitions: number }[]>;
  /** All topics where `names` is left out. Rejects with UNKNOWN_TOPIC_OR_PARTITION for a missing one. */
  describeTopics(names?: readonly string[]): Promise<TopicDescription[]>;
  createTopic(topic: {
    name: string;
    /** -1 or left out: the cluster's default. */
    partitions?: number;
    replicationFactor?: number;
    assignments?: readonly (readonly number[])[];
    configs?: Readonly<Record<string, string>>;
    validateOnly?: boolean;
  }): Promise<void>;
  deleteTopic(name: string): Promise<void>;
  /** `assignments`: replicas of the partitions that are added, the preferred leader first. */
  createPartitions(
    topic: string,
    count: number,
    options?: { assignments?: readonly (readonly number[])[]; validateOnly?: boolean },
  ): Promise<void>;
  /**
   * Topics with their eligible leader replicas (KIP-966). Where the cluster is too old to tell, what Metadata tells.
   * `partitionsMax`: asked for at a time.
   */
  describeTopicPartitions(names: readonly string[], partitionsMax?: number): Promise<TopicDescription[]>;
  /**
   * Gives partitions other replicas, the preferred leader first, or (null) takes back a reassignment that is under way.
   * Resolves when it has begun, with what the cluster said of each partition: some may be refused.
   */
  reassignPartitions(
    changes: readonly { topic: string; partition: number; replicas: readonly number[] | null }[],
  ): Promise<{ topic: string; partition: number; error: KafkaClientErrorShape | null }[]>;
  /** The reassignments that are under way, of all topics. Kafka has it from 2.4 on (KIP-455). */
  listReassignments(): Promise<Reassignment[]>;
  describeConfigs(resource: ConfigResourceName): Promise<ConfigEntry[]>;
  /** A null value deletes the key. */
  alterConfigs(
    resource: ConfigResourceName,
    changes: Readonly<Record<string, string | null>>,
    options?: { validateOnly?: boolean },
  ): Promise<void>;
  /**
   * Resources of these types (of all where none is named) that have a configuration of their own, or could have one
   * (KIP-1142). Kafka before 4.1 knows client metrics only and refuses others with UNSUPPORTED_VERSION.
   */
  listConfigResources(types?: readonly ConfigResourceType[]): Promise<ConfigResourceName[]>;
  /** `timestamp`: milliseconds, "earliest" or "latest", which is the last stable offset for who reads committed records. */
  listOffsets(
    partitions: readonly { topic: string; partition: number }[],
    timestamp: number | "earliest" | "latest",
    options?: { isolation?: "read_uncommitted" | "read_committed" },
  ): Promise<Map<string, number>>;
  /**
   * Where logs stand for a time, each partition once and for itself. A time in ms, or one of `ListOffsets`' special ones. `offset` is
   * -1 where there is no such record.
   */
  offsetsFor(
    queries: readonly (TopicPartitionName & { timestamp: number | OffsetSpec })[],
  ): Promise<(PartitionOutcome & { offset: number; timestampMs: number; leaderEpoch: number })[]>;
  /** Moves log starts up to `beforeOffset` (-1: the high watermark); everything below is gone (KIP-204). */
  deleteRecords(
    starts: readonly (TopicPartitionName & { beforeOffset: number })[],
  ): Promise<(PartitionOutcome & { lowWatermark: number })[]>;
  /**
   * Elects leaders of these partitions, or (null) of all that need it: the preferred replica, or (unclean) any live one,
   * which may lose records (KIP-460). Partitions that needed nothing answer ELECTION_NOT_NEEDED.
   */
  electLeaders(
    type: "preferred" | "unclean",
    partitions: readonly TopicPartitionName[] | null,
  ): Promise<PartitionOutcome[]>;
  /** What lies in the log directories of these brokers, or of all (KIP-113, KIP-827). */
  describeLogDirs(brokerIds?: readonly number[]): Promise<BrokerLogDirs[]>;
  /** Begins to move replicas into other log directories of their brokers (KIP-113). */
  alterReplicaLogDirs(
    moves: readonly (TopicPartitionName & { brokerId: number; path: string })[],
  ): Promise<(PartitionOutcome & { brokerId: number })[]>;
  /**
   * Quotas of users, client ids and IPs that match (KIP-546). `strict`: only of entities that have no other components than
   * those of the filter.
   */
  describeClientQuotas(
    filter: QuotaFilter,
    options?: { strict?: boolean },
  ): Promise<{ entity: QuotaEntity; quotas: Record<string, number> }[]>;
  /** A null value takes the quota away. */
  alterClientQuotas(
    entity: QuotaEntity,
    changes: Readonly<Record<string, number | null>>,
    options?: { validateOnly?: boolean },
  ): Promise<void>;
  /** A broker that is gone for good is forgotten (KIP-500). */
  unregisterBroker(brokerId: number): Promise<void>;
  /** `type` is empty where the cluster is too old to tell, `state` as well. Filters that it does not know are applied here. */
  listGroups(filter?: {
    states?: readonly string[];
    types?: readonly string[];
  }): Promise<{ groupId: string; protocolType: string; state: string; type: string; coordinator: number }[]>;
  describeGroups(ids: readonly string[]): Promise<GroupDescription[]>;
  deleteGroup(id: string): Promise<void>;
  /** Forgets what a group has committed for these partitions (KIP-496); one that it still subscribes to is refused. */
  deleteOffsets(groupId: string, partitions: readonly TopicPartitionName[]): Promise<PartitionOutcome[]>;
  /**
   * What counts now; offsets of transactions that have not ended do not, nor those whose end has not arrived at the group yet.
   * With `requireStable` (KIP-447) it fails with UNSTABLE_OFFSET_COMMIT while there are such.
   */
  committedOffsets(groupId: string, options?: { requireStable?: boolean }): Promise<CommittedOffset[]>;
  commitOffsets(groupId: string, offsets: readonly Omit<CommittedOffset, "leaderEpoch" | "metadata">[]): Promise<void>;
  /**
   * Timestamps of the records at these offsets, or of the next ones where there is none (any more), by partition name.
   * Partitions without such a record are left out. Reads at least one batch a partition.
   */
  recordTimestamps(
    positions: readonly { topic: string; partition: number; offset: number }[],
  ): Promise<Map<string, number>>;
  /**
   * The batches that one node has from these offsets on, up to its high watermark, whether it leads the partition or follows: to
   * compare replicas with each other. Waits up to `maxWaitMs` for the first one. One attempt.
   */
  replicaBatches(
    nodeId: number,
    positions: readonly (TopicPartitionName & { offset: number })[],
    options: { partitionBytesMax: number; maxWaitMs: number },
  ): Promise<(PartitionOutcome & { highWatermark: number; batches: { lastOffset: number; checksum: number }[] })[]>;
  /** Transactions of all coordinators (KIP-664; Kafka 3.0). */
  listTransactions(filter?: {
    states?: readonly string[];
    producerIds?: readonly number[];
    /** Only those that run for longer. KIP-994; older clusters do not filter. */
    runningLongerThanMs?: number;
    /** RE2 expression over transactional ids (KIP-1152); rejects with UNSUPPORTED_VERSION where the cluster is older. */
    transactionalIdPattern?: string;
  }): Promise<{ transactionalId: string; producerId: number; state: string; coordinator: number }[]>;
  /** Rejects with TRANSACTIONAL_ID_NOT_FOUND for one that is not known. */
  describeTransactions(ids: readonly string[]): Promise<TransactionDescription[]>;
  /** What the partitions' leaders remember of producers. */
  describeProducers(
    partitions: readonly { topic: string; partition: number }[],
    /** Another replica than the leader may be asked. */
    options?: { brokerId?: number },
  ): Promise<ActiveProducer[]>;
  /**
   * Fences the producer with this transactional id and aborts what it has begun: resolves when that is done. Kafka's
   * `fenceProducers`.
   */
  fenceProducer(transactionalId: string): Promise<{ producerId: number; producerEpoch: number }>;
  /** Writes an abort marker into one partition, past every coordinator: only for transactions that nobody will ever end. */
  abortTransaction(hanging: {
    topic: string;
    partition: number;
    producerId: number;
    producerEpoch: number;
    coordinatorEpoch: number;
  }): Promise<void>;
  /** Features and API versions of the first node that answers, for `cluster info`. */
  features(): Promise<{ name: string; level: number }[]>;
  /** Features with the levels that are in force and those that the node (any, where none is named) could have (KIP-584). */
  describeFeatures(nodeId?: number): Promise<FeatureLevels>;
  /** Other levels for features. `unsafe_downgrade` may lose what the older level does not know. */
  updateFeatures(
    updates: readonly { name: string; level: number; type: "upgrade" | "safe_downgrade" | "unsafe_downgrade" }[],
    options?: { validateOnly?: boolean },
  ): Promise<{ name: string; error: KafkaClientErrorShape | null }[]>;
  /** The versions of APIs that each node speaks, or why it could not be asked. */
  apiVersions(): Promise<NodeApiVersions[]>;
  /** Brokers, or the controllers; with those that are fenced where asked for (KIP-919, KIP-1073). */
  describeEndpoints(options?: { controllers?: boolean; includeFenced?: boolean }): Promise<{
    clusterId: string;
    controllerId: number;
    nodes: { nodeId: number; host: string; port: number; rack: string | null; fenced: boolean }[];
  }>;
  describeQuorum(): Promise<
    | {
        leaderId: number;
        leaderEpoch: number;
        highWatermark: number;
        voters: QuorumReplica[];
        observers: QuorumReplica[];
      }
    | undefined
  >;
  /** A controller that follows the metadata log becomes a voter (KIP-853). */
  addRaftVoter(voter: { id: number; directoryId: string; endpoints: readonly QuorumEndpoint[] }): Promise<void>;
  /** A voter votes no more. */
  removeRaftVoter(voter: { id: number; directoryId: string }): Promise<void>;
  close(): Promise<void>;
}

/** Whom quotas are for: a name, or null for all that have none of their own. Left out: it does not matter. */
export interface QuotaEntity {
  user?: string | null;
  clientId?: string | null;
  ip?: string | null;
}

/** A name, null for the default entity, true for any that has such a component. */
export interface QuotaFilter {
  user?: string | null | true;
  clientId?: string | null | true;
  ip?: string | null | true;
}

/** Special times of ListOffsets: KIP-405, KIP-734, KIP-1005. */
export type OffsetSpec = "latest" | "earliest" | "max-timestamp" | "earliest-local" | "latest-tiered";

export interface BrokerLogDirs {
  brokerId: number;
  dirs: {
    path: string;
    error: KafkaClientErrorShape | null;
    /** Of the volume; -1 where the cluster is too old to tell. */
    totalBytes: number;
    usableBytes: number;
    replicas: {
      topic: string;
      partition: number;
      bytes: number;
      /** How far it is behind the high watermark, or, of a future replica, behind the current one. */
      offsetLag: number;
      /** On its way into this directory. */
      isFuture: boolean;
    }[];
  }[];
}

export interface FeatureLevels {
  /** Counts the changes; -1 for none or not told. */
  finalizedEpoch: number;
  finalized: { name: string; min: number; max: number }[];
  supported: { name: string; min: number; max: number }[];
}

export interface NodeApiVersions {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
  /** What the node said; undefined where it could not be asked. */
  apis: { key: number; min: number; max: number }[] | undefined;
  error: KafkaClientErrorShape | null;
}

/** Where a controller answers the others. */
export interface QuorumEndpoint {
  name: string;
  host: string;
  port: number;
}

/** A controller of the metadata quorum, as its leader sees it. */
export interface QuorumReplica {
  id: number;
  /** Its disk; twenty-two "A" where the cluster does not know it. */
  directoryId: string;
  logEndOffset: number;
  /** By the leader's clock, in ms; -1 where the cluster is too old to tell, or never. */
  lastFetchTimestamp: number;
  lastCaughtUpTimestamp: number;
  /** Of voters, where the cluster tells. */
  endpoints: QuorumEndpoint[];
}

export interface Header {
  name: string;
  value: Uint8Array | null;
}

export interface ProducerOptions extends ClientOptions {
  /** -1 all in-sync replicas (the default), 0, 1. */
  acks?: -1 | 0 | 1;
  compression?: "none" | "gzip" | "snappy" | "lz4" | "zstd";
  /** Default true; needs acks=-1. */
  idempotent?: boolean;
  lingerMs?: number;
  batchBytesMax?: number;
  /** Bytes of records that may wait; `send` waits for room above it. */
  bufferBytesMax?: number;
}

export interface OutgoingRecord {
  topic: string;
  /** Left out: by key (murmur2, as Java's client does), else sticky. */
  partition?: number;
  key?: Uint8Array | string | null;
  value: Uint8Array | string | null;
  headers?: readonly Header[];
  timestampMs?: number;
}

/** A number that a client keeps about itself, under the group and the name that Java's client has for it. */
export interface ClientMetric {
  group: string;
  name: string;
  value: number;
}

export interface Producer {
  /** Resolves when the record is acknowledged (acks=0: when it was handed to the socket). */
  send(record: OutgoingRecord): Promise<{ partition: number; offset: number }>;
  /** Resolves when everything handed over so far is acknowledged. */
  flush(): Promise<void>;
  /** Totals since it began, and what is now. */
  metrics(): ClientMetric[];
  close(): Promise<void>;
}

export interface TransactionalProducerOptions extends Omit<ProducerOptions, "acks" | "idempotent"> {
  /** Whoever begins under it last is its only producer: what another one had open is aborted. The same after a restart. */
  transactionalId: string;
  /** A transaction that is open for longer is aborted by the cluster; 60 s. */
  transactionTimeoutMs?: number;
}

/** Whose offsets go with a transaction; `consumer.groupMetadata()` tells. Without a member: nobody checks whose they are. */
export interface ConsumerGroupMetadata {
  groupId: string;
  generationId?: number;
  memberId?: string;
  groupInstanceId?: string | null;
}

export interface OffsetToCommit {
  topic: string;
  partition: number;
  /** Of the record to be read next. */
  offset: number;
  leaderEpoch?: number;
  metadata?: string | null;
}

/**
 * A producer whose records, and whose group's offsets, count all together or not at all (KIP-98). Errors have a `remedy`.
 * One transaction at a time.
 */
export interface TransactionalProducer extends Producer {
  /** Takes the transactional id over. `beginTransaction` does it where nobody did. */
  initTransactions(): Promise<void>;
  beginTransaction(): Promise<void>;
  /** Only in a transaction. Resolves when the record is written; it counts when the transaction is committed. */
  send(record: OutgoingRecord): Promise<{ partition: number; offset: number }>;
  /** These offsets of the group count when the transaction is committed (KIP-447). */
  sendOffsetsToTransaction(offsets: readonly OffsetToCommit[], group: ConsumerGroupMetadata): Promise<void>;
  /** Waits for all records first; rejects where one of them failed, and then nothing counts. */
  commitTransaction(): Promise<void>;
  /** What was sent does not count; what waits is not sent. */
  abortTransaction(): Promise<void>;
  /** Aborts what is open. */
  close(): Promise<void>;
}

export interface IncomingRecord {
  topic: string;
  partition: number;
  offset: number;
  timestampMs: number;
  /** Whose clock `timestampMs` is: the producer's, or the broker's when it appended. Left out where it is not known. */
  timestampType?: "CreateTime" | "LogAppendTime";
  /** Of the leader that appended it; left out where the cluster is too old to tell. */
  leaderEpoch?: number;
  key: Uint8Array | null;
  value: Uint8Array | null;
  headers: Header[];
}

export interface ConsumerOptions extends ClientOptions {
  /** Without one: assignment by hand. */
  groupId?: string;
  /**
   * "classic" (the default), or "consumer": groups of the new kind (KIP-848, Kafka 4.0), in which the coordinator assigns, and members
   * keep what they need not give away through every rebalance. Times of session and heartbeat are then the cluster's.
   */
  groupProtocol?: "classic" | "consumer";
  /** A static member (KIP-345): it comes back under this name, and nobody is given its partitions before its session ends. */
  groupInstanceId?: string;
  /** Of groupProtocol "consumer": one of the coordinator's assignors, "uniform" or "range"; its first one where none is named. */
  serverAssignor?: string;
  /** Where there is no committed offset; default "latest" as Kafka's clients do. */
  offsetReset?: "earliest" | "latest" | "none";
  isolation?: "read_uncommitted" | "read_committed";
  sessionTimeoutMs?: number;
  heartbeatIntervalMs?: number;
  maxWaitMs?: number;
  fetchBytesMax?: number;
  /**
   * These come to what is held; after every rebalance of this member, also of none. `generation`: of the group, in which they are this
   * member's alone.
   */
  onAssigned?(partitions: readonly { topic: string; partition: number }[], generation: number): void;
  /**
   * Before partitions go to other members. What it returns is waited for, and `commit` still works meanwhile: without one,
   * what was handed out and not committed comes again elsewhere.
   */
  onRevoked?(partitions: readonly { topic: string; partition: number }[]): void | Promise<void>;
  /**
   * These were taken away while this member was not heard of (groupProtocol "consumer"): others may have them, and a `commit` leaves
   * them out. `onRevoked` is called where this is left out.
   */
  onLost?(partitions: readonly { topic: string; partition: number }[]): void | Promise<void>;
}

export interface Consumer {
  /**
   * As a group member: the group spreads the partitions. With groupProtocol "consumer" also all topics whose whole name matches a regular
   * expression (RE2), those to come too.
   */
  subscribe(topics: readonly string[] | { pattern: string }): Promise<void>;
  /** Without group management: these partitions from these offsets (a number, "earliest", "latest", "committed"). */
  assign(
    partitions: readonly { topic: string; partition: number; offset: number | "earliest" | "latest" | "committed" }[],
  ): Promise<void>;
  /** Records as they come, at most `maxRecords`; empty after `timeoutMs` without one. */
  poll(timeoutMs: number, maxRecords?: number): Promise<IncomingRecord[]>;
  /** Commits what `poll` has handed out so far. */
  commit(): Promise<void>;
  /** `committed`: what this consumer has committed last or began from; -1 where that is not known. */
  assignment(): { topic: string; partition: number; position: number; highWatermark: number; committed: number }[];
  /** For `sendOffsetsToTransaction`: who this member is in its group now (KIP-447). Throws without a group. */
  groupMetadata(): ConsumerGroupMetadata;
  /** Reads again from what is committed: after a transaction was aborted that would have committed more. */
  seekToCommitted(): void;
  /** Totals since it began, and what is now. */
  metrics(): ClientMetric[];
  /** Leaves the group; commits first only where asked. */
  close(options?: { commit?: boolean }): Promise<void>;
}

export interface CreateAdmin {
  (options: ClientOptions): Admin;
}
export interface CreateProducer {
  (options: ProducerOptions): Producer;
}
export interface CreateTransactionalProducer {
  (options: TransactionalProducerOptions): TransactionalProducer;
}
export interface CreateConsumer {
  (options: ConsumerOptions): Consumer;
}
