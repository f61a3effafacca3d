import { join } from "node:path";
import { NO_NODE, type NodeId, type Uuid } from "@moldau/base";
import { type Disk, errnoOf, isMissing, makeDurableDirectory, readText, replaceFile } from "@moldau/disk";
import type { Entry, HardState, SnapshotMetadata, Write } from "@moldau/raft";
import { EntryFiles } from "./entry-files";
import { QuorumStorageError } from "./files";
import { SnapshotFiles, type StoredSnapshot } from "./snapshot-files";

const STATE_FILE = "quorum-state";
/** 1 had no directory id and no `recovering`. */
const STATE_VERSION = 2;

export interface StorageOptions {
  disk: Disk;
  /** `<metadata.log.dir>/__cluster_metadata-0`. */
  directory: string;
  nodeId: NodeId;
  clusterId: string;
  segmentBytes: number;
  /** The id of a directory that is used for the first time. */
  newDirectoryId: () => Uuid;
  /** Whether a node whose promises are not there must not trust itself: a static voter among others. */
  guarded: boolean;
}

export interface OpenedStorage {
  readonly storage: QuorumStorage;
  readonly hardState: HardState;
  readonly directoryId: Uuid;
  readonly snapshot: StoredSnapshot | undefined;
  /** Behind the snapshot. */
  readonly entries: readonly Entry[];
  readonly tornBytes: number;
}

/**
 * What a quorum member must not forget: term and vote, the log, snapshots. `write` is called for one batch at a time and
 * resolves when all of it is on disk; `saveSnapshot` and `readChunk` may run beside it.
 */
export class QuorumStorage {
  readonly #options: StorageOptions;
  readonly #directoryId: Uuid;
  readonly #entries: EntryFiles;
  readonly #snapshots: SnapshotFiles;

  private constructor(options: StorageOptions, directoryId: Uuid, entries: EntryFiles, snapshots: SnapshotFiles) {
    this.#options = options;
    this.#directoryId = directoryId;
    this.#entries = entries;
    this.#snapshots = snapshots;
  }

  /**
   * Opens or creates. Reconciles the log with the newest snapshot where a crash came between the two.
   * @throws QuorumStorageError when the directory belongs to another node or cluster or is damaged.
   */
  static async open(options: StorageOptions): Promise<OpenedStorage> {
    const { disk, directory } = options;
    await makeDurableDirectory(disk, directory);
    const { hardState, directoryId } = await openState(options);
    const snapshots = new SnapshotFiles(disk, directory);
    const snapshot = await snapshots.open();
    const { files, entries, tornBytes } = await EntryFiles.open(disk, directory, options.segmentBytes);
    const behind = await reconcile(files, entries, snapshot?.metadata, directory);
    const storage = new QuorumStorage(options, directoryId, files, snapshots);
    return { storage, hardState, directoryId, snapshot, entries: behind, tornBytes };
  }

  /** Bytes of log on disk. */
  get logBytes(): number {
    return this.#entries.bytes;
  }

  /** Index of the oldest entry on disk. */
  get firstIndex(): number | undefined {
    return this.#entries.firstIndex;
  }

