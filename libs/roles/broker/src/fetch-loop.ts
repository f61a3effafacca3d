import { KafkaError, kafkaErrorName, Lent, type NodeId } from "@moldau/base";
import type { ReadPartition, ReadReply, ReadResult } from "@moldau/contracts";
import type { NodeRegistration, RoleContext } from "@moldau/host";
import { truncationOffset } from "@moldau/partition";
import { batchesOf, checkCrc, isControl, lastOffset, readControlMarker } from "@moldau/record-batch";
import { StorageError, type AppendPart } from "@moldau/segment-store";
import { reportWritten } from "./append";
import type { HostedPartition } from "./hosted-partition";
import type { ReplicationThrottles } from "./replication-throttles";

/** After an answer that the next metadata update explains. */
const RETRY_MS = 100;

/** How a follower reads. Times in milliseconds. */
export interface FetchSettings {
  waitMaxMs: number;
  minBytes: number;
  partitionMaxBytes: number;
  responseMaxBytes: number;
  backoffMs: number;
}

/** A partition that this broker follows. */
export interface Following {
  readonly hosted: HostedPartition;
  readonly leaderEpoch: number;
  /** When it was followed, or got its last records (monotonic ms). */
  lastNewsMs: number;
  /** Not before then (monotonic ms). */
  notBeforeMs: number;
  /** Had everything that the leader had committed at the last answer. */
  inSync: boolean;
}

/** What fetch loops share. */
export interface FetchOptions {
  context: RoleContext;
  registration: NodeRegistration;
  fsync: boolean;
  throttles: ReplicationThrottles;
  settings: FetchSettings;
}

/**
 * Reads some partitions of one leader, round after round; each round is one Read with this node's id, which tells the leader
 * how far this replica has come. Source: KIP-101, KIP-320, KIP-595, KIP-903.
 */
export class FetchLoop {
  readonly #context: RoleContext;
  readonly #registration: NodeRegistration;
  readonly #fsync: boolean;
  readonly #throttles: ReplicationThrottles;
  readonly #settings: FetchSettings;
  readonly #leaderId: NodeId;
  readonly #onRound: (news: readonly Following[]) => void;
  readonly #following = new Map<HostedPartition, Following>();
  #running: Promise<void> | undefined;
  #stopped = false;
  #wake: (() => void) | undefined;
  /** Ends the read that waits at the leader, since it asks for the wrong partitions. */
  #abort = new AbortController();
  #unreachable = false;
  maxLag = 0;

  /** `onRound` is called when a round is over and written, with what got records. */
  constructor(options: FetchOptions, leaderId: NodeId, onRound: (news: readonly Following[]) => void) {
    this.#context = options.context;
    this.#registration = options.registration;
    this.#fsync = options.fsync;
    this.#throttles = options.throttles;
    this.#settings = options.settings;
    this.#leaderId = leaderId;
    this.#onRound = onRound;
  }

  get size(): number {
    return this.#following.size;
  }

  /** Reads these too, from the next round on, which begins at once. */
  add(some: readonly Following[]): void {
    for (const following of some) this.#following.set(following.hosted, following);
    this.#interrupt();
    this.#running ??= this.#run();
  }

  remove(hosted: HostedPartition): void {
    this.#following.delete(hosted);
  }

  /** Lets go of it; false where it is not read here any more, or by a newer leader epoch. */
  take(following: Following): boolean {
    return this.#following.get(following.hosted) === following && this.#following.delete(following.hosted);
  }

  /** Those that got nothing since `sinceMs`. */
  *silentSince(sinceMs: number): Generator<Following, void, undefined> {
    for (const following of this.#following.values()) if (following.lastNewsMs < sinceMs) yield following;
  }

  stop(): Promise<void> {
    this.#stopped = true;
    this.#interrupt();
    return this.#running ?? Promise.resolve();
  }

  #interrupt(): void {
    this.#wake?.();
    this.#abort.abort();
  }

