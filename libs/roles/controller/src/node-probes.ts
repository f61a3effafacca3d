import type { Clock, NodeId } from "@moldau/base";
import type { Finding, NodeSessions } from "@moldau/control";
import type { MetadataImage } from "@moldau/metadata";
import type { PeerEvent, Peers } from "@moldau/rpc";
import type { Logger } from "@moldau/telemetry";

export interface NodeProbesOptions {
  peers: Pick<Peers, "probe">;
  image(): MetadataImage;
  isActive(): boolean;
  sessions: NodeSessions;
  clock: Pick<Clock, "monotonicMs">;
  log: Pick<Logger, "info" | "debug">;
  /** A node's session is over. */
  onDead(): void;
}

/** A machine that does not answer a connection within this is gone; one lost packet (TCP's first repeat: 1 s) is not. */
const PROBE_TIMEOUT_MS = 1_200;
/** Who has not called a controller this long after it became active is looked after. */
const CALL_MS = 100;
/** A suspected node that is there is looked at again; a dying process closes its doors one after another. */
const AGAIN_MS_MIN = 50;
const AGAIN_MS_MAX = 1_000;

/**
 * Finds out about nodes in doubt, so that a dead one is fenced at once and a slow one is not: where the connections from a
 * node broke or are silent, and where it did not call a controller that became active, its address is knocked at.
 * `NodeSessions` decides what that means. While a node stays suspected and unheard it is looked at again and again, since a
 * process that was slow may die without a connection left that could tell.
 */
export class NodeProbes {
  private readonly calling = new Map<NodeId, "connected" | "silent">();
  private readonly timers = new Set<NodeJS.Timeout>();
  private stopped = false;

  constructor(private readonly options: NodeProbesOptions) {}

  /** What the connections from a node say now. */
  onCaller({ nodeId, state }: PeerEvent): void {
    if (state === "gone") this.calling.delete(nodeId);
    else this.calling.set(nodeId, state);
    if (state !== "connected") this.suspect(nodeId);
  }

  /** To be called when this controller becomes active, or has stood still: whoever is not heard soon is looked after. */
  begin(): void {
    this.clear();
    this.after(CALL_MS, () => {
      const { sessions, image } = this.options;
      for (const nodeId of sessions.unheard(image())) {
        if (this.calling.get(nodeId) !== "connected") this.suspect(nodeId);
      }
    });
  }

  stop(): void {
    this.stopped = true;
    this.clear();
  }

  private suspect(nodeId: NodeId): void {
    const { image, isActive, sessions, log } = this.options;
    const node = image().brokers.get(nodeId);
    if (this.stopped || !isActive() || node === undefined || node.fenced) return;
    const suspicion = sessions.suspect(nodeId, node.epoch);
    if (suspicion === undefined) return;
    log.info({ nodeId, connections: this.calling.get(nodeId) ?? "none" }, "a node may be dead; looking after it");
    void this.look(nodeId, suspicion, AGAIN_MS_MIN);
  }

  private async look(nodeId: NodeId, suspicion: number, againMs: number): Promise<void> {
    const { image, isActive, sessions, clock, log, onDead } = this.options;
    const finding = await this.knock(nodeId);
    if (this.stopped || !isActive() || !image().brokers.has(nodeId)) return;
    const networkWorks = [...this.calling].some(([other, state]) => other !== nodeId && state === "connected");
    const verdict = sessions.judge(nodeId, suspicion, { finding, networkWorks }, clock.monotonicMs());
    log.debug({ nodeId, finding, verdict }, "looked after a node in doubt");
    if (verdict === "dead") onDead();
    if (verdict !== "doubtful") return;
    this.after(againMs, () => void this.look(nodeId, suspicion, Math.min(AGAIN_MS_MAX, againMs * 2)));
  }

  private async knock(nodeId: NodeId): Promise<Finding> {
    const { image, peers } = this.options;
    const address = image().brokers.get(nodeId)?.endpoints.get("RPC");
    if (address === undefined) return "unknown";
    try {
      return await peers.probe(nodeId, address, PROBE_TIMEOUT_MS);
    } catch {
      return "unknown";
    }
  }

  private after(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.stopped) work();
    }, ms);
    timer.unref();
    this.timers.add(timer);
  }

  private clear(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
