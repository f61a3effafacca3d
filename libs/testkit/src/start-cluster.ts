import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { loadConfig } from "@moldau/config";
import { chooseFreePorts, type ClusterShape, planTopology, type Role, type RunningHost, startHost } from "@moldau/host";
import { brokerRole } from "@moldau/roles-broker";
import { controllerRole } from "@moldau/roles-controller";
import { coordinatorRole } from "@moldau/roles-coordinator";
import { gatewayRole } from "@moldau/roles-gateway";
import { throughTheWire } from "@moldau/rpc";
import { createTestTelemetry, type Telemetry } from "@moldau/telemetry";

const roles: readonly Role[] = [controllerRole, brokerRole, coordinatorRole, gatewayRole];

export interface TestClusterOptions extends Partial<Omit<ClusterShape, "split" | "overrides" | "port">> {
  /** Configuration of every node, by key. */
  config?: Readonly<Record<string, string>>;
  telemetry?: Telemetry;
  /** Roles call each other as they do in one process outside of tests: what they hand over is not encoded. */
  direct?: boolean;
  /** How long it may take until clients can be served; 20 s. */
  readyMs?: number;
}

/** A cluster with all roles in this process. */
export interface TestCluster {
  /** For a client's list of brokers. */
  readonly bootstrap: readonly string[];
  readonly dataDir: string;
  /** Prometheus text of everything in it. */
  metrics(): Promise<string>;
  /** Clean stop, then start on the same data and ports. */
  restart(): Promise<void>;
  /** Clean stop; removes the data where this cluster made the directory. */
  stop(): Promise<void>;
}

/**
 * Starts a cluster for a test: temporary data, a free port, few coordinator shards, no wait before a group's first
 * rebalance. Every message between its roles is encoded and decoded (but for `direct`), so that a test cannot pass with one that
 * would not survive a wire.
 */
export async function startCluster(options: TestClusterOptions = {}): Promise<TestCluster> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "moldau-test-"));
  const shape = await chooseFreePorts<ClusterShape>({
    split: false,
    controllers: options.controllers ?? 1,
    brokers: options.brokers ?? 1,
    coordinators: options.coordinators ?? 1,
    gateways: options.gateways ?? 1,
    advertise: options.advertise ?? "self",
    dataDir,
    port: 0,
    overrides: new Map(
      Object.entries({
        "offsets.topic.num.partitions": "4",
        "group.initial.rebalance.delay.ms": "0",
        ...options.config,
      }),
    ),
  });
  const telemetry = options.telemetry ?? createTestTelemetry();
  const start = async (): Promise<RunningHost> => {
    const failures: Error[] = [];
    const host = await startHost({
      nodes: planTopology(shape).map((plan) => ({
        nodeId: plan.nodeId,
        config: loadConfig({ overrides: plan.config }),
        roles: plan.roles.map((name) => roles.find((role) => role.name === name)!),
      })),
      telemetry,
      onFatal: (error) => failures.push(error),
      wrapPeers: options.direct ? undefined : throughTheWire,
    });
    const deadline = Date.now() + (options.readyMs ?? 20_000);
    for (;;) {
      const waiting = host.notReady();
      if (waiting.length === 0) return host;
      if (failures.length > 0 || Date.now() > deadline) {
        await host.stop();
        throw failures[0] ?? new Error(`the cluster is not ready: ${waiting.join("; ")}`);
      }
      await delay(5);
    }
  };
  let host = await start();
  return {
    get bootstrap() {
      return host.kafkaAddresses();
    },
    dataDir,
    metrics: () => telemetry.metrics.render(),
    async restart() {
      await host.stop();
      host = await start();
    },
    async stop() {
      await host.stop();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
