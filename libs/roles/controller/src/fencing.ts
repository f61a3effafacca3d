import type { Clock, NodeId } from "@moldau/base";
import { type ControlSettings, fenceNode, type NodeSessions } from "@moldau/control";
import type { MetadataImage } from "@moldau/metadata";
import type { Logger } from "@moldau/telemetry";
import { type ControllerQueue, NotActiveError } from "./controller-queue";

export interface FencingOptions {
  queue: Pick<ControllerQueue, "decide">;
  image(): MetadataImage;
  isActive(): boolean;
  sessions: NodeSessions;
  settings: Pick<ControlSettings, "topicDefaults" | "sessionTimeoutMs">;
  clock: Pick<Clock, "monotonicMs">;
  log: Pick<Logger, "warn" | "error">;
  /** This controller stood still, and what it thought of the nodes is void. */
  onStall?(): void;
}

/** Pause before a fencing that could not be decided is tried again. */
const RETRY_MS = 100;
/** A timer this late says that this process stood still: then silence is no proof. Unit: share of the session timeout. */
const STALL_SHARE = 0.25;

/**
 * Fences nodes whose sessions are over: because their heartbeats stay away, or because they were found dead. One timer, set
 * to the next moment at which a session can end; heartbeats only move that moment on, so it is looked at again when it
 * comes.
 */
export class Fencing {
  private timer: NodeJS.Timeout | undefined;
  private dueMs = 0;
  private stopped = false;
  private fencing = false;

  constructor(private readonly options: FencingOptions) {}

  /** To be called when this controller becomes active, whenever nodes have changed, and when one was found dead. */
  watch(): void {
    if (this.stopped || this.fencing) return;
    const { sessions, image, isActive } = this.options;
    if (!isActive()) return this.clear();
    const next = sessions.nextExpiryMs(image());
    if (next === undefined) return this.clear();
    // An earlier look does no harm: it comes back here.
    if (this.timer !== undefined && this.dueMs <= next) return;
    this.set(next);
  }

  stop(): void {
    this.stopped = true;
    this.clear();
  }

  private set(dueMs: number): void {
    this.clear();
    this.dueMs = dueMs;
    // Timers may fire a little early, and a look before the time only costs another one.
    this.timer = setTimeout(() => void this.look(), Math.max(1, Math.ceil(dueMs - this.options.clock.monotonicMs())));
    this.timer.unref();
  }

  private clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    this.timer = undefined;
    const { sessions, image, isActive, clock, settings, log } = this.options;
    if (this.stopped || !isActive()) return;
    const nowMs = clock.monotonicMs();
    const lateMs = nowMs - this.dueMs;
    if (lateMs > settings.sessionTimeoutMs * STALL_SHARE) {
      // Heartbeats may wait unread behind this very timer.
      log.warn({ lateMs: Math.round(lateMs) }, "this controller stood still; every node gets its whole session again");
      sessions.reset(image(), nowMs);
      this.options.onStall?.();
      return this.watch();
    }
    this.fencing = true;
    const fenced = await Promise.all(sessions.expired(image(), nowMs).map((nodeId) => this.fence(nodeId)));
    this.fencing = false;
    if (this.stopped) return;
    if (fenced.includes(false)) this.set(clock.monotonicMs() + RETRY_MS);
    else this.watch();
  }

  private async fence(nodeId: NodeId): Promise<boolean> {
    const { queue, settings, log, sessions, clock } = this.options;
    const { sessionTimeoutMs } = settings;
    const cause = sessions.causeOfDeath(nodeId);
    if (cause === undefined) log.warn({ nodeId, sessionTimeoutMs }, "fencing a node: no heartbeat within its session");
    else log.warn({ nodeId }, `fencing a node: it has ${cause}`);
    try {
      await queue.decide((image) => {
        // It may have been heard while this waited for its turn.
        const late = sessions.expired(image, clock.monotonicMs()).includes(nodeId);
        return { records: late ? fenceNode(image, settings, nodeId) : [], reply: undefined };
      });
      return true;
    } catch (error) {
      if (!(error instanceof NotActiveError)) log.error({ err: error, nodeId }, "a node could not be fenced");
      return false;
    }
  }
}
