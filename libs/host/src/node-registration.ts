import { hostname } from "node:os";
import { KafkaError, kafkaErrorName, type Uuid } from "@moldau/base";
import { type Config, splitList } from "@moldau/config";
import type { Endpoint } from "@moldau/contracts";
import type { CallContext } from "@moldau/rpc";
import { parseListeners } from "./parse-listeners";
import type { RoleContext } from "./role";

/** The controller will never take this node as it is; a person has to decide. */
export class RegistrationRefused extends Error {
  override name = "RegistrationRefused";
}

export interface NodeRegistrationOptions {
  /** Default: what `advertised.listeners` (else `listeners`) says. */
  endpoints?: readonly Endpoint[];
  /** Ids of the log directories that are online; none for a node without the broker role. */
  logDirs?: readonly Uuid[];
  /** The cluster whose data the node holds; empty where it holds none yet. */
  clusterId?: string;
  /** Epoch that the clean-shutdown marker carries, -1 where the last stop was not clean (KIP-966). */
  previousNodeEpoch?: number;
  /** Those that were over before they heard of their epochs, and lost nothing either. */
  previousIncarnationIds?: readonly Uuid[];
  /** After each registration, the later ones of a process included. */
  onRegistered?(nodeEpoch: number): void;
  /** Log directories that failed since the start. */
  offlineLogDirs?(): readonly Uuid[];
}

/** A node as the controller knows it, from its registration until it stops. */
export interface NodeRegistration {
  /** The epoch of this incarnation, -1 before the first answer. Every heartbeat and AlterPartition carries it. */
  readonly nodeEpoch: number;
  /** Resolves with the epoch once registered. Never rejects; it stays open while no controller answers. */
  readonly registered: Promise<number>;
  readonly isFenced: boolean;
  /** Empty when registered and unfenced. */
  notReady(): string[];
  /** Sends a heartbeat now, e.g. because a directory went offline. */
  heartbeatNow(): void;
  /**
   * Controlled shutdown: asks the controller to move leaders away. Resolves true when it said that the node may stop, false
   * when that did not happen in time.
   */
  shutDown(timeoutMs: number): Promise<boolean>;
  /** No further heartbeats. */
  stop(): void;
}

/** The listener of the other roles. */
const RPC = "RPC";
const CALL_TIMEOUT_MS = 5_000;
const RETRY_MS_MIN = 25;
const RETRY_MS_MAX = 1_000;
/** While it is fenced a node asks this often whether it still is: start-up waits for it. */
const FENCED_HEARTBEAT_MS = 50;

/** Kafka's SecurityProtocol ids by the listener's name. */
const securityProtocols: ReadonlyMap<string, number> = new Map([
  ["PLAINTEXT", 0],
  ["SSL", 1],
  ["SASL_PLAINTEXT", 2],
  ["SASL_SSL", 3],
]);

/** The roles by which other nodes and clients find a node. The first that a node has registers it, with all of them. */
const registeredRoles: readonly string[] = ["broker", "coordinator", "gateway"];

/**
 * Registers a node and keeps it alive: registration with the incarnation id of this start, heartbeats that carry how far the
 * metadata is applied, registration again where the controller no longer knows the epoch, controlled shutdown.
 * One per node, not per role: undefined where it is not `role` that registers this node. Source: KIP-631, BrokerLifecycleManager.
 */
export function startNodeRegistration(
  context: RoleContext,
  role: "broker",
  options: NodeRegistrationOptions,
): NodeRegistration;
export function startNodeRegistration(
  context: RoleContext,
  role: "coordinator" | "gateway",
  options?: NodeRegistrationOptions,
): NodeRegistration | undefined;
export function startNodeRegistration(
  context: RoleContext,
  role: string,
  options: NodeRegistrationOptions = {},
): NodeRegistration | undefined {
  const running = new Set([role, ...context.config.list("process.roles")]);
  const roles = registeredRoles.filter((each) => running.has(each));
  return roles[0] === role ? new Registration(context, roles, options) : undefined;
}