  /**
   * Carries out writes that waited together, in order; entries of several writes share one sync. After a failure nothing
   * of them counts, and nothing more may be written: what is half there is cut off at the next start.
   * @throws QuorumStorageError that says what to do.
   */
  async write(writes: readonly Write[]): Promise<void> {
    try {
      await this.#write(writes);
    } catch (error) {
      throw unwritten(this.#options.directory, error);
    }
  }

  async #write(writes: readonly Write[]): Promise<void> {
    const hardState = writes.findLast((write) => write.hardState !== undefined)?.hardState;
    if (hardState !== undefined) await writeState(this.#options, hardState, this.#directoryId);
    let waiting: Entry[] = [];
    for (const write of writes) {
      if (write.snapshotChunk !== undefined || write.truncateFrom !== undefined) {
        await this.#entries.append(waiting);
        waiting = [];
      }
      if (write.snapshotChunk !== undefined) {
        await this.#snapshots.receive(write.snapshotChunk);
        if (write.snapshotChunk.done) await this.#entries.reset();
      }
      if (write.truncateFrom !== undefined) await this.#entries.truncateFrom(write.truncateFrom);
      for (const entry of write.entries) waiting.push(entry);
    }
    await this.#entries.append(waiting);
  }

  /** Deletes log that is not needed any more. Not beside `write`. */
  async deleteUpTo(index: number): Promise<void> {
    await this.#entries.deleteUpTo(index);
  }

  async saveSnapshot(snapshot: SnapshotMetadata, bytes: Uint8Array): Promise<void> {
    await this.#snapshots.save(snapshot, bytes);
  }

  async readSnapshot(snapshot: SnapshotMetadata): Promise<StoredSnapshot> {
    return this.#snapshots.read(snapshot);
  }

  async readChunk(
    snapshot: SnapshotMetadata,
    offset: number,
    bytesMax: number,
  ): Promise<{ bytes: Uint8Array; done: boolean } | undefined> {
    return this.#snapshots.readChunk(snapshot, offset, bytesMax);
  }

  async close(): Promise<void> {
    await this.#entries.close();
    await this.#snapshots.close();
  }
}

/**
 * Drops log that a snapshot from the leader has made void: the crash came after the snapshot and before the deletion.
 * Returns the entries behind the snapshot.
 */
async function reconcile(
  files: EntryFiles,
  entries: Entry[],
  snapshot: SnapshotMetadata | undefined,
  directory: string,
): Promise<Entry[]> {
  const base = snapshot?.index ?? 0;
  const first = entries[0];
  if (first === undefined) {
    if (files.firstIndex !== undefined && files.firstIndex !== base + 1) await files.reset();
    return entries;
  }
  if (first.index > base + 1) {
    throw new QuorumStorageError(
      `${directory}: entries ${base + 1} to ${first.index - 1} are in no file. If other controllers hold the metadata, ` +
        "empty this directory and start again; else restore it from a backup.",
    );
  }
  const last = entries[entries.length - 1]!;
  const atBase = entries[base - first.index];
  if (snapshot !== undefined && (last.index < base || (atBase !== undefined && atBase.term !== snapshot.term))) {
    await files.reset();
    return [];
  }
  return entries.filter((entry) => entry.index > base);
}

function unwritten(directory: string, error: unknown): Error {
  const code = errnoOf(error);
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  const advice =
    code === "ENOSPC" || code === "EDQUOT"
      ? "Free space there and start this controller again; it goes on where it stopped"
      : "Check the disk. If it is lost, start this controller with an empty directory; the others bring it up to date";
  return new QuorumStorageError(
    `${directory}: the metadata log cannot be written (${(error as Error).message}). ${advice}.`,
    { cause: error },
  );
}

interface StateFile {
  clusterId: string;
  nodeId: NodeId;
  directoryId?: Uuid;
  leaderEpoch: number;
  votedId: NodeId;
  recovering?: boolean;
  data_version: number;
}

/** What this disk promised. One without a promise gets an id, and that it knows of none, before it is used. */
async function openState(options: StorageOptions): Promise<{ hardState: HardState; directoryId: Uuid }> {
  const state = await readState(options);
  const hardState =
    state === undefined
      ? { term: 0, vote: NO_NODE, recovering: options.guarded }
      : { term: state.leaderEpoch, vote: state.votedId, recovering: state.recovering ?? false };
  const directoryId = state?.directoryId ?? options.newDirectoryId();
  if (state?.directoryId === undefined) await writeState(options, hardState, directoryId);
  return { hardState, directoryId };
}

async function writeState(options: StorageOptions, state: HardState, directoryId: Uuid): Promise<void> {
  const content: StateFile = {
    clusterId: options.clusterId,
    nodeId: options.nodeId,
    directoryId,
    leaderEpoch: state.term,
    votedId: state.vote,
    recovering: state.recovering,
    data_version: STATE_VERSION,
  };
  await replaceFile(options.disk, join(options.directory, STATE_FILE), JSON.stringify(content) + "\n");
}

async function readState(options: StorageOptions): Promise<StateFile | undefined> {
  const path = join(options.directory, STATE_FILE);
  let text: string;
  try {
    text = await readText(options.disk, path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new QuorumStorageError(`${path}: cannot be read (${(error as Error).message}).`);
  }
  const state = parseState(text);
  if (state === undefined) {
    throw new QuorumStorageError(
      `${path}: damaged. If other controllers hold the metadata, empty this directory and start again; else restore it ` +
        "from a backup.",
    );
  }
  if (state.data_version > STATE_VERSION) {
    throw new QuorumStorageError(`${path}: written by a newer version (${state.data_version}). Start that version.`);
  }
  // "" on either side: not known, then or now; the log itself says it.
  if (state.clusterId !== options.clusterId && state.clusterId !== "" && options.clusterId !== "") {
    throw new QuorumStorageError(
      `${path}: belongs to cluster ${state.clusterId}, this is ${options.clusterId}. Use another metadata.log.dir.`,
    );
  }
  if (state.nodeId !== options.nodeId) {
    throw new QuorumStorageError(
      `${path}: belongs to node ${state.nodeId}, this is ${options.nodeId}. Use another metadata.log.dir.`,
    );
  }
  return state;
}

function parseState(text: string): StateFile | undefined {
  try {
    const state = JSON.parse(text) as Partial<StateFile> | null;
    if (typeof state !== "object" || state === null) return undefined;
    const { clusterId, nodeId, directoryId, leaderEpoch, votedId, recovering, data_version: version } = state;
    if (typeof clusterId !== "string" || typeof version !== "number") return undefined;
    if (![nodeId, leaderEpoch, votedId].every((value) => Number.isSafeInteger(value))) return undefined;
    if (directoryId !== undefined && (typeof directoryId !== "string" || directoryId.length !== 22)) return undefined;
    if (recovering !== undefined && typeof recovering !== "boolean") return undefined;
    return state as StateFile;
  } catch {
    return undefined;
  }
}
