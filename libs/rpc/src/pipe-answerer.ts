import { Lent, type NodeId } from "@moldau/base";
import { codecs, frameAround, FrameKind, type Frame, type Outgoing } from "@moldau/contracts";
import type { Implementation, Method } from "./method";
import { controlFrame, frameCost, headOf, PIPE_WINDOW_BYTES, type PipeTransport, SILENT_TICKS } from "./pipe";
import type { CallContext } from "./service";

export interface PipeAnswererOptions {
  methods: readonly Method[];
  implementation: Implementation;
  transport: PipeTransport;
  /** Node id that the caller gave, -1 where it gave none. */
  callerNodeId: NodeId;
  /** Bytes of requests of one method that the caller may have unanswered. */
  windowBytes?: number;
}

/** A request being answered; the context that its implementation sees. */
class Answering extends Lent implements CallContext {
  cancelled = false;
  private controller: AbortController | undefined;

  constructor(
    readonly id: number,
    readonly method: Method,
    readonly lane: Lane,
    readonly cost: number,
    readonly traceparent: string,
    readonly deadlineMs: number,
    readonly callerNodeId: NodeId,
  ) {
    super();
  }

  /** Made when somebody asks: most implementations never do. */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.cancelled) this.controller.abort();
    return this.controller.signal;
  }

  cancel(): void {
    this.cancelled = true;
    this.controller?.abort();
  }
}

interface Lane {
  bytes: number;
}

/** A reply that waits for credit. */
interface Reply {
  frame: Outgoing;
  /** What the reply's bytes lie in. */
  lent: Lent | undefined;
}

/** The answering end of a pipe: calls the implementation in the order of arrival and answers in any order. */
export class PipeAnswerer {
  private readonly methods: ReadonlyMap<string, Method>;
  private readonly lanes = new Map<string, Lane>();
  private readonly answering = new Map<number, Answering>();
  /** Requests taken off the stream while too many replies wait. */
  private held: Frame[] = [];
  private replies: Reply[] = [];
  /** Of replies that the stream has and did not copy yet. */
  private readonly uncopied = new Set<Lent>();
  private replyBytes = 0;
  private creditBytes = 0;
  private draining: (() => void) | undefined;
  private over = false;
  private quietTicks = 0;
  private readonly windowBytes: number;

  constructor(private readonly options: PipeAnswererOptions) {
    this.methods = new Map(
      options.methods.filter((method) => !method.serverStream).map((method) => [method.key, method]),
    );
    this.windowBytes = options.windowBytes ?? PIPE_WINDOW_BYTES;
    this.hello(this.windowBytes);
  }

  /** Takes a frame off the stream. A caller that breaks the rules loses its stream. */
  receive(bytes: Uint8Array): void {
    if (this.over) return;
    this.quietTicks = 0;
    let frame: Frame;
    try {
      frame = codecs.Frame.decode(bytes);
    } catch {
      this.end();
      return;
    }
    switch (frame.kind) {
      case FrameKind.FRAME_KIND_HELLO:
      case FrameKind.FRAME_KIND_CREDIT:
        this.creditBytes += frame.creditBytes;
        this.flush();
        return;
      case FrameKind.FRAME_KIND_CANCEL:
        this.answering.get(frame.correlationId)?.cancel();
        return;
      case FrameKind.FRAME_KIND_REQUEST:
        this.admit(frame, frameCost(bytes));
        return;
      case FrameKind.FRAME_KIND_PING:
        this.options.transport.send(controlFrame(FrameKind.FRAME_KIND_PONG, {}));
        return;
      default:
        return;
    }
  }

  /** Every TICK_MS. Says whether the caller has been silent for long enough to be called so. */
  tick(): boolean {
    this.quietTicks++;
    return this.quietTicks >= SILENT_TICKS;
  }

  /** The stream is gone: nobody waits for what is under way. */
  closed(): void {
    if (this.over) return;
    this.over = true;
    this.held = [];
    for (const { lent } of this.replies.splice(0)) lent?.giveBack();
    // Bytes that still leave leave for nobody.
    for (const lent of this.uncopied) lent.giveBack();
    this.uncopied.clear();
    for (const call of this.answering.values()) call.cancel();
    this.answering.clear();
    this.draining?.();
  }

