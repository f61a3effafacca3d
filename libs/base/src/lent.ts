/**
 * Memory that others lent until something is over: an answer has left, bytes were written. Each is given back once and surely,
 * what is lent when it is over already at once.
 */
export class Lent {
  #giveBacks: (() => void)[] | undefined;
  #isOver = false;

  get isEmpty(): boolean {
    return this.#giveBacks === undefined;
  }

  lend(giveBack: () => void): void {
    if (this.#isOver) giveBack();
    else if (this.#giveBacks === undefined) this.#giveBacks = [giveBack];
    else this.#giveBacks.push(giveBack);
  }

  /** It is over: nobody looks any more at what was lent. */
  giveBack(): void {
    this.#isOver = true;
    const giveBacks = this.#giveBacks;
    this.#giveBacks = undefined;
    if (giveBacks !== undefined) for (const each of giveBacks) each();
  }
}
