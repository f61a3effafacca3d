/** An append's wait: over when the watched offset (log end or high watermark) has reached `requiredOffset`. */
interface Wait {
  waitId: number;
  requiredOffset: number;
}

/**
 * Appends that wait for an offset to be reached, in order of that offset. Nearly always they come in order, so this is a
 * queue that now and then inserts.
 */
export class AppendWaits {
  #queue: Wait[] = [];
  #head = 0;

  get size(): number {
    return this.#queue.length - this.#head;
  }

  add(waitId: number, requiredOffset: number): void {
    const queue = this.#queue;
    let at = queue.length;
    while (at > this.#head && queue[at - 1]!.requiredOffset > requiredOffset) at--;
    if (at === queue.length) queue.push({ waitId, requiredOffset });
    else queue.splice(at, 0, { waitId, requiredOffset });
  }

  /** Takes out the next wait that `offset` satisfies; undefined when there is none. */
  next(offset: number): number | undefined {
    const first = this.#queue[this.#head];
    if (first === undefined || first.requiredOffset > offset) return undefined;
    this.#head++;
    if (this.#head === this.#queue.length) {
      this.#queue.length = 0;
      this.#head = 0;
    } else if (this.#head > 256 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return first.waitId;
  }

  cancel(waitId: number): boolean {
    const at = this.#queue.findIndex((wait, index) => index >= this.#head && wait.waitId === waitId);
    if (at < 0) return false;
    this.#queue.splice(at, 1);
    return true;
  }
}
