import type { Piece } from "@moldau/base";
import { apis, chunksOf, Reader, readResponseHeader, writeResponseHeader, Writer } from "@moldau/protocol";
import type { Answer, Call } from "./call";

/** The throttle time that an answer carries; 0 where its version has no place for one. Unit: ms. */
export function throttleTimeIn(call: Call, answer: readonly Piece[]): number {
  const { response } = decode(call, answer);
  return response?.throttleTimeMs ?? 0;
}

/**
 * An answer with another throttle time; the same answer where its API or version has no place for one. It is read and written
 * again: that is rare, and the next request of this client is not soon.
 */
export function withThrottleTime(call: Call, answer: Answer, throttleTimeMs: number): Answer {
  if (answer === null || throttleTimeMs === 0) return answer;
  const { response, header } = decode(call, answer);
  if (response?.throttleTimeMs === undefined) return answer;
  const writer = new Writer();
  writeResponseHeader(writer, call.apiKey, call.version, header);
  apis.get(call.apiKey)!.writeResponse(writer, { ...response, throttleTimeMs }, call.version);
  return writer.chunks();
}

/** Who fetches is throttled otherwise, so nothing of it lies in files. */
function decode(call: Call, answer: readonly Piece[]) {
  const chunks = chunksOf(answer);
  const reader = new Reader(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
  const header = readResponseHeader(reader, call.apiKey, call.version);
  const response = apis.get(call.apiKey)?.readResponse(reader, call.version);
  return { header, response: response as { throttleTimeMs?: number } | undefined };
}
