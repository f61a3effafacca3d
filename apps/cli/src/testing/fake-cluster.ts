// A cluster in memory behind the client's interface: enough behaviour for the commands' specs, no network, no time.
import { KafkaError, kafkaErrorName, type KafkaErrorCode } from "@moldau/base";
import type {
  ActiveProducer,
  Admin,
  CommittedOffset,
  ConfigResourceName,
  Consumer,
  ConsumerOptions,
  GroupDescription,
  IncomingRecord,
  OutgoingRecord,
  ProducerOptions,
  QuotaEntity,
  QuorumReplica,
  TopicDescription,
  TransactionDescription,
} from "@moldau/client";
import type { Client } from "../terminal";

export class FakeClientError extends Error {
  override readonly name = "KafkaClientError";
  readonly retriable = false;
  readonly detail: string | null;
  constructor(
    readonly code: KafkaErrorCode,
    message?: string,
  ) {
    super(message ?? kafkaErrorName(code));
    this.detail = message ?? null;
  }
}

interface FakeTopic {
  configs: Map<string, string>;
  partitions: IncomingRecord[][];
  replicas: number[];
  isr: number[];
  leader: number;
}

const toBytes = (value: Uint8Array | string | null | undefined): Uint8Array | null =>
  typeof value === "string" ? Buffer.from(value) : (value ?? null);

const BYTES_OF_A_RECORD = 1_000;

export class FakeCluster {
  readonly topics = new Map<string, FakeTopic>();
  readonly groups = new Map<string, GroupDescription>();
  readonly committed = new Map<string, Map<string, CommittedOffset>>();
  readonly transactions = new Map<string, TransactionDescription>();
  activeProducers: ActiveProducer[] = [];
  readonly produced: OutgoingRecord[] = [];
  readonly producers: (ProducerOptions & { transactionalId?: string })[] = [];
  /** Transactions, as they ended. */
  readonly ended: { committed: boolean; records: number }[] = [];
  nodes = [1, 2, 3];
  controllerId = 1;
  /** Replicas that are being moved to, by partition; done after as many looks at them. */
  readonly moving = new Map<string, { topic: string; partition: number; replicas: readonly number[]; looks: number }>();
  /** How many looks a reassignment takes; 0: it is done at once. */
  looksToMove = 1;
  /** Called for each record that is sent; a rejection fails the record. */
  onSend: (record: OutgoingRecord) => Promise<void> = () => Promise.resolve();
  /** Called for each commit of a transaction; a rejection fails it. */
  onCommit: () => Promise<void> = () => Promise.resolve();
  closed = 0;
  /** Of each broker's disk of a million bytes. */
  usableBytes = 500_000;
  private readonly quotas = new Map<string, { entity: QuotaEntity; quotas: Record<string, number> }>();
  private readonly otherConfigs = new Map<string, Map<string, string>>();
  private nowMs = 1_700_000_000_000;

  addTopic(name: string, partitions: number, replicas: number[] = [1]): FakeTopic {
    const topic: FakeTopic = {
      configs: new Map(),
      partitions: Array.from({ length: partitions }, () => []),
      replicas,
      isr: replicas,
      leader: replicas[0] ?? -1,
    };
    this.topics.set(name, topic);
    return topic;
  }

  append(record: OutgoingRecord): { partition: number; offset: number } {
    const topic = this.topic(record.topic);
    const partition = record.partition ?? 0;
    const log = topic.partitions[partition]!;
    log.push({
      topic: record.topic,
      partition,
      offset: log.length,
      timestampMs: record.timestampMs ?? this.nowMs++,
      key: toBytes(record.key),
      value: toBytes(record.value),
      headers: [...(record.headers ?? [])],
    });
    return { partition, offset: log.length - 1 };
  }

