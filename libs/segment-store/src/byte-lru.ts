/** Values that are worth their memory while they are used: at most `limitBytes` together, the least recently used goes first. */
export class ByteLru<Key, Value> {
  readonly #limitBytes: number;
  readonly #sizeOf: (value: Value) => number;
  /** In order of last use: a Map keeps insertion order and a hit is inserted anew. */
  readonly #values = new Map<Key, Value>();
  #bytes = 0;

  constructor(limitBytes: number, sizeOf: (value: Value) => number) {
    this.#limitBytes = limitBytes;
    this.#sizeOf = sizeOf;
  }

  get(key: Key): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  /** The newest stays in any case. */
  put(key: Key, value: Value): void {
    this.drop(key);
    this.#values.set(key, value);
    this.#bytes += this.#sizeOf(value);
    for (const [oldest] of this.#values) {
      if (this.#bytes <= this.#limitBytes || oldest === key) break;
      this.drop(oldest);
    }
  }

  drop(key: Key): void {
    const value = this.#values.get(key);
    if (value === undefined) return;
    this.#bytes -= this.#sizeOf(value);
    this.#values.delete(key);
  }
}
