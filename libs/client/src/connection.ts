// One socket to one node: versions negotiated when it opens, requests answered in the order they were sent.
// States: opening → open → closed. Whatever goes wrong closes it, and everything that waits is told why.
// A node that says how long it will not listen (throttle_time_ms) is sent nothing for as long.
import { connect, type Socket } from "node:net";
import { KafkaError } from "@moldau/base";
import { framed, FrameReader } from "@moldau/net";
import { type ApiVersionsResponse, Reader, readResponseHeader, writeRequestHeader, Writer } from "@moldau/protocol";
import { type Call, calls, messageFor, type RequestFor } from "./calls";
import { KafkaClientError } from "./client-error";
import { Quiet } from "./quiet";
import { Traffic } from "./traffic";

/** Longest answer taken. A fetch answers with its byte limit or one batch, whichever is more. */
const ANSWER_BYTES_MAX = 128 * 1024 * 1024;
const CONNECT_MS = 10_000;
const SOFTWARE_NAME = "moldau-client";
const SOFTWARE_VERSION = "0.1.0";

export interface ConnectionOptions {
  host: string;
  port: number;
  clientId: string;
  /** Milliseconds until the connection must be usable; 10 s. */
  connectMs?: number;
  /** Where it is counted what goes over it. */
  traffic?: Traffic;
}

interface Waiting {
  correlationId: number;
  apiKey: number;
  version: number;
  timer: NodeJS.Timeout;
  take(reader: Reader): void;
  fail(error: Error): void;
}

export class Connection {
  /** What the node said it can do. */
  apiVersions: ApiVersionsResponse | undefined;
  private readonly socket: Socket;
  private readonly ranges = new Map<number, { min: number; max: number }>();
  private readonly waiting: Waiting[] = [];
  private nextCorrelationId = 0;
  private closedBy: Error | undefined;
  private readonly quiet = new Quiet();
  private readonly traffic: Traffic;

  private constructor(
    private readonly options: ConnectionOptions,
    private readonly onClosed: () => void,
  ) {
    this.traffic = options.traffic ?? new Traffic();
    this.traffic.connectionsMade++;
    const reader = new FrameReader({ maxFrameBytes: ANSWER_BYTES_MAX, onFrame: (frame) => this.onFrame(frame) });
    this.socket = connect({
      host: options.host,
      port: options.port,
      noDelay: true,
      // The socket reads straight into the frame, so that a large answer is copied nowhere.
      onread: {
        buffer: () => reader.space(),
        callback: (bytes) => {
          this.traffic.bytesIn += bytes;
          try {
            reader.filled(bytes);
          } catch (error) {
            this.close(this.trouble(messageOf(error)));
          }
          return this.closedBy === undefined;
        },
      },
    });
    this.socket.on("error", (error) => this.close(this.trouble(reasonOf(error), error)));
    this.socket.on("close", () => this.close(this.trouble("the connection was closed by the other side")));
  }

  /**
   * Begins to connect; `ready` resolves when the node has said which versions it speaks, and rejects with
   * NETWORK_EXCEPTION that names the address.
   */
  static open(
    options: ConnectionOptions,
    onClosed: () => void = () => undefined,
  ): { connection: Connection; ready: Promise<Connection> } {
    const connection = new Connection(options, onClosed);
    return { connection, ready: connection.become(options.connectMs ?? CONNECT_MS) };
  }

  get closed(): boolean {
    return this.closedBy !== undefined;
  }

  get address(): string {
    return `${this.options.host}:${this.options.port}`;
  }

  /** Requests under way. */
  get pending(): number {
    return this.waiting.length;
  }

  /** Highest version that both sides speak; undefined for none. */
  versionOf<Q, S>(call: Call<Q, S>): number | undefined {
    const range = this.ranges.get(call.key);
    if (range === undefined) return undefined;
    const version = Math.min(range.max, call.max);
    return version < Math.max(range.min, call.min) ? undefined : version;
  }

