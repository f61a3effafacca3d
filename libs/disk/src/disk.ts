/** A file's facts. */
export interface FileFacts {
  sizeBytes: number;
  modifiedMs: number;
}

export interface DirectoryEntry {
  name: string;
  isDirectory: boolean;
}

/** Size and what this user may still write, in bytes. */
export interface DiskSpace {
  totalBytes: number;
  usableBytes: number;
}

export interface HeldLock {
  release(): Promise<void>;
}

/** A living process holds the directory. */
export class DirectoryInUseError extends Error {
  override name = "DirectoryInUseError";
  constructor(
    readonly directory: string,
    holder: string,
  ) {
    super(
      `the data directory ${directory} is in use by ${holder}; stop it, or give this node a directory of its own (log.dirs)`,
    );
  }
}

/**
 * What storage asks of a disk: the seam at which tests and the simulation put failing, lying and crashing disks.
 * Everything but `readNow` and `writeNow` is asynchronous, because a disk that stalls must not stall the process. Errors are
 * Node's, with a `code`.
 */
export interface Disk {
  /** Opens for reading and writing; `create` makes the file where it is missing. */
  open(path: string, options?: { create?: boolean }): Promise<number>;
  close(descriptor: number): Promise<void>;
  /** Fills `into` from `position`; gives fewer bytes only at the end of the file. */
  read(descriptor: number, into: Uint8Array, position: number): Promise<number>;
  /**
   * The same without leaving the thread, where that is a mere copy out of memory as far as one can tell. Undefined: nothing was
   * read, call `read`.
   */
  readNow(descriptor: number, into: Uint8Array, position: number): number | undefined;
  /**
   * Whether these bytes lie in memory as far as one can tell, so that whoever sends them straight out of the file waits for no
   * disk. Missing: one cannot tell.
   */
  isAtHand?(descriptor: number, position: number, sizeBytes: number): boolean;
  /** Writes all parts, one behind the other. */
  write(descriptor: number, parts: readonly Uint8Array[], position: number): Promise<void>;
  /**
   * The same without leaving the thread, where that is a mere copy into memory as far as one can tell. False: nothing was
   * written, call `write`. May have written a part where it throws.
   */
  writeNow(descriptor: number, parts: readonly Uint8Array[], position: number): boolean;
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
  /** A second name for a file; rejects with EEXIST where the name is taken. */
  link(existing: string, path: string): Promise<void>;
  unlink(path: string): Promise<void>;
  removeDirectory(path: string): Promise<void>;
  space(path: string): Promise<DiskSpace>;
  /**
   * The same for as long as the system that caches this disk runs: what was written before is still there, synced or not.
   * "" where nobody can say.
   */
  bootId(): Promise<string>;
  /** How many files one store may keep open that nobody uses at the moment; where it is missing the store decides. */
  idleFilesMax?(): number;
  /** Keeps others out of a directory until it is released. Rejects with DirectoryInUseError while somebody holds it. */
  lock(directory: string): Promise<HeldLock>;
}
