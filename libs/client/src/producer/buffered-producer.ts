import { KafkaError } from "@moldau/base";
import { compressionId } from "@moldau/compression";
import { estimateRecordBytes, type RecordDraft } from "@moldau/record-batch";
import type { ClientMetric, OutgoingRecord, Producer, ProducerOptions } from "../api";
import { KafkaClientError, refused } from "../client-error";
import { closedError, type Cluster } from "../cluster";
import type { TopicInfo } from "../topic-info";
import { Accumulator, type PendingRecord } from "./accumulator";
import { partitionOfKey } from "./murmur2";
import { Outstanding } from "./outstanding";
import { Sender, type SenderTransaction } from "./sender";
import { StickyPartition } from "./sticky-partition";

const LINGER_MS = 5;
const BATCH_BYTES_MAX = 128 * 1024;
const BUFFER_BYTES_MAX = 32 * 1024 * 1024;
/** New partitions of a topic are noticed this late. */
const METADATA_AGE_MS = 60_000;
/** Attempts at metadata of a topic that is said not to exist: it may be about to be made. */
const UNKNOWN_TOPIC_ATTEMPTS = 6;

interface Waiting extends PendingRecord {
  topic: string;
  partition: number | undefined;
}

interface TopicState {
  sticky: StickyPartition;
  refreshedMs: number;
  /** Records that wait for the topic's metadata; undefined when there is some. */
  waiting: Waiting[] | undefined;
}

export class BufferedProducer implements Producer {
  private readonly accumulator: Accumulator;
  private readonly sender: Sender;
  private readonly outstanding = new Outstanding();
  private readonly topics = new Map<string, TopicState>();
  /** Records for which the buffer has no room, in order. */
  private readonly queued: Waiting[] = [];
  private readonly batchBytesMax: number;
  private readonly bufferBytesMax: number;
  /** Flushes under way: what is placed meanwhile does not linger. */
  private flushes = 0;
  private closed: Promise<void> | undefined;
  private acknowledged = 0;
  private failed = 0;

  constructor(
    private readonly cluster: Cluster,
    options: ProducerOptions,
    /** That all records belong to. */
    private readonly transaction?: SenderTransaction,
  ) {
    const { acks = -1, compression = "none" } = options;
    const idempotent = options.idempotent ?? acks === -1;
    if (idempotent && acks !== -1) {
      const what = "an idempotent producer needs acks=-1; set idempotent to false for other acks";
      throw new KafkaClientError(what, KafkaError.INVALID_REQUEST);
    }
    this.batchBytesMax = options.batchBytesMax ?? BATCH_BYTES_MAX;
    this.bufferBytesMax = options.bufferBytesMax ?? BUFFER_BYTES_MAX;
    this.accumulator = new Accumulator({
      lingerMs: options.lingerMs ?? LINGER_MS,
      batchBytesMax: this.batchBytesMax,
    });
    const codec = compressionId(compression) ?? 0;
    const settings = { acks, codec, idempotent, transaction };
    this.sender = new Sender(this.cluster, this.accumulator, settings, () => this.admitQueued());
  }

  send(record: OutgoingRecord): Promise<{ partition: number; offset: number }> {
    if (this.closed !== undefined) return Promise.reject(closedError());
    return new Promise((resolve, reject) => {
      const draft = draftOf(record);
      const epoch = this.outstanding.begin();
      const { topic, partition } = record;
      const bytes = estimateRecordBytes(draft);
      this.accept({
        topic,
        partition,
        draft,
        bytes,
        resolve: (at) => {
          this.acknowledged++;
          resolve(at);
          this.outstanding.end(epoch);
        },
        reject: (error) => {
          this.failed++;
          this.transaction?.recordFailed(error);
          // It says what to do now.
          reject(this.transaction?.over ?? error);
          this.outstanding.end(epoch, error);
        },
      });
    });
  }

  flush(): Promise<void> {
    const settled = this.outstanding.settled();
    this.accumulator.flush(performance.now());
    this.sender.wake();
    this.flushes++;
    const done = (): void => void this.flushes--;
    settled.then(done, done);
    return settled;
  }

  metrics(): ClientMetric[] {
    const group = "producer-metrics";
    return [
      ...this.cluster.traffic.metrics(group),
      { group, name: "buffer-total-bytes", value: this.bufferBytesMax },
      { group, name: "record-error-total", value: this.failed },
      { group, name: "record-send-total", value: this.acknowledged },
    ];
  }

