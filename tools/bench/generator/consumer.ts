// A consumer as cheap as the producer: fetch sessions as Java's client has them, one request on its way to each leader and
// connection; of what comes only the heads of batches are read.
import { KafkaError } from "@moldau/base";
import { ApiKey, readFetchResponse, writeFetchRequest } from "@moldau/protocol";
import { WireConnection } from "./connection";
import { connectionsPerLeader, shares } from "./lanes";
import { frameOf, readerOf } from "./requests";
import type { Topic } from "./topics";

const VERSION = 11;
const BATCH_HEAD_BYTES = 61;

export interface ConsumerPlan {
  connections: number;
  /** Java's `max.partition.fetch.bytes` is 1 MB, its `fetch.max.bytes` 50 MB. */
  partitionBytesMax?: number;
  fetchBytesMax?: number;
  /** A batch was read: of these partition and bytes. */
  onBatch: (partition: number, bytes: number, records: number) => void;
  onFailure: (error: Error) => void;
}

/** Reads a topic from its beginning, until it is closed. */
export class Consumer {
  private constructor(private readonly loops: readonly FetchLoop[]) {}

  static async open(topic: Topic, plan: ConsumerPlan): Promise<Consumer> {
    const loops: FetchLoop[] = [];
    for (const [address, partitions] of topic.leaders) {
      for (const own of shares(partitions, connectionsPerLeader(plan.connections, topic.leaders.size))) {
        const connection = await WireConnection.open(address, (error) => plan.onFailure(error));
        loops.push(new FetchLoop(connection, topic.name, own, plan));
      }
    }
    return new Consumer(loops);
  }

  start(): void {
    for (const loop of this.loops) loop.fetch();
  }

  close(): void {
    for (const loop of this.loops) loop.close();
  }
}

class FetchLoop {
  private readonly offsets: Map<number, number>;
  private sessionId = 0;
  private sessionEpoch = 0;
  /** Partitions whose place differs from what the session knows. */
  private changed: readonly number[];
  private closed = false;

  constructor(
    private readonly connection: WireConnection,
    private readonly topic: string,
    partitions: readonly number[],
    private readonly plan: ConsumerPlan,
  ) {
    this.offsets = new Map(partitions.map((partition) => [partition, 0]));
    this.changed = partitions;
  }

  close(): void {
    this.closed = true;
    this.connection.close();
  }

  fetch(): void {
    const partitions = this.changed.map((partition) => ({
      partition,
      fetchOffset: this.offsets.get(partition)!,
      partitionMaxBytes: this.plan.partitionBytesMax ?? 1 << 20,
    }));
    const message = {
      maxWaitMs: 500,
      minBytes: 1,
      maxBytes: this.plan.fetchBytesMax ?? 50 << 20,
      sessionId: this.sessionId,
      sessionEpoch: this.sessionEpoch,
      topics: partitions.length === 0 ? [] : [{ topic: this.topic, partitions }],
    };
    const frame = frameOf(ApiKey.Fetch, VERSION, (writer) => writeFetchRequest(writer, message, VERSION));
    this.connection.request(frame, (answer) => {
      try {
        this.take(answer);
        if (!this.closed) this.fetch();
      } catch (error) {
        this.plan.onFailure(error as Error);
      }
    });
  }

  private take(answer: Buffer): void {
    const response = readFetchResponse(readerOf(answer, ApiKey.Fetch, VERSION), VERSION);
    if (response.errorCode !== KafkaError.NONE) throw new Error(`fetch: error ${response.errorCode}`);
    this.sessionId = response.sessionId;
    this.sessionEpoch = this.sessionId === 0 ? 0 : this.sessionEpoch + 1;
    const changed: number[] = [];
    for (const { partitions } of response.responses) {
      for (const { partitionIndex, errorCode, records } of partitions) {
        if (errorCode !== KafkaError.NONE) throw new Error(`fetch of partition ${partitionIndex}: error ${errorCode}`);
        if (records !== null && this.walk(partitionIndex, records as Buffer)) changed.push(partitionIndex);
      }
    }
    this.changed = this.sessionId === 0 ? [...this.offsets.keys()] : changed;
  }

  /** Goes through the whole batches; whether there was one. */
  private walk(partition: number, bytes: Buffer): boolean {
    let at = 0;
    while (at + BATCH_HEAD_BYTES <= bytes.length) {
      const size = 12 + bytes.readInt32BE(at + 8);
      if (at + size > bytes.length) break;
      const baseOffset = bytes.readUInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
      this.offsets.set(partition, baseOffset + bytes.readInt32BE(at + 23) + 1);
      this.plan.onBatch(partition, size, bytes.readInt32BE(at + 57));
      if (this.closed) return false;
      at += size;
    }
    return at > 0;
  }
}

/** Reads until that many batches have come; resolves with how long it took from the first request on. */
export function readBatches(
  topic: Topic,
  batches: number,
  plan: Omit<ConsumerPlan, "onBatch" | "onFailure">,
): Promise<{ seconds: number; bytes: number; records: number }> {
  return new Promise((resolve, reject) => {
    let left = batches;
    let bytes = 0;
    let records = 0;
    let startedMs = 0;
    let consumer: Consumer | undefined;
    const onFailure = (error: Error) => {
      consumer?.close();
      reject(error);
    };
    const onBatch = (_partition: number, size: number, count: number) => {
      bytes += size;
      records += count;
      if (--left !== 0) return;
      consumer!.close();
      resolve({ seconds: (performance.now() - startedMs) / 1_000, bytes, records });
    };
    Consumer.open(topic, { ...plan, onBatch, onFailure }).then((opened) => {
      consumer = opened;
      startedMs = performance.now();
      opened.start();
    }, reject);
  });
}
