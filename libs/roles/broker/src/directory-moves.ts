import { resolve } from "node:path";
import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import { Turns } from "@moldau/disk";
import type { RoleContext } from "@moldau/host";
import { ReplicationThrottle } from "@moldau/partition";
import { futureDirectory, rewindCopy, StorageError, type LogStore } from "@moldau/segment-store";
import type { DirectoryAssignments } from "./directory-assignments";
import type { HostedPartition } from "./hosted-partition";
import type { Partitions } from "./partitions";
import { ReplicaMove, type ReplicaMoveOptions } from "./replica-move";

const RATE = "replica.alter.log.dirs.io.max.bytes.per.second";

/**
 * The replicas of this broker that move between its log directories, and where replicas are to be made that are not here yet.
 * Source: KIP-113; ReplicaManager.alterReplicaLogDirs.
 */
export class DirectoryMoves {
  readonly #context: RoleContext;
  readonly #store: LogStore;
  readonly #partitions: Partitions;
  readonly #options: ReplicaMoveOptions;
  readonly #throttle: ReplicationThrottle;
  readonly #moves = new Map<HostedPartition, ReplicaMove>();
  /** By `topic-partition`: where a replica is made when it comes. */
  readonly #preferred = new Map<string, string>();
  /** Requests about one replica follow one another. */
  readonly #turns = new Turns(1);
  #stopped = false;

  constructor(context: RoleContext, store: LogStore, partitions: Partitions, assignments: DirectoryAssignments) {
    const { config } = context;
    this.#context = context;
    this.#store = store;
    this.#partitions = partitions;
    this.#throttle = new ReplicationThrottle({
      samples: config.number("alter.log.dirs.replication.quota.window.num"),
      sampleMs: config.number("alter.log.dirs.replication.quota.window.size.seconds") * 1000,
    });
    const turns = new Turns(store.directories().length);
    this.#options = { context, store, assignments, throttle: this.#throttle, turns };
    this.configure();
  }

  /** Takes over the rate in force. */
  configure(): void {
    const rate = this.#context.config.number(RATE);
    this.#throttle.limit = rate <= Number.MAX_SAFE_INTEGER ? rate : Infinity;
  }

  /** The move that a replica is on. */
  of(hosted: HostedPartition): ReplicaMove | undefined {
    return this.#moves.get(hosted);
  }

  /**
   * Has a replica move to the directory, or stay where it is. NONE: it moves, or lies there. LOG_DIR_NOT_FOUND,
   * KAFKA_STORAGE_ERROR: an offline directory (any, since the other half of a move may lie there),
   * INVALID_TOPIC_EXCEPTION: a name too long; REPLICA_NOT_AVAILABLE: none here; one that comes is made in that directory.
   */
  alter(replica: { topic: string; partition: number; path: string }): Promise<KafkaErrorCode> {
    return this.#turns.take(async () => {
      const error = await this.#alter(replica).catch((failure: unknown) => {
        if (!(failure instanceof StorageError)) throw failure;
        this.#context.telemetry.log.warn({ err: failure, ...replica }, "the replica cannot be moved");
        return failure.code;
      });
      return error;
    });
  }

  /** Where a replica that is being made is wanted; asked once. */
  takePreferred(topic: string, partition: number): string | undefined {
    const name = `${topic}-${partition}`;
    const path = this.#preferred.get(name);
    this.#preferred.delete(name);
    return path;
  }

  /** A replica was opened: a move that a stop interrupted goes on. */
  async resume(hosted: HostedPartition): Promise<void> {
    const copy = this.#store.futureLog(hosted.topicId, hosted.partition);
    if (!copy || this.#stopped) return;
    await rewindCopy(copy);
    this.#start(hosted, new ReplicaMove(this.#options, hosted, copy));
  }

  /** The metadata about it changed. */
  note(hosted: HostedPartition): void {
    this.#moves.get(hosted)?.wake();
  }

  /** The replica leaves or its directory has failed: its move is over. */
  async end(hosted: HostedPartition): Promise<void> {
    await this.#moves.get(hosted)?.end();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#moves.values()].map((move) => move.end()));
  }

  async #alter({ topic, partition, path }: { topic: string; partition: number; path: string }) {
    const directory = this.#store.directories().find((each) => each.path === resolve(path));
    if (!directory) return KafkaError.LOG_DIR_NOT_FOUND;
    if (directory.offline) return KafkaError.KAFKA_STORAGE_ERROR;
    if (futureDirectory(topic, partition, "0".repeat(32)) === undefined) return KafkaError.INVALID_TOPIC_EXCEPTION;
    const topicId = this.#context.observer.image.topicsByName.get(topic)?.id;
    if (topicId !== undefined) await this.#partitions.openingOf(topicId, partition);
    const hosted = topicId === undefined ? undefined : this.#partitions.get(topicId, partition);
    if (topicId === undefined || !hosted) {
      const address = topicId === undefined ? undefined : { topicId, partition };
      if (address && this.#partitions.absence(address) === KafkaError.KAFKA_STORAGE_ERROR) {
        return KafkaError.KAFKA_STORAGE_ERROR;
      }
      this.#preferred.set(`${topic}-${partition}`, directory.path);
      return KafkaError.REPLICA_NOT_AVAILABLE;
    }
    const move = this.#moves.get(hosted);
    if (move && move.target !== directory.path) {
      await move.end();
      await this.#store.dropFutureLog(topicId, partition);
    }
    if (hosted.replica.state.role === "offline" && hosted.replica.state.error === KafkaError.KAFKA_STORAGE_ERROR) {
      return KafkaError.KAFKA_STORAGE_ERROR;
    }
    if (hosted.log.directory === directory.path || this.#moves.has(hosted) || this.#stopped) return KafkaError.NONE;
    const copy = await this.#store.createFutureLog(topicId, partition, directory.path);
    // The metadata may have been faster.
    if (hosted.isRemoved) await this.#store.dropFutureLog(topicId, partition);
    else this.#start(hosted, new ReplicaMove(this.#options, hosted, copy));
    return KafkaError.NONE;
  }

  #start(hosted: HostedPartition, move: ReplicaMove): void {
    this.#moves.set(hosted, move);
    void move
      .run()
      .catch((error: unknown) => this.#context.fatal(error as Error))
      .finally(() => {
        if (this.#moves.get(hosted) === move) this.#moves.delete(hosted);
      });
  }
}
