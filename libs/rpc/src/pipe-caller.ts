import { codecs, frameAround, FrameKind, type Frame, type Outgoing } from "@moldau/contracts";
import type { Method } from "./method";
import {
  controlFrame,
  frameCost,
  headOf,
  PING_TICKS,
  PIPE_WINDOW_BYTES,
  type PipeTransport,
  SILENT_TICKS,
  TICK_MS,
} from "./pipe";
import { PeerUnavailable, RemoteError, type CallContext, type PeerState } from "./service";

export interface PipeCallerOptions {
  /** Who is at the other end, for a person: "Broker at 10.0.0.7:9192". */
  peer: string;
  /** Opens the stream; both functions of `events` are called later, never from within. */
  open(events: { receive(frame: Uint8Array): void; closed(reason: string): void }): PipeTransport;
  /** Milliseconds until the peer's HELLO must be there. */
  connectTimeoutMs?: number;
  /** Bytes of replies that the peer may send ahead. */
  windowBytes?: number;
  /** Bytes of requests that may wait for the connection or for the peer's window; more are refused. */
  queueBytesMax?: number;
  /** Ticks without a word after which calls fail, those to come too until the peer speaks again. Default: never. */
  failAfterTicks?: number;
  /** The peer's state has changed; called from within calls and frames, so it must not throw. */
  onState?(state: PeerState): void;
}

interface Call {
  id: number;
  lane: Lane;
  method: Method;
  /** Until it is sent. */
  frame: Outgoing | undefined;
  cost: number;
  resolve(reply: unknown): void;
  reject(error: Error): void;
  settled: boolean;
  context: CallContext;
  timer: NodeJS.Timeout | undefined;
  signal: AbortSignal | undefined;
  onAbort: (() => void) | undefined;
}

/** The calls of one method: in order, with a window of their own. */
interface Lane {
  queue: Call[];
  unansweredBytes: number;
}

type State =
  | { at: "down" }
  /** Waits out the pause after a failure. */
  | { at: "pausing"; timer: NodeJS.Timeout }
  | { at: "connecting"; transport: PipeTransport; timer: NodeJS.Timeout }
  /** `silent`: its calls have failed, and new ones fail at once until a word comes. */
  | { at: "open"; transport: PipeTransport; silent: boolean }
  | { at: "closed" };

const PAUSE_MIN_MS = 20;
const PAUSE_MAX_MS = 1000;

/**
 * The calling end of a pipe. Opens its stream with the first call and again with the first call after it broke.
 * Transitions: down -> connecting (a call) -> open (HELLO) -> down (stream broke); connecting -> pausing (refused, too
 * late) -> connecting (pause over and somebody still waits) | down; open -> silent (nothing came for too long) -> open
 * (a frame came) | down; any -> closed.
 */
export class PipeCaller {
  private state: State = { at: "down" };
  private readonly lanes = new Map<string, Lane>();
  /** Sent and unanswered; settled ones stay until the answer gives their room back. */
  private readonly sent = new Map<number, Call>();
  private queuedBytes = 0;
  private nextId = 1;
  private peerWindowBytes = 0;
  private takenBytes = 0;
  private pauseMs = 0;
  /** Ticks since something came, and since something left. */
  private heardTicks = 0;
  private sentTicks = 0;
  private peerState: PeerState | undefined;
  private readonly windowBytes: number;
  private readonly queueBytesMax: number;

  constructor(private readonly options: PipeCallerOptions) {
    this.windowBytes = options.windowBytes ?? PIPE_WINDOW_BYTES;
    this.queueBytesMax = options.queueBytesMax ?? 2 * PIPE_WINDOW_BYTES;
  }

