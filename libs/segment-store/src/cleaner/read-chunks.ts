import { KafkaError } from "@moldau/base";
import { batchSizeAt, HEADER_BYTES } from "@moldau/record-batch";
import type { Environment } from "../environment";
import type { Segment } from "../segment";
import { StorageError } from "../storage-error";

/**
 * Reads a segment in pieces of whole batches, `chunkBytes` at a time; a single batch may be larger. The piece is the visitor's
 * until its promise settles; false ends it. Throws a StorageError CORRUPT_MESSAGE where no batch is to be found.
 */
export async function readChunks(
  environment: Environment,
  segment: Segment,
  range: { from: number; to: number; chunkBytes: number },
  visit: (chunk: Uint8Array, filePosition: number) => Promise<boolean>,
): Promise<void> {
  const { buffers, files, disk } = environment;
  if (range.from >= range.to) return;
  const file = await files.acquire(segment.logPath);
  let buffer = buffers.take(Math.max(HEADER_BYTES, Math.min(range.chunkBytes, range.to - range.from)));
  try {
    for (let position = range.from; position < range.to;) {
      const left = range.to - position;
      const wanted = Math.min(buffer.length, left);
      const length = await disk.read(file.descriptor, buffer.subarray(0, wanted), position);
      const whole = wholeBatches(buffer, length);
      if (whole === 0) {
        const sizeBytes = length < HEADER_BYTES ? undefined : batchSizeAt(buffer, 0);
        if (sizeBytes === undefined || sizeBytes > left || length < wanted) throw corruptAt(segment, position);
        buffers.give(buffer);
        buffer = buffers.take(sizeBytes);
        continue;
      }
      if (!(await visit(buffer.subarray(0, whole), position))) return;
      position += whole;
    }
  } finally {
    buffers.give(buffer);
    files.release(file);
  }
}

function wholeBatches(bytes: Uint8Array, length: number): number {
  let at = 0;
  while (length - at >= HEADER_BYTES) {
    const sizeBytes = batchSizeAt(bytes, at);
    if (sizeBytes === undefined || at + sizeBytes > length) break;
    at += sizeBytes;
  }
  return at;
}

/** Something in a segment that is no sound batch; the cleaner leaves that log alone. */
export function corruptAt(segment: Segment, position: number, cause?: unknown): StorageError {
  const why = cause instanceof Error ? `: ${cause.message}` : "";
  const message = `${segment.logPath} holds no sound batch at byte ${position}${why}; the log is not compacted any more`;
  return new StorageError(KafkaError.CORRUPT_MESSAGE, segment.logPath, message, cause);
}
