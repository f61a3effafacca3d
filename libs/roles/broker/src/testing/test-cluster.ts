import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { KafkaError, type NodeId, randomUuid, type Uuid, ZERO_UUID } from "@moldau/base";
import { loadConfig } from "@moldau/config";
import {
  type AppendPartition,
  type AppendRequest,
  type BrokerDefinition,
  ControllerDefinition,
  type CoordinatorDefinition,
  type ReadPartition,
  type ReadRequest,
} from "@moldau/contracts";
import type { Disk } from "@moldau/disk";
import { followDynamicConfig, type RoleContext, type RunningRole, systemEnvironment } from "@moldau/host";
import { applyRecords, emptyImage, type MetadataImage, type MetadataRecord, record } from "@moldau/metadata";
import type { MetadataListener, MetadataObserver } from "@moldau/metadata-observer";
import { noContext, PeerUnavailable, type Peers, type Service, throughTheWire } from "@moldau/rpc";
import { createTestTelemetry, type Telemetry } from "@moldau/telemetry";
import { brokerRole } from "../broker-role";

export const CLUSTER_ID = "moldauTestClusterAAAAA";

type Broker = Service<typeof BrokerDefinition>;

interface Node {
  role: RunningRole;
  service: Broker;
  telemetry: Telemetry;
  directories: string[];
  reachable: boolean;
}

/** A broker's view of the metadata; may be held back. */
class TestObserver implements MetadataObserver {
  image: MetadataImage = emptyImage();
  leaderId = 100;
  caughtUp = true;
  readonly #listeners = new Set<MetadataListener>();

