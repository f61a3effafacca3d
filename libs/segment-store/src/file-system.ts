import * as fs from "node:fs";
import { dirname } from "node:path";

/** A file's facts. */
export interface FileFacts {
  sizeBytes: number;
  modifiedMs: number;
}

export interface DirectoryEntry {
  name: string;
  isDirectory: boolean;
}

/**
 * What this room asks of a disk: the seam at which tests and the simulation put failing, lying and crashing disks.
 * Everything is asynchronous, because a disk that stalls must not stall the process. Errors are Node's, with a `code`.
 */
export interface FileSystem {
  /** Opens for reading and writing; `create` makes the file where it is missing. */
  open(path: string, options?: { create?: boolean }): Promise<number>;
  close(descriptor: number): Promise<void>;
  /** Fills `into` from `position`; gives fewer bytes only at the end of the file. */
  read(descriptor: number, into: Uint8Array, position: number): Promise<number>;
  /** Writes all parts, one behind the other. */
  write(descriptor: number, parts: readonly Uint8Array[], position: number): Promise<void>;
  truncate(descriptor: number, sizeBytes: number): Promise<void>;
  /** Content and size are on the disk when this is done (fdatasync). */
  sync(descriptor: number): Promise<void>;
  /** Names in the directory are on the disk when this is done. */
  syncDirectory(path: string): Promise<void>;
  facts(path: string): Promise<FileFacts>;
  list(path: string): Promise<DirectoryEntry[]>;
  readFile(path: string): Promise<Uint8Array>;
  makeDirectory(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  removeDirectory(path: string): Promise<void>;
}

type Done<T> = (error: NodeJS.ErrnoException | null, value: T) => void;

function call<T>(start: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => start((error, value) => (error ? reject(error) : resolve(value))));
}

function callVoid(start: (done: (error?: NodeJS.ErrnoException | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}

/** The real one. Callback functions of node:fs, which cost less than fs.promises and its handles. */
export const nodeFileSystem: FileSystem = {
  open(path, options) {
    const flags = options?.create ? fs.constants.O_RDWR | fs.constants.O_CREAT : fs.constants.O_RDWR;
    return call((done) => fs.open(path, flags, 0o644, done));
  },
  close: (descriptor) => callVoid((done) => fs.close(descriptor, done)),

  async read(descriptor, into, position) {
    let filled = 0;
    while (filled < into.length) {
      const count = await call<number>((done) =>
        fs.read(descriptor, into, filled, into.length - filled, position + filled, done),
      );
      if (count === 0) break;
      filled += count;
    }
    return filled;
  },

  async write(descriptor, parts, position) {
    let rest = parts;
    let at = position;
    while (rest.length > 0) {
      const written =
        rest.length === 1
          ? await call<number>((done) => fs.write(descriptor, rest[0]!, 0, rest[0]!.length, at, done))
          : await call<number>((done) => fs.writev(descriptor, rest, at, done));
      at += written;
      rest = behind(rest, written);
    }
  },

  truncate: (descriptor, sizeBytes) => callVoid((done) => fs.ftruncate(descriptor, sizeBytes, done)),
  sync: (descriptor) => callVoid((done) => fs.fdatasync(descriptor, done)),

  async syncDirectory(path) {
    const descriptor = await call<number>((done) => fs.open(path, fs.constants.O_RDONLY, done));
    try {
      await callVoid((done) => fs.fsync(descriptor, done));
    } finally {
      await callVoid((done) => fs.close(descriptor, done));
    }
  },

  async facts(path) {
    const stats = await call<fs.Stats>((done) => fs.stat(path, done));
    return { sizeBytes: stats.size, modifiedMs: Math.floor(stats.mtimeMs) };
  },

  async list(path) {
    const entries = await call<fs.Dirent[]>((done) => fs.readdir(path, { withFileTypes: true }, done));
    return entries.map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() }));
  },

  readFile: (path) => call<Buffer>((done) => fs.readFile(path, done)),
  makeDirectory: (path) => callVoid((done) => fs.mkdir(path, { recursive: true }, (error) => done(error))),
  rename: (from, to) => callVoid((done) => fs.rename(from, to, done)),
  unlink: (path) => callVoid((done) => fs.unlink(path, done)),
  removeDirectory: (path) => callVoid((done) => fs.rmdir(path, done)),
};

/** The parts behind the first `count` bytes: what a short write left over. */
function behind(parts: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  let skip = count;
  for (let i = 0; i < parts.length; i++) {
    if (skip < parts[i]!.length) return skip === 0 ? parts.slice(i) : [parts[i]!.subarray(skip), ...parts.slice(i + 1)];
    skip -= parts[i]!.length;
  }
  return [];
}

/**
 * Replaces a small file so that after a crash the old or the new content is there, never a mixture: temporary file,
 * fdatasync, rename, directory sync. Source: CheckpointFile.write.
 */
export async function replaceFile(
  disk: FileSystem,
  path: string,
  content: string | Uint8Array,
  options: { syncDirectory: boolean } = { syncDirectory: true },
): Promise<void> {
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  const temporary = `${path}.tmp`;
  const descriptor = await disk.open(temporary, { create: true });
  try {
    await disk.truncate(descriptor, 0);
    await disk.write(descriptor, [bytes], 0);
    await disk.sync(descriptor);
  } finally {
    await disk.close(descriptor);
  }
  await disk.rename(temporary, path);
  if (options.syncDirectory) await disk.syncDirectory(dirname(path));
}

/** Writes a small file in place; `sync` makes it durable before this is done. */
export async function writeFile(disk: FileSystem, path: string, bytes: Uint8Array, sync: boolean): Promise<void> {
  const descriptor = await disk.open(path, { create: true });
  try {
    await disk.write(descriptor, [bytes], 0);
    await disk.truncate(descriptor, bytes.length);
    if (sync) await disk.sync(descriptor);
  } finally {
    await disk.close(descriptor);
  }
}

export async function readText(disk: FileSystem, path: string): Promise<string> {
  return Buffer.from(await disk.readFile(path)).toString("utf8");
}
