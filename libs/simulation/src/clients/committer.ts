import { KafkaError } from "@moldau/base";
import { GROUP_METADATA_TOPIC } from "@moldau/metadata";
import { ApiKey, readOffsetCommitResponse, writeOffsetCommitRequest } from "@moldau/protocol";
import { askCoordinator } from "./ask-coordinator";
import { readCommittedOffset } from "./read-committed-offset";
import { Client, type ClientOptions, nameOf, type TopicPartition } from "./client";

export interface CommitterOptions extends ClientOptions {
  readonly group: string;
  readonly partition: TopicPartition;
  readonly pauseMs: number;
}

const commitApi = {
  key: ApiKey.OffsetCommit,
  version: 8,
  write: writeOffsetCommitRequest,
  read: readOffsetCommitResponse,
};
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
    const topics = [
      { name: partition.topic, partitions: [{ partitionIndex: partition.partition, committedOffset: offset }] },
    ];
    const shard = { shardTopic: GROUP_METADATA_TOPIC, id: group };
    const reply = await askCoordinator(this.client, shard, commitApi, { groupId: group, topics });
    if (reply?.topics[0]?.partitions[0]?.errorCode === KafkaError.NONE) {
      record({ ...event, outcome: { kind: "acked", endMs: time.nowMs } });
    }
  }

  /** Whether an answer came. */
  async read(): Promise<boolean> {
    const offset = await readCommittedOffset(this.client, this.options.group, this.options.partition);
    if (offset !== undefined) this.#lastRead = offset;
    return offset !== undefined;
  }
}
