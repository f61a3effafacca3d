import { CorruptBatchError } from "./corrupt-batch-error";
import { isLogAppendTime, type BatchHeader } from "./batch-header";

/** One header of a record. The value is a view. */
export interface RecordHeader {
  key: string;
  value: Uint8Array | null;
}

/**
 * Walks the records of one batch without allocating: `next()` moves on and sets the fields. Everything a client wrote is
 * checked against the bounds of the record and of the batch; a contradiction throws CorruptBatchError.
 * Source: org.apache.kafka.common.record.DefaultRecord.
 */
export class RecordCursor {
  /** Of the current record. */
  offsetDelta = 0;
  timestampDelta = 0;
  /** -1 for a null key; the key is `bytes[keyStart, keyStart + keyLength)`. */
  keyLength = -1;
  keyStart = 0;
  valueLength = -1;
  valueStart = 0;
  headerCount = 0;
  /**
   * `bytes[tailStart, recordEnd)` is what follows the offset delta: key, value and headers with their lengths. It stays the
   * same wherever the record goes, so that whoever rewrites a batch copies it whole.
   */
  tailStart = 0;
  recordEnd: number;
  /** Index of the current record in its batch; -1 before the first. */
  index = -1;

  private at: number;
  private headersStart = 0;
  private readonly logAppendTime: boolean;

  /**
   * `bytes[start, end)` holds the batch's records, decompressed. `recordCount` records are expected and checked:
   * fewer or more bytes than they take is an error.
   */
  constructor(
    readonly header: BatchHeader,
    readonly bytes: Uint8Array,
    start: number,
    private readonly end: number,
  ) {
    this.at = start;
    this.recordEnd = start;
    this.logAppendTime = isLogAppendTime(header.attributes);
    if (header.recordCount < 0) throw new CorruptBatchError(`record count ${header.recordCount} is negative`);
  }

  /** Moves to the next record; false behind the last one. Keys, values and headers are not touched. */
  next(): boolean {
    const index = this.index + 1;
    this.at = this.recordEnd;
    if (index >= this.header.recordCount) {
      if (this.at !== this.end) {
        throw new CorruptBatchError(`${this.end - this.at} bytes are left behind the last of ${index} records`);
      }
      return false;
    }
    this.recordEnd = this.end;
    const length = this.varint();
    if (length < 0 || length > this.end - this.at) {
      throw new CorruptBatchError(`record ${index} claims ${length} bytes, ${this.end - this.at} are left`);
    }
    this.recordEnd = this.at + length;
    this.at++; // attributes of a record: unused
    this.timestampDelta = this.varlong();
    this.offsetDelta = this.varint();
    this.tailStart = this.at;
    this.keyLength = this.varint();
    this.keyStart = this.at;
    if (this.keyLength > 0) this.skip(this.keyLength);
    this.valueLength = this.varint();
    this.valueStart = this.at;
    if (this.valueLength > 0) this.skip(this.valueLength);
    this.headerCount = this.varint();
    this.headersStart = this.at;
    if (this.at > this.recordEnd || this.headerCount < 0 || this.headerCount > this.recordEnd - this.at) {
      throw new CorruptBatchError(
        `record ${index} claims ${this.headerCount} headers in ${this.recordEnd - this.at} bytes`,
      );
    }
    if (this.headerCount === 0 && this.at !== this.recordEnd) {
      throw new CorruptBatchError(`record ${index} ends ${this.recordEnd - this.at} bytes before its length says`);
    }
    this.index = index;
    return true;
  }

  get offset(): number {
    return this.header.baseOffset + this.offsetDelta;
  }

  /** Milliseconds; the batch's append time where the topic uses LogAppendTime. */
  get timestamp(): number {
    return this.logAppendTime ? this.header.maxTimestamp : this.header.baseTimestamp + this.timestampDelta;
  }

  /** A view of the key. */
  key(): Uint8Array | null {
    return this.keyLength < 0 ? null : this.bytes.subarray(this.keyStart, this.keyStart + this.keyLength);
  }

  /** A view of the value. */
  value(): Uint8Array | null {
    return this.valueLength < 0 ? null : this.bytes.subarray(this.valueStart, this.valueStart + this.valueLength);
  }

  headers(): RecordHeader[] {
    if (this.headerCount === 0) return [];
    const headers: RecordHeader[] = [];
    this.at = this.headersStart;
    for (let i = 0; i < this.headerCount; i++) {
      const keyLength = this.varint();
      if (keyLength < 0) throw new CorruptBatchError(`record ${this.index} has a header without a key`);
      const keyStart = this.at;
      this.skip(keyLength);
      const valueLength = this.varint();
      const valueStart = this.at;
      if (valueLength > 0) this.skip(valueLength);
      headers.push({
        key: utf8(this.bytes, keyStart, keyLength),
        value: valueLength < 0 ? null : this.bytes.subarray(valueStart, valueStart + valueLength),
      });
    }
    if (this.at !== this.recordEnd) {
      throw new CorruptBatchError(
        `record ${this.index}: ${this.recordEnd - this.at} bytes are left behind its headers`,
      );
    }
    return headers;
  }

  private skip(length: number): void {
    if (length > this.recordEnd - this.at) {
      throw new CorruptBatchError(
        `record ${this.index + 1}: a field of ${length} bytes in ${this.recordEnd - this.at}`,
      );
    }
    this.at += length;
  }

  private varint(): number {
    const { bytes, recordEnd } = this;
    let at = this.at;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (at >= recordEnd) break;
      const byte = bytes[at++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.at = at;
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new CorruptBatchError(`record ${this.index + 1}: a varint does not end`);
  }

  /** Up to 64 bits; beyond 2^53 the nearest double. */
  private varlong(): number {
    const { bytes, recordEnd } = this;
    const start = this.at;
    // Up to four bytes (28 bits) stay in integer arithmetic.
    let at = start;
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      if (at >= recordEnd) throw new CorruptBatchError(`record ${this.index + 1}: a varint does not end`);
      const byte = bytes[at++]!;
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.at = at;
        return (low >>> 1) ^ -(low & 1);
      }
    }
    let value = low;
    let scale = 0x1000_0000;
    for (let i = 4; i < 10 && at < recordEnd; i++) {
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) {
        this.at = at;
        return low & 1 ? -(value - 1) / 2 - 1 : value / 2;
      }
    }
    throw new CorruptBatchError(`record ${this.index + 1}: a varint does not end`);
  }
}

function utf8(bytes: Uint8Array, start: number, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString("utf8");
}
