import {
  assert,
  InvariantError,
  NO_NODE,
  type Clock,
  type NodeId,
  type Random,
  type Uuid,
  ZERO_UUID,
} from "@moldau/base";
import type { RaftAck, RaftEnvelope } from "@moldau/contracts";
import {
  configurationOf,
  decodeRaftMessage,
  isVoter,
  RaftDecodeError,
  snapshotMetadataAt,
  standsAlone,
  step,
  type Effects,
  type Entry,
  type ProposalOutcome,
  type RaftEvent,
  type RaftMessage,
  type RaftState,
  type ReplicaKey,
  type SnapshotMetadata,
  type SnapshotRead,
  type Voter,
  type Write,
} from "@moldau/raft";
import type { ControllerAddress, Peers, ServiceRegistry } from "@moldau/rpc";
import { ControllerAddresses, QUORUM_LISTENER } from "./addresses";
import { describeQuorum, type Contact } from "./describe";
import { Greeting } from "./greeting";
import { watchLeader } from "./leader-watch";
import { Outbox } from "./outbox";
import {
  NotLeaderError,
  ProposalRefusedError,
  SupersededError,
  type CommittedEntry,
  type Leadership,
  type LoadedSnapshot,
  type Quorum,
  type QuorumDescription,
} from "./quorum";
import type { StoredSnapshot } from "./snapshot-files";
import type { QuorumStorage } from "./storage";

/** The part of a pino logger that the quorum uses. */
export interface QuorumLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What the quorum needs of the network; without word of broken connections it waits for its timeouts. */
export type QuorumPeers = Pick<Peers, "quorum"> & Partial<Pick<Peers, "onPeer" | "probe" | "learnControllers">>;

export interface MemberOptions {
  state: RaftState;
  storage: QuorumStorage;
  snapshot: StoredSnapshot | undefined;
  /** The voters by configuration, where there are such. */
  voters: readonly ControllerAddress[];
  /** The voters are in the log and may change: where this node answers, and where it looks for them (KIP-853). */
  dynamic: { self: ControllerAddress; bootstrap: readonly NodeId[] } | undefined;
  clusterId: string;
  peers: QuorumPeers;
  services: Partial<Pick<ServiceRegistry, "onCaller">>;
  clock: Clock;
  random: Random;
  log: QuorumLog;
  fatal: (error: Error) => void;
  tickMs: number;
}

/** How often a controller that knows no leader greets, in ticks: about a second. */
const GREETING_TICKS = 20;
/** A leader that has been alone for so many ticks counts them by the second: an idle process then sleeps. About a second. */
const ALONE_TICKS = 20;
const ALONE_TICK_MS = 1_000;
/** Controllers that a member remembers anything of. */
const CONTACTS_MAX = 64;

interface Waiting<T> {
  resolve(value: T): void;
  reject(error: Error): void;
}

type Phase = "waiting" | "running" | "stopping" | "stopped" | "failed";

/**
 * The driver around raft's core: gives it time, messages and word of what is on disk, and carries out its effects.
 * Events are stepped one at a time; one that arises while another is carried out waits its turn. Writes that come while
 * one is under way are put together into the next (group commit).
 */
