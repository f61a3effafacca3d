import { assert, KafkaError, type KafkaErrorCode } from "@moldau/base";
import {
  batchSizeAt,
  Codec,
  compressionCodec,
  hasDeleteHorizon,
  isControl,
  isLogAppendTime,
  isTransactional,
  Layout,
  NO_TIMESTAMP,
  readBatchHeader,
  type BatchHeader,
} from "./batch-header";
import { CorruptBatchError } from "./corrupt-batch-error";
import { computeBatchCrc } from "./crc32c";
import { cursorOf, DEFAULT_MAX_DECOMPRESSED_BYTES, type Decompress } from "./read-records";

/** What a topic and a request allow. Times in milliseconds. */
export interface AppendRules {
  /** Version of the Produce request; zstd needs 7. Left out for appends that no client made. */
  produceVersion?: number;
  /** `max.message.bytes`, measured on the whole batch as it came, compressed. */
  maxMessageBytes: number;
  /** Whether `cleanup.policy` has compact: then every record needs a key, and a compressed batch is decompressed. */
  compacted: boolean;
  /** `message.timestamp.type` is LogAppendTime: what the client wrote as time is not looked at. */
  logAppendTime: boolean;
  /** `message.timestamp.before.max.ms`; Infinity or Long.MAX for no bound. */
  timestampBeforeMaxMs: number;
  /** `message.timestamp.after.max.ms`. */
  timestampAfterMaxMs: number;
  nowMs: number;
  /**
   * True for coordinators and brokers, which write markers, and producers' batches without a sequence; a client's are refused.
   */
  allowControl?: boolean;
  /** Needed for compacted topics. */
  decompress?: Decompress;
  /** The most that a batch may decompress to, where it has to be. */
  maxDecompressedBytes?: number;
}

/** One refused record, for Produce v8+. */
export interface RecordError {
  batchIndex: number;
  message: string;
}

export type AppendVerdict =
  /** `maxTimestamp` is there where the header states a wrong one: hand it to patchBatch, as Kafka puts it right. */
  | { ok: true; header: BatchHeader; maxTimestamp?: number }
  | { ok: false; error: KafkaErrorCode; message: string; recordErrors: RecordError[] };

/** As many refused records as an answer names; a hostile batch must not make it grow with its record count. */
const RECORD_ERRORS_MAX = 100;

/**
 * Decides whether one partition's produce payload may be appended as it is. Never copies or changes a byte.
 *
 * From the header alone: exactly one whole v2 batch and nothing behind it; base offset 0; size; CRC; record count against
 * last offset delta; no control batch; producer id, epoch and sequence fit together; codec known and allowed by the
 * request's version; not a client's LogAppendTime; base and max timestamp within bounds.
 * Uncompressed records are walked, fields skipped and not read: lengths, record count, offset deltas 0, 1, 2 …, each
 * timestamp, and keys for a compacted topic.
 * Compressed records are decompressed for one rule only, keys of a compacted topic, and then walked alike. Kafka always
 * decompresses; here a compressed batch on other topics is taken by its header: a client that lies about its inside (a
 * timestamp that the header does not show, an offset delta out of line) fools only the readers of its own records, and
 * time lookups on them.
 *
 * Errors: INVALID_RECORD (rule broken, no or several batches, magic 0/1), CORRUPT_MESSAGE (CRC, lengths), MESSAGE_TOO_LARGE,
 * INVALID_TIMESTAMP, UNSUPPORTED_COMPRESSION_TYPE.
 * Source: ProduceRequest.validateRecords, UnifiedLog.analyzeAndValidateRecords, LogValidator (4.0); KIP-467, KIP-937.
 */
