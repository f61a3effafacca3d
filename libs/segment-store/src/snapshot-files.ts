import { join } from "node:path";
import { segmentFileName } from "./file-names";
import { replaceFile, type Disk } from "@moldau/disk";
import { readProducerSnapshot, writeProducerSnapshot, type ProducerSnapshotEntry } from "./producer-snapshot";
import { isMissing } from "./storage-error";

/**
 * How many snapshots a log keeps: after a truncation below all of them the state is read from the log itself. Besides them, the
 * newest that a recovery can begin with.
 */
const KEPT_SNAPSHOTS = 4;

/** The `.snapshot` files of one log. */
export class SnapshotFiles {
  readonly #disk: Disk;
  readonly #directory: string;
  /** Rising. */
  #offsets: number[];
  /** Where the first segment begins that a recovery would read: transactions may be open there. */
  recoveryStart: () => number = () => 0;

  constructor(disk: Disk, directory: string, offsets: readonly number[]) {
    this.#disk = disk;
    this.#directory = directory;
    this.#offsets = [...offsets].sort((a, b) => a - b);
  }

  get offsets(): readonly number[] {
    return this.#offsets;
  }

  async write(offset: number, entries: readonly ProducerSnapshotEntry[]): Promise<void> {
    await replaceFile(this.#disk, this.#path(offset), writeProducerSnapshot(entries));
    this.#offsets = [...new Set([...this.#offsets, offset])].sort((a, b) => a - b);
    await this.#deleteUnlessNeeded(this.#offsets.slice(0, -KEPT_SNAPSHOTS));
  }

  async latest(upTo: number): Promise<{ offset: number; entries: ProducerSnapshotEntry[] } | undefined> {
    for (const offset of [...this.#offsets].reverse()) {
      if (offset > upTo) continue;
      const bytes = await this.#disk.readFile(this.#path(offset)).catch((error: unknown) => {
        if (isMissing(error)) return new Uint8Array(0);
        throw error;
      });
      const entries = readProducerSnapshot(bytes);
      if (entries) return { offset, entries };
      await this.#delete(offset);
    }
    return undefined;
  }

  async deleteAll(): Promise<void> {
    for (const one of this.#offsets) await this.#delete(one);
  }

  async deleteAbove(offset: number): Promise<void> {
    for (const one of this.#offsets.filter((at) => at > offset)) await this.#delete(one);
  }

  /** Keeps the newest in any case. */
  async deleteBelow(offset: number): Promise<void> {
    await this.#deleteUnlessNeeded(this.#offsets.slice(0, -1).filter((at) => at < offset));
  }

  async #deleteUnlessNeeded(offsets: readonly number[]): Promise<void> {
    const start = this.recoveryStart();
    const needed = this.#offsets.findLast((at) => at <= start);
    for (const old of offsets) if (old !== needed) await this.#delete(old);
  }

  async #delete(offset: number): Promise<void> {
    this.#offsets = this.#offsets.filter((at) => at !== offset);
    await this.#disk.unlink(this.#path(offset)).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
  }

  #path(offset: number): string {
    return join(this.#directory, segmentFileName(offset, "snapshot"));
  }
}
