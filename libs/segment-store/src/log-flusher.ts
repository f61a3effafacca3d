import { Coalesced } from "./coalesced";
import type { Environment, LogHome } from "./environment";
import type { LogIo } from "./log-io";
import type { Segment } from "./segment";

/** What the flusher needs of its log. */
export interface Flushed {
  readonly path: string;
  segments(): readonly Segment[];
  writtenOffset(): number;
  /** The epoch file has all epochs that began so far. */
  epochsSaved(): Promise<void>;
}

/** Gets a log onto the disk: whoever asks while a flush runs shares the next. Knows what the disk has for certain. */
export class LogFlusher {
  /** Exclusive: what is on the disk for certain. */
  recoveryPoint: number;
  lastFlushMs: number;
  /** Files were made since the last flush. */
  directoryDirty = false;
  /** The directory itself was made since then. */
  #isNew: boolean;
  readonly #environment: Environment;
  readonly #home: LogHome;
  readonly #io: LogIo;
  readonly #log: Flushed;
  readonly #flush: Coalesced;

  constructor(
    environment: Environment,
    home: LogHome,
    io: LogIo,
    log: Flushed,
    start: { recoveryPoint: number; isNew: boolean },
  ) {
    this.#environment = environment;
    this.#home = home;
    this.#io = io;
    this.#log = log;
    this.recoveryPoint = start.recoveryPoint;
    this.#isNew = start.isNew;
    this.lastFlushMs = environment.clock.nowMs();
    this.#flush = new Coalesced(() => this.#flushWritten());
  }

  /** Whether something below `offset` is not on the disk. */
  isDue(offset: number): boolean {
    return this.#isNew || this.recoveryPoint < Math.min(offset, this.#log.writtenOffset());
  }

  /** Resolves when everything that was written at this call is on the disk. */
  run(): Promise<void> {
    return this.#flush.run();
  }

  idle(): Promise<void> {
    return this.#flush.idle();
  }

  /** The log was cut back. */
  onCut(endOffset: number): void {
    this.recoveryPoint = Math.min(this.recoveryPoint, endOffset);
  }

  /** The first time: the directory's own name gets onto the disk. */
  async nameIsDurable(): Promise<void> {
    if (!this.#isNew) return;
    await this.#environment.disk.syncDirectory(this.#log.path);
    await this.#home.syncNames();
    this.#isNew = false;
  }

  async #flushWritten(): Promise<void> {
    const target = this.#log.writtenOffset();
    await this.#io.run("Flushing", this.#log.path, async () => {
      const { disk } = this.#environment;
      // Epochs first: below the recovery point no recovery finds them in the batches again.
      await this.#log.epochsSaved();
      if (this.#home.offline) throw this.#home.offline;
      for (const segment of this.#log.segments()) await this.#syncSegment(segment);
      if (this.directoryDirty) {
        this.directoryDirty = false;
        await disk.syncDirectory(this.#log.path);
      }
      await this.nameIsDurable();
    });
    this.recoveryPoint = Math.max(this.recoveryPoint, Math.min(target, this.#log.writtenOffset()));
    this.lastFlushMs = this.#environment.clock.nowMs();
  }

  async #syncSegment(segment: Segment): Promise<void> {
    const { disk, files } = this.#environment;
    const bytes = segment.writtenBytes;
    if (segment.isNew || bytes === segment.syncedBytes) return;
    try {
      const file = await files.acquire(segment.logPath);
      try {
        await disk.sync(file.descriptor);
        segment.syncedBytes = Math.max(segment.syncedBytes, bytes);
      } finally {
        files.release(file);
      }
    } catch (error) {
      // Retention took it away meanwhile: nothing of it has to be on the disk, and its name is another's.
      if (!segment.removed) throw error;
    }
  }
}
