import { kafkaErrorName, type NodeId, randomUuid, shardOf, type Uuid } from "@moldau/base";
import { loadConfig } from "@moldau/config";
import type {
  BrokerDefinition,
  CoordinatorDefinition,
  KafkaCall,
  OffsetsRequest,
  VerifyTransactionRequest,
  WriteMarkersReply,
  WriteMarkersRequest,
} from "@moldau/contracts";
import { followDynamicConfig, type RoleContext, type RunningRole, systemEnvironment } from "@moldau/host";
import {
  applyRecords,
  emptyImage,
  type MetadataDelta,
  diffImages,
  type MetadataImage,
  type MetadataRecord,
  record,
} from "@moldau/metadata";
import type { MetadataListener } from "@moldau/metadata-observer";
import { type Draft, Reader, Writer } from "@moldau/protocol";
import { type Peers, PeerUnavailable, type Service, throughTheWire } from "@moldau/rpc";
import { createTestTelemetry, type Telemetry } from "@moldau/telemetry";
import { coordinatorRole } from "../coordinator-role";
import { fakeBroker, FakePartition } from "./fake-partition";

export const OFFSETS_ID: Uuid = "b2Zmc2V0c0FBQUFBQUFBQQ";
export const ORDERS_ID: Uuid = "b3JkZXJzQUFBQUFBQUFBQQ";
export const TRANSACTIONS_ID: Uuid = "dHJhbnNhY3Rpb25zQUFBQQ";
const BROKER = 1;
export const TRANSACTION_COORDINATOR = 77;

type CoordinatorService = Service<typeof CoordinatorDefinition>;
type BrokerService = Service<typeof BrokerDefinition>;

/** One broker with the partitions of `__consumer_offsets`, metadata that a test writes, and coordinators to start. */
export class FakeCluster {
  readonly partitions: FakePartition[];
  readonly telemetry: Telemetry = createTestTelemetry();
  /** Where partitions end, by `topicId:partition`, and what coordinators asked about it. */
  readonly ends = new Map<string, number>();
  readonly offsetsAsked: OffsetsRequest[] = [];
  /** What the coordinator of all transactions says of them. */
  verify: (request: VerifyTransactionRequest) => number | Promise<number> = () => 0;
  private image: MetadataImage = emptyImage();
  private readonly listeners = new Set<MetadataListener>();
  private readonly coordinators: { service: CoordinatorService; role: RunningRole }[] = [];
  private offset = 0;

  constructor(shards: number) {
    this.partitions = Array.from({ length: shards }, () => new FakePartition());
    this.write([
      record("TopicRecord", { name: "__consumer_offsets", topicId: OFFSETS_ID }),
      ...this.partitions.map((_, partitionId) => partitionRecord(OFFSETS_ID, partitionId)),
      record("TopicRecord", { name: "orders", topicId: ORDERS_ID }),
      partitionRecord(ORDERS_ID, 0),
      partitionRecord(ORDERS_ID, 1),
    ]);
  }

  write(records: readonly MetadataRecord[]): void {
    this.offset += records.length;
    const { image, delta } = applyRecords(this.image, records, { offset: this.offset, epoch: 1 });
    this.image = image;
    for (const listener of this.listeners) listener(delta, image);
  }

  /** `__transaction_state`, of one shard that a coordinator elsewhere owns. */
  addTransactions(): void {
    this.write([
      record("TopicRecord", { name: "__transaction_state", topicId: TRANSACTIONS_ID }),
      partitionRecord(TRANSACTIONS_ID, 0),
      record("ShardOwnerRecord", {
        topicId: TRANSACTIONS_ID,
        partition: 0,
        ownerId: TRANSACTION_COORDINATOR,
        ownerEpoch: 1,
      }),
    ]);
  }

  assign(partition: number, ownerId: NodeId, ownerEpoch: number): void {
    this.write([record("ShardOwnerRecord", { topicId: OFFSETS_ID, partition, ownerId, ownerEpoch })]);
  }

  assignAll(ownerId: NodeId, ownerEpoch: number): void {
    this.partitions.forEach((_, partition) => this.assign(partition, ownerId, ownerEpoch));
  }

  shardOf(groupId: string): FakePartition {
    return this.partitions[shardOf(groupId, this.partitions.length)]!;
  }

