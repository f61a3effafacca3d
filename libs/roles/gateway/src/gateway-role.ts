import type { NodeId } from "@moldau/base";
import {
  advertisedEndpoints,
  type Role,
  type RoleContext,
  type RunningRole,
  startNodeRegistration,
} from "@moldau/host";
import { type Connection, createKafkaServer, type ExchangeMemory } from "@moldau/net";
import { type AdvertisePolicy, isBehindDoors, nodeOfPort } from "./advertise";
import { CloseConnection } from "./call";
import { ClientListeners, clientListeners } from "./client-listeners";
import { ConnectionQuotas } from "./connection-quotas";
import { connectionLimits, followConnectionLimits } from "./connection-limits";
import { dispatch, type Origin } from "./dispatch";
import { Gateway } from "./gateway";
import { opening } from "./opening";
import { RequestMetrics } from "./request-metrics";

/** Requests under way when the role stops may finish within this. */
const stopGraceMs = 1_500;
/** How long a clean stop waits until the other gateways know that this one's doors are theirs now. */
const shutdownTimeoutMs = 4_000;
/** A node that leaves the cluster keeps its port this long for answers under way. */
const unlistenGraceMs = 1_000;

/** What is kept of a connection. */
type Session = Omit<Origin, "signal" | "memory" | "channel">;

/** The door for Kafka clients. */
export const gatewayRole: Role = { name: "gateway", start: startGateway };

async function startGateway(context: RoleContext): Promise<RunningRole> {
  const { config, observer, telemetry } = context;
  const { log } = telemetry;
  const [listener, ...others] = clientListeners(config);
  const metrics = new RequestMetrics(telemetry.metrics);
  const connections = new ConnectionQuotas(config, context.clock, () => observer.image);
  connections.register(telemetry.metrics);
  const server = createKafkaServer<Session>({
    limits: {
      maxFrameBytes: config.number("socket.request.max.bytes"),
      maxIdleMs: config.number("connections.max.idle.ms"),
      sendBufferBytes: config.number("socket.send.buffer.bytes"),
      receiveBufferBytes: config.number("socket.receive.buffer.bytes"),
      ...connectionLimits(config),
    },
    open: (connection) => ({
      user: "ANONYMOUS",
      clientHost: connection.remoteAddress,
      client: { port: connection.remotePort },
      listener: connection.label,
      targetNode: policy.kind === "ports" ? nodeOfPort(bound, connection.localPort) : undefined,
    }),
    handle,
    admit: (address, label) => connections.arrived(address, label),
    isExempt: (label) => listeners.size > 1 && label === exemptListener(config),
    closed: (connection, reason) => {
      gateway.clientMetrics?.disconnected(connection.data.client);
      log.debug({ client: connection.remoteAddress, port: connection.localPort, reason }, "connection closed");
    },
    blocked: (port, open) => log.warn({ port, connections: open }, "new connections wait: max.connections are open"),
    refused: (client, port, reason) => log.warn({ client, port, reason }, "connection refused"),
  });
  const stopLimits = followConnectionLimits(config, (limits) => server.limit(limits));
  const listeners = new ClientListeners(server, log);
  const bound = await listeners.open(listener);
  const endpoint = advertisedEndpoints(context).find(({ name }) => name === listener.name)!;
  const own = { host: endpoint.host, port: endpoint.port || bound };
  const policy: AdvertisePolicy =
    config.string("moldau.advertise") === "ports"
      ? { kind: "ports", listener: listener.name, own }
      : { kind: "self", listener: listener.name };
  const separate = policy.kind === "ports";
  if (separate && others.length > 0) {
    const ignored = others.map(({ name }) => name);
    log.warn(
      { ignored },
      `a gateway that stands apart serves one listener, ${listener.name}: its ports stand for nodes`,
    );
  }
  for (const each of separate ? [] : others) await listeners.open(each);
  const stopListeners = separate
    ? () => undefined
    : config.onChange(["listeners"], () => void listeners.follow(clientListeners(config)));
  const gateway = new Gateway(context, policy, () => context.random.next());
  const opens = opening(gateway);

  async function handle(frame: Uint8Array, connection: Connection<Session>, memory: ExchangeMemory) {
    try {
      if (!opens.isOpen) await opens.wait(connection.signal);
      const { signal } = connection;
      return await dispatch(frame, { signal, memory, channel: connection, ...connection.data }, gateway, metrics);
    } catch (error) {
      if (connection.signal.aborted) throw error;
      if (error instanceof CloseConnection) {
        log.warn(
          { client: connection.remoteAddress, port: connection.localPort },
          `closing a connection: ${error.message}`,
        );
      } else {
        log.error({ err: error, client: connection.remoteAddress }, "a request failed; closing its connection");
      }
      throw error;
    }
  }

  const ports =
    policy.kind === "ports"
      ? new NodePorts(
          bound,
          (port) => listeners.listen({ ...listener, port }),
          (port) => server.unlisten(port, unlistenGraceMs),
          log,
        )
      : undefined;
  const unsubscribe = observer.subscribe((_delta, image) =>
    ports?.follow([...image.brokers.values()].filter(isBehindDoors).map(({ nodeId }) => nodeId)),
  );
  const registration = startNodeRegistration(context, "gateway", { endpoints: [{ ...endpoint, port: own.port }] });
  gateway.quotas.register(telemetry.metrics);
  telemetry.metrics.gauge("kafka_server_socket_server_metrics_connection_count", "Open client connections", [], () => [
    [[], server.connections.size],
  ]);
  telemetry.metrics.gauge("kafka_server_fetchsessioncache_numincrementalfetchsessions", "Fetch sessions", [], () => [
    [[], gateway.sessions.size],
  ]);

  return {
    notReady: () => {
      if (!observer.caughtUp) return ["waits for the cluster's metadata"];
      const unregistered = registration?.notReady() ?? [];
      if (unregistered.length > 0) return unregistered;
      if (gateway.doors.all().length === 0) return ["waits for a live broker"];
      if (!opens.isOpen) return ["waits for its own registration in the metadata"];
      return ports?.missing(gateway.doors.all().map(({ nodeId }) => nodeId)) ?? [];
    },
    kafkaAddresses: () => [`${own.host}:${own.port}`],
    drain: async () => {
      await registration?.shutDown(shutdownTimeoutMs);
    },
    stop: async () => {
      unsubscribe();
      stopLimits();
      stopListeners();
      opens.stop();
      registration?.stop();
      await server.close(stopGraceMs);
    },
  };
}

