import { dirname } from "node:path";
import type { DirectoryEntry, Disk, DiskSpace, FileFacts, HeldLock } from "./disk";
import { MemoryFile } from "./memory-file";

/** Names as they are, and as a power cut may leave them. A rename takes it along as a whole. */
class MemoryDirectory {
  readonly now = new Map<string, Entry>();
  durable = new Map<string, Entry>();
}

type Entry = MemoryFile | MemoryDirectory;

export type DiskOperation = keyof Disk;

function fault(code: string, operation: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${operation} '${path}'`), { code });
}

/**
 * What a stop leaves of that which was not synced.
 * - "process": all of it. The process was killed, the machine goes on.
 * - "onlySynced": nothing, the worst that a power cut may do.
 * - a source of random numbers: for each file its synced content, its last, or the last cut off somewhere; for each
 *   directory its synced or its last names.
 * - with `keep`: each unsynced change by itself survives with that probability, whole or torn, whatever came before it.
 */
export type Survival = "process" | "onlySynced" | (() => number) | { random: () => number; keep: number };

/**
 * A disk in memory that forgets at a crash what was not synced, and fails on command. Every operation takes a turn of the
 * event loop like on a real one, so that operations interleave. For tests and for the simulation.
 */
export class MemoryDisk implements Disk {
  /** Asked before every operation: an errno makes it fail. */
  failing: (operation: DiskOperation, path: string) => string | undefined = () => undefined;
  /** Turns of the event loop that an operation takes beyond the usual one. */
  delay: (operation: DiskOperation, path: string) => number = () => 0;
  /** How long an operation takes; one that never resolves is never carried out. Default: a turn of the event loop. */
  latency: (operation: DiskOperation, path: string) => Promise<void> = () =>
    new Promise((resolve) => setImmediate(resolve));
  /** Whether the page cache takes and gives at once; by default each read and write takes its turn. */
  isAtOnce: () => boolean = () => false;
  totalBytes = 1024 ** 4;
  #boots = 1;
  readonly counts = new Map<DiskOperation, number>();
  #root = new MemoryDirectory();
  readonly #open = new Map<number, { path: string; file: MemoryFile }>();
  #nextDescriptor = 3;

  get openCount(): number {
    return this.#open.size;
  }

  /** The process or the machine stops: gives the disk as the next start finds it. This one answers EIO from now on. */
  crash(survival: Survival): MemoryDisk {
    const next = new MemoryDisk();
    next.#boots = survival === "process" ? this.#boots : this.#boots + 1;
    const survivors = new Map<MemoryFile, MemoryFile>();
    const survive = (file: MemoryFile): MemoryFile => {
      let survivor = survivors.get(file);
      if (survivor === undefined) survivors.set(file, (survivor = new MemoryFile(survivingContent(file, survival))));
      return survivor;
    };
    const visit = (directory: MemoryDirectory): MemoryDirectory => {
      const survivor = new MemoryDirectory();
      for (const [name, entry] of keepsNames(survival) ? directory.now : directory.durable) {
        survivor.now.set(name, entry instanceof MemoryFile ? survive(entry) : visit(entry));
      }
      survivor.durable = new Map(survivor.now);
      return survivor;
    };
    next.#root = visit(this.#root);
    this.failing = () => "EIO";
    return next;
  }

  /** For tests that damage files. */
  contentOf(path: string): Buffer {
    return this.#file("readFile", path).content;
  }

  /** The content is there as if it had always been. */
  setContent(path: string, bytes: Uint8Array): void {
    const file = this.#file("readFile", path);
    file.resize(0);
    file.write([bytes], 0);
    file.synced(file.unsyncedCount);
  }

  async open(path: string, options?: { create?: boolean }): Promise<number> {
    await this.#before("open", path);
    const names = this.#names("open", dirname(path));
    let entry = names.get(nameOf(path));
    if (entry === undefined && options?.create) {
      entry = new MemoryFile();
      names.set(nameOf(path), entry);
    }
    if (entry === undefined) throw fault("ENOENT", "open", path);
    if (!(entry instanceof MemoryFile)) throw fault("EISDIR", "open", path);
    const descriptor = this.#nextDescriptor++;
    this.#open.set(descriptor, { path, file: entry });
    return descriptor;
  }

  async close(descriptor: number): Promise<void> {
    if (!this.#open.delete(descriptor)) throw fault("EBADF", "close", String(descriptor));
  }

  async read(descriptor: number, into: Uint8Array, position: number): Promise<number> {
    return copyOut((await this.#descriptor("read", descriptor)).file, into, position);
  }

  readNow(descriptor: number, into: Uint8Array, position: number): number | undefined {
    return this.isAtOnce() ? copyOut(this.#now("readNow", descriptor), into, position) : undefined;
  }

  isAtHand(descriptor: number): boolean {
    return this.isAtOnce() && this.#open.has(descriptor);
  }

  async write(descriptor: number, parts: readonly Uint8Array[], position: number): Promise<void> {
    (await this.#descriptor("write", descriptor)).file.write(parts, position);
  }

  writeNow(descriptor: number, parts: readonly Uint8Array[], position: number): boolean {
    if (!this.isAtOnce()) return false;
    this.#now("writeNow", descriptor).write(parts, position);
    return true;
  }

  async truncate(descriptor: number, sizeBytes: number): Promise<void> {
    (await this.#descriptor("truncate", descriptor)).file.resize(sizeBytes);
  }

  async sync(descriptor: number): Promise<void> {
    // What is written while the sync is under way need not be part of it.
    const asked = this.#open.get(descriptor)?.file.unsyncedCount ?? 0;
    (await this.#descriptor("sync", descriptor)).file.synced(asked);
  }

  async syncDirectory(path: string): Promise<void> {
    await this.#before("syncDirectory", path);
    const directory = this.#directory("syncDirectory", path);
    directory.durable = new Map(directory.now);
  }

  async facts(path: string): Promise<FileFacts> {
    await this.#before("facts", path);
    return { sizeBytes: this.#file("facts", path).size, modifiedMs: 0 };
  }

  async list(path: string): Promise<DirectoryEntry[]> {
    await this.#before("list", path);
    return [...this.#names("list", path)].map(([name, entry]) => ({
      name,
      isDirectory: entry instanceof MemoryDirectory,
    }));
  }

  async readFile(path: string): Promise<Uint8Array> {
    await this.#before("readFile", path);
    return Buffer.from(this.#file("readFile", path).content);
  }

  async makeDirectory(path: string): Promise<void> {
    await this.#before("makeDirectory", path);
    if (this.#find(path) instanceof MemoryDirectory) return;
    if (this.#find(dirname(path)) === undefined) await this.makeDirectory(dirname(path));
    const names = this.#names("makeDirectory", dirname(path));
    if (!names.has(nameOf(path))) names.set(nameOf(path), new MemoryDirectory());
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#before("rename", from);
    const source = this.#names("rename", dirname(from));
    const entry = source.get(nameOf(from));
    if (entry === undefined) throw fault("ENOENT", "rename", from);
    source.delete(nameOf(from));
    this.#names("rename", dirname(to)).set(nameOf(to), entry);
  }

  async link(existing: string, path: string): Promise<void> {
    await this.#before("link", path);
    const file = this.#file("link", existing);
    const names = this.#names("link", dirname(path));
    if (names.has(nameOf(path))) throw fault("EEXIST", "link", path);
    names.set(nameOf(path), file);
  }

  async unlink(path: string): Promise<void> {
    await this.#before("unlink", path);
    this.#file("unlink", path);
    this.#names("unlink", dirname(path)).delete(nameOf(path));
  }

  async removeDirectory(path: string): Promise<void> {
    await this.#before("removeDirectory", path);
    if (this.#names("removeDirectory", path).size > 0) throw fault("ENOTEMPTY", "rmdir", path);
    this.#names("removeDirectory", dirname(path)).delete(nameOf(path));
  }

  async space(path: string): Promise<DiskSpace> {
    await this.#before("space", path);
    const sizeOf = (entry: Entry): number => {
      if (entry instanceof MemoryFile) return entry.size;
      let bytes = 0;
      for (const each of entry.now.values()) bytes += sizeOf(each);
      return bytes;
    };
    const used = sizeOf(this.#root);
    return { totalBytes: this.totalBytes, usableBytes: Math.max(0, this.totalBytes - used) };
  }

  bootId(): Promise<string> {
    return Promise.resolve(`boot ${this.#boots}`);
  }

  /** Keeps nobody out: whoever shares a disk in memory does so on purpose. */
  async lock(directory: string): Promise<HeldLock> {
    await this.#before("lock", directory);
    return { release: () => Promise.resolve() };
  }

  /** The file of an operation that takes no turn. */
  #now(operation: DiskOperation, descriptor: number): MemoryFile {
    const open = this.#open.get(descriptor);
    if (!open) throw fault("EBADF", operation, String(descriptor));
    this.counts.set(operation, (this.counts.get(operation) ?? 0) + 1);
    this.#failIfAsked(operation, open.path);
    return open.file;
  }

  async #before(operation: DiskOperation, path: string): Promise<void> {
    this.counts.set(operation, (this.counts.get(operation) ?? 0) + 1);
    for (let turns = this.delay(operation, path); turns >= 0; turns--) await this.latency(operation, path);
    this.#failIfAsked(operation, path);
  }

  #failIfAsked(operation: DiskOperation, path: string): void {
    const code = this.failing(operation, path);
    if (code !== undefined) throw fault(code, operation, path);
  }

  async #descriptor(operation: DiskOperation, descriptor: number): Promise<{ path: string; file: MemoryFile }> {
    const open = this.#open.get(descriptor);
    if (!open) throw fault("EBADF", operation, String(descriptor));
    await this.#before(operation, open.path);
    return open;
  }

  #find(path: string): Entry | undefined {
    let entry: Entry | undefined = this.#root;
    for (const name of path.split("/")) {
      if (name === "") continue;
      entry = entry instanceof MemoryDirectory ? entry.now.get(name) : undefined;
    }
    return entry;
  }

  #directory(operation: string, path: string): MemoryDirectory {
    const entry = this.#find(path);
    if (entry === undefined) throw fault("ENOENT", operation, path);
    if (!(entry instanceof MemoryDirectory)) throw fault("ENOTDIR", operation, path);
    return entry;
  }

  #names(operation: string, path: string): Map<string, Entry> {
    return this.#directory(operation, path).now;
  }

  #file(operation: string, path: string): MemoryFile {
    const entry = this.#find(path);
    if (entry === undefined) throw fault("ENOENT", operation, path);
    if (!(entry instanceof MemoryFile)) throw fault("EISDIR", operation, path);
    return entry;
  }
}

function copyOut(file: MemoryFile, into: Uint8Array, position: number): number {
  const part = file.content.subarray(position, position + into.length);
  into.set(part);
  return part.length;
}

function keepsNames(survival: Survival): boolean {
  if (survival === "process") return true;
  if (survival === "onlySynced") return false;
  return typeof survival === "function" ? survival() < 0.5 : survival.random() < survival.keep;
}

function survivingContent(file: MemoryFile, survival: Survival): Buffer {
  if (survival === "process") return file.content;
  const durable = file.durable();
  if (survival === "onlySynced") return durable;
  if (typeof survival === "object") {
    const { random, keep } = survival;
    return file.surviving(
      () => random() < keep,
      () => (random() < 0.5 ? 1 : random()),
    );
  }
  const dice = survival();
  if (dice < 0.3) return durable;
  const { content } = file;
  if (dice < 0.5 || content.length <= durable.length) return content;
  // What was appended since the last sync is torn, or partly never arrived and reads as zeros.
  const cut = durable.length + Math.floor(survival() * (content.length - durable.length));
  const bytes = Buffer.from(content.subarray(0, survival() < 0.5 ? cut : content.length));
  bytes.fill(0, cut);
  return bytes;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