  /**
   * A coordinator on its node. `deaf`: it never hears of what the metadata says from now on, as one does that was stopped
   * and goes on.
   */
  async startCoordinator(
    nodeId: NodeId,
    options: Record<string, string> = {},
    { caughtUp } = { caughtUp: true },
  ): Promise<FakeCoordinator> {
    let service: CoordinatorService | undefined;
    const peers: Peers = throughTheWire({
      broker: (asked) => {
        if (asked !== BROKER) throw new PeerUnavailable(`no node ${asked}`, false);
        const listOffsets: BrokerService["listOffsets"] = (request) => {
          this.offsetsAsked.push(request);
          return Promise.resolve({
            partitions: request.partitions.map(({ topicId, partition }) => ({
              topicId,
              partition,
              errorCode: 0,
              timestamp: -1,
              offset: this.ends.get(`${topicId}:${partition}`) ?? -1,
              leaderEpoch: 0,
            })),
          });
        };
        return { ...fakeBroker(OFFSETS_ID, this.partitions), listOffsets };
      },
      coordinator: (asked) => {
        const unused = (): Promise<never> => Promise.reject(new Error("not part of this test"));
        const verifyTransaction: CoordinatorService["verifyTransaction"] = async (request) => {
          if (asked !== TRANSACTION_COORDINATOR) throw new PeerUnavailable(`no node ${asked}`, false);
          const errorCode = await this.verify(request);
          return { partitions: request.partitions.map((partition) => ({ ...partition, errorCode })) };
        };
        return { handle: unused, writeMarkers: unused, verifyTransaction };
      },
      controller: () => {
        throw new Error("not part of this test");
      },
      quorum: () => {
        throw new Error("not part of this test");
      },
      node: () => {
        throw new Error("not part of this test");
      },
      probe: () => Promise.resolve("alive"),
      onPeer: () => () => undefined,
    });
    const settings = {
      "process.roles": "broker,coordinator",
      "node.id": String(nodeId),
      "controller.quorum.voters": "201@127.0.0.1:1",
      "group.initial.rebalance.delay.ms": "0",
      "offsets.commit.timeout.ms": "300",
      ...options,
    };
    const incarnationId = randomUuid(systemEnvironment.random);
    this.write([
      record("RegisterBrokerRecord", {
        brokerId: nodeId,
        incarnationId,
        brokerEpoch: -1,
        endPoints: [],
        rack: null,
        fenced: false,
        inControlledShutdown: false,
        logDirs: [],
      }),
      record("NodeRolesRecord", { nodeId, roles: ["broker", "coordinator"] }),
    ]);
    const listeners = new Set<MetadataListener>();
    let frozen: MetadataImage | undefined;
    const imageNow = (): MetadataImage => frozen ?? this.image;
    const forward: MetadataListener = (delta: MetadataDelta, image) => {
      if (frozen === undefined) for (const listener of listeners) listener(delta, image);
    };
    this.listeners.add(forward);
    const observer: RoleContext["observer"] = {
      get image() {
        return imageNow();
      },
      leaderId: 201,
      caughtUp,
      subscribe(listener) {
        listeners.add(listener);
        listener(diffImages(emptyImage(), imageNow()), imageNow());
        return () => listeners.delete(listener);
      },
      waitFor: () => Promise.resolve(),
    };
    const context: RoleContext = {
      nodeId,
      incarnationId,
      config: followDynamicConfig(loadConfig({ overrides: new Map(Object.entries(settings)) }), nodeId, observer),
      ...systemEnvironment,
      telemetry: this.telemetry,
      peers,
      services: {
        offer: (_definition, implementation) => {
          service = implementation as unknown as CoordinatorService;
        },
        onCaller: () => () => undefined,
      },
      observer,
      fatal: (error) => {
        throw error;
      },
    };
    const role = await coordinatorRole.start(context);
    this.coordinators.push({ service: service!, role });
    return new FakeCoordinator(service!, role, () => (frozen = this.image));
  }

  async stop(): Promise<void> {
    for (const { role } of this.coordinators) await role.stop();
  }
}

export class FakeCoordinator {
  constructor(
    private readonly service: CoordinatorService,
    readonly role: RunningRole,
    /** From now on it hears nothing of the metadata. */
    readonly goDeaf: () => void,
  ) {}

  /** Sends a client's request and decodes the answer. */
  async call<Q, R>(
    api: {
      key: number;
      version: number;
      write: (writer: Writer, message: Q, version: number) => void;
      read: (reader: Reader, version: number) => R;
    },
    request: NoInfer<Q>,
    signal?: AbortSignal,
  ): Promise<R> {
    const writer = new Writer();
    api.write(writer, request, api.version);
    const call: KafkaCall = {
      apiKey: api.key,
      apiVersion: api.version,
      clientId: "client",
      principal: "User:ANONYMOUS",
      clientHost: "10.0.0.1",
      listener: "PLAINTEXT",
      body: writer.toBytes(),
      targetNodeId: -1,
    };
    const answer = await this.service.handle(call, { traceparent: "", deadlineMs: 0, callerNodeId: 301, signal });
    if (answer.errorCode) throw new Error(kafkaErrorName(answer.errorCode));
    const reader = new Reader(answer.body);
    const reply = api.read(reader, api.version);
    expect(reader.remaining).toBe(0);
    return reply;
  }

  /** Ends transactions in its shards, as the coordinator of transactions asks for it. */
  writeMarkers(request: WriteMarkersRequest): Promise<WriteMarkersReply> {
    return this.service.writeMarkers(request, {
      traceparent: "",
      deadlineMs: 0,
      callerNodeId: TRANSACTION_COORDINATOR,
    });
  }

  /** Waits until all of its shards serve. */
  async ready(): Promise<void> {
    await until(() => this.role.notReady().length === 0);
  }
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("it did not happen within 5 s");
}

export type { Draft };

function partitionRecord(topicId: Uuid, partitionId: number): MetadataRecord {
  return record("PartitionRecord", {
    partitionId,
    topicId,
    replicas: [BROKER],
    isr: [BROKER],
    removingReplicas: [],
    addingReplicas: [],
    leader: BROKER,
    leaderRecoveryState: 0,
    leaderEpoch: 0,
    partitionEpoch: 0,
    directories: ["AAAAAAAAAAAAAAAAAAAAAA"],
  });
}
