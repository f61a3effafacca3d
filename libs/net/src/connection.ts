import { setMaxListeners } from "node:events";
import type { Socket } from "node:net";
import { type BufferPool, FileRange, Lent, type Piece } from "@moldau/base";
import type { BudgetWaiter, ByteBudget } from "./byte-budget";
import { framed, FrameError, FrameReader } from "./frame-reader";
import type { Limits } from "./limits";
import { Outlet } from "./outlet";
import { descriptorOf, queuedInHandle, readInto } from "./socket-handle";
import { type SendFile, systemCalls } from "./system-calls";

/** A client's connection as the handler of its requests sees it. */
export interface Connection<D = unknown> {
  readonly id: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** The port that the client connected to, and what it was given when it was opened (`listen`). */
  readonly localPort: number;
  readonly label: string;
  readonly openedAtMs: number;
  /** What the owner keeps for the connection: session, principal, software name. */
  data: D;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Requests taken up and not answered yet. */
  readonly inFlight: number;
  readonly closed: boolean;
  /** Aborted when the connection closes. */
  readonly signal: AbortSignal;
  /**
   * Takes up no request for so long, or for longer where it was told so before; answers still leave (Kafka's throttling: answer
   * first, then mute).
   */
  mute(ms: number): void;
  /** Closes it; answers that have not left are lost. The reason goes to the log. */
  close(reason: string): void;
}

/**
 * The memory that a request and its answer lie in. Saying when it is free again is worth a third of the CPU at high rates and is
 * never owed: what nobody gives back is collected.
 */
export interface ExchangeMemory {
  /** Nobody looks at the frame any more, nor at views of it; it is used again when the request is answered. */
  frameIsFree(): void;
  /** Calls `giveBack`, once and surely: when the answer has left for the system, or when the connection is gone. */
  lend(giveBack: () => void): void;
  /** The answer may have pieces that lie in files; what keeps those open is lent. */
  readonly takesFiles: boolean;
}

/** Answers one request: the answer's pieces without length, null for none; a rejection closes the connection. */
export type FrameHandler<D> = (
  frame: Uint8Array,
  connection: Connection<D>,
  memory: ExchangeMemory,
) => Promise<Piece[] | null>;

/** A request's place in the order of answers. */
class Slot extends Lent implements ExchangeMemory {
  done = false;
  answer: Piece[] | null = null;
  isFrameFree = false;

  constructor(
    readonly frame: Uint8Array,
    private readonly sendFile: () => SendFile | undefined,
  ) {
    super();
  }

  get takesFiles(): boolean {
    return this.sendFile() !== undefined;
  }

  frameIsFree(): void {
    this.isFrameFree = true;
  }
}

export interface ConnectionOptions<D> {
  id: number;
  accepted: Socket;
  label: string;
  localPort: number;
  limits: Limits;
  budget: ByteBudget;
  /** Where its requests lie in. */
  memory: BufferPool;
  nowMs: () => number;
  open(connection: Connection<D>): D;
  handle: FrameHandler<D>;
  closed(connection: ClientConnection<D>, reason: string): void;
}

/** From here on a frame reserves its place in the process's budget before its body is read. */
const RESERVE_BYTES = 64 * 1024;

/**
 * One connection: requests are handed over in the order of arrival, several at once, and their answers leave in that
 * order. It reads only while all of these hold: too few requests under way (count, bytes), room in the process's budget,
 * the peer reads its answers, it is not muted, it is not closing.
 */
export class ClientConnection<D> implements Connection<D>, BudgetWaiter {
  readonly id: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localPort: number;
  readonly label: string;
  readonly openedAtMs: number;
  data: D;
  bytesIn = 0;
  bytesOut = 0;
  closed = false;
  wantedBytes = 0;

