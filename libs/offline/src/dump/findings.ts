import { type DumpLine, err } from "./lines";

type Pair = readonly [number, number];

/** Pairs of numbers by the file that they were found in, in the order in which files first had one. */
class PairsByFile {
  readonly #pairs = new Map<string, Pair[]>();

  add(file: string, pair: Pair): void {
    const pairs = this.#pairs.get(file);
    if (pairs === undefined) this.#pairs.set(file, [pair]);
    else pairs.push(pair);
  }

  get size(): number {
    return this.#pairs.size;
  }

  *files(): Generator<readonly [string, readonly Pair[]], void> {
    yield* this.#pairs;
  }
}

/** What does not fit together; said when all files have been read. */
export class Findings {
  /** Offset that an index names, offset in the log. */
  readonly indexMismatches = new PairsByFile();
  /** Timestamp that an index names, timestamp in the log. */
  readonly timestampMismatches = new PairsByFile();
  /** Timestamp of an entry, the one before it. */
  readonly outOfOrder = new PairsByFile();
  /** Offset that a time index names, where the batch ends that would hold it (-1: there is none). */
  readonly notFound = new PairsByFile();
  /** An offset and the one that follows it. */
  readonly gaps = new PairsByFile();

  /** Newest first where Kafka's tool says so. */
  *lines(): Generator<DumpLine, void> {
    for (const [file, pairs] of this.indexMismatches.files()) {
      yield err(`Mismatches in :${file}`);
      for (const [index, log] of pairs.toReversed()) yield err(`  Index offset: ${index}, log offset: ${log}`);
    }
    for (const [file, pairs] of this.timestampMismatches.files()) {
      yield err(`Found timestamp mismatch in :${file}`);
      for (const [index, log] of pairs) yield err(`  Index timestamp: ${index}, log timestamp: ${log}`);
    }
    for (const [file, pairs] of this.outOfOrder.files()) {
      yield err(`Found out of order timestamp in :${file}`);
      for (const [index, before] of pairs) {
        yield err(`  Index timestamp: ${index}, Previously indexed timestamp: ${before}`);
      }
    }
    for (const [, pairs] of this.notFound.files()) {
      yield err("The following indexed offsets are not found in the log.");
      for (const [index, log] of pairs) yield err(`Indexed offset: ${index}, found log offset: ${log}`);
    }
    for (const [file, pairs] of this.gaps.files()) {
      yield err(`Non-consecutive offsets in ${file}`);
      for (const [first, second] of pairs.toReversed()) yield err(`  ${first} is followed by ${second}`);
    }
  }
}
