import { assert } from "./assert";

const SMALLEST = 4 * 1024;
const LARGEST = 4 * 1024 * 1024;

/**
 * Buffers for bytes on their way, in powers of two. One that is given back is used again: a fresh one costs page faults, and
 * its garbage makes V8 collect the whole heap every dozen megabytes, since memory outside the heap counts as its growth.
 * One that is not given back is merely collected, so giving back is worth doing and never owed. Bounded by `limitBytes` of
 * idle memory.
 */
export class BufferPool {
  readonly #limitBytes: number;
  readonly #idle = new Map<number, Uint8Array[]>();
  /** The pool's own buffers, and whether somebody has them: given back twice, one would get two users. */
  readonly #lent = new WeakMap<ArrayBufferLike, boolean>();
  #idleBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Memory that waits to be used again. Unit: bytes. */
  get idleBytes(): number {
    return this.#idleBytes;
  }

  /** At least `sizeBytes` long, content undefined. */
  take(sizeBytes: number): Uint8Array {
    if (sizeBytes > LARGEST) return new Uint8Array(sizeBytes);
    let size = SMALLEST;
    while (size < sizeBytes) size *= 2;
    let buffer = this.#idle.get(size)?.pop();
    if (buffer) this.#idleBytes -= size;
    else buffer = new Uint8Array(size);
    this.#lent.set(buffer.buffer, true);
    return buffer;
  }

  /** Takes back the memory that `view` lies in; the caller keeps no view of it. Memory that is not of this pool is left alone. */
  give(view: Uint8Array): void {
    const { buffer } = view;
    const size = buffer.byteLength;
    const isLent = this.#lent.get(buffer);
    if (isLent === undefined) return;
    assert(isLent, "a buffer was given back twice");
    this.#lent.set(buffer, false);
    if (this.#idleBytes + size > this.#limitBytes) return;
    const whole = view.length === size ? view : new Uint8Array(buffer);
    const same = this.#idle.get(size);
    if (same) same.push(whole);
    else this.#idle.set(size, [whole]);
    this.#idleBytes += size;
  }

  /** Lets half of the idle memory go: called now and then, it is what a quiet process shrinks by. */
  shrink(): void {
    for (const [size, idle] of this.#idle) {
      const gone = Math.ceil(idle.length / 2);
      idle.splice(0, gone);
      this.#idleBytes -= gone * size;
    }
  }
}
