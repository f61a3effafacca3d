import type { Socket } from "node:net";
import type { Admission } from "./kafka-server";

/** Connections of a port that may wait to be taken up; more are closed, as the system would with a full backlog. */
const WAITING_MAX = 1024;
/** Connections that are held before they are closed; more are closed at once. */
const HELD_MAX = 1024;
const tooFast = "connections come too fast from there (connection_creation_rate)";

export interface ArrivalsOptions {
  accept(socket: Socket): void;
  admit?: ((address: string) => Admission) | undefined;
  /** A connection was closed instead of being taken up. */
  refused(address: string, reason: string): void;
}

/**
 * New connections of one port, in the order of their coming, until they are taken up or closed. Nothing is read from them
 * meanwhile. What is decided of the first one holds up those behind it, as it does Kafka's acceptor.
 */
export class Arrivals {
  private waiting: Socket[] = [];
  /** Connections that are held to be closed. */
  private readonly held = new Set<Socket>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private delayed = false;
  private closed = false;

  constructor(private readonly options: ArrivalsOptions) {}

  add(socket: Socket): void {
    const { admit, accept, refused } = this.options;
    if (admit === undefined) return accept(socket);
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
    this.waiting = [];
    this.held.clear();
  }

  private next(): void {
    while (!this.delayed && this.waiting.length > 0) {
      const socket = this.waiting.shift()!;
      const address = socket.remoteAddress ?? "";
      const { kind, afterMs } = this.options.admit!(address);
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
      } else if (afterMs <= 0) {
        this.take(socket);
      } else {
        this.delayed = true;
        this.held.add(socket);
        this.after(afterMs, () => {
          this.delayed = false;
          this.held.delete(socket);
          this.take(socket);
          this.next();
        });
      }
    }
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