/**
 * The endpoints a node registers: its listeners as they are now, the one for the other roles as it was at the start, because it
 * stays open as it is, and what is advertised in place of them, which does not change while a process runs.
 */
export function advertisedEndpoints(context: { config: Pick<Config, "list" | "given"> }): Endpoint[] {
  const { config } = context;
  const atStart = (key: string) => parseListeners(key, splitList(config.given().get(key) ?? ""));
  const listeners = [
    ...parseListeners("listeners", config.list("listeners")).filter(({ name }) => name !== RPC),
    ...atStart("listeners").filter(({ name }) => name === RPC),
  ];
  const named = new Map(atStart("advertised.listeners").map((listener) => [listener.name, listener]));
  return listeners.map((listener) => {
    const { name, host, port } = named.get(listener.name) ?? listener;
    const reachable = host === "" || host === "0.0.0.0" || host === "::" ? hostname() : host;
    return { name, host: reachable, port, securityProtocol: securityProtocols.get(name) ?? 0 };
  });
}

class Registration implements NodeRegistration {
  readonly registered: Promise<number>;
  readonly #context: RoleContext;
  readonly #roles: readonly string[];
  readonly #options: NodeRegistrationOptions;
  #endpoints: readonly Endpoint[];
  /** The controller does not know the endpoints yet that changed while the process runs. */
  #endpointsChanged = false;
  readonly #intervalMs: number;
  readonly #unsubscribe: () => void;
  readonly #stopListening: () => void;
  #nodeEpoch = -1;
  #isFenced = true;
  #stopped = false;
  #trouble = "not registered yet";
  #wantShutDown = false;
  #mayShutDown: (() => void) | undefined;
  #resolveRegistered: (nodeEpoch: number) => void = () => undefined;
  #wake: (() => void) | undefined;
  #woken = false;

