import type { NodeId, SeededRandom } from "@moldau/base";
import {
  BrokerDefinition,
  type Codec,
  ControllerDefinition,
  CoordinatorDefinition,
  NodeDefinition,
  QuorumDefinition,
} from "@moldau/contracts";
import {
  followController,
  implementationOf,
  type LocalServices,
  type Method,
  PeerStates,
  type Peers,
  PeerUnavailable,
  type ProbeOutcome,
  RemoteError,
  type Service,
  type ServiceDefinition,
  serviceOf,
} from "@moldau/rpc";
import { CallSignal } from "./call-signal";
import { Calls } from "./network-calls";
import type { SimulatedProcess } from "./process";
import type { Trace } from "./trace";
import { NOBODY, type VirtualTime } from "./virtual-time";

/** What the network does to messages. Times in ms. */
export interface Weather {
  latencyMinMs: number;
  latencyMaxMs: number;
  /** Share of calls that are lost, on the way there or back. */
  lossChance: number;
  /** Share of calls, of those that may be repeated, that arrive once more later. */
  replayChance: number;
}

export const calmWeather: Weather = { latencyMinMs: 0.2, latencyMaxMs: 1.5, lossChance: 0, replayChance: 0 };

/** How long a silent connection is believed in: the product's pings give up after about as much. */
const SILENCE_MS = 1_500;
/** After which silence the ends of a connection say so. */
const QUIET_MS = 1_000;
/** How long a connection that broke takes to be noticed. */
const RESET_MS = 0.5;

/**
 * The network between the processes of a simulation: every message is encoded and decoded, takes time, and is subject to
 * the weather and to cuts between nodes. Messages between two processes keep their order unless they are replayed. A call
 * over a cut way hangs, and fails when silence is noticed; a process that died resets its connections.
 */
export class Network {
  weather: Weather = { ...calmWeather };
  readonly #processes = new Map<NodeId, SimulatedProcess>();
  readonly #cuts = new Set<string>();
  readonly #lastArrival = new Map<string, number>();
  /** From caller to callee: who has called whom, as the callees' registries tell. */
  readonly #connections = new Map<string, { from: SimulatedProcess; to: SimulatedProcess }>();
  readonly #calls = new Calls();
  /** Encodes and decodes every message. Half of a run's time; without it messages are shared, as within one process. */
  throughTheWire = true;
  /** Machines without power: not even their kernels answer. */
  readonly #dark = new Set<NodeId>();

  constructor(
    readonly time: VirtualTime,
    private readonly random: SeededRandom,
    private readonly trace: Trace,
  ) {}

  attach(process: SimulatedProcess): void {
    this.#processes.set(process.nodeId, process);
    this.#dark.delete(process.nodeId);
  }

