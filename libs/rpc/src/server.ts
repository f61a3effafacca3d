import { Metadata, Server, ServerCredentials, status } from "@grpc/grpc-js";
import type {
  sendUnaryData,
  ServerDuplexStream,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceDefinition as GrpcService,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import type { Outgoing } from "@moldau/contracts";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { raiseServerWindows } from "./http2-windows";
import { collectReceived, poolSent, shrinkMessageMemory } from "./message-memory";
import { asSerialized, methodsOf, pipePath, type Method } from "./method";
import { TICK_MS } from "./pipe";
import { PipeAnswerer } from "./pipe-answerer";
import type { PeerStates } from "./peer-states";
import type { LocalServices, OfferedService } from "./registry";
import type { CallContext } from "./service";
import { channelOptions, NODE_ID_KEY, TRACEPARENT_KEY, windowOf, type WireOptions } from "./wire-options";

export interface RpcServerOptions extends WireOptions {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  services: LocalServices;
}

export interface RpcServer {
  /** The port that is bound. */
  readonly port: number;
  /** Accepts no calls any more, lets those under way finish for at most `graceMs`, then closes every connection. */
  stop(graceMs: number): Promise<void>;
}

/** How long a stopping server waits for its last replies to leave. */
const END_MS = 500;

/**
 * Serves a node's services to other processes: their unary methods as frames on `Pipe` and as gRPC calls of their own
 * (for tools), their server streams as gRPC streams. Services offered later are served from then on.
 * Rejects with an error that names host and port where it cannot listen.
 */
export async function startRpcServer(options: RpcServerOptions): Promise<RpcServer> {
  const server = new Server(channelOptions(options));
  raiseServerWindows(server, windowOf(options));
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const pipes = new Set<OpenPipe>();
  const sockets = new Set<Socket>();
  const { services } = options;
  const windowBytes = windowOf(options);
  services.onOffer((offered) => addService(server, offered, { pipes, windowBytes, callers: services.callers }));

  const listener = createServer({ noDelay: true, keepAlive: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    injector.injectConnection(socket);
  });
  const address = await listen(listener, options.host, options.port);
  const ticking = setInterval(() => {
    for (const pipe of pipes) pipe.tick();
    shrinkMessageMemory();
  }, TICK_MS).unref();

  let stopped: Promise<void> | undefined;
  return {
    port: address.port,
    stop(graceMs) {
      stopped ??= (async () => {
        clearInterval(ticking);
        const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
        await within(graceMs, Promise.all([...pipes].map((pipe) => pipe.drain())));
        // A pipe ends behind its last reply; a peer that does not read is cut off.
        await within(END_MS, Promise.all([...pipes].map((pipe) => pipe.end())));
        server.forceShutdown();
        injector.destroy();
        for (const socket of sockets) socket.destroy();
        await closed;
      })();
      return stopped;
    },
  };
}

function listen(listener: ReturnType<typeof createServer>, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    listener.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE"
          ? "the port is taken by another process; stop it or choose another port"
          : error.message;
      reject(new Error(`cannot listen on ${host}:${port} for the other roles: ${reason}`, { cause: error }));
    });
    listener.listen({ host, port }, () => {
      listener.removeAllListeners("error");
      listener.on("error", () => undefined); // a failed accept costs one connection, not the process
      resolve(listener.address() as AddressInfo);
    });
  });
}

/** A pipe as the stopping server sees it. */
interface OpenPipe {
  /** Nothing new; resolves when what is under way is answered. */
  drain(): Promise<void>;
  /** Resolves when the last reply has left and the stream is gone. */
  end(): Promise<unknown>;
  /** Every TICK_MS. */
  tick(): void;
}

