import { KafkaError, type KafkaErrorCode, type Uuid, ZERO_UUID } from "@moldau/base";
import type { NodeRegistration, RoleContext } from "@moldau/host";
import {
  ConfigResourceType,
  isActive,
  type MetadataDelta,
  type MetadataImage,
  type PartitionImage,
} from "@moldau/metadata";
import {
  StorageError,
  type DirectoryStatus,
  type LogStore,
  type NewLog,
  type PartitionLog,
} from "@moldau/segment-store";
import type { BrokerMetrics } from "./broker-metrics";
import type { DirectoryAssignments } from "./directory-assignments";
import type { DirectoryMoves } from "./directory-moves";
import { HostedPartition, type PartitionHost } from "./hosted-partition";
import type { IsrChanges } from "./isr-changes";
import type { Partitions } from "./partitions";
import type { ReplicaFetchers } from "./replica-fetchers";
import type { ReplicationThrottles } from "./replication-throttles";
import { SharedSettings, type TopicSettings } from "./topic-settings";

const { TOPIC, BROKER } = ConfigResourceType;

export interface MetadataApplierOptions {
  context: RoleContext;
  store: LogStore;
  partitions: Partitions;
  fetchers: ReplicaFetchers;
  isrChanges: IsrChanges;
  directories: DirectoryAssignments;
  moves: DirectoryMoves;
  registration: NodeRegistration;
  metrics: BrokerMetrics;
  throttles: ReplicationThrottles;
}

/**
 * Makes this broker what the metadata says: opens logs of partitions it holds, leads or follows them, takes over topic
 * configuration and shard owners, deletes what is gone. Work is proportional to the change.
 */
export class MetadataApplier {
  readonly #options: MetadataApplierOptions;
  readonly #host: PartitionHost;
  readonly #settings = new SharedSettings();
  /** Logs that are being made, by directory. */
  readonly #creating = new Map<string, number>();
  /** Logs on their way out, by partition: the next one of the same partition is not made before they are gone. */
  readonly #removing = new Map<string, Promise<void>>();
  #lookedForStrays = false;
  /** The metadata include this incarnation's registration. */
  #isOwn = false;
  #onOwn: () => void = () => undefined;
  readonly #own = new Promise<void>((resolve) => (this.#onOwn = resolve));
  #unsubscribe: (() => void) | undefined;
  #stopped = false;

