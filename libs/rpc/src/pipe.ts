import { codecs, type FrameHead, type FrameKind, type Outgoing } from "@moldau/contracts";

/**
 * What both ends of a pipe share. A pipe is one long-lived bidirectional stream that carries the calls of one process to
 * one service of another as frames.
 *
 *   caller                             answerer
 *   HELLO window for replies   ->      HELLO window for requests, of each method
 *   REQUEST id method payload  ->      called in the order of arrival
 *                              <-      REPLY id payload | ERROR id text, in any order
 *   CANCEL id                  ->      the call's signal aborts; it is still answered, by an empty ERROR
 *   CREDIT bytes               ->      what the caller took of the replies
 *   PING                       ->      where one direction has been quiet for half a second
 *                              <-      PONG, at once
 *
 * Memory is bounded both ways. Requests: each method is a lane of its own, in order, and has at most a window (and one
 * message) unanswered, so that a follower's reads never wait behind the appends that wait for those reads; the answer
 * gives the room back, no frame is spent on it. Replies: the answerer sends a window (and one message) beyond what CREDIT
 * returned, and takes up no request while a window of replies waits. A HELLO with a window of zero says that the answerer
 * is about to go: nothing more is sent, what is under way is answered.
 *
 * Silence. Both ends count the ticks in which nothing came. The caller pings, so neither end is ever quiet while both live:
 * quiet for longer than the pings allow means that the process over there stands still, or that the way to it is cut.
 * Ticks are counted, not milliseconds: an end that stood still itself finds one tick late, not a dozen without word, and
 * what came meanwhile is read before the next one.
 */

/** How often the owner of a pipe's end calls its `tick`. Unit: ms. */
export const TICK_MS = 250;
/** A direction that was quiet for so many ticks is pinged: half a second. */
export const PING_TICKS = 2;
/** An end that heard nothing for so many ticks calls its peer silent: 1 s, of which a ping takes half. */
export const SILENT_TICKS = 4;

/** One end's way to the other; the transport calls `receive` and `closed` on its end. */
export interface PipeTransport {
  /** Sends it; its message must not change until the frame has left. Calls `copied` when its bytes are looked at no more; perhaps not where the stream breaks before. */
  send(frame: Outgoing, copied?: () => void): void;
  /** Nobody looks any more at a frame that was received, nor at views of it. */
  giveBack?(frame: Uint8Array): void;
  /** Ends the stream; `closed` is not called for it. */
  close(): void;
}

/** How much of one direction may be under way. */
export const PIPE_WINDOW_BYTES = 16 * 1024 * 1024;

/** What a frame counts beyond its bytes, so that a window bounds the number of small calls as well. */
const CALL_OVERHEAD_BYTES = 256;

export function frameCost(frame: { readonly length: number }): number {
  return frame.length + CALL_OVERHEAD_BYTES;
}

const nothing = new Uint8Array(0);

/** A frame that carries no message. */
export function controlFrame(
  kind: FrameKind,
  fields: { correlationId?: number; creditBytes?: number; error?: string },
): Outgoing {
  const { correlationId = 0, creditBytes = 0, error = "" } = fields;
  const none = { method: "", deadlineMs: 0, traceparent: "", payload: nothing };
  return codecs.Frame.prepare({ correlationId, kind, creditBytes, error, ...none });
}

/** What stands around a message; every field is there, in one order, so that the encoder sees one shape. */
export function headOf(
  kind: FrameKind,
  correlationId: number,
  method = "",
  deadlineMs = 0,
  traceparent = "",
): FrameHead {
  return { correlationId, kind, method, deadlineMs, traceparent, creditBytes: 0, error: "" };
}
