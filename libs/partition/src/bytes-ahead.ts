/** Beyond this many pieces the newest one grows instead: a stuck high watermark must not cost memory. */
const PIECES_MAX = 4096;

/**
 * How many bytes lie between the high watermark and the log end, batch by batch, so that a reader that waits for a number
 * of bytes can be told how many became readable. An estimate: a piece counts as soon as its first offset is readable.
 */
export class BytesAhead {
  #startOffsets: number[] = [];
  #bytes: number[] = [];
  #head = 0;

  add(startOffset: number, bytes: number): void {
    if (this.#bytes.length - this.#head >= PIECES_MAX) this.#bytes[this.#bytes.length - 1]! += bytes;
    else {
      this.#startOffsets.push(startOffset);
      this.#bytes.push(bytes);
    }
  }

  /** Takes out everything below `offset` and says how many bytes that was. */
  takeBelow(offset: number): number {
    let taken = 0;
    while (this.#head < this.#bytes.length && this.#startOffsets[this.#head]! < offset) {
      taken += this.#bytes[this.#head++]!;
    }
    if (this.#head === this.#bytes.length) this.clear();
    else if (this.#head >= PIECES_MAX) {
      this.#startOffsets = this.#startOffsets.slice(this.#head);
      this.#bytes = this.#bytes.slice(this.#head);
      this.#head = 0;
    }
    return taken;
  }

  clear(): void {
    this.#startOffsets.length = 0;
    this.#bytes.length = 0;
    this.#head = 0;
  }
}