  constructor(options: MetadataApplierOptions) {
    this.#options = options;
    const { context, isrChanges, metrics } = options;
    this.#host = {
      nodeId: context.nodeId,
      nowMs: () => context.clock.nowMs(),
      onIsrChangeDue: (due) => isrChanges.note(due),
      onIsrChanged: (shrinks, expands) => {
        metrics.isrShrinks.value += shrinks;
        metrics.isrExpands.value += expands;
      },
    };
  }

  start(): void {
    this.#unsubscribe = this.#options.context.observer.subscribe((delta, image) => this.#apply(delta, image));
    void this.#options.registration.registered.then(() => this.#noteOwn());
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe?.();
  }

  settingsOf(topic: string): TopicSettings {
    const { config, observer } = this.#options.context;
    const configured = observer.image.configs(TOPIC, topic);
    const defaults = config.topicDefaults();
    return this.#settings.of(configured, defaults, {
      replicaLagTimeMaxMs: config.number("replica.lag.time.max.ms"),
      producerIdExpirationMs: config.number("producer.id.expiration.ms"),
    });
  }

  #apply(delta: MetadataDelta, image: MetadataImage): void {
    // First who may be in sync: what is committed below does not wait for those that may not.
    if (delta.nodes.size > 0) this.#applyNodes(image);
    for (const topic of delta.topics.values()) {
      if (topic.kind === "deleted") this.#deleteTopic(topic.id, topic.name, image);
      else for (const partition of topic.partitions) this.#applyPartition(topic.id, partition);
    }
    for (const { type, name } of delta.configs) if (type === TOPIC) this.#configure(name, image);
    if (delta.configs.some(({ type }) => type === BROKER)) {
      this.#options.throttles.configure();
      this.#options.moves.configure();
      for (const hosted of this.#options.partitions.all()) this.#reconfigure(hosted);
    }
    for (const [topicId, shards] of delta.shards) {
      for (const shard of shards) {
        const hosted = this.#options.partitions.get(topicId, shard);
        if (hosted) this.#grantOwner(hosted, image);
      }
    }
    this.#noteOwn();
    this.setStraysAside();
    this.#options.partitions.noteImage();
  }

  /**
   * Metadata from before this incarnation's registration are about the one before it: whose log may have been longer, and
   * that may have led an epoch in which others have gone on. Until the registration is among them nothing is led or
   * followed, and no log is deleted because a replica was taken away: it may have been given back since. Source: BrokerServer
   * waits for its registration record before it publishes metadata.
   */
  #noteOwn(): void {
    const { context, registration, partitions } = this.#options;
    const { nodeEpoch } = registration;
    if (this.#isOwn || this.#stopped || nodeEpoch < 0 || context.observer.image.offset < nodeEpoch) return;
    this.#isOwn = true;
    this.#onOwn();
    for (const hosted of [...partitions.all()]) {
      const { topicId, partition } = hosted;
      const isReplica = context.observer.image.partition(topicId, partition)?.replicas.includes(context.nodeId);
      if (isReplica) this.#assign(hosted);
      else this.#remove(hosted, KafkaError.NOT_LEADER_OR_FOLLOWER);
    }
  }

  #applyNodes(image: MetadataImage): void {
    const nowMs = this.#options.context.clock.nowMs();
    const epochOf = (nodeId: number) => {
      const node = image.brokers.get(nodeId);
      return isActive(node) ? node!.epoch : -1;
    };
    for (const hosted of this.#options.partitions.all()) {
      if (!hosted.replica.isLeader || hosted.replica.replicas.length < 2) continue;
      hosted.replica.onNodesChanged(epochOf, nowMs);
      hosted.settle();
    }
  }

  #applyPartition(topicId: Uuid, partition: number): void {
    const { context, partitions } = this.#options;
    const image = context.observer.image.partition(topicId, partition);
    const hosted = partitions.get(topicId, partition);
    if (!image?.replicas.includes(context.nodeId)) {
      // Older metadata may take away what newer ones gave back, and the log is from after those: see #noteOwn.
      if (hosted && this.#isOwn) this.#remove(hosted, KafkaError.NOT_LEADER_OR_FOLLOWER);
    } else if (hosted) {
      this.#assign(hosted);
    } else if (!partitions.openingOf(topicId, partition)) {
      // Whatever the metadata says meanwhile is applied when it is open.
      let failed = false;
      const opening = this.#open(topicId, partition).catch((error: unknown) => {
        failed = true;
        partitions.noteFailed({ topicId, partition });
        context.telemetry.log.error({ err: error, topicId, partition }, "a partition could not be opened");
        if (!(error instanceof StorageError)) context.fatal(error as Error);
      });
      partitions.noteOpening({ topicId, partition }, opening);
      // A replica that was taken away while it was opened may have been given back since.
      void opening.then(() => {
        if (!failed && !this.#stopped && !partitions.get(topicId, partition)) this.#applyPartition(topicId, partition);
      });
    }
  }

  async #open(topicId: Uuid, partition: number): Promise<void> {
    const { context, store, partitions, metrics, moves } = this.#options;
    await this.#removing.get(keyOf(topicId, partition));
    const topic = context.observer.image.topicsById.get(topicId)?.name;
    if (topic === undefined || this.#stopped) return;
    const settings = this.settingsOf(topic);
    const other = store.logByName(topic, partition);
    if (other?.topicId !== undefined && other.topicId !== topicId) {
      // The topic was deleted and made anew while this broker was away.
      context.telemetry.log.warn({ path: other.path }, "deleting the log of an earlier topic of the same name");
      await store.deleteLog(other.topicId, partition);
    }
    if (!(await this.#mayOpen(topicId, partition))) return;
    const log = await this.#createLog({ topic, topicId, partition, config: settings.log });
    log.config = settings.log;
    const cells = metrics.ofTopic(topic);
    const hosted = await HostedPartition.open(this.#host, { topicId, topic, partition, log, settings, cells });
    if (this.#stopped) return;
    const image = context.observer.image.partition(topicId, partition);
    if (this.#isOwn && !image?.replicas.includes(context.nodeId)) {
      await store.deleteLog(topicId, partition);
      return;
    }
    this.#reconfigure(hosted);
    partitions.add(hosted);
    this.#assign(hosted);
    await moves.resume(hosted);
  }

  /**
   * Where a replica has no log here: whether it may begin one. Not while the directory that it lies in is offline: a broker
   * that led or followed with an empty one would pass for one that has the records. A copy that was about to take the log's
   * place takes it. Source: Partition.createLogInAssignedDirectoryId, LogManager.recoverAbandonedFutureLogs.
   */
  async #mayOpen(topicId: Uuid, partition: number): Promise<boolean> {
    const { context, store } = this.#options;
    if (store.log(topicId, partition)) return true;
    const copy = store.futureLog(topicId, partition);
    const isAnyOffline = () => store.directories().some(({ offline }) => offline !== undefined);
    if (!copy && !isAnyOffline()) return true;
    // Metadata from before this start do not say what the controller was told last.
    await this.#own;
    const known = this.#directoryOf(topicId, partition);
    if (this.#stopped || known === undefined) return false;
    const isOnline = store.directories().some(({ directoryId, offline }) => directoryId === known && !offline);
    if (!isOnline && isAnyOffline() && known !== ZERO_UUID) {
      const paths = store.directories().flatMap(({ path, offline }) => (offline ? path : []));
      const message = `its log lies in a directory that is offline (${paths.join(", ")})`;
      throw new StorageError(KafkaError.KAFKA_STORAGE_ERROR, paths[0]!, message);
    }
    if (copy && store.futureLog(topicId, partition)) {
      context.telemetry.log.info({ path: copy.path }, "the copy of a replica that was moved takes its place");
      await store.promoteFutureLog(topicId, partition);
    }
    return true;
  }

  /** Where the controller knows this broker's replica; undefined where there is none. */
  #directoryOf(topicId: Uuid, partition: number): Uuid | undefined {
    const { observer, nodeId } = this.#options.context;
    const image = observer.image.partition(topicId, partition);
    const index = image?.replicas.indexOf(nodeId) ?? -1;
    return index < 0 ? undefined : (image?.directories[index] ?? ZERO_UUID);
  }

  /**
   * Where somebody wants it, where the controller knows it, else into the working directory with the fewest logs, those on
   * their way included: a topic's partitions come together.
   */
  async #createLog(log: NewLog): Promise<PartitionLog> {
    const { store, moves } = this.#options;
    const existing = store.logByName(log.topic, log.partition);
    // One of another topic is on its way out.
    if (existing && (existing.topicId ?? log.topicId) === log.topicId) return store.createLog(log);
    const working = store.directories().filter(({ offline }) => !offline);
    const wanted = moves.takePreferred(log.topic, log.partition);
    const known = this.#directoryOf(log.topicId, log.partition);
    const given =
      working.find(({ path }) => path === wanted) ?? working.find(({ directoryId }) => directoryId === known);
    if (given) return store.createLog({ ...log, directory: given.path });
    const load = ({ path, logCount }: DirectoryStatus) => logCount + (this.#creating.get(path) ?? 0);
    const [least] = working.sort((a, b) => load(a) - load(b));
    if (!least) return store.createLog(log);
    const { path } = least;
    this.#creating.set(path, (this.#creating.get(path) ?? 0) + 1);
    try {
      return await store.createLog({ ...log, directory: path });
    } finally {
      this.#creating.set(path, this.#creating.get(path)! - 1);
    }
  }

  /** Leads or follows as the newest image says. */
  #assign(hosted: HostedPartition): void {
    if (!this.#isOwn) return;
    hosted.step(() => {
      const { context, fetchers, directories, moves } = this.#options;
      const image: PartitionImage | undefined = context.observer.image.partition(hosted.topicId, hosted.partition);
      if (!image || hosted.isRemoved) return;
      if (this.#isOffline(hosted)) return fetchers.unfollow(hosted);
      this.#grantOwner(hosted, context.observer.image);
      directories.note(hosted);
      moves.note(hosted);
      const { leader: leaderId, leaderEpoch, partitionEpoch, replicas, isr } = image;
      const nowMs = context.clock.nowMs();
      const transition = hosted.replica.assign({ leaderId, leaderEpoch, partitionEpoch, replicas, isr }, nowMs);
      hosted.settle();
      const { log } = context.telemetry;
      switch (transition.kind) {
        case "became-leader": {
          fetchers.unfollow(hosted);
          const { epochStartOffset } = transition;
          log.debug({ partition: hosted.name, leaderEpoch, epochStartOffset, isr }, "leading");
          hosted.log.assignEpoch(leaderEpoch, epochStartOffset);
          break;
        }
        case "became-follower":
          log.debug({ partition: hosted.name, leaderEpoch, leaderId }, "following");
          fetchers.follow(hosted, leaderId, leaderEpoch);
          break;
        case "isr-changed":
        case "unchanged":
          break;
      }
    });
  }

  /** One whose directory failed neither leads nor follows: as long as it fetched, its leader would count it as in sync. */
  #isOffline({ log }: HostedPartition): boolean {
    return this.#options.store
      .directories()
      .some(({ path, offline }) => path === log.directory && offline !== undefined);
  }

  #grantOwner(hosted: HostedPartition, image: MetadataImage): void {
    const owner = image.shardOwner(hosted.topicId, hosted.partition);
    if (owner) hosted.replica.grantOwner(owner.ownerEpoch);
  }

  #configure(topic: string, image: MetadataImage): void {
    const id = image.topicsByName.get(topic)?.id;
    if (id === undefined) return;
    for (const hosted of this.#options.partitions.ofTopic(id)) this.#reconfigure(hosted);
  }

  #reconfigure(hosted: HostedPartition): void {
    const settings = this.settingsOf(hosted.topic);
    hosted.settings = settings;
    hosted.log.config = settings.log;
    hosted.replica.configure(settings.partition, this.#options.context.clock.nowMs());
    hosted.settle();
  }

  #deleteTopic(topicId: Uuid, topic: string, image: MetadataImage): void {
    const { partitions, metrics } = this.#options;
    for (const hosted of [...partitions.ofTopic(topicId)]) this.#remove(hosted, KafkaError.UNKNOWN_TOPIC_OR_PARTITION);
    if (!image.topicsByName.has(topic)) metrics.forgetTopic(topic);
  }

  #remove(hosted: HostedPartition, error: KafkaErrorCode): void {
    const { context, store, partitions, fetchers, moves } = this.#options;
    partitions.remove(hosted);
    fetchers.unfollow(hosted);
    hosted.remove(error);
    const key = keyOf(hosted.topicId, hosted.partition);
    const removal = hosted
      .whenIdle()
      .then(() => moves.end(hosted))
      .then(() => store.deleteLog(hosted.topicId, hosted.partition))
      .catch((failure: unknown) =>
        context.telemetry.log.error({ err: failure, partition: hosted.name }, "its log could not be deleted"),
      )
      .finally(() => {
        if (this.#removing.get(key) === removal) this.#removing.delete(key);
      });
    this.#removing.set(key, removal);
  }

  /** Once the metadata is complete: logs that it does not place here are kept aside, for a person to decide (KIP-858). */
  setStraysAside(): void {
    const { context, store } = this.#options;
    if (this.#lookedForStrays || !this.#isOwn || !context.observer.caughtUp) return;
    this.#lookedForStrays = true;
    const { image } = context.observer;
    for (const { topicId, partition, path } of [...store.futureLogs()]) {
      if (image.partition(topicId!, partition)?.replicas.includes(context.nodeId)) continue;
      context.telemetry.log.warn(
        { path },
        "the cluster does not know the replica that this is a copy of; it is deleted",
      );
      store.dropFutureLog(topicId!, partition).catch((error: unknown) => {
        context.telemetry.log.error({ err: error, path }, "the copy could not be deleted");
      });
    }
    for (const log of [...store.logs()]) {
      const { topicId, topic, partition } = log;
      if (topicId === undefined || image.topicsByName.get(topic)?.id !== topicId) {
        // The name has a new topic: opening that one clears the way.
        if (image.topicsByName.has(topic)) continue;
      }
      if (topicId === undefined || image.partition(topicId, partition)?.replicas.includes(context.nodeId)) continue;
      context.telemetry.log.warn(
        { path: log.path },
        "the cluster does not know this log here; it is set aside as -stray",
      );
      store.setAside(topicId, partition).catch((error: unknown) => {
        context.telemetry.log.error({ err: error, path: log.path }, "the stray log could not be set aside");
      });
    }
  }
}

function keyOf(topicId: Uuid, partition: number): string {
  return `${topicId}:${partition}`;
}
