import { NO_NODE, randomUuid, SeededRandom, type NodeId, type Uuid, ZERO_UUID } from "@moldau/base";
import {
  configurationOf,
  createRaft,
  decodeRaftMessage,
  encodeRaftMessage,
  snapshotMetadataAt,
  step,
  type Configuration,
  type Effects,
  type RaftEvent,
  type RaftMessage,
  type RaftSettings,
  type RaftState,
  type Voter,
  type Write,
} from "../index";
import { RaftCheckers, Violation } from "./checkers";
import { SimulatedDisk } from "./simulated-disk";

/** Ways to break the rules on purpose, to see that the checkers notice. */
export type Mutant = "answers-before-sync" | "skips-sync" | "serves-reads-alone" | "trusts-an-empty-disk";

export interface SimulationOptions {
  seed: number;
  voters: number;
  /** Nodes that can become members later. */
  spares?: number;
  /** Units of time under faults; a tick is 10. */
  duration: number;
  loss?: number;
  duplication?: number;
  /** Messages take 1 to this many units. */
  delayMax?: number;
  syncMax?: number;
  crashes?: boolean;
  partitions?: boolean;
  /** Processes stop for a while and go on, with all that was sent to them meanwhile. */
  pauses?: boolean;
  /** Faults come this many times as often. */
  faultRate?: number;
  membershipChanges?: boolean;
  transfers?: boolean;
  /** Somebody is told, mostly wrongly, that the leader is dead. */
  leaderLost?: boolean;
  /** Voters are known by their ids only; one that starts with an empty disk is recovering. */
  staticVoters?: boolean;
  /** Disks are lost, one at a time. Voters known with their disks are removed then, and added again. */
  wipes?: boolean;
  settings?: Partial<RaftSettings>;
  mutant?: Mutant;
}

export interface SimulationResult {
  /** Hash over everything that happened. */
  trace: number;
  applied: number;
  terms: number;
  crashes: number;
  snapshotsInstalled: number;
  reads: number;
  configurations: number;
  wipes: number;
}

interface Node {
  readonly id: NodeId;
  directoryId: Uuid;
  disk: SimulatedDisk;
  state: RaftState | undefined;
  starts: number;
  waiting: Write[];
  writing: Write[];
  reads: Map<number, number>;
  applied: number;
  pausedUntil: number;
}

const TICK = 10;

/**
 * A cluster of cores under one seed: a heap of events is the only clock. Messages pass through their encoding, are lost,
 * doubled, delayed and reordered; nodes are cut off and crash, and with them what they had not synced. At the end
 * everything heals and the cluster has to make progress.
 */