  /** The process is gone: its connections break, unless its machine went with it. */
  detach(process: SimulatedProcess, machineToo: boolean): void {
    if (this.#processes.get(process.nodeId) === process) this.#processes.delete(process.nodeId);
    if (machineToo) this.#dark.add(process.nodeId);
    const noticeMs = machineToo ? SILENCE_MS : RESET_MS;
    for (const call of this.#calls.of(process)) {
      const other = call.from === process ? call.to : call.from;
      if (!other.alive) continue;
      const cut = this.isCut(process.nodeId, other.nodeId);
      this.time.after(cut ? SILENCE_MS : noticeMs, () => call.broken("connection reset"), other.owner);
    }
    for (const [key, connection] of this.#connections) {
      const { from, to } = connection;
      if (from !== process && to !== process) continue;
      this.#connections.delete(key);
      const cut = this.isCut(process.nodeId, (from === process ? to : from).nodeId);
      const afterMs = cut ? SILENCE_MS : noticeMs;
      if (from === process && to.alive) this.#tell(to.services.callers, from.nodeId, connection, "gone", afterMs, to);
      if (to === process && from.alive) this.#tell(from.peerStates, to.nodeId, connection, "gone", afterMs, from);
    }
  }

  /** Nothing gets from one node to another until it is mended; what the other way brings still arrives. */
  cut(from: NodeId, to: NodeId): void {
    if (this.isCut(from, to)) return;
    this.#cuts.add(`${from}>${to}`);
    this.time.after(QUIET_MS, () => this.#noteQuiet(from, to), NOBODY);
  }

  mend(from: NodeId, to: NodeId): void {
    if (!this.#cuts.delete(`${from}>${to}`)) return;
    for (const connection of this.#connections.values()) {
      const ends = [connection.from.nodeId, connection.to.nodeId];
      if (!ends.includes(from) || !ends.includes(to) || this.isCut(to, from)) continue;
      this.#say(connection, "connected", RESET_MS);
    }
  }

  mendAll(): void {
    for (const each of [...this.#cuts]) {
      const [from, to] = each.split(">").map(Number);
      this.mend(from!, to!);
    }
  }

  isCut(from: NodeId, to: NodeId): boolean {
    return this.#cuts.has(`${from}>${to}`);
  }

  #noteQuiet(from: NodeId, to: NodeId): void {
    if (!this.isCut(from, to)) return;
    for (const connection of this.#connections.values()) {
      const ends = [connection.from.nodeId, connection.to.nodeId];
      if (ends.includes(from) && ends.includes(to)) this.#say(connection, "silent", 0);
    }
  }

  #say(
    connection: { from: SimulatedProcess; to: SimulatedProcess },
    state: "connected" | "silent",
    afterMs: number,
  ): void {
    const { from, to } = connection;
    if (to.alive) this.#tell(to.services.callers, from.nodeId, connection, state, afterMs, to);
    if (from.alive) this.#tell(from.peerStates, to.nodeId, connection, state, afterMs, from);
  }

  #tell(
    states: PeerStates,
    nodeId: NodeId,
    connection: object,
    state: "connected" | "silent" | "gone",
    afterMs: number,
    to: SimulatedProcess,
  ): void {
    this.time.after(afterMs, () => states.set(nodeId, connection, state), to.owner);
  }

  /** The stubs that `process` gets. */
  peersOf(process: SimulatedProcess, voters: readonly NodeId[]): Peers {
    const stubs = new Map<string, object>();
    const service = <D extends ServiceDefinition>(nodeId: NodeId, definition: D): Service<D> => {
      const key = `${nodeId} ${definition.name}`;
      let stub = stubs.get(key) as Service<D> | undefined;
      if (stub !== undefined) return stub;
      if (nodeId === process.nodeId) stub = localService(process.services, definition);
      else {
        stub = serviceOf(definition, (method) =>
          method.serverStream
            ? (request, call) => this.#stream(process, nodeId, definition, method, request, call.signal)
            : (request, call) => this.#call(process, nodeId, definition, method, request, call),
        );
      }
      stubs.set(key, stub);
      return stub;
    };
    const controller = followController({
      voters,
      at: (voter) => service(voter, ControllerDefinition),
      preferred: voters.includes(process.nodeId) ? process.nodeId : undefined,
      nodeId: process.nodeId,
      monotonicMs: () => this.time.nowMs,
      sleep: (ms) => new Promise((resolve) => this.time.after(ms, resolve)),
    });
    return {
      broker: (nodeId) => service(nodeId, BrokerDefinition),
      coordinator: (nodeId) => service(nodeId, CoordinatorDefinition),
      quorum: (nodeId) => service(nodeId, QuorumDefinition),
      node: (nodeId) => service(nodeId, NodeDefinition),
      controller: () => controller,
      probe: (nodeId, _address, timeoutMs) => this.#probe(process, nodeId, timeoutMs),
      onPeer: (listener) => process.peerStates.listen(listener),
    };
  }

  /** A message on its way: what the other end gets. Each call gives a message of its own, as a replay must. */
  #carry<T>(codec: Codec<T>, message: T): () => T {
    if (!this.throughTheWire) return () => message;
    const bytes = codec.encode(message);
    return () => codec.decode(bytes.slice());
  }

  #probe(from: SimulatedProcess, nodeId: NodeId, timeoutMs: number): Promise<ProbeOutcome> {
    return new Promise((resolve) => {
      const cut = this.isCut(from.nodeId, nodeId) || this.isCut(nodeId, from.nodeId) || this.#dark.has(nodeId);
      if (cut) this.time.after(timeoutMs, () => resolve("silent"));
      else this.time.after(2 * this.#latencyMs(), () => resolve(this.#processes.has(nodeId) ? "alive" : "dead"));
    });
  }

