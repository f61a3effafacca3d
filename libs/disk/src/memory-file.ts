/** One change since the last sync, with what it took away. */
type Change =
  | { kind: "write"; position: number; data: Uint8Array; before: Uint8Array; sizeBefore: number }
  | { kind: "resize"; size: number; before: Uint8Array; sizeBefore: number };

/** A file's content, and what of it a power cut may take. Costs of a write are those of the bytes written. */
export class MemoryFile {
  #bytes: Buffer;
  #size: number;
  #unsynced: Change[] = [];

  constructor(content: Uint8Array = new Uint8Array()) {
    this.#bytes = Buffer.from(content);
    this.#size = content.length;
  }

  /** A view, good until the next change. */
  get content(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }
  get size(): number {
    return this.#size;
  }
  /** How many changes the next sync makes durable. */
  get unsyncedCount(): number {
    return this.#unsynced.length;
  }

  write(parts: readonly Uint8Array[], position: number): void {
    const data = Buffer.concat(parts);
    const before = Buffer.from(this.#bytes.subarray(position, Math.min(this.#size, position + data.length)));
    this.#unsynced.push({ kind: "write", position, data, before, sizeBefore: this.#size });
    this.#put(data, position);
  }

  resize(size: number): void {
    const before = Buffer.from(this.#bytes.subarray(size, this.#size));
    this.#unsynced.push({ kind: "resize", size, before, sizeBefore: this.#size });
    this.#setSize(size);
  }

  /** The first `count` unsynced changes are durable from now on. */
  synced(count: number): void {
    this.#unsynced.splice(0, count);
  }

  /** What is durable for certain. */
  durable(): Buffer {
    const copy = new MemoryFile(this.content);
    for (const change of this.#unsynced.toReversed()) {
      copy.#setSize(Math.max(copy.#size, change.sizeBefore));
      copy.#put(change.before, change.kind === "write" ? change.position : change.size);
      copy.#setSize(change.sizeBefore);
    }
    return Buffer.from(copy.content);
  }

  /** The durable content with the unsynced changes that `keeps` spares, in their order; the last one kept may be torn. */
  surviving(keeps: () => boolean, tear: () => number): Buffer {
    const copy = new MemoryFile(this.durable());
    for (const change of this.#unsynced) {
      if (!keeps()) continue;
      if (change.kind === "resize") copy.#setSize(change.size);
      else copy.#put(change.data.subarray(0, Math.ceil(change.data.length * tear())), change.position);
    }
    return Buffer.from(copy.content);
  }

  #put(data: Uint8Array, position: number): void {
    const end = position + data.length;
    if (end > this.#size) this.#setSize(end);
    this.#bytes.set(data, position);
  }

  /** What comes into a file by growing it is zeros. */
  #setSize(size: number): void {
    if (size > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(size, 2 * this.#bytes.length, 256));
      this.#bytes.copy(grown, 0, 0, this.#size);
      this.#bytes = grown;
    } else if (size > this.#size) this.#bytes.fill(0, this.#size, size);
    this.#size = size;
  }
}