  client(): Client {
    return {
      createAdmin: () => this.admin(),
      createProducer: (options) => {
        this.producers.push(options);
        return {
          send: async (record) => {
            this.produced.push(record);
            await this.onSend(record);
            return this.append(record);
          },
          flush: () => Promise.resolve(),
          metrics: () => [],
          close: () => this.close(),
        };
      },
      createTransactionalProducer: (options) => {
        this.producers.push(options);
        const open: OutgoingRecord[] = [];
        const end = (committed: boolean, records: OutgoingRecord[]): Promise<void> => {
          this.ended.push({ committed, records: records.length });
          if (committed) for (const record of records) this.append(record);
          return Promise.resolve();
        };
        return {
          initTransactions: () => Promise.resolve(),
          beginTransaction: () => Promise.resolve(),
          send: async (record) => {
            this.produced.push(record);
            await this.onSend(record);
            open.push(record);
            return { partition: record.partition ?? 0, offset: -1 };
          },
          sendOffsetsToTransaction: () => Promise.resolve(),
          commitTransaction: () => this.onCommit().then(() => end(true, open.splice(0))),
          abortTransaction: () => end(false, open.splice(0)),
          flush: () => Promise.resolve(),
          metrics: () => [],
          close: () => this.close(),
        };
      },
      createConsumer: (options) => new FakeConsumer(this, options.groupId, options.offsetReset, options.onAssigned),
    };
  }

  topic(name: string): FakeTopic {
    const topic = this.topics.get(name);
    if (!topic) throw new FakeClientError(KafkaError.UNKNOWN_TOPIC_OR_PARTITION);
    return topic;
  }

  close(): Promise<void> {
    this.closed++;
    return Promise.resolve();
  }

  private describe(name: string): TopicDescription {
    const { partitions, replicas, isr, leader } = this.topic(name);
    return {
      name,
      topicId: "tm2EU4XzTWeZyY0vVsEMpA",
      internal: name.startsWith("__"),
      partitions: partitions.map((_, partition) => ({ partition, leader, leaderEpoch: 0, replicas, isr, offline: [] })),
    };
  }