export function validateForAppend(bytes: Uint8Array, rules: AppendRules): AppendVerdict {
  if (bytes.length <= Layout.magic)
    return refuse(KafkaError.INVALID_RECORD, "a partition's records must be one record batch");
  const magic = (bytes[Layout.magic]! << 24) >> 24;
  if (magic === 0 || magic === 1) {
    return refuse(
      KafkaError.INVALID_RECORD,
      `records have message format ${magic}; Produce v3 and above carries format 2 only`,
    );
  }
  const sizeBytes = batchSizeAt(bytes, 0);
  if (magic !== 2 || sizeBytes === undefined) {
    return refuse(KafkaError.CORRUPT_MESSAGE, `no record batch: magic ${magic}, ${bytes.length} bytes`);
  }
  if (sizeBytes > bytes.length) {
    return refuse(KafkaError.INVALID_RECORD, `the batch takes ${sizeBytes} bytes and ${bytes.length} came`);
  }
  if (sizeBytes < bytes.length) {
    return refuse(
      KafkaError.INVALID_RECORD,
      `a partition's records must be exactly one batch: ${bytes.length - sizeBytes} bytes follow it`,
    );
  }
  if (sizeBytes > rules.maxMessageBytes) {
    return refuse(
      KafkaError.MESSAGE_TOO_LARGE,
      `the batch takes ${sizeBytes} bytes; max.message.bytes is ${rules.maxMessageBytes}`,
    );
  }
  let header: BatchHeader;
  try {
    header = readBatchHeader(bytes, 0);
  } catch (error) {
    if (error instanceof CorruptBatchError) return refuse(KafkaError.CORRUPT_MESSAGE, error.message);
    throw error;
  }
  const crc = computeBatchCrc(bytes, 0, header);
  if (crc !== header.crc) {
    return refuse(KafkaError.CORRUPT_MESSAGE, `the batch is corrupt: its CRC says ${header.crc}, its content ${crc}`);
  }
  return checkHeader(header, rules) ?? checkInside(bytes, header, rules);
}

function checkHeader(header: BatchHeader, rules: AppendRules): AppendVerdict | undefined {
  const { attributes, recordCount, lastOffsetDelta } = header;
  const invalid = (message: string): AppendVerdict => refuse(KafkaError.INVALID_RECORD, message);
  if (header.baseOffset !== 0) return invalid(`base offset ${header.baseOffset}; a producer's batch starts at 0`);
  if (recordCount <= 0) return invalid(`record count ${recordCount}`);
  if (lastOffsetDelta !== recordCount - 1) {
    return invalid(`${recordCount} records, but the last offset delta is ${lastOffsetDelta}`);
  }
  const control = isControl(attributes);
  if (control && !rules.allowControl) return invalid("clients may not write control records");
  if (hasDeleteHorizon(attributes)) return invalid("a delete horizon is the log cleaner's to set");

  const idempotent = header.producerId >= 0;
  if (!idempotent && isTransactional(attributes)) return invalid("a transactional batch without a producer id");
  if (idempotent && header.producerEpoch < 0) return invalid(`producer epoch ${header.producerEpoch}`);
  if (idempotent && header.baseSequence < 0 && !control && !rules.allowControl) {
    return invalid(`sequence ${header.baseSequence} of producer ${header.producerId} (epoch ${header.producerEpoch})`);
  }

  const codec = compressionCodec(attributes);
  if (codec > Codec.zstd)
    return refuse(KafkaError.UNSUPPORTED_COMPRESSION_TYPE, `compression codec ${codec} is unknown`);
  if (codec === Codec.zstd && (rules.produceVersion ?? Infinity) < 7) {
    return refuse(
      KafkaError.UNSUPPORTED_COMPRESSION_TYPE,
      `zstd needs Produce v7; the request is v${rules.produceVersion}`,
    );
  }

  if (isLogAppendTime(attributes) && !rules.allowControl) {
    return refuse(KafkaError.INVALID_TIMESTAMP, "a producer may not set the timestamp type to LogAppendTime");
  }
  if (rules.logAppendTime || control) return undefined;
  if (!Number.isSafeInteger(header.baseTimestamp)) {
    return refuse(KafkaError.INVALID_TIMESTAMP, `base timestamp ${header.baseTimestamp} is beyond 2^53`);
  }
  if (outOfBounds(header.maxTimestamp, rules) || outOfBounds(header.baseTimestamp, rules)) {
    // Which of the records: the walk over an uncompressed batch tells, so leave it to that where it will happen.
    if (codec === Codec.none) return undefined;
    return refuse(KafkaError.INVALID_TIMESTAMP, timestampMessage(header.maxTimestamp, rules));
  }
  return undefined;
}