  private readonly socket: Socket;
  private readonly reader: FrameReader;
  private lastReadMs: number;
  /** When bytes last left, or when there was nothing to send. */
  private lastWrittenMs: number;
  private reading = true;
  /** Frames that came with others in one read and may not be taken up yet. */
  private ready: Uint8Array[] = [];
  private slots: Slot[] = [];
  /** Where answers with pieces of files leave, and those behind them; undefined until there is one. */
  private outlet: Outlet | undefined;
  /** Whose answers the socket has, with memory that was lent for them. */
  private readonly leaving = new Set<Slot>();
  private inFlightBytes = 0;
  private reservedBytes = 0;
  private waitsForBudget = false;
  private waitsForDrain = false;
  private corked = false;
  private muteTimer: NodeJS.Timeout | undefined;
  private mutedUntilMs = 0;
  private ending: ((value: void) => void) | undefined;
  private endingReason = "";
  private abort: AbortController | undefined;
  private failure: string | undefined;
  private queuedBefore = 0;

  constructor(private readonly options: ConnectionOptions<D>) {
    const { accepted } = options;
    this.id = options.id;
    this.remoteAddress = accepted.remoteAddress ?? "";
    this.remotePort = accepted.remotePort ?? 0;
    this.localPort = options.localPort;
    this.label = options.label;
    this.openedAtMs = this.lastReadMs = this.lastWrittenMs = options.nowMs();
    this.reader = new FrameReader({
      maxFrameBytes: options.limits.maxFrameBytes,
      onFrame: (frame) => this.arrived(frame),
      memory: options.memory,
    });
    this.socket = readInto(accepted, this.reader, (count) => this.read(count));
    this.socket.setNoDelay(true);
    this.socket.on("error", (error: NodeJS.ErrnoException) => {
      this.failure ??= error.code ?? error.message;
    });
    this.socket.on("end", () => {
      this.failure ??= "the client closed it";
    });
    this.socket.on("close", () => this.gone(this.failure ?? "the client closed it"));
    this.socket.on("drain", () => {
      this.waitsForDrain = this.isFull();
      this.pump();
    });
    this.setBuffers();
    this.data = options.open(this);
  }

  get inFlight(): number {
    return this.slots.length;
  }

  get signal(): AbortSignal {
    if (this.abort === undefined) {
      this.abort = new AbortController();
      // One a request that waits; how many those may be is the limits' business.
      setMaxListeners(0, this.abort.signal);
    }
    if (this.closed) this.abort.abort();
    return this.abort.signal;
  }

  /** When it was read from last. Unit: ms of the server's clock. */
  get lastHeardMs(): number {
    return this.lastReadMs;
  }

  get unsentBytes(): number {
    return this.socket.writableLength + (this.outlet?.bytes ?? 0);
  }

  mute(ms: number): void {
    const untilMs = this.options.nowMs() + ms;
    if (this.closed || ms <= 0 || (this.muteTimer !== undefined && untilMs <= this.mutedUntilMs)) return;
    this.mutedUntilMs = untilMs;
    clearTimeout(this.muteTimer);
    this.muteTimer = setTimeout(() => {
      this.muteTimer = undefined;
      this.pump();
    }, ms);
  }

  close(reason: string): void {
    this.failure ??= reason;
    this.socket.destroy();
    this.gone(this.failure);
  }