  update(image: MetadataImage, delta: Parameters<MetadataListener>[0]): void {
    this.image = image;
    for (const listener of this.#listeners) listener(delta, image);
  }
  subscribe(listener: MetadataListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  waitFor(): Promise<void> {
    return Promise.resolve();
  }
}

/**
 * Brokers with real logs in temporary directories, and a controller that is just good enough: it registers, unfences,
 * accepts every ISR change that fits the epochs, and moves leaders when a test says so. Messages go through their codecs.
 */
export class TestCluster {
  image: MetadataImage = emptyImage();
  readonly nodes = new Map<NodeId, Node>();
  readonly #observers = new Map<NodeId, TestObserver>();
  /** ISR changes are answered only while this is true. */
  acceptsIsrChanges = true;
  /** Coordinators that a test plays, by node. */
  readonly coordinators = new Map<NodeId, Pick<Service<typeof CoordinatorDefinition>, "verifyTransaction">>();
  /** A failure that ends a broker is kept in `fatal`; else it fails the test. */
  expectsFatal = false;
  fatal: Error | undefined;
  /** Asked before every operation that names a path: an errno makes it fail. */
  failing: (operation: keyof Disk, path: string) => string | undefined = () => undefined;
  /** Registrations wait for it. */
  registrationsHeld: Promise<void> = Promise.resolve();
  /** What heartbeats said of failed directories, by node. */
  readonly offlineLogDirs = new Map<NodeId, string[]>();
  readonly #config: Record<string, string>;
  readonly #configOf: (nodeId: NodeId) => Record<string, string>;
  readonly #root = mkdtempSync(join(tmpdir(), "moldau-broker-"));
  #copies = 0;
  #offset = 0;

  constructor(config: Record<string, string> = {}, configOf: (nodeId: NodeId) => Record<string, string> = () => ({})) {
    this.#config = config;
    this.#configOf = configOf;
    this.apply([record("ClusterIdRecord", { clusterId: CLUSTER_ID })]);
  }

  apply(records: readonly MetadataRecord[]): void {
    const { image, delta } = applyRecords(this.image, records, { offset: ++this.#offset, epoch: 1 });
    this.image = image;
    for (const observer of this.#observers.values()) observer.update(image, delta);
  }

  async startBroker(nodeId: NodeId, directories = [join(this.#root, String(nodeId))]): Promise<Broker> {
    const observer = new TestObserver();
    observer.image = this.image;
    // As the real observer does for a late subscriber: everything so far, at once.
    Object.assign(observer, {
      subscribe: (listener: MetadataListener) => {
        listener(applyRecordsOf(this.image), this.image);
        return TestObserver.prototype.subscribe.call(observer, listener);
      },
    });
    const telemetry = createTestTelemetry();
    const offered: { service?: Broker } = {};
    const given = {
      "node.id": String(nodeId),
      "process.roles": "broker",
      "log.dirs": directories.join(","),
      listeners: `PLAINTEXT://127.0.0.1:${9000 + nodeId},RPC://127.0.0.1:${9100 + nodeId}`,
      "replica.fetch.wait.max.ms": "200",
      ...this.#config,
      ...this.#configOf(nodeId),
    };
    const context: RoleContext = {
      nodeId,
      incarnationId: randomUuid(systemEnvironment.random),
      config: followDynamicConfig(loadConfig({ overrides: new Map(Object.entries(given)) }), nodeId, observer),
      ...systemEnvironment,
      disk: this.#disk,
      telemetry,
      peers: throughTheWire(this.#peers),
      services: {
        offer: (_definition, implementation) => {
          offered.service = implementation as unknown as Broker;
        },
        onCaller: () => () => undefined,
      },
      observer,
      fatal: (error) => {
        if (!this.expectsFatal) throw error;
        this.fatal = error;
      },
    };
    this.#observers.set(nodeId, observer);
    const role = await brokerRole.start(context);
    const service = offered.service!;
    this.nodes.set(nodeId, { role, service, telemetry, directories, reachable: true });
    await eventually(() => {
      if (role.notReady().length > 0) throw new Error(role.notReady().join("; "));
    });
    return service;
  }

  /** A directory for logs, by a name of the test's choice. */
  directory(name: string): string {
    return join(this.#root, name);
  }

  /** Clean stop. */
  async stopBroker(nodeId: NodeId): Promise<void> {
    const node = this.nodes.get(nodeId)!;
    this.nodes.delete(nodeId);
    this.#observers.delete(nodeId);
    await node.role.drain();
    await node.role.stop();
  }

  /** What is on the disk of a broker that was killed now: directories to start another one on. */
  crashImage(nodeId: NodeId): string[] {
    const copy = ++this.#copies;
    return this.nodes.get(nodeId)!.directories.map((directory, i) => {
      const to = join(this.#root, `copy-${copy}-${i}`);
      cpSync(directory, to, { recursive: true });
      rmSync(join(to, ".lock"), { force: true });
      return to;
    });
  }

  broker(nodeId: NodeId): Broker {
    return throughTheWire(this.#peers).broker(nodeId);
  }

  createTopic(
    name: string,
    partitions: number,
    replicas: readonly NodeId[],
    configs: Record<string, string> = {},
  ): Uuid {
    const topicId = Buffer.from(`${name}-${this.#offset}`.padEnd(16, "_").slice(0, 16)).toString("base64url");
    this.apply([
      record("TopicRecord", { name, topicId }),
      ...Object.entries(configs).map(([key, value]) =>
        record("ConfigRecord", { resourceType: 2, resourceName: name, name: key, value }),
      ),
      ...Array.from({ length: partitions }, (_, partitionId) =>
        record("PartitionRecord", {
          partitionId,
          topicId,
          replicas,
          isr: replicas,
          removingReplicas: [],
          addingReplicas: [],
          leader: replicas[partitionId % replicas.length]!,
          leaderRecoveryState: 0,
          leaderEpoch: 0,
          partitionEpoch: 0,
          directories: [],
        }),
      ),
    ]);
    return topicId;
  }

  /** Sets one key of a topic's configuration. */
  configure(topic: string, name: string, value: string): void {
    this.apply([record("ConfigRecord", { resourceType: 2, resourceName: topic, name, value })]);
  }

  /** A new leader, in the same ISR or another. */
  elect(topicId: Uuid, partitionId: number, leader: NodeId, isr?: readonly NodeId[]): void {
    this.apply([record("PartitionChangeRecord", { topicId, partitionId, leader, isr })]);
  }

  async stop(): Promise<void> {
    for (const nodeId of [...this.nodes.keys()]) await this.stopBroker(nodeId);
    rmSync(this.#root, { recursive: true, force: true });
  }

  /** The real one, but for what `failing` says. */
  readonly #disk: Disk = new Proxy(systemEnvironment.disk, {
    get: (disk, operation: keyof Disk) => {
      const work = disk[operation] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        const path = args[0];
        const code = typeof path === "string" ? this.failing(operation, path) : undefined;
        if (code !== undefined) return Promise.reject(Object.assign(new Error(`${code}: ${operation}`), { code }));
        return work.apply(disk, args);
      };
    },
  });

  readonly #controller: Service<typeof ControllerDefinition> = {
    registerNode: async (request) => {
      await this.registrationsHeld;
      this.apply([
        record("RegisterBrokerRecord", {
          brokerId: request.nodeId,
          incarnationId: request.incarnationId,
          brokerEpoch: -1,
          endPoints: request.endpoints,
          rack: request.rack ?? null,
          fenced: true,
          inControlledShutdown: false,
          logDirs: request.logDirs,
        }),
      ]);
      return { errorCode: 0, errorMessage: "", nodeEpoch: this.image.offset, leaderId: 100, clusterId: CLUSTER_ID };
    },
    heartbeat: async (request) => {
      const node = this.image.brokers.get(request.nodeId);
      this.offlineLogDirs.set(request.nodeId, request.offlineLogDirs);
      const reply = { errorCode: 0, isFenced: false, isCaughtUp: true, shouldShutDown: false, leaderId: 100 };
      if (node?.epoch !== request.nodeEpoch) return { ...reply, errorCode: KafkaError.STALE_BROKER_EPOCH };
      if (request.wantShutDown) return { ...reply, shouldShutDown: true };
      if (request.metadataOffset < request.nodeEpoch) return { ...reply, isFenced: true, isCaughtUp: false };
      if (node.fenced) this.apply([record("UnfenceBrokerRecord", { id: request.nodeId, epoch: request.nodeEpoch })]);
      return reply;
    },
    alterPartition: async (request) => ({
      errorCode: this.acceptsIsrChanges ? 0 : KafkaError.NOT_CONTROLLER,
      leaderId: 100,
      partitions: !this.acceptsIsrChanges
        ? []
        : request.partitions.map((change) => {
            const { topicId, partition } = change;
            const before = this.image.partition(topicId, partition)!;
            const fits = before.leaderEpoch === change.leaderEpoch && before.partitionEpoch === change.partitionEpoch;
            const isr = change.newIsr.map(({ brokerId }) => brokerId);
            if (fits) this.apply([record("PartitionChangeRecord", { topicId, partitionId: partition, isr })]);
            const now = this.image.partition(topicId, partition)!;
            return {
              topicId,
              partition,
              errorCode: fits ? 0 : KafkaError.INVALID_UPDATE_VERSION,
              leaderId: now.leader,
              leaderEpoch: now.leaderEpoch,
              isr: [...now.isr],
              leaderRecoveryState: 0,
              partitionEpoch: now.partitionEpoch,
            };
          }),
    }),
    assignReplicasToDirs: async ({ brokerId, replicas }) => {
      for (const { topicId, partition: partitionId, directoryId } of replicas) {
        const { replicas: nodes, directories: known } = this.image.partition(topicId, partitionId)!;
        const directories = nodes.map((each, i) => (each === brokerId ? directoryId : (known[i] ?? ZERO_UUID)));
        this.apply([record("PartitionChangeRecord", { topicId, partitionId, directories })]);
      }
      return { errorCode: 0, results: [], leaderId: 100 };
    },
    allocateProducerIds: () => Promise.reject(new Error("not in this test")),
    handle: () => Promise.reject(new Error("not in this test")),
    watchMetadata: () => {
      throw new Error("not in this test");
    },
  };

  readonly #peers: Peers = {
    broker: (nodeId) => {
      const node = this.nodes.get(nodeId);
      if (!node?.reachable) throw new PeerUnavailable(`broker ${nodeId} is not there`, false);
      return node.service;
    },
    controller: () => this.#controller,
    coordinator: (nodeId) => {
      const coordinator = this.coordinators.get(nodeId);
      if (!coordinator) throw new PeerUnavailable(`coordinator ${nodeId} is not there`, false);
      const others = () => Promise.reject(new Error("not in this test"));
      return { handle: others, writeMarkers: others, ...coordinator };
    },
    quorum: () => {
      throw new Error("not in this test");
    },
    node: () => {
      throw new Error("not in this test");
    },
    probe: () => Promise.resolve("alive"),
    onPeer: () => () => undefined,
  };
}

function applyRecordsOf(image: MetadataImage) {
  // A delta that names everything, as from the empty image.
  return {
    before: emptyImage(),
    after: image,
    topics: new Map(
      [...image.topicsById.values()].map((topic) => [
        topic.id,
        {
          id: topic.id,
          name: topic.name,
          kind: "created" as const,
          partitions: new Set(topic.partitions.map(({ partition }) => partition)),
        },
      ]),
    ),
    nodes: new Set(image.brokers.keys()),
    configs: [],
    shards: new Map(),
    featuresChanged: false,
    producerIdsChanged: false,
    clientQuotasChanged: false,
  };
}

/** Tries until it does not throw, for at most 5 s or as long as is said. */
export async function eventually(check: () => void | Promise<void>, withinMs = 5_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(5);
    }
  }
}

export function appendOf(
  topicId: Uuid,
  records: Uint8Array,
  options: Partial<AppendRequest> & Partial<AppendPartition> = {},
): AppendRequest {
  const { acks = -1, timeoutMs = 5_000, transactionalId = "", produceVersion = 9, internal = false } = options;
  const { partition = 0, leaderEpoch = -1, ownerEpoch = -1, claimOffset = -1 } = options;
  const partitions = [{ topicId, partition, leaderEpoch, ownerEpoch, claimOffset, records }];
  return { acks, timeoutMs, transactionalId, produceVersion, internal, partitions };
}

export function readOf(topicId: Uuid, options: Partial<ReadRequest> & Partial<ReadPartition> = {}): ReadRequest {
  const partition: ReadPartition = {
    topicId,
    partition: options.partition ?? 0,
    currentLeaderEpoch: options.currentLeaderEpoch ?? -1,
    fetchOffset: options.fetchOffset ?? 0,
    lastFetchedEpoch: options.lastFetchedEpoch ?? -1,
    logStartOffset: -1,
    maxBytes: 1024 * 1024,
    highWatermark: -1,
  };
  return {
    replicaId: options.replicaId ?? -1,
    replicaEpoch: options.replicaEpoch ?? -1,
    maxWaitMs: options.maxWaitMs ?? 0,
    minBytes: options.minBytes ?? 1,
    maxBytes: options.maxBytes ?? 50 * 1024 * 1024,
    isolationLevel: options.isolationLevel ?? 0,
    partitions: options.partitions ?? [partition],
    rackId: options.rackId ?? "",
  };
}

export { noContext };
