import { join } from "node:path";

/** What a local cluster is asked to be: how many of each role, in one process or many, where. */
export interface ClusterShape {
  split: boolean;
  controllers: number;
  brokers: number;
  coordinators: number;
  gateways: number;
  dataDir: string;
  /** Bootstrap port; 0 lets the system choose. */
  port: number;
  advertise: "self" | "ports";
  /** `broker.rack` of the brokers, in turn; none where empty. */
  racks?: readonly string[];
  /** Configuration that the user gave, by key; wins over what the topology says. */
  overrides: ReadonlyMap<string, string>;
}

export type RoleName = "controller" | "broker" | "coordinator" | "gateway";

/** One node of the cluster: an id, its roles, and the configuration that follows from the topology. */
export interface NodePlan {
  /** The role it is named after in pid and log files. */
  role: RoleName;
  nodeId: number;
  roles: RoleName[];
  config: Map<string, string>;
}

/** Node ids of the first coordinator, controller and gateway; brokers count from 1. */
const firstIds = { coordinator: 101, controller: 201, gateway: 301 } as const;
/** Distance between the port ranges of two gateways under the `ports` policy: room for every node id below it. */
const portsPerGateway = 200;
/** RPC ports lie this far above the bootstrap port. */
const rpcPortOffset = 10_000;
const host = "127.0.0.1";

export class TopologyError extends Error {
  override name = "TopologyError";
}

/**
 * Which nodes a local cluster has and how each is configured. Node ids, ports and directories depend on nothing but the
 * options, so that a later start finds the same data whichever shape it has.
 */
export function planTopology(options: ClusterShape): NodePlan[] {
  check(options);
  const { dataDir, split } = options;
  const rpcPort = (nodeId: number) => (options.port === 0 ? 0 : options.port + rpcPortOffset + nodeId);
  const voters = range(options.controllers).map((i) => {
    const id = firstIds.controller + i;
    return `${id}@${host}:${rpcPort(id)}`;
  });
  const replicas = String(Math.min(3, options.brokers));
  const shared: [string, string][] = [
    ["controller.quorum.voters", voters.join(",")],
    ["moldau.advertise", options.advertise],
    ["offsets.topic.replication.factor", replicas],
    ["transaction.state.log.replication.factor", replicas],
    ["transaction.state.log.min.isr", String(Math.min(2, options.brokers))],
  ];
  const node = (
    role: RoleName,
    nodeId: number,
    roles: RoleName[],
    own: [string, string][],
    kafkaPort?: number,
  ): NodePlan => {
    const listeners = [
      ...(kafkaPort === undefined ? [] : [`PLAINTEXT://${host}:${kafkaPort}`]),
      ...(split && role !== "gateway" ? [`RPC://${host}:${rpcPort(nodeId)}`] : []),
    ];
    return {
      role,
      nodeId,
      roles,
      config: new Map([
        ["node.id", String(nodeId)],
        ["process.roles", roles.join(",")],
        ...shared,
        ["listeners", listeners.join(",")],
        ...own,
        ...options.overrides,
      ]),
    };
  };
  const plans: NodePlan[] = [];
  for (const i of range(options.controllers)) {
    const id = firstIds.controller + i;
    plans.push(node("controller", id, ["controller"], [["metadata.log.dir", join(dataDir, `controller-${id}`)]]));
  }
  // In one process a coordinator shares the node of a broker, so that tools see one broker where there is one process.
  const shareNode = !split;
  for (const i of range(options.brokers)) {
    const id = 1 + i;
    const self = options.advertise === "self";
    const roles: RoleName[] = ["broker"];
    if (shareNode && i < options.coordinators) roles.push("coordinator");
    if (self) roles.push("gateway");
    const own: [string, string][] = [["log.dirs", join(dataDir, `broker-${id}`)]];
    const { racks = [] } = options;
    if (racks.length > 0) own.push(["broker.rack", racks[i % racks.length]!]);
    plans.push(node("broker", id, roles, own, self ? (options.port === 0 ? 0 : options.port + i) : undefined));
  }
  for (const i of range(options.coordinators)) {
    if (shareNode && i < options.brokers) continue;
    plans.push(node("coordinator", firstIds.coordinator + i, ["coordinator"], []));
  }
  if (options.advertise === "ports") {
    for (const i of range(options.gateways)) {
      const port = options.port === 0 ? 0 : options.port + i * portsPerGateway;
      plans.push(node("gateway", firstIds.gateway + i, ["gateway"], [], port));
    }
  }
  return plans;
}

function check(options: ClusterShape): void {
  if (![1, 3, 5].includes(options.controllers)) {
    throw new TopologyError(`--controllers ${options.controllers}: a quorum has 1, 3 or 5 controllers`);
  }
  if (options.advertise === "ports" && options.gateways < 1) {
    throw new TopologyError("--advertise ports needs at least one gateway: --gateways 1");
  }
  if (options.port + rpcPortOffset + firstIds.gateway > 65_535) {
    throw new TopologyError(
      `--port ${options.port}: the cluster's other ports lie up to ${rpcPortOffset + firstIds.gateway} above it; choose one below ${65_535 - rpcPortOffset - firstIds.gateway}`,
    );
  }
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
