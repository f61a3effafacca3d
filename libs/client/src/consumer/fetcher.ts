// Keeps a fetch waiting at every leader, as long as there is room for what it brings.
import { KafkaError } from "@moldau/base";
import type { FetchResponse, FetchResponsePartitionData } from "@moldau/protocol";
import type { IncomingRecord } from "../api";
import { calls } from "../calls";
import { check, isClientError, KafkaClientError, refused } from "../client-error";
import { ANSWER_SLACK_MS, type Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { backoffMs } from "../retry";
import { partitionName } from "../topic-partition";
import type { AssignedPartition } from "./assigned-partition";
import { FetchedRecords } from "./fetched-records";

/** What the fetcher needs of a cluster. */
export type FetchCluster = Pick<Cluster, "signal" | "topic" | "metadata" | "call">;

export interface FetcherOptions {
  maxWaitMs: number;
  /** Of one answer, and of all that waits here: above it nothing more is asked for. */
  fetchBytesMax: number;
  readCommitted: boolean;
}

/** Of one partition in one answer, as Kafka's max.partition.fetch.bytes; twice as much waits here at most. */
const PARTITION_BYTES_MAX = 1024 * 1024;
/** How long a fetch waits while partitions of its node are left out because enough of them waits here. */
const SHORT_WAIT_MS = 20;
/** No session: every request names all it wants (KIP-227). */
const NO_SESSION_EPOCH = -1;

export class Fetcher {
  private partitions: AssignedPartition[] = [];
  /** The node that each request under way went to. */
  private readonly busy = new Set<number>();
  private refreshing = false;
  private timer: NodeJS.Timeout | undefined;
  private turn = 0;

  constructor(
    private readonly cluster: FetchCluster,
    private readonly options: FetcherOptions,
    private readonly events: {
      /** Something to take, or to look at. */
      onNews(): void;
      /** Something that whoever polls has to know. */
      onError(error: Error): void;
      /** The offset does not exist (any more). */
      onOutOfRange(partition: AssignedPartition): void;
    },
  ) {}

  /** From now on these; answers for others are dropped. */
  assign(partitions: readonly AssignedPartition[]): void {
    this.partitions = [...partitions];
    this.pump();
  }

  stop(): void {
    this.partitions = [];
    clearTimeout(this.timer);
  }

  /** Up to `max` records, from each partition in turn. Throws for what cannot be read, unless there is something before. */
  take(max: number): IncomingRecord[] {
    const records: IncomingRecord[] = [];
    const count = this.partitions.length;
    for (let i = 0; i < count && records.length < max; i++) {
      const partition = this.partitions[(this.turn + i) % count]!;
      try {
        takeFrom(partition, max, records);
      } catch (error) {
        if (records.length > 0) break;
        throw unreadable(partition, partition.position, error);
      }
    }
    // A partition that fills every answer must not be first each time.
    if (count > 0) this.turn = (this.turn + 1) % count;
    this.pump();
    return records;
  }

  /** Asks every leader that has nothing to do. */
  pump(): void {
    clearTimeout(this.timer);
    if (this.cluster.signal.aborted) return;
    const nowMs = performance.now();
    let laterMs = Infinity;
    let bytes = 0;
    for (const { bufferedBytes } of this.partitions) bytes += bufferedBytes;
    if (bytes >= this.options.fetchBytesMax) return;
    const leaderless = new Set<string>();
    const wanted = this.partitions.filter((partition) => {
      if (partition.start !== undefined || partition.fetching) return false;
      if (partition.notBeforeMs > nowMs) {
        laterMs = Math.min(laterMs, partition.notBeforeMs);
        return false;
      }
      if (this.leaderOf(partition) >= 0) return true;
      leaderless.add(partition.topic);
      return false;
    });
    for (const [nodeId, list] of groupBy(wanted, (partition) => this.leaderOf(partition))) {
      if (this.busy.has(nodeId)) continue;
      const room = list.filter(({ bufferedBytes }) => bufferedBytes < PARTITION_BYTES_MAX);
      if (room.length > 0) void this.fetch(nodeId, room, room.length < list.length);
    }
    if (leaderless.size > 0) this.refresh([...leaderless]);
    if (laterMs < Infinity) this.timer = setTimeout(() => this.pump(), laterMs - nowMs + 1);
  }

  private leaderOf({ topic, partition }: AssignedPartition): number {
    return this.cluster.topic(topic)?.partitions[partition]?.leader ?? -1;
  }

  /** One request. Never rejects. */
  private async fetch(nodeId: number, partitions: readonly AssignedPartition[], some: boolean): Promise<void> {
    const { maxWaitMs, fetchBytesMax, readCommitted } = this.options;
    this.busy.add(nodeId);
    for (const partition of partitions) partition.fetching = true;
    const waitMs = some ? Math.min(SHORT_WAIT_MS, maxWaitMs) : maxWaitMs;
    const first = this.turn % partitions.length;
    const inTurn = [...partitions.slice(first), ...partitions.slice(0, first)];
    try {
      const response = await this.cluster.call(
        nodeId,
        calls.fetch,
        {
          maxWaitMs: waitMs,
          minBytes: 1,
          maxBytes: fetchBytesMax,
          isolationLevel: readCommitted ? 1 : 0,
          sessionEpoch: NO_SESSION_EPOCH,
          topics: [...groupBy(inTurn, ({ topic }) => topic)].map(([topic, list]) => ({
            topic,
            topicId: this.cluster.topic(topic)?.topicId,
            partitions: list.map(({ partition, fetchOffset }) => ({
              partition,
              fetchOffset,
              currentLeaderEpoch: this.cluster.topic(topic)?.partitions[partition]?.leaderEpoch,
              partitionMaxBytes: Math.min(PARTITION_BYTES_MAX, fetchBytesMax),
            })),
          })),
        },
        { lane: "fetch", timeoutMs: waitMs + 2 * ANSWER_SLACK_MS },
      );
      check(`fetch from node ${nodeId}`, response.errorCode);
      for (const partition of partitions) this.settle(partition, response);
    } catch (error) {
      if (!this.cluster.signal.aborted) {
        const failure = error instanceof Error ? error : new Error(String(error));
        for (const partition of partitions) this.pauseAfter(partition);
        if (isClientError(failure) && failure.retriable)
          this.refresh([...new Set(partitions.map(({ topic }) => topic))]);
        else this.events.onError(failure);
      }
    } finally {
      this.busy.delete(nodeId);
      for (const partition of partitions) partition.fetching = false;
      this.events.onNews();
      this.pump();
    }
  }

  private settle(partition: AssignedPartition, { responses }: FetchResponse): void {
    // Revoked, or told to read elsewhere, since the request went out.
    if (!this.partitions.includes(partition) || partition.start !== undefined) return;
    const topicId = this.cluster.topic(partition.topic)?.topicId;
    const topic = responses.find(({ topic: name, topicId: id }) =>
      name === "" ? id === topicId : name === partition.topic,
    );
    const data = topic?.partitions.find(({ partitionIndex }) => partitionIndex === partition.partition);
    if (data === undefined) return this.pauseAfter(partition);
    if (data.errorCode !== 0) return this.settleError(partition, data.errorCode);
    try {
      this.keep(partition, data);
    } catch (error) {
      this.pauseAfter(partition);
      this.events.onError(unreadable(partition, partition.fetchOffset, error));
    }
  }

  private keep(partition: AssignedPartition, data: FetchResponsePartitionData): void {
    partition.failures = 0;
    const { readCommitted } = this.options;
    partition.highWatermark = readCommitted && data.lastStableOffset >= 0 ? data.lastStableOffset : data.highWatermark;
    const { records } = data;
    if (records === null || records.length === 0) return;
    const { topic, partition: index, fetchOffset } = partition;
    const aborted = readCommitted ? data.abortedTransactions : null;
    const fetched = new FetchedRecords({ topic, partition: index, bytes: records, fromOffset: fetchOffset, aborted });
    if (fetched.empty) {
      throw new Error(`${records.length} bytes came and no whole batch in them`);
    }
    partition.buffered.push(fetched);
    partition.bufferedBytes += fetched.bytes;
    partition.fetchOffset = fetched.endOffset;
  }

  private settleError(partition: AssignedPartition, errorCode: number): void {
    this.pauseAfter(partition);
    const error = refused(`fetch ${partitionName(partition)} at ${partition.fetchOffset}`, errorCode);
    if (errorCode === KafkaError.OFFSET_OUT_OF_RANGE) {
      // What waits here is handed out first; then the question comes up again.
      if (partition.buffered.length === 0) this.events.onOutOfRange(partition);
    } else if (error.retriable) {
      this.refresh([partition.topic]);
    } else {
      this.events.onError(error);
    }
  }

  private pauseAfter(partition: AssignedPartition): void {
    partition.notBeforeMs = performance.now() + backoffMs(partition.failures++);
  }

  private refresh(topics: readonly string[]): void {
    if (this.refreshing || this.cluster.signal.aborted) return;
    this.refreshing = true;
    void this.cluster
      .metadata(topics)
      .catch(() => undefined)
      .finally(() =>
        setTimeout(() => {
          this.refreshing = false;
          this.pump();
        }, backoffMs(1)),
      );
  }
}

function unreadable(partition: AssignedPartition, offset: number, error: unknown): KafkaClientError {
  const why = error instanceof Error ? error.message : String(error);
  const what = `${partitionName(partition)} at offset ${offset}: ${why}`;
  return new KafkaClientError(what, KafkaError.CORRUPT_MESSAGE, { cause: error });
}

function takeFrom(partition: AssignedPartition, max: number, records: IncomingRecord[]): void {
  while (records.length < max) {
    const fetched = partition.buffered[0];
    if (fetched === undefined) return;
    const record = fetched.read();
    partition.position = fetched.position;
    if (fetched.leaderEpoch >= 0) partition.leaderEpoch = fetched.leaderEpoch;
    if (record !== undefined) {
      records.push(record);
    } else {
      partition.buffered.shift();
      partition.bufferedBytes -= fetched.bytes;
    }
  }
}
