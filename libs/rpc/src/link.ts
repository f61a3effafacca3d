import { Client, credentials, Metadata, type ClientDuplexStream, type ServiceError } from "@grpc/grpc-js";
import type { NodeId } from "@moldau/base";
import type { Outgoing } from "@moldau/contracts";
import { asSerialized, pipePath, serviceOf, type Method, type ServiceDefinition } from "./method";
import type { PipeTransport } from "./pipe";
import { PipeCaller } from "./pipe-caller";
import { PeerUnavailable, type CallContext, type Service } from "./service";
import { channelOptions, NODE_ID_KEY, TRACEPARENT_KEY, windowOf, type WireOptions } from "./wire-options";

/** Where a node answers the other roles. */
export interface RpcAddress {
  readonly host: string;
  readonly port: number;
}

export interface LinkOptions extends WireOptions {
  /** Node id of the process that calls, -1 where it has none. */
  nodeId: NodeId;
  /** Milliseconds until a new connection must answer. */
  connectTimeoutMs?: number;
}

/** The connection to one address: a gRPC channel with a pipe for each service that is called there. */
export class Link {
  private readonly client: Client;
  private readonly pipes = new Map<string, PipeCaller>();
  private readonly stubs = new Map<string, object>();
  private readonly metadata = new Metadata();

  constructor(
    readonly address: RpcAddress,
    private readonly options: LinkOptions,
  ) {
    const host = address.host.includes(":") ? `[${address.host}]` : address.host;
    this.client = new Client(`${host}:${address.port}`, credentials.createInsecure(), channelOptions(options));
    this.metadata.set(NODE_ID_KEY, String(options.nodeId));
  }

  /** The service as it is answered there. Connects with the first call. */
  service<D extends ServiceDefinition>(definition: D): Service<D> {
    let stub = this.stubs.get(definition.fullName) as Service<D> | undefined;
    if (stub === undefined) {
      stub = serviceOf(definition, (method) =>
        method.serverStream
          ? (request, call) => this.stream(definition, method, request, call)
          : (request, call) => this.pipe(definition).call(method, request, call),
      );
      this.stubs.set(definition.fullName, stub);
    }
    return stub;
  }

  /** Closes the connection; calls under way reject with PeerUnavailable. */
  close(reason?: string): void {
    for (const pipe of this.pipes.values()) pipe.close(reason);
    this.client.close();
  }

  private peer(definition: ServiceDefinition): string {
    return `${definition.name} at ${this.address.host}:${this.address.port}`;
  }

  private pipe(definition: ServiceDefinition): PipeCaller {
    let pipe = this.pipes.get(definition.fullName);
    if (pipe === undefined) {
      pipe = new PipeCaller({
        peer: this.peer(definition),
        connectTimeoutMs: this.options.connectTimeoutMs,
        windowBytes: windowOf(this.options),
        open: (events) => this.openPipe(definition, events),
      });
      this.pipes.set(definition.fullName, pipe);
    }
    return pipe;
  }

  private openPipe(
    definition: ServiceDefinition,
    events: { receive(frame: Uint8Array): void; closed(reason: string): void },
  ): PipeTransport {
    const stream: ClientDuplexStream<Outgoing, Buffer> = this.client.makeBidiStreamRequest(
      pipePath(definition),
      asSerialized,
      (bytes: Buffer) => bytes,
      this.metadata,
      {},
    );
    stream.on("data", events.receive);
    stream.on("error", (error: ServiceError) => events.closed(reasonOf(error)));
    stream.on("end", () => events.closed("ended the connection"));
    return {
      send: (frame) => void stream.write(frame),
      close: () => stream.cancel(),
    };
  }

  private async *stream(
    definition: ServiceDefinition,
    method: Method,
    request: unknown,
    call: CallContext,
  ): AsyncGenerator<unknown> {
    const metadata = this.metadata.clone();
    if (call.traceparent !== "") metadata.set(TRACEPARENT_KEY, call.traceparent);
    const stream = this.client.makeServerStreamRequest(
      method.path,
      (message: unknown) => asSerialized(method.request.prepare(message)),
      (bytes: Buffer) => method.reply.decode(bytes),
      request,
      metadata,
      call.deadlineMs > 0 ? { deadline: Date.now() + call.deadlineMs } : {},
    );
    const timeoutMs = this.options.connectTimeoutMs ?? 3000;
    let answered = false;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      stream.cancel();
    }, timeoutMs);
    const alive = (): void => {
      answered = true;
      clearTimeout(timer);
    };
    stream.once("metadata", alive);
    const abort = (): void => stream.cancel();
    call.signal?.addEventListener("abort", abort, { once: true });
    try {
      yield* stream as AsyncIterable<unknown>;
    } catch (error) {
      if (call.signal?.aborted && call.signal.reason instanceof Error) throw call.signal.reason;
      const reason = late ? `no connection within ${timeoutMs} ms` : reasonOf(error as ServiceError);
      throw new PeerUnavailable(`${this.peer(definition)}: ${reason}`, answered);
    } finally {
      clearTimeout(timer);
      call.signal?.removeEventListener("abort", abort);
      stream.cancel();
    }
  }
}

function reasonOf(error: ServiceError): string {
  return error.details || error.message;
}
