import { type NodeId, randomUuid } from "@moldau/base";
import type { Config, DynamicConfig } from "@moldau/config";
import { NodeDefinition } from "@moldau/contracts";
import { nodeDisk } from "@moldau/disk";
import { startMetadataObserver, type RunningMetadataObserver } from "@moldau/metadata-observer";
import {
  createPeers,
  createServiceRegistry,
  type LocalServices,
  type Peers,
  startRpcServer,
  type RpcServer,
} from "@moldau/rpc";
import { Loggers, type Telemetry } from "@moldau/telemetry";
import { ListenError } from "./admin-server";
import { followDynamicConfig } from "./follow-dynamic-config";
import { lostNodes } from "./lost-nodes";
import { nodeService } from "./node-service";
import { controllersOf, parseListeners } from "./parse-listeners";
import type { Environment, Role, RoleContext, RunningRole } from "./role";
import { systemRandom } from "./system-random";

/** A node that this process hosts: an id, its configuration, its roles. */
export interface NodeSpec {
  nodeId: NodeId;
  config: Config;
  roles: readonly Role[];
}

export interface HostOptions {
  nodes: readonly NodeSpec[];
  telemetry: Telemetry;
  /** Called once, when a role reports that it cannot go on. */
  onFatal(error: Error): void;
  /** Default: the machine's. */
  environment?: Environment;
  /** For tests: a layer around the stubs that roles get, e.g. one that encodes and decodes every message. */
  wrapPeers?(peers: Peers): Peers;
}

/** The roles of a process while they run. */
export interface RunningHost {
  /** Empty when every role can serve; else one line a reason. */
  notReady(): string[];
  /** `host:port` of each door for Kafka clients, in order of the nodes. */
  kafkaAddresses(): string[];
  /** Clean stop: doors first, the quorum last. */
  stop(): Promise<void>;
}

/** The machine's own. Its random numbers are good enough for ids that nobody may guess. */
export const systemEnvironment: Environment = {
  clock: { nowMs: () => Date.now(), monotonicMs: () => performance.now() },
  random: systemRandom(),
  disk: nodeDisk,
};

/** Calls between roles that are under way when a process stops may finish within this. */
const rpcGraceMs = 500;

/** Controllers before everything else; on the way down the other way round. */
const startOrder = ["controller", "broker", "coordinator", "gateway"] as const;

interface Started {
  nodeId: NodeId;
  name: Role["name"];
  role: RunningRole;
}

