import type { Environment } from "./environment";
import type { Segment } from "./segment";

/** One call's worth: what is taken up by a single writev at most. */
const MAX_WRITE_BYTES = 4 * 1024 * 1024;
const MAX_WRITE_PARTS = 512;

interface Queued {
  segment: Segment;
  position: number;
  bytes: Uint8Array;
  /** Log end offset when this part is written. */
  endOffset: number;
}

interface Waiter {
  endOffset: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

export interface WriterOwner {
  /** Before the first write into a segment: its files. */
  prepare(segment: Segment): Promise<void>;
  onWritten(endOffset: number): void;
  /** A write failed: gives the error that all waiters get; nothing is written any more. */
  onFailure(path: string, error: unknown): unknown;
}

/**
 * Writes a log's batches in order, one write at a time; what arrives meanwhile leaves together in one writev.
 * Appends to different logs run side by side.
 */
export class LogWriter {
  readonly #environment: Environment;
  readonly #owner: WriterOwner;
  #queue: Queued[] = [];
  #waiters: Waiter[] = [];
  #writtenOffset: number;
  #queuedBytes = 0;
  #running: Promise<void> | undefined;
  #failure: unknown;
  #drained: (() => void)[] = [];

  constructor(environment: Environment, owner: WriterOwner, writtenOffset: number) {
    this.#environment = environment;
    this.#owner = owner;
    this.#writtenOffset = writtenOffset;
  }

  /** Exclusive. */
  get writtenOffset(): number {
    return this.#writtenOffset;
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  enqueue(segment: Segment, position: number, bytes: Uint8Array, endOffset: number): void {
    this.#queue.push({ segment, position, bytes, endOffset });
    this.#queuedBytes += bytes.length;
    this.#running ??= this.#run();
  }

  whenWritten(endOffset: number): Promise<void> {
    if (endOffset <= this.#writtenOffset) return Promise.resolve();
    // Rejecting with what the disk said is the point: it is a StorageError already.
    if (this.#failure !== undefined) return Promise.reject(this.#failure as Error);
    return new Promise((resolve, reject) => this.#waiters.push({ endOffset, resolve, reject }));
  }

  /** Resolves when nothing is queued, whether it was written or failed. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Resolves once fewer than `bytes` wait. */
  whenBelow(bytes: number): Promise<void> {
    if (this.#queuedBytes < bytes) return Promise.resolve();
    return new Promise<void>((resolve) => this.#drained.push(resolve)).then(() => this.whenBelow(bytes));
  }

  /** After a truncation, while nothing is queued. */
  reset(writtenOffset: number): void {
    this.#writtenOffset = writtenOffset;
  }

  async #run(): Promise<void> {
    // One turn of the microtask queue: appends of the same tick share the first write.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const batch = this.#take();
      const { segment, position } = batch[0]!;
      try {
        if (segment.isNew) await this.#owner.prepare(segment);
        const file = await this.#environment.files.acquire(segment.logPath);
        try {
          const { disk } = this.#environment;
          const parts = batch.map((queued) => queued.bytes);
          if (!disk.writeNow(file.descriptor, parts, position)) await disk.write(file.descriptor, parts, position);
        } finally {
          this.#environment.files.release(file);
        }
      } catch (error) {
        this.#fail(this.#owner.onFailure(segment.logPath, error));
        break;
      }
      const last = batch.at(-1)!;
      segment.writtenBytes = last.position + last.bytes.length;
      this.#queuedBytes -= segment.writtenBytes - position;
      this.#writtenOffset = last.endOffset;
      this.#owner.onWritten(last.endOffset);
      this.#wake();
    }
    this.#running = undefined;
  }

  /** The longest run for one segment that fits a write. */
  #take(): Queued[] {
    const { segment } = this.#queue[0]!;
    let bytes = 0;
    let count = 0;
    for (const queued of this.#queue) {
      const fits = count < MAX_WRITE_PARTS && bytes + queued.bytes.length <= MAX_WRITE_BYTES;
      if (queued.segment !== segment || (count > 0 && !fits)) break;
      bytes += queued.bytes.length;
      count += 1;
    }
    if (count === this.#queue.length) {
      const all = this.#queue;
      this.#queue = [];
      return all;
    }
    return this.#queue.splice(0, count);
  }

  #wake(): void {
    let done = 0;
    while (done < this.#waiters.length && this.#waiters[done]!.endOffset <= this.#writtenOffset) done += 1;
    for (const waiter of this.#waiters.splice(0, done)) waiter.resolve();
    for (const resolve of this.#drained.splice(0)) resolve();
  }

  #fail(failure: unknown): void {
    this.#failure = failure;
    this.#queue = [];
    this.#queuedBytes = 0;
    for (const waiter of this.#waiters.splice(0)) waiter.reject(failure);
    for (const resolve of this.#drained.splice(0)) resolve();
  }
}
