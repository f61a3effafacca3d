import type { Entry, HardState, SnapshotMetadata, Write } from "../index";
import { Violation } from "./checkers";
import type { SeededRandom } from "@moldau/base";

/** What is on one node's disk, and how much of a write that a crash interrupts gets there. */
export class SimulatedDisk {
  hardState: HardState | undefined;
  entries: Entry[] = [];
  snapshot: { metadata: SnapshotMetadata; bytes: Uint8Array } | undefined;
  readonly #older: { metadata: SnapshotMetadata; bytes: Uint8Array }[] = [];
  #incoming: { index: number; bytes: number[] } | undefined;

  write(write: Write): void {
    if (write.hardState !== undefined) this.hardState = write.hardState;
    if (write.snapshotChunk !== undefined) this.#receive(write.snapshotChunk);
    if (write.truncateFrom !== undefined) this.#truncate(write.truncateFrom);
    for (const entry of write.entries) this.#append(entry);
  }

  /** The crash comes in the middle: a beginning of the steps is done, the rest never happens. */
  writePart(write: Write, random: SeededRandom): void {
    if (write.hardState !== undefined && random.chance(0.5)) this.hardState = write.hardState;
    else if (write.hardState !== undefined) return;
    if (write.snapshotChunk !== undefined || random.chance(0.3)) return;
    if (write.truncateFrom !== undefined) this.#truncate(write.truncateFrom);
    for (const entry of write.entries.slice(0, random.below(write.entries.length + 1))) this.#append(entry);
  }

  #truncate(from: number): void {
    this.entries = this.entries.filter((entry) => entry.index < from);
  }

  #append(entry: Entry): void {
    const last = this.entries.at(-1)?.index ?? this.snapshot?.metadata.index ?? 0;
    if (entry.index !== last + 1) throw new Violation(`DiskOrder: entry ${entry.index} after ${last}`);
    this.entries.push(entry);
  }

  #receive(chunk: NonNullable<Write["snapshotChunk"]>): void {
    const { snapshot, offset, bytes, done } = chunk;
    if (offset === 0) this.#incoming = { index: snapshot.index, bytes: [] };
    const incoming = this.#incoming;
    if (incoming?.index !== snapshot.index || incoming.bytes.length !== offset) {
      throw new Violation(
        `DiskOrder: a chunk of snapshot ${snapshot.index} at ${offset} does not follow what is there`,
      );
    }
    incoming.bytes.push(...bytes);
    if (!done) return;
    this.#incoming = undefined;
    this.#keep({ metadata: snapshot, bytes: new Uint8Array(incoming.bytes) });
    this.entries = [];
  }

  #keep(snapshot: { metadata: SnapshotMetadata; bytes: Uint8Array }): void {
    if (this.snapshot !== undefined) this.#older.splice(0, this.#older.length, this.snapshot);
    this.snapshot = snapshot;
  }

  save(metadata: SnapshotMetadata, bytes: Uint8Array): void {
    this.#keep({ metadata, bytes });
  }

  compactTo(index: number): void {
    this.entries = this.entries.filter((entry) => entry.index > index);
  }

  /** The bytes of a snapshot, while it or its successor is the newest. */
  snapshotAt(index: number): Uint8Array | undefined {
    return [this.snapshot, ...this.#older].find((each) => each?.metadata.index === index)?.bytes;
  }

  /** What is there at a start. */
  load(): { hardState: HardState | undefined; snapshot: SnapshotMetadata | undefined; entries: Entry[] } {
    this.#incoming = undefined;
    const base = this.snapshot?.metadata.index ?? 0;
    return {
      hardState: this.hardState,
      snapshot: this.snapshot?.metadata,
      entries: this.entries.filter((entry) => entry.index > base),
    };
  }
}
