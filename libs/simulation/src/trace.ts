/**
 * What happened in a run as one number: two runs of a seed must give the same. FNV-1a over what is noted; a word is walked
 * through once, and known by its own hash from then on.
 */
export class Trace {
  #hash = 0x811c9dc5;
  readonly #words = new Map<string, number>();

  note(atMs: number, what: string, ...facts: readonly number[]): void {
    this.#mix(Math.round(atMs * 1_000));
    this.#mix(this.#word(what));
    for (const fact of facts) this.#mix(fact);
  }

  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, "0");
  }

  /** What happened at least once, by name: without the numbers, and without what an explanation adds. */
  get kinds(): string[] {
    return [...new Set([...this.#words.keys()].map((word) => word.replace(/[\d.+-]+/g, "#").replace(/[=:].*/s, "")))];
  }

  #mix(value: number): void {
    this.#hash = Math.imul(this.#hash ^ (value | 0), 0x01000193);
    this.#hash = Math.imul(this.#hash ^ (value >>> 15), 0x01000193);
  }

  #word(word: string): number {
    let hash = this.#words.get(word);
    if (hash !== undefined) return hash;
    hash = 0x811c9dc5;
    for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
    this.#words.set(word, hash);
    return hash;
  }
}