function addService(
  server: Server,
  { definition, implementation }: OfferedService,
  { pipes, windowBytes, callers }: { pipes: Set<OpenPipe>; windowBytes: number; callers: PeerStates },
): void {
  const grpc: Record<string, GrpcService[string]> = {
    pipe: {
      path: pipePath(definition),
      requestStream: true,
      responseStream: true,
      requestSerialize: asSerialized,
      requestDeserialize: same,
      responseSerialize: asSerialized,
      responseDeserialize: same,
    },
  };
  const handlers: UntypedServiceImplementation = {
    pipe: (call: ServerDuplexStream<Buffer, Outgoing>) => {
      const callerNodeId = nodeIdOf(call.metadata);
      collectReceived(call);
      const pipe = new PipeAnswerer({
        methods: methodsOf(definition),
        implementation,
        transport: {
          send: poolSent(call),
          close: () => call.end(),
        },
        callerNodeId,
        windowBytes,
      });
      let silent = false;
      const open: OpenPipe = {
        drain: () => pipe.drain(),
        end: () => new Promise((resolve) => call.once("close", resolve).end()),
        tick: () => {
          if (!pipe.tick() || silent) return;
          silent = true;
          callers.set(callerNodeId, open, "silent");
        },
      };
      const gone = (): void => {
        pipe.closed();
        if (pipes.delete(open)) callers.set(callerNodeId, open, "gone");
      };
      pipes.add(open);
      callers.set(callerNodeId, open, "connected");
      call.on("data", (bytes: Buffer) => {
        if (silent) {
          silent = false;
          callers.set(callerNodeId, open, "connected");
        }
        pipe.receive(bytes);
      });
      call.on("end", () => {
        gone();
        call.end();
      });
      call.on("error", gone);
      call.on("close", gone);
      call.on("cancelled", gone);
    },
  };
  for (const method of methodsOf(definition)) {
    grpc[method.key] = {
      path: method.path,
      requestStream: false,
      responseStream: method.serverStream,
      requestSerialize: (message: unknown) => asSerialized(method.request.prepare(message)),
      requestDeserialize: (bytes: Buffer) => method.request.decode(bytes),
      responseSerialize: (message: unknown) => asSerialized(method.reply.prepare(message)),
      responseDeserialize: (bytes: Buffer) => method.reply.decode(bytes),
    };
    const invoke: Invoke = (request, call) => implementation[method.key]!(request, call);
    handlers[method.key] = method.serverStream
      ? (call: ServerWritableStream<unknown, unknown>) => void answerStream(call, invoke)
      : (call: ServerUnaryCall<unknown, unknown>, done: sendUnaryData<unknown>) =>
          answerUnary(call, done, method, invoke);
  }
  server.addService(grpc, handlers);
}

type Invoke = (request: unknown, call: CallContext) => unknown;

function answerUnary(
  call: ServerUnaryCall<unknown, unknown>,
  done: sendUnaryData<unknown>,
  method: Method,
  invoke: Invoke,
): void {
  const abort = new AbortController();
  call.on("cancelled", () => abort.abort());
  const context = contextOf(call.metadata, call.getDeadline(), abort.signal);
  Promise.resolve()
    .then(() => invoke(call.request, context))
    .then(
      (reply) => done(null, reply),
      (error: unknown) => done({ code: status.INTERNAL, details: `${method.key}: ${String(error)}` }),
    );
}

/** Sends what the implementation yields, as fast as the other end takes it. */
async function answerStream(call: ServerWritableStream<unknown, unknown>, invoke: Invoke): Promise<void> {
  const abort = new AbortController();
  const gone = new Promise<"gone">((resolve) => {
    const leave = (): void => {
      abort.abort();
      resolve("gone");
    };
    call.on("cancelled", leave);
    call.on("close", leave);
    call.on("error", leave);
  });
  try {
    call.sendMetadata(new Metadata()); // tells the watcher that somebody is here before there is anything to say
    const context = contextOf(call.metadata, call.getDeadline(), abort.signal);
    const iterator = (invoke(call.request, context) as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    for (;;) {
      const step = await Promise.race([iterator.next(), gone]);
      if (step === "gone") {
        // Not awaited: a generator that waits for news returns when it has some or heeds the signal.
        iterator.return?.().catch(() => undefined);
        return;
      }
      if (step.done) break;
      if (!call.write(step.value)) {
        await Promise.race([new Promise((resolve) => call.once("drain", resolve)), gone]);
      }
    }
    call.end();
  } catch (error) {
    if (!abort.signal.aborted) call.emit("error", { code: status.INTERNAL, details: String(error) });
  }
}

function contextOf(metadata: Metadata, deadline: Date | number, signal: AbortSignal): CallContext {
  const until = deadline instanceof Date ? deadline.getTime() : deadline;
  return {
    traceparent: String(metadata.get(TRACEPARENT_KEY)[0] ?? ""),
    deadlineMs: Number.isFinite(until) ? Math.max(1, until - Date.now()) : 0,
    callerNodeId: nodeIdOf(metadata),
    signal,
  };
}

function nodeIdOf(metadata: Metadata): number {
  const id = Number(metadata.get(NODE_ID_KEY)[0] ?? -1);
  return Number.isInteger(id) ? id : -1;
}

const same = (bytes: Buffer): Buffer => bytes;

/** Waits for `work`, at most `ms`. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}