  /** Takes up nothing more; resolves when what is under way is answered and the connection closed. */
  end(reason: string): Promise<void> {
    if (this.closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.ending = resolve;
      this.endingReason = reason;
      this.ready = [];
      this.update();
      this.endIfDone();
    });
  }

  /** Called now and then: closes the connection where it is idle or its peer stands still in the middle of something. */
  sweep(nowMs: number): void {
    const { maxIdleMs, maxStallMs } = this.options.limits;
    const queued = queuedInHandle(this.socket);
    if (this.unsentBytes === 0 || queued !== this.queuedBefore) this.lastWrittenMs = nowMs;
    this.queuedBefore = queued;
    const silentMs = nowMs - this.lastReadMs;
    if (nowMs - this.lastWrittenMs >= maxStallMs) {
      this.close(`it reads none of its answers: ${this.unsentBytes} bytes wait for ${maxStallMs} ms`);
    } else if (this.reading && this.reader.midFrame && silentMs >= maxStallMs) {
      this.close(`it stopped in the middle of a request for ${maxStallMs} ms`);
    } else if (this.slots.length === 0 && this.ready.length === 0 && this.reading && silentMs >= maxIdleMs) {
      this.close(`idle for ${maxIdleMs} ms (connections.max.idle.ms)`);
    }
  }

  granted(): void {
    this.waitsForBudget = false;
    this.reservedBytes += this.wantedBytes;
    this.wantedBytes = 0;
    // Not at once: whoever gave the room back is in the middle of something.
    queueMicrotask(() => this.pump());
  }

  /** After each read. Returns whether to go on reading. */
  private read(count: () => void): boolean {
    if (this.closed) return false;
    this.lastReadMs = this.options.nowMs();
    try {
      count();
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.close(error.message);
      return false;
    }
    this.pump();
    return this.reading;
  }

  private arrived(frame: Uint8Array): void {
    this.bytesIn += frame.length + 4;
    if (this.closed || this.ending !== undefined) return;
    if (this.reservedBytes === 0) this.options.budget.add(frame.length);
    this.reservedBytes = 0;
    this.inFlightBytes += frame.length;
    this.ready.push(frame);
  }

  /** Hands over what may be taken up now, then reads on or stops reading. */
  private pump(): void {
    let taken = 0;
    while (taken < this.ready.length && this.mayTake()) this.take(this.ready[taken++]!);
    if (taken > 0 && !this.closed) this.ready.splice(0, taken);
    this.update();
  }

  private mayTake(): boolean {
    return (
      !this.closed &&
      this.muteTimer === undefined &&
      !this.waitsForDrain &&
      this.slots.length < this.options.limits.maxInFlight
    );
  }

  private take(frame: Uint8Array): void {
    const slot = new Slot(frame, this.sendFile);
    this.slots.push(slot);
    let answer: Promise<Piece[] | null>;
    try {
      answer = this.options.handle(frame, this, slot);
    } catch (error) {
      answer = Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    answer.then(
      (chunks) => {
        slot.done = true;
        slot.answer = chunks;
        if (this.closed) slot.giveBack();
        else this.flush();
      },
      (error: unknown) => {
        slot.giveBack();
        this.close(error instanceof Error ? error.message : String(error));
      },
    );
  }

  /** Sends the answers whose turn it is: what leaves in one go leaves in one write. */
  private flush(): void {
    if (this.closed || this.slots[0]?.done !== true) return;
    let sent = 0;
    let freed = 0;
    while (sent < this.slots.length && this.slots[sent]!.done) {
      const slot = this.slots[sent++]!;
      freed += slot.frame.length;
      if (slot.answer === null) slot.giveBack();
      else this.write(slot.answer, slot);
      if (slot.isFrameFree) this.options.memory.give(slot.frame);
    }
    if (this.closed) return;
    this.slots.splice(0, sent);
    this.inFlightBytes -= freed;
    this.options.budget.release(freed);
    this.waitsForDrain = this.isFull();
    if (this.ending !== undefined) this.endIfDone();
    else this.pump();
  }

  /** The peer has enough to read before its next request is taken up. */
  private isFull(): boolean {
    const { socket, outlet } = this;
    if (outlet?.isBusy) return true;
    return socket.writableLength > this.options.limits.maxUnsentBytes && socket.writableNeedDrain;
  }

  private setBuffers(): void {
    const { sendBufferBytes, receiveBufferBytes } = this.options.limits;
    const descriptor = descriptorOf(this.socket);
    if (descriptor === undefined) return;
    if (sendBufferBytes > 0) systemCalls()?.setBuffer(descriptor, "send", sendBufferBytes);
    if (receiveBufferBytes > 0) systemCalls()?.setBuffer(descriptor, "receive", receiveBufferBytes);
  }

  /** How pieces of files leave; undefined where there can be none. */
  private readonly sendFile = (): SendFile | undefined =>
    descriptorOf(this.socket) === undefined ? undefined : systemCalls()?.sendFile;

  private makeOutlet(sendFile: SendFile): Outlet {
    return new Outlet({
      socket: this.socket,
      memory: this.options.memory,
      sendFile,
      moved: () => (this.lastWrittenMs = this.options.nowMs()),
      emptied: () => {
        this.waitsForDrain = this.isFull();
        if (this.ending !== undefined) this.endIfDone();
        else this.pump();
      },
      failed: (reason) => this.close(reason),
    });
  }

  private write(answer: Piece[], slot: Slot): void {
    if (!this.corked) {
      this.corked = true;
      this.socket.cork();
      // Answers that become ready in the same turn leave together.
      queueMicrotask(() => {
        this.corked = false;
        this.socket.uncork();
        this.outlet?.advance();
      });
    }
    const pieces = framed(answer);
    for (const { length } of pieces) this.bytesOut += length;
    if (this.outlet?.isBusy || pieces.some((piece) => piece instanceof FileRange)) {
      // It was said that there can be none; whoever sends one all the same ends the connection.
      const sendFile = this.sendFile();
      if (sendFile === undefined) return this.close("a piece of a file, which cannot be sent here");
      this.outlet ??= this.makeOutlet(sendFile);
      this.leaving.add(slot);
      return this.outlet.push(pieces, () => this.left(slot));
    }
    const chunks = pieces as Uint8Array[];
    const last = chunks.length - 1;
    for (let i = 0; i <= last; i++) {
      const chunk = chunks[i]!;
      if (i === last && last > 0 && !slot.isEmpty) this.socket.write(chunk, () => this.left(slot));
      else this.socket.write(chunk);
    }
    // A single chunk is a copy.
    if (last === 0 || slot.isEmpty) slot.giveBack();
    else this.leaving.add(slot);
  }

  private left(slot: Slot): void {
    this.leaving.delete(slot);
    slot.giveBack();
  }

  private update(): void {
    if (this.closed) return;
    const { limits, budget } = this.options;
    const begun = this.reader.frameLength;
    if (begun >= RESERVE_BYTES && this.reservedBytes === 0 && !this.waitsForBudget && this.ending === undefined) {
      if (budget.tryReserve(begun)) this.reservedBytes = begun;
      else this.waitForBudget(begun);
    } else if (begun === 0 && budget.full && !this.waitsForBudget && this.ending === undefined) {
      this.waitForBudget(0);
    }
    const reading =
      this.ending === undefined &&
      this.ready.length === 0 &&
      this.muteTimer === undefined &&
      !this.waitsForBudget &&
      !this.waitsForDrain &&
      this.slots.length < limits.maxInFlight &&
      (this.inFlightBytes < limits.maxInFlightBytes || this.reader.frameLength > 0);
    if (reading === this.reading) return;
    this.reading = reading;
    if (reading) {
      this.lastReadMs = this.options.nowMs();
      this.socket.resume();
    } else this.socket.pause();
  }

  private waitForBudget(bytes: number): void {
    this.waitsForBudget = true;
    this.wantedBytes = bytes;
    this.options.budget.wait(this);
  }

  private endIfDone(): void {
    if (this.slots.length > 0 || this.outlet?.isBusy || this.closed) return;
    this.failure ??= this.endingReason;
    // Behind what is still to be sent; a peer that does not read is cut off by the caller's bound.
    queueMicrotask(() => this.socket.end(() => this.socket.destroy()));
  }

  private gone(reason: string): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.muteTimer);
    if (this.waitsForBudget) this.options.budget.forget(this);
    const held = this.inFlightBytes + this.reservedBytes;
    this.inFlightBytes = this.reservedBytes = 0;
    this.ready = [];
    // Answers that nobody waits for give back when they are there.
    for (const slot of this.slots.splice(0)) if (slot.done) slot.giveBack();
    // The socket was closed before: it reads no more of what it had.
    for (const slot of this.leaving) slot.giveBack();
    this.leaving.clear();
    this.outlet?.close();
    this.options.budget.release(held);
    this.abort?.abort();
    this.options.closed(this, reason);
    this.ending?.();
  }
}
