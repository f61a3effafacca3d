import { BufferPool } from "@moldau/base";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { ByteBudget } from "./byte-budget";
import { Arrivals } from "./arrivals";
import { ClientConnection, type Connection, type FrameHandler } from "./connection";
import { type ConnectionLimits, defaultLimits, type Limits } from "./limits";

export interface KafkaServerOptions<D> {
  limits?: Partial<Limits>;
  /** Makes what the owner keeps for a new connection. */
  open(connection: Connection<D>): D;
  handle: FrameHandler<D>;
  /** What is to become of a new connection, before it counts as one; at once where left out. */
  admit?(remoteAddress: string, label: string): Admission;
  /** Whether ports with this label have `maxConnections` for themselves and wait for no other one; none has where left out. */
  isExempt?(label: string): boolean;
  /** From now on connections to a port wait until one is closed (max.connections). */
  blocked?(localPort: number, connections: number): void;
  /** A connection is over; the reason is for the log. */
  closed?(connection: Connection<D>, reason: string): void;
  /** A connection was refused before it was one. */
  refused?(remoteAddress: string, localPort: number, reason: string): void;
  /** Milliseconds from any start; performance.now where left out. */
  monotonicMs?(): number;
  /** How often idle and stalled connections are looked for; a second or a tenth of the smaller limit. */
  sweepMs?: number;
}

export interface ListenOptions {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** What connections of this port carry: a listener's name, a node id. */
  label?: string;
}

/** Taken up after a while, with those behind it on its port waiting; or held without a word and closed after a while. */
export type Admission =
  { readonly kind: "accept"; readonly afterMs: number } | { readonly kind: "close"; readonly afterMs: number };

/** Kafka's side of TCP: any number of ports, one set of limits. */
export interface KafkaServer<D> {
  /** Opens a port and returns its number. Rejects with an error that names host and port where that cannot be. */
  listen(options: ListenOptions): Promise<number>;
  /** Closes a port and ends its connections; those that do not finish within `graceMs` are cut off. */
  unlisten(port: number, graceMs?: number): Promise<void>;
  /** Closes every port, lets requests under way finish for at most `graceMs`, then cuts off. */
  close(graceMs: number): Promise<void>;
  /** Other limits from now on. Where more connections are open than `maxConnections`, the longest silent ones are closed. */
  limit(connections: ConnectionLimits): void;
  readonly ports: readonly number[];
  readonly connections: ReadonlySet<Connection<D>>;
  /** Bytes of requests under way in the process, out of `maxQueuedBytes`. */
  readonly queuedBytes: number;
}

/** Idle memory for requests: as much as a few busy connections use at a time. */
const IDLE_BYTES = 32 * 1024 * 1024;
/** How often half of it is let go. */
const SHRINK_MS = 10_000;

interface OpenPort {
  port: number;
  listener: Server;
  arrivals: Arrivals;
}

