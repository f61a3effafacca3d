import type { RecordPrinter } from "./record-printers";

/** What to show, after defaults. Names and meanings are those of Kafka's kafka-dump-log. */
export interface DumpOptions {
  readonly files: readonly string[];
  readonly printDataLog: boolean;
  readonly deepIteration: boolean;
  readonly verifyIndexOnly: boolean;
  readonly indexSanityCheck: boolean;
  readonly skipRecordMetadata: boolean;
  /** The largest batch that an index may point to. Unit: bytes. */
  readonly maxMessageSize: number;
  /** How much of each log is read; `MAX_BYTES` is all of it. */
  readonly maxBytes: number;
  readonly printer: RecordPrinter;
}

/** Java's largest int: no limit. */
export const MAX_BYTES = 2 ** 31 - 1;
/** Kafka's default for --max-message-size. */
export const MAX_MESSAGE_BYTES = 5 * 1024 * 1024;
