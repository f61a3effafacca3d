import type { BufferPool } from "@moldau/base";

/**
 * Recently appended batches in memory, for readers that follow the end of a log: they save a hop through the thread pool.
 * The bytes are copies in blocks of the store's own (a batch is a view of a network frame that its owner reuses), a block
 * is used again when nothing that was copied into it is kept or read any more, and all logs together keep at most
 * `limitBytes`; the oldest goes first, whatever its log.
 * A log pays for the copies only while somebody reads at its end.
 */
const BLOCK_BYTES = 256 * 1024;
/** Larger batches are read from the page cache: the copy would cost as much as the read. */
const LARGEST_BATCH_BYTES = BLOCK_BYTES;
/** Appends that are kept after the last time somebody read the log's end. */
const INTEREST_APPENDS = 256;

interface Block {
  bytes: Uint8Array;
  used: number;
  /** Batches and reads that lie in it; and one while it is being filled. */
  holders: number;
}

interface Cached {
  owner: TailOfLog;
  baseOffset: number;
  lastOffset: number;
  block: Block;
  bytes: Uint8Array;
  dropped: boolean;
}

/** Batches out of memory. Their bytes stay what they are until `release`; without it their blocks are collected. */
export interface TailRead {
  chunks: Uint8Array[];
  sizeBytes: number;
  baseOffset: number;
  nextOffset: number;
  release: () => void;
}

/** The store's part: the memory and its bound. */
export class TailCache {
  readonly #limitBytes: number;
  readonly #buffers: BufferPool;
  #block: Block | undefined;
  #bytes = 0;
  /** Oldest first; `#first` is where the queue begins, so that removing costs nothing. */
  #queue: Cached[] = [];
  #first = 0;

  constructor(limitBytes: number, buffers: BufferPool) {
    this.#limitBytes = limitBytes;
    this.#buffers = buffers;
  }

  get sizeBytes(): number {
    return this.#bytes;
  }

  get isEnabled(): boolean {
    return this.#limitBytes > 0;
  }

  keep(owner: TailOfLog, baseOffset: number, lastOffset: number, bytes: Uint8Array): Cached {
    const block = this.#blockWith(bytes.length);
    block.bytes.set(bytes, block.used);
    const copy = block.bytes.subarray(block.used, block.used + bytes.length);
    block.used += bytes.length;
    block.holders += 1;
    this.#bytes += bytes.length;
    const cached: Cached = { owner, baseOffset, lastOffset, block, bytes: copy, dropped: false };
    this.#queue.push(cached);
    while (this.#bytes > this.#limitBytes && this.#first < this.#queue.length) this.#dropOldest();
    return cached;
  }

  /** A reader, or the cache itself, has done with what lies in the block. */
  release(block: Block): void {
    block.holders -= 1;
    if (block.holders === 0) this.#buffers.give(block.bytes);
  }

  #blockWith(roomBytes: number): Block {
    const filled = this.#block;
    if (filled && filled.used + roomBytes <= BLOCK_BYTES) return filled;
    if (filled) this.release(filled);
    return (this.#block = { bytes: this.#buffers.take(BLOCK_BYTES), used: 0, holders: 1 });
  }

  /** The owner let go of it; its memory counts until it is the oldest, which is soon enough. */
  #dropOldest(): void {
    const oldest = this.#queue[this.#first]!;
    this.#first += 1;
    this.#bytes -= oldest.bytes.length;
    if (!oldest.dropped) oldest.owner.dropOldest(oldest);
    this.release(oldest.block);
    if (this.#first > 1024 && this.#first * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#first);
      this.#first = 0;
    }
  }
}

/** One log's part: which of its last batches are there, without gaps between them. */
export class TailOfLog {
  readonly #cache: TailCache;
  #entries: Cached[] = [];
  #first = 0;
  #interest = 0;

  constructor(cache: TailCache) {
    this.#cache = cache;
  }

  /** A reader reached the end: what comes next is worth keeping. */
  noteTailRead(): void {
    if (this.#cache.isEnabled) this.#interest = INTEREST_APPENDS;
  }

  append(baseOffset: number, lastOffset: number, bytes: Uint8Array): void {
    if (this.#interest === 0 || bytes.length > LARGEST_BATCH_BYTES) return this.clear();
    this.#interest -= 1;
    // Before the list is looked at: to make room the cache may have this log drop its oldest, which makes another list.
    const cached = this.#cache.keep(this, baseOffset, lastOffset, bytes);
    this.#entries.push(cached);
  }

  clear(): void {
    if (this.#entries.length === 0) return;
    for (let i = this.#first; i < this.#entries.length; i++) this.#entries[i]!.dropped = true;
    this.#entries = [];
    this.#first = 0;
  }

  /** What lies below `offset` is not what the log holds any more. */
  dropBelow(offset: number): void {
    for (;;) {
      const oldest = this.#entries[this.#first];
      if (oldest === undefined || oldest.baseOffset >= offset) return;
      oldest.dropped = true;
      this.dropOldest(oldest);
    }
  }

  /** Called by the cache for this log's oldest entry. */
  dropOldest(cached: Cached): void {
    if (this.#entries[this.#first] !== cached) return;
    this.#first += 1;
    if (this.#first > 256 && this.#first * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Whole batches from the one that holds `fetchOffset`; undefined where that one is not here. */
  read(fetchOffset: number, upToOffset: number, maxBytes: number, atLeastOne: boolean): TailRead | undefined {
    const entries = this.#entries;
    let low = this.#first;
    if (low >= entries.length || fetchOffset < entries[low]!.baseOffset) return undefined;
    let high = entries.length - 1;
    if (fetchOffset > entries[high]!.lastOffset) return undefined;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (entries[middle]!.lastOffset >= fetchOffset) high = middle;
      else low = middle + 1;
    }
    const chunks: Uint8Array[] = [];
    const blocks: Block[] = [];
    const baseOffset = entries[low]!.baseOffset;
    let sizeBytes = 0;
    let nextOffset = fetchOffset;
    for (let i = low; i < entries.length; i++) {
      const entry = entries[i]!;
      if (entry.lastOffset >= upToOffset) break;
      if (sizeBytes + entry.bytes.length > maxBytes && !(sizeBytes === 0 && atLeastOne)) break;
      if (blocks.at(-1) !== entry.block) {
        entry.block.holders += 1;
        blocks.push(entry.block);
      }
      const before = chunks.at(-1);
      if (
        before &&
        before.buffer === entry.bytes.buffer &&
        before.byteOffset + before.length === entry.bytes.byteOffset
      ) {
        chunks[chunks.length - 1] = new Uint8Array(
          before.buffer,
          before.byteOffset,
          before.length + entry.bytes.length,
        );
      } else {
        chunks.push(entry.bytes);
      }
      sizeBytes += entry.bytes.length;
      nextOffset = entry.lastOffset + 1;
    }
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      for (const block of blocks) this.#cache.release(block);
    };
    return { chunks, sizeBytes, baseOffset, nextOffset, release };
  }
}