  constructor(context: RoleContext, roles: readonly string[], options: NodeRegistrationOptions) {
    this.#context = context;
    this.#roles = roles;
    this.#options = options;
    this.#endpoints = options.endpoints ?? advertisedEndpoints(context);
    this.#intervalMs = context.config.number("broker.heartbeat.interval.ms");
    this.registered = new Promise((resolve) => (this.#resolveRegistered = resolve));
    // Being unfenced waits for the metadata to be applied: say so as soon as it is.
    this.#unsubscribe = context.observer.subscribe(() => {
      if (this.#isFenced && this.#nodeEpoch >= 0) this.heartbeatNow();
    });
    this.#stopListening = options.endpoints
      ? () => undefined
      : context.config.onChange(["listeners"], () => {
          this.#endpoints = advertisedEndpoints(context);
          this.#endpointsChanged = true;
          this.heartbeatNow();
        });
    void this.#run();
  }

  get nodeEpoch(): number {
    return this.#nodeEpoch;
  }
  get isFenced(): boolean {
    return this.#isFenced;
  }

  notReady(): string[] {
    if (this.#nodeEpoch < 0) return [this.#trouble];
    return this.#isFenced ? ["fenced: the controller waits for it to catch up with the metadata"] : [];
  }

  heartbeatNow(): void {
    this.#woken = true;
    this.#wake?.();
  }

  async shutDown(timeoutMs: number): Promise<boolean> {
    if (this.#nodeEpoch < 0 || this.#stopped) return false;
    this.#wantShutDown = true;
    return new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), timeoutMs);
      this.#mayShutDown = () => {
        clearTimeout(timer);
        resolve(true);
      };
      this.heartbeatNow();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe();
    this.#stopListening();
    this.heartbeatNow();
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stopped) {
      try {
        const ok = this.#nodeEpoch < 0 || this.#endpointsChanged ? await this.#register() : await this.#heartbeat();
        failures = ok ? 0 : failures + 1;
      } catch (error) {
        failures++;
        const message = error instanceof Error ? error.message : String(error);
        if (this.#nodeEpoch < 0) this.#trouble = `not registered: ${message}`;
        this.#context.telemetry.log[failures === 5 ? "warn" : "debug"]({ failures }, `no controller: ${message}`);
      }
      if (this.#stopped) return;
      if (failures > 0) await this.#sleep(Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(failures - 1, 6)));
      else if (this.#isFenced || this.#wantShutDown) await this.#sleep(FENCED_HEARTBEAT_MS);
      else await this.#sleep(this.#intervalMs);
    }
  }

  async #register(): Promise<boolean> {
    const { nodeId, config, peers, telemetry, observer } = this.#context;
    const rack = config.string("broker.rack");
    const endpoints = this.#endpoints;
    const reply = await peers.controller().registerNode(
      {
        nodeId,
        clusterId: this.#options.clusterId || observer.image.clusterId,
        incarnationId: this.#context.incarnationId,
        roles: [...this.#roles],
        endpoints: [...endpoints],
        rack: rack === "" ? undefined : rack,
        logDirs: [...(this.#options.logDirs ?? [])],
        previousNodeEpoch: this.#options.previousNodeEpoch ?? -1,
        previousIncarnationIds: [...(this.#options.previousIncarnationIds ?? [])],
      },
      this.#call(),
    );
    if (reply.errorCode !== KafkaError.NONE) {
      this.#trouble = `registration refused: ${kafkaErrorName(reply.errorCode)} ${reply.errorMessage}`.trim();
      if (reply.errorCode === KafkaError.INCONSISTENT_CLUSTER_ID) {
        this.stop();
        const dirs = this.#context.config.list("log.dirs").join(", ");
        this.#context.fatal(
          new RegistrationRefused(
            `${reply.errorMessage} Its data is in ${dirs}: choose other directories, or start the cluster that they belong to.`,
          ),
        );
        return false;
      }
      telemetry.log.info({ error: kafkaErrorName(reply.errorCode) }, this.#trouble);
      return false;
    }
    if (endpoints === this.#endpoints) this.#endpointsChanged = false;
    if (this.#nodeEpoch === reply.nodeEpoch) {
      telemetry.log.info(
        { endpoints: this.#endpoints.map(({ name, host, port }) => `${name}://${host}:${port}`) },
        "registered with other listeners",
      );
      return true;
    }
    this.#nodeEpoch = reply.nodeEpoch;
    telemetry.log.info({ nodeEpoch: reply.nodeEpoch, roles: this.#roles }, "registered");
    this.#options.onRegistered?.(reply.nodeEpoch);
    this.#resolveRegistered(reply.nodeEpoch);
    return true;
  }

  async #heartbeat(): Promise<boolean> {
    const { nodeId, peers, telemetry, observer } = this.#context;
    const reply = await peers.controller().heartbeat(
      {
        nodeId,
        nodeEpoch: this.#nodeEpoch,
        metadataOffset: observer.image.offset,
        wantFence: false,
        wantShutDown: this.#wantShutDown,
        offlineLogDirs: [...(this.#options.offlineLogDirs?.() ?? [])],
      },
      this.#call(),
    );
    switch (reply.errorCode) {
      case KafkaError.NONE:
        break;
      case KafkaError.STALE_BROKER_EPOCH:
      case KafkaError.BROKER_ID_NOT_REGISTERED:
        telemetry.log.warn({ nodeEpoch: this.#nodeEpoch }, "the controller does not know this node any more");
        this.#trouble = `to be registered again: ${kafkaErrorName(reply.errorCode)}`;
        this.#nodeEpoch = -1;
        this.#isFenced = true;
        this.#woken = true;
        return true;
      default:
        telemetry.log.debug({ error: kafkaErrorName(reply.errorCode) }, "heartbeat refused");
        return false;
    }
    if (this.#isFenced !== reply.isFenced) telemetry.log.info(reply.isFenced ? "fenced" : "unfenced");
    this.#isFenced = reply.isFenced;
    if (reply.shouldShutDown && this.#wantShutDown) this.#mayShutDown?.();
    return true;
  }

  #call(): CallContext {
    return { traceparent: "", deadlineMs: CALL_TIMEOUT_MS, callerNodeId: this.#context.nodeId };
  }

  #sleep(ms: number): Promise<void> {
    if (this.#woken || this.#stopped) {
      this.#woken = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        this.#woken = false;
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#wake = end;
    });
  }
}
