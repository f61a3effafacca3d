import { CliError } from "./errors";

/** Kafka's socket.request.max.bytes: no broker takes a record above it, so a longer line is not worth the memory. */
export const lineBytesMax = 104_857_600;

/**
 * Pieces between delimiters, byte for byte; the last one may lack its delimiter, and an empty end is no piece. Pieces are
 * views of the chunks where one chunk holds them. Memory: one chunk and one piece. Where the input was interrupted, what
 * it had of its last piece is dropped: half a line is not what anybody meant to send.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  delimiter: Uint8Array,
  options: { maxBytes?: number; interrupted?: AbortSignal } = {},
): AsyncGenerator<Uint8Array> {
  const { maxBytes = lineBytesMax } = options;
  // A delimiter may straddle chunks: what follows the last complete one is carried, in parts, and joined once.
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  let number = 1;
  for await (const bytes of chunks) {
    let chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const overlap = Math.min(delimiter.length - 1, carriedBytes);
    if (overlap > 0) {
      const tail = Buffer.concat(carried);
      carried = [tail.subarray(0, tail.length - overlap)];
      carriedBytes = tail.length - overlap;
      chunk = Buffer.concat([tail.subarray(tail.length - overlap), chunk]);
    }
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(delimiter, from);
      if (end < 0) break;
      const piece = chunk.subarray(from, end);
      yield carriedBytes > 0 ? Buffer.concat([...carried, piece]) : piece;
      carried = [];
      carriedBytes = 0;
      number++;
      from = end + delimiter.length;
    }
    if (from < chunk.length) {
      carried.push(chunk.subarray(from));
      carriedBytes += chunk.length - from;
    }
    if (carriedBytes > maxBytes) {
      throw new CliError(
        `line ${number} is longer than ${maxBytes} bytes, more than a broker takes; was another delimiter meant (-D)?`,
      );
    }
  }
  if (carriedBytes > 0 && !options.interrupted?.aborted) yield Buffer.concat(carried);
}
