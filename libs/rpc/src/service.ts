import type { NodeId } from "@moldau/base";
import type {
  BrokerDefinition,
  ControllerDefinition,
  CoordinatorDefinition,
  NodeDefinition,
  QuorumDefinition,
} from "@moldau/contracts";

/** What travels beside a call's message. */
export interface CallContext {
  /** W3C trace context; empty where the trace is not sampled. */
  readonly traceparent: string;
  /** Milliseconds the caller is willing to wait; 0 means no bound. */
  readonly deadlineMs: number;
  /** Node id of the caller, -1 where it has none. */
  readonly callerNodeId: NodeId;
  /** Aborted when the caller gave up. */
  readonly signal?: AbortSignal;
  /**
   * Takes a function that gives back the memory in which bytes of the answer lie; the caller calls it, once and surely, when it looks at
   * them no more, or when nobody waits for the answer. Missing where the caller keeps them: then they are collected like anything else.
   */
  readonly lend?: (giveBack: () => void) => void;
  /** The caller can send bytes out of a file. Heeded in its own process only, and together with `lend`. */
  readonly takesFiles?: boolean;
}

export const noContext: CallContext = { traceparent: "", deadlineMs: 0, callerNodeId: -1 };

interface Method {
  requestType: unknown;
  requestStream: boolean;
  responseType: unknown;
  responseStream: boolean;
}
type MessageOf<T> = T extends { decode(...args: never[]): infer M } ? M : never;
type MethodFunction<M extends Method> = M extends { requestStream: false; responseStream: true }
  ? (request: MessageOf<M["requestType"]>, call: CallContext) => AsyncIterable<MessageOf<M["responseType"]>>
  : (request: MessageOf<M["requestType"]>, call: CallContext) => Promise<MessageOf<M["responseType"]>>;

/**
 * The implementation of a service as an object of functions, derived from its ts-proto definition. Whoever calls holds
 * one: the implementation itself in the same process, a stub across processes. `pipe` is transport and left out.
 */
export type Service<D extends { methods: object }> = {
  [K in Exclude<keyof D["methods"], "pipe">]: D["methods"][K] extends Method ? MethodFunction<D["methods"][K]> : never;
};

/** Transport trouble: the peer is not there or went away. Never used for what a peer decided. */
export class PeerUnavailable extends Error {
  override name = "PeerUnavailable";
  constructor(
    message: string,
    /** False only where it is certain that the peer saw nothing of the call. */
    readonly mayHaveBeenSent: boolean,
  ) {
    super(message);
  }
}

/** What a peer's implementation threw. A bug or an overload over there, never an expected failure: those are replies. */
export class RemoteError extends Error {
  override name = "RemoteError";
}

/**
 * What the connections to or from a node say of the process behind it: "connected", it speaks; "silent", nothing came for
 * a second although pings were sent, so it stands still or the way to it is cut; "gone", the last connection broke, so it
 * may have ended. None of them is proof of anything: see `Peers.probe`.
 */
export type PeerState = "connected" | "silent" | "gone";

/** A change of what the connections say of a node. */
export interface PeerEvent {
  readonly nodeId: NodeId;
  readonly state: PeerState;
}

/** Where a role offers its services: to callers in this process at once, to others over gRPC. */
export interface ServiceRegistry {
  offer<D extends { name: string; fullName: string; methods: object }>(definition: D, implementation: Service<D>): void;
  /**
   * Calls `listener` for every node of another process that calls a service offered here, at once for those connected
   * already and at each change; returns how to stop. Nodes of this process never appear.
   */
  onCaller(listener: (event: PeerEvent) => void): () => void;
}

/** What knocking at a node's address found. */
export type ProbeOutcome =
  /** The kernel over there took the connection: the process exists, however slow. */
  | "alive"
  /** Its machine says that nobody listens there: the process has ended. */
  | "dead"
  /** No answer within the time: the machine, or the way to it, is gone. */
  | "silent";

/** The one place that knows where anyone lives. */
export interface Peers {
  broker(nodeId: NodeId): Service<typeof BrokerDefinition>;
  coordinator(nodeId: NodeId): Service<typeof CoordinatorDefinition>;
  /** The active controller: follows leader hints and tries the other voters while one is unavailable, bounded. */
  controller(): Service<typeof ControllerDefinition>;
  quorum(nodeId: NodeId): Service<typeof QuorumDefinition>;
  /** What a node says of its own process, whichever roles it has; nodes that the metadata does not know cannot be asked. */
  node(nodeId: NodeId): Service<typeof NodeDefinition>;
  /**
   * Knocks once at `address`, where metadata say that the node answers its peers, by opening a connection and nothing
   * more. A node of this process is alive. Rejects with PeerUnavailable where that says nothing about the node: its name
   * cannot be resolved, this machine has no network, this process no descriptors.
   */
  probe(nodeId: NodeId, address: RpcAddress, timeoutMs: number): Promise<ProbeOutcome>;
  /**
   * Who the controllers are now, as the metadata or the quorum itself says; none: as the configuration says. Absent where
   * they cannot change.
   */
  learnControllers?(controllers: readonly ControllerAddress[]): void;
  /** Calls `listener` when this process's own connections to a node change their state; returns how to stop. */
  onPeer(listener: (event: PeerEvent) => void): () => void;
}

/** A controller, or an address at which one answers: those have negative ids. */
export interface ControllerAddress extends RpcAddress {
  readonly id: NodeId;
}

/** Where a node answers the other roles. */
export interface RpcAddress {
  readonly host: string;
  readonly port: number;
}
