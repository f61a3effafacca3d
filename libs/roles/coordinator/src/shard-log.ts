import { KafkaError, type KafkaErrorCode, kafkaErrorName, type NodeId, type Uuid } from "@moldau/base";
import type { MetadataImage } from "@moldau/metadata";
import { type CallContext, type Peers, PeerUnavailable } from "@moldau/rpc";
import type { Logger } from "@moldau/telemetry";
import type { ImageWatch } from "./image-watch";

/** The shard and the right to it. */
export interface ShardIdentity {
  readonly topicId: Uuid;
  readonly partition: number;
  readonly ownerId: NodeId;
  readonly ownerEpoch: number;
}

export interface ShardLogContext {
  readonly peers: Peers;
  image(): MetadataImage;
  readonly watch: ImageWatch;
  readonly log: Logger;
  monotonicMs(): number;
  /** `offsets.commit.timeout.ms`: how long an append may take, replication included. */
  readonly appendTimeoutMs: number;
}

/** `lost`: somebody else owns the shard. */
export type ClaimOutcome =
  | { readonly is: "claimed"; readonly logStartOffset: number; readonly markerOffset: number }
  | { readonly is: "lost" }
  | { readonly is: "stopped" };

/**
 * - committed: all in-sync replicas have it.
 * - refused: it is certain that nothing was written.
 * - doubt: it may be written, or may yet be.
 * - lost: a newer owner has claimed the shard; nothing was written.
 */
export type AppendOutcome =
  | { readonly is: "committed" }
  | {
      readonly is: "refused" | "doubt";
      readonly why: string;
      /** It will not be taken however often it is sent; this is what whoever waits for it is told. */
      readonly hopeless?: KafkaErrorCode;
      /** The broker that was asked leads no more. Sent again, the batch is in the log once or, at worst, twice in a row. */
      readonly leaderChanged?: boolean;
    }
  | { readonly is: "lost" }
  | { readonly is: "stopped" };

export type ReadOutcome =
  { readonly is: "records"; readonly bytes: Uint8Array } | { readonly is: "failed"; readonly why: string };

const RETRY_MS_MIN = 20;
const RETRY_MS_MAX = 250;
const CALL_TIMEOUT_MS = 10_000;

/** Errors of an append after which certainly nothing was written, so that it may be sent again. */
const notWritten: ReadonlySet<number> = new Set([
  KafkaError.UNKNOWN_TOPIC_OR_PARTITION,
  KafkaError.UNKNOWN_TOPIC_ID,
  KafkaError.LEADER_NOT_AVAILABLE,
  KafkaError.NOT_ENOUGH_REPLICAS,
  KafkaError.FENCED_LEADER_EPOCH,
  KafkaError.UNKNOWN_LEADER_EPOCH,
]);

/** Errors of an append that will not go away by repeating it, and what whoever waits for it is told. */
const hopeless: ReadonlyMap<number, KafkaErrorCode> = new Map<number, KafkaErrorCode>([
  [KafkaError.MESSAGE_TOO_LARGE, KafkaError.UNKNOWN_SERVER_ERROR],
  [KafkaError.RECORD_LIST_TOO_LARGE, KafkaError.UNKNOWN_SERVER_ERROR],
  [KafkaError.INVALID_RECORD, KafkaError.UNKNOWN_SERVER_ERROR],
  [KafkaError.CORRUPT_MESSAGE, KafkaError.UNKNOWN_SERVER_ERROR],
  [KafkaError.INVALID_TIMESTAMP, KafkaError.UNKNOWN_SERVER_ERROR],
  // Of a transaction: its producer, or the coordinator that ended it, has a successor.
  [KafkaError.INVALID_PRODUCER_EPOCH, KafkaError.INVALID_PRODUCER_EPOCH],
  [KafkaError.TRANSACTION_COORDINATOR_FENCED, KafkaError.TRANSACTION_COORDINATOR_FENCED],
  [KafkaError.INVALID_TXN_STATE, KafkaError.INVALID_TXN_STATE],
]);

/** The log of one shard, wherever its leader is at the moment. */
export class ShardLog {
  /** Offset of the marker of the last claim that was granted; appends are made under it. */
  private claimOffset = -1;

  constructor(
    private readonly shard: ShardIdentity,
    private readonly context: ShardLogContext,
    private readonly signal: AbortSignal,
  ) {}

  /** Claims the shard; keeps trying while nobody leads the partition or the leader cannot commit the marker. */
  async claim(): Promise<ClaimOutcome> {
    const { topicId, partition, ownerId, ownerEpoch } = this.shard;
    const { peers, log } = this.context;
    for (let attempt = 0; !this.signal.aborted; attempt++) {
      const leader = this.leader();
      let why = "the partition has no leader";
      if (leader !== undefined) {
        try {
          const reply = await peers
            .broker(leader.nodeId)
            .claim({ topicId, partition, ownerId, ownerEpoch }, this.call(CALL_TIMEOUT_MS));
          if (reply.errorCode === KafkaError.NONE) {
            const { logStartOffset, markerOffset } = reply;
            this.claimOffset = markerOffset;
            return { is: "claimed", logStartOffset, markerOffset };
          }
          if (reply.errorCode === KafkaError.NOT_COORDINATOR) return { is: "lost" };
          why = kafkaErrorName(reply.errorCode);
        } catch (error) {
          why = messageOf(error);
        }
      }
      log[attempt === 5 ? "warn" : "debug"]({ leader: leader?.nodeId, attempt }, `shard not claimed yet: ${why}`);
      await this.pause(attempt);
    }
    return { is: "stopped" };
  }