  /**
   * Sends a request, as soon as the node listens, and gives its answer. Rejects with UNSUPPORTED_VERSION, REQUEST_TIMED_OUT (and
   * the connection is closed, for nothing behind it could be answered either), THROTTLING_QUOTA_EXCEEDED where the node does not
   * listen within `timeoutMs`, or NETWORK_EXCEPTION.
   */
  request<Q, S>(call: Call<Q, S>, request: RequestFor<Q>, timeoutMs: number): Promise<S> {
    const version = this.versionOf(call);
    if (version === undefined) return Promise.reject(this.unsupported(call));
    return new Promise<S>((resolve, reject) => {
      const send = () =>
        this.send(call, version, request, {
          timeoutMs,
          take: (reader) => {
            const response = call.read(reader, version);
            this.quiet.for((response as { throttleTimeMs?: number }).throttleTimeMs ?? 0);
            resolve(response);
          },
          fail: reject,
        });
      if (!this.quiet.now) send();
      else this.quiet.then({ send, fail: reject, timeoutMs, what: `${call.name} at ${this.address}` });
    });
  }

  /** Sends a request that has no answer (acks=0); resolves when the socket has taken it. */
  requestWithoutAnswer<Q, S>(call: Call<Q, S>, request: RequestFor<Q>): Promise<void> {
    const version = this.versionOf(call);
    if (version === undefined) return Promise.reject(this.unsupported(call));
    return new Promise<void>((resolve, reject) => {
      const send = () => {
        try {
          this.write(this.encode(call, version, request), (error) => {
            if (error) reject(this.closedBy ?? this.trouble(reasonOf(error)));
            else resolve();
          });
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      if (!this.quiet.now) send();
      else this.quiet.then({ send, fail: reject, timeoutMs: Infinity, what: `${call.name} at ${this.address}` });
    });
  }

  close(reason: Error = new KafkaClientError("the client was closed", KafkaError.NETWORK_EXCEPTION)): void {
    if (this.closedBy !== undefined) return;
    this.closedBy = reason;
    this.traffic.connectionsClosed++;
    this.socket.destroy();
    for (const waiting of this.waiting.splice(0)) {
      clearTimeout(waiting.timer);
      waiting.fail(reason);
    }
    this.quiet.end(reason);
    this.onClosed();
  }

  private async become(connectMs: number): Promise<Connection> {
    const timer = setTimeout(() => this.close(this.trouble(`no answer within ${connectMs} ms`)), connectMs);
    try {
      await this.negotiate(connectMs);
      return this;
    } catch (error) {
      this.close(error instanceof Error ? error : new Error(String(error)));
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private async negotiate(timeoutMs: number): Promise<void> {
    let version = calls.apiVersions.max;
    for (;;) {
      const response = await this.askVersions(version, timeoutMs);
      for (const { apiKey, minVersion, maxVersion } of response.apiKeys) {
        this.ranges.set(apiKey, { min: minVersion, max: maxVersion });
      }
      if (response.errorCode === 0) {
        this.apiVersions = response;
        return;
      }
      // A node that does not know our version answers in version 0, with the versions of this API that it knows.
      if (response.errorCode !== KafkaError.UNSUPPORTED_VERSION || version === 0) {
        throw this.trouble(`the node refuses ApiVersions with error ${response.errorCode}`);
      }
      version = Math.min(this.versionOf(calls.apiVersions) ?? 0, version - 1);
    }
  }

  private askVersions(version: number, timeoutMs: number): Promise<ApiVersionsResponse> {
    return new Promise((resolve, reject) => {
      const request =
        version >= 3 ? { clientSoftwareName: SOFTWARE_NAME, clientSoftwareVersion: SOFTWARE_VERSION } : {};
      this.send(calls.apiVersions, version, request, {
        timeoutMs,
        take: (reader) => {
          const at = reader.offset;
          const errorCode = reader.int16();
          reader.offset = at;
          const inVersion = errorCode === KafkaError.UNSUPPORTED_VERSION ? 0 : version;
          resolve(calls.apiVersions.read(reader, inVersion));
        },
        fail: reject,
      });
    });
  }

  private send<Q, S>(
    call: Call<Q, S>,
    version: number,
    request: RequestFor<Q>,
    handlers: { timeoutMs: number; take(reader: Reader): void; fail(error: Error): void },
  ): void {
    if (this.closedBy !== undefined) return handlers.fail(this.closedBy);
    const { timeoutMs, take, fail } = handlers;
    let chunks: Uint8Array[];
    const correlationId = this.nextCorrelationId;
    try {
      chunks = this.encode(call, version, request);
    } catch (error) {
      return fail(error instanceof Error ? error : new Error(String(error)));
    }
    const timer = setTimeout(() => {
      const what = `${call.name}: no answer from ${this.address} within ${timeoutMs} ms`;
      this.close(new KafkaClientError(what, KafkaError.REQUEST_TIMED_OUT));
    }, timeoutMs);
    this.waiting.push({ correlationId, apiKey: call.key, version, timer, take, fail });
    this.write(chunks);
  }

  private encode<Q, S>(call: Call<Q, S>, version: number, request: RequestFor<Q>): Uint8Array[] {
    const message = messageFor(request, version);
    const writer = new Writer();
    writeRequestHeader(writer, {
      apiKey: call.key,
      apiVersion: version,
      correlationId: this.nextCorrelationId,
      clientId: this.options.clientId,
    });
    call.write(writer, message, version);
    this.nextCorrelationId = (this.nextCorrelationId + 1) & 0x7fff_ffff;
    return framed(writer.chunks());
  }

  private write(chunks: readonly Uint8Array[], written?: (error?: Error | null) => void): void {
    this.traffic.requests++;
    for (const { length } of chunks) this.traffic.bytesOut += length;
    const last = chunks.length - 1;
    if (last > 0) this.socket.cork();
    chunks.forEach((chunk, index) => this.socket.write(chunk, index === last ? written : undefined));
    if (last > 0) this.socket.uncork();
  }

  private onFrame(frame: Uint8Array): void {
    const waiting = this.waiting.shift();
    if (waiting === undefined) return this.close(this.trouble("an answer that nobody asked for"));
    clearTimeout(waiting.timer);
    this.traffic.responses++;
    try {
      const reader = new Reader(frame);
      const { correlationId } = readResponseHeader(reader, waiting.apiKey, waiting.version);
      if (correlationId !== waiting.correlationId) {
        throw new Error(`answer ${correlationId} where ${waiting.correlationId} was due`);
      }
      waiting.take(reader);
    } catch (error) {
      const trouble = this.trouble(messageOf(error), error);
      waiting.fail(trouble);
      this.close(trouble);
    }
  }

  private unsupported<Q, S>(call: Call<Q, S>): KafkaClientError {
    const range = this.ranges.get(call.key);
    const theirs = range === undefined ? "does not offer it" : `speaks versions ${range.min} to ${range.max}`;
    const what = `${call.name}: ${this.address} ${theirs}, this client ${call.min} to ${call.max}`;
    return new KafkaClientError(what, KafkaError.UNSUPPORTED_VERSION);
  }

  private trouble(why: string, cause?: unknown): KafkaClientError {
    const what = this.apiVersions === undefined ? "cannot reach" : "lost";
    return new KafkaClientError(`${what} ${this.address}: ${why}`, KafkaError.NETWORK_EXCEPTION, { cause });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EPIPE: "the connection was closed by the other side",
  ETIMEDOUT: "timed out",
  EHOSTUNREACH: "no route to host",
  ENETUNREACH: "network unreachable",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "the name cannot be looked up now",
};

function reasonOf(error: NodeJS.ErrnoException): string {
  const code = error.code ?? (error instanceof AggregateError ? codeOf(error.errors[0]) : undefined);
  return (code !== undefined ? reasons[code] : undefined) ?? error.message;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