export class Simulation {
  readonly #options: Required<Omit<SimulationOptions, "settings" | "mutant">> &
    Pick<SimulationOptions, "settings" | "mutant">;
  readonly #random: SeededRandom;
  readonly #checkers = new RaftCheckers();
  readonly #nodes: Node[];
  readonly #voters: Voter[];
  readonly #cut = new Set<string>();
  #events: { at: number; order: number; run: () => void }[] = [];
  #order = 0;
  #now = 0;
  #healed = false;
  #nextRead = 1;
  #nextPayload = 1;
  #snapshotContents = new Map<number, string>();
  #result: SimulationResult = {
    trace: 0,
    applied: 0,
    terms: 0,
    crashes: 0,
    snapshotsInstalled: 0,
    reads: 0,
    configurations: 0,
    wipes: 0,
  };

  constructor(options: SimulationOptions) {
    this.#options = {
      spares: 0,
      loss: 0,
      duplication: 0,
      delayMax: 10,
      syncMax: 10,
      crashes: false,
      partitions: false,
      pauses: false,
      faultRate: 1,
      membershipChanges: false,
      transfers: false,
      leaderLost: false,
      staticVoters: false,
      wipes: false,
      ...options,
    };
    this.#random = new SeededRandom(options.seed);
    const ids = Array.from({ length: options.voters + this.#options.spares }, (_, i) => i + 1);
    const directories = ids.map(() => randomUuid(this.#random));
    this.#voters = ids.slice(0, options.voters).map((id, i) => ({
      id,
      directoryId: this.#options.staticVoters ? ZERO_UUID : directories[i]!,
      endpoints: [],
    }));
    this.#nodes = ids.map((id, i) => ({
      id,
      directoryId: directories[i]!,
      disk: new SimulatedDisk(),
      state: undefined,
      starts: 0,
      waiting: [],
      writing: [],
      reads: new Map(),
      applied: 0,
      pausedUntil: 0,
    }));
  }

  /** @throws Violation, or InvariantError from the core, when a property does not hold. */
  run(): SimulationResult {
    for (const node of this.#nodes) this.#start(node);
    this.#every(7, () => this.#propose());
    this.#every(23, () => this.#read());
    this.#every(97, () => this.#snapshot());
    this.#every(61, () => this.#checkLogs());
    const { crashes, partitions, pauses, membershipChanges, transfers } = this.#options;
    const often = (period: number): number => Math.max(1, Math.round(period / this.#options.faultRate));
    if (crashes) this.#every(often(311), () => this.#crashSomebody());
    if (partitions) this.#every(often(457), () => this.#partition());
    if (pauses) this.#every(often(523), () => this.#pause());
    if (membershipChanges) this.#every(often(389), () => this.#changeMembers());
    if (transfers) this.#every(often(701), () => this.#transfer());
    if (this.#options.wipes) this.#every(often(907), () => this.#wipe());
    if (this.#options.leaderLost) this.#every(often(151), () => this.#sayLeaderLost());
    this.#advance(this.#options.duration);
    this.#heal();
    this.#result.applied = this.#checkers.highest;
    this.#result.terms = Math.max(...this.#nodes.map((node) => node.state?.term ?? 0));
    return this.#result;
  }

  // ---- time

  #schedule(delay: number, run: () => void): void {
    const event = { at: this.#now + delay, order: this.#order++, run };
    const events = this.#events;
    let at = events.length;
    while (
      at > 0 &&
      (events[at - 1]!.at < event.at || (events[at - 1]!.at === event.at && events[at - 1]!.order < event.order))
    )
      at--;
    events.splice(at, 0, event);
  }

  #every(period: number, run: () => void): void {
    this.#schedule(1 + this.#random.below(2 * period), () => {
      run();
      this.#every(period, run);
    });
  }

  #advance(duration: number): void {
    const end = this.#now + duration;
    for (let next = this.#events.at(-1); next !== undefined && next.at <= end; next = this.#events.at(-1)) {
      this.#events.pop();
      this.#now = next.at;
      next.run();
    }
    this.#now = end;
  }

  #note(...values: number[]): void {
    for (const value of values) this.#result.trace = (Math.imul(this.#result.trace ^ value, 0x01000193) + 1) >>> 0;
  }

  // ---- nodes

  #start(node: Node): void {
    const { hardState, snapshot, entries } = node.disk.load();
    node.starts++;
    node.state = createRaft({
      nodeId: node.id,
      directoryId: node.directoryId,
      initialVoters: this.#voters,
      hardState: hardState ?? {
        term: 0,
        vote: NO_NODE,
        recovering: this.#options.staticVoters && this.#options.mutant !== "trusts-an-empty-disk",
      },
      snapshot,
      entries,
      random: this.#random.next(),
      settings: {
        electionTicks: 10,
        heartbeatTicks: 2,
        trailingEntries: 5,
        snapshotChunkBytes: 16,
        appendBytesMax: 100,
        inflightBytesMax: 400,
        inflightMessagesMax: 4,
        ...this.#options.settings,
      },
    });
    node.applied = node.state.applied;
    this.#step(node, { type: "start" });
    this.#tick(node, node.starts);
  }

  #tick(node: Node, start: number): void {
    // Clocks run at their own rates, up to 20 % apart.
    this.#schedule(TICK - 1 + this.#random.below(3), () => {
      if (node.starts !== start || node.state === undefined) return;
      if (node.pausedUntil <= this.#now) this.#step(node, { type: "tick", random: this.#random.next() });
      this.#tick(node, start);
    });
  }

  #step(node: Node, event: RaftEvent): Effects | undefined {
    const { state } = node;
    if (state === undefined) return undefined;
    const effects = step(state, event);
    this.#note(node.id, state.term, state.commit, state.log.lastIndex, effects.messages.length);
    this.#checkers.onRole(`${node.id} (start ${node.starts})`, state);
    for (const message of effects.messages) this.#send(message);
    if (effects.restored !== undefined) this.#restored(node, effects.restored.index);
    for (const entry of effects.committed) {
      if (entry.index !== ++node.applied) throw new Violation(`InOrder: node ${node.id} got ${entry.index}`);
      this.#checkers.onApplied(node.id, entry, state.term);
      if (entry.type === "configuration") this.#result.configurations++;
    }
    for (const id of effects.reads) this.#answered(node, id);
    for (const id of effects.readsRefused) node.reads.delete(id);
    for (const read of effects.snapshotReads) {
      this.#schedule(this.#random.below(10), () => {
        const bytes = node.disk.snapshotAt(read.snapshot.index);
        const piece = bytes?.slice(read.offset, read.offset + read.bytesMax);
        const done = read.offset + (piece?.length ?? 0) === bytes?.length;
        this.#step(node, { ...read, type: "snapshot-read", bytes: piece, done });
      });
    }
    if (effects.write !== undefined) this.#write(node, effects.write);
    if (effects.compactedTo !== undefined) node.disk.compactTo(effects.compactedTo);
    return effects;
  }

  #write(node: Node, write: Write): void {
    const mutant = this.#options.mutant;
    if (mutant === "answers-before-sync") {
      for (const message of write.messagesAfter) this.#send(message);
    }
    node.waiting.push(write);
    if (node.writing.length === 0) this.#sync(node, node.starts);
  }

  #sync(node: Node, start: number, again?: Write[]): void {
    if (again === undefined) {
      node.writing = node.waiting;
      node.waiting = [];
    }
    this.#schedule(Math.max(0, node.pausedUntil - this.#now) + 1 + this.#random.below(this.#options.syncMax), () => {
      if (node.starts !== start || node.state === undefined) return;
      if (node.pausedUntil > this.#now) return this.#sync(node, start, node.writing);
      const batch = node.writing;
      node.writing = [];
      for (const write of batch) {
        if (this.#options.mutant !== "skips-sync" || write.snapshotChunk !== undefined) node.disk.write(write);
        else node.disk.writePart(write, this.#random);
      }
      if (this.#options.mutant !== "answers-before-sync") {
        for (const write of batch) for (const message of write.messagesAfter) this.#send(message);
      }
      this.#step(node, { type: "persisted", sequence: batch.at(-1)!.sequence });
      if (node.waiting.length > 0 && node.writing.length === 0) this.#sync(node, start);
    });
  }

  #restored(node: Node, index: number): void {
    const bytes = node.disk.snapshotAt(index);
    if (bytes?.join() !== this.#snapshotContents.get(index)) {
      throw new Violation(`SnapshotSafety: node ${node.id} installed another state at ${index}`);
    }
    node.applied = index;
    this.#result.snapshotsInstalled++;
  }

  // ---- network

  #send(message: RaftMessage): void {
    const { loss, duplication, delayMax } = this.#options;
    const bytes = encodeRaftMessage(message);
    const { from, to } = message;
    if (!this.#healed && this.#random.chance(loss)) return;
    const copies = !this.#healed && this.#random.chance(duplication) ? 2 : 1;
    const delay = (): number => 1 + this.#random.below(this.#healed ? 5 : delayMax);
    for (let i = 0; i < copies; i++) this.#schedule(delay(), () => this.#arrive(bytes, { from, to }));
  }

  #arrive(bytes: Uint8Array, { from, to }: { from: NodeId; to: NodeId }): void {
    if (this.#cut.has(`${from}>${to}`)) return;
    const node = this.#nodes[to - 1]!;
    if (node.pausedUntil > this.#now) {
      this.#schedule(node.pausedUntil - this.#now + 1 + this.#random.below(5), () => this.#arrive(bytes, { from, to }));
    } else {
      this.#step(node, { type: "message", message: decodeRaftMessage(bytes, { from, to }) });
    }
  }

  // ---- clients

  #leaders(): Node[] {
    return this.#nodes.filter((node) => node.state?.role.kind === "leader" && node.pausedUntil <= this.#now);
  }

  #propose(): void {
    for (const node of this.#leaders()) {
      const n = this.#nextPayload++;
      this.#step(node, { type: "propose", payload: Uint8Array.of(node.id, n & 255, n >> 8) });
    }
  }

  #read(): void {
    for (const node of this.#leaders()) {
      this.#readFrom(node);
    }
  }

  #readFrom(node: Node): void {
    const id = this.#nextRead++;
    node.reads.set(id, this.#checkers.highest);
    if (this.#options.mutant === "serves-reads-alone") this.#answered(node, id);
    else this.#step(node, { type: "read", id });
  }

  #answered(node: Node, id: number): void {
    const needed = node.reads.get(id)!;
    node.reads.delete(id);
    this.#result.reads++;
    if (node.applied < needed)
      throw new Violation(`LinearizableRead: node ${node.id} reads ${node.applied} < ${needed}`);
  }

  #snapshot(): void {
    const node = this.#random.pick(this.#nodes);
    const metadata = node.state && snapshotMetadataAt(node.state, node.applied);
    if (metadata === undefined) return;
    const bytes = Uint8Array.from({ length: 40 }, (_, i) => (metadata.index * 31 + metadata.term * 7 + i) & 255);
    this.#snapshotContents.set(metadata.index, bytes.join());
    node.disk.save(metadata, bytes);
    this.#step(node, { type: "snapshot-saved", snapshot: metadata });
  }

  #changeMembers(): void {
    for (const node of this.#leaders()) {
      const { voters } = configurationOf(node.state!);
      const outside = this.#nodes.filter(({ id }) => !voters.some((voter) => voter.id === id));
      const gone = voters.find(({ id, directoryId }) => directoryId !== this.#nodes[id - 1]!.directoryId);
      const next = this.#random.pick<Configuration>([
        ...(voters.length > 1 ? [{ voters: without(voters, gone ?? this.#random.pick(voters)) }] : []),
        ...outside.map(({ id, directoryId }) => ({ voters: [...voters, { id, directoryId, endpoints: [] }] })),
      ]);
      this.#step(node, { type: "change-configuration", configuration: next });
    }
  }

  #transfer(): void {
    for (const node of this.#leaders()) {
      this.#step(node, { type: "transfer", to: this.#random.pick(configurationOf(node.state!).voters).id });
    }
  }

  #sayLeaderLost(): void {
    const node = this.#random.pick(this.#nodes);
    if (node.state === undefined || node.pausedUntil > this.#now) return;
    this.#step(node, { type: "leader-lost", leaderId: node.state.leaderId });
  }

  #checkLogs(): void {
    this.#checkers.onLogs(this.#nodes.flatMap((node) => node.state ?? []));
  }

  // ---- faults

  #crashSomebody(): void {
    if (this.#healed) return;
    const node = this.#random.pick(this.#nodes);
    if (node.state === undefined) return;
    this.#result.crashes++;
    node.state = undefined;
    node.pausedUntil = 0;
    const lost = [...node.writing, ...node.waiting];
    for (const write of lost.slice(0, this.#random.below(lost.length + 1))) node.disk.write(write);
    const torn = node.writing[0];
    if (torn !== undefined && this.#random.chance(0.3)) this.#tear(node, torn, lost);
    node.writing = [];
    node.waiting = [];
    node.reads.clear();
    this.#schedule(this.#random.below(this.#random.chance(0.5) ? 30 : 500), () => this.#start(node));
  }

  /** Only where nothing of the batch was written yet: the rest of a torn write cannot be there without its beginning. */
  #tear(node: Node, torn: Write, lost: readonly Write[]): void {
    const last = node.disk.entries.at(-1)?.index ?? 0;
    if (lost.every((write) => write.snapshotChunk === undefined) && torn.entries[0]?.index === last + 1) {
      node.disk.writePart(torn, this.#random);
    }
  }

  /** Never while another one's promises are still in doubt: with a quorum's disks its memory would be gone. */
  #wipe(): void {
    if (this.#healed || this.#nodes.some(({ state }) => state === undefined || state.recovering)) return;
    const inDoubt = ({ state }: Node): boolean => {
      const { voters } = configurationOf(state!);
      const gone = voters.some(({ id, directoryId }) => directoryId !== this.#nodes[id - 1]!.directoryId);
      return !this.#options.staticVoters && (gone || voters.length < 3);
    };
    if (this.#nodes.some(inDoubt)) return;
    const node = this.#random.pick(this.#nodes);
    node.state = undefined;
    node.pausedUntil = 0;
    node.writing = [];
    node.waiting = [];
    node.reads.clear();
    node.disk = new SimulatedDisk();
    node.directoryId = randomUuid(this.#random);
    this.#result.wipes++;
    this.#schedule(this.#random.below(100), () => this.#start(node));
  }

  #pause(): void {
    const node = this.#random.pick(this.#nodes);
    if (this.#healed || node.state === undefined || node.pausedUntil > this.#now) return;
    node.pausedUntil = this.#now + this.#random.below(400);
    // A client that waited is served before anything else is read.
    this.#schedule(node.pausedUntil - this.#now, () => {
      if (node.state?.role.kind === "leader") this.#readFrom(node);
    });
  }

  #partition(): void {
    this.#cut.clear();
    if (this.#healed || this.#random.chance(0.3)) return;
    const asymmetric = this.#random.chance(0.3);
    const side = new Set(this.#nodes.filter(() => this.#random.chance(0.4)).map((node) => node.id));
    for (const { id: from } of this.#nodes) {
      for (const { id: to } of this.#nodes) {
        if (side.has(from) !== side.has(to) && (!asymmetric || side.has(from))) this.#cut.add(`${from}>${to}`);
      }
    }
  }

  /** Everything works again: within forty election timeouts all members must hold something newly committed. */
  #heal(): void {
    this.#healed = true;
    this.#cut.clear();
    this.#advance(500); // those that are down start, those that pause go on
    const goal = this.#checkers.highest + 5;
    for (let i = 0; i < 40; i++) {
      this.#advance(10 * TICK);
      const leader = this.#leaders().sort((a, b) => b.state!.term - a.state!.term)[0];
      if (leader === undefined) continue;
      // Voters and observers alike: in the end everybody follows.
      if (this.#nodes.every((node) => node.applied >= goal)) {
        this.#checkLogs();
        return;
      }
    }
    const where = this.#nodes.map(({ id, applied, state }) => {
      if (state === undefined) return `${id}: down`;
      const voters = configurationOf(state).voters.map((voter) => `${voter.id}/${voter.directoryId.slice(0, 4)}`);
      const log = `${applied}/${state.commit}/${state.log.lastIndex}@${state.log.lastTerm}`;
      return `${id}: ${state.role.kind} ${state.term}, ${log}, voters ${voters.join()}${state.recovering ? ", recovering" : ""}`;
    });
    throw new Violation(`Liveness: no progress to ${goal} after everything healed (${where.join("; ")})`);
  }
}

function without(voters: readonly Voter[], one: Voter): Voter[] {
  return voters.filter(({ id }) => id !== one.id);
}
