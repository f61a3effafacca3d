import { dirname } from "node:path";
import type { DirectoryEntry, FileFacts, FileSystem } from "../file-system";

interface MemoryFile {
  bytes: Buffer;
  /** What a crash leaves for certain. */
  durable: Buffer;
}

type Entry = MemoryFile | "directory";
type Directories = Map<string, Map<string, Entry>>;

export type DiskOperation = keyof FileSystem;

function fault(code: string, operation: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${operation} '${path}'`), { code });
}

/**
 * A disk in memory that forgets at a crash what was not synced, and fails on command. Reads and writes yield to the event
 * loop like real ones, so that operations interleave.
 */
export class MemoryFileSystem implements FileSystem {
  /** Asked before every operation: an errno makes it fail. */
  failing: (operation: DiskOperation, path: string) => string | undefined = () => undefined;
  /** Turns of the event loop that an operation takes beyond the usual one. */
  delay: (operation: DiskOperation, path: string) => number = () => 0;
  readonly counts = new Map<DiskOperation, number>();
  #now: Directories = new Map([["/", new Map()]]);
  #durable: Directories = new Map([["/", new Map()]]);
  readonly #open = new Map<number, { path: string; file: MemoryFile }>();
  #nextDescriptor = 3;

  get openCount(): number {
    return this.#open.size;
  }

  /**
   * The machine stops. Gives the disk as the next start finds it: each unsynced file keeps its synced content, its last, or
   * the last cut off somewhere; each unsynced directory its synced or its last names. "onlySynced" is the worst that a disk
   * may do. The old disk is dead from now on.
   */
  crash(random: (() => number) | "onlySynced"): MemoryFileSystem {
    const next = new MemoryFileSystem();
    const survivors = new Map<MemoryFile, MemoryFile>();
    const survive = (file: MemoryFile): MemoryFile => {
      const known = survivors.get(file);
      if (known) return known;
      const bytes = random === "onlySynced" ? Buffer.from(file.durable) : survivingBytes(file, random);
      const survivor = { bytes, durable: Buffer.from(bytes) };
      survivors.set(file, survivor);
      return survivor;
    };
    const visit = (path: string): void => {
      const now = this.#now.get(path);
      const durable = this.#durable.get(path) ?? new Map<string, Entry>();
      const names = now && random !== "onlySynced" && random() < 0.5 ? now : durable;
      const entries = new Map<string, Entry>();
      next.#now.set(path, entries);
      for (const [name, entry] of names) {
        entries.set(name, entry === "directory" ? entry : survive(entry));
        if (entry === "directory") visit(childOf(path, name));
      }
      next.#durable.set(path, new Map(entries));
    };
    next.#now.clear();
    visit("/");
    this.failing = () => "EIO";
    return next;
  }

  /** For tests that damage files. */
  contentOf(path: string): Buffer {
    return this.#file("readFile", path).bytes;
  }

  setContent(path: string, bytes: Uint8Array): void {
    const file = this.#file("readFile", path);
    file.bytes = Buffer.from(bytes);
    file.durable = Buffer.from(bytes);
  }

  async open(path: string, options?: { create?: boolean }): Promise<number> {
    await this.#before("open", path);
    const names = this.#names("open", dirname(path));
    let entry = names.get(nameOf(path));
    if (entry === undefined && options?.create) {
      entry = { bytes: Buffer.alloc(0), durable: Buffer.alloc(0) };
      names.set(nameOf(path), entry);
    }
    if (entry === undefined) throw fault("ENOENT", "open", path);
    if (entry === "directory") throw fault("EISDIR", "open", path);
    const descriptor = this.#nextDescriptor++;
    this.#open.set(descriptor, { path, file: entry });
    return descriptor;
  }

  async close(descriptor: number): Promise<void> {
    if (!this.#open.delete(descriptor)) throw fault("EBADF", "close", String(descriptor));
  }

  async read(descriptor: number, into: Uint8Array, position: number): Promise<number> {
    const { file } = await this.#descriptor("read", descriptor);
    const part = file.bytes.subarray(position, position + into.length);
    into.set(part);
    return part.length;
  }

  async write(descriptor: number, parts: readonly Uint8Array[], position: number): Promise<void> {
    const { file } = await this.#descriptor("write", descriptor);
    const added = Buffer.concat(parts);
    const size = Math.max(file.bytes.length, position + added.length);
    const bytes = Buffer.alloc(size);
    file.bytes.copy(bytes);
    added.copy(bytes, position);
    file.bytes = bytes;
  }

  async truncate(descriptor: number, sizeBytes: number): Promise<void> {
    const { file } = await this.#descriptor("truncate", descriptor);
    const bytes = Buffer.alloc(sizeBytes);
    file.bytes.copy(bytes, 0, 0, sizeBytes);
    file.bytes = bytes;
  }

  async sync(descriptor: number): Promise<void> {
    const { file } = await this.#descriptor("sync", descriptor);
    file.durable = Buffer.from(file.bytes);
  }

  async syncDirectory(path: string): Promise<void> {
    await this.#before("syncDirectory", path);
    this.#durable.set(path, new Map(this.#names("syncDirectory", path)));
  }

  async facts(path: string): Promise<FileFacts> {
    await this.#before("facts", path);
    return { sizeBytes: this.#file("facts", path).bytes.length, modifiedMs: 0 };
  }

  async list(path: string): Promise<DirectoryEntry[]> {
    await this.#before("list", path);
    return [...this.#names("list", path)].map(([name, entry]) => ({ name, isDirectory: entry === "directory" }));
  }

  async readFile(path: string): Promise<Uint8Array> {
    await this.#before("readFile", path);
    return Buffer.from(this.#file("readFile", path).bytes);
  }

  async makeDirectory(path: string): Promise<void> {
    await this.#before("makeDirectory", path);
    if (this.#now.has(path)) return;
    if (!this.#now.has(dirname(path))) await this.makeDirectory(dirname(path));
    this.#now.set(path, new Map());
    this.#names("makeDirectory", dirname(path)).set(nameOf(path), "directory");
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#before("rename", from);
    const source = this.#names("rename", dirname(from));
    const entry = source.get(nameOf(from));
    if (entry === undefined) throw fault("ENOENT", "rename", from);
    source.delete(nameOf(from));
    this.#names("rename", dirname(to)).set(nameOf(to), entry);
    if (entry !== "directory") return;
    for (const directories of [this.#now, this.#durable]) {
      for (const [path, names] of [...directories]) {
        if (path !== from && !path.startsWith(`${from}/`)) continue;
        directories.delete(path);
        directories.set(to + path.slice(from.length), names);
      }
    }
  }

  async unlink(path: string): Promise<void> {
    await this.#before("unlink", path);
    this.#file("unlink", path);
    this.#names("unlink", dirname(path)).delete(nameOf(path));
  }

  async removeDirectory(path: string): Promise<void> {
    await this.#before("removeDirectory", path);
    if (this.#names("removeDirectory", path).size > 0) throw fault("ENOTEMPTY", "rmdir", path);
    this.#now.delete(path);
    this.#names("removeDirectory", dirname(path)).delete(nameOf(path));
  }

  async #before(operation: DiskOperation, path: string): Promise<void> {
    this.counts.set(operation, (this.counts.get(operation) ?? 0) + 1);
    for (let turns = this.delay(operation, path); turns >= 0; turns--) {
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    const code = this.failing(operation, path);
    if (code !== undefined) throw fault(code, operation, path);
  }

  async #descriptor(operation: DiskOperation, descriptor: number): Promise<{ path: string; file: MemoryFile }> {
    const open = this.#open.get(descriptor);
    if (!open) throw fault("EBADF", operation, String(descriptor));
    await this.#before(operation, open.path);
    return open;
  }

  #names(operation: string, path: string): Map<string, Entry> {
    const names = this.#now.get(path);
    if (!names) throw fault("ENOENT", operation, path);
    return names;
  }

  #file(operation: string, path: string): MemoryFile {
    const entry = this.#now.get(dirname(path))?.get(nameOf(path));
    if (entry === undefined) throw fault("ENOENT", operation, path);
    if (entry === "directory") throw fault("EISDIR", operation, path);
    return entry;
  }
}

function survivingBytes(file: MemoryFile, random: () => number): Buffer {
  const dice = random();
  if (dice < 0.3) return Buffer.from(file.durable);
  if (dice < 0.5 || file.bytes.length <= file.durable.length) return Buffer.from(file.bytes);
  // What was appended since the last sync is torn, or partly never arrived and reads as zeros.
  const cut = file.durable.length + Math.floor(random() * (file.bytes.length - file.durable.length));
  const bytes = Buffer.from(file.bytes.subarray(0, random() < 0.5 ? cut : file.bytes.length));
  bytes.fill(0, cut);
  return bytes;
}

function childOf(path: string, name: string): string {
  return path === "/" ? `/${name}` : `${path}/${name}`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
