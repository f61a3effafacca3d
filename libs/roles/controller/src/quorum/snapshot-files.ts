/**
 * Snapshots in files `<index, 20 digits>-<term, 10 digits>.checkpoint`, Kafka's naming with our own content:
 *
 *   payload  configuration (raft's encoding)  length of the configuration (4)  length of the payload (8)  CRC-32 of all
 *   before it (4)  magic "MLSNAP01" (8)
 *
 * The trailer comes last so that a snapshot that arrives in pieces can be written as it comes. A file without its final
 * name is not a snapshot yet.
 */
import { basename, join } from "node:path";
import { crc32 } from "node:zlib";
import { type Disk, isMissing } from "@moldau/disk";
import { decodeConfiguration, encodeConfiguration, type SnapshotMetadata } from "@moldau/raft";
import { namesIn, openEmpty, QuorumStorageError } from "./files";
import { readNumber, writeNumber } from "./frames";

const TRAILER = 24;
const MAGIC = Buffer.from("MLSNAP01");
const namePattern = /^\d{20}-\d{10}\.checkpoint$/;
const partPattern = /\.checkpoint\.part$/;
/** A member may still be reading the one before. */
const KEPT = 2;

export interface StoredSnapshot {
  readonly metadata: SnapshotMetadata;
  readonly bytes: Uint8Array;
}

function nameOf(snapshot: SnapshotMetadata): string {
  return `${String(snapshot.index).padStart(20, "0")}-${String(snapshot.term).padStart(10, "0")}.checkpoint`;
}

/** Whether a `.checkpoint` is of this kind; Kafka's own end otherwise. */
export function isOurSnapshot(file: Buffer): boolean {
  return file.length >= TRAILER && file.subarray(file.length - MAGIC.length).equals(MAGIC);
}

/** The snapshot in a file; its name says what it is of. @throws QuorumStorageError when it is damaged */
export function parseSnapshot(path: string, file: Buffer): StoredSnapshot {
  const name = basename(path);
  const trailer = file.length - TRAILER;
  const damaged = (what: string): QuorumStorageError =>
    new QuorumStorageError(
      `${path}: ${what}. If other controllers hold the metadata, empty this directory and start again; else restore ` +
        "it from a backup.",
    );
  if (trailer < 0 || !isOurSnapshot(file)) throw damaged("not a whole snapshot");
  if (crc32(file.subarray(0, trailer + 12)) !== file.readUInt32BE(trailer + 12)) throw damaged("damaged snapshot");
  const configurationLength = file.readUInt32BE(trailer);
  const payloadLength = readNumber(file, trailer + 4);
  if (payloadLength === undefined || payloadLength + configurationLength !== trailer) throw damaged("wrong lengths");
  const configuration = decodeConfiguration(file.subarray(payloadLength, trailer));
  return {
    metadata: { index: Number(name.slice(0, 20)), term: Number(name.slice(21, 31)), configuration },
    bytes: file.subarray(0, payloadLength),
  };
}

export class SnapshotFiles {
  readonly #disk: Disk;
  readonly #directory: string;
  #incoming: { name: string; file: number; size: number; crc: number } | undefined;

  constructor(disk: Disk, directory: string) {
    this.#disk = disk;
    this.#directory = directory;
  }

