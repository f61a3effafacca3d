import type { Clock, NodeId } from "@moldau/base";
import type { MetadataUpdate } from "@moldau/contracts";
import { diffImages, emptyImage, type MetadataDelta, type MetadataImage } from "@moldau/metadata";
import type { ControllerAddress, Peers } from "@moldau/rpc";
import type { Logger } from "@moldau/telemetry";
import type { MetadataListener, RunningMetadataObserver } from "./observer";
import { UpdateReader } from "./update-reader";

export interface MetadataObserverOptions {
  peers: Pick<Peers, "controller">;
  nodeId: NodeId;
  log: Pick<Logger, "info" | "warn" | "error" | "debug">;
  clock: Clock;
  /** Do not connect before `resume`, e.g. while this process's own controller is not there yet. */
  paused?: boolean;
  /** Called when a controller says where the controllers answer. */
  onControllers?(controllers: readonly ControllerAddress[]): void;
  /** Pause before the second attempt to connect; doubles up to 20 times as much. Default 50 ms. */
  retryMs?: number;
  /** A stream that is silent for so long is given up; controllers send something twice a second. Default 1.5 s. */
  silenceMs?: number;
}

/**
 * The silence is waited out in so many parts: a process that stood still finds one of them over, and reads what came
 * meanwhile before the next one is.
 */
const SILENCE_PARTS = 3;

interface Waiter {
  offset: number;
  resolve(): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/** Starts to follow the cluster's metadata. The image is empty until the first snapshot has arrived. */
export function startMetadataObserver(options: MetadataObserverOptions): RunningMetadataObserver {
  return new Observer(options);
}

class Observer implements RunningMetadataObserver {
  image: MetadataImage = emptyImage();
  leaderId: NodeId = -1;
  caughtUp = false;

  private readonly listeners = new Set<MetadataListener>();
  private readonly waiters = new Set<Waiter>();
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private wakeUp: (() => void) | undefined;

  constructor(private readonly options: MetadataObserverOptions) {
    if (options.paused !== true) this.resume();
  }

  resume(): void {
    if (!this.stopping.signal.aborted) this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.wakeUp?.();
    for (const waiter of [...this.waiters]) {
      this.settle(waiter);
      waiter.reject(new Error("the metadata observer stops"));
    }
    await this.running;
  }

  subscribe(listener: MetadataListener): () => void {
    this.listeners.add(listener);
    if (this.image.offset >= 0) this.tell(listener, diffImages(emptyImage(), this.image));
    return () => this.listeners.delete(listener);
  }

  waitFor(offset: number, timeoutMs: number): Promise<void> {
    if (this.image.offset >= offset) return Promise.resolve();
    if (this.stopping.signal.aborted) return Promise.reject(new Error("the metadata observer stops"));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.settle(waiter);
        reject(new Error(`metadata offset ${offset} has not arrived within ${timeoutMs} ms, ${this.image.offset} has`));
      }, timeoutMs);
      const waiter: Waiter = { offset, resolve, reject, timer };
      this.waiters.add(waiter);
    });
  }

  private async run(): Promise<void> {
    const { log, retryMs = 50 } = this.options;
    let pauseMs = retryMs;
    let startOver = false;
    while (!this.stopping.signal.aborted) {
      try {
        const heard = await this.watch(startOver);
        startOver = false;
        if (heard) pauseMs = retryMs;
        log.debug({ offset: this.image.offset }, "metadata stream ended");
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        // What does not apply to this image may apply to a new one.
        startOver = this.applying;
        const level = startOver ? "error" : "debug";
        log[level]({ err: error, offset: this.image.offset }, "metadata stream broke off; connecting again");
      }
      if (this.stopping.signal.aborted) return;
      await this.pause(pauseMs);
      pauseMs = Math.min(pauseMs * 2, retryMs * 20);
    }
  }

  /** Whether the last failure came from applying an update, as opposed to getting one. */
  private applying = false;

  /** Follows one stream until it ends. Says whether anything came. */
  private async watch(startOver: boolean): Promise<boolean> {
    const { peers, nodeId, silenceMs = 1_500 } = this.options;
    this.applying = false;
    const aborter = new AbortController();
    const abort = () => aborter.abort();
    this.stopping.signal.addEventListener("abort", abort);
    const reader = new UpdateReader(this.image);
    let heard = false;
    let iterator: AsyncIterator<MetadataUpdate> | undefined;
    try {
      const stream = peers.controller().watchMetadata(
        {
          nodeId,
          fromOffset: startOver ? 0 : this.image.offset + 1,
          clusterId: this.image.clusterId,
        },
        { traceparent: "", deadlineMs: 0, callerNodeId: nodeId, signal: aborter.signal },
      );
      iterator = stream[Symbol.asyncIterator]();
      for (;;) {
        const next = await this.nextWithin(iterator, silenceMs, aborter.signal);
        if (next === undefined || next.done === true) return heard;
        heard = true;
        this.applying = true;
        this.take(reader, next.value);
        this.applying = false;
      }
    } finally {
      this.stopping.signal.removeEventListener("abort", abort);
      aborter.abort();
      // Not awaited: a generator that is blocked on a dead connection must not block this one.
      void iterator?.return?.().then(undefined, () => undefined);
    }
  }

  /** The next update; undefined when stopped. Rejects when nothing comes in time. */
  private nextWithin(
    iterator: AsyncIterator<MetadataUpdate>,
    silenceMs: number,
    signal: AbortSignal,
  ): Promise<IteratorResult<MetadataUpdate> | undefined> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const waitOn = (parts: number): void => {
        if (parts === 0) return done(() => reject(new Error(`no word for ${silenceMs} ms`)));
        timer = setTimeout(() => waitOn(parts - 1), silenceMs / SILENCE_PARTS);
      };
      const onAbort = () => done(() => resolve(undefined));
      const done = (settle: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", onAbort);
        settle();
      };
      waitOn(SILENCE_PARTS);
      signal.addEventListener("abort", onAbort);
      if (signal.aborted) onAbort();
      else
        iterator.next().then(
          (result) => done(() => resolve(result)),
          (error: unknown) => done(() => reject(error instanceof Error ? error : new Error(String(error)))),
        );
    });
  }

  private take(reader: UpdateReader, update: MetadataUpdate): void {
    const mine = this.image.clusterId;
    if (mine !== "" && update.clusterId !== "" && update.clusterId !== mine) {
      throw new Error(`the controller belongs to cluster ${update.clusterId}, this node to ${mine}`);
    }
    this.leaderId = update.leaderId;
    if (update.controllers !== undefined) this.options.onControllers?.(update.controllers.controllers);
    const next = reader.read(update);
    if (next !== undefined) {
      this.image = next.image;
      for (const listener of this.listeners) this.tell(listener, next.delta);
      for (const waiter of [...this.waiters]) {
        if (waiter.offset > this.image.offset) continue;
        this.settle(waiter);
        waiter.resolve();
      }
    }
    if (this.image.offset >= 0 && this.image.offset >= update.highWatermark) this.caughtUp = true;
  }

  private tell(listener: MetadataListener, delta: MetadataDelta): void {
    try {
      listener(delta, delta.after);
    } catch (error) {
      this.options.log.error({ err: error, offset: delta.after.offset }, "a metadata listener failed");
    }
  }

  private settle(waiter: Waiter): void {
    clearTimeout(waiter.timer);
    this.waiters.delete(waiter);
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