  #connect(from: SimulatedProcess, to: SimulatedProcess): void {
    const key = `${from.nodeId}>${to.nodeId}`;
    const known = this.#connections.get(key);
    if (known?.from === from && known.to === to) return;
    const connection = { from, to };
    this.#connections.set(key, connection);
    this.#say(connection, "connected", this.#latencyMs());
  }

  #latencyMs(): number {
    const { latencyMinMs, latencyMaxMs } = this.weather;
    return latencyMinMs + this.random.next() * (latencyMaxMs - latencyMinMs);
  }

  /** When a message sent now arrives, behind those sent before it. */
  #arrivalMs(from: NodeId, to: NodeId): number {
    const key = `${from}>${to}`;
    const arrivalMs = Math.max(this.time.nowMs + this.#latencyMs(), this.#lastArrival.get(key) ?? 0);
    this.#lastArrival.set(key, arrivalMs);
    return arrivalMs;
  }

  #call(
    from: SimulatedProcess,
    nodeId: NodeId,
    definition: ServiceDefinition,
    method: Method,
    request: unknown,
    context: { deadlineMs: number; signal?: AbortSignal; traceparent: string },
  ): Promise<unknown> {
    const name = `${definition.name}.${method.key} of ${nodeId}`;
    const unavailable = (why: string, mayHaveBeenSent: boolean) =>
      new PeerUnavailable(`${name}: ${why}`, mayHaveBeenSent);
    return new Promise((resolve, reject) => {
      if (context.signal?.aborted) return reject(reasonOf(context.signal));
      const there = this.#carry(method.request, request);
      const to = this.#processes.get(nodeId);
      const cutThere = this.isCut(from.nodeId, nodeId);
      if (to === undefined) {
        const quiet = cutThere || this.#dark.has(nodeId);
        this.time.after(quiet ? SILENCE_MS : 2 * this.#latencyMs(), () =>
          reject(unavailable("nobody is there", false)),
        );
        return;
      }
      this.#connect(from, to);
      const gone = new CallSignal();
      const call = this.#calls.add(from, to, {
        broken: (why) => settle(() => reject(unavailable(why, true))),
      });
      let settled = false;
      const settle = (how: () => void) => {
        if (settled) return;
        settled = true;
        this.#calls.remove(call);
        if (deadline !== undefined) this.time.cancel(deadline);
        context.signal?.removeEventListener("abort", onAbort);
        how();
      };
      const giveUp = (error: Error) => {
        settle(() => reject(error));
        if (to.alive && !this.isCut(from.nodeId, nodeId)) {
          this.time.at(this.#arrivalMs(from.nodeId, nodeId), () => gone.abort(), to.owner);
        }
      };
      const onAbort = () => giveUp(reasonOf(context.signal!));
      context.signal?.addEventListener("abort", onAbort, { once: true });
      const { deadlineMs } = context;
      const deadline =
        deadlineMs > 0
          ? this.time.after(
              deadlineMs,
              () => giveUp(unavailable(`no answer within ${deadlineMs} ms`, true)),
              from.owner,
            )
          : undefined;
      const lost = () =>
        this.time.after(
          SILENCE_MS,
          () => settle(() => reject(unavailable("the connection is silent", true))),
          from.owner,
        );

      if (cutThere || this.random.chance(this.weather.lossChance / 2)) return void lost();
      const lostOnTheWayBack = this.random.chance(this.weather.lossChance / 2);
      const answer = (reply: (() => void) | undefined) => {
        if (reply === undefined || settled || !from.alive) return;
        if (lostOnTheWayBack || this.isCut(nodeId, from.nodeId)) lost();
        else this.time.at(this.#arrivalMs(nodeId, from.nodeId), () => settle(reply), from.owner);
      };
      const deliver = (isReplay: boolean) => {
        if (!to.alive) return;
        this.trace.note(this.time.nowMs, method.key, from.nodeId, nodeId, isReplay ? 1 : 0);
        const implementation = to.services.implementation(definition);
        if (implementation === undefined) {
          if (!isReplay) answer(() => reject(unavailable("not started yet", false)));
          return;
        }
        Promise.resolve()
          .then(() =>
            implementationOf(implementation)[method.key]!(there(), {
              traceparent: "",
              deadlineMs,
              callerNodeId: from.nodeId,
              signal: gone as unknown as AbortSignal,
            }),
          )
          .then(
            (reply) => {
              if (isReplay) return;
              const back = this.#carry(method.reply, reply);
              answer(() => resolve(back()));
            },
            (error: unknown) => {
              if (!isReplay) answer(() => reject(new RemoteError(`${name}: ${String(error)}`)));
            },
          );
      };
      this.time.at(this.#arrivalMs(from.nodeId, nodeId), () => deliver(false), to.owner);
      if (repeatable.has(method.key) && this.random.chance(this.weather.replayChance)) {
        this.time.after(this.#latencyMs() * (1 + this.random.below(200)), () => deliver(true), to.owner);
      }
    });
  }

  async *#stream(
    from: SimulatedProcess,
    nodeId: NodeId,
    definition: ServiceDefinition,
    method: Method,
    request: unknown,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<unknown> {
    const to = this.#processes.get(nodeId);
    const unavailable = (why: string, sent: boolean) =>
      new PeerUnavailable(`${definition.name}.${method.key} of ${nodeId}: ${why}`, sent);
    if (to === undefined || this.isCut(from.nodeId, nodeId)) {
      const quiet = to !== undefined || this.#dark.has(nodeId) || this.isCut(from.nodeId, nodeId);
      await new Promise<void>((resolve) => this.time.after(quiet ? SILENCE_MS : 1, resolve));
      throw unavailable("nobody is there", false);
    }
    this.#connect(from, to);
    const there = this.#carry(method.request, request);
    const received: unknown[] = [];
    let failure: Error | undefined;
    let ended = false;
    let cutOff = false;
    let wake = (): void => undefined;
    const gone = new CallSignal();
    const call = this.#calls.add(from, to, {
      broken: (why) => {
        failure ??= unavailable(why, true);
        gone.abort();
        wake();
      },
    });
    /** What a broken stream lost is not made up for: nothing comes any more until the caller notices. */
    const toCaller = (work: () => void) => {
      if (cutOff || !from.alive) return;
      if (this.isCut(nodeId, from.nodeId)) {
        cutOff = true;
        this.time.after(SILENCE_MS, () => call.broken("the connection is silent"), from.owner);
        return;
      }
      const arrive = () => {
        work();
        wake();
      };
      this.time.at(this.#arrivalMs(nodeId, from.nodeId), arrive, from.owner);
    };
    const pump = async () => {
      const implementation = to.services.implementation(definition);
      if (implementation === undefined) return toCaller(() => (failure ??= unavailable("not started yet", false)));
      try {
        const updates = implementationOf(implementation)[method.key]!(there(), {
          traceparent: "",
          deadlineMs: 0,
          callerNodeId: from.nodeId,
          signal: gone as unknown as AbortSignal,
        }) as AsyncIterable<unknown>;
        for await (const update of updates) {
          const back = this.#carry(method.reply, update);
          this.trace.note(this.time.nowMs, method.key, nodeId, from.nodeId);
          toCaller(() => received.push(back()));
        }
        toCaller(() => (ended = true));
      } catch (error) {
        toCaller(() => (failure ??= new RemoteError(String(error))));
      }
    };
    this.time.at(this.#arrivalMs(from.nodeId, nodeId), () => void pump(), to.owner);
    const onAbort = () => wake();
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      for (;;) {
        while (received.length > 0) yield received.shift();
        if (signal?.aborted) throw reasonOf(signal);
        if (failure !== undefined) throw failure;
        if (ended) return;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      signal?.removeEventListener("abort", onAbort);
      this.#calls.remove(call);
      if (to.alive) this.time.after(this.#latencyMs(), () => gone.abort(), to.owner);
    }
  }
}

/** What changes nothing when it arrives twice, or must not. A client's append is sent again by clients, not by networks. */
const repeatable: ReadonlySet<string> = new Set([
  "step",
  "registerNode",
  "heartbeat",
  "alterPartition",
  "assignReplicasToDirs",
  "allocateProducerIds",
  "read",
  "listOffsets",
  "epochEnds",
  "claim",
]);

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error("call aborted");
}

/** A process's own services, as far as they are there. */
function localService<D extends ServiceDefinition>(services: LocalServices, definition: D): Service<D> {
  const now = () => {
    const implementation = services.implementation(definition);
    if (implementation !== undefined) return implementationOf(implementation);
    throw new PeerUnavailable(`${definition.name}: not started yet, in this process`, false);
  };
  return serviceOf(definition, (method) =>
    method.serverStream
      ? (request, call) => now()[method.key]!(request, call)
      : async (request, call) => now()[method.key]!(request, call),
  );
}