  private admin(): Admin {
    const names = (): string[] => [...this.topics.keys()];
    // What no command's spec asks for is not here.
    const served: Partial<Admin> = {
      describeCluster: async () => ({
        clusterId: "5L6g3nShT-eMCtK--X86sw",
        controllerId: this.controllerId,
        nodes: this.nodes.map((nodeId) => ({ nodeId, host: "127.0.0.1", port: 9092 + nodeId, rack: null })),
      }),
      listTopics: async () =>
        names().map((name) => ({
          name,
          internal: name.startsWith("__"),
          partitions: this.topic(name).partitions.length,
        })),
      describeTopics: async (wanted = names()) => wanted.map((name) => this.describe(name)),
      createTopic: async ({ name, partitions = 1, configs = {}, validateOnly }) => {
        if (this.topics.has(name)) {
          throw new FakeClientError(KafkaError.TOPIC_ALREADY_EXISTS, `Topic '${name}' already exists.`);
        }
        this.checkKeys(Object.keys(configs));
        if (!validateOnly) {
          const topic = this.addTopic(name, partitions);
          for (const [key, value] of Object.entries(configs)) topic.configs.set(key, value);
        }
      },
      deleteTopic: async (name) => {
        this.topic(name);
        this.topics.delete(name);
      },
      createPartitions: async (name, count) => {
        const { partitions } = this.topic(name);
        while (partitions.length < count) partitions.push([]);
      },
      reassignPartitions: async (changes) =>
        changes.map(({ topic, partition, replicas }) => {
          const name = `${topic}-${partition}`;
          const refuse = (code: KafkaErrorCode, message: string) => ({
            topic,
            partition,
            error: new FakeClientError(code, message),
          });
          if (replicas === null) {
            if (!this.moving.delete(name)) {
              return refuse(
                KafkaError.NO_REASSIGNMENT_IN_PROGRESS,
                `cancel the reassignment of ${name}: there is none`,
              );
            }
          } else if (replicas.some((id) => !this.nodes.includes(id))) {
            return refuse(KafkaError.INVALID_REPLICA_ASSIGNMENT, `reassign ${name}: no such broker`);
          } else this.moving.set(name, { topic, partition, replicas, looks: this.looksToMove });
          return { topic, partition, error: null };
        }),
      listReassignments: async () =>
        [...this.moving].flatMap(([name, move]) => {
          const { topic, partition, replicas } = move;
          const now = this.topic(topic).replicas;
          if (move.looks-- <= 0) {
            this.moving.delete(name);
            return [];
          }
          return [
            {
              topic,
              partition,
              replicas: [...new Set([...replicas, ...now])],
              adding: replicas.filter((id) => !now.includes(id)),
              removing: now.filter((id) => !replicas.includes(id)),
            },
          ];
        }),
      describeConfigs: async (resource) => [
        entry("min.insync.replicas", "2", 5),
        ...[...this.configsOf(resource)].map(([key, value]) => entry(key, value, resource.type === "topic" ? 1 : 2)),
      ],
      alterConfigs: async (resource, changes, { validateOnly = false } = {}) => {
        if (resource.type === "topic") this.checkKeys(Object.keys(changes));
        const configs = this.configsOf(resource);
        if (validateOnly) return;
        for (const [key, value] of Object.entries(changes)) {
          if (value === null) configs.delete(key);
          else configs.set(key, value);
        }
      },
      listConfigResources: async () => [
        ...this.nodes.map((id) => ({ type: "broker" as const, name: String(id) })),
        ...[...this.topics.keys()].map((name) => ({ type: "topic" as const, name })),
      ],
      describeLogDirs: async () =>
        this.nodes.map((brokerId) => ({
          brokerId,
          dirs: [
            {
              path: `/data/${brokerId}`,
              error: null,
              totalBytes: 1_000_000,
              usableBytes: this.usableBytes,
              replicas: [...this.topics]
                .filter(([, { replicas }]) => replicas.includes(brokerId))
                .flatMap(([topic, { partitions }]) =>
                  partitions.map((log, partition) => ({
                    topic,
                    partition,
                    bytes: log.length * BYTES_OF_A_RECORD,
                    offsetLag: 0,
                    isFuture: false,
                  })),
                ),
            },
          ],
        })),
      electLeaders: async () => [],
      describeClientQuotas: async () => [...this.quotas.values()],
      alterClientQuotas: async (entity, changes, { validateOnly = false } = {}) => {
        if (validateOnly) return;
        const key = JSON.stringify(entity);
        const quotas = { ...this.quotas.get(key)?.quotas };
        for (const [name, value] of Object.entries(changes)) {
          if (value === null) delete quotas[name];
          else quotas[name] = value;
        }
        this.quotas.set(key, { entity, quotas });
      },
      listOffsets: async (partitions, timestamp) =>
        new Map(
          partitions.map(({ topic, partition }) => {
            const log = this.topic(topic).partitions[partition]!;
            const offset =
              timestamp === "earliest"
                ? 0
                : timestamp === "latest"
                  ? log.length
                  : log.findIndex((record) => record.timestampMs >= timestamp);
            return [`${topic}-${partition}`, offset];
          }),
        ),
      listGroups: async ({ states = [], types = [] } = {}) =>
        [...this.groups.values()]
          .map(({ groupId, protocolType, state, type, coordinator }) => ({
            groupId,
            protocolType,
            state,
            type,
            coordinator,
          }))
          .filter(({ state, type }) => passes(states, state) && passes(types, type)),
      describeGroups: async (ids) =>
        ids.map(
          (groupId): GroupDescription =>
            this.groups.get(groupId) ?? {
              groupId,
              type: "classic",
              state: "Dead",
              protocolType: "",
              protocol: "",
              coordinator: 1,
              members: [],
              rebalances: [],
            },
        ),
      deleteGroup: async (id) => {
        const group = this.groups.get(id);
        if (!group) throw new FakeClientError(KafkaError.GROUP_ID_NOT_FOUND);
        if (group.members.length > 0) {
          throw new FakeClientError(KafkaError.NON_EMPTY_GROUP, `group ${id} has members`);
        }
        this.groups.delete(id);
      },
      committedOffsets: async (id) => [...(this.committed.get(id)?.values() ?? [])],
      commitOffsets: async (groupId, offsets) => {
        const group = this.committed.get(groupId) ?? new Map<string, CommittedOffset>();
        this.committed.set(groupId, group);
        for (const at of offsets) group.set(`${at.topic}-${at.partition}`, { ...at, leaderEpoch: -1, metadata: "" });
      },
      recordTimestamps: async (positions) =>
        new Map(
          positions.flatMap(({ topic, partition, offset }) => {
            const record = this.topic(topic).partitions[partition]?.[offset];
            return record === undefined ? [] : [[`${topic}-${partition}`, record.timestampMs]];
          }),
        ),
      listTransactions: async ({ states = [], producerIds = [] } = {}) =>
        [...this.transactions.values()]
          .filter(({ state, producerId }) => passes(states, state) && passes(producerIds.map(String), `${producerId}`))
          .map(({ transactionalId, producerId, state, coordinator }) => ({
            transactionalId,
            producerId,
            state,
            coordinator,
          })),
      describeTransactions: async (ids) =>
        ids.map((id) => {
          const found = this.transactions.get(id);
          if (found === undefined) throw new FakeClientError(KafkaError.TRANSACTIONAL_ID_NOT_FOUND);
          return found;
        }),
      describeProducers: async (partitions) =>
        this.activeProducers.filter((producer) =>
          partitions.some(({ topic, partition }) => topic === producer.topic && partition === producer.partition),
        ),
      fenceProducer: async (transactionalId) => {
        const found = this.transactions.get(transactionalId)!;
        const fenced = { ...found, producerEpoch: found.producerEpoch + 1, state: "CompleteAbort", partitions: [] };
        this.transactions.set(transactionalId, fenced);
        return { producerId: fenced.producerId, producerEpoch: fenced.producerEpoch };
      },
      abortTransaction: async ({ topic, partition, producerId }) => {
        this.activeProducers = this.activeProducers.filter(
          (each) => each.topic !== topic || each.partition !== partition || each.producerId !== producerId,
        );
      },
      features: async () => [{ name: "metadata.version", level: 25 }],
      describeQuorum: async () => ({
        leaderId: 201,
        leaderEpoch: 4,
        highWatermark: 120,
        voters: this.quorum.filter(({ role }) => role === "voter").map(replicaOf),
        observers: this.quorum.filter(({ role }) => role === "observer").map(replicaOf),
      }),
      addRaftVoter: async ({ id }) => this.changeRole(id, "voter"),
      removeRaftVoter: async ({ id }) => this.changeRole(id, "observer"),
      close: () => this.close(),
    };
    return served as Admin;
  }

