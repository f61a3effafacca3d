import { assert, KafkaError, type KafkaErrorCode, type NodeId } from "@moldau/base";
import {
  isControl,
  isTransactional,
  lastOffset,
  NO_PRODUCER_ID,
  type BatchHeader,
  type ControlMarker,
} from "@moldau/record-batch";
import { AppendWaits } from "./append-waits";
import { BytesAhead } from "./bytes-ahead";
import { closestReplica, type RackedReader } from "./closest-replica";
import { noEffects, type Effects } from "./effects";
import { onFetch, type FollowerProgress } from "./follower-progress";
import {
  isrDifference,
  lowestLogStart,
  maySoonJoin,
  replicatedEnd,
  trackFollowers,
  wantedIsr,
  type LeaderView,
} from "./in-sync-replicas";
import { CLAIM_ENTRY_ID, OwnerFence } from "./owner-fence";
import { Producers, type ProducerSnapshotEntry } from "./producers";
import type { Assignment, IsrAnswer, IsrProposal, ReplicaState, Transition } from "./replica-state";
import type { AppendAsk, AppendDecision, PartitionSettings, PartitionStart, ReadBounds, ReaderKind } from "./steps";
import { Transactions, type AbortedTransaction } from "./transactions";
import { Verifications } from "./verifications";

/**
 * One replica of one partition: decides, and does nothing. The driver (roles/broker) writes what `append` tells it to,
 * reports with `onWritten`, and after each step takes the effects: which waiting appends are over, what became readable.
 *
 * Offsets, smallest first: logStartOffset <= highWatermark <= written end (as safe as the durability asks: it counts as ours)
 * <= readable end (replicas may read it) <= assigned end (decided, being written). The high watermark never moves back while the replica keeps its epoch.
 */
export class PartitionReplica {
  readonly nodeId: NodeId;
  #settings: PartitionSettings;
  #state: ReplicaState = { role: "offline", leaderEpoch: -1, error: KafkaError.NOT_LEADER_OR_FOLLOWER };
  #partitionEpoch = -1;
  /** Went offline: nothing leads back. */
  #isClosed = false;
  #replicas: readonly NodeId[] = [];
  #logStartOffset: number;
  #assignedEnd: number;
  #writtenEnd: number;
  #readableEnd: number;
  #highWatermark: number;
  #lastStableOffset: number;
  /** Follower: what the leader said last. */
  #leaderHighWatermark = -1;
  readonly #owners = new OwnerFence();
  readonly #producers = new Producers();
  readonly #transactions = new Transactions();
  readonly #verifications = new Verifications();
  readonly #writtenWaits = new AppendWaits();
  readonly #committedWaits = new AppendWaits();
  readonly #ahead = new BytesAhead();
  #lastWaitId = 0;
  #effects: Effects | undefined;

  constructor(start: PartitionStart) {
    this.nodeId = start.nodeId;
    this.#settings = start.settings;
    this.#logStartOffset = start.logStartOffset;
    this.#assignedEnd = start.logEndOffset;
    this.#writtenEnd = start.logEndOffset;
    this.#readableEnd = start.logEndOffset;
    this.#highWatermark = clamp(start.highWatermark, start.logStartOffset, start.logEndOffset);
    this.#lastStableOffset = this.#highWatermark;
  }

  // ---- what it knows -------------------------------------------------------------------------------------------------