  /** Reads whole batches from `offset` on. */
  async read(offset: number, maxBytes: number): Promise<ReadOutcome> {
    const leader = this.leader();
    if (leader === undefined) return { is: "failed", why: "the partition has no leader" };
    const { topicId, partition } = this.shard;
    try {
      const reply = await this.context.peers.broker(leader.nodeId).read(
        {
          replicaId: -2,
          replicaEpoch: -1,
          maxWaitMs: 0,
          minBytes: 0,
          maxBytes,
          isolationLevel: 0,
          rackId: "",
          partitions: [
            {
              topicId,
              partition,
              currentLeaderEpoch: -1,
              fetchOffset: offset,
              lastFetchedEpoch: -1,
              logStartOffset: -1,
              maxBytes,
              highWatermark: -1,
            },
          ],
        },
        this.call(CALL_TIMEOUT_MS),
      );
      const result = reply.partitions[0];
      if (result === undefined) return { is: "failed", why: "an answer without the partition" };
      if (result.errorCode !== KafkaError.NONE) return { is: "failed", why: kafkaErrorName(result.errorCode) };
      return { is: "records", bytes: joined(result.records) };
    } catch (error) {
      return { is: "failed", why: messageOf(error) };
    }
  }

  /**
   * Appends one batch with all replicas. Sends it again only where the first attempt certainly wrote nothing, for as long as
   * an append may take.
   */
  async append(records: Uint8Array): Promise<AppendOutcome> {
    const { monotonicMs, appendTimeoutMs } = this.context;
    const endMs = monotonicMs() + appendTimeoutMs;
    let leaderChanged = false;
    for (let attempt = 0; !this.signal.aborted; attempt++) {
      const tried = await this.tryAppend(records);
      if (tried.is !== "refused") return tried;
      leaderChanged ||= tried.leaderChanged === true;
      if (tried.hopeless !== undefined || monotonicMs() >= endMs)
        return leaderChanged ? { ...tried, is: "doubt" } : tried;
      this.context.log.debug({ attempt }, `append to the shard's log not accepted yet: ${tried.why}`);
      await this.pause(attempt);
    }
    return { is: "stopped" };
  }

  /** Between attempts of whatever failed; a change of metadata ends it early. */
  pause(attempt: number): Promise<void> {
    return this.context.watch.sleep(Math.min(RETRY_MS_MIN * 2 ** Math.min(attempt, 10), RETRY_MS_MAX), this.signal);
  }

  private async tryAppend(records: Uint8Array): Promise<AppendOutcome> {
    const leader = this.leader();
    if (leader === undefined) return { is: "refused", why: "the partition has no leader" };
    const { topicId, partition, ownerEpoch } = this.shard;
    const { peers, appendTimeoutMs } = this.context;
    try {
      const reply = await peers.broker(leader.nodeId).append(
        {
          acks: -1,
          timeoutMs: appendTimeoutMs,
          transactionalId: "",
          partitions: [
            { topicId, partition, leaderEpoch: leader.epoch, ownerEpoch, claimOffset: this.claimOffset, records },
          ],
          produceVersion: 0,
          internal: true,
        },
        this.call(appendTimeoutMs + 1_000),
      );
      const result = reply.partitions[0];
      if (result === undefined) return { is: "doubt", why: "an answer without the partition" };
      return judgeAppend(result);
    } catch (error) {
      const written = !(error instanceof PeerUnavailable) || error.mayHaveBeenSent;
      return { is: written ? "doubt" : "refused", why: messageOf(error) };
    }
  }

  private leader(): { nodeId: NodeId; epoch: number } | undefined {
    const image = this.context.image().partition(this.shard.topicId, this.shard.partition);
    if (image === undefined || image.leader < 0) return undefined;
    return { nodeId: image.leader, epoch: image.leaderEpoch };
  }

  private call(deadlineMs: number): CallContext {
    return { traceparent: "", deadlineMs, callerNodeId: this.shard.ownerId };
  }
}

function judgeAppend(result: { errorCode: number; errorMessage: string; baseOffset: number }): AppendOutcome {
  const { errorCode, baseOffset } = result;
  if (errorCode === KafkaError.NONE) return { is: "committed" };
  if (errorCode === KafkaError.NOT_COORDINATOR) return { is: "lost" };
  const why = `${kafkaErrorName(errorCode)} ${result.errorMessage}`.trim();
  const told = hopeless.get(errorCode);
  if (told !== undefined) return { is: "refused", why, hopeless: told };
  // A leader that lost its office after the write names the offset that it gave; before the write there is none.
  if (errorCode === KafkaError.NOT_LEADER_OR_FOLLOWER && baseOffset < 0) {
    return { is: "refused", why, leaderChanged: true };
  }
  return { is: notWritten.has(errorCode) ? "refused" : "doubt", why };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
