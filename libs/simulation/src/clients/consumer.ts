import { KafkaError } from "@moldau/base";
import { batchesOf, isControl, readRecords } from "@moldau/record-batch";
import { Client, type ClientOptions, nameOf, type TopicPartition } from "./client";

export interface ConsumerOptions extends ClientOptions {
  readonly partitions: readonly TopicPartition[];
  readonly maxBytes: number;
}

const decoder = new TextDecoder();
const WAIT_MS = 400;

/**
 * A consumer of assigned partitions, from their beginning: reads on from its position, and checks with the leader that what
 * it read is still what the log holds (KIP-320).
 */
export class Consumer {
  readonly client: Client;
  /** By partition name. */
  readonly positions = new Map<string, number>();
  /** High watermark of the last answer, by partition name. */
  readonly ends = new Map<string, number>();

  constructor(private readonly options: ConsumerOptions) {
    this.client = new Client(options);
  }

  start(): void {
    for (const partition of this.options.partitions) this.client.run(() => this.#consume(partition));
  }

  async #consume(partition: TopicPartition): Promise<void> {
    const { client } = this;
    const name = nameOf(partition);
    let position = 0;
    let lastEpoch = -1;
    while (!client.stopped) {
      this.positions.set(name, position);
      const found = client.imageOf(partition);
      if (found === undefined || found.image.leader < 0) {
        await client.sleep(50);
        continue;
      }
      const invokeMs = this.options.time.nowMs;
      const result = await this.#read(partition, found, position, lastEpoch);
      if (result === undefined) {
        await client.sleep(50);
        continue;
      }
      if (result.errorCode === KafkaError.OFFSET_OUT_OF_RANGE) {
        this.options.violation(
          "position-out-of-range",
          `${name}: position ${position} is out of range at node ${found.image.leader}, log start ${result.logStartOffset}, high watermark ${result.highWatermark}`,
        );
        return;
      }
      if (result.errorCode !== KafkaError.NONE) {
        await client.sleep(30);
        continue;
      }
      if (result.divergingEpoch >= 0) {
        this.options.violation(
          "read-then-truncated",
          `${name}: read up to ${position} in epoch ${lastEpoch}; node ${found.image.leader} has epoch ${result.divergingEpoch} only up to ${result.divergingEndOffset}`,
        );
        return;
      }
      this.ends.set(name, result.highWatermark);
      const records: [number, string][] = [];
      for (const chunk of result.records) {
        for (const { header, position: at } of batchesOf(chunk)) {
          lastEpoch = header.partitionLeaderEpoch;
          if (!isControl(header.attributes)) {
            for (const { offset, value } of readRecords(chunk, at)) {
              if (offset >= position) records.push([offset, decoder.decode(value ?? undefined)]);
            }
          }
          position = Math.max(position, header.baseOffset + header.lastOffsetDelta + 1);
        }
      }
      if (records.length === 0) continue;
      this.options.record({
        type: "poll",
        process: client.name,
        consumer: `${client.name}/${name}`,
        mode: "assign",
        isolation: "read_uncommitted",
        partition: name,
        position: this.positions.get(name)!,
        records,
        invokeMs,
        endMs: this.options.time.nowMs,
      });
    }
  }

  async #read(
    { partition }: TopicPartition,
    { topicId, image }: { topicId: string; image: { leader: number; leaderEpoch: number } },
    fetchOffset: number,
    lastFetchedEpoch: number,
  ) {
    const { client } = this;
    try {
      const reply = await client.peers.broker(image.leader).read(
        {
          replicaId: -1,
          replicaEpoch: -1,
          maxWaitMs: WAIT_MS,
          minBytes: 1,
          maxBytes: this.options.maxBytes,
          isolationLevel: 0,
          rackId: "",
          partitions: [
            {
              topicId,
              partition,
              currentLeaderEpoch: image.leaderEpoch,
              fetchOffset,
              lastFetchedEpoch,
              logStartOffset: -1,
              maxBytes: this.options.maxBytes,
              highWatermark: -1,
            },
          ],
        },
        client.call(WAIT_MS + 3_000),
      );
      return reply.partitions[0];
    } catch {
      return undefined;
    }
  }
}
