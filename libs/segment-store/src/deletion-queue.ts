import { join } from "node:path";
import type { StoreEvent } from "./environment";
import type { Disk } from "@moldau/disk";
import { isMissing, storageFailure } from "./storage-error";

/** Unlinking a large file at once holds up the whole disk for most of a second per GB. */
const STEP_BYTES = 64 * 1024 * 1024;

interface Doomed {
  path: string;
  dueMs: number;
}

/**
 * Files and directories that wait for their deletion. Large files shrink step by step before they go. What is not done
 * when the process ends is recognised by its name at the next start.
 */
export class DeletionQueue {
  readonly #disk: Disk;
  readonly #emit: (event: StoreEvent) => void;
  #doomed: Doomed[] = [];

  constructor(disk: Disk, emit: (event: StoreEvent) => void) {
    this.#disk = disk;
    this.#emit = emit;
  }

  get size(): number {
    return this.#doomed.length;
  }

  add(paths: readonly string[], dueMs: number): void {
    for (const path of paths) this.#doomed.push({ path, dueMs });
  }

  /** Deletes what is due, one after another. A failure is reported and not tried again before the next start. */
  async step(nowMs: number): Promise<void> {
    const due = this.#doomed.filter((one) => one.dueMs <= nowMs);
    this.#doomed = this.#doomed.filter((one) => one.dueMs > nowMs);
    for (const { path } of due) {
      try {
        this.#emit({ type: "filesDeleted", path, sizeBytes: await this.#remove(path) });
      } catch (error) {
        if (!isMissing(error))
          this.#emit({ type: "deletionFailed", path, error: storageFailure(path, "Deleting", error) });
      }
    }
  }

  async #remove(path: string): Promise<number> {
    const entries = await this.#disk.list(path).catch(() => undefined);
    if (!entries) return this.#removeFile(path);
    let bytes = 0;
    for (const entry of entries) bytes += await this.#remove(join(path, entry.name));
    await this.#disk.removeDirectory(path);
    return bytes;
  }

  async #removeFile(path: string): Promise<number> {
    const { sizeBytes } = await this.#disk.facts(path);
    if (sizeBytes > STEP_BYTES) {
      const descriptor = await this.#disk.open(path);
      try {
        for (let left = sizeBytes - STEP_BYTES; left > 0; left -= STEP_BYTES)
          await this.#disk.truncate(descriptor, left);
      } finally {
        await this.#disk.close(descriptor);
      }
    }
    await this.#disk.unlink(path);
    return sizeBytes;
  }
}
