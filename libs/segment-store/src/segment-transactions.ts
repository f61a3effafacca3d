import { join } from "node:path";
import type { Environment } from "./environment";
import { segmentFileName } from "./file-names";
import { TransactionIndex, type AbortedTransaction } from "./transaction-index";

/**
 * The aborted transactions of one segment: in memory while more may come or the disk does not have them, else in the
 * `.txnindex` file, which is there only where there are any.
 */
export class SegmentTransactions {
  readonly #directory: string;
  readonly #baseOffset: number;
  /** Undefined: what there is, the file has. */
  #held: TransactionIndex | undefined;
  #count = 0;
  /** The file has the first so many entries, and may have others behind them. */
  #written = 0;
  #isDurable = true;
  #hasFile = false;

  constructor(directory: string, baseOffset: number) {
    this.#directory = directory;
    this.#baseOffset = baseOffset;
  }

  get path(): string {
    return join(this.#directory, segmentFileName(this.#baseOffset, "txnIndex"));
  }

  get count(): number {
    return this.#count;
  }
  /** The file, on the disk, is what memory is. */
  get isDurable(): boolean {
    return this.#isDurable;
  }
  get hasFile(): boolean {
    return this.#hasFile;
  }
  get sizeBytes(): number {
    return this.#held?.sizeBytes ?? 0;
  }

  append(aborted: AbortedTransaction): void {
    this.#held ??= new TransactionIndex();
    this.#held.append(aborted);
    this.#count = this.#held.count;
    this.#isDurable = false;
  }

  /** The whole index, from memory or the file. Rejects where the file is gone. */
  async index(environment: Environment): Promise<TransactionIndex> {
    const known = this.#held ?? environment.transactions.get(this);
    if (known) return known;
    const index = new TransactionIndex(this.#hasFile ? await environment.disk.readFile(this.path) : undefined);
    environment.transactions.put(this, index);
    return index;
  }

  /** The segment becomes the active one: entries may be added or cut off. */
  async hold(environment: Environment): Promise<void> {
    this.#held = await this.index(environment);
    environment.transactions.drop(this);
  }

  /** Only while it is held. */
  truncateTo(offset: number): void {
    if (this.#count === 0) return;
    this.#held!.truncateTo(offset);
    this.#count = this.#held!.count;
    this.#written = Math.min(this.#written, this.#count);
    this.#isDurable = false;
  }

  /** What recovery found in a file that is trusted. */
  noteFile(index: TransactionIndex): void {
    this.#hasFile = true;
    this.#count = index.count;
    this.#written = index.count;
  }

  /** There is a file, of which nothing is known to be right: the next write makes it anew. */
  noteStaleFile(): void {
    this.#hasFile = true;
    this.#isDurable = false;
  }

  /** Makes the file what memory is, and with `sync` durable but for its name. */
  async writeOut(environment: Environment, options: { sync: boolean }): Promise<void> {
    const { disk } = environment;
    const index = this.#held;
    const sizeBytes = index?.sizeBytes ?? 0;
    const count = index?.count ?? 0;
    if (count === 0) {
      if (this.#hasFile) await disk.unlink(this.path);
      this.#hasFile = false;
    } else {
      const added = index!.bytes(this.#written).slice();
      const descriptor = await disk.open(this.path, { create: true });
      try {
        this.#hasFile = true;
        if (added.length > 0) await disk.write(descriptor, [added], sizeBytes - added.length);
        await disk.truncate(descriptor, sizeBytes);
        if (options.sync) await disk.sync(descriptor);
      } finally {
        await disk.close(descriptor);
      }
    }
    this.#written = count;
    if (options.sync && count === this.#count) this.#isDurable = true;
  }

  /** The segment is closed and its file durable: memory keeps it for as long as it is read. */
  release(environment: Environment): void {
    if (this.#held && this.#isDurable && this.#count > 0) environment.transactions.put(this, this.#held);
    if (this.#isDurable) this.#held = undefined;
  }
}