export class QuorumMember implements Quorum {
  readonly #options: MemberOptions;
  readonly #state: RaftState;
  readonly #outboxes = new Map<NodeId, Outbox>();
  readonly #contacts = new Map<NodeId, Contact>();
  readonly #addresses: ControllerAddresses;
  readonly #greeting: Greeting | undefined;
  readonly #committedListeners: ((entry: CommittedEntry) => void)[] = [];
  readonly #leadershipListeners: ((leadership: Leadership) => void)[] = [];
  readonly #snapshotListeners: ((snapshot: LoadedSnapshot) => void)[] = [];
  readonly #voterListeners: (() => void)[] = [];
  readonly #proposals = new Map<number, Waiting<{ index: number; epoch: number }> & { epoch: number }>();
  readonly #reads = new Map<number, Waiting<void>>();
  #events: { event: RaftEvent; answered?: (outcome: ProposalOutcome) => void }[] = [];
  #stepping = false;
  #phase: Phase = "waiting";
  #ticker: NodeJS.Timeout | undefined;
  #ticksSlowly = false;
  /** Ticks since anybody else was heard of. */
  #ticksAlone = 0;
  #leaderWatch: { stop(): void } | undefined;
  #writes: Write[] = [];
  #writing: Promise<void> | undefined;
  #compactTo = 0;
  #savingSnapshot: Promise<void> = Promise.resolve();
  /** Read back from disk before the core hears that it is there. */
  #restored: StoredSnapshot | undefined;
  #nextRead = 1;
  #bytesSinceSnapshot = 0;
  #leadership: Leadership;

