import type { DirectoryEntry, Disk, DiskSpace, FileFacts, HeldLock } from "@moldau/disk";
import { errnoOf } from "./storage-error";

/**
 * A disk that, when the process has run out of file descriptors, has idle ones closed and tries once more: that shortage is
 * no fault of the disk and must not take a directory offline.
 */
export class SparingDisk implements Disk {
  readonly #disk: Disk;
  /** Closes idle files; says how many. */
  makeRoom: () => Promise<number> = () => Promise.resolve(0);

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  open(path: string, options?: { create?: boolean }): Promise<number> {
    return this.#sparing(() => this.#disk.open(path, options));
  }
  list(path: string): Promise<DirectoryEntry[]> {
    return this.#sparing(() => this.#disk.list(path));
  }
  readFile(path: string): Promise<Uint8Array> {
    return this.#sparing(() => this.#disk.readFile(path));
  }
  syncDirectory(path: string): Promise<void> {
    return this.#sparing(() => this.#disk.syncDirectory(path));
  }
  close(descriptor: number): Promise<void> {
    return this.#disk.close(descriptor);
  }
  read(descriptor: number, into: Uint8Array, position: number): Promise<number> {
    return this.#disk.read(descriptor, into, position);
  }
  readNow(descriptor: number, into: Uint8Array, position: number): number | undefined {
    return this.#disk.readNow(descriptor, into, position);
  }
  isAtHand(descriptor: number, position: number, sizeBytes: number): boolean {
    return this.#disk.isAtHand?.(descriptor, position, sizeBytes) ?? false;
  }
  write(descriptor: number, parts: readonly Uint8Array[], position: number): Promise<void> {
    return this.#disk.write(descriptor, parts, position);
  }
  writeNow(descriptor: number, parts: readonly Uint8Array[], position: number): boolean {
    return this.#disk.writeNow(descriptor, parts, position);
  }
  truncate(descriptor: number, sizeBytes: number): Promise<void> {
    return this.#disk.truncate(descriptor, sizeBytes);
  }
  sync(descriptor: number): Promise<void> {
    return this.#disk.sync(descriptor);
  }
  facts(path: string): Promise<FileFacts> {
    return this.#disk.facts(path);
  }
  makeDirectory(path: string): Promise<void> {
    return this.#disk.makeDirectory(path);
  }
  rename(from: string, to: string): Promise<void> {
    return this.#disk.rename(from, to);
  }
  link(existing: string, path: string): Promise<void> {
    return this.#disk.link(existing, path);
  }
  unlink(path: string): Promise<void> {
    return this.#disk.unlink(path);
  }
  removeDirectory(path: string): Promise<void> {
    return this.#disk.removeDirectory(path);
  }
  space(path: string): Promise<DiskSpace> {
    return this.#disk.space(path);
  }
  bootId(): Promise<string> {
    return this.#disk.bootId();
  }
  lock(directory: string): Promise<HeldLock> {
    return this.#disk.lock(directory);
  }

  async #sparing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const exhausted = errnoOf(error) === "EMFILE" || errnoOf(error) === "ENFILE";
      if (!exhausted || (await this.makeRoom()) === 0) throw error;
      return work();
    }
  }
}
