import type { Socket } from "node:net";
import type { Admission } from "./kafka-server";

/** Connections of a port that may wait to be taken up; more are closed, as the system would with a full backlog. */
const WAITING_MAX = 1024;
/** Connections that are held before they are closed; more are closed at once. */
const HELD_MAX = 1024;
const atOnce: Admission = { kind: "accept", afterMs: 0 };
const tooFast = "connections come too fast from there (connection_creation_rate)";

export interface ArrivalsOptions {
  accept(socket: Socket): void;
  admit?: ((address: string) => Admission) | undefined;
  /** Whether there is room for one more; where there is none, those that come wait until `slotFree` is called. */
  hasSlot(): boolean;
  /** Begins to wait for room. */
  blocked(): void;
  /** A connection was closed instead of being taken up. */
  refused(address: string, reason: string): void;
}

/**
 * New connections of one port, in the order of their coming, until they are taken up or closed. Nothing is read from them
 * meanwhile. What is decided of the first one holds up those behind it, and so does a process that is full, as it does Kafka's
 * acceptor.
 */
export class Arrivals {
  private waiting: Socket[] = [];
  /** The first one, once only room is missing. */
  private first: Socket | undefined;
  private isBlocked = false;
  private busy = false;
  /** Connections that are held to be closed. */
  private readonly held = new Set<Socket>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private delayed = false;
  private closed = false;

  constructor(private readonly options: ArrivalsOptions) {}

  add(socket: Socket): void {
    const { refused } = this.options;
    if (this.closed) return void socket.destroy();
    if (this.waiting.length >= WAITING_MAX) {
      refused(socket.remoteAddress ?? "", `${WAITING_MAX} connections wait to be taken up`);
      socket.destroy();
      return;
    }
    // Who goes before his turn is not missed; the error would end the process otherwise.
    socket.on("error", ignore);
    this.waiting.push(socket);
    this.next();
  }

  /** Takes up none of those that wait. */
  close(): void {
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
    for (const socket of [...this.waiting, ...this.held]) socket.destroy();
    this.first?.destroy();
    this.first = undefined;
    this.waiting = [];
    this.held.clear();
  }

  /** There may be room again. */
  slotFree(): void {
    if (this.isBlocked) this.next();
  }

  private next(): void {
    // Taking one up may end it at once, which makes room.
    if (this.busy) return;
    this.busy = true;
    while (!this.delayed && this.step());
    this.busy = false;
  }

  /** Decides about the first one, or takes it up. Returns whether there is more to do now. */
  private step(): boolean {
    if (this.first !== undefined) {
      const blocked = !this.options.hasSlot();
      if (blocked && !this.isBlocked) this.options.blocked();
      this.isBlocked = blocked;
      if (blocked) return false;
      const socket = this.first;
      this.first = undefined;
      this.take(socket);
      return true;
    }
    const socket = this.waiting.shift();
    if (socket === undefined) return false;
    const address = socket.remoteAddress ?? "";
    const { kind, afterMs } = this.options.admit?.(address) ?? atOnce;
    if (kind === "close" && this.held.size >= HELD_MAX) {
      this.options.refused(address, tooFast);
      socket.destroy();
    } else if (kind === "close") {
      this.held.add(socket);
      this.after(afterMs, () => {
        this.held.delete(socket);
        this.options.refused(address, tooFast);
        socket.destroy();
      });
    } else {
      this.first = socket;
      if (afterMs > 0) {
        this.delayed = true;
        this.after(afterMs, () => {
          this.delayed = false;
          this.next();
        });
      }
    }
    return true;
  }

  private take(socket: Socket): void {
    socket.off("error", ignore);
    if (!socket.destroyed) this.options.accept(socket);
  }

  private after(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, ms);
    this.timers.add(timer);
  }
}

function ignore(): void {
  // Whoever it was has gone.
}