  constructor(options: MemberOptions) {
    this.#options = options;
    this.#state = options.state;
    this.#leadership = { active: false, leaderId: options.state.leaderId, epoch: options.state.term };
    const { voters, dynamic, peers, clusterId } = options;
    this.#addresses = new ControllerAddresses(voters, (controllers) => {
      if (dynamic !== undefined) peers.learnControllers?.(controllers);
    });
    this.#addresses.follow(configurationOf(this.#state));
    if (dynamic !== undefined) {
      const heard = (ack: RaftAck): void => this.#onGreeted(ack);
      this.#greeting = new Greeting({ ...dynamic, clusterId, peers, heard });
    }
    setImmediate(() => this.#begin());
  }

  get nodeId(): NodeId {
    return this.#state.nodeId;
  }
  get leaderId(): NodeId {
    return this.#leadership.leaderId;
  }
  get epoch(): number {
    return this.#leadership.epoch;
  }
  get isActive(): boolean {
    return this.#leadership.active && this.#phase === "running";
  }
  get directoryId(): Uuid {
    return this.#state.directoryId;
  }
  get controllers(): readonly ControllerAddress[] {
    return this.#addresses.voters;
  }
  get bytesSinceSnapshot(): number {
    return this.#bytesSinceSnapshot;
  }

  onCommitted(listener: (entry: CommittedEntry) => void): void {
    this.#checkNotBegun();
    this.#committedListeners.push(listener);
  }

  onVoters(listener: () => void): void {
    this.#voterListeners.push(listener);
  }

  onSnapshotLoaded(listener: (snapshot: LoadedSnapshot) => void): void {
    this.#checkNotBegun();
    this.#snapshotListeners.push(listener);
  }

  onLeadership(listener: (leadership: Leadership) => void): void {
    this.#leadershipListeners.push(listener);
    listener(this.#leadership);
  }

  #checkNotBegun(): void {
    assert(this.#phase === "waiting", "listeners must be registered at once after startQuorum, or they miss entries");
  }

  #begin(): void {
    if (this.#phase !== "waiting") return;
    this.#phase = "running";
    const { snapshot } = this.#options;
    this.#guard(() => {
      if (snapshot !== undefined) this.#loadSnapshot(snapshot);
    });
    this.#startTicker();
    this.#run({ type: "start" });
    const { peers, services, log } = this.#options;
    this.#leaderWatch = watchLeader({
      peers,
      services,
      addressOf: (nodeId) => this.#addresses.of(nodeId),
      leaderId: () => this.leaderId,
      lost: (leaderId) => {
        log.warn({ leaderId }, "the active controller's process has ended");
        this.#run({ type: "leader-lost", leaderId });
      },
    });
  }

  #startTicker(): void {
    clearInterval(this.#ticker);
    const { tickMs } = this.#options;
    this.#ticker = setInterval(() => this.#tick(), this.#ticksSlowly ? Math.max(tickMs, ALONE_TICK_MS) : tickMs);
    this.#ticker.unref();
  }

  /** Sees whether time matters, after whatever may have changed it. */
  #adjustTicker(): void {
    if (!standsAlone(this.#state)) this.#ticksAlone = 0;
    const slowly = this.#ticksAlone >= ALONE_TICKS;
    if (slowly === this.#ticksSlowly || this.#phase !== "running") return;
    this.#ticksSlowly = slowly;
    this.#startTicker();
  }

  #tick(): void {
    this.#ticksAlone++;
    this.#run({ type: "tick", random: this.#options.random.next() });
    this.#addresses.follow(configurationOf(this.#state));
    if (this.#options.dynamic === undefined || this.#phase !== "running") return;
    if (this.isActive) this.nameVoters();
    // A leader that knows this node from former times writes to it, and cannot be answered before it is found.
    const lost =
      this.leaderId === NO_NODE
        ? !isVoter(configurationOf(this.#state), this.#key)
        : this.leaderId !== this.nodeId && this.#addresses.of(this.leaderId) === undefined;
    if (lost && this.#state.now % GREETING_TICKS === 0) this.#greeting?.send(this.#observe(NO_NODE));
  }

  get #key(): ReplicaKey {
    return { id: this.nodeId, directoryId: this.directoryId };
  }

  #observe(to: NodeId): RaftMessage {
    return { type: "observe", from: this.nodeId, fromDirectory: this.directoryId, to, term: this.#state.term };
  }

  #onGreeted(ack: RaftAck): void {
    if (this.#phase !== "running") return;
    for (const address of ack.controllers?.controllers ?? []) {
      if (address.id >= 0 && address.id !== this.nodeId) this.#addresses.greet(address);
    }
    const { leaderId = NO_NODE } = ack;
    if (leaderId >= 0 && leaderId !== this.nodeId) this.#send(this.#observe(leaderId));
  }

  nameVoters(): string | undefined {
    const { role } = this.#state;
    const { voters } = configurationOf(this.#state);
    if (role.kind !== "leader") return "this controller does not lead the quorum";
    if (this.describe().kraftVersion === 1) return undefined;
    const named: Voter[] = [];
    for (const { id } of voters) {
      const progress = role.progress.get(id);
      const directoryId = id === this.nodeId ? this.directoryId : progress?.directoryId;
      const address = this.#addresses.of(id);
      if (directoryId === undefined || directoryId === ZERO_UUID || progress?.recovering === true) {
        return `controller ${id} has not been heard of, so the id of its directory is not known`;
      }
      if (address === undefined || address.port === 0) return `the address of controller ${id} is not known`;
      named.push({ id, directoryId, endpoints: [{ name: QUORUM_LISTENER, host: address.host, port: address.port }] });
    }
    this.changeVoters(named).catch(() => undefined);
    return undefined;
  }

  changeVoters(voters: readonly Voter[]): Promise<{ index: number; epoch: number }> {
    return this.#propose({ type: "change-configuration", configuration: { voters } });
  }

  propose(payload: Uint8Array): Promise<{ index: number; epoch: number }> {
    return this.#propose({ type: "propose", payload });
  }

  #propose(event: RaftEvent): Promise<{ index: number; epoch: number }> {
    return new Promise((resolve, reject) => {
      if (this.#phase !== "running") return reject(new NotLeaderError(this.leaderId));
      this.#run(event, (outcome) => {
        if (outcome.ok) this.#proposals.set(outcome.index, { resolve, reject, epoch: outcome.term });
        else if (outcome.reason === "not-leader") reject(new NotLeaderError(this.leaderId));
        else reject(new ProposalRefusedError(outcome.detail));
      });
    });
  }

  readBarrier(): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#phase !== "running") return reject(new NotLeaderError(this.leaderId));
      const id = this.#nextRead++;
      this.#reads.set(id, { resolve, reject });
      this.#run({ type: "read", id });
    });
  }

  async saveSnapshot(index: number, bytes: Uint8Array): Promise<void> {
    const done = this.#savingSnapshot.then(() => this.#saveSnapshot(index, bytes));
    this.#savingSnapshot = done.catch(() => undefined);
    return done;
  }

  async #saveSnapshot(index: number, bytes: Uint8Array): Promise<void> {
    if (this.#phase !== "running") return;
    const snapshot = snapshotMetadataAt(this.#state, index);
    // A newer one came from the leader meanwhile, or this one is there already.
    if (snapshot === undefined) return;
    const before = this.#bytesSinceSnapshot;
    await this.#options.storage.saveSnapshot(snapshot, bytes);
    this.#bytesSinceSnapshot -= before;
    this.#run({ type: "snapshot-saved", snapshot });
    this.#options.log.info({ index, bytes: bytes.length }, "saved a snapshot of the metadata");
  }

  describe(): QuorumDescription {
    return describeQuorum(this.#state, this.#contacts, this.#options.clock.nowMs());
  }

  async resign(): Promise<void> {
    const { role, settings } = this.#state;
    if (this.#phase !== "running" || role.kind !== "leader") return;
    const heir = [...role.progress.entries()]
      .filter(([id, progress]) => progress.active && this.describe().voters.some((voter) => voter.id === id))
      .sort(([, a], [, b]) => b.match - a.match)[0];
    if (heir === undefined) return;
    this.#run({ type: "transfer", to: heir[0] });
    const deadline = this.#options.clock.monotonicMs() + settings.electionTicks * this.#options.tickMs;
    while (this.#leads() && this.#options.clock.monotonicMs() < deadline) await sleep(5);
  }

  #leads(): boolean {
    return this.#state.role.kind === "leader" && this.#phase === "running";
  }

  async stop(): Promise<void> {
    if (this.#phase === "stopped" || this.#phase === "stopping") return;
    await this.resign();
    this.#close("stopping");
    await this.#writing;
    await this.#savingSnapshot;
    await this.#options.storage.close();
    this.#phase = "stopped";
  }

  /** A message from another controller. What cannot be one is dropped, as a lossy network would. */
  receive(envelope: RaftEnvelope): RaftAck {
    if (this.#phase !== "running") return {};
    const { clusterId, voters, dynamic, log } = this.#options;
    const { from, to, sender } = envelope;
    const known = dynamic === undefined ? voters.some((voter) => voter.id === from) : from >= 0;
    const greets = dynamic !== undefined && to === NO_NODE;
    // A member of a new cluster does not know its id before the log says it.
    const foreign = envelope.clusterId !== clusterId && envelope.clusterId !== "" && clusterId !== "";
    if (foreign || (to !== this.nodeId && !greets) || !known || from === this.nodeId) {
      log.warn({ from, to, clusterId: envelope.clusterId }, "dropped a quorum message that is not for this node");
      return {};
    }
    // The envelope's bytes belong to the frame that they came in; entries stay.
    const message = this.#decode(envelope.message.slice(), { from, to: this.nodeId });
    if (message === undefined || (greets && message.type !== "observe")) return {};
    if (dynamic !== undefined && message.type === "observe" && sender?.id === from) this.#addresses.greet(sender);
    this.#contact(from).lastMs = this.#options.clock.nowMs();
    this.#run({ type: "message", message });
    // One who knows of no cluster yet has nobody to name.
    if (!greets || this.#state.log.lastIndex === 0) return {};
    return { controllers: { controllers: [...this.controllers] }, leaderId: this.leaderId };
  }

  #decode(bytes: Uint8Array, address: { from: NodeId; to: NodeId }): RaftMessage | undefined {
    try {
      return decodeRaftMessage(bytes, address);
    } catch (error) {
      if (!(error instanceof RaftDecodeError)) throw error;
      this.#options.log.warn({ from: address.from, problem: error.message }, "dropped a damaged quorum message");
      return undefined;
    }
  }

  #contact(id: NodeId): Contact {
    let contact = this.#contacts.get(id);
    if (contact === undefined) {
      // Strangers choose their ids.
      if (this.#contacts.size >= CONTACTS_MAX) this.#contacts.delete(this.#contacts.keys().next().value!);
      this.#contacts.set(id, (contact = { lastMs: -1, caughtUpMs: -1 }));
    }
    return contact;
  }

  // ---- the loop

  #run(event: RaftEvent, answered?: (outcome: ProposalOutcome) => void): void {
    this.#events.push({ event, answered });
    if (this.#stepping) return;
    this.#stepping = true;
    this.#guard(() => {
      for (let next = this.#events[0]; next !== undefined && this.#phase === "running"; next = this.#events[0]) {
        this.#carryOut(step(this.#state, next.event), next.answered);
        this.#events.shift();
      }
    });
    this.#stepping = false;
    this.#adjustTicker();
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#fail(error instanceof Error ? error : new InvariantError(String(error)));
    }
  }

  #carryOut(effects: Effects, answered: ((outcome: ProposalOutcome) => void) | undefined): void {
    for (const message of effects.messages) this.#send(message);
    if (effects.proposal !== undefined) answered?.(effects.proposal);
    if (effects.write !== undefined) this.#writes.push(effects.write);
    if (effects.compactedTo !== undefined) this.#compactTo = effects.compactedTo;
    if (effects.restored !== undefined) this.#onRestored(effects.restored);
    for (const entry of effects.committed) this.#onCommitted(entry);
    for (const id of effects.reads) this.#takeRead(id)?.resolve();
    if (effects.leadership !== undefined) this.#onLeadershipChange(effects.leadership);
    for (const id of effects.readsRefused) this.#takeRead(id)?.reject(new NotLeaderError(this.leaderId));
    for (const read of effects.snapshotReads) void this.#readSnapshot(read);
    this.#noteCaughtUp();
    if (this.#writes.length > 0 || this.#compactTo > 0) this.#writing ??= this.#write();
  }

  #send(message: RaftMessage): void {
    let outbox = this.#outboxes.get(message.to);
    if (outbox === undefined) {
      const { clusterId, peers, dynamic } = this.#options;
      outbox = new Outbox({ from: this.nodeId, to: message.to, clusterId, peers, self: dynamic?.self });
      if (this.#outboxes.size >= CONTACTS_MAX) this.#dropOutbox();
      this.#outboxes.set(message.to, outbox);
    }
    outbox.send(message);
  }

  #dropOutbox(): void {
    const [id, outbox] = this.#outboxes.entries().next().value!;
    outbox.close();
    this.#outboxes.delete(id);
  }

  #onCommitted(entry: Entry): void {
    this.#bytesSinceSnapshot += entry.payload.length;
    const { index, term: epoch, payload } = entry;
    if (entry.type === "data") for (const listener of this.#committedListeners) listener({ index, epoch, payload });
    if (entry.type === "configuration") {
      this.#addresses.follow(configurationOf(this.#state));
      for (const listener of this.#voterListeners) listener();
    }
    const proposal = this.#proposals.get(index);
    if (proposal === undefined) return;
    this.#proposals.delete(index);
    if (proposal.epoch === epoch) proposal.resolve({ index, epoch });
    else proposal.reject(new SupersededError(index, proposal.epoch));
  }

  #onRestored(snapshot: SnapshotMetadata): void {
    const restored = this.#restored;
    assert(restored?.metadata.index === snapshot.index, `snapshot ${snapshot.index} was not read back`);
    this.#restored = undefined;
    this.#options.log.info({ index: snapshot.index, epoch: snapshot.term }, "loaded a snapshot from the leader");
    this.#loadSnapshot(restored);
  }

  #loadSnapshot(snapshot: StoredSnapshot): void {
    this.#bytesSinceSnapshot = 0;
    const { index, term: epoch } = snapshot.metadata;
    for (const listener of this.#snapshotListeners) listener({ index, epoch, bytes: snapshot.bytes });
  }

  #onLeadershipChange(change: { leaderId: NodeId; term: number; active: boolean }): void {
    this.#leadership = { active: change.active, leaderId: change.leaderId, epoch: change.term };
    this.#options.log.info({ ...this.#leadership }, change.active ? "leads the metadata quorum" : "quorum leadership");
    for (const [index, proposal] of this.#proposals) {
      if (change.leaderId === this.nodeId && proposal.epoch === change.term) continue;
      // Committed already, and about to be handed out: a leader whose last act it was to leave the voters.
      if (index <= this.#state.commit && this.#state.log.termAt(index) === proposal.epoch) continue;
      this.#proposals.delete(index);
      proposal.reject(new SupersededError(index, proposal.epoch));
    }
    for (const listener of this.#leadershipListeners) listener(this.#leadership);
  }

  #takeRead(id: number): Waiting<void> | undefined {
    const read = this.#reads.get(id);
    this.#reads.delete(id);
    return read;
  }

  #noteCaughtUp(): void {
    const { role, log } = this.#state;
    if (role.kind !== "leader") return;
    for (const [id, progress] of role.progress) {
      if (progress.match === log.lastIndex) this.#contact(id).caughtUpMs = this.#options.clock.nowMs();
    }
  }

  // ---- disk

  async #write(): Promise<void> {
    const { storage } = this.#options;
    try {
      while ((this.#writes.length > 0 || this.#compactTo > 0) && this.#phase !== "failed") {
        const batch = this.#writes;
        this.#writes = [];
        await storage.write(batch);
        const received = batch.findLast((write) => write.snapshotChunk?.done === true)?.snapshotChunk;
        if (received !== undefined) this.#restored = await storage.readSnapshot(received.snapshot);
        if (this.#compactTo > 0) {
          const index = this.#compactTo;
          this.#compactTo = 0;
          await storage.deleteUpTo(index);
        }
        this.#onWritten(batch);
      }
    } catch (error) {
      this.#fail(error as Error);
    }
    this.#writing = undefined;
  }

  #onWritten(batch: readonly Write[]): void {
    if (this.#phase !== "running") return;
    for (const write of batch) for (const message of write.messagesAfter) this.#send(message);
    const last = batch[batch.length - 1];
    if (last !== undefined) this.#run({ type: "persisted", sequence: last.sequence });
  }

  async #readSnapshot(read: SnapshotRead): Promise<void> {
    const { to, snapshot, offset, bytesMax } = read;
    try {
      const chunk = await this.#options.storage.readChunk(snapshot, offset, bytesMax);
      this.#run({
        type: "snapshot-read",
        to,
        snapshot,
        offset,
        bytes: chunk?.bytes,
        done: chunk?.done ?? false,
      });
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  // ---- end

  #fail(error: Error): void {
    if (this.#phase === "failed" || this.#phase === "stopped") return;
    this.#options.log.error({ error: error.message, stack: error.stack }, "the metadata quorum cannot go on");
    this.#close("failed");
    this.#options.fatal(error);
  }

  #close(phase: "stopping" | "failed"): void {
    this.#phase = phase;
    clearInterval(this.#ticker);
    this.#leaderWatch?.stop();
    for (const outbox of this.#outboxes.values()) outbox.close();
    for (const [index, proposal] of this.#proposals) proposal.reject(new SupersededError(index, proposal.epoch));
    this.#proposals.clear();
    for (const { answered } of this.#events) answered?.({ ok: false, reason: "not-leader", detail: "it stops" });
    this.#events = [];
    for (const read of this.#reads.values()) read.reject(new NotLeaderError(this.leaderId));
    this.#reads.clear();
    this.#leadership = { active: false, leaderId: this.#leadership.leaderId, epoch: this.#leadership.epoch };
    this.#guard(() => {
      for (const listener of this.#leadershipListeners) listener(this.#leadership);
    });
  }
}

async function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