/**
 * Starts nodes in this process and joins their roles: calls between them are function calls, calls to others go over
 * gRPC. Everything that was started is stopped again where a later part fails.
 */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const environment = options.environment ?? systemEnvironment;
  const { clock } = environment;
  const { telemetry } = options;
  const registries = new Map(options.nodes.map((node) => [node.nodeId, createServiceRegistry()] as const));
  const incarnations = new Map(options.nodes.map((node) => [node.nodeId, randomUuid(environment.random)] as const));
  const loggers = new Map(
    options.nodes.map(({ nodeId }) => [nodeId, new Loggers(telemetry.log, { node: nodeId })] as const),
  );
  for (const { nodeId, config } of options.nodes) {
    registries.get(nodeId)!.offer(NodeDefinition, nodeService(config, loggers.get(nodeId)!));
  }
  const servers: RpcServer[] = [];
  const started: Started[] = [];
  const configs = new Map<NodeSpec, DynamicConfig>();
  let observer: RunningMetadataObserver | undefined;
  let failed = false;
  const fatal = (error: Error) => {
    if (failed) return;
    failed = true;
    options.onFatal(error);
  };

  const createNodePeers = (node: NodeSpec) =>
    createPeers({
      nodeId: node.nodeId,
      localNode: (nodeId) => registries.get(nodeId),
      addressOf: (nodeId) => observer?.image.brokers.get(nodeId)?.endpoints.get("RPC"),
      controllers: controllersOf(node.config),
    });
  const peers = new Map(options.nodes.map((node) => [node.nodeId, createNodePeers(node)] as const));

  const wrap = options.wrapPeers ?? ((own: Peers) => own);

  const stopAll = async () => {
    const down = [...startOrder].reverse();
    for (const name of down) {
      const roles = started.filter((item) => item.name === name);
      await Promise.all(roles.map((item) => quietly(item, "drain", () => item.role.drain(), telemetry)));
      await Promise.all(roles.map((item) => quietly(item, "stop", () => item.role.stop(), telemetry)));
      if (name === "broker") await observer?.stop();
    }
    await Promise.all(servers.map((server) => server.stop(rpcGraceMs)));
    for (const nodePeers of peers.values()) nodePeers.close();
  };

  try {
    for (const node of options.nodes) {
      const listener = parseListeners("listeners", node.config.list("listeners")).find(({ name }) => name === "RPC");
      if (listener) {
        const registry = registries.get(node.nodeId)!;
        servers.push(await listenForRoles(listener.host || "0.0.0.0", listener.port, registry));
      }
    }
    const observing = options.nodes[0]!;
    const contextOf = (node: NodeSpec, role: Role["name"]): RoleContext => ({
      nodeId: node.nodeId,
      incarnationId: incarnations.get(node.nodeId)!,
      config: configs.get(node)!,
      ...environment,
      telemetry: { ...telemetry, log: loggers.get(node.nodeId)!.create(`moldau.${role}`, { role }) },
      peers: wrap(peers.get(node.nodeId)!),
      services: registries.get(node.nodeId)!,
      observer: observer!,
      fatal,
    });
    const start = async (name: Role["name"]) => {
      const wanted = options.nodes.flatMap((node) =>
        node.roles.filter((role) => role.name === name).map((role) => ({ node, role })),
      );
      await Promise.all(
        wanted.map(async ({ node, role }) => {
          started.push({ nodeId: node.nodeId, name, role: await role.start(contextOf(node, name)) });
        }),
      );
    };
    const watches = options.nodes.some((node) => node.roles.some((role) => role.name !== "controller"));
    // The observer is made before the first role, since every context names it; it connects once controllers answer.
    observer = startMetadataObserver({
      peers: wrap(peers.get(observing.nodeId)!),
      nodeId: observing.nodeId,
      log: loggers.get(observing.nodeId)!.create("moldau.metadata", { part: "metadata" }),
      clock,
      onControllers: (controllers) => {
        for (const each of peers.values()) each.learnControllers?.(controllers);
      },
      paused: true,
    });
    const follows = observer;
    for (const node of options.nodes) configs.set(node, followDynamicConfig(node.config, node.nodeId, follows));
    observer.subscribe((delta) => {
      for (const nodeId of lostNodes(delta)) for (const each of peers.values()) each.lose(nodeId);
    });
    await start("controller");
    if (watches) observer.resume();
    for (const name of startOrder.slice(1)) await start(name);
  } catch (error) {
    await stopAll();
    throw error;
  }

  let stopping: Promise<void> | undefined;
  return {
    notReady: () =>
      started.flatMap(({ role, name, nodeId }) => role.notReady().map((reason) => `${name} ${nodeId}: ${reason}`)),
    kafkaAddresses: () => started.flatMap(({ role }) => role.kafkaAddresses?.() ?? []),
    stop: () => (stopping ??= stopAll()),
  };
}

async function quietly(item: Started, step: string, action: () => Promise<void>, telemetry: Telemetry): Promise<void> {
  try {
    await action();
  } catch (error) {
    telemetry.log.error({ err: error, role: item.name, node: item.nodeId }, `${step} failed; going on with the stop`);
  }
}

async function listenForRoles(host: string, port: number, services: LocalServices): Promise<RpcServer> {
  try {
    return await startRpcServer({ host, port, services });
  } catch (error) {
    throw new ListenError((error as Error).message, { cause: error });
  }
}