/** Frames Kafka's protocol on TCP ports; what the requests mean is the handler's business. */
export function createKafkaServer<D>(options: KafkaServerOptions<D>): KafkaServer<D> {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const budget = new ByteBudget(limits.maxQueuedBytes);
  const memory = new BufferPool(IDLE_BYTES);
  const nowMs = options.monotonicMs ?? (() => performance.now());
  let ports: OpenPort[] = [];
  const connections = new Set<ClientConnection<D>>();
  const perIp = new Map<string, number>();
  const perLabel = new Map<string, number>();
  let nextId = 1;
  let closing: Promise<void> | undefined;

  const sweepMs = options.sweepMs ?? Math.max(10, Math.min(1000, limits.maxIdleMs / 10, limits.maxStallMs / 10));
  let shrunkMs = nowMs();
  const sweeper = setInterval(() => {
    const now = nowMs();
    for (const connection of connections) connection.sweep(now);
    if (now - shrunkMs < SHRINK_MS) return;
    shrunkMs = now;
    memory.shrink();
  }, sweepMs);
  sweeper.unref();

  function accept(socket: Socket, localPort: number, label: string): void {
    const address = socket.remoteAddress ?? "";
    const fromThere = perIp.get(address) ?? 0;
    if (fromThere >= (limits.maxConnectionsOf.get(plainAddress(address)) ?? limits.maxConnectionsPerIp)) {
      socket.destroy();
      const reason = `${fromThere} connections from ${address} are open (max.connections.per.ip)`;
      options.refused?.(address, localPort, reason);
      return;
    }
    perIp.set(address, fromThere + 1);
    const connection = new ClientConnection<D>({
      id: nextId++,
      accepted: socket,
      label,
      localPort,
      limits,
      budget,
      memory,
      nowMs,
      open: options.open,
      handle: options.handle,
      closed(gone, reason) {
        if (connections.delete(gone)) perLabel.set(label, perLabel.get(label)! - 1);
        const left = (perIp.get(gone.remoteAddress) ?? 1) - 1;
        if (left === 0) perIp.delete(gone.remoteAddress);
        else perIp.set(gone.remoteAddress, left);
        options.closed?.(gone, reason);
        for (const { arrivals } of ports) arrivals.slotFree();
      },
    });
    if (!connection.closed) {
      connections.add(connection);
      perLabel.set(label, (perLabel.get(label) ?? 0) + 1);
    }
    closeExcess();
  }

  /** After the limit was lowered, or an exempt one came. Source: Processor.closeExcessConnections. */
  function closeExcess(): void {
    while (connections.size > limits.maxConnections) {
      let silent: ClientConnection<D> | undefined;
      for (const each of connections) {
        if (options.isExempt?.(each.label)) continue;
        if (silent === undefined || each.lastHeardMs < silent.lastHeardMs) silent = each;
      }
      if (silent === undefined) return;
      silent.close(`${connections.size} connections are open and it was silent for longest (max.connections)`);
    }
  }

  async function end(
    which: (connection: ClientConnection<D>) => boolean,
    graceMs: number,
    reason: string,
  ): Promise<void> {
    const leaving = [...connections].filter(which);
    const ended = Promise.all(leaving.map((connection) => connection.end(reason)));
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, graceMs)))]);
    clearTimeout(timer);
    for (const connection of leaving) connection.close(`${reason}; it did not finish within ${graceMs} ms`);
  }

  return {
    async listen({ host, port, label = "" }) {
      if (closing !== undefined) throw new Error(`cannot listen on ${host}:${port}: the server is closing`);
      const listener = createServer({
        keepAlive: true,
        // What comes in while a connection waits must stay with the system until somebody reads it.
        pauseOnConnect: true,
      });
      const bound = await bind(listener, host, port);
      const arrivals = new Arrivals({
        accept: (socket) => accept(socket, bound, label),
        admit: options.admit && ((address) => options.admit!(address, label)),
        hasSlot: () => {
          const count = options.isExempt?.(label) === true ? (perLabel.get(label) ?? 0) : connections.size;
          return count < limits.maxConnections;
        },
        blocked: () => options.blocked?.(bound, connections.size),
        refused: (address, reason) => options.refused?.(address, bound, reason),
      });
      listener.on("connection", (socket) => arrivals.add(socket));
      ports.push({ port: bound, listener, arrivals });
      return bound;
    },
    async unlisten(port, graceMs = 1000) {
      for (const open of ports) if (open.port === port) shut(open);
      ports = ports.filter((open) => open.port !== port);
      await end((connection) => connection.localPort === port, graceMs, `port ${port} was closed`);
    },
    close(graceMs) {
      closing ??= (async () => {
        for (const open of ports) shut(open);
        ports = [];
        await end(() => true, graceMs, "the server stops");
        clearInterval(sweeper);
      })();
      return closing;
    },
    limit(changed) {
      Object.assign(limits, changed);
      closeExcess();
      for (const { arrivals } of ports) arrivals.slotFree();
    },
    get ports() {
      return ports.map((open) => open.port);
    },
    connections,
    get queuedBytes() {
      return budget.usedBytes;
    },
  };
}

function shut({ listener, arrivals }: OpenPort): void {
  listener.close();
  arrivals.close();
}

/** An IPv4 client's address as people write it, also where it came to an IPv6 socket. */
function plainAddress(address: string): string {
  return address.startsWith("::ffff:") ? address.slice("::ffff:".length) : address;
}

function bind(listener: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    listener.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE"
          ? "the port is taken; stop the process that has it or choose another port"
          : error.code === "EACCES"
            ? "this user may not open it; choose a port above 1023"
            : error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND"
              ? "this machine has no such address"
              : error.message;
      reject(new Error(`cannot listen on ${host}:${port}: ${reason}`, { cause: error }));
    });
    // A backlog as Kafka's (socket.listen.backlog.size is 50) would drop storms of reconnecting clients.
    listener.listen({ host, port, backlog: 1024 }, () => {
      listener.removeAllListeners("error");
      listener.on("error", () => undefined); // a failed accept costs one connection, not the process
      resolve((listener.address() as AddressInfo).port);
    });
  });
}