  /** The newest snapshot; removes what a crash left half written. @throws QuorumStorageError when it is damaged. */
  async open(): Promise<StoredSnapshot | undefined> {
    for (const name of await namesIn(this.#disk, this.#directory, partPattern)) {
      await this.#disk.unlink(join(this.#directory, name));
    }
    const newest = (await namesIn(this.#disk, this.#directory, namePattern)).at(-1);
    return newest === undefined ? undefined : this.#read(newest);
  }

  async #read(name: string): Promise<StoredSnapshot> {
    const path = join(this.#directory, name);
    return parseSnapshot(path, Buffer.from(await this.#disk.readFile(path)));
  }

  /** Reads a snapshot back that was completed. */
  async read(snapshot: SnapshotMetadata): Promise<StoredSnapshot> {
    return this.#read(nameOf(snapshot));
  }

  /** Writes a whole snapshot; on disk when it resolves. */
  async save(snapshot: SnapshotMetadata, bytes: Uint8Array): Promise<void> {
    const name = nameOf(snapshot);
    const part = join(this.#directory, `${name}.saved.checkpoint.part`);
    const file = await openEmpty(this.#disk, part);
    try {
      await this.#disk.write(file, [bytes, trailerOf(snapshot, bytes.length, crc32(bytes))], 0);
      await this.#disk.sync(file);
    } finally {
      await this.#disk.close(file);
    }
    await this.#complete(part, name);
  }

  /** Adds a piece of a snapshot that the leader sends; offset 0 begins anew. With `done` it is on disk at the end. */
  async receive(chunk: {
    snapshot: SnapshotMetadata;
    offset: number;
    bytes: Uint8Array;
    done: boolean;
  }): Promise<void> {
    const name = nameOf(chunk.snapshot);
    const part = join(this.#directory, `${name}.received.checkpoint.part`);
    if (chunk.offset === 0) {
      await this.#dropIncoming();
      this.#incoming = { name, file: await openEmpty(this.#disk, part), size: 0, crc: 0 };
    }
    const incoming = this.#incoming;
    if (incoming?.name !== name || incoming.size !== chunk.offset) {
      throw new QuorumStorageError(
        `${part}: a piece at ${chunk.offset} does not follow ${incoming?.size ?? "nothing"}`,
      );
    }
    await this.#disk.write(incoming.file, [chunk.bytes], incoming.size);
    incoming.size += chunk.bytes.length;
    incoming.crc = crc32(chunk.bytes, incoming.crc);
    if (!chunk.done) return;
    await this.#disk.write(incoming.file, [trailerOf(chunk.snapshot, incoming.size, incoming.crc)], incoming.size);
    await this.#disk.sync(incoming.file);
    this.#incoming = undefined;
    await this.#disk.close(incoming.file);
    await this.#complete(part, name);
  }

  async #complete(part: string, name: string): Promise<void> {
    await this.#disk.rename(part, join(this.#directory, name));
    await this.#disk.syncDirectory(this.#directory);
    const names = await namesIn(this.#disk, this.#directory, namePattern);
    for (const old of names.slice(0, -KEPT)) await this.#disk.unlink(join(this.#directory, old));
  }

  async #dropIncoming(): Promise<void> {
    const incoming = this.#incoming;
    this.#incoming = undefined;
    if (incoming !== undefined) await this.#disk.close(incoming.file);
  }

  /** A piece of a snapshot's payload for another member; undefined when the snapshot is gone. */
  async readChunk(
    snapshot: SnapshotMetadata,
    offset: number,
    bytesMax: number,
  ): Promise<{ bytes: Uint8Array; done: boolean } | undefined> {
    const path = join(this.#directory, nameOf(snapshot));
    const file = await openIfThere(this.#disk, path);
    if (file === undefined) return undefined;
    try {
      const trailer = TRAILER + encodeConfiguration(snapshot.configuration).length;
      const payloadLength = (await this.#disk.facts(path)).sizeBytes - trailer;
      if (offset > payloadLength) return undefined;
      const bytes = Buffer.allocUnsafeSlow(Math.min(bytesMax, payloadLength - offset));
      const bytesRead = await this.#disk.read(file, bytes, offset);
      if (bytesRead < bytes.length) throw new QuorumStorageError(`${path}: ends at ${offset + bytesRead}`);
      return { bytes, done: offset + bytes.length === payloadLength };
    } finally {
      await this.#disk.close(file);
    }
  }

  async close(): Promise<void> {
    await this.#dropIncoming();
  }
}

async function openIfThere(disk: Disk, path: string): Promise<number | undefined> {
  try {
    return await disk.open(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function trailerOf(snapshot: SnapshotMetadata, payloadLength: number, payloadCrc: number): Buffer {
  const configuration = encodeConfiguration(snapshot.configuration);
  const end = Buffer.alloc(TRAILER);
  end.writeUInt32BE(configuration.length, 0);
  writeNumber(end, payloadLength, 4);
  end.writeUInt32BE(crc32(end.subarray(0, 12), crc32(configuration, payloadCrc)), 12);
  MAGIC.copy(end, 16);
  return Buffer.concat([configuration, end]);
}