  private readonly quorum = [
    { id: 201, logEndOffset: 120, role: "voter", lastFetchTimestamp: 1_700_000_100_000 },
    { id: 202, logEndOffset: 117, role: "voter", lastFetchTimestamp: 1_700_000_099_880 },
    { id: 203, logEndOffset: 120, role: "observer", lastFetchTimestamp: 1_700_000_099_900 },
  ];

  private changeRole(id: number, role: string): void {
    const replica = this.quorum.find((each) => each.id === id);
    if (replica === undefined || replica.role === role) throw new FakeClientError(KafkaError.VOTER_NOT_FOUND);
    replica.role = role;
  }

  private configsOf({ type, name }: ConfigResourceName): Map<string, string> {
    if (type === "topic") return this.topic(name).configs;
    const key = `${type} ${name}`;
    const configs = this.otherConfigs.get(key) ?? new Map<string, string>();
    this.otherConfigs.set(key, configs);
    return configs;
  }

  private checkKeys(keys: readonly string[]): void {
    const known = ["cleanup.policy", "retention.ms"];
    const bad = keys.find((key) => !known.includes(key) && !key.endsWith(".replication.throttled.replicas"));
    if (bad) throw new FakeClientError(KafkaError.INVALID_CONFIG, `Unknown topic config name: ${bad}`);
  }
}

