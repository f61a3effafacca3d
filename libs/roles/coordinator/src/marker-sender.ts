import { KafkaError, kafkaErrorName, type NodeId, type Uuid } from "@moldau/base";
import type { TransactionMarker, WriteMarkersReply, WriteMarkersRequest } from "@moldau/contracts";
import { GROUP_METADATA_TOPIC, type MetadataImage } from "@moldau/metadata";
import type { Peers } from "@moldau/rpc";
import type { Logger } from "@moldau/telemetry";
import type { ImageWatch } from "./image-watch";

/** A transaction whose fate is in the log: every partition it touched has to be told. */
export interface DecidedTransaction {
  readonly transactionalId: string;
  readonly producerId: number;
  /** Epoch that the markers carry. */
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  readonly commit: boolean;
  readonly transactionVersion: number;
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[];
}

export interface MarkerSenderContext {
  readonly nodeId: NodeId;
  readonly peers: Peers;
  image(): MetadataImage;
  readonly watch: ImageWatch;
  readonly log: Logger;
}

/** One marker for one partition, until somebody has written it. */
interface Errand {
  readonly of: Job;
  readonly topic: string;
  readonly partition: number;
  attempts: number;
}

interface Job {
  readonly transaction: DecidedTransaction;
  left: number;
  /** Nobody waits for it any more: its shard has gone. */
  readonly signal: AbortSignal;
  readonly done: () => void;
}

/** Who writes markers: a broker in partitions that it leads, a coordinator in the shards of groups that it owns. */
interface Desk {
  readonly nodeId: NodeId;
  readonly isCoordinator: boolean;
  waiting: Errand[];
  underWay: boolean;
}

/** Bounds a request; the rest goes with the next one. */
const MARKERS_A_REQUEST = 1_000;
const WRITE_TIMEOUT_MS = 5_000;
const RETRY_MS_MIN = 5;
const RETRY_MS_MAX = 250;
/** After so many attempts a person should know. */
const ATTEMPTS_BEFORE_WARNING = 20;

/** Errors after which a partition needs no marker: the producer has a newer epoch there, or a newer coordinator wrote. */
const settled: ReadonlySet<number> = new Set([
  KafkaError.NONE,
  KafkaError.INVALID_PRODUCER_EPOCH,
  KafkaError.TRANSACTION_COORDINATOR_FENCED,
]);

/**
 * Writes the ends of transactions into all partitions they touched, for as long as it takes. One request is under way to each
 * node; what is decided meanwhile goes with the next. Partitions of topics that are no longer there need none.
 * Source: Kafka's TransactionMarkerChannelManager.
 */
export class MarkerSender {
  private readonly desks = new Map<string, Desk>();

  constructor(
    private readonly context: MarkerSenderContext,
    private readonly signal: AbortSignal,
  ) {}

  /** Resolves when every partition has its marker; never, where `signal` gives up before. */
  write(transaction: DecidedTransaction, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const { partitions } = transaction;
      if (partitions.length === 0) return resolve();
      const job: Job = { transaction, left: partitions.length, signal, done: resolve };
      for (const { topic, partition } of partitions) this.route({ of: job, topic, partition, attempts: 0 });
    });
  }

  private route(errand: Errand): void {
    if (this.isOver(errand)) return;
    const image = this.context.image();
    const topic = image.topicsByName.get(errand.topic);
    const state = topic?.partitions[errand.partition];
    if (topic === undefined || state === undefined) return this.settle(errand);
    const isCoordinator = errand.topic === GROUP_METADATA_TOPIC;
    const nodeId = isCoordinator ? (image.shardOwner(topic.id, errand.partition)?.ownerId ?? -1) : state.leader;
    if (nodeId < 0) return this.later(errand, "nobody leads it");
    const key = `${isCoordinator ? "c" : "b"}${nodeId}`;
    let desk = this.desks.get(key);
    if (desk === undefined) this.desks.set(key, (desk = { nodeId, isCoordinator, waiting: [], underWay: false }));
    desk.waiting.push(errand);
    if (!desk.underWay) {
      desk.underWay = true;
      // What the same turn decides goes along.
      queueMicrotask(() => void this.serve(key, desk));
    }
  }

  private async serve(key: string, desk: Desk): Promise<void> {
    while (desk.waiting.length > 0 && !this.signal.aborted) {
      const errands = desk.waiting.splice(0, MARKERS_A_REQUEST).filter((errand) => !this.isOver(errand));
      if (errands.length > 0) await this.send(desk, errands);
    }
    desk.underWay = false;
    this.desks.delete(key);
  }

  private async send(desk: Desk, errands: readonly Errand[]): Promise<void> {
    const { peers, nodeId } = this.context;
    const byJob = new Map<Job, { errand: Errand; topicId: Uuid }[]>();
    for (const errand of errands) {
      const topicId = this.context.image().topicsByName.get(errand.topic)?.id;
      if (topicId === undefined) {
        this.settle(errand);
        continue;
      }
      const partitions = byJob.get(errand.of);
      if (partitions === undefined) byJob.set(errand.of, [{ errand, topicId }]);
      else partitions.push({ errand, topicId });
    }
    const sent = [...byJob];
    if (sent.length === 0) return;
    const request: WriteMarkersRequest = {
      timeoutMs: WRITE_TIMEOUT_MS,
      markers: sent.map(([{ transaction }, partitions]) => ({
        ...markerOf(transaction),
        partitions: partitions.map(({ errand: { partition }, topicId }) => ({ topicId, partition })),
      })),
    };
    const call = { traceparent: "", deadlineMs: WRITE_TIMEOUT_MS + 1_000, callerNodeId: nodeId, signal: this.signal };
    let reply: WriteMarkersReply;
    try {
      const at = desk.isCoordinator ? peers.coordinator(desk.nodeId) : peers.broker(desk.nodeId);
      reply = await at.writeMarkers(request, call);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      for (const [, partitions] of sent) for (const { errand } of partitions) this.later(errand, why);
      return;
    }
    sent.forEach(([, partitions], job) => {
      partitions.forEach(({ errand }, index) => {
        const errorCode = reply.markers[job]?.partitions[index]?.errorCode ?? KafkaError.UNKNOWN_SERVER_ERROR;
        if (settled.has(errorCode)) this.settle(errand);
        else this.later(errand, kafkaErrorName(errorCode));
      });
    });
  }

  /** Again, after a pause that a change of metadata ends early. */
  private later(errand: Errand, why: string): void {
    const { watch, log } = this.context;
    const attempt = errand.attempts++;
    const { transactionalId, producerId, commit } = errand.of.transaction;
    const { topic, partition } = errand;
    log[attempt === ATTEMPTS_BEFORE_WARNING ? "warn" : "debug"](
      { transactionalId, producerId, commit, topic, partition, attempt },
      `the end of a transaction is not written yet: ${why}`,
    );
    const pauseMs = Math.min(RETRY_MS_MIN * 2 ** Math.min(attempt, 10), RETRY_MS_MAX);
    void watch.sleep(pauseMs, this.signal).then(() => this.route(errand));
  }

  private settle(errand: Errand): void {
    if (--errand.of.left === 0) errand.of.done();
  }

  private isOver({ of: { signal } }: Errand): boolean {
    return this.signal.aborted || signal.aborted;
  }
}

function markerOf(transaction: DecidedTransaction): Omit<TransactionMarker, "partitions"> {
  const { producerId, producerEpoch, coordinatorEpoch, commit, transactionVersion } = transaction;
  return { producerId, producerEpoch, coordinatorEpoch, commit, transactionVersion };
}
