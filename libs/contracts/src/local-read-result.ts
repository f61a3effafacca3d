import type { FileRange } from "@moldau/base";
import type { ReadResult } from "./generated/moldau/v1/broker";

/**
 * What a partition's leader answers to a caller in its own process that takes files (`CallContext.takesFiles`): the records may lie
 * in a file still. The file stays open, and the range as it is, until the caller gives back what was lent to it.
 */
export interface LocalReadResult extends ReadResult {
  /** Instead of `records`, which are empty then. */
  recordsInFile?: FileRange;
}