  /** The transaction has news: records may go out that might not before, or none may any more. */
  look(): void {
    const over = this.transaction?.over;
    if (over !== undefined) {
      for (const state of this.topics.values()) for (const { reject } of state.waiting?.splice(0) ?? []) reject(over);
      for (const { reject } of this.queued.splice(0)) reject(over);
    }
    this.sender.wake();
  }

  close(): Promise<void> {
    this.closed ??= this.flush().finally(async () => {
      this.sender.stop(closedError());
      await this.cluster.close();
    });
    return this.closed;
  }

  private accept(record: Waiting): void {
    const state = this.topicState(record.topic);
    if (state.waiting !== undefined) state.waiting.push(record);
    else this.admit(record);
  }

  private admit(record: Waiting): void {
    if (this.queued.length > 0 || !this.hasRoom(record)) this.queued.push(record);
    else this.place(record);
  }

  private admitQueued(): void {
    let admitted = 0;
    while (admitted < this.queued.length && this.hasRoom(this.queued[admitted]!)) this.place(this.queued[admitted++]!);
    if (admitted > 0) this.queued.splice(0, admitted);
  }

  /** A record larger than the whole buffer goes alone. */
  private hasRoom({ bytes }: Waiting): boolean {
    return this.accumulator.bytes === 0 || this.accumulator.bytes + bytes <= this.bufferBytesMax;
  }

  private place(record: Waiting): void {
    const topic = this.cluster.topic(record.topic);
    // Metadata that was there and is gone: the topic was deleted meanwhile. It is looked up anew.
    if (topic === undefined || topic.partitions.length === 0) {
      const state = this.topicState(record.topic);
      if (state.waiting === undefined) this.lookUp(record.topic, state);
      state.waiting!.push(record);
      return;
    }
    const partition = this.partitionOf(record, topic);
    if (partition >= topic.partitions.length || partition < 0) {
      const what = `${record.topic} has no partition ${partition}; it has 0 to ${topic.partitions.length - 1}`;
      record.reject(refused(what, KafkaError.UNKNOWN_TOPIC_OR_PARTITION));
      return;
    }
    const nowMs = performance.now();
    if (this.accumulator.append(record.topic, partition, record, nowMs)) this.sender.wake();
    if (this.flushes > 0) {
      // It may have waited for metadata or for room when the flush began.
      this.accumulator.flush(nowMs);
      this.sender.wake();
    }
  }

  private partitionOf({ partition, draft, topic, bytes }: Waiting, info: TopicInfo): number {
    if (partition !== undefined) return partition;
    if (draft.key) return partitionOfKey(draft.key, info.partitions.length);
    return this.topicState(topic).sticky.next(info, bytes);
  }

  private topicState(topic: string): TopicState {
    let state = this.topics.get(topic);
    if (state === undefined) {
      state = { sticky: new StickyPartition(this.batchBytesMax), refreshedMs: 0, waiting: undefined };
      this.topics.set(topic, state);
      this.lookUp(topic, state);
    } else if (state.waiting === undefined && performance.now() - state.refreshedMs > METADATA_AGE_MS) {
      state.refreshedMs = performance.now();
      this.cluster.metadata([topic], { autoCreate: true }).catch(() => undefined);
    }
    return state;
  }

  /** Gets the topic's metadata, then lets the records go that wait for it, in their order. */
  private lookUp(topic: string, state: TopicState): void {
    state.waiting = [];
    const take = (): Waiting[] => {
      const waiting = state.waiting ?? [];
      state.waiting = undefined;
      return waiting;
    };
    this.cluster
      .retry(() => this.cluster.topicMetadata(topic, { autoCreate: true }), {
        again: (error, number) =>
          error.retriable && (error.code !== KafkaError.UNKNOWN_TOPIC_OR_PARTITION || number < UNKNOWN_TOPIC_ATTEMPTS),
      })
      .then(
        () => {
          state.refreshedMs = performance.now();
          for (const record of take()) this.admit(record);
        },
        (error: Error) => {
          const waiting = take();
          // The next record asks again.
          this.topics.delete(topic);
          for (const { reject } of waiting) reject(error);
        },
      );
  }
}

function draftOf({ key, value, headers, timestampMs }: OutgoingRecord): RecordDraft {
  return {
    key: bytesOf(key ?? null),
    value: bytesOf(value),
    headers: headers?.map((header) => ({ key: header.name, value: header.value })),
    timestamp: timestampMs ?? Date.now(),
  };
}

function bytesOf(value: Uint8Array | string | null): Uint8Array | null {
  return typeof value === "string" ? Buffer.from(value) : value;
}
