import { readSync } from "node:fs";
import type { Socket } from "node:net";
import { type BufferPool, FileRange, type Piece } from "@moldau/base";
import type { SendFile } from "./system-calls";
import { descriptorOf } from "./socket-handle";

/** What is read and written the usual way where the socket is full: its end tells that there is room again. */
const COPY_BYTES = 64 * 1024;
/** So much at most in one go: others have their turn. */
const TURN_BYTES = 4 * 1024 * 1024;

interface Item {
  readonly piece: Piece;
  /** Called when it has left for the system. */
  readonly left: (() => void) | undefined;
}

export interface OutletOptions {
  readonly socket: Socket;
  readonly memory: BufferPool;
  readonly sendFile: SendFile;
  /** Something left. */
  moved(): void;
  /** All that was in it has left, or is the socket's. */
  emptied(): void;
  /** The rest cannot be sent. */
  failed(reason: string): void;
}

/**
 * What leaves a connection out of files, and all that is behind it, in order. The kernel sends from the file; the socket learns
 * nothing of that, so it is done only while the socket itself has nothing to send.
 */
export class Outlet {
  private queue: Item[] = [];
  /** Of the first one. Unit: bytes. */
  private sent = 0;
  /** Somebody will call `goOn`. */
  private waits = false;
  private isClosed = false;
  /** What wants sending. Unit: bytes. */
  bytes = 0;

  constructor(private readonly options: OutletOptions) {}

  get isBusy(): boolean {
    return this.queue.length > 0;
  }

  /** Behind what is here already; `left` is called when all of it has left. The first of them must not be a range. */
  push(pieces: readonly Piece[], left: () => void): void {
    const last = pieces.length - 1;
    for (const [i, piece] of pieces.entries()) {
      this.queue.push({ piece, left: i === last ? left : undefined });
      this.bytes += piece.length;
    }
  }

  /** Sends what can be sent now. */
  advance(): void {
    if (this.waits || this.isClosed || this.queue.length === 0) return;
    let room = TURN_BYTES;
    while (this.queue.length > 0) {
      const { piece } = this.queue[0]!;
      if (!(piece instanceof FileRange)) {
        this.write(piece);
        this.taken(piece.length);
        continue;
      }
      // The write before it says when that is over.
      if (this.options.socket.writableLength > 0) {
        this.waits = true;
        return;
      }
      if (room <= 0) {
        this.waits = true;
        setImmediate(() => this.goOn());
        return;
      }
      const took = this.send(piece, Math.min(piece.length - this.sent, room));
      if (took === undefined) return;
      room -= took;
      this.taken(took);
    }
    this.options.emptied();
  }

  /** The connection is gone. */
  close(): void {
    this.isClosed = true;
    this.queue = [];
    this.bytes = 0;
  }

  private goOn(): void {
    if (this.isClosed || !this.waits) return;
    this.waits = false;
    this.options.moved();
    this.advance();
  }

  /** So many bytes of the first one have left, or are the socket's. */
  private taken(count: number): void {
    this.bytes -= count;
    this.sent += count;
    const { piece, left } = this.queue[0]!;
    if (this.sent < piece.length) return;
    this.queue.shift();
    this.sent = 0;
    // What the socket has been given leaves later.
    if (piece instanceof FileRange) left?.();
  }

  private write(piece: Uint8Array): void {
    const { left } = this.queue[0]!;
    this.options.socket.write(piece, (error) => {
      if (error) return;
      left?.();
      this.goOn();
    });
  }

  /** How many bytes left; undefined: there is nothing more to do here. */
  private send(range: FileRange, length: number): number | undefined {
    const { socket, sendFile } = this.options;
    const descriptor = descriptorOf(socket);
    const position = range.position + this.sent;
    let took: number | "full" = "full";
    try {
      if (descriptor !== undefined) took = sendFile(descriptor, range.descriptor, position, length);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE" || code === "ECONNRESET") return this.fail(code);
      // A file system that cannot do that, a bad disk: reading the file works, or says what is wrong.
    }
    if (took === 0) return this.fail(`a file ended ${length} bytes before the end of what was to be sent of it`);
    return took === "full" ? this.copy(range.descriptor, position, length) : took;
  }

  private copy(descriptor: number, position: number, length: number): number | undefined {
    const { socket, memory } = this.options;
    const buffer = memory.take(COPY_BYTES);
    let count: number;
    try {
      count = readSync(descriptor, buffer, 0, Math.min(length, COPY_BYTES), position);
    } catch (error) {
      return this.fail((error as Error).message);
    }
    if (count === 0) return this.fail(`a file ended ${length} bytes before the end of what was to be sent of it`);
    socket.write(buffer.subarray(0, count), (error) => {
      memory.give(buffer);
      if (!error) this.goOn();
    });
    return count;
  }

  private fail(reason: string): undefined {
    this.close();
    this.options.failed(reason);
  }
}