  async #run(): Promise<void> {
    // Partitions that are followed in the same turn begin together.
    await Promise.resolve();
    while (!this.#stopped) {
      const asked = this.#due();
      if (asked.length === 0) {
        await this.#sleep(this.#following.size === 0 ? undefined : this.#settings.backoffMs);
        continue;
      }
      this.#abort = new AbortController();
      const { signal } = this.#abort;
      try {
        await this.#round(asked, signal);
        this.#unreachable = false;
      } catch (error) {
        if (signal.aborted) continue;
        const level = this.#unreachable ? "debug" : "warn";
        this.#unreachable = true;
        const reason = error instanceof Error ? error.message : String(error);
        this.#context.telemetry.log[level]({ leader: this.#leaderId }, `cannot read from the leader: ${reason}`);
        await this.#sleep(this.#settings.backoffMs);
      }
    }
  }

  #due(): Following[] {
    const nowMs = this.#context.clock.monotonicMs();
    return [...this.#following.values()].filter(
      ({ hosted, notBeforeMs, inSync }) =>
        !hosted.isBusy &&
        notBeforeMs <= nowMs &&
        this.#registration.nodeEpoch >= 0 &&
        !this.#throttles.holdsBackFetch(hosted, inSync),
    );
  }

  async #round(asked: readonly Following[], signal: AbortSignal): Promise<void> {
    const lent = new Lent();
    const writes: Promise<void>[] = [];
    try {
      const partitions = asked.map((following) => this.#question(following));
      const reply = await this.#ask(partitions, signal, lent);
      const news: Following[] = [];
      let lag = 0;
      let taken = 0;
      for (const [i, result] of reply.partitions.entries()) {
        const following = asked[i]!;
        const { hosted } = following;
        // The metadata, or a truncation, was faster than the answer.
        if (this.#following.get(hosted) !== following || hosted.isBusy || hosted.isRemoved) continue;
        if (hosted.replica.assignedEndOffset !== partitions[i]!.fetchOffset) continue;
        taken++;
        const write = this.#take(following, result);
        if (write) {
          writes.push(write);
          news.push(following);
          following.lastNewsMs = this.#context.clock.monotonicMs();
        }
        lag = Math.max(lag, result.highWatermark - hosted.replica.assignedEndOffset);
      }
      this.maxLag = lag;
      await Promise.all(writes);
      this.#onRound(news);
      // A leader in this process answers without leaving the microtask queue. Where its answer could not be taken because
      // an append of our own is still being written, that write must get its turn.
      if (taken === 0) await new Promise((resolve) => setImmediate(resolve));
    } finally {
      // Until the last of them is settled, somebody may look at what was read.
      await Promise.allSettled(writes);
      lent.giveBack();
    }
  }

  #ask(partitions: ReadPartition[], signal: AbortSignal, lent: Lent): Promise<ReadReply> {
    const { nodeId, peers } = this.#context;
    const { waitMaxMs, minBytes, responseMaxBytes } = this.#settings;
    return peers.broker(this.#leaderId).read(
      {
        replicaId: nodeId,
        replicaEpoch: this.#registration.nodeEpoch,
        maxWaitMs: waitMaxMs,
        minBytes,
        maxBytes: responseMaxBytes,
        isolationLevel: 0,
        partitions,
        rackId: "",
      },
      {
        traceparent: "",
        deadlineMs: waitMaxMs + 10_000,
        callerNodeId: nodeId,
        signal,
        lend: (giveBack) => lent.lend(giveBack),
      },
    );
  }

  #question({ hosted, leaderEpoch }: Following): ReadPartition {
    const { replica, log } = hosted;
    return {
      topicId: hosted.topicId,
      partition: hosted.partition,
      currentLeaderEpoch: leaderEpoch,
      fetchOffset: replica.logEndOffset,
      lastFetchedEpoch: log.leaderEpochs.latest()?.epoch ?? -1,
      logStartOffset: replica.logStartOffset,
      maxBytes: this.#settings.partitionMaxBytes,
      highWatermark: replica.highWatermark,
    };
  }

  /** Takes one partition's answer; resolves when what came is written. */
  #take(following: Following, result: ReadResult): Promise<void> | undefined {
    const { hosted } = following;
    switch (result.errorCode) {
      case KafkaError.NONE:
        if (result.divergingEpoch >= 0) {
          this.#truncate(hosted, { epoch: result.divergingEpoch, endOffset: result.divergingEndOffset });
          return undefined;
        }
        return this.#append(following, result);
      case KafkaError.OFFSET_OUT_OF_RANGE:
        hosted.step(() => this.#moveIntoRange(following));
        return undefined;
      default:
        this.#context.telemetry.log.debug(
          { partition: hosted.name, leader: this.#leaderId, error: kafkaErrorName(result.errorCode) },
          "the leader refused the read",
        );
        following.notBeforeMs = this.#context.clock.monotonicMs() + RETRY_MS;
        return undefined;
    }
  }

  #append(following: Following, result: ReadResult): Promise<void> | undefined {
    const { hosted } = following;
    const { replica, log, cells } = hosted;
    const nowMs = this.#context.clock.nowMs();
    const parts: AppendPart[] = [];
    const earlier: Promise<unknown>[] = [];
    let sizeBytes = 0;
    let unwritten = 0;
    let endOffset = -1;
    for (const chunk of result.records) {
      for (const { header, position } of batchesOf(chunk)) {
        if (!checkCrc(chunk, position, header)) {
          this.#context.telemetry.log.error(
            { partition: hosted.name, offset: header.baseOffset },
            "corrupt batch read",
          );
          following.notBeforeMs = this.#context.clock.monotonicMs() + RETRY_MS;
          break;
        }
        const marker = isControl(header.attributes) ? readControlMarker(chunk, position, header) : undefined;
        const { maxTimestamp } = header;
        const next = { sizeBytes: unwritten + header.sizeBytes, maxTimestamp, lastOffset: lastOffset(header) };
        if (log.wouldRoll(next)) {
          // What comes before goes first: the snapshot is of the state at the new segment's beginning.
          if (parts.length > 0) earlier.push(log.append(parts.splice(0)).catch(() => undefined));
          hosted.snapshots.beforeAppend(next);
          unwritten = 0;
        }
        const taken = replica.appendAsFollower(header, marker, nowMs);
        if (!taken) continue;
        unwritten += header.sizeBytes;
        endOffset = lastOffset(header) + 1;
        sizeBytes += header.sizeBytes;
        parts.push({
          bytes: chunk.subarray(position, position + header.sizeBytes),
          baseOffset: header.baseOffset,
          lastOffset: lastOffset(header),
          maxTimestamp: header.maxTimestamp,
          leaderEpoch: header.partitionLeaderEpoch,
          aborted: taken.aborted,
        });
      }
    }
    this.#throttles.noteReceived(hosted, sizeBytes);
    following.inSync = replica.assignedEndOffset >= result.highWatermark;
    replica.onLeaderHighWatermark(result.highWatermark);
    hosted.settle();
    if (result.logStartOffset > replica.logStartOffset) this.#raiseLogStart(hosted, result.logStartOffset);
    if (endOffset < 0) return undefined;
    // Where this one is refused at once, those before it may still be written from the leader's answer.
    const settled = earlier.length === 0 ? undefined : Promise.all(earlier).then(() => undefined);
    cells.replicationBytesIn.value += sizeBytes;
    const written = log.append(parts);
    hosted.snapshots.afterAppend();
    return new Promise((resolve) => {
      const core = { fsync: this.#fsync, clock: this.#context.clock };
      reportWritten(core, hosted, written, endOffset, sizeBytes, () => resolve(settled));
    });
  }

  #raiseLogStart(hosted: HostedPartition, leaderStart: number): void {
    const { log, replica } = hosted;
    const offset = Math.min(leaderStart, log.logEndOffset);
    log.advanceLogStartOffset(offset).then(
      () => {
        replica.onLogStartOffset(log.logStartOffset);
        hosted.settle();
      },
      () => hosted.fail(),
    );
  }

  #truncate(hosted: HostedPartition, diverging: { epoch: number; endOffset: number }): void {
    hosted.step(async () => {
      const { log, replica } = hosted;
      const end = log.endOffsetForEpoch(diverging.epoch);
      const bounds = { logEndOffset: log.logEndOffset, highWatermark: replica.highWatermark };
      const offset = truncationOffset(diverging, end.endOffset < 0 ? undefined : end, bounds);
      const { telemetry } = this.#context;
      telemetry.log.info({ partition: hosted.name, diverging, from: bounds.logEndOffset, to: offset }, "truncating");
      await hosted.truncate(() => log.truncateTo(offset));
    });
  }

  /** The leader's log begins above ours, or ends below it (an unclean election). Source: AbstractFetcherThread. */
  async #moveIntoRange(following: Following): Promise<void> {
    const { hosted, leaderEpoch } = following;
    const { log } = hosted;
    const { peers, nodeId, telemetry } = this.#context;
    const ask = async (timestamp: number): Promise<number | undefined> => {
      const { topicId, partition } = hosted;
      const reply = await peers.broker(this.#leaderId).listOffsets(
        {
          replicaId: nodeId,
          isolationLevel: 0,
          partitions: [{ topicId, partition, currentLeaderEpoch: leaderEpoch, timestamp }],
          timeoutMs: 10_000,
        },
        { traceparent: "", deadlineMs: 10_000, callerNodeId: nodeId },
      );
      const found = reply.partitions[0];
      return found?.errorCode === KafkaError.NONE ? found.offset : undefined;
    };
    try {
      const leaderEnd = await ask(-1);
      if (leaderEnd === undefined) return;
      if (leaderEnd < log.logEndOffset) {
        telemetry.log.warn(
          { partition: hosted.name, from: log.logEndOffset, to: leaderEnd },
          "truncating to the leader's end",
        );
        await hosted.truncate(() => log.truncateTo(leaderEnd));
        return;
      }
      const leaderStart = await ask(-2);
      if (leaderStart === undefined || leaderStart <= log.logEndOffset) return;
      telemetry.log.warn({ partition: hosted.name, at: leaderStart }, "starting anew at the leader's log start");
      await hosted.truncate(() => log.truncateFullyAndStartAt(leaderStart));
      hosted.replica.onLogStartOffset(leaderStart);
      hosted.settle();
    } catch (error) {
      if (error instanceof StorageError) throw error;
      following.notBeforeMs = this.#context.clock.monotonicMs() + RETRY_MS;
    }
  }

  /** Until something is added, or the time is up. */
  #sleep(ms: number | undefined): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = ms === undefined ? undefined : setTimeout(end, ms);
      this.#wake = end;
    });
  }
}