/** The listener that waits for no other one's connections. Source: ConnectionQuotas.protectedListener. */
function exemptListener(config: RoleContext["config"]): string {
  return (config.string("inter.broker.listener.name") || "PLAINTEXT").toUpperCase();
}

/** The ports that stand for nodes under the `ports` policy, opened and closed as nodes come and go. */
class NodePorts {
  private readonly open = new Set<NodeId>();
  private wanted = new Set<NodeId>();
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly bootstrapPort: number,
    private readonly listen: (port: number) => Promise<number>,
    private readonly unlisten: (port: number) => Promise<void>,
    private readonly log: RoleContext["telemetry"]["log"],
  ) {}

  follow(nodeIds: readonly NodeId[]): void {
    if (nodeIds.length === this.wanted.size && nodeIds.every((nodeId) => this.wanted.has(nodeId))) return;
    this.wanted = new Set(nodeIds);
    this.work = this.work.then(() => this.reconcile());
  }

  missing(nodeIds: readonly NodeId[]): string[] {
    return nodeIds
      .filter((nodeId) => !this.open.has(nodeId))
      .map((nodeId) => `port ${this.bootstrapPort + nodeId} of node ${nodeId} is not open`);
  }

  private async reconcile(): Promise<void> {
    for (const nodeId of [...this.open].filter((id) => !this.wanted.has(id))) {
      this.open.delete(nodeId);
      await this.unlisten(this.bootstrapPort + nodeId);
    }
    for (const nodeId of [...this.wanted].filter((id) => !this.open.has(id))) {
      try {
        await this.listen(this.bootstrapPort + nodeId);
        this.open.add(nodeId);
      } catch (error) {
        // Clients cannot reach this node through this gateway until the port is free; the others are served.
        this.log.error({ node: nodeId, err: error }, (error as Error).message);
      }
    }
  }
}
