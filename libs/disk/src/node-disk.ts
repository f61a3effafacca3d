import * as fs from "node:fs";
import { lockDirectory } from "./directory-lock";
import type { Disk } from "./disk";
import { ReadPace } from "./read-pace";
import { fileThreads } from "./file-threads";
import { readDirtyPages, WritePace } from "./write-pace";
import { idleFilesOf } from "./open-files";
import { Turns } from "./turns";

type Done<T> = (error: NodeJS.ErrnoException | null, value: T) => void;

function call<T>(start: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => start((error, value) => (error ? reject(error) : resolve(value))));
}

function callVoid(start: (done: (error?: NodeJS.ErrnoException | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}

const pace = new WritePace();
const readPace = new ReadPace();

/**
 * What may wait for the file system and not for bytes: a busy ext4 takes half a second to make, rename or remove a file, and a
 * disk as long to sync one. Many of them in the thread pool would leave no thread to appends and fetches meanwhile. Made at
 * their first use: the main function says how many threads there are.
 */
let turns: { names: Turns; syncs: Turns } | undefined;

function turnsOf(kind: "names" | "syncs"): Turns {
  const atOnce = Math.max(1, Math.floor((fileThreads() * 3) / 8));
  turns ??= { names: new Turns(atOnce), syncs: new Turns(atOnce) };
  return turns[kind];
}

const nameChange = (start: (done: (error?: NodeJS.ErrnoException | null) => void) => void): Promise<void> =>
  turnsOf("names").take(() => callVoid(start));

/** The kernel changes its mind no faster than a disk writes. */
const OBSERVE_MS = 500;
let observedMs = -Infinity;

/** Asks the kernel now and then, while somebody writes; what it said last counts meanwhile. */
function observePageCache(nowMs: number): void {
  if (nowMs - observedMs < OBSERVE_MS) return;
  observedMs = nowMs;
  fs.readFile("/proc/vmstat", "utf8", (error, text) => pace.observe(error ? undefined : readDirtyPages(text)));
}

function writeAllNow(descriptor: number, parts: readonly Uint8Array[], position: number): void {
  let rest = parts;
  let at = position;
  while (rest.length > 0) {
    const written =
      rest.length === 1
        ? fs.writeSync(descriptor, rest[0]!, 0, rest[0]!.length, at)
        : fs.writevSync(descriptor, rest, at);
    at += written;
    rest = behind(rest, written);
  }
}

/** The real one. Callback functions of node:fs, which cost less than fs.promises and its handles. */
export const nodeDisk: Disk = {
  open(path, options) {
    const open = (flags: number): Promise<number> => call((done) => fs.open(path, flags, 0o644, done));
    if (!options?.create) return open(fs.constants.O_RDWR);
    return turnsOf("names").take(() => open(fs.constants.O_RDWR | fs.constants.O_CREAT));
  },
  close(descriptor) {
    readPace.forget(descriptor);
    return callVoid((done) => fs.close(descriptor, done));
  },

  async read(descriptor, into, position) {
    let filled = 0;
    while (filled < into.length) {
      const count = await call<number>((done) =>
        fs.read(descriptor, into, filled, into.length - filled, position + filled, done),
      );
      if (count === 0) break;
      filled += count;
    }
    readPace.touched(descriptor, position, filled, performance.now());
    return filled;
  },

  readNow(descriptor, into, position) {
    const startedMs = performance.now();
    if (!readPace.mayReadNow(descriptor, position, into.length, startedMs)) return undefined;
    let filled = 0;
    while (filled < into.length) {
      const count = fs.readSync(descriptor, into, filled, into.length - filled, position + filled);
      if (count === 0) break;
      filled += count;
    }
    const endedMs = performance.now();
    readPace.took(endedMs - startedMs, filled, endedMs);
    readPace.touched(descriptor, position, filled, endedMs);
    return filled;
  },

  isAtHand: (descriptor, position, sizeBytes) => readPace.isAtHand(descriptor, position, sizeBytes, performance.now()),

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
    readPace.touched(descriptor, position, at - position, performance.now());
  },

  writeNow(descriptor, parts, position) {
    const startedMs = performance.now();
    observePageCache(startedMs);
    let sizeBytes = 0;
    for (const part of parts) sizeBytes += part.length;
    if (!pace.mayWriteNow(sizeBytes, startedMs)) return false;
    writeAllNow(descriptor, parts, position);
    const endedMs = performance.now();
    pace.took(endedMs - startedMs, sizeBytes, endedMs);
    readPace.touched(descriptor, position, sizeBytes, endedMs);
    return true;
  },

  truncate: (descriptor, sizeBytes) => callVoid((done) => fs.ftruncate(descriptor, sizeBytes, done)),
  sync: (descriptor) => turnsOf("syncs").take(() => callVoid((done) => fs.fdatasync(descriptor, done))),

  async syncDirectory(path) {
    const descriptor = await call<number>((done) => fs.open(path, fs.constants.O_RDONLY, done));
    try {
      await turnsOf("syncs").take(() => callVoid((done) => fs.fsync(descriptor, done)));
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
  makeDirectory: (path) => nameChange((done) => fs.mkdir(path, { recursive: true }, (error) => done(error))),
  rename: (from, to) => nameChange((done) => fs.rename(from, to, done)),
  link: (existing, path) => nameChange((done) => fs.link(existing, path, done)),
  unlink: (path) => nameChange((done) => fs.unlink(path, done)),
  removeDirectory: (path) => nameChange((done) => fs.rmdir(path, done)),

  async space(path) {
    const stats = await call<fs.StatsFs>((done) => fs.statfs(path, done));
    return { totalBytes: stats.blocks * stats.bsize, usableBytes: stats.bavail * stats.bsize };
  },
  /** Linux draws one at each start of the kernel, which owns the page cache. */
  bootId: () =>
    call<string>((done) => fs.readFile("/proc/sys/kernel/random/boot_id", "utf8", done)).then(
      (text) => text.trim(),
      () => "",
    ),
  idleFilesMax() {
    try {
      return idleFilesOf(fs.readFileSync("/proc/self/limits", "utf8"));
    } catch {
      // No Linux.
      return idleFilesOf("");
    }
  },
  lock: lockDirectory,
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
