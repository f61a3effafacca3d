import { KafkaError } from "@moldau/base";
import type { ReadResult } from "@moldau/contracts";
import { batchesOf, isControl, isTransactional, readControlMarker, readRecords } from "@moldau/record-batch";
import { Client, type ClientOptions, nameOf, type TopicPartition } from "./client";

export interface ConsumerOptions extends ClientOptions {
  readonly partitions: readonly TopicPartition[];
  readonly maxBytes: number;
  /** Records of open and aborted transactions are not shown to it. */
  readonly readCommitted: boolean;
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
      const read = this.#recordsOf(result, position);
      position = read.position;
      lastEpoch = read.lastEpoch ?? lastEpoch;
      const { records } = read;
      if (records.length === 0) continue;
      this.options.record({
        type: "poll",
        process: client.name,
        consumer: `${client.name}/${name}`,
        mode: "assign",
        isolation: this.options.readCommitted ? "read_committed" : "read_uncommitted",
        partition: name,
        position: this.positions.get(name)!,
        records,
        invokeMs,
        endMs: this.options.time.nowMs,
      });
    }
  }

  /** What an application is shown of an answer; the aborted transactions that it names are left out as clients do. */
  #recordsOf(result: ReadResult, from: number): { records: [number, string][]; position: number; lastEpoch?: number } {
    const records: [number, string][] = [];
    const aborted = [...result.aborted].sort((a, b) => a.firstOffset - b.firstOffset);
    const aborting = new Set<number>();
    let position = from;
    let lastEpoch: number | undefined;
    for (const chunk of result.records) {
      for (const { header, position: at } of batchesOf(chunk)) {
        lastEpoch = header.partitionLeaderEpoch;
        const end = header.baseOffset + header.lastOffsetDelta + 1;
        for (let next = aborted[0]; next !== undefined && next.firstOffset < end; next = aborted[0]) {
          aborting.add(next.producerId);
          aborted.shift();
        }
        if (isControl(header.attributes)) {
          if (readControlMarker(chunk, at, header)?.kind === "abort") aborting.delete(header.producerId);
        } else if (!(isTransactional(header.attributes) && aborting.has(header.producerId))) {
          for (const { offset, value } of readRecords(chunk, at)) {
            if (offset >= position) records.push([offset, decoder.decode(value ?? undefined)]);
          }
        }
        position = Math.max(position, end);
      }
    }
    return { records, position, lastEpoch };
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
          isolationLevel: this.options.readCommitted ? 1 : 0,
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