  /** Rejects with PeerUnavailable (transport, deadline), RemoteError (the implementation threw) or the signal's reason. */
  call(method: Method, request: unknown, context: CallContext): Promise<unknown> {
    if (this.state.at === "closed") return Promise.reject(this.unavailable("the connection was closed", false));
    if (this.state.at === "open" && this.state.silent) return Promise.reject(this.unavailable(this.silence(), false));
    const signal = context.signal;
    if (signal?.aborted) return Promise.reject(abortReason(signal));
    const id = this.takeId();
    let frame: Outgoing;
    try {
      frame = frameAround(
        headOf(FrameKind.FRAME_KIND_REQUEST, id, method.key, Math.ceil(context.deadlineMs), context.traceparent),
        method.request,
        request,
      );
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    return new Promise((resolve, reject) => {
      const lane = this.lane(method.key);
      const cost = frameCost(frame);
      const call: Call = {
        id,
        lane,
        method,
        frame,
        cost,
        resolve,
        reject,
        settled: false,
        context,
        timer: undefined,
        signal,
        onAbort: undefined,
      };
      if (this.state.at === "open" && lane.queue.length === 0 && lane.unansweredBytes < this.peerWindowBytes) {
        this.send(this.state.transport, call);
      } else {
        if (this.queuedBytes > 0 && this.queuedBytes + cost > this.queueBytesMax) {
          reject(this.unavailable(`${this.queuedBytes} bytes of calls wait already`, false));
          return;
        }
        this.queuedBytes += cost;
        lane.queue.push(call);
        if (this.state.at === "down") this.connect();
      }
      if (context.deadlineMs > 0) {
        call.timer = setTimeout(() => {
          const failure = this.unavailable(
            `no answer to ${method.key} within ${context.deadlineMs} ms`,
            call.frame === undefined,
          );
          this.giveUp(call, failure);
        }, context.deadlineMs);
      }
      if (signal !== undefined) {
        call.onAbort = () => this.giveUp(call, abortReason(signal));
        signal.addEventListener("abort", call.onAbort, { once: true });
      }
    });
  }

  /** Every TICK_MS: keeps the pipe from being quiet, and notices a peer that is. */
  tick(): void {
    const { state } = this;
    if (state.at !== "open") return;
    this.heardTicks++;
    this.sentTicks++;
    const quiet = this.heardTicks >= PING_TICKS && this.heardTicks % PING_TICKS === 0;
    if (quiet || this.sentTicks >= PING_TICKS) this.sendFrame(state.transport, pingFrame);
    if (this.heardTicks >= SILENT_TICKS) this.tell("silent");
    if (this.heardTicks < (this.options.failAfterTicks ?? Infinity) || state.silent) return;
    state.silent = true;
    for (const call of [...this.sent.values()]) this.giveUp(call, this.unavailable(this.silence(), true));
    for (const lane of this.lanes.values()) {
      for (const call of [...lane.queue]) this.giveUp(call, this.unavailable(this.silence(), false));
    }
  }

  /** Ends the pipe for good. */
  close(reason = "the connection was closed"): void {
    const state = this.state;
    if (state.at === "closed") return;
    this.state = { at: "closed" };
    if (state.at === "pausing" || state.at === "connecting") clearTimeout(state.timer);
    if (state.at === "connecting" || state.at === "open") state.transport.close();
    this.tell("gone");
    this.rejectAll(reason);
  }

  private connect(): void {
    const current = (): boolean =>
      (this.state.at === "connecting" || this.state.at === "open") && this.state.transport === transport;
    const transport = this.options.open({
      receive: (bytes) => {
        if (current()) this.receive(bytes);
      },
      closed: (reason) => {
        if (current()) this.broken(reason);
      },
    });
    const timeoutMs = this.options.connectTimeoutMs ?? 3000;
    const timer = setTimeout(() => {
      transport.close();
      this.broken(`no connection within ${timeoutMs} ms`);
    }, timeoutMs);
    this.state = { at: "connecting", transport, timer };
    this.sendFrame(transport, controlFrame(FrameKind.FRAME_KIND_HELLO, { creditBytes: this.windowBytes }));
  }

  private broken(reason: string): void {
    const state = this.state;
    this.tell("gone");
    if (state.at === "connecting") {
      clearTimeout(state.timer);
      this.pauseMs = Math.min(PAUSE_MAX_MS, Math.max(PAUSE_MIN_MS, this.pauseMs * 2));
      // Calls that come during the pause wait for its end, so that a caller who retries at once does not spin.
      this.state = { at: "pausing", timer: setTimeout(() => this.pauseOver(), this.pauseMs) };
    } else {
      this.state = { at: "down" };
    }
    this.rejectAll(reason);
  }

  private pauseOver(): void {
    this.state = { at: "down" };
    for (const lane of this.lanes.values()) {
      if (lane.queue.length > 0) {
        this.connect();
        return;
      }
    }
  }

  private rejectAll(reason: string): void {
    const sent = [...this.sent.values()];
    const queued = [...this.lanes.values()].flatMap((lane) => lane.queue);
    this.sent.clear();
    this.lanes.clear();
    this.queuedBytes = 0;
    this.takenBytes = 0;
    for (const call of sent) this.settle(call, () => call.reject(this.unavailable(reason, true)));
    for (const call of queued) this.settle(call, () => call.reject(this.unavailable(reason, false)));
  }

  private receive(bytes: Uint8Array): void {
    this.heardTicks = 0;
    if (this.state.at === "open") {
      this.state.silent = false;
      this.tell("connected");
    }
    let frame: Frame;
    try {
      frame = codecs.Frame.decode(bytes);
    } catch (error) {
      if (this.state.at === "connecting" || this.state.at === "open") this.state.transport.close();
      this.broken(`sent a malformed frame: ${String(error)}`);
      return;
    }
    switch (frame.kind) {
      case FrameKind.FRAME_KIND_HELLO:
        this.hello(frame.creditBytes);
        return;
      case FrameKind.FRAME_KIND_REPLY:
      case FrameKind.FRAME_KIND_ERROR:
        this.answered(frame, bytes);
        this.took(frameCost(bytes));
        return;
      default:
        // A newer peer's kind of frame that this end does not know and that expects no answer.
        return;
    }
  }

  private hello(windowBytes: number): void {
    this.peerWindowBytes = windowBytes;
    if (this.state.at === "connecting") {
      clearTimeout(this.state.timer);
      this.state = { at: "open", transport: this.state.transport, silent: false };
      this.pauseMs = 0;
      this.tell("connected");
    }
    for (const lane of this.lanes.values()) this.drain(lane);
  }

  private answered(frame: Frame, bytes: Uint8Array): void {
    const call = this.sent.get(frame.correlationId);
    if (call === undefined) return;
    const transport = this.state.at === "open" ? this.state.transport : undefined;
    if (transport?.giveBack !== undefined) {
      if (call.settled) transport.giveBack(bytes);
      else call.context.lend?.(() => transport.giveBack!(bytes));
    }
    this.sent.delete(frame.correlationId);
    call.lane.unansweredBytes -= call.cost;
    if (call.lane.queue.length > 0) this.drain(call.lane);
    this.settle(call, () => {
      if (frame.kind === FrameKind.FRAME_KIND_ERROR) {
        call.reject(new RemoteError(`${this.options.peer}: ${frame.error}`));
        return;
      }
      try {
        call.resolve(call.method.reply.decode(frame.payload));
      } catch (error) {
        call.reject(new RemoteError(`${this.options.peer}: malformed reply to ${call.method.key}: ${String(error)}`));
      }
    });
  }

  /** Gives room for replies back in quarters of the window: seldom, and never so late that the peer stands still. */
  private took(bytes: number): void {
    this.takenBytes += bytes;
    if (this.takenBytes < this.windowBytes / 4 || this.state.at !== "open") return;
    this.sendFrame(this.state.transport, controlFrame(FrameKind.FRAME_KIND_CREDIT, { creditBytes: this.takenBytes }));
    this.takenBytes = 0;
  }

  private drain(lane: Lane): void {
    while (lane.queue.length > 0 && this.state.at === "open" && lane.unansweredBytes < this.peerWindowBytes) {
      const call = lane.queue.shift()!;
      this.queuedBytes -= call.cost;
      this.send(this.state.transport, call);
    }
  }

  private send(transport: PipeTransport, call: Call): void {
    const frame = call.frame!;
    call.frame = undefined;
    call.lane.unansweredBytes += call.cost;
    this.sent.set(call.id, call);
    this.sendFrame(transport, frame);
  }

  private sendFrame(transport: PipeTransport, frame: Outgoing): void {
    this.sentTicks = 0;
    transport.send(frame);
  }

  private tell(state: PeerState): void {
    if (this.peerState === state) return;
    this.peerState = state;
    this.options.onState?.(state);
  }

  private silence(): string {
    return `has been silent for ${(this.heardTicks * TICK_MS) / 1000} s`;
  }

  private giveUp(call: Call, failure: Error): void {
    if (call.settled) return;
    if (call.frame !== undefined) {
      call.lane.queue.splice(call.lane.queue.indexOf(call), 1);
      this.queuedBytes -= call.cost;
    } else if (this.state.at === "open") {
      this.sendFrame(this.state.transport, controlFrame(FrameKind.FRAME_KIND_CANCEL, { correlationId: call.id }));
    }
    this.settle(call, () => call.reject(failure));
  }

  private settle(call: Call, how: () => void): void {
    if (call.settled) return;
    call.settled = true;
    if (call.timer !== undefined) clearTimeout(call.timer);
    if (call.onAbort !== undefined) call.signal?.removeEventListener("abort", call.onAbort);
    how();
  }

  private lane(name: string): Lane {
    let lane = this.lanes.get(name);
    if (lane === undefined) this.lanes.set(name, (lane = { queue: [], unansweredBytes: 0 }));
    return lane;
  }

  private takeId(): number {
    const id = this.nextId;
    this.nextId = id === 0xffffffff ? 1 : id + 1;
    return id;
  }

  private unavailable(reason: string, mayHaveBeenSent: boolean): PeerUnavailable {
    return new PeerUnavailable(`${this.options.peer}: ${reason}`, mayHaveBeenSent);
  }
}

const pingFrame = controlFrame(FrameKind.FRAME_KIND_PING, {});

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error(`call aborted: ${String(signal.reason)}`);
}