function checkInside(bytes: Uint8Array, header: BatchHeader, rules: AppendRules): AppendVerdict {
  const control = isControl(header.attributes);
  const needsKeys = rules.compacted && !control;
  if (compressionCodec(header.attributes) !== Codec.none && !needsKeys) return { ok: true, header };
  assert(
    compressionCodec(header.attributes) === Codec.none || rules.decompress,
    "a compacted topic needs a decompressor",
  );
  const checkTimes = !rules.logAppendTime && !control;

  let recordErrors: RecordError[] | undefined;
  let error: KafkaErrorCode = KafkaError.NONE;
  let refused = 0;
  let maxTimestamp = NO_TIMESTAMP;
  try {
    const cursor = cursorOf(
      bytes,
      0,
      { decompress: rules.decompress, maxBytes: rules.maxDecompressedBytes ?? DEFAULT_MAX_DECOMPRESSED_BYTES },
      header,
    );
    while (cursor.next()) {
      if (cursor.offsetDelta !== cursor.index) {
        return refuse(KafkaError.INVALID_RECORD, `record ${cursor.index} has offset delta ${cursor.offsetDelta}`);
      }
      const timestamp = header.baseTimestamp + cursor.timestampDelta;
      if (timestamp > maxTimestamp) maxTimestamp = timestamp;
      const keyless = needsKeys && cursor.keyLength < 0;
      if (!keyless && !(checkTimes && outOfBounds(timestamp, rules))) continue;
      // As Kafka does, the first refused record decides which error the batch gets.
      if (refused++ === 0) error = keyless ? KafkaError.INVALID_RECORD : KafkaError.INVALID_TIMESTAMP;
      recordErrors ??= [];
      if (recordErrors.length < RECORD_ERRORS_MAX) {
        recordErrors.push({
          batchIndex: cursor.index,
          message: keyless ? "a compacted topic takes no record without a key" : timestampMessage(timestamp, rules),
        });
      }
    }
  } catch (failure) {
    // A decompressor may tell data that is too large from data that is corrupt: its error then carries Kafka's code.
    const tooLarge = (failure as { code?: unknown }).code === KafkaError.MESSAGE_TOO_LARGE;
    const message = failure instanceof Error ? failure.message : String(failure);
    return refuse(tooLarge ? KafkaError.MESSAGE_TOO_LARGE : KafkaError.CORRUPT_MESSAGE, message);
  }
  if (recordErrors) {
    const reason = error === KafkaError.INVALID_TIMESTAMP ? "their timestamps" : recordErrors[0]!.message;
    return {
      ok: false,
      error,
      message: `${refused} of ${header.recordCount} records refused: ${reason}`,
      recordErrors,
    };
  }
  const misstated = !rules.logAppendTime && maxTimestamp !== header.maxTimestamp;
  return misstated ? { ok: true, header, maxTimestamp } : { ok: true, header };
}

function outOfBounds(timestamp: number, rules: AppendRules): boolean {
  if (timestamp === NO_TIMESTAMP) return false;
  if (!Number.isSafeInteger(timestamp) || timestamp < NO_TIMESTAMP) return true;
  return rules.nowMs - timestamp > rules.timestampBeforeMaxMs || timestamp - rules.nowMs > rules.timestampAfterMaxMs;
}

function timestampMessage(timestamp: number, rules: AppendRules): string {
  const from = rules.nowMs - rules.timestampBeforeMaxMs;
  return `timestamp ${timestamp} is out of range; the topic takes ${from < 0 ? 0 : from} to ${rules.nowMs + rules.timestampAfterMaxMs}`;
}

function refuse(error: KafkaErrorCode, message: string): AppendVerdict {
  return { ok: false, error, message, recordErrors: [] };
}
