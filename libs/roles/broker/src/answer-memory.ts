import type { CallContext } from "@moldau/rpc";
import type { ReadResult } from "@moldau/segment-store";

/** What answers to consumers may hold of memory before each gets less. Unit: bytes. */
const LIMIT_BYTES = 48 * 1024 * 1024;
/** What each gets however many there are: a few batches. A single larger batch is always given whole (rule 14). */
const LEAST_BYTES = 64 * 1024;
/** One answer takes no more than this part of what is left, so that there is something for the next ones. */
const PART = 4;

/**
 * The bytes that were read for answers and have not left yet. Consumers say how much they take at once (50 MB by default) and how
 * fast, and are many: where their answers together hold much, the next ones are shorter, and each still gets its turn.
 */
export class AnswerMemory {
  #lentBytes = 0;

  get lentBytes(): number {
    return this.#lentBytes;
  }

  /** The most that the next answer may hold. Unit: bytes. */
  share(): number {
    return Math.max(LEAST_BYTES, Math.floor((LIMIT_BYTES - this.#lentBytes) / PART));
  }

  /** Counts what was read until the caller gives it back; a caller that keeps it is not counted, nor what lies in a file still. */
  lend(call: CallContext, { sizeBytes, release, inFile }: ReadResult): void {
    if (call.lend === undefined || sizeBytes === 0) return;
    if (inFile !== undefined) return call.lend(release);
    this.#lentBytes += sizeBytes;
    call.lend(() => {
      this.#lentBytes -= sizeBytes;
      release();
    });
  }
}
