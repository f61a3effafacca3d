import { KafkaError, shardOf } from "@moldau/base";
import { GROUP_METADATA_TOPIC } from "@moldau/metadata";
import {
  ApiKey,
  readOffsetCommitResponse,
  readOffsetFetchResponse,
  Reader,
  writeOffsetCommitRequest,
  writeOffsetFetchRequest,
  Writer,
} from "@moldau/protocol";
import { kafkaCall } from "./admin";
import { Client, type ClientOptions, nameOf, type TopicPartition } from "./client";

export interface CommitterOptions extends ClientOptions {
  readonly group: string;
  readonly partition: TopicPartition;
  readonly pauseMs: number;
}

/** Commits rising offsets for a group without members, and reads back what is committed. */
export class Committer {
  readonly client: Client;
  #next = 0;
  #lastRead = -1;

  constructor(private readonly options: CommitterOptions) {
    this.client = new Client(options);
  }

  /** What the last read found; -1 for nothing. */
  get lastRead(): number {
    return this.#lastRead;
  }

  start(): void {
    this.client.run(async () => {
      const { client } = this;
      while (!client.stopped) {
        await client.sleep(this.options.pauseMs * (0.5 + this.options.random.next()));
        if (client.stopped) return;
        await (this.options.random.chance(0.6) ? this.#commit() : this.read());
      }
    });
  }

  async #commit(): Promise<void> {
    const { group, partition, random, record, time } = this.options;
    const offset = (this.#next += 1 + random.below(5));
    const event = {
      type: "commit" as const,
      process: this.client.name,
      group,
      partition: nameOf(partition),
      offset,
      invokeMs: time.nowMs,
    };
    record({ ...event, outcome: { kind: "unknown" } });
    const writer = new Writer();
    const topics = [
      { name: partition.topic, partitions: [{ partitionIndex: partition.partition, committedOffset: offset }] },
    ];
    writeOffsetCommitRequest(writer, { groupId: group, topics }, 8);
    const body = await this.#ask(ApiKey.OffsetCommit, writer.toBytes());
    if (body === undefined) return;
    const reply = readOffsetCommitResponse(new Reader(body), 8);
    if (reply.topics[0]?.partitions[0]?.errorCode === KafkaError.NONE) {
      record({ ...event, outcome: { kind: "acked", endMs: time.nowMs } });
    }
  }

  /** Whether an answer came. */
  async read(): Promise<boolean> {
    const { group, partition, record, time } = this.options;
    const invokeMs = time.nowMs;
    const writer = new Writer();
    const topics = [{ name: partition.topic, partitionIndexes: [partition.partition] }];
    writeOffsetFetchRequest(writer, { groups: [{ groupId: group, topics }], requireStable: false }, 8);
    const body = await this.#ask(ApiKey.OffsetFetch, writer.toBytes());
    if (body === undefined) return false;
    const reply = readOffsetFetchResponse(new Reader(body), 8).groups[0];
    const found = reply?.topics[0]?.partitions[0];
    if (reply?.errorCode !== KafkaError.NONE || found?.errorCode !== KafkaError.NONE) return false;
    this.#lastRead = found.committedOffset;
    record({
      type: "committed-read",
      process: this.client.name,
      group,
      partition: nameOf(partition),
      offset: found.committedOffset,
      invokeMs,
      endMs: time.nowMs,
    });
    return true;
  }

  async #ask(apiKey: number, body: Uint8Array): Promise<Uint8Array | undefined> {
    const { client } = this;
    const { image } = client.observer;
    const topic = image.topicsByName.get(GROUP_METADATA_TOPIC);
    if (topic === undefined) return undefined;
    const owner = image.shardOwner(topic.id, shardOf(this.options.group, topic.partitions.length))?.ownerId ?? -1;
    if (owner < 0) return undefined;
    try {
      const answer = await client.peers.coordinator(owner).handle(kafkaCall(apiKey, 8, body), client.call(4_000));
      return answer.errorCode === undefined || answer.errorCode === KafkaError.NONE ? answer.body : undefined;
    } catch {
      return undefined;
    }
  }
}
