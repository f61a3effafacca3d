import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import {
  CorruptBatchError,
  HEADER_BYTES,
  LOG_OVERHEAD_BYTES,
  readBatchHeader,
  type BatchHeader,
} from "@moldau/record-batch";

/** A batch and where it lies in its file. `bytes` holds exactly the batch. */
export interface FileBatch {
  readonly header: BatchHeader;
  readonly position: number;
  readonly bytes: Uint8Array;
}

const READ_BYTES = 1024 * 1024;
/** Below it a length field cannot be one: the smallest record that a log ever held. */
const RECORD_BYTES_MIN = 14;
const MAGIC_AT = 16;

/**
 * Reads the batches of a `.log` or `.checkpoint` file one after the other, from its beginning or from the position where
 * an index says that one begins. Ends before the first that is not whole. Nothing is written, nothing is locked.
 */
export class BatchFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly #descriptor: number;
  #window = Buffer.alloc(0);
  #windowAt = 0;

  constructor(path: string) {
    this.path = path;
    this.#descriptor = openSync(path, "r");
    this.sizeBytes = fstatSync(this.#descriptor).size;
  }

  /**
   * The whole batches in bytes [from, to).
   * @throws CorruptBatchError where the bytes are no batch of message format 2; the message names the place.
   */
  *batches(from = 0, to = this.sizeBytes): Generator<FileBatch, void> {
    const end = Math.min(to, this.sizeBytes);
    for (let position = from; end - position >= MAGIC_AT + 1;) {
      const start = this.#bytes(position, Math.min(HEADER_BYTES, end - position));
      const length = start.readInt32BE(8);
      if (length < RECORD_BYTES_MIN) {
        throw new CorruptBatchError(
          `Found record size ${length} smaller than minimum record overhead (${RECORD_BYTES_MIN}) in file ${this.path}.`,
        );
      }
      const sizeBytes = length + LOG_OVERHEAD_BYTES;
      if (sizeBytes > end - position) return;
      const magic = start.readInt8(MAGIC_AT);
      if (magic < 2) {
        throw new CorruptBatchError(
          `${this.path} has a batch of message format v${magic} at position ${position}; only v2 (Kafka 0.11 and later) can be read`,
        );
      }
      const bytes = this.#bytes(position, sizeBytes);
      yield { header: readBatchHeader(bytes, 0), position, bytes };
      position += sizeBytes;
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  /** A view that the next call may overwrite. */
  #bytes(position: number, length: number): Buffer {
    const at = position - this.#windowAt;
    if (at < 0 || at + length > this.#window.length) {
      const wanted = Math.min(Math.max(length, READ_BYTES), this.sizeBytes - position);
      const window = Buffer.allocUnsafe(wanted);
      let filled = 0;
      while (filled < wanted) {
        const count = readSync(this.#descriptor, window, filled, wanted - filled, position + filled);
        if (count === 0) throw new CorruptBatchError(`${this.path} became shorter while it was read`);
        filled += count;
      }
      this.#window = window;
      this.#windowAt = position;
      return window.subarray(0, length);
    }
    return this.#window.subarray(at, at + length);
  }
}
