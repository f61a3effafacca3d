import type { NodeId } from "@moldau/base";
import { type Disk, nodeDisk } from "@moldau/disk";
import type { QuorumDefinition, RaftEnvelope } from "@moldau/contracts";
import { type ControllerAddress, noContext, PeerUnavailable, type Service, type ServiceRegistry } from "@moldau/rpc";
import type { RaftSettings } from "@moldau/raft";
import type { CommittedEntry, Leadership, LoadedSnapshot, Quorum } from "../quorum";
import type { QuorumPeers } from "../member";
import { startQuorum } from "../start-quorum";

const BOOTSTRAP = -2;
const addressOf = (id: NodeId): ControllerAddress => ({ id, host: "127.0.0.1", port: 10_000 + id });

type QuorumService = Service<typeof QuorumDefinition>;

/** A quorum member with everything that its listeners heard since it started. */
export interface FakeNode {
  readonly quorum: Quorum;
  readonly committed: CommittedEntry[];
  readonly snapshots: LoadedSnapshot[];
  readonly leadership: Leadership[];
  readonly failures: Error[];
  readonly logged: string[];
}

/** Real members on real directories, and a network between them that can be cut. Messages pass after a turn each. */
export class FakeCluster {
  readonly nodes = new Map<NodeId, FakeNode>();
  readonly #services = new Map<NodeId, QuorumService>();
  readonly #cut = new Set<NodeId>();
  readonly #killed: FakeNode[] = [];
  /** Where nodes look for the others, where voters may change. */
  bootstrap: NodeId;

  constructor(
    readonly ids: readonly NodeId[],
    readonly directoryOf: (id: NodeId) => string,
    readonly settings: {
      tickMs?: number;
      raft?: Partial<RaftSettings>;
      segmentBytes?: number;
      clusterId?: string;
      /** Who begins a cluster whose voters may change. */
      initialVoters?: readonly NodeId[];
      diskOf?: (id: NodeId) => Disk;
    } = {},
  ) {
    this.bootstrap = ids[0]!;
  }

  async start(id: NodeId): Promise<FakeNode> {
    const services: ServiceRegistry = {
      offer: (_definition, implementation) => this.#services.set(id, implementation as unknown as QuorumService),
      onCaller: () => () => undefined,
    };
    const { initialVoters } = this.settings;
    const dynamic = initialVoters !== undefined;
    let known: readonly ControllerAddress[] = (initialVoters ?? this.ids).map(addressOf);
    const peers: QuorumPeers = {
      quorum: (to) => {
        if (to === BOOTSTRAP) return this.#stub(id, this.bootstrap);
        if (!known.some((each) => each.id === to))
          throw new PeerUnavailable(`the address of ${to} is not known`, false);
        return this.#stub(id, to);
      },
      learnControllers: (controllers) => (known = controllers),
    };
    const failures: Error[] = [];
    const logged: string[] = [];
    const log = (_fields: object, message: string): void => void logged.push(message);
    const quorum = await startQuorum({
      nodeId: id,
      voters: (initialVoters ?? this.ids).map(addressOf),
      ...(dynamic && { dynamic: { self: addressOf(id), bootstrap: [BOOTSTRAP] } }),
      dir: this.directoryOf(id),
      disk: this.settings.diskOf?.(id) ?? nodeDisk,
      clusterId: this.settings.clusterId ?? "test-cluster",
      peers,
      services,
      clock: { nowMs: () => Date.now(), monotonicMs: () => performance.now() },
      random: { next: () => Math.random() },
      log: { info: log, warn: log, error: log },
      fatal: (error) => failures.push(error),
      tickMs: this.settings.tickMs ?? 5,
      raft: this.settings.raft,
      segmentBytes: this.settings.segmentBytes,
    });
    const node: FakeNode = { quorum, committed: [], snapshots: [], leadership: [], failures, logged };
    quorum.onSnapshotLoaded((snapshot) => node.snapshots.push(snapshot));
    quorum.onCommitted((entry) => node.committed.push(entry));
    quorum.onLeadership((leadership) => node.leadership.push(leadership));
    this.nodes.set(id, node);
    this.#cut.delete(id);
    return node;
  }

  #stub(from: NodeId, to: NodeId): QuorumService {
    return {
      step: async (request, call) => {
        await new Promise((resolve) => setImmediate(resolve));
        const target = this.#services.get(to);
        if (target === undefined || this.#cut.has(to) || this.#cut.has(from)) {
          throw new PeerUnavailable(`no way from ${from} to ${to}`, false);
        }
        return target.step(request, call);
      },
    };
  }

  /** Hands a node an envelope as it is, from wherever. */
  async deliver(to: NodeId, envelope: RaftEnvelope): Promise<void> {
    await this.#services.get(to)!.step(envelope, noContext);
  }

  cut(id: NodeId): void {
    this.#cut.add(id);
  }

  heal(id: NodeId): void {
    this.#cut.delete(id);
  }

  /**
   * As kill -9 would: nothing that it says is heard any more and nothing more is told to it. Its present write may still
   * reach the disk, as it may with kill -9.
   */
  async kill(id: NodeId): Promise<void> {
    this.cut(id);
    this.#services.delete(id);
    const node = this.nodes.get(id);
    if (node !== undefined) this.#killed.push(node);
    this.nodes.delete(id);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async stopAll(): Promise<void> {
    const all = [...this.nodes.values(), ...this.#killed];
    // Those that were killed may find that their disk is gone.
    await Promise.all(all.map((node) => node.quorum.stop().catch(() => undefined)));
  }

  active(): FakeNode | undefined {
    return [...this.nodes.values()]
      .filter((node) => node.quorum.isActive && !this.#cut.has(node.quorum.nodeId))
      .sort((a, b) => b.quorum.epoch - a.quorum.epoch)[0];
  }
}

/** Waits for a condition, up to ten seconds. */
export async function until<T>(what: string, condition: () => T | undefined | false): Promise<T> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const value = condition();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (value: Uint8Array): string => new TextDecoder().decode(value);
