import { Client, credentials, Metadata, type ClientDuplexStream, type ServiceError } from "@grpc/grpc-js";
import type { NodeId } from "@moldau/base";
import { ControllerDefinition, QuorumDefinition, type Outgoing } from "@moldau/contracts";
import { messageMemory, poolReceived } from "./message-memory";
import { asSerialized, pipePath, serviceOf, type Method, type ServiceDefinition } from "./method";
import type { PipeTransport } from "./pipe";
import { PipeCaller } from "./pipe-caller";
import { PeerUnavailable, type CallContext, type PeerState, type RpcAddress, type Service } from "./service";
import { channelOptions, NODE_ID_KEY, TRACEPARENT_KEY, windowOf, type WireOptions } from "./wire-options";

export interface LinkOptions extends WireOptions {
  /** Node id of the process that calls, -1 where it has none. */
  nodeId: NodeId;
  /** Milliseconds until a new connection must answer. */
  connectTimeoutMs?: number;
}

/** What the owner of a link adds to the options that all links of a process share. */
export interface LinkEvents {
  /** What the pipe of one service says of the node; `pipe` tells them apart. */
  onState(pipe: object, state: PeerState): void;
}

/**
 * Where every node can be asked as well as any other, or where nobody waits for the answer, a silent one is left early.
 * Calls to brokers and coordinators wait for the very node: a slow one is waited for until the connection's own pings end
 * it, a dead one is known from the metadata long before.
 */
const hasty: ReadonlySet<string> = new Set([ControllerDefinition.fullName, QuorumDefinition.fullName]);
/** 1.5 s without a word. */
const HASTY_TICKS = 6;
/** Unit: ms. */
const HASTY_CONNECT_MS = 1500;
const CONNECT_MS = 3000;

poolReceived();

/** The connection to one address: a gRPC channel with a pipe for each service that is called there. */
export class Link {
  private readonly client: Client;
  private readonly pipes = new Map<string, PipeCaller>();
  private readonly stubs = new Map<string, object>();
  private readonly metadata = new Metadata();

  constructor(
    readonly address: RpcAddress,
    private readonly options: LinkOptions,
    private readonly events: LinkEvents,
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

  /** Ends what waits for this very node; see `OwnedPeers.lose`. */
  lose(reason: string): void {
    for (const [name, pipe] of this.pipes) {
      if (hasty.has(name)) continue;
      this.pipes.delete(name);
      pipe.close(reason);
    }
  }

  /** Every TICK_MS. */
  tick(): void {
    for (const pipe of this.pipes.values()) pipe.tick();
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
      const created: PipeCaller = new PipeCaller({
        peer: this.peer(definition),
        connectTimeoutMs: this.connectTimeoutMs(definition),
        windowBytes: windowOf(this.options),
        failAfterTicks: hasty.has(definition.fullName) ? HASTY_TICKS : undefined,
        open: (events) => this.openPipe(definition, events),
        onState: (state) => this.events.onState(created, state),
      });
      this.pipes.set(definition.fullName, (pipe = created));
    }
    return pipe;
  }

  private connectTimeoutMs(definition: ServiceDefinition): number {
    return this.options.connectTimeoutMs ?? (hasty.has(definition.fullName) ? HASTY_CONNECT_MS : CONNECT_MS);
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
      giveBack: (bytes) => messageMemory.give(bytes),
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
    const timeoutMs = this.connectTimeoutMs(definition);
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