function entry(name: string, value: string, source: number) {
  const flags = { readOnly: false, sensitive: false, isDefault: source === 5 };
  return { name, value, source, ...flags, documentation: null, type: 0, synonyms: [] };
}

class FakeConsumer implements Consumer {
  private positions: { topic: string; partition: number; position: number }[] = [];

  constructor(
    private readonly cluster: FakeCluster,
    private readonly groupId: string | undefined,
    private readonly reset: "earliest" | "latest" | "none" | undefined,
    private readonly onAssigned: ConsumerOptions["onAssigned"],
  ) {}

  subscribe(topics: readonly string[]): Promise<void> {
    this.positions = topics.flatMap((topic) =>
      this.cluster.topic(topic).partitions.map((log, partition) => {
        const committed = this.cluster.committed.get(this.groupId ?? "")?.get(`${topic}-${partition}`)?.offset;
        return { topic, partition, position: committed ?? (this.reset === "latest" ? log.length : 0) };
      }),
    );
    this.onAssigned?.(this.positions, 1);
    return Promise.resolve();
  }

  assign(
    partitions: readonly { topic: string; partition: number; offset: number | "earliest" | "latest" | "committed" }[],
  ): Promise<void> {
    this.positions = partitions.map(({ topic, partition, offset }) => ({ topic, partition, position: Number(offset) }));
    return Promise.resolve();
  }

  async poll(_timeoutMs: number, maxRecords = 2): Promise<IncomingRecord[]> {
    // A turn of the event loop, as a network would take.
    await new Promise((resolve) => setImmediate(resolve));
    const records: IncomingRecord[] = [];
    for (const at of this.positions) {
      const log = this.cluster.topic(at.topic).partitions[at.partition]!;
      while (at.position < log.length && records.length < maxRecords) records.push(log[at.position++]!);
    }
    return records;
  }

  commit(): Promise<void> {
    const group = this.cluster.committed.get(this.groupId ?? "") ?? new Map<string, CommittedOffset>();
    this.cluster.committed.set(this.groupId ?? "", group);
    for (const { topic, partition, position } of this.positions) {
      group.set(`${topic}-${partition}`, { topic, partition, offset: position, leaderEpoch: 0, metadata: "" });
    }
    return Promise.resolve();
  }

  assignment() {
    return this.positions.map((at) => ({
      ...at,
      highWatermark: this.cluster.topic(at.topic).partitions[at.partition]!.length,
      committed: -1,
    }));
  }

  groupMetadata() {
    return { groupId: this.groupId ?? "" };
  }

  metrics() {
    return [];
  }

  seekToCommitted(): void {
    for (const at of this.positions) {
      const committed = this.cluster.committed.get(this.groupId ?? "")?.get(`${at.topic}-${at.partition}`);
      at.position = committed?.offset ?? 0;
    }
  }

  async close(options: { commit?: boolean } = {}): Promise<void> {
    if (options.commit) await this.commit();
    await this.cluster.close();
  }
}

function passes(wanted: readonly string[], value: string): boolean {
  return wanted.length === 0 || wanted.some((word) => word.toLowerCase() === value.toLowerCase());
}

function replicaOf({ id, logEndOffset, lastFetchTimestamp, role }: FakeReplica): QuorumReplica {
  return {
    id,
    directoryId: `directory-${id}`.padEnd(22, "_"),
    logEndOffset,
    lastFetchTimestamp,
    lastCaughtUpTimestamp: lastFetchTimestamp,
    endpoints: role === "voter" ? [{ name: "RPC", host: "127.0.0.1", port: 19_000 + id }] : [],
  };
}

interface FakeReplica {
  id: number;
  logEndOffset: number;
  role: string;
  lastFetchTimestamp: number;
}
