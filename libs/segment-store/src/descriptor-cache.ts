import type { Disk } from "@moldau/disk";

/** An open file, pinned while somebody uses it. */
export interface OpenFile {
  readonly path: string;
  readonly descriptor: number;
  users: number;
  /** Nobody may acquire it again; closed when the last user lets go. */
  forgotten: boolean;
}

/** A file that a slow reader holds stays open, and on the disk, though it was deleted: so few are lent at a time. */
const LENT_MAX = 256;

/**
 * Open files, at most `limit` idle ones: a thousand partitions must not exhaust the process's descriptors, and opening one
 * for each read costs four times the read.
 */
export class DescriptorCache {
  readonly #disk: Disk;
  readonly #limit: number;
  /** In order of last use: a Map keeps insertion order and a hit is inserted anew. */
  readonly #files = new Map<string, OpenFile>();
  #lent = 0;
  readonly #opening = new Map<string, { file: Promise<OpenFile>; forgotten: boolean }>();

  constructor(disk: Disk, limit: number) {
    this.#disk = disk;
    this.#limit = limit;
  }

  get openCount(): number {
    return this.#files.size;
  }

  /** Pins the file; give it back with `release`. */
  acquire(path: string, options?: { create?: boolean }): OpenFile | Promise<OpenFile> {
    const file = this.#files.get(path);
    if (file) {
      file.users += 1;
      this.#files.delete(path);
      this.#files.set(path, file);
      return file;
    }
    return this.#open(path, options);
  }

  /** Keeps a file open that is acquired already until the result is called, once. Undefined: too much is lent at the moment. */
  lend(file: OpenFile): (() => void) | undefined {
    if (this.#lent >= LENT_MAX) return undefined;
    this.#lent += 1;
    file.users += 1;
    return () => {
      this.#lent -= 1;
      this.release(file);
    };
  }

  release(file: OpenFile): void {
    file.users -= 1;
    if (file.users > 0) return;
    if (file.forgotten) void this.#close(file);
    else if (this.#files.size > this.#limit) this.#evict(this.#files.size - this.#limit);
  }

  /** Before a file is renamed or removed: later users open it anew, present ones keep what they have. */
  forget(path: string): void {
    const opening = this.#opening.get(path);
    if (opening) opening.forgotten = true;
    const file = this.#files.get(path);
    if (!file) return;
    this.#files.delete(path);
    file.forgotten = true;
    if (file.users === 0) void this.#close(file);
  }

  /** Closes half of the files, idle ones only, and says how many that were. The descriptors are free a moment later. */
  async closeSome(): Promise<number> {
    const closing: Promise<void>[] = [];
    const evicted = this.#evict(Math.ceil(this.#files.size / 2), closing);
    await Promise.all(closing);
    return evicted;
  }

  async closeAll(): Promise<void> {
    const all = [...this.#files.values()];
    this.#files.clear();
    for (const file of all) file.forgotten = true;
    await Promise.all(all.filter((file) => file.users === 0).map((file) => this.#close(file)));
  }

  async #open(path: string, options?: { create?: boolean }): Promise<OpenFile> {
    for (;;) {
      const underWay = this.#opening.get(path);
      if (!underWay) break;
      await underWay.file.catch(() => undefined);
      const file = this.#files.get(path);
      if (file) return this.acquire(path);
    }
    const opening = {
      file: this.#disk.open(path, options).then((descriptor) => this.#opened(path, descriptor)),
      forgotten: false,
    };
    this.#opening.set(path, opening);
    try {
      return await opening.file;
    } finally {
      this.#opening.delete(path);
    }
  }

  #opened(path: string, descriptor: number): OpenFile {
    // What was opened while the name changed hands may be either file: its user has it, and nobody else.
    const { forgotten } = this.#opening.get(path)!;
    const file: OpenFile = { path, descriptor, users: 1, forgotten };
    if (forgotten) return file;
    this.#files.set(path, file);
    if (this.#files.size > this.#limit) this.#evict(this.#files.size - this.#limit);
    return file;
  }

  #evict(wanted: number, closing: Promise<void>[] = []): number {
    let evicted = 0;
    for (const file of this.#files.values()) {
      if (evicted >= wanted) break;
      if (file.users > 0) continue;
      this.#files.delete(file.path);
      closing.push(this.#close(file));
      evicted += 1;
    }
    return evicted;
  }

  #close(file: OpenFile): Promise<void> {
    // Nothing is lost when closing fails: what had to be durable was synced before.
    return this.#disk.close(file.descriptor).catch(() => undefined);
  }
}