  get state(): Readonly<ReplicaState> {
    return this.#state;
  }
  get leaderEpoch(): number {
    return this.#state.leaderEpoch;
  }
  get partitionEpoch(): number {
    return this.#partitionEpoch;
  }
  get isLeader(): boolean {
    return this.#state.role === "leader";
  }
  /** Where the leader is as far as this replica knows; -1 unknown. */
  get leaderId(): NodeId {
    const state = this.#state;
    return state.role === "leader" ? this.nodeId : state.role === "follower" ? state.leaderId : -1;
  }
  get bounds(): ReadBounds {
    return {
      logStartOffset: this.#logStartOffset,
      highWatermark: this.#highWatermark,
      lastStableOffset: this.#lastStableOffset,
      logEndOffset: this.#readableEnd,
    };
  }
  get logStartOffset(): number {
    return this.#logStartOffset;
  }
  get highWatermark(): number {
    return this.#highWatermark;
  }
  get lastStableOffset(): number {
    return this.#lastStableOffset;
  }
  /** End of what is written and counts as ours; from there a follower fetches on. */
  get logEndOffset(): number {
    return this.#writtenEnd;
  }
  /** End of what is decided; the next append goes here. */
  get assignedEndOffset(): number {
    return this.#assignedEnd;
  }
  get producers(): Producers {
    return this.#producers;
  }
  /** min(min.insync.replicas, replication factor): rule 10. */
  get effectiveMinIsr(): number {
    return Math.max(1, Math.min(this.#settings.minInsyncReplicas, this.#replicas.length));
  }
  /** The committed ISR; empty where this replica does not lead. */
  get isr(): ReadonlySet<NodeId> {
    return this.#state.role === "leader" ? this.#state.inSync.isr : EMPTY;
  }
  get replicas(): readonly NodeId[] {
    return this.#replicas;
  }
  get isUnderMinIsr(): boolean {
    return this.#state.role === "leader" && this.#state.inSync.isr.size < this.effectiveMinIsr;
  }

  /**
   * The smallest log start of leader and in-sync followers: below it nobody has a record any more. -1 until every one of
   * them has told. What DeleteRecords waits for (KIP-107).
   */
  get lowWatermark(): number {
    const state = this.#state;
    if (state.role !== "leader") return -1;
    return lowestLogStart(state, this.#logStartOffset);
  }

  /** Up to where (exclusive) such a reader may read. */
  readable(reader: ReaderKind): number {
    if (reader === "log-end") return this.#readableEnd;
    return reader === "committed" ? this.#lastStableOffset : this.#highWatermark;
  }

  /**
   * Whether the oldest open transaction's producer has been silent for so long that its coordinator should have ended it.
   * Source: ProducerStateManager.hasLateTransaction.
   */
  hasLateTransaction(nowMs: number, transactionTimeoutMaxMs: number): boolean {
    const producerId = this.#transactions.oldestProducerId;
    const lastTimestamp = producerId === undefined ? -1 : this.#producers.lastTimestampOf(producerId);
    return lastTimestamp > 0 && nowMs - lastTimestamp > transactionTimeoutMaxMs + LATE_TRANSACTION_BUFFER_MS;
  }

  /** Leader and follower of this epoch? Source: Partition.checkCurrentLeaderEpoch, rule 20. -1 asks for no check. */
  checkEpoch(currentLeaderEpoch: number): KafkaErrorCode {
    if (this.#state.role === "offline") return this.#state.error;
    if (currentLeaderEpoch < 0 || currentLeaderEpoch === this.#state.leaderEpoch) return KafkaError.NONE;
    return currentLeaderEpoch < this.#state.leaderEpoch
      ? KafkaError.FENCED_LEADER_EPOCH
      : KafkaError.UNKNOWN_LEADER_EPOCH;
  }

  /**
   * Whether a consumer may begin at `fetchOffset` in this log. A follower that has not come so far yet, where the leader has,
   * says OFFSET_NOT_AVAILABLE: ask again. What neither is known to have is out of range. Source: KIP-392.
   */
  checkOffset(fetchOffset: number): KafkaErrorCode {
    if (fetchOffset >= this.#logStartOffset && fetchOffset <= this.#readableEnd) return KafkaError.NONE;
    const isOnItsWay = this.#state.role === "follower" && fetchOffset > this.#readableEnd;
    return isOnItsWay && fetchOffset <= this.#leaderHighWatermark
      ? KafkaError.OFFSET_NOT_AVAILABLE
      : KafkaError.OFFSET_OUT_OF_RANGE;
  }

  /** The same as `checkEpoch`, and it has to be the leader. */
  checkLeader(currentLeaderEpoch: number): KafkaErrorCode {
    const error = this.checkEpoch(currentLeaderEpoch);
    if (error !== KafkaError.NONE) return error;
    return this.#state.role === "leader" ? KafkaError.NONE : KafkaError.NOT_LEADER_OR_FOLLOWER;
  }

  /**
   * The end for ListOffsets "latest": OFFSET_NOT_AVAILABLE until the high watermark has reached this epoch's start
   * (rule 27), since an earlier leader may have shown more.
   */
  latestOffset(reader: ReaderKind): { error: KafkaErrorCode; offset: number } {
    const state = this.#state;
    if (reader !== "log-end" && state.role === "leader" && this.#highWatermark < state.epochStartOffset) {
      return { error: KafkaError.OFFSET_NOT_AVAILABLE, offset: -1 };
    }
    return { error: KafkaError.NONE, offset: this.readable(reader) };
  }

  // ---- loading -------------------------------------------------------------------------------------------------------

  /** What a snapshot keeps: the producers, and who owns the shard where coordinators write here. */
  exportProducers(): ProducerSnapshotEntry[] {
    const claim = this.#owners.export();
    return claim ? [claim, ...this.#producers.export()] : this.#producers.export();
  }

  /** Replaces the producers' state by a snapshot's; batches above it follow through `replay`. */
  importProducers(entries: readonly ProducerSnapshotEntry[], nowMs: number): void {
    const isClaim = ({ producerId }: ProducerSnapshotEntry) => producerId === CLAIM_ENTRY_ID;
    this.#owners.import(entries.find(isClaim));
    const ofProducers = entries.filter((entry) => !isClaim(entry));
    this.#producers.import(ofProducers, nowMs);
    this.#transactions.clear();
    this.#verifications.clear();
    for (const { producerId, firstOffset } of this.#producers.openTransactions()) {
      this.#transactions.start(producerId, firstOffset);
    }
    this.#lastStableOffset = Math.min(this.#transactions.firstUnstableOffset(), this.#highWatermark);
  }

  /** A batch that is in the log already, while the producers' state is rebuilt. */
  replay(header: BatchHeader, marker: ControlMarker | undefined, nowMs: number): void {
    this.#apply(header, marker, nowMs);
    this.#transactions.onHighWatermark(this.#highWatermark);
    this.#lastStableOffset = Math.min(this.#transactions.firstUnstableOffset(), this.#highWatermark);
  }

  /** Forgets silent producers and verifications that nobody came back for. Returns how many producers. */
  expireProducers(nowMs: number): number {
    const { producerIdExpirationMs } = this.#settings;
    this.#verifications.expire(nowMs, producerIdExpirationMs);
    return this.#producers.expire(nowMs, producerIdExpirationMs);
  }

  // ---- what the controller says --------------------------------------------------------------------------------------

  configure(settings: PartitionSettings, nowMs: number): void {
    this.#settings = settings;
    this.#advanceHighWatermark(nowMs);
  }

  /** The owner epoch that the controller has given out for this coordinator shard: older owners are fenced. */
  grantOwner(ownerEpoch: number): void {
    this.#owners.grant(ownerEpoch);
  }

  assign(assignment: Assignment, nowMs: number): Transition {
    const state = this.#state;
    if (this.#isClosed) return { kind: "unchanged" };
    const first = this.#partitionEpoch < 0;
    if (!first && assignment.leaderEpoch < state.leaderEpoch) return { kind: "unchanged" };
    if (!first && assignment.partitionEpoch <= this.#partitionEpoch) return { kind: "unchanged" };
    const { leaderEpoch, leaderId } = assignment;
    // What a coordinator said about a transaction, it said before somebody else may have led.
    if (leaderEpoch !== state.leaderEpoch) this.#verifications.clear();
    this.#partitionEpoch = assignment.partitionEpoch;
    this.#replicas = assignment.replicas;
    const isr: ReadonlySet<NodeId> = new Set(assignment.isr);

    if (leaderId !== this.nodeId) {
      if (state.role === "follower" && state.leaderEpoch === leaderEpoch && state.leaderId === leaderId) {
        return { kind: "unchanged" };
      }
      this.#state = { role: "follower", leaderEpoch, leaderId };
      this.#failWaits(this.#committedWaits, KafkaError.NOT_LEADER_OR_FOLLOWER);
      this.#out().wakeReaders = true;
      return { kind: "became-follower", leaderId, leaderEpoch };
    }

    if (state.role === "leader" && state.leaderEpoch === leaderEpoch) {
      trackFollowers(state.followers, { replicas: assignment.replicas, ownId: this.nodeId, isr }, nowMs);
      this.#settleIsr(isr, nowMs);
      return { kind: "isr-changed" };
    }

    const followers = new Map<NodeId, FollowerProgress>();
    trackFollowers(followers, { replicas: assignment.replicas, ownId: this.nodeId, isr }, nowMs);
    const epochStartOffset = this.#assignedEnd;
    this.#state = { role: "leader", leaderEpoch, epochStartOffset, followers, inSync: { kind: "settled", isr } };
    this.#out().wakeReaders = true;
    this.#advanceHighWatermark(nowMs);
    return { kind: "became-leader", leaderEpoch, epochStartOffset };
  }

  /** Disk failure, deletion, stop: nobody is served any more; everybody hears `error`. */
  goOffline(error: KafkaErrorCode): void {
    this.#isClosed = true;
    this.#state = { role: "offline", leaderEpoch: this.#state.leaderEpoch, error };
    this.#failWaits(this.#committedWaits, error);
    this.#failWaits(this.#writtenWaits, error);
    this.#out().wakeReaders = true;
  }

  // ---- leader: appends -----------------------------------------------------------------------------------------------

  /** Decides about one batch. After `write` the state is the one with the batch in it: the next one may be asked at once. */
  append(ask: AppendAsk): AppendDecision {
    const { header, marker, acks, nowMs } = ask;
    const error = this.checkLeader(ask.leaderEpoch);
    if (error !== KafkaError.NONE) return refused(error, "this node does not lead the partition in that epoch");
    if (ask.ownerEpoch >= 0) {
      const { ownerEpoch, claimOffset = -1 } = ask;
      const fenced = this.#owners.refusal({ ownerEpoch, claimOffset, isClaim: marker?.kind === "claim" });
      if (fenced !== undefined) return refused(KafkaError.NOT_COORDINATOR, fenced);
    }
    if (acks === -1 && this.isUnderMinIsr) {
      return refused(
        KafkaError.NOT_ENOUGH_REPLICAS,
        `${this.isr.size} of ${this.effectiveMinIsr} required replicas are in sync`,
      );
    }
    const decided = header.producerId === NO_PRODUCER_ID ? undefined : this.#judgeProducer(ask);
    if (decided) return decided;
    const baseOffset = this.#assignedEnd;
    header.baseOffset = baseOffset;
    this.#assignedEnd = baseOffset + header.lastOffsetDelta + 1;
    const aborted = this.#apply(header, marker, nowMs);
    this.#ahead.add(baseOffset, header.sizeBytes);
    const waitId = this.#wait(acks, this.#assignedEnd);
    return { kind: "write", baseOffset, leaderEpoch: this.#state.leaderEpoch, waitId, aborted };
  }

  /**
   * A client's transactional batch asks to be appended. Undefined: at once, `append` decides (its transaction is open here,
   * or the batch is known, or refused). Else a guard: ask the transaction's coordinator whether this partition is part of it,
   * and append under the guard when it says so. `beginsAtZero`: the client speaks transactions v2.
   * Source: KIP-890; UnifiedLog.maybeStartTransactionVerification.
   */
  beginVerification(header: BatchHeader, how: { beginsAtZero: boolean; nowMs: number }): number | undefined {
    if (this.#producers.isInTransaction(header.producerId, header.producerEpoch)) return undefined;
    return this.#producers.check(header).kind === "new" ? this.#verifications.begin(header, how) : undefined;
  }

  /**
   * Everything below `upTo` may be read by replicas, though it does not count as ours yet: with durability=fsync followers
   * get onto their disks what this one is still getting onto its own.
   */
  onReadable(upTo: number, bytes: number): void {
    if (upTo <= this.#readableEnd) return;
    assert(upTo <= this.#assignedEnd, `readable up to ${upTo}, assigned up to ${this.#assignedEnd}`);
    this.#readableEnd = upTo;
    this.#out().writtenBytes += bytes;
  }

  /** Everything below `upTo` is written (and on disk, where `durability=fsync`): replicas may read it, it counts as ours. */
  onWritten(upTo: number, bytes: number, nowMs: number): void {
    if (upTo <= this.#writtenEnd) return;
    this.onReadable(upTo, bytes);
    this.#writtenEnd = upTo;
    this.#complete(this.#writtenWaits, upTo);
    if (this.#state.role === "leader") this.#advanceHighWatermark(nowMs);
    else this.#raiseHighWatermark(Math.min(this.#leaderHighWatermark, upTo));
  }

  /** The caller gave up waiting. */
  cancelWait(waitId: number): void {
    if (!this.#committedWaits.cancel(waitId)) this.#writtenWaits.cancel(waitId);
  }

  /** A new owner of this coordinator shard: older ones are refused from here on. */
  claim(ownerEpoch: number): KafkaErrorCode {
    return this.#owners.claim(ownerEpoch) ? KafkaError.NONE : KafkaError.NOT_COORDINATOR;
  }

  // ---- leader: followers ---------------------------------------------------------------------------------------------

  /**
   * A follower fetches from `fetchOffset`: it has everything below. `eligible`: unfenced, not shutting down, and the node
   * epoch of its fetch is the one the controller knows (KIP-841, KIP-903). The error is the one for its fetch.
   */
  onFollowerFetch(
    fetch: { replicaId: NodeId; fetchOffset: number; logStartOffset: number; nodeEpoch: number; eligible: boolean },
    nowMs: number,
  ): KafkaErrorCode {
    const state = this.#state;
    if (state.role !== "leader") return KafkaError.NOT_LEADER_OR_FOLLOWER;
    const follower = state.followers.get(fetch.replicaId);
    if (!follower) return KafkaError.UNKNOWN_TOPIC_OR_PARTITION;
    if (fetch.nodeEpoch >= 0 && fetch.nodeEpoch < follower.nodeEpoch) return KafkaError.NOT_LEADER_OR_FOLLOWER;
    onFetch(follower, fetch, this.#readableEnd, nowMs);
    this.#advanceHighWatermark(nowMs);
    if (maySoonJoin(state, follower, this.#highWatermark)) this.#out().isrChangeDue = true;
    return KafkaError.NONE;
  }

  /**
   * The nodes changed: `nodeEpochOf` gives the epoch of a node that may be in the ISR, -1 for one that may not (fenced, shutting
   * down, unknown). Nobody waits for a follower any more that cannot join. Source: Partition.isReplicaIsrEligible.
   */
  onNodesChanged(nodeEpochOf: (nodeId: NodeId) => number, nowMs: number): void {
    const state = this.#state;
    if (state.role !== "leader") return;
    for (const follower of state.followers.values()) {
      follower.eligible = follower.nodeEpoch >= 0 && nodeEpochOf(follower.replicaId) === follower.nodeEpoch;
    }
    this.#advanceHighWatermark(nowMs);
  }

  /** Where a consumer reads on (KIP-392): see `closestReplica`. -1: here. */
  closestReplica(reader: RackedReader): NodeId {
    return this.#state.role === "leader" ? closestReplica(this.#state, this.nodeId, reader) : -1;
  }

  /**
   * The ISR change that is due now, if any; it counts as in flight from here on, until `onIsrAnswer` or a newer
   * assignment. Call it when the effects say so, and now and then: falling behind is nothing that happens, only time does.
   */
  proposeIsr(ownNodeEpoch: number, nowMs: number): IsrProposal | undefined {
    const state = this.#state;
    if (state.role !== "leader") return undefined;
    const { isr } = state.inSync;
    let wanted: ReadonlySet<NodeId> | undefined;
    if (state.inSync.kind === "pending") {
      // Whether it holds is not known, so nothing else may be proposed: the answer to the same again will tell.
      if (!state.inSync.unanswered) return undefined;
      state.inSync.unanswered = false;
      wanted = state.inSync.proposed;
    } else {
      wanted = wantedIsr(state, this.#view(nowMs));
      if (!wanted) return undefined;
      const maximal = new Set([...isr, ...wanted]);
      state.inSync = { kind: "pending", isr, proposed: wanted, maximal, unanswered: false };
    }
    return {
      leaderEpoch: state.leaderEpoch,
      partitionEpoch: this.#partitionEpoch,
      newIsr: [...wanted].map((brokerId) => ({
        brokerId,
        brokerEpoch: brokerId === this.nodeId ? ownNodeEpoch : (state.followers.get(brokerId)?.nodeEpoch ?? -1),
      })),
    };
  }

  /**
   * The controller's answer to a proposal. After a refusal what held before holds, and the change is proposed again when it
   * is due. Where the outcome is unknown the maximal ISR stays what it is: if the controller did take the proposal, it may
   * elect the replica that was to join, so nothing that this one lacks may be called committed. Answers to an older epoch
   * change nothing.
   */
  onIsrAnswer(proposal: IsrProposal, answer: IsrAnswer, nowMs: number): void {
    const state = this.#state;
    if (state.role !== "leader" || state.leaderEpoch !== proposal.leaderEpoch) return;
    if (answer.kind === "accepted") {
      if (answer.leaderEpoch !== state.leaderEpoch || answer.partitionEpoch <= this.#partitionEpoch) return;
      this.#partitionEpoch = answer.partitionEpoch;
      this.#settleIsr(new Set(answer.isr), nowMs);
    } else if (state.inSync.kind === "pending" && this.#partitionEpoch === proposal.partitionEpoch) {
      if (answer.kind === "unknown") state.inSync.unanswered = true;
      else {
        state.inSync = { kind: "settled", isr: state.inSync.isr };
        this.#advanceHighWatermark(nowMs);
      }
    }
  }

  // ---- follower ------------------------------------------------------------------------------------------------------

  /**
   * A batch from the leader, to be written as it is. Undefined: it does not fit behind what is here, so the answer belongs
   * to an older fetch and is dropped.
   */
  appendAsFollower(
    header: BatchHeader,
    marker: ControlMarker | undefined,
    nowMs: number,
  ): { aborted?: AbortedTransaction } | undefined {
    if (this.#state.role !== "follower" || header.baseOffset < this.#assignedEnd) return undefined;
    // The leader lost its place while it answered: this was read from a log that is another by now (KAFKA-18723).
    if (header.partitionLeaderEpoch > this.#state.leaderEpoch) return undefined;
    this.#assignedEnd = lastOffset(header) + 1;
    this.#ahead.add(header.baseOffset, header.sizeBytes);
    return { aborted: this.#apply(header, marker, nowMs) };
  }

  /** The high watermark as the leader told it; it holds as far as this log is written. */
  onLeaderHighWatermark(highWatermark: number): void {
    if (this.#state.role !== "follower") return;
    this.#leaderHighWatermark = highWatermark;
    this.#raiseHighWatermark(Math.min(highWatermark, this.#writtenEnd));
  }

  /**
   * The log was cut back to `logEndOffset` (divergence) or begins anew there. The producers' state has to be loaded again,
   * with importProducers and replay, since it cannot be taken back batch by batch.
   */
  onTruncated(logEndOffset: number): void {
    this.#assignedEnd = logEndOffset;
    this.#writtenEnd = logEndOffset;
    this.#readableEnd = logEndOffset;
    if (this.#logStartOffset > logEndOffset) this.#logStartOffset = logEndOffset;
    if (this.#highWatermark > logEndOffset) this.#highWatermark = logEndOffset;
    this.#leaderHighWatermark = Math.min(this.#leaderHighWatermark, logEndOffset);
    this.#ahead.clear();
    this.#failWaits(this.#writtenWaits, KafkaError.NOT_LEADER_OR_FOLLOWER);
    this.#lastStableOffset = Math.min(this.#lastStableOffset, this.#highWatermark);
  }

  /** The log begins later: retention, DeleteRecords, or the leader's log start on a follower. */
  onLogStartOffset(logStartOffset: number): void {
    if (logStartOffset <= this.#logStartOffset) return;
    this.#logStartOffset = logStartOffset;
    this.#raiseHighWatermark(Math.min(logStartOffset, this.#writtenEnd));
    this.#moveLastStableOffset();
    this.#out().wakeReaders = true;
  }

  // ---- effects -------------------------------------------------------------------------------------------------------

  /** What the steps since the last call brought about; undefined where that is nothing. */
  takeEffects(): Effects | undefined {
    const effects = this.#effects;
    this.#effects = undefined;
    return effects;
  }

  #out(): Effects {
    return (this.#effects ??= noEffects());
  }

  /** What is to be said about a producer's batch or marker before it may be written; undefined: write it. */
  #judgeProducer(ask: AppendAsk): AppendDecision | undefined {
    const { header, marker, acks } = ask;
    if (marker && marker.kind !== "claim") {
      const verdict = this.#producers.checkMarker(marker, ask.transactionVersion ?? 0);
      if (verdict.kind === "refused") return verdict;
      if (verdict.kind === "new") return undefined;
      return { kind: "duplicate", baseOffset: -1, timestamp: -1, waitId: this.#wait(acks, this.#assignedEnd) };
    }
    const ofCoordinator = ask.ownerEpoch >= 0;
    const verdict = ofCoordinator ? this.#producers.checkOfCoordinator(header) : this.#producers.check(header);
    if (verdict.kind === "refused") return verdict;
    if (verdict.kind === "duplicate") {
      const { baseOffset, timestamp } = verdict;
      return { kind: "duplicate", baseOffset, timestamp, waitId: this.#wait(acks, verdict.lastOffset + 1) };
    }
    const { producerId, producerEpoch } = header;
    const guard = ask.verification;
    if (guard === undefined || ofCoordinator || !isTransactional(header.attributes)) return undefined;
    if (this.#producers.isInTransaction(producerId, producerEpoch)) return undefined;
    const isKnown = this.#producers.has(producerId);
    const unverified = this.#verifications.refusal(header, { guard, isKnown });
    return unverified && refused(unverified.error, unverified.message);
  }

  #apply(header: BatchHeader, marker: ControlMarker | undefined, nowMs: number): AbortedTransaction | undefined {
    if (marker?.kind === "claim") {
      this.#owners.note(marker, { offset: header.baseOffset, timestamp: header.maxTimestamp });
      return undefined;
    }
    if (marker || isTransactional(header.attributes)) this.#verifications.forget(header.producerId);
    if (marker) {
      const place = { offset: header.baseOffset, timestamp: header.maxTimestamp, nowMs };
      const ended = this.#producers.applyMarker(marker, place);
      return ended && this.#transactions.end(ended);
    }
    if (header.producerId < 0 || isControl(header.attributes)) return undefined;
    const opened = this.#producers.apply(header, nowMs);
    if (opened !== undefined) this.#transactions.start(header.producerId, opened);
    return undefined;
  }

  #wait(acks: number, requiredOffset: number): number {
    if (acks === 0 || (acks === 1 ? this.#writtenEnd : this.#highWatermark) >= requiredOffset) return 0;
    const waitId = ++this.#lastWaitId;
    (acks === 1 ? this.#writtenWaits : this.#committedWaits).add(waitId, requiredOffset);
    return waitId;
  }

  #complete(waits: AppendWaits, offset: number): void {
    for (let waitId = waits.next(offset); waitId !== undefined; waitId = waits.next(offset)) {
      this.#out().completed.push({ waitId, error: KafkaError.NONE });
    }
  }

  #failWaits(waits: AppendWaits, error: KafkaErrorCode): void {
    for (let waitId = waits.next(Infinity); waitId !== undefined; waitId = waits.next(Infinity)) {
      this.#out().completed.push({ waitId, error });
    }
  }

  #settleIsr(isr: ReadonlySet<NodeId>, nowMs: number): void {
    const state = this.#state;
    if (state.role !== "leader") return;
    const before = state.inSync.isr;
    state.inSync = { kind: "settled", isr };
    const { shrank, expanded } = isrDifference(before, isr);
    if (shrank) this.#out().isrShrinks++;
    if (expanded) this.#out().isrExpands++;
    this.#advanceHighWatermark(nowMs);
    // Rule 10: what was appended with enough replicas and lost them cannot be promised; the client asks again.
    if (this.isUnderMinIsr) this.#failWaits(this.#committedWaits, KafkaError.NOT_ENOUGH_REPLICAS_AFTER_APPEND);
  }

  #view(nowMs: number): LeaderView {
    const readableEnd = this.#readableEnd;
    return {
      writtenEnd: this.#writtenEnd,
      readableEnd,
      highWatermark: this.#highWatermark,
      nowMs,
      settings: this.#settings,
    };
  }

  /** Rule 19; frozen below min ISR. */
  #advanceHighWatermark(nowMs: number): void {
    const state = this.#state;
    if (state.role !== "leader" || this.isUnderMinIsr) return;
    this.#raiseHighWatermark(replicatedEnd(state, this.#view(nowMs)));
  }

  #raiseHighWatermark(to: number): void {
    if (to <= this.#highWatermark) return;
    this.#highWatermark = to;
    const effects = this.#out();
    effects.highWatermarkMoved = true;
    const bytes = this.#ahead.takeBelow(to);
    effects.committedBytes += bytes;
    this.#transactions.onHighWatermark(to);
    this.#moveLastStableOffset();
    this.#complete(this.#committedWaits, to);
  }

  #moveLastStableOffset(): void {
    const stable = Math.min(this.#transactions.firstUnstableOffset(), this.#highWatermark);
    if (stable <= this.#lastStableOffset) return;
    this.#lastStableOffset = stable;
    this.#out().stableMoved = true;
  }
}

const EMPTY: ReadonlySet<NodeId> = new Set();

/** What a coordinator may take to end a transaction beyond its timeout. */
const LATE_TRANSACTION_BUFFER_MS = 5 * 60_000;

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

function refused(error: KafkaErrorCode, message: string): AppendDecision {
  return { kind: "refused", error, message };
}
