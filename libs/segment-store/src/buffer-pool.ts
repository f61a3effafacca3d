const SMALLEST = 4 * 1024;
const LARGEST = 4 * 1024 * 1024;

/**
 * Read buffers in powers of two. A buffer that is given back is used again, which saves the page faults of a fresh one;
 * one that is not given back is merely collected. Bounded by `limitBytes` of idle memory.
 */
export class BufferPool {
  readonly #limitBytes: number;
  readonly #idle = new Map<number, Uint8Array[]>();
  #idleBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** At least `sizeBytes` long, content undefined. */
  take(sizeBytes: number): Uint8Array {
    if (sizeBytes > LARGEST) return Buffer.allocUnsafeSlow(sizeBytes);
    const size = Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(sizeBytes)));
    const buffer = this.#idle.get(size)?.pop();
    if (!buffer) return Buffer.allocUnsafeSlow(size);
    this.#idleBytes -= size;
    return buffer;
  }

  /** The caller keeps no view of it. */
  give(buffer: Uint8Array): void {
    const size = buffer.length;
    if (size > LARGEST || this.#idleBytes + size > this.#limitBytes) return;
    const same = this.#idle.get(size);
    if (same) same.push(buffer);
    else this.#idle.set(size, [buffer]);
    this.#idleBytes += size;
  }
}