  /** Tells the caller to send nothing more; resolves when what is under way is answered. */
  drain(): Promise<void> {
    this.hello(0);
    return new Promise((resolve) => {
      this.draining = resolve;
      this.checkDrained();
    });
  }

  private admit(frame: Frame, cost: number): void {
    let lane = this.lanes.get(frame.method);
    if (lane === undefined) {
      if (!this.methods.has(frame.method)) {
        this.reply(this.error(frame.correlationId, `this node has no method ${JSON.stringify(frame.method)}`));
        return;
      }
      this.lanes.set(frame.method, (lane = { bytes: 0 }));
    }
    if (lane.bytes >= this.windowBytes || this.answering.has(frame.correlationId)) {
      this.end();
      return;
    }
    lane.bytes += cost;
    const call = new Answering(
      frame.correlationId,
      this.methods.get(frame.method)!,
      lane,
      cost,
      frame.traceparent,
      frame.deadlineMs,
      this.options.callerNodeId,
    );
    this.answering.set(call.id, call);
    if (this.held.length > 0 || this.replyBytes > this.windowBytes) this.held.push(frame);
    else this.start(call, frame.payload);
  }

  private start(call: Answering, payload: Uint8Array): void {
    let outcome: Promise<unknown>;
    try {
      const request = call.method.request.decode(payload);
      outcome = Promise.resolve(this.options.implementation[call.method.key]!(request, call));
    } catch (error) {
      outcome = Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    outcome.then(
      (reply) => this.finish(call, () => this.answer(call, reply)),
      (error: unknown) => this.finish(call, () => this.error(call.id, describe(error))),
    );
  }

  private finish(call: Answering, frame: () => Outgoing): void {
    if (this.over) {
      call.giveBack();
      return;
    }
    this.answering.delete(call.id);
    call.lane.bytes -= call.cost;
    let reply: Outgoing;
    try {
      reply = call.cancelled ? this.error(call.id, "cancelled") : frame();
    } catch (error) {
      reply = this.error(call.id, `reply to ${call.method.key} could not be encoded: ${describe(error)}`);
    }
    this.reply(reply, call.isEmpty ? undefined : call);
    this.checkDrained();
  }

  private answer(call: Answering, reply: unknown): Outgoing {
    const head = headOf(FrameKind.FRAME_KIND_REPLY, call.id);
    return frameAround(head, call.method.reply, reply);
  }

  private error(correlationId: number, error: string): Outgoing {
    return controlFrame(FrameKind.FRAME_KIND_ERROR, { correlationId, error });
  }

  private reply(frame: Outgoing, lent?: Lent): void {
    if (this.creditBytes > 0 && this.replies.length === 0) {
      this.send(frame, lent);
      return;
    }
    this.replies.push({ frame, lent });
    this.replyBytes += frameCost(frame);
  }

  private send(frame: Outgoing, lent: Lent | undefined): void {
    this.creditBytes -= frameCost(frame);
    if (lent === undefined) {
      this.options.transport.send(frame);
      return;
    }
    this.uncopied.add(lent);
    this.options.transport.send(frame, () => {
      this.uncopied.delete(lent);
      lent.giveBack();
    });
  }

  private flush(): void {
    let sent = 0;
    while (sent < this.replies.length && this.creditBytes > 0) {
      const { frame, lent } = this.replies[sent++]!;
      this.replyBytes -= frameCost(frame);
      this.send(frame, lent);
    }
    if (sent > 0) this.replies = this.replies.slice(sent);
    while (this.held.length > 0 && this.replyBytes <= this.windowBytes && !this.over) {
      const frame = this.held.shift()!;
      const call = this.answering.get(frame.correlationId);
      if (call === undefined) continue;
      if (call.cancelled) this.finish(call, () => this.error(call.id, "cancelled"));
      else this.start(call, frame.payload);
    }
    this.checkDrained();
  }

  private checkDrained(): void {
    if (this.draining !== undefined && this.answering.size === 0 && this.replies.length === 0) this.draining();
  }

  private hello(windowBytes: number): void {
    if (this.over) return;
    this.options.transport.send(controlFrame(FrameKind.FRAME_KIND_HELLO, { creditBytes: windowBytes }));
  }

  private end(): void {
    this.closed();
    this.options.transport.close();
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
