import type { NodeId, Piece } from "@moldau/base";
import type { ExchangeMemory } from "@moldau/net";
import { ProtocolError, Reader, Writer, writeResponseHeader } from "@moldau/protocol";
import type { Door, Doors } from "./advertise";
import type { Gateway } from "./gateway";

/** One request of a client, from the moment its header was read until its answer is queued. */
export interface Call {
  readonly apiKey: number;
  readonly version: number;
  readonly correlationId: number;
  readonly clientId: string | null;
  /** The request body; a view of the frame, valid until the answer where `memory.frameIsFree` is called, else for as long as one likes. */
  readonly body: Uint8Array;
  /** Name of the authenticated principal. */
  readonly user: string;
  readonly clientHost: string;
  /** One object a connection. */
  readonly client: ClientInformation;
  readonly listener: string;
  /** The node this connection's port stands for; undefined on a bootstrap port. */
  readonly targetNode: NodeId | undefined;
  /** W3C trace context of this request's span; empty where it is not sampled. */
  readonly traceparent: string;
  /** Aborted when the client's connection is gone. */
  readonly signal: AbortSignal;
  /** What the request and its answer lie in; who knows when that is free says so. */
  readonly memory: ExchangeMemory;
  /** The client's connection, for who has to be quiet. */
  readonly channel: Channel;
  /** Time that was worked on it before the first wait; 0 while nobody asks. Unit: ms. */
  workMs: number;
}

/** A client's connection as far as quotas go. */
export interface Channel {
  /** Takes up no request for so long; answers still leave. */
  mute(ms: number): void;
}

/** The program at the other end of a connection. */
export interface ClientInformation {
  readonly port: number;
  /** As ApiVersions 3 and later tell it; undefined before. */
  softwareName?: string;
  softwareVersion?: string;
}

/** The pieces of a response frame; null where the protocol has no answer (acks=0). */
export type Answer = Piece[] | null;

/** One API. A rejection closes the client's connection, so handlers turn what can go wrong into error codes. */
export type Handler = (call: Call, gateway: Gateway) => Promise<Answer> | Answer;

/** A request that ends its connection; the message says why, for the log. */
export class CloseConnection extends Error {
  override name = "CloseConnection";
}

/**
 * Reads the request body of a call with the codec of its API.
 * @throws CloseConnection for a malformed one
 */
export function decode<T>(call: Call, read: (reader: Reader, version: number) => T): T {
  try {
    return read(new Reader(call.body), call.version);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new CloseConnection(`malformed request, API key ${call.apiKey} version ${call.version}: ${error.message}`);
  }
}

type Write<T> = (writer: Writer, message: T, version: number) => void;

/** Builds the answer to a call: response header, then the message. */
export function answer<T>(call: Call, write: Write<T>, message: T): Uint8Array[] {
  return written(call, write, message).chunks();
}

/** The same where parts of the message may lie in files. */
export function answerWithFiles<T>(call: Call, write: Write<T>, message: T): Piece[] {
  return written(call, write, message).pieces();
}

function written<T>(call: Call, write: Write<T>, message: T): Writer {
  const writer = new Writer();
  writeResponseHeader(writer, call.apiKey, call.version, { correlationId: call.correlationId });
  write(writer, message, call.version);
  return writer;
}

/** Puts a response header before a body that another role has already written in the client's version. */
export function relay(call: Call, body: Uint8Array): Uint8Array[] {
  const writer = new Writer();
  writeResponseHeader(writer, call.apiKey, call.version, { correlationId: call.correlationId });
  return [...writer.chunks(), body];
}

/** The endpoints that leader hints name (KIP-951), each node once. */
export function nodeEndpoints(nodeIds: Iterable<NodeId>, doors: Doors): Door[] {
  return [...new Set(nodeIds)].flatMap((nodeId) => doors.of(nodeId) ?? []);
}
