/**
 * Snapshots in files `<index, 20 digits>-<term, 10 digits>.checkpoint`, Kafka's naming with our own content:
 *
 *   payload  configuration (raft's encoding)  length of the configuration (4)  length of the payload (8)  CRC-32 of all
 *   before it (4)  magic "MLSNAP01" (8)
 *
 * The trailer comes last so that a snapshot that arrives in pieces can be written as it comes. A file without its final
 * name is not a snapshot yet.
 */
import { open, readFile, rename, rm, unlink, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { decodeConfiguration, encodeConfiguration, type SnapshotMetadata } from "@moldau/raft";
import { namesIn, QuorumStorageError, syncDirectory, writeFully } from "./files";
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

export class SnapshotFiles {
  readonly #directory: string;
  #incoming: { name: string; file: FileHandle; size: number; crc: number } | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The newest snapshot; removes what a crash left half written. @throws QuorumStorageError when it is damaged. */
  async open(): Promise<StoredSnapshot | undefined> {
    for (const name of await namesIn(this.#directory, partPattern)) await unlink(join(this.#directory, name));
    const newest = (await namesIn(this.#directory, namePattern)).at(-1);
    return newest === undefined ? undefined : this.#read(newest);
  }

  async #read(name: string): Promise<StoredSnapshot> {
    const path = join(this.#directory, name);
    const file = await readFile(path);
    const trailer = file.length - TRAILER;
    const damaged = (what: string): QuorumStorageError =>
      new QuorumStorageError(
        `${path}: ${what}. If other controllers hold the metadata, empty this directory and start again; else restore ` +
          "it from a backup.",
      );
    if (trailer < 0 || !file.subarray(trailer + 16).equals(MAGIC)) throw damaged("not a whole snapshot");
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

  /** Reads a snapshot back that was completed. */
  async read(snapshot: SnapshotMetadata): Promise<StoredSnapshot> {
    return this.#read(nameOf(snapshot));
  }

  /** Writes a whole snapshot; on disk when it resolves. */
  async save(snapshot: SnapshotMetadata, bytes: Uint8Array): Promise<void> {
    const name = nameOf(snapshot);
    const part = join(this.#directory, `${name}.saved.checkpoint.part`);
    const file = await open(part, "w");
    try {
      await writeFully(file, [bytes, trailerOf(snapshot, bytes.length, crc32(bytes))], 0);
      await file.sync();
    } finally {
      await file.close();
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
      this.#incoming = { name, file: await open(part, "w"), size: 0, crc: 0 };
    }
    const incoming = this.#incoming;
    if (incoming?.name !== name || incoming.size !== chunk.offset) {
      throw new QuorumStorageError(
        `${part}: a piece at ${chunk.offset} does not follow ${incoming?.size ?? "nothing"}`,
      );
    }
    await writeFully(incoming.file, [chunk.bytes], incoming.size);
    incoming.size += chunk.bytes.length;
    incoming.crc = crc32(chunk.bytes, incoming.crc);
    if (!chunk.done) return;
    await writeFully(incoming.file, [trailerOf(chunk.snapshot, incoming.size, incoming.crc)], incoming.size);
    await incoming.file.sync();
    this.#incoming = undefined;
    await incoming.file.close();
    await this.#complete(part, name);
  }

  async #complete(part: string, name: string): Promise<void> {
    await rename(part, join(this.#directory, name));
    await syncDirectory(this.#directory);
    const names = await namesIn(this.#directory, namePattern);
    for (const old of names.slice(0, -KEPT)) await rm(join(this.#directory, old), { force: true });
  }

  async #dropIncoming(): Promise<void> {
    const incoming = this.#incoming;
    this.#incoming = undefined;
    await incoming?.file.close();
  }

  /** A piece of a snapshot's payload for another member; undefined when the snapshot is gone. */
  async readChunk(
    snapshot: SnapshotMetadata,
    offset: number,
    bytesMax: number,
  ): Promise<{ bytes: Uint8Array; done: boolean } | undefined> {
    const path = join(this.#directory, nameOf(snapshot));
    const file = await openIfThere(path);
    if (file === undefined) return undefined;
    try {
      const trailer = TRAILER + encodeConfiguration(snapshot.configuration).length;
      const payloadLength = (await file.stat()).size - trailer;
      if (offset > payloadLength) return undefined;
      const bytes = Buffer.allocUnsafeSlow(Math.min(bytesMax, payloadLength - offset));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
      if (bytesRead < bytes.length) throw new QuorumStorageError(`${path}: ends at ${offset + bytesRead}`);
      return { bytes, done: offset + bytes.length === payloadLength };
    } finally {
      await file.close();
    }
  }

  async close(): Promise<void> {
    await this.#dropIncoming();
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
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
